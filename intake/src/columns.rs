//! A table with its columns understood.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use honorar_engine::basis::Row;
use honorar_problems::{Place, Problem, did_you_mean};

use crate::cell::DecimalMark;
use crate::field::Field;
use crate::table::{Cell, Table};
use crate::vocabulary;

/// A column of a table, as the specification of inputs has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    /// The column must be there.
    pub(crate) required: bool,
    /// Its values are names, incomes or documents: they are never shown.
    pub(crate) private: bool,
    /// Its values tell a row apart.
    key: bool,
    /// How often it may be there.
    occurs: Occurs,
}

/// How often a column may be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Occurs {
    Once,
    /// Any number of times; such columns are not read.
    Repeatedly,
}

/// A column that must be there.
pub(crate) const fn must(name: &'static str) -> Column {
    Column { name, required: true, private: false, key: false, occurs: Occurs::Once }
}

/// A column that may be there.
pub(crate) const fn may(name: &'static str) -> Column {
    Column { name, required: false, private: false, key: false, occurs: Occurs::Once }
}

impl Column {
    /// The same column, with values that are never shown.
    pub(crate) const fn private(self) -> Self {
        Self { private: true, ..self }
    }

    /// The same column, with values that tell a row apart.
    pub(crate) const fn key(self) -> Self {
        Self { key: true, ..self }
    }

    /// The same column, which may be there several times.
    pub(crate) const fn repeated(self) -> Self {
        Self { occurs: Occurs::Repeatedly, ..self }
    }
}

/// A table with its columns found.
pub(crate) struct Columns<'t, const N: usize> {
    table: &'t Table,
    found: [Found<'t>; N],
}

/// A column as it was found, or not.
pub(crate) struct Found<'t> {
    pub(crate) table: &'t Table,
    pub(crate) column: Column,
    pub(crate) at: Option<usize>,
    /// The columns that tell a row of the table apart, and where they are.
    pub(crate) keys: Rc<[(Column, usize)]>,
    pub(crate) heading: Arc<str>,
    /// The decimal mark that its cells use, once somebody had to ask.
    pub(crate) mark: OnceCell<Option<DecimalMark>>,
}

impl<'t> Found<'t> {
    fn nowhere(table: &'t Table, column: Column) -> Self {
        Self {
            table,
            column,
            at: None,
            keys: Rc::new([]),
            heading: column.name.into(),
            mark: OnceCell::new(),
        }
    }
}

fn names_of(columns: &[Column]) -> String {
    let required = columns.iter().filter(|column| column.required);
    required.map(|column| format!("`{}`", column.name)).collect::<Vec<_>>().join(", ")
}

impl<'t, const N: usize> Columns<'t, N> {
    /// Finds the columns by their headings. Columns that are not known are named in a note.
    pub(crate) fn find(table: &'t Table, columns: [Column; N], problems: &mut Vec<Problem>) -> Self {
        let place = table.place.at_row(table.heading_row());
        let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
        let said = problems.len();
        for (at, heading) in table.headings().iter().enumerate() {
            let Some(name) =
                vocabulary::column(heading).filter(|name| columns.iter().any(|column| column.name == *name))
            else {
                if heading.is_empty() {
                    problems.extend(unnamed_column(table, at));
                } else {
                    let near = did_you_mean(heading, columns.iter().map(|column| column.name));
                    let problem = Problem::note(
                        "extra_column",
                        place.clone(),
                        format!("the column `{heading}` is ignored"),
                    );
                    problems.push(problem.maybe_hint(near));
                }
                continue;
            };
            let is_repeated =
                columns.iter().any(|column| column.occurs == Occurs::Repeatedly && column.name == name);
            if by_name.insert(name, at).is_some() && !is_repeated {
                let problem = Problem::error(
                    "double_column",
                    place.at_column(heading.as_str()),
                    format!("the column `{name}` is there twice"),
                )
                .value(heading)
                .expected("each column once")
                .hint("delete one of them, or give it another heading");
                problems.push(problem);
            }
        }
        if by_name.is_empty() {
            // What stands there may be anybody's name: nothing of it is repeated.
            problems.truncate(said);
            let problem = Problem::error("no_headings", place.clone(), "no heading of this table is known")
                .expected(format!("a first row with headings such as {}", names_of(&columns)))
                .hint("add a row of headings, or rename the file or sheet if it is no table");
            problems.push(problem);
            return Self { table, found: columns.map(|column| Found::nowhere(table, column)) };
        }
        for column in columns.iter().filter(|column| column.required && !by_name.contains_key(column.name)) {
            let problem = Problem::error(
                "missing_column",
                place.clone(),
                format!("the column `{}` is missing", column.name),
            )
            .expected(format!("a heading `{}`, or its word in bokmål or nynorsk", column.name));
            problems.push(problem);
        }
        let place_of_key =
            |column: &Column| Some((*column, *by_name.get(column.name).filter(|_| column.key)?));
        let keys: Rc<[(Column, usize)]> = columns.iter().filter_map(place_of_key).collect();
        let found = columns.map(|column| {
            let at = by_name.get(column.name).copied();
            let heading = at.and_then(|at| table.headings().get(at)).map_or(column.name, String::as_str);
            Found {
                table,
                column,
                at,
                keys: Rc::clone(&keys),
                heading: heading.into(),
                mark: OnceCell::new(),
            }
        });
        Self { table, found }
    }

    /// The rows' fields, in the order of the columns.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (Row, [Field<'_>; N])> {
        let mut fields = self.found.each_ref().map(Field::new);
        self.table.rows().iter().enumerate().map(move |(at, row)| {
            for field in &mut fields {
                field.move_to(at, *row);
            }
            (*row, fields)
        })
    }

    /// Whether a column that must be there is not.
    pub(crate) fn lack_required(&self) -> bool {
        self.found.iter().any(|found| found.column.required && found.at.is_none())
    }

    /// Where the table's fields stand, for problems that show only later.
    pub(crate) fn locator(&self) -> Locator {
        let headings = self.found.iter().map(|found| (found.column.name, Arc::clone(&found.heading)));
        Locator { table: self.table.place.clone(), headings: headings.collect() }
    }
}

/// A column without a heading holds something that would be lost.
fn unnamed_column(table: &Table, column: usize) -> Option<Problem> {
    let at = table.column(column).position(|cell| cell != Cell::Empty)?;
    let place = table.place.at_row(table.rows().get(at).copied().unwrap_or_default());
    let message = format!("column {} has no heading and is not empty", column + 1);
    Some(
        Problem::error("no_heading", place, message)
            .expected("a heading above each column that holds something")
            .hint("give the column its heading, or any other heading to have it ignored"),
    )
}

/// Where the fields of a table stand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Locator {
    table: Place,
    headings: BTreeMap<&'static str, Arc<str>>,
}

impl Locator {
    /// The place of the table.
    pub(crate) fn table(&self) -> Place {
        self.table.clone()
    }

    /// The place of a field.
    pub(crate) fn at(&self, row: Row, column: &'static str) -> Place {
        let heading = self.headings.get(column).cloned().unwrap_or_else(|| column.into());
        self.table.at_row(row).at_column(heading)
    }
}

//! The tables that were handed in, each once.

use std::collections::{BTreeMap, HashSet};

use honorar_problems::{Place, Problem};

use super::identity_numbers;
use crate::table::Table;
use crate::vocabulary::{self, TableName};

const REQUIRED: [TableName; 4] =
    [TableName::Persons, TableName::Offices, TableName::Meetings, TableName::Attendance];

/// The tables by name, each once.
pub(crate) struct Handed<'t> {
    tables: BTreeMap<TableName, &'t Table>,
    /// Tables of which rows or the whole are not to be trusted.
    pub(super) doubtful: HashSet<TableName>,
}

impl<'t> Handed<'t> {
    /// Sorts tables by name. The same table twice is an error; so is a required one that is missing,
    /// unless a file could not be read that may hold it.
    pub(crate) fn new(tables: &'t [Table], basis: &str, all_read: bool, problems: &mut Vec<Problem>) -> Self {
        let mut handed = Self { tables: BTreeMap::new(), doubtful: HashSet::new() };
        for table in tables {
            let Some(name) = vocabulary::table(&table.name) else { continue };
            if handed.tables.contains_key(&name) {
                let message = format!("the table `{}` is there twice", vocabulary::table_name(name));
                let problem = Problem::error("double_table", table.place.clone(), message);
                problems.push(
                    problem.expected("each table once").hint("delete one of the two, or put both into one"),
                );
                handed.doubtful.insert(name);
                continue;
            }
            if table.headings().is_empty() {
                if REQUIRED.contains(&name) {
                    let problem = Problem::error("empty_table", table.place.clone(), "the table is empty");
                    problems.push(problem.expected("a row of headings, and rows below it"));
                    handed.doubtful.insert(name);
                } else {
                    problems.push(Problem::note("empty_table", table.place.clone(), "the table is empty"));
                }
                continue;
            }
            for row in table.overlong() {
                problems.push(too_many_cells(table, *row));
                handed.doubtful.insert(name);
            }
            identity_numbers::check(table, problems);
            handed.tables.insert(name, table);
        }
        let missing = REQUIRED.into_iter().filter(|name| !handed.tables.contains_key(name));
        for name in missing.filter(|name| !handed.doubtful.contains(name)).collect::<Vec<_>>() {
            handed.doubtful.insert(name);
            if all_read {
                problems.push(missing_table(basis, name));
            }
        }
        if !all_read && !handed.tables.contains_key(&TableName::Bodies) {
            handed.doubtful.insert(TableName::Bodies);
        }
        handed
    }

    pub(super) fn get(&self, name: TableName) -> Option<&'t Table> {
        self.tables.get(&name).copied()
    }
}

fn too_many_cells(table: &Table, row: u32) -> Problem {
    let message = "the row has more cells than there are headings";
    let problem = Problem::error("too_many_cells", table.place.at_row(row), message);
    let problem = problem.expected("a heading above each cell");
    match table.place.sheet {
        Some(_) => problem,
        None => problem.hint(
            "a cell that holds the separator, such as a decimal comma, needs quotation marks around it",
        ),
    }
}

fn missing_table(basis: &str, table: TableName) -> Problem {
    let name = vocabulary::table_name(table);
    let message = format!("the table `{name}` is missing");
    let expected = format!("a file or sheet named `{name}`, or its word in bokmål or nynorsk");
    Problem::error("missing_table", Place::file(basis), message).expected(expected)
}

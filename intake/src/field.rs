//! A table with its columns understood, and the fields of its rows.
//!
//! A field is read in one step into what it should be; whatever is wrong becomes a problem with
//! its place, and the reader goes on.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use honorar_engine::Money;
use honorar_engine::basis::Row;
use honorar_problems::{Place, Problem, did_you_mean};
use rust_decimal::Decimal;

use crate::cell::{self, DecimalMark, Number};
use crate::table::{Cell, Table, Typed};
use crate::vocabulary::{self, Words};

/// What is wrong with this has been reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reported;

/// A field's value, nothing where it is empty, or wrong.
pub(crate) type Read<T> = Result<Option<T>, Reported>;

/// A column of a table, as the specification of inputs has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    /// The column must be there.
    required: bool,
    /// Its values are names, incomes or documents: they are never shown.
    private: bool,
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
struct Found<'t> {
    table: &'t Table,
    column: Column,
    at: Option<usize>,
    /// The columns that tell a row of the table apart, and where they are.
    keys: Rc<[(Column, usize)]>,
    heading: Arc<str>,
    /// The decimal mark that its cells use, once somebody had to ask.
    mark: OnceCell<Option<DecimalMark>>,
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
        let mut fields = self.found.each_ref().map(|found| Field { found, at: 0, row: 0 });
        self.table.rows().iter().enumerate().map(move |(at, row)| {
            for field in &mut fields {
                (field.at, field.row) = (at, *row);
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

fn is_eleven_digits(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() == 11
        && text.chars().all(|c| c.is_ascii_digit() || c == ' ')
}

/// The value of a column's cell as it stands, unless it is never shown.
fn shown(column: Column, cell: Cell<'_>) -> Option<String> {
    let is_of_person = matches!(column.name, "person_id" | "substitute_for");
    let shown = match cell {
        _ if column.private => return None,
        Cell::Empty => return None,
        // What may be a national identity number is not repeated.
        Cell::Text(text) if is_eleven_digits(text) => return None,
        Cell::Typed(Typed::Number(number)) if is_eleven_digits(&number.to_string()) => return None,
        // What stands where a number should may be a name.
        Cell::Text(text) if is_of_person && !text.contains(|c: char| c.is_ascii_digit()) => {
            return None;
        }
        Cell::Text(text) => text.chars().take(80).collect(),
        Cell::Typed(Typed::Number(number)) => number.to_string(),
        Cell::Typed(Typed::Truth(truth)) => truth.to_string(),
        Cell::Typed(Typed::Moment { date, seconds }) => {
            let time = format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
            date.map_or(time.clone(), |date| format!("{date} {time}"))
        }
        Cell::Typed(Typed::Broken) => "an error, or a value that is neither number, date nor time".to_owned(),
        Cell::Typed(Typed::NoValue) => "a formula whose value is not stored".to_owned(),
    };
    Some(shown)
}

/// One field of a row.
#[derive(Clone, Copy)]
pub(crate) struct Field<'f> {
    found: &'f Found<'f>,
    at: usize,
    row: Row,
}

impl<'f> Field<'f> {
    /// Where it stands, with the key of its row.
    pub(crate) fn place(&self) -> Place {
        let table = self.found.table;
        let place = table.place.at_row(self.row).at_column(Arc::clone(&self.found.heading));
        let keys = self.found.keys.iter().filter_map(|(column, at)| shown(*column, table.cell(self.at, *at)));
        let keys: Vec<String> = keys.collect();
        if keys.is_empty() { place } else { place.with_key(keys.join(" ")) }
    }

    /// What stands there. Most fields of a table are empty or not there at all, so this waits until somebody asks.
    fn cell(&self) -> Cell<'f> {
        self.found.at.map_or(Cell::Empty, |column| self.found.table.cell(self.at, column))
    }

    /// The number of its row.
    pub(crate) fn row(&self) -> Row {
        self.row
    }

    /// The canonical name of its column.
    pub(crate) fn name(&self) -> &'static str {
        self.found.column.name
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cell() == Cell::Empty
    }

    /// The value as it stands, unless it is never shown.
    pub(crate) fn shown(&self) -> Option<String> {
        shown(self.found.column, self.cell())
    }

    /// An error about this field.
    pub(crate) fn error(&self, code: &'static str, message: impl Into<String>) -> Problem {
        let problem = Problem::error(code, self.place(), message);
        match self.shown() {
            Some(value) => problem.value(value),
            None => problem,
        }
    }

    /// A warning about this field.
    pub(crate) fn warning(&self, code: &'static str, message: impl Into<String>) -> Problem {
        let problem = Problem::warning(code, self.place(), message);
        match self.shown() {
            Some(value) => problem.value(value),
            None => problem,
        }
    }

    /// A value that must be there.
    pub(crate) fn needed<T>(&self, read: Read<T>, problems: &mut Vec<Problem>) -> Result<T, Reported> {
        read?.ok_or_else(|| {
            // A missing column is one error, not one for each row.
            if self.found.at.is_some() || !self.found.column.required {
                let message = format!("`{}` is empty", self.found.column.name);
                problems.push(self.error("empty", message).expected("a value"));
            }
            Reported
        })
    }

    /// Text, or the digits of a number cell.
    pub(crate) fn text(&self, problems: &mut Vec<Problem>) -> Read<Cow<'f, str>> {
        match self.cell() {
            Cell::Empty => Ok(None),
            Cell::Text(text) => Ok(Some(Cow::Borrowed(text))),
            Cell::Typed(Typed::Number(number)) => Ok(Some(Cow::Owned(number.to_string()))),
            Cell::Typed(_) => {
                problems.push(
                    self.error("not_text", format!("`{}` is no text", self.found.column.name))
                        .expected("a text"),
                );
                Err(Reported)
            }
        }
    }

    /// A word of the vocabulary.
    pub(crate) fn word<T: Copy>(&self, words: &Words<T>, problems: &mut Vec<Problem>) -> Read<T> {
        let written = match self.cell() {
            Cell::Empty => return Ok(None),
            Cell::Text(text) => text,
            Cell::Typed(Typed::Truth(true)) => "yes",
            Cell::Typed(Typed::Truth(false)) => "no",
            Cell::Typed(_) => "",
        };
        if let Some(meaning) = vocabulary::find(words, written) {
            return Ok(Some(meaning));
        }
        let canonical = || words.iter().filter_map(|(_, ways)| ways.first()).map(|way| way.replace(' ', "_"));
        let all = words.iter().flat_map(|(_, ways)| ways.iter().copied());
        let problem = self
            .error("unknown_word", format!("`{}` has a word that is not known", self.found.column.name))
            .expected(canonical().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "))
            .maybe_hint(did_you_mean(written, all));
        problems.push(problem);
        Err(Reported)
    }

    /// A date.
    pub(crate) fn date(&self, problems: &mut Vec<Problem>) -> Read<NaiveDate> {
        self.read(cell::date, "not_a_date", "is no date", "a date such as 2014-03-06 or 06.03.2014", problems)
    }

    /// A date with or without a time: the day, and minutes after midnight.
    pub(crate) fn moment(&self, problems: &mut Vec<Problem>) -> Read<(NaiveDate, Option<u32>)> {
        let expected = "a date and a time such as 2014-03-06 08:00";
        self.read(cell::moment, "not_a_date", "is no date and time", expected, problems)
    }

    /// A time of day, in minutes after midnight.
    pub(crate) fn minute_of_day(&self, problems: &mut Vec<Problem>) -> Read<u32> {
        let expected = "a time from 00:00 to 23:59, such as 18:00 or 18.00";
        self.read(cell::minute_of_day, "not_a_time", "is no time of day", expected, problems)
    }

    fn read<T>(
        &self,
        read: impl Fn(Cell<'_>) -> Option<T>,
        code: &'static str,
        what: &str,
        expected: &str,
        problems: &mut Vec<Problem>,
    ) -> Read<T> {
        if self.is_empty() {
            return Ok(None);
        }
        match read(self.cell()) {
            Some(value) => Ok(Some(value)),
            None => {
                problems.push(
                    self.error(code, format!("`{}` {what}", self.found.column.name)).expected(expected),
                );
                Err(Reported)
            }
        }
    }

    /// A number, 0 or more. `1.234` is read as the rest of its column is written.
    pub(crate) fn number(&self, problems: &mut Vec<Problem>) -> Read<Decimal> {
        if self.is_empty() {
            return Ok(None);
        }
        let expected = "a number such as 1234.50 or 1 234,50";
        let number = match cell::number(self.cell()) {
            None => {
                problems.push(
                    self.error("not_a_number", format!("`{}` is no number", self.found.column.name))
                        .expected(expected),
                );
                return Err(Reported);
            }
            Some(Number::Clear(number, _)) => number,
            Some(Number::TwoWays { whole, parted, mark }) => match self.mark_of_column() {
                Some(of_column) if of_column == mark => parted,
                Some(_) => whole,
                None => {
                    let problem = self
                        .error("two_ways", format!("`{}` can be read in two ways", self.found.column.name))
                        .expected("a number that is either whole or has two decimals")
                        .hint("write it without a thousands separator, or with one or two decimals");
                    problems.push(problem);
                    return Err(Reported);
                }
            },
        };
        if number.is_sign_negative() && !number.is_zero() {
            problems.push(
                self.error("negative", format!("`{}` is negative", self.found.column.name))
                    .expected("0 or more"),
            );
            return Err(Reported);
        }
        Ok(Some(number))
    }

    /// The decimal mark of the column, where its other cells all use the same.
    fn mark_of_column(&self) -> Option<DecimalMark> {
        *self.found.mark.get_or_init(|| {
            let mut marks =
                self.found.table.column(self.found.at?).filter_map(|cell| match cell::number(cell) {
                    Some(Number::Clear(_, mark)) => mark,
                    _ => None,
                });
            let first = marks.next()?;
            marks.all(|mark| mark == first).then_some(first)
        })
    }

    /// A whole number written in digits alone, as nearly all are.
    fn digits(&self) -> Option<u32> {
        const MOST_DIGITS: usize = 9;
        match self.cell() {
            Cell::Text(text)
                if text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                text.parse().ok()
            }
            _ => None,
        }
    }

    /// A whole number, at most a limit.
    pub(crate) fn whole(&self, limit: u32, unit: &str, problems: &mut Vec<Problem>) -> Read<u32> {
        if let Some(whole) = self.digits().filter(|whole| *whole <= limit) {
            return Ok(Some(whole));
        }
        let Some(number) = self.number(problems)? else { return Ok(None) };
        let whole = if number.fract().is_zero() { u32::try_from(number).ok() } else { None };
        match whole {
            Some(whole) if whole <= limit => Ok(Some(whole)),
            _ if number > Decimal::from(limit) => self.beyond(&format!("at most {limit} {unit}"), problems),
            _ => {
                let problem =
                    self.error("not_whole", format!("`{}` is no whole number", self.found.column.name));
                problems.push(problem.expected(format!("a whole number of {unit}")));
                Err(Reported)
            }
        }
    }

    /// A number with at most three decimals, at most a limit.
    pub(crate) fn quantity(&self, limit: u32, unit: &str, problems: &mut Vec<Problem>) -> Read<Decimal> {
        let Some(number) = self.number(problems)? else { return Ok(None) };
        if number > Decimal::from(limit) {
            return self.beyond(&format!("at most {limit} {unit}"), problems);
        }
        if number.normalize().scale() > 3 {
            let problem =
                self.error("decimals", format!("`{}` has more than three decimals", self.found.column.name));
            problems.push(problem.expected(format!("{unit} with at most three decimals")));
            return Err(Reported);
        }
        Ok(Some(number.normalize()))
    }

    /// An amount in kroner, at most a limit.
    pub(crate) fn kroner(&self, limit: u32, problems: &mut Vec<Problem>) -> Read<Money> {
        let Some(number) = self.number(problems)? else { return Ok(None) };
        if number > Decimal::from(limit) {
            return self.beyond(&format!("at most {limit} kroner"), problems);
        }
        match Money::new(number) {
            Some(money) => Ok(Some(money)),
            None => {
                let message = format!("`{}` has more than two decimals", self.found.column.name);
                problems.push(self.error("decimals", message).expected("kroner with at most two decimals"));
                Err(Reported)
            }
        }
    }

    fn beyond<T>(&self, expected: &str, problems: &mut Vec<Problem>) -> Read<T> {
        let problem =
            self.error("beyond_real", format!("`{}` is beyond what can be real", self.found.column.name));
        problems.push(problem.expected(expected));
        Err(Reported)
    }
}

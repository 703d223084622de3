//! The fields of a table's rows.
//!
//! A field is read in one step into what it should be; whatever is wrong becomes a problem with
//! its place, and the reader goes on.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use honorar_engine::Money;
use honorar_engine::basis::Row;
use honorar_engine::digits::Digits;
use honorar_problems::{Place, Problem, did_you_mean};
use rust_decimal::Decimal;

use crate::cell::{self, DecimalMark, Number};
use crate::columns::{Column, Found};
use crate::table::{Cell, Typed};
use crate::vocabulary::{self, Words};

/// What is wrong with this has been reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reported;

/// A field's value, nothing where it is empty, or wrong.
pub(crate) type Read<T> = Result<Option<T>, Reported>;

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
    /// The first field of a column.
    pub(crate) fn new(found: &'f Found<'f>) -> Self {
        Self { found, at: 0, row: 0 }
    }

    /// Moves on to another row: its place in the table, and its number in the file.
    pub(crate) fn move_to(&mut self, at: usize, row: Row) {
        (self.at, self.row) = (at, row);
    }

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
            Cell::Typed(Typed::Number(number)) => {
                Ok(Some(Cow::Owned(Digits::from(number).as_str().to_owned())))
            }
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

//! A table as it was handed in: headings and cells, before anything is understood.

use std::ops::Range;

use chrono::NaiveDate;
use honorar_engine::basis::Row;
use honorar_problems::Place;

use rust_decimal::Decimal;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::vocabulary;

/// A cell. Text stands in the table's one text; numbers and moments come from spreadsheets only.
#[derive(Debug, Clone, PartialEq)]
enum Held {
    Empty,
    Text(Range<usize>),
    Typed(Typed),
}

/// What a spreadsheet's cell holds beside text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Typed {
    /// A number, exactly as the spreadsheet shows it at 15 digits.
    Number(Decimal),
    /// A date, a time of day, or both; a time alone has no date.
    Moment {
        /// The day.
        date: Option<NaiveDate>,
        /// Seconds after midnight.
        seconds: u32,
    },
    /// True or false.
    Truth(bool),
    /// An error such as `#REF!`, or a number that is none.
    Broken,
    /// A formula whose value was not stored.
    NoValue,
}

/// How spreadsheets write their errors, in English and in Norwegian.
const SPREADSHEET_ERRORS: [&str; 12] = [
    "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#NAVN?", "#VERDI!", "#I/T",
    "#TALL!", "#TAL!",
];

/// A cell as a reader sees it; text is trimmed and not empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell<'t> {
    Empty,
    Text(&'t str),
    Typed(Typed),
}

/// A table: headings, and rows of as many cells.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// The file and the sheet.
    pub(crate) place: Place,
    /// The name of the file without its ending, or of the sheet.
    pub(crate) name: String,
    heading_row: Row,
    headings: Vec<String>,
    text: String,
    cells: Vec<Held>,
    rows: Vec<Row>,
    /// The rows that hold something beyond the last heading.
    overlong: Vec<Row>,
}

/// Blanks of every kind, at the ends of a cell and between digits.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{feff}' | '\u{200b}')
}

/// Collects the rows of a table: the first with a known heading has the headings.
pub(crate) struct TableBuilder {
    table: Table,
    line: Vec<Held>,
    has_headings: bool,
    rows_above: usize,
}

impl TableBuilder {
    pub(crate) fn new(place: Place, name: String) -> Self {
        let table = Table {
            place,
            name,
            heading_row: 0,
            headings: Vec::new(),
            text: String::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            overlong: Vec::new(),
        };
        Self { table, line: Vec::new(), has_headings: false, rows_above: 0 }
    }

    /// Adds a cell of text to the row.
    pub(crate) fn text(&mut self, text: &str) {
        let text = text.trim_matches(is_blank);
        if text.is_empty() {
            self.line.push(Held::Empty);
            return;
        }
        if SPREADSHEET_ERRORS.contains(&text) {
            self.line.push(Held::Typed(Typed::Broken));
            return;
        }
        let start = self.table.text.len();
        if is_nfc(text) {
            self.table.text.push_str(text);
        } else {
            self.table.text.extend(text.nfc());
        }
        self.line.push(Held::Text(start..self.table.text.len()));
    }

    /// Adds a cell of another type to the row.
    pub(crate) fn typed(&mut self, typed: Typed) {
        self.line.push(Held::Typed(typed));
    }

    /// Adds an empty cell to the row.
    pub(crate) fn empty(&mut self) {
        self.line.push(Held::Empty);
    }

    /// Ends the row; blank rows are skipped.
    pub(crate) fn end_row(&mut self, row: Row) {
        let Some(last) = self.line.iter().rposition(|cell| *cell != Held::Empty) else {
            self.line.clear();
            return;
        };
        if self.has_headings {
            let width = self.table.headings.len();
            if last >= width {
                // Nothing in such a row stands where it should.
                self.table.overlong.push(row);
                self.line.clear();
                return;
            }
            self.line.resize(width, Held::Empty);
            self.table.cells.append(&mut self.line);
            self.table.rows.push(row);
            return;
        }
        self.line.truncate(last + 1);
        let text = &self.table.text;
        let heading = |cell: &Held| match cell {
            Held::Text(span) => text.get(span.clone()).unwrap_or_default().to_owned(),
            Held::Typed(Typed::Number(number)) => number.to_string(),
            Held::Empty | Held::Typed(_) => String::new(),
        };
        let headings: Vec<String> = self.line.iter().map(heading).collect();
        self.line.clear();
        // A title may stand above the headings. Where no row has a known heading, the first is meant.
        self.has_headings = headings.iter().any(|heading| vocabulary::column(heading).is_some());
        if self.has_headings || self.table.headings.is_empty() {
            self.table.heading_row = row;
            self.table.headings = headings;
        }
        if !self.has_headings {
            self.rows_above += 1;
        }
    }

    /// The table, and how many rows above its headings were left alone.
    pub(crate) fn finish(self) -> (Table, usize) {
        let above = if self.has_headings { self.rows_above } else { 0 };
        (self.table, above)
    }
}

impl Table {
    /// The headings as they stand.
    pub(crate) fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The row of the headings.
    pub(crate) fn heading_row(&self) -> Row {
        self.heading_row
    }

    /// The rows' numbers in the file.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows that hold something beyond the last heading.
    pub(crate) fn overlong(&self) -> &[Row] {
        &self.overlong
    }

    /// A cell, by the place of its row and column.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        match self.cells.get(row * self.headings.len() + column) {
            Some(Held::Text(span)) => self.text.get(span.clone()).map_or(Cell::Empty, Cell::Text),
            Some(Held::Typed(typed)) => Cell::Typed(*typed),
            Some(Held::Empty) | None => Cell::Empty,
        }
    }

    /// The cells of a column.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = Cell<'_>> {
        (0..self.rows.len()).map(move |row| self.cell(row, column))
    }
}

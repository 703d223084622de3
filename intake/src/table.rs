//! A table as it was handed in: headings and cells, before anything is understood.

use std::ops::Range;

use chrono::NaiveDate;
use honorar_engine::basis::Row;
use honorar_problems::Place;

use rust_decimal::Decimal;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::{expense_layout, vocabulary};

/// A cell: small, since a country has millions. Text stands in the table's one text; numbers and moments, which come
/// from spreadsheets only, among its typed values.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Held {
    Empty,
    Text { start: usize, bytes: u32 },
    Typed(u32),
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
    typed: Vec<Typed>,
    cells: Vec<Held>,
    rows: Vec<Row>,
    /// The rows that hold something beyond the last heading.
    overlong: Vec<Row>,
    /// The rows that end before the last heading, and the places of their last cells.
    cut_short: Vec<(usize, usize)>,
    /// The table has no row of headings: its columns are known by their order.
    by_order: bool,
}

/// Blanks of every kind, at the ends of a cell and between digits.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{feff}' | '\u{200b}')
}

/// Whether a text is taken as it stands, as nearly all are: printable ASCII without blanks at its ends, and no error
/// of a spreadsheet.
fn is_plain(text: &str) -> bool {
    has_plain_ends(text.as_bytes()) && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Whether a text of printable ASCII is taken as it stands.
fn has_plain_ends(text: &[u8]) -> bool {
    let (Some(first), Some(last)) = (text.first(), text.last()) else { return false };
    *first != b'#' && *first != b' ' && *last != b' '
}

/// What somebody wrote in a cell of text.
enum Written<'w> {
    Nothing,
    /// An error of a spreadsheet, or what nobody writes.
    Broken,
    /// Where it begins, and what it is but for the blanks at its ends.
    AsItStands(usize, &'w str),
    /// The same in composed letters and on one line.
    InOneLine(String),
}

impl<'w> Written<'w> {
    /// A line break within a cell counts as a blank; another control character is nothing that anybody wrote.
    fn of(whole: &'w str) -> Self {
        if whole.is_empty() {
            return Self::Nothing;
        }
        if is_plain(whole) {
            return Self::AsItStands(0, whole);
        }
        let is_break = |c: char| matches!(c, '\n' | '\r' | '\t');
        let text = whole.trim_start_matches(is_blank);
        let start = whole.len() - text.len();
        let text = text.trim_end_matches(is_blank);
        if text.is_empty() {
            Self::Nothing
        } else if SPREADSHEET_ERRORS.contains(&text)
            || text.contains(|c: char| c.is_control() && !is_break(c))
        {
            Self::Broken
        } else if is_nfc(text) && !text.contains(is_break) {
            Self::AsItStands(start, text)
        } else {
            Self::InOneLine(text.nfc().map(|c| if is_break(c) { ' ' } else { c }).collect())
        }
    }
}

/// In how many rows, blank ones left out, the headings are looked for.
const ROWS_OF_HEADINGS: usize = 20;

/// Collects the rows of a table. Of the first rows, the one with the most known headings has the
/// headings: a title may stand above them.
pub(crate) struct TableBuilder {
    table: Table,
    line: Vec<Held>,
    /// The first rows, until it is known which has the headings.
    first: Vec<(Row, Vec<Held>)>,
    has_headings: bool,
    rows_above: usize,
    /// Whether the text that the table was begun with has nothing but printable ASCII and line breaks.
    is_of_ascii: bool,
}

impl TableBuilder {
    pub(crate) fn new(place: Place, name: String) -> Self {
        let table = Table {
            place,
            name,
            heading_row: 0,
            headings: Vec::new(),
            text: String::new(),
            typed: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            overlong: Vec::new(),
            cut_short: Vec::new(),
            by_order: false,
        };
        let (line, first) = (Vec::new(), Vec::new());
        Self { table, line, first, has_headings: false, rows_above: 0, is_of_ascii: false }
    }

    /// The same over the text of a file, in which most cells stand as they are; and whether it has nothing but printable
    /// ASCII and line breaks.
    pub(crate) fn of_text(place: Place, name: String, text: &str, is_of_ascii: bool) -> Self {
        /// A cell of a basis has some five letters, with its separator.
        const BYTES_OF_CELL: usize = 5;
        let mut builder = Self::new(place, name);
        builder.table.text.push_str(text);
        builder.table.cells.reserve(text.len() / BYTES_OF_CELL);
        builder.is_of_ascii = is_of_ascii;
        builder
    }

    /// Adds a cell of text to the row.
    pub(crate) fn text(&mut self, text: &str) {
        match Written::of(text) {
            Written::Nothing => self.empty(),
            Written::Broken => self.typed(Typed::Broken),
            Written::AsItStands(_, text) => self.new_text(text),
            Written::InOneLine(text) => self.new_text(&text),
        }
    }

    /// Adds a cell of the text that the table was begun with.
    pub(crate) fn standing(&mut self, place: Range<usize>) {
        if place.is_empty() {
            return self.empty();
        }
        let first = place.start;
        if self.is_of_ascii && self.table.text.as_bytes().get(place.clone()).is_some_and(has_plain_ends) {
            return self.text_at(first, place.len());
        }
        let text = self.table.text.get(place).unwrap_or_default();
        match Written::of(text) {
            Written::Nothing => self.empty(),
            Written::Broken => self.typed(Typed::Broken),
            Written::AsItStands(start, text) => self.text_at(first + start, text.len()),
            Written::InOneLine(text) => self.new_text(&text),
        }
    }

    fn new_text(&mut self, text: &str) {
        let start = self.table.text.len();
        self.table.text.push_str(text);
        self.text_at(start, text.len());
    }

    fn text_at(&mut self, start: usize, bytes: usize) {
        match u32::try_from(bytes) {
            Ok(bytes) => self.line.push(Held::Text { start, bytes }),
            // Nobody wrote four gigabytes into a cell.
            Err(_) => self.typed(Typed::Broken),
        }
    }

    /// Adds a cell of another type to the row.
    pub(crate) fn typed(&mut self, typed: Typed) {
        let place = u32::try_from(self.table.typed.len()).unwrap_or(u32::MAX);
        self.table.typed.push(typed);
        self.line.push(Held::Typed(place));
    }

    /// Adds an empty cell to the row.
    pub(crate) fn empty(&mut self) {
        self.line.push(Held::Empty);
    }

    /// Forgets the cells of the row that has not ended.
    pub(crate) fn withdraw_row(&mut self) {
        self.line.clear();
    }

    /// Ends the row; blank rows are skipped.
    pub(crate) fn end_row(&mut self, row: Row) {
        if self.line.iter().all(|cell| *cell == Held::Empty) {
            self.line.clear();
        } else if self.has_headings {
            // The line's room is used again for the next row.
            let mut line = std::mem::take(&mut self.line);
            self.add(row, &mut line);
            line.clear();
            self.line = line;
        } else {
            let next = Vec::with_capacity(self.line.len());
            self.first.push((row, std::mem::replace(&mut self.line, next)));
            if self.first.len() == ROWS_OF_HEADINGS {
                self.choose_headings();
            }
        }
    }

    /// Takes the headings from the row with the most that are known, the first of equals; the rows
    /// above it are left alone, those below are the table's. Where none is known, the first row is
    /// taken for the headings.
    fn choose_headings(&mut self) {
        self.has_headings = true;
        let first = std::mem::take(&mut self.first);
        if expense_layout::is_expense(&self.table.name) && self.take_by_order(&first) {
            for (row, mut line) in first {
                self.add(row, &mut line);
            }
            return;
        }
        let known = |line: &[Held]| {
            let headings = line.iter().map(|cell| self.heading(cell));
            headings.filter(|heading| vocabulary::column(heading).is_some()).count()
        };
        let (mut best, mut most) = (0, 0);
        for (at, (_, line)) in first.iter().enumerate() {
            // A row has no more headings than cells: most rows of values need no look-up.
            let found = if line.len() <= most { 0 } else { known(line) };
            if found > most {
                (best, most) = (at, found);
            }
        }
        for (at, (row, mut line)) in first.into_iter().enumerate() {
            if at == best {
                let last = line.iter().rposition(|cell| *cell != Held::Empty).unwrap_or_default();
                self.table.heading_row = row;
                self.table.headings = line.iter().take(last + 1).map(|cell| self.heading(cell)).collect();
            } else if at > best {
                self.add(row, &mut line);
            }
        }
        self.rows_above = best;
    }

    /// Gives the columns of Visma Expense's export their headings, where it comes without any.
    fn take_by_order(&mut self, first: &[(Row, Vec<Held>)]) -> bool {
        let known = |line: &[Held]| {
            line.iter().filter(|cell| expense_layout::is_heading(&self.heading(cell))).count()
        };
        if first.iter().any(|(_, line)| expense_layout::are_headings(known(line))) {
            return false;
        }
        let width =
            |line: &[Held]| line.iter().rposition(|cell| *cell != Held::Empty).map_or(0, |last| last + 1);
        let widest = first.iter().map(|(_, line)| width(line)).max().unwrap_or_default();
        let Some(headings) = expense_layout::headings(widest) else { return false };
        self.table.heading_row = first.first().map(|(row, _)| *row).unwrap_or_default();
        self.table.headings = headings;
        self.table.by_order = true;
        true
    }

    fn heading(&self, cell: &Held) -> String {
        match self.table.shown(*cell) {
            Cell::Text(text) => text.to_owned(),
            Cell::Typed(Typed::Number(number)) => number.to_string(),
            Cell::Empty | Cell::Typed(_) => String::new(),
        }
    }

    /// Adds a row below the headings.
    fn add(&mut self, row: Row, line: &mut Vec<Held>) {
        let width = self.table.headings.len();
        let last = line.iter().rposition(|cell| *cell != Held::Empty).unwrap_or_default();
        if last >= width {
            // Nothing in such a row stands where it should.
            self.table.overlong.push(row);
            return;
        }
        if line.len() < width {
            self.table.cut_short.push((self.table.rows.len(), last));
        }
        line.resize(width, Held::Empty);
        self.table.cells.append(line);
        self.table.rows.push(row);
    }

    /// The table, and how many rows above its headings were left alone.
    pub(crate) fn finish(mut self) -> (Table, usize) {
        if !self.has_headings && !self.first.is_empty() {
            self.choose_headings();
        }
        (self.table, self.rows_above)
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

    /// Whether the columns are known by their order, without a row of headings.
    pub(crate) fn is_by_order(&self) -> bool {
        self.by_order
    }

    /// The rows' numbers in the file.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows that hold something beyond the last heading.
    pub(crate) fn overlong(&self) -> &[Row] {
        &self.overlong
    }

    /// The places of the rows that end before the last heading, and of their last cells.
    pub(crate) fn cut_short(&self) -> &[(usize, usize)] {
        &self.cut_short
    }

    /// A cell, by the place of its row and column.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        self.cells.get(row * self.headings.len() + column).map_or(Cell::Empty, |cell| self.shown(*cell))
    }

    fn shown(&self, cell: Held) -> Cell<'_> {
        match cell {
            Held::Empty => Cell::Empty,
            Held::Text { start, bytes } => {
                self.text.get(start..start + bytes as usize).map_or(Cell::Empty, Cell::Text)
            }
            // Nobody fills four thousand million cells.
            Held::Typed(place) => {
                Cell::Typed(self.typed.get(place as usize).copied().unwrap_or(Typed::Broken))
            }
        }
    }

    /// Of each column, how many bytes its longest text has; a number may have any length.
    pub(crate) fn longest_cells(&self) -> Vec<usize> {
        let mut longest = vec![0; self.headings.len()];
        for row in self.cells.chunks(self.headings.len().max(1)) {
            for (longest, cell) in longest.iter_mut().zip(row) {
                *longest = (*longest).max(match cell {
                    Held::Text { bytes, .. } => *bytes as usize,
                    Held::Typed(_) => usize::MAX,
                    Held::Empty => 0,
                });
            }
        }
        longest
    }

    /// The cells of a column.
    pub(crate) fn column(&self, column: usize) -> impl Iterator<Item = Cell<'_>> {
        (0..self.rows.len()).map(move |row| self.cell(row, column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of rows with semicolons between them, as they stand in a text or each by itself.
    fn cells(rows: &[&str], stand: bool) -> Vec<Vec<String>> {
        let text = rows.join("\n");
        let (place, name) = (Place::default(), "meetings".to_owned());
        let is_of_ascii = text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n'));
        let mut builder = if stand {
            TableBuilder::of_text(place, name, &text, is_of_ascii)
        } else {
            TableBuilder::new(place, name)
        };
        let mut start = 0;
        for (row, number) in rows.iter().zip(1..) {
            for cell in row.split(';') {
                if stand {
                    builder.standing(start..start + cell.len());
                } else {
                    builder.text(cell);
                }
                start += cell.len() + 1;
            }
            builder.end_row(number);
        }
        let (table, _) = builder.finish();
        let row = |at| (0..table.headings().len()).map(move |column| (at, column));
        let shown = |at| row(at).map(|(at, column)| format!("{:?}", table.cell(at, column))).collect();
        (0..table.rows().len()).map(shown).collect()
    }

    #[test]
    fn cells_that_stand_in_a_text_are_those_that_are_given() {
        const HEADINGS: &str = "meeting_id;date;body";
        let plain = [HEADINGS, "FSK-1;2014-03-06;FSK", " FSK-2 ;;  ", ";;", "#REF!;# 3;3 #", "a b;-;1,5"];
        let others = [
            "M\u{f8}te 1;\u{a0}2014\u{a0};a\u{30a}r",
            "two\rlines;a\tb;\u{7}",
            "\u{feff}x;\u{2007}\u{200b};#N/A",
            "#VERDI!;\u{e5};e\u{301} ",
        ];
        let all = [&plain[..], &others].concat();
        assert_eq!(cells(&plain, true), cells(&plain, false));
        assert_eq!(cells(&all, true), cells(&all, false));
        assert_eq!(cells(&all, true)[..3], cells(&plain, true)[..3], "whatever else stands in the file");
        assert_eq!(cells(&plain, true)[1], ["Text(\"FSK-2\")", "Empty", "Empty"]);
    }
}

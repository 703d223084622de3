//! CSV in memory.
//!
//! A run writes a dozen tables, some of them only for their hashes, and a country four thousand: cells are written
//! straight into the text. The same as what the crate `csv` writes, which a test holds it to.

use std::fmt::{Display, Write};

/// CSV with commas and LF; a cell is in quotation marks only where it has to be.
#[derive(Debug, Default)]
pub struct CsvText {
    text: String,
    row_start: usize,
    has_cells: bool,
}

impl CsvText {
    /// Adds a cell of text to the row.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.part();
        if needs_quotes(text) {
            self.quoted(text);
        } else {
            self.text.push_str(text);
        }
        self
    }

    /// Adds a cell with a value as it is shown.
    pub fn value(&mut self, value: impl Display) -> &mut Self {
        self.part();
        let start = self.text.len();
        // Writing to memory does not fail.
        let _ = write!(self.text, "{value}");
        if self.text.get(start..).is_some_and(needs_quotes) {
            let text = self.text.split_off(start);
            self.quoted(&text);
        }
        self
    }

    /// Adds a cell with a whole number.
    pub fn number(&mut self, number: u32) -> &mut Self {
        self.part();
        // Ten digits at most. The general formatting takes several times as long, and rows are full of numbers.
        let mut digits = [b'0'; 10];
        let (mut start, mut left) = (digits.len(), number);
        for (place, digit) in digits.iter_mut().enumerate().rev() {
            *digit += u8::try_from(left % 10).unwrap_or_default();
            (start, left) = (place, left / 10);
            if left == 0 {
                break;
            }
        }
        self.text.push_str(
            digits.get(start..).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default(),
        );
        self
    }

    /// Adds a cell with `true` or `false`.
    pub fn truth(&mut self, truth: bool) -> &mut Self {
        self.text(if truth { "true" } else { "false" })
    }

    /// Adds a cell with a value, or an empty one.
    pub fn maybe(&mut self, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.value(value),
            None => self.text(""),
        }
    }

    /// Adds a cell for each text.
    pub fn texts(&mut self, texts: &[impl AsRef<str>]) -> &mut Self {
        for text in texts {
            self.text(text.as_ref());
        }
        self
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        if self.has_cells && self.text.len() == self.row_start {
            // One empty cell would be a blank line, which is no row.
            self.text.push_str("\"\"");
        }
        self.text.push('\n');
        self.row_start = self.text.len();
        self.has_cells = false;
    }

    /// The text, in UTF-8.
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    fn part(&mut self) {
        if self.has_cells {
            self.text.push(',');
        }
        self.has_cells = true;
    }

    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        self.text.push_str(&text.replace('"', "\"\""));
        self.text.push('"');
    }
}

fn needs_quotes(cell: &str) -> bool {
    cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_truths_are_shown_as_ever() {
        for number in [0, 1, 9, 10, 99, 100, 65_536, 1_000_000_000, u32::MAX] {
            let (mut own, mut shown) = (CsvText::default(), CsvText::default());
            own.number(number).truth(number > 9).end_row();
            shown.value(number).value(number > 9).end_row();
            assert_eq!(own.into_bytes(), shown.into_bytes());
        }
    }

    #[test]
    fn it_is_what_the_csv_crate_writes() {
        const CELLS: [&str; 9] = ["", "a", "æ, ø", "say \"hi\"", "\"", "two\nlines", "\r", "  ", "=1;2"];
        let rows = CELLS.iter().flat_map(|first| {
            let alone = std::iter::once(vec![*first]);
            alone.chain(CELLS.iter().map(move |second| vec![*first, *second, *first]))
        });
        let (mut own, mut other) =
            (CsvText::default(), csv::WriterBuilder::new().flexible(true).from_writer(Vec::new()));
        for row in rows {
            for (at, cell) in row.iter().enumerate() {
                if at == 0 {
                    own.text(cell)
                } else {
                    own.value(cell)
                };
            }
            own.end_row();
            other.write_record(row).unwrap();
        }
        assert_eq!(own.into_bytes(), other.into_inner().unwrap());
    }
}

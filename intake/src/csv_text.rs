//! CSV in memory.
//!
//! A run writes a dozen tables, some of them only for their hashes, and a country four thousand: cells are written
//! straight into the text. The same as what the crate `csv` writes, which a test holds it to.

use std::fmt::Display;

use honorar_engine::digits::Digits;

/// CSV with commas and LF; a cell is in quotation marks only where it has to be.
#[derive(Debug, Default)]
pub struct CsvText {
    bytes: Vec<u8>,
    row_start: usize,
    has_cells: bool,
}

impl CsvText {
    /// An empty text with room for so many rows of so many bytes each.
    pub fn with_room(rows: usize, bytes_per_row: usize) -> Self {
        Self { bytes: Vec::with_capacity(rows.saturating_mul(bytes_per_row)), ..Self::default() }
    }

    /// Adds a cell of text to the row.
    pub fn text(&mut self, text: &str) -> &mut Self {
        if needs_quotes(text) {
            self.part();
            self.quoted(text);
            self
        } else {
            self.plain(text.as_bytes())
        }
    }

    /// Adds a cell with a word of the vocabulary, its blanks as `_`; it needs no quotation marks.
    pub(crate) fn word(&mut self, word: &str) -> &mut Self {
        self.part();
        self.bytes.extend(word.bytes().map(|byte| if byte == b' ' { b'_' } else { byte }));
        self
    }

    /// Adds a cell with a number, an amount or a date.
    pub fn value(&mut self, value: impl Into<Digits>) -> &mut Self {
        self.plain(value.into().as_bytes())
    }

    /// Adds a cell with any value as it is shown.
    pub fn shown(&mut self, value: impl Display) -> &mut Self {
        self.text(&value.to_string())
    }

    /// Adds a cell with `true` or `false`.
    pub fn truth(&mut self, truth: bool) -> &mut Self {
        self.plain(if truth { b"true" } else { b"false" })
    }

    /// Adds a cell with a value, or an empty one.
    pub fn maybe(&mut self, value: Option<impl Into<Digits>>) -> &mut Self {
        match value {
            Some(value) => self.value(value),
            None => self.plain(b""),
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
        if self.has_cells && self.bytes.len() == self.row_start {
            // One empty cell would be a blank line, which is no row.
            self.bytes.extend_from_slice(b"\"\"");
        }
        self.bytes.push(b'\n');
        self.row_start = self.bytes.len();
        self.has_cells = false;
    }

    /// The text, in UTF-8.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Adds a cell that needs no quotation marks.
    fn plain(&mut self, text: &[u8]) -> &mut Self {
        self.part();
        self.bytes.extend_from_slice(text);
        self
    }

    fn part(&mut self) {
        if self.has_cells {
            self.bytes.push(b',');
        }
        self.has_cells = true;
    }

    fn quoted(&mut self, text: &str) {
        let mut parts = text.split('"');
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
        for part in parts {
            self.bytes.extend_from_slice(b"\"\"");
            self.bytes.extend_from_slice(part.as_bytes());
        }
        self.bytes.push(b'"');
    }
}

fn needs_quotes(cell: &str) -> bool {
    // Without a way out in the middle, many bytes are looked at in one step.
    cell.bytes().fold(false, |any, byte| any | matches!(byte, b',' | b'"' | b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

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
                    own.shown(cell)
                };
            }
            own.end_row();
            other.write_record(row).unwrap();
        }
        assert_eq!(own.into_bytes(), other.into_inner().unwrap());
    }
}

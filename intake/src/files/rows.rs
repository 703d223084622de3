//! The rows of a text with separators.

use std::cell::RefCell;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

thread_local! {
    /// Readers that have done, for the next file. To make one takes as long as to read a hundred rows, and a basis
    /// has a dozen files. (A clone of one does not read: csv-core 0.1.13 leaves out most of its tables.)
    static DONE: RefCell<Vec<(u8, Reader)>> = const { RefCell::new(Vec::new()) };
}

/// A reader for a separator, at the beginning of a text.
fn reader(separator: u8) -> Reader {
    let done = DONE.with_borrow_mut(|done| {
        let place = done.iter().position(|(of, _)| *of == separator)?;
        Some(done.swap_remove(place).1)
    });
    done.unwrap_or_else(|| ReaderBuilder::new().delimiter(separator).build())
}

/// Reads a text row by row, with the parser of the crate `csv`. The room of a row is used for the next.
pub(super) struct DelimitedRows<'t> {
    separator: u8,
    reader: Reader,
    rest: &'t [u8],
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl<'t> DelimitedRows<'t> {
    pub(super) fn new(text: &'t str, separator: u8) -> Self {
        Self {
            separator,
            reader: reader(separator),
            rest: text.as_bytes(),
            cells: vec![0; 1_024],
            ends: vec![0; 32],
        }
    }

    /// Gives the next row's cells to `take`; the line on which the row stands, from 1, or nothing after the last.
    pub(super) fn next(&mut self, mut take: impl FnMut(&str)) -> Option<u32> {
        let row = self.line_of_next();
        let (mut cells, mut ends) = (0, 0);
        loop {
            let room = (self.cells.get_mut(cells..)?, self.ends.get_mut(ends..)?);
            let (result, read, written, ended) = self.reader.read_record(self.rest, room.0, room.1);
            self.rest = self.rest.get(read..).unwrap_or_default();
            (cells, ends) = (cells + written, ends + ended);
            match result {
                ReadRecordResult::OutputFull => self.cells.resize(2 * self.cells.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                // The end of the text ends the last row, where no line break does.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::End => return None,
                ReadRecordResult::Record => break,
            }
        }
        let text = std::str::from_utf8(self.cells.get(..cells)?).ok()?;
        let mut start = 0;
        for end in self.ends.get(..ends)? {
            take(text.get(start..*end)?);
            start = *end;
        }
        Some(row)
    }

    /// The reader is where the row before ended, and blank lines and half a CR LF may lie between.
    fn line_of_next(&self) -> u32 {
        let between = self.rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let lines = between.filter(|byte| **byte == b'\n').count();
        let line = self.reader.line().saturating_add(u64::try_from(lines).unwrap_or(u64::MAX));
        u32::try_from(line).unwrap_or(u32::MAX)
    }
}

impl Drop for DelimitedRows<'_> {
    fn drop(&mut self) {
        let mut reader = std::mem::take(&mut self.reader);
        reader.reset();
        DONE.with_borrow_mut(|done| done.push((self.separator, reader)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, separator: u8) -> Vec<(u32, Vec<String>)> {
        let mut rows = DelimitedRows::new(text, separator);
        let mut all = Vec::new();
        loop {
            let mut cells = Vec::new();
            let Some(row) = rows.next(|cell| cells.push(cell.to_owned())) else { return all };
            all.push((row, cells));
        }
    }

    #[test]
    fn rows_are_those_of_the_csv_crate() {
        let long = format!("{};\"{}\"\nb;c\n", "å".repeat(3_000), "x;".repeat(2_000));
        let wide = format!("{}\n", "a;".repeat(500));
        let texts = [
            "",
            "a",
            "a;b\n1;2",
            "a;b\r\n\r\n1;2\r\n\n\n3\n",
            "\n\na\n",
            "\"a\nb\";c\nd\n",
            "\"say \"\"hi\"\"\";\n;\n",
            "æ;ø\nå;\n",
            ";;;\n",
            "a,b;c\td\n",
            "\"open",
            "x\r\ry\n",
            &long,
            &wide,
        ];
        for text in texts {
            for separator in [b';', b',', b'\t', b'|'] {
                let mut reader = csv::ReaderBuilder::new()
                    .delimiter(separator)
                    .has_headers(false)
                    .flexible(true)
                    .from_reader(text.as_bytes());
                let theirs: Vec<Vec<String>> =
                    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
                let own: Vec<Vec<String>> =
                    rows(text, separator).into_iter().map(|(_, cells)| cells).collect();
                assert_eq!(own, theirs, "{text:?}");
            }
        }
    }

    #[test]
    fn rows_have_the_numbers_of_their_lines() {
        let numbers = |text| rows(text, b';').into_iter().map(|(row, _)| row).collect::<Vec<_>>();
        assert_eq!(numbers("a\nb\nc"), [1, 2, 3]);
        assert_eq!(numbers("a\r\n\r\nb\r\n\n\nc\n"), [1, 3, 6]);
        assert_eq!(numbers("\n\na\n\"b\nc\"\nd"), [3, 4, 6]);
    }
}

//! The rows of a text with separators.

use std::cell::RefCell;
use std::ops::Range;

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

/// A cell of a row.
pub(super) enum Piece<'p> {
    /// Where it stands in the text.
    Standing(Range<usize>),
    /// What the parser made of it.
    Parsed(&'p str),
    /// No cell: those of the row that were given are none, and it begins again.
    Withdrawn,
}

/// Reads a text row by row, as the crate `csv` does. The room of a row is used for the next.
pub(super) struct DelimitedRows<'t> {
    separator: u8,
    /// The parser, once a row has needed it.
    reader: Option<Reader>,
    /// Of each byte, whether it may end a cell or begin a quoted one.
    is_mark: [bool; 256],
    text: &'t str,
    /// What has not been read.
    rest: &'t str,
    /// The line on which the rest begins, from 1.
    line: u32,
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl<'t> DelimitedRows<'t> {
    pub(super) fn new(text: &'t str, separator: u8) -> Self {
        let mut is_mark = [false; 256];
        for mark in [separator, b'"', b'\r', b'\n'] {
            if let Some(is_mark) = is_mark.get_mut(usize::from(mark)) {
                *is_mark = true;
            }
        }
        let (cells, ends) = (Vec::new(), Vec::new());
        Self { separator, reader: None, is_mark, text, rest: text, line: 1, cells, ends }
    }

    /// Gives the next row's cells to `take`; the line on which the row stands, from 1, or nothing after the last.
    pub(super) fn next(&mut self, mut take: impl FnMut(Piece<'_>)) -> Option<u32> {
        self.skip_line_ends();
        if self.rest.is_empty() {
            return None;
        }
        let row = self.line;
        if self.plain_row(&mut take).is_none() {
            take(Piece::Withdrawn);
            self.parsed_row(take)?;
        }
        Some(row)
    }

    /// Blank lines are no rows.
    fn skip_line_ends(&mut self) {
        let rest = self.rest.trim_start_matches(['\r', '\n']);
        let skipped = self.rest.len() - rest.len();
        let lines = self.rest.bytes().take(skipped).filter(|byte| *byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.rest = rest;
    }

    /// A row without quotation marks, as nearly all are, which needs no parser; nothing where it has one.
    fn plain_row(&mut self, take: &mut impl FnMut(Piece<'_>)) -> Option<()> {
        let begin = self.text.len() - self.rest.len();
        let marks = self.rest.bytes().enumerate();
        let mut start = 0;
        let mut end = self.rest.len();
        for (place, mark) in marks.filter(|(_, byte)| self.is_mark.get(usize::from(*byte)) == Some(&true)) {
            if mark == b'"' {
                return None;
            }
            if matches!(mark, b'\r' | b'\n') {
                end = place;
                break;
            }
            take(Piece::Standing(begin + start..begin + place));
            start = place + 1;
        }
        take(Piece::Standing(begin + start..begin + end));
        self.rest = self.rest.get(end..)?;
        Some(())
    }

    /// A row by the parser; nothing after the last.
    fn parsed_row(&mut self, mut take: impl FnMut(Piece<'_>)) -> Option<()> {
        let reader = self.reader.get_or_insert_with(|| reader(self.separator));
        let lines_before = reader.line();
        let (mut cells, mut ends) = (0, 0);
        self.ends.resize(self.ends.len().max(32), 0);
        self.cells.resize(self.cells.len().max(1_024), 0);
        loop {
            let room = (self.cells.get_mut(cells..)?, self.ends.get_mut(ends..)?);
            let (result, read, written, ended) = reader.read_record(self.rest.as_bytes(), room.0, room.1);
            self.rest = self.rest.get(read..)?;
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
        let lines = u32::try_from(reader.line() - lines_before).unwrap_or(u32::MAX);
        self.line = self.line.saturating_add(lines);
        let text = std::str::from_utf8(self.cells.get(..cells)?).ok()?;
        let mut start = 0;
        for end in self.ends.get(..ends)? {
            take(Piece::Parsed(text.get(start..*end)?));
            start = *end;
        }
        Some(())
    }
}

impl Drop for DelimitedRows<'_> {
    fn drop(&mut self) {
        if let Some(mut reader) = self.reader.take() {
            reader.reset();
            DONE.with_borrow_mut(|done| done.push((self.separator, reader)));
        }
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
            let take = |cell: Piece<'_>| match cell {
                Piece::Standing(place) => cells.push(text[place].to_owned()),
                Piece::Parsed(text) => cells.push(text.to_owned()),
                Piece::Withdrawn => cells.clear(),
            };
            let Some(row) = rows.next(take) else { return all };
            all.push((row, cells));
        }
    }

    fn theirs(text: &str, separator: u8) -> Vec<Vec<String>> {
        let reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        reader.into_records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
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
                let own: Vec<Vec<String>> =
                    rows(text, separator).into_iter().map(|(_, cells)| cells).collect();
                assert_eq!(own, theirs(text, separator), "{text:?}");
            }
        }
    }

    #[test]
    fn rows_of_any_text_are_those_of_the_csv_crate() {
        let mut rng = fastrand::Rng::with_seed(6);
        for _ in 0..20_000 {
            let letters = ["a", "ø", ";", ";", "\"", "\r", "\n", "\n", "\r\n", " "];
            let text: String = (0..rng.usize(..24)).map(|_| letters[rng.usize(..letters.len())]).collect();
            assert_eq!(
                rows(&text, b';').into_iter().map(|(_, cells)| cells).collect::<Vec<_>>(),
                theirs(&text, b';'),
                "{text:?}"
            );
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

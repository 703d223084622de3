//! CSV and its like: separators, encodings.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, WINDOWS_1252};
use honorar_problems::{Place, Problem};

use super::InputFile;
use crate::table::{Table, TableBuilder, is_blank};
use crate::vocabulary;

/// Reads a file as one table.
pub(super) fn read(file: &InputFile, name: String, tables: &mut Vec<Table>, problems: &mut Vec<Problem>) {
    let place = Place::file(&*file.name);
    let Some(text) = decode(&file.bytes) else {
        let problem = Problem::error("encoding", place, "the text is damaged")
            .expected("UTF-8, Windows-1252, or UTF-16 with a byte order mark")
            .hint("save the file again as CSV UTF-8");
        problems.push(problem);
        return;
    };
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        let problem = Problem::error("open_quote", place, "a quotation mark is never closed")
            .expected("quotation marks in pairs; one within a quoted cell is doubled")
            .hint("look for a cell with a single \"");
        problems.push(problem);
        return;
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(separator(&text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut table = TableBuilder::new(place.clone(), name);
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {
                record.iter().for_each(|cell| table.text(cell));
                table.end_row(row_of(&record, &text));
            }
            Ok(false) => break,
            Err(error) => {
                problems.push(Problem::error(
                    "unreadable",
                    place,
                    format!("the file cannot be read: {error}"),
                ));
                return;
            }
        }
    }
    tables.push(table.finish());
}

/// The line on which a record stands. The reader's position is where the record before ended,
/// and blank lines and half a CR LF may lie between.
fn row_of(record: &StringRecord, text: &str) -> u32 {
    let Some(position) = record.position() else { return 0 };
    let rest = usize::try_from(position.byte()).ok().and_then(|byte| text.as_bytes().get(byte..));
    let between = rest.unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let lines = between.filter(|byte| **byte == b'\n').count();
    u32::try_from(position.line())
        .unwrap_or(u32::MAX)
        .saturating_add(u32::try_from(lines).unwrap_or(u32::MAX))
}

/// The text of a file: by its byte order mark, else UTF-8 where it is valid, else Windows-1252.
fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((WINDOWS_1252, 0));
    let bytes = bytes.get(mark..).unwrap_or_default();
    if mark == 0
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return (!text.contains('\0')).then_some(Cow::Borrowed(text));
    }
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    // Windows-1252 gives every byte a meaning; the five unused ones become control characters.
    let has_controls = text.chars().any(|c| c == '\0' || ('\u{80}'..'\u{a0}').contains(&c));
    (!damaged && !has_controls).then_some(text)
}

/// The separator that splits the heading line into the most headings that are known.
fn separator(text: &str) -> u8 {
    let is_heading_line =
        |line: &&str| !line.trim_matches(|c| is_blank(c) || matches!(c, ';' | ',')).is_empty();
    let line = text.lines().find(is_heading_line).unwrap_or_default();
    let known = |separator: &u8| {
        let cells = line.split(char::from(*separator));
        cells
            .filter(|cell| vocabulary::column(cell.trim_matches(|c| is_blank(c) || c == '"')).is_some())
            .count()
    };
    // Of equals the last is taken: a heading line of one column has no separator at all.
    [b'\t', b',', b';'].into_iter().max_by_key(known).unwrap_or(b';')
}

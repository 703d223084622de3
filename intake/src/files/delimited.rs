//! CSV and its like: separators, encodings, quotation marks.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, WINDOWS_1252};
use honorar_problems::{Place, Problem};

use super::{InputFile, rows_left_alone};
use crate::table::{Table, TableBuilder, is_blank};
use crate::vocabulary;

/// Reads a file as one table.
pub(super) fn read(file: &InputFile, name: String, tables: &mut Vec<Table>, problems: &mut Vec<Problem>) {
    let place = Place::file(&*file.name);
    let Some(text) = decode(&file.bytes) else {
        let problem = Problem::error("encoding", place, "the text is damaged, or in two encodings at once")
            .expected("UTF-8, Windows-1252, or UTF-16 with a byte order mark")
            .hint("save the file again as CSV UTF-8, and look at the letters æ, ø and å");
        problems.push(problem);
        return;
    };
    let (first_row, separator, text) = separator(&text);
    if let Some(row) = stray_quote(text, separator) {
        let place = place.at_row(first_row.saturating_add(row));
        let problem = Problem::error(
            "open_quote",
            place,
            "a quotation mark opens a cell that does not end with one in this row",
        )
        .expected("quotation marks around a whole cell, and one within it doubled")
        .hint("delete the quotation mark, or the line break within the cell");
        problems.push(problem);
        return;
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut table = TableBuilder::new(place.clone(), name);
    let mut record = StringRecord::new();
    let mut headings = 0;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {
                let row = first_row.saturating_add(row_of(&record, text));
                if separator == b',' && record.len() < headings && has_parted_number(&record) {
                    problems.push(parted_number(place.at_row(row)));
                }
                record.iter().for_each(|cell| table.text(cell));
                let has_heading = |cell: &str| vocabulary::column(cell.trim_matches(is_blank)).is_some();
                if headings == 0 && record.iter().any(has_heading) {
                    headings = record.len();
                }
                table.end_row(row);
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
    let (table, rows_above) = table.finish();
    problems.extend(rows_left_alone(&table, rows_above));
    tables.push(table);
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
/// Nothing where letters were lost before, or the file is partly the one and partly the other.
fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((WINDOWS_1252, 0));
    let bytes = bytes.get(mark..).unwrap_or_default();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if mark == 0 => Cow::Borrowed(text),
        _ => {
            let (text, damaged) = encoding.decode_without_bom_handling(bytes);
            if damaged {
                return None;
            }
            text
        }
    };
    // A Norwegian letter in UTF-8 that is read as Windows-1252 shows as one of these; and of the
    // bytes that Windows-1252 does not use, control characters are left.
    let is_damaged = text.chars().any(|c| c == '\0' || c == '\u{fffd}' || ('\u{80}'..'\u{a0}').contains(&c))
        || ["Ã¦", "Ã¸", "Ã¥", "Ã†", "Ã˜", "Ã…"].iter().any(|letter| text.contains(letter));
    // Old Macintosh files end their lines with CR alone.
    let only_cr = text.contains('\r') && !text.contains('\n');
    match is_damaged {
        true => None,
        false if only_cr => Some(Cow::Owned(text.replace('\r', "\n"))),
        false => Some(text),
    }
}

/// How many rows stand before the table, the separator, and the text of the table: Excel may
/// write a first line `sep=;`, and old programs end a file with a control character.
fn separator(text: &str) -> (u32, u8, &str) {
    let text = text.trim_end_matches('\u{1a}');
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some([separator @ (b';' | b',' | b'\t')]) =
        first.trim_end().strip_prefix("sep=").map(str::as_bytes)
    {
        return (1, *separator, rest);
    }
    (0, most_headings(text), text)
}

/// The separator that splits one of the first lines into the most headings that are known.
fn most_headings(text: &str) -> u8 {
    const LINES: usize = 20;
    let known_in = |line: &str, separator: u8| {
        let cells = line.split(char::from(separator));
        let cells = cells.map(|cell| cell.trim_matches(|c| is_blank(c) || c == '"'));
        cells.filter(|cell| vocabulary::column(cell).is_some()).count()
    };
    let known = |separator: &u8| text.lines().take(LINES).map(|line| known_in(line, *separator)).max();
    // Of equals the last is taken: a heading line of one column has no separator at all.
    [b'\t', b',', b';'].into_iter().max_by_key(known).unwrap_or(b';')
}

/// The row of a quotation mark that is not one of a pair around a cell, or of a quoted cell that
/// runs over rows and separators and so may have swallowed them.
fn stray_quote(text: &str, separator: u8) -> Option<u32> {
    let mut bytes = text.bytes().peekable();
    let (mut row, mut opened_in) = (1_u32, 0_u32);
    let (mut quoted, mut at_start) = (false, true);
    let (mut has_break, mut has_separator) = (false, false);
    while let Some(byte) = bytes.next() {
        row = row.saturating_add(u32::from(byte == b'\n'));
        if quoted {
            match byte {
                b'"' if bytes.peek() == Some(&b'"') => {
                    bytes.next();
                }
                b'"' => {
                    quoted = false;
                    let ends_cell =
                        bytes.peek().is_none_or(|next| *next == separator || matches!(next, b'\r' | b'\n'));
                    if !ends_cell || (has_break && has_separator) {
                        return Some(opened_in);
                    }
                }
                b'\n' => has_break = true,
                _ => has_separator |= byte == separator,
            }
        } else if byte == b'"' {
            if !at_start {
                return Some(row);
            }
            (quoted, opened_in, has_break, has_separator) = (true, row, false, false);
        }
        at_start = !quoted && (byte == separator || byte == b'\n');
    }
    quoted.then_some(opened_in)
}

/// Whether a short row has two whole numbers beside each other, the second of two digits: a
/// number with a decimal comma that the separator has parted.
fn has_parted_number(record: &StringRecord) -> bool {
    let is_digits = |cell: &str| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    let cells: Vec<&str> = record.iter().map(|cell| cell.trim_matches(is_blank)).collect();
    cells.windows(2).any(|pair| match pair {
        [whole, decimals] => is_digits(whole) && is_digits(decimals) && decimals.len() == 2,
        _ => false,
    })
}

fn parted_number(place: Place) -> Problem {
    Problem::error("parted_number", place, "the row is short, and a decimal comma may have parted a number")
        .expected("a decimal point, or quotation marks around a number with a decimal comma")
        .hint("if there is no such number, fill the row up with empty cells")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_are_in_pairs_around_cells() {
        let sound =
            ["a;b\n\"x;y\";2\n", "\"a\";\"b\"\r\n\"say \"\"hi\"\"\";2", "a;b\n\"two\nlines\";2\n", "a;b\n"];
        for text in sound {
            assert_eq!(stray_quote(text, b';'), None, "{text:?}");
        }
        let stray = [
            ("a;b\n1;\"see letter\n2;3\n4;\"see letter\n5;6\n", 2),
            ("a;b\n1;\"x\n2;3\n4;y\"\n", 2),
            ("a;b\n1;5\" pipe\n", 2),
            ("a;b\n1;\"x\n", 2),
            ("a;b\n1;\"x\" y\n", 2),
        ];
        for (text, row) in stray {
            assert_eq!(stray_quote(text, b';'), Some(row), "{text:?}");
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(decode("møte".as_bytes()).as_deref(), Some("møte"));
        assert_eq!(decode("\u{feff}møte".as_bytes()).as_deref(), Some("møte"));
        assert_eq!(decode(b"m\xf8te").as_deref(), Some("møte"));
        assert_eq!(decode(b"\xff\xfem\x00\xf8\x00").as_deref(), Some("mø"));
        assert_eq!(decode(b"\xfe\xff\x00m\x00\xf8").as_deref(), Some("mø"));
        assert_eq!(decode(b"a\rb\r").as_deref(), Some("a\nb\n"));
        for damaged in [
            &b"m\xc3\xb8te, P\xe5l"[..],
            b"m\x00te",
            "mÃ¸te".as_bytes(),
            "m\u{fffd}te".as_bytes(),
            b"m\x81te",
        ] {
            assert_eq!(decode(damaged), None, "{damaged:?}");
        }
    }
}

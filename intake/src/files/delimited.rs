//! CSV and its like: separators, encodings, quotation marks.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};
use honorar_problems::{Place, Problem};

use super::rows::{DelimitedRows, Piece};
use super::{InputFile, rows_left_alone};
use crate::table::{Cell, Table, TableBuilder, is_blank};
use crate::{expense_layout, vocabulary};

/// Reads a file as one table.
pub(super) fn read(file: &InputFile, name: String, tables: &mut Vec<Table>, problems: &mut Vec<Problem>) {
    let place = Place::file(&*file.name);
    let (text, signs) = match decode(&file.bytes) {
        Ok(decoded) => decoded,
        Err(row) => {
            let message = "the text is damaged, or in two encodings at once";
            let problem = Problem::error("encoding", place.at_row(row), message)
                .expected("UTF-8, Windows-1252, or UTF-16 with a byte order mark")
                .hint("look at the letters æ, ø and å in this row, and save the file again as CSV UTF-8");
            problems.push(problem);
            return;
        }
    };
    let (first_row, separator, text) = separator(&text, &name);
    let stray_quote = |text| stray_quote(text, separator, separators_of_headings(text, separator));
    if let Some(row) = Some(text).filter(|_| signs.quotation_mark).and_then(stray_quote) {
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
    let mut rows = DelimitedRows::new(text, separator);
    let mut table = TableBuilder::of_text(place, name, text, signs.printable_ascii);
    while let Some(row) = rows.next(|piece| match piece {
        Piece::Standing(place) => table.standing(place),
        Piece::Parsed(text) => table.text(text),
        Piece::Withdrawn => table.withdraw_row(),
    }) {
        table.end_row(first_row.saturating_add(row));
    }
    let (table, rows_above) = table.finish();
    problems.extend(rows_left_alone(&table, rows_above));
    if separator == b',' {
        problems.extend(parted_numbers(&table));
        problems.extend(parted_totals(&table));
    }
    tables.push(table);
}

/// An error for each row that ends early with an amount and one or two digits behind it, where no
/// number should be: a decimal comma that the separator has parted.
fn parted_numbers(table: &Table) -> Vec<Problem> {
    const AMOUNTS: [&str; 3] = ["amount", "annual_net_income", "total_value"];
    let is_digits = |cell: Cell<'_>| match cell {
        Cell::Text(text) => text.bytes().all(|byte| byte.is_ascii_digit()).then_some(text.len()),
        Cell::Empty | Cell::Typed(_) => None,
    };
    let is_amount = |column: usize| {
        let heading = table.headings().get(column).and_then(|heading| vocabulary::column(heading));
        heading.is_some_and(|heading| AMOUNTS.contains(&heading))
    };
    let parted = table.cut_short().iter().filter_map(|(row, last)| {
        let before = last.checked_sub(1).filter(|before| is_amount(*before))?;
        is_digits(table.cell(*row, before))?;
        is_digits(table.cell(*row, *last)).filter(|digits| *digits <= 2)?;
        table.rows().get(*row)
    });
    parted
        .map(|row| {
            let place = table.place.at_row(*row);
            Problem::error(
                "parted_number",
                place,
                "the row ends early, and a decimal comma may have parted an amount",
            )
            .expected("a decimal point, or quotation marks around a number with a decimal comma")
            .hint("if there is no such number, fill the row up with empty cells")
        })
        .collect()
}

/// An error for each row of an export without headings whose total has no decimals and is followed by one or
/// two digits where an account should be: every row may be parted alike, and none ends early.
fn parted_totals(table: &Table) -> Vec<Problem> {
    let place_of = |name: &str| table.headings().iter().position(|heading| heading == name);
    let (Some(total), Some(account)) = (place_of("total_value"), place_of("debit_account")) else {
        return Vec::new();
    };
    let digits = |row: usize, column: usize| match table.cell(row, column) {
        Cell::Text(text) => text.bytes().all(|byte| byte.is_ascii_digit()).then_some(text.len()),
        Cell::Empty | Cell::Typed(_) => None,
    };
    let is_parted =
        |row: usize| digits(row, total).is_some() && digits(row, account).is_some_and(|digits| digits <= 2);
    let rows = table.rows().iter().enumerate().filter(|(at, _)| table.is_by_order() && is_parted(*at));
    rows.map(|(_, row)| {
        let message = "a decimal comma may have parted the row's total";
        Problem::error("parted_number", table.place.at_row(*row), message)
            .expected("a decimal point, or quotation marks around a number with a decimal comma")
            .hint("if the account has one or two digits, add a row of headings")
    })
    .collect()
}

/// Which signs a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Signs {
    /// It has nothing but printable ASCII and line breaks.
    printable_ascii: bool,
    quotation_mark: bool,
    /// Its lines end with CR alone, as those of old Macintosh files.
    only_carriage_returns: bool,
}

impl Signs {
    fn of(text: &str) -> Self {
        let (mut printable_ascii, mut quotation_mark) = (true, false);
        let (mut carriage_return, mut line_feed) = (false, false);
        // Without a way out in the middle, many bytes are looked at in one step.
        for byte in text.bytes() {
            printable_ascii &= matches!(byte, b' '..=b'~' | b'\r' | b'\n');
            quotation_mark |= byte == b'"';
            carriage_return |= byte == b'\r';
            line_feed |= byte == b'\n';
        }
        let only_carriage_returns = carriage_return && !line_feed;
        Self { printable_ascii, quotation_mark, only_carriage_returns }
    }
}

/// The text of a file, and which signs it has: by its byte order mark, else UTF-8 where it is valid, else Windows-1252.
/// Otherwise the row in which letters were lost before, or are in another encoding than the rest.
fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Signs), u32> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((WINDOWS_1252, 0));
    let bytes = bytes.get(mark..).unwrap_or_default();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if mark == 0 => Cow::Borrowed(text),
        _ => encoding.decode_without_bom_handling(bytes).0,
    };
    let signs = Signs::of(&text);
    // A Norwegian letter in UTF-8 that is read as Windows-1252 shows as one of these; what cannot be
    // decoded becomes U+FFFD; and bytes that Windows-1252 does not use become control characters.
    let damaged = |line: &str| {
        if line.is_ascii() {
            return line.contains('\0');
        }
        line.contains(|c: char| c == '\0' || c == '\u{fffd}' || ('\u{80}'..'\u{a0}').contains(&c))
            || ["Ã¦", "Ã¸", "Ã¥", "Ã†", "Ã˜", "Ã…"].iter().any(|letter| line.contains(letter))
    };
    if let Some(line) = if signs.printable_ascii { None } else { text.lines().position(damaged) } {
        return Err(u32::try_from(line + 1).unwrap_or(u32::MAX));
    }
    let text = if signs.only_carriage_returns { Cow::Owned(text.replace('\r', "\n")) } else { text };
    Ok((text, signs))
}

/// How many rows stand before the table, the separator, and the text of the table: Excel may
/// write a first line `sep=;`, and old programs end a file with a control character. Without such a line it is the
/// separator that splits one of the first lines into the most headings that are known.
fn separator<'t>(text: &'t str, table: &str) -> (u32, u8, &'t str) {
    let text = text.trim_end_matches('\u{1a}');
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some([separator @ (b';' | b',' | b'\t')]) =
        first.trim_end().strip_prefix("sep=").map(str::as_bytes)
    {
        return (1, *separator, rest);
    }
    let lines = first_lines(text);
    // Of equals the last is taken: a heading line of one column has no separator at all.
    let most = |separator: &u8| most_known_line(&lines, *separator).1;
    let separator = [b'\t', b',', b';'].into_iter().max_by_key(most).unwrap_or(b';');
    if expense_layout::is_expense(table) && !expense_layout::are_headings(most(&separator)) {
        return (0, expense_layout::separator(text), text);
    }
    (0, separator, text)
}

/// The line that has the most known headings, the first of equals, and how many it has.
fn most_known_line<'t>(lines: &[&'t str], separator: u8) -> (&'t str, usize) {
    let first = lines.first().copied().unwrap_or_default();
    lines.iter().fold((first, 0), |(best, most), line| {
        // A line has no more headings than cells: most lines of values need no look-up.
        let known = if separators_of(line, separator) < most { 0 } else { known_cells(line, separator) };
        if known > most { (*line, known) } else { (best, most) }
    })
}

/// How many separators the line of the headings has, at least one.
fn separators_of_headings(text: &str, separator: u8) -> usize {
    let (headings, _) = most_known_line(&first_lines(text), separator);
    separators_of(headings, separator).max(1)
}

fn separators_of(line: &str, separator: u8) -> usize {
    line.bytes().filter(|byte| *byte == separator).count()
}

/// The lines among which the headings are looked for.
fn first_lines(text: &str) -> Vec<&str> {
    const LINES: usize = 20;
    text.lines().take(LINES).collect()
}

/// How many known headings a separator gives in a line.
fn known_cells(line: &str, separator: u8) -> usize {
    let cells = line.split(char::from(separator)).map(|cell| cell.trim_matches(|c| is_blank(c) || c == '"'));
    cells.filter(|cell| vocabulary::column(cell).is_some()).count()
}

/// The row of a quotation mark that is not one of a pair around a cell, or of a quoted cell that
/// runs over rows and holds what may be one of them: as many separators as the headings have.
fn stray_quote(text: &str, separator: u8, separators_of_headings: usize) -> Option<u32> {
    let bytes = text.as_bytes();
    let lines_between = |from: usize, to: usize| {
        let ends = text.get(from..to).unwrap_or_default().matches('\n').count();
        u32::try_from(ends).unwrap_or(u32::MAX)
    };
    let (mut row, mut at) = (1_u32, 0);
    // Between the cells with quotation marks, which are few, nothing has to be looked at.
    while let Some(before) = text.get(at..).and_then(|rest| rest.find('"')) {
        let open = at + before;
        row = row.saturating_add(lines_between(at, open));
        let begins_cell = open.checked_sub(1).is_none_or(|before| ends_cell(bytes.get(before), separator));
        let cell = bytes.get(open + 1..).filter(|_| begins_cell);
        let Some(length) = cell.and_then(|cell| quoted(cell, separator, separators_of_headings)) else {
            return Some(row);
        };
        at = open + 1 + length;
        row = row.saturating_add(lines_between(open, at));
    }
    None
}

/// How many bytes a quoted cell has behind its first mark, with the last one; nothing where it does not end, has more
/// behind it, or holds what may be a row.
fn quoted(cell: &[u8], separator: u8, separators_of_headings: usize) -> Option<usize> {
    let (mut has_break, mut separators, mut holds_row) = (false, 0_usize, false);
    let mut bytes = cell.iter().enumerate();
    while let Some((place, byte)) = bytes.next() {
        let next = cell.get(place + 1);
        match byte {
            b'"' if next == Some(&b'"') => {
                bytes.next();
            }
            b'"' => return (ends_cell(next, separator) && !holds_row).then_some(place + 1),
            b'\n' => (has_break, separators) = (true, 0),
            _ if *byte == separator => {
                separators += 1;
                holds_row |= has_break && separators >= separators_of_headings;
            }
            _ => {}
        }
    }
    None
}

/// Whether a byte, or the end of the text, ends a cell.
fn ends_cell(byte: Option<&u8>, separator: u8) -> bool {
    byte.is_none_or(|byte| *byte == separator || matches!(byte, b'\r' | b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_headings_is_the_first_with_the_most_known() {
        let titled = "title;;\nbody;name\nbody;name;class\nbody;name;class;x;y\n";
        assert_eq!(separators_of_headings(titled, b';'), 2);
        assert_eq!(separators_of_headings("x;y;z;w\nq;r\n", b';'), 3, "none is known");
        assert_eq!(separators_of_headings("", b';'), 1);
    }

    #[test]
    fn quotation_marks_are_in_pairs_around_cells() {
        let sound =
            ["a;b\n\"x;y\";2\n", "\"a\";\"b\"\r\n\"say \"\"hi\"\"\";2", "a;b\n\"two\nlines\";2\n", "a;b\n"];
        for text in sound {
            assert_eq!(stray_quote(text, b';', 1), None, "{text:?}");
        }
        let stray = [
            ("a;b\n1;\"see letter\n2;3\n4;\"see letter\n5;6\n", 2),
            ("a;b\n1;\"x\n2;3\n4;y\"\n", 2),
            ("a;b\n1;5\" pipe\n", 2),
            ("a;b\n1;\"x\n", 2),
            ("a;b\n1;\"x\" y\n", 2),
        ];
        for (text, row) in stray {
            assert_eq!(stray_quote(text, b';', 1), Some(row), "{text:?}");
        }
        let note = "a;b;c;d\n1;2;3;\"one, two\nthree; four\"\n";
        assert_eq!(stray_quote(note, b';', 3), None, "a note on two lines is no row");
    }

    /// The same, byte by byte.
    fn stray_quote_by_bytes(text: &str, separator: u8, separators_of_headings: usize) -> Option<u32> {
        let mut bytes = text.bytes().peekable();
        let (mut row, mut opened_in) = (1_u32, 0_u32);
        let (mut quoted, mut at_start) = (false, true);
        let (mut has_break, mut separators, mut holds_row) = (false, 0_usize, false);
        while let Some(byte) = bytes.next() {
            row = row.saturating_add(u32::from(byte == b'\n'));
            if quoted {
                match byte {
                    b'"' if bytes.peek() == Some(&b'"') => {
                        bytes.next();
                    }
                    b'"' => {
                        quoted = false;
                        let ends_cell = bytes
                            .peek()
                            .is_none_or(|next| *next == separator || matches!(next, b'\r' | b'\n'));
                        if !ends_cell || holds_row {
                            return Some(opened_in);
                        }
                    }
                    b'\n' => (has_break, separators) = (true, 0),
                    _ if byte == separator => {
                        separators += 1;
                        holds_row |= has_break && separators >= separators_of_headings;
                    }
                    _ => {}
                }
            } else if byte == b'"' {
                if !at_start {
                    return Some(row);
                }
                (quoted, opened_in, has_break, separators, holds_row) = (true, row, false, 0, false);
            }
            at_start = !quoted && (byte == separator || matches!(byte, b'\r' | b'\n'));
        }
        quoted.then_some(opened_in)
    }

    #[test]
    fn stray_marks_are_the_same_byte_by_byte() {
        let mut rng = fastrand::Rng::with_seed(7);
        for _ in 0..20_000 {
            let letters = ["a", "ø", ";", ";", "\"", "\"", "\"\"", "\n", "\r\n"];
            let text: String = (0..rng.usize(..24)).map(|_| letters[rng.usize(..letters.len())]).collect();
            let headings = rng.usize(1..3);
            let by_bytes = stray_quote_by_bytes(&text, b';', headings);
            assert_eq!(stray_quote(&text, b';', headings), by_bytes, "{text:?}");
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        let decode = |bytes: &[u8]| decode(bytes).map(|(text, _)| text.into_owned());
        assert_eq!(decode("møte".as_bytes()).as_deref(), Ok("møte"));
        assert_eq!(decode("\u{feff}møte".as_bytes()).as_deref(), Ok("møte"));
        assert_eq!(decode(b"m\xf8te").as_deref(), Ok("møte"));
        assert_eq!(decode(b"\xff\xfem\x00\xf8\x00").as_deref(), Ok("mø"));
        assert_eq!(decode(b"\xfe\xff\x00m\x00\xf8").as_deref(), Ok("mø"));
        assert_eq!(decode(b"a\rb\r").as_deref(), Ok("a\nb\n"));
        for damaged in [
            &b"m\xc3\xb8te, P\xe5l"[..],
            b"m\x00te",
            "mÃ¸te".as_bytes(),
            "m\u{fffd}te".as_bytes(),
            b"m\x81te",
        ] {
            assert_eq!(decode(damaged), Err(1), "{damaged:?}");
        }
    }
}

//! What a workbook must not do to the program: fill the memory, or never end.
//!
//! The library that reads workbooks trusts what a file says of its own size; this looks first.

use std::io::{self, Cursor, Read};

use calamine::Dimensions;
use cfb::CompoundFile;
use honorar_problems::{Place, Problem};
use memchr::{memchr, memmem};
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// What all parts of a workbook may unpack to: far more than a municipality's year.
const UNPACKED_BYTES_LIMIT: u64 = 256 * 1024 * 1024;

/// The rows and columns of a sheet in an XLS file.
const XLS_ROWS: u64 = 65_536;
const XLS_COLUMNS: u64 = 256;

/// What the sheets of an XLS file may span together: room is made for every cell between the first
/// and the last.
const XLS_CELLS_LIMIT: u64 = 4_000_000;

/// The kinds of records in an XLS file: the begin of a sheet, its dimensions, and cells that hold
/// something (formula, number, text, truth or error, and their shorter forms).
const SHEET_BEGINS: u16 = 0x0809;
const DIMENSIONS: u16 = 0x0200;
const DIMENSIONS_BYTES_BEFORE_EXCEL_97: usize = 10;
const CELLS: [u16; 7] = [0x0006, 0x00bd, 0x00fd, 0x0203, 0x0204, 0x0205, 0x027e];

/// That a workbook cannot be read.
pub(super) fn unreadable(place: Place) -> Problem {
    Problem::error("unreadable", place, "the workbook cannot be read")
        .expected("a workbook that is whole and has no password (.xlsx, .xls or .ods)")
        .hint("open it, save it again under another name, and try that")
}

/// Cells that are merged in a sheet of an ODS file, of which the library does not tell.
pub(super) struct MergedCells {
    pub(super) sheet: String,
    pub(super) cells: Dimensions,
}

/// Looks into the container: how much it unpacks to, and whether its parts end. Gives the merged
/// cells of an ODS file.
pub(super) fn check(bytes: &[u8], place: &Place) -> Result<Vec<MergedCells>, Problem> {
    if bytes.starts_with(b"PK") {
        check_zip(bytes, place)
    } else {
        check_xls(bytes, place).map(|()| Vec::new())
    }
}

fn check_zip(bytes: &[u8], place: &Place) -> Result<Vec<MergedCells>, Problem> {
    let unreadable = || unreadable(place.clone());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let mut unpacked_bytes = 0_u64;
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|_| unreadable())?;
        unpacked_bytes = unpacked_bytes.saturating_add(part.size());
    }
    if unpacked_bytes > UNPACKED_BYTES_LIMIT {
        return Err(Problem::error("too_large", place.clone(), "the workbook is too large to be a basis")
            .expected("at most 256 MiB when unpacked")
            .hint("save the tables into a workbook of their own"));
    }
    // The sheets of an ODS file stand in one part, and the library waits for the end of each.
    let Ok(part) = archive.by_name("content.xml") else { return Ok(Vec::new()) };
    let mut content = Vec::new();
    part.take(UNPACKED_BYTES_LIMIT).read_to_end(&mut content).map_err(|_| unreadable())?;
    merged_cells_of_ods(&content).ok_or_else(unreadable)
}

/// Whether an XLSX file may have merged cells: a part has the name of that element, or cannot be read. Most have none,
/// and need not be gone over again for them.
pub(super) fn names_merged_cells(bytes: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return true };
    let mut window = vec![0; 32 * 1024];
    (0..archive.len()).any(|at| {
        let Ok(part) = archive.by_index(at) else { return true };
        let is_xml = part.name().is_ok_and(|name| name.ends_with(".xml"));
        holds_merged_cell(part.take(UNPACKED_BYTES_LIMIT), is_xml, &mut window).unwrap_or(true)
    })
}

/// Whether a part has the name of the element of merged cells; XML in an encoding with bytes of 0 may have anything.
/// What is read goes through a window.
fn holds_merged_cell(mut part: impl Read, is_xml: bool, window: &mut [u8]) -> io::Result<bool> {
    const ELEMENT: &[u8] = b"mergeCell";
    let mut filled = 0;
    loop {
        let read = part.read(window.get_mut(filled..).unwrap_or_default())?;
        if read == 0 {
            return Ok(false);
        }
        filled += read;
        let seen = window.get(..filled).unwrap_or_default();
        if memmem::find(seen, ELEMENT).is_some() || (is_xml && memchr(0, seen).is_some()) {
            return Ok(true);
        }
        // The name may begin at the end of the window.
        let kept = filled.min(ELEMENT.len() - 1);
        window.copy_within(filled - kept..filled, 0);
        filled = kept;
    }
}

/// The merged cells of an ODS file's sheets; nothing where an element that begins does not end.
fn merged_cells_of_ods(content: &[u8]) -> Option<Vec<MergedCells>> {
    let mut reader = quick_xml::Reader::from_reader(content);
    let mut open = 0_usize;
    let (mut sheet, mut row, mut column) = (String::new(), 0_u32, 0_u32);
    let mut merged = Vec::new();
    loop {
        let event = reader.read_event().ok()?;
        let (element, is_empty) = match &event {
            Event::Start(element) => (Some(element), false),
            Event::Empty(element) => (Some(element), true),
            Event::End(_) => (None, false),
            Event::Eof => return (open == 0).then_some(merged),
            _ => continue,
        };
        let Some(element) = element else {
            open = open.checked_sub(1)?;
            continue;
        };
        open += usize::from(!is_empty);
        let number =
            |name: &str| attribute(element, name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
        match element.name().0 {
            "table:table" => {
                sheet = attribute(element, "table:name").unwrap_or_default();
                row = 0;
            }
            "table:table-row" => {
                row = row.saturating_add(number("table:number-rows-repeated"));
                column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let (rows, columns) =
                    (number("table:number-rows-spanned"), number("table:number-columns-spanned"));
                if rows > 1 || columns > 1 {
                    let start = (row.saturating_sub(1), column);
                    let end = (start.0.saturating_add(rows - 1), column.saturating_add(columns - 1));
                    merged.push(MergedCells { sheet: sheet.clone(), cells: Dimensions { start, end } });
                }
                column = column.saturating_add(number("table:number-columns-repeated"));
            }
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok().flatten()?;
    Some(attribute.value.into_owned())
}

/// A container whose chains of sectors run in circles is refused when it is opened. A record of
/// the workbook's stream says how many rows a sheet spans, and room is made for them all.
fn check_xls(bytes: &[u8], place: &Place) -> Result<(), Problem> {
    let unreadable = || unreadable(place.clone());
    let mut container = CompoundFile::open(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let mut workbook = Vec::new();
    for stream in ["/Workbook", "/Book"] {
        if container.is_stream(stream) {
            let stream = container.open_stream(stream).map_err(|_| unreadable())?;
            stream.take(UNPACKED_BYTES_LIMIT).read_to_end(&mut workbook).map_err(|_| unreadable())?;
        }
    }
    match cells_spanned(&workbook) {
        None => Err(unreadable()),
        Some(cells) if cells > XLS_CELLS_LIMIT => Err(Problem::error(
            "too_large",
            place.clone(),
            "the workbook's sheets are too large to be tables",
        )
        .expected("at most 4 million cells between the first and the last of each sheet")
        .hint("delete stray cells far below or far to the right of a table")),
        Some(_) => Ok(()),
    }
}

/// How many cells lie between the first and the last of each sheet; nothing where a cell lies
/// where no sheet has one, or a sheet is said to end there or before it begins.
fn cells_spanned(workbook: &[u8]) -> Option<u64> {
    let (mut all, mut rows, mut columns) = (0_u64, 0_u64, 0_u64);
    for (kind, record) in records(workbook) {
        let number = |from: usize, bytes: usize| {
            let part = record.get(from..from + bytes)?;
            Some(part.iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte)))
        };
        if kind == SHEET_BEGINS {
            all += rows * columns;
            (rows, columns) = (0, 0);
        } else if kind == DIMENSIONS {
            // First and last row, first and last column, each last one beyond what is filled.
            let row_bytes = if record.len() == DIMENSIONS_BYTES_BEFORE_EXCEL_97 { 2 } else { 4 };
            let rows = (number(0, row_bytes)?, number(row_bytes, row_bytes)?);
            let last_column = number(2 * row_bytes + 2, 2)?;
            let is_possible = rows.0 <= rows.1 && rows.1 <= XLS_ROWS && last_column <= XLS_COLUMNS;
            is_possible.then_some(())?;
        } else if CELLS.contains(&kind) {
            let row = number(0, 2)?;
            let column = number(2, 2).filter(|column| *column < XLS_COLUMNS)?;
            (rows, columns) = (rows.max(row + 1), columns.max(column + 1));
        }
    }
    Some(all + rows * columns)
}

/// The records of a workbook's stream: their kinds and contents.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (head, after) = rest.split_at_checked(4)?;
        let number = |bytes: Option<&[u8]>| bytes?.try_into().ok().map(u16::from_le_bytes);
        let (kind, length) = (number(head.get(..2))?, number(head.get(2..))?);
        let (record, after) = after.split_at_checked(usize::from(length))?;
        rest = after;
        Some((kind, record))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn xls_files_that_would_fill_the_memory_do_not_reach_the_library() {
        let hostile = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/hostile");
        for name in ["damaged-records.xls", "endless-dimensions.xls", "far-out-cells.xls"] {
            let bytes = fs::read(hostile.join(name)).unwrap();
            assert!(check(&bytes, &Place::file(name)).is_err(), "{name}");
        }
    }

    #[test]
    fn the_name_of_merged_cells_is_found_wherever_the_window_ends() {
        let holds = |part: &str, is_xml| holds_merged_cell(part.as_bytes(), is_xml, &mut [0; 12]).unwrap();
        for before in 0..30 {
            let part = format!("{}<mergeCells count=\"1\">", " ".repeat(before));
            assert!(holds(&part, true), "{part}");
        }
        assert!(!holds("<sheetData/><merge><Cells/></merge>", true));
        assert!(holds("<\0s\0h\0e\0e\0t\0", true), "XML in UTF-16 may have any element");
        assert!(!holds("a picture \0", false));
    }

    #[test]
    fn a_sheet_ends_where_a_sheet_can() {
        let dimensions = |rows: [u32; 2], columns: [u16; 2]| {
            let mut stream = [DIMENSIONS, 14].map(u16::to_le_bytes).concat();
            stream.extend(rows.map(u32::to_le_bytes).concat());
            stream.extend(columns.map(u16::to_le_bytes).concat());
            stream.extend([0, 0]);
            cells_spanned(&stream)
        };
        assert_eq!(dimensions([0, 0], [0, 0]), Some(0), "nothing is filled");
        assert_eq!(dimensions([3, 65_536], [0, 256]), Some(0));
        assert_eq!(dimensions([0, 65_537], [0, 256]), None);
        assert_eq!(dimensions([0, 65_536], [0, 257]), None);
        assert_eq!(dimensions([4, 3], [0, 256]), None, "it ends before it begins");
        let before_excel_97 = |rows: [u16; 2]| {
            let record = [DIMENSIONS, 10, rows[0], rows[1], 0, 12, 0];
            cells_spanned(&record.map(u16::to_le_bytes).concat())
        };
        assert_eq!(before_excel_97([0, 40]), Some(0));
        assert_eq!(before_excel_97([41, 40]), None);
    }
}

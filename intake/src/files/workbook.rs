//! Workbooks: a sheet is a table.

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use calamine::{Data, DataRef, Dimensions, Range, Reader, Sheets, Xlsx, open_workbook_auto_from_rs};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use honorar_problems::{Place, Problem};
use rayon::prelude::*;

use super::workbook_guard::{self, MergedCells};
use super::{InputFile, no_table, rows_left_alone};
use crate::number_cell;
use crate::table::{Table, TableBuilder, Typed};
use crate::vocabulary;

/// A workbook with its content in memory.
type Workbook<'b> = Sheets<Cursor<&'b [u8]>>;

/// Reads every sheet that is a table; names the others in a note.
pub(super) fn read(file: &InputFile, tables: &mut Vec<Table>, problems: &mut Vec<Problem>) {
    read_as(file, None, tables, problems);
}

/// The same; where the workbook has one sheet only, it is the table `only`, whatever its name.
pub(super) fn read_as(
    file: &InputFile,
    only: Option<&str>,
    tables: &mut Vec<Table>,
    problems: &mut Vec<Problem>,
) {
    let place = Place::file(&*file.name);
    let of_ods = match workbook_guard::check(&file.bytes, &place) {
        Ok(merged) => merged,
        Err(problem) => {
            problems.push(problem);
            return;
        }
    };
    let mut read = Vec::new();
    match read_sheets(file, only, &of_ods, &mut read, problems) {
        Some(()) => tables.extend(read),
        None => problems.push(workbook_guard::unreadable(place)),
    }
}

/// What the library reads. It may panic on a damaged file; a damaged file is the user's problem, not a crash.
fn unless_damaged<T>(read: impl FnOnce() -> Result<T, calamine::Error>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()?.ok()
}

/// Reads the sheets; nothing where one of them cannot be read, with what is wrong in those before it.
fn read_sheets(
    file: &InputFile,
    only: Option<&str>,
    of_ods: &[MergedCells],
    tables: &mut Vec<Table>,
    problems: &mut Vec<Problem>,
) -> Option<()> {
    let opened = Opened::new(&file.bytes)?;
    let (sheets, may_be_merged) = rayon::join(
        || opened.read(&file.name, only),
        || !opened.is_xlsx || workbook_guard::names_merged_cells(&file.bytes),
    );
    let mut all_read = Some(());
    for sheet in sheets {
        let Some(sheet) = sheet else {
            all_read = None;
            break;
        };
        tables.extend(sheet.table);
        problems.extend(sheet.problem);
    }
    if may_be_merged {
        let mut workbook = opened.take()?;
        for table in tables {
            problems.extend(unless_damaged(|| Ok(merged_cells(&mut workbook, of_ods, table)))?);
        }
    }
    all_read
}

/// A workbook, opened once for each thread that reads its sheets.
struct Opened<'b> {
    bytes: &'b [u8],
    sheets: Vec<String>,
    is_xlsx: bool,
    /// Those that no thread is reading.
    free: Mutex<Vec<Workbook<'b>>>,
}

/// What was read from a sheet: a table, unless it is none, and what is to be said of it.
struct Sheet {
    table: Option<Table>,
    problem: Option<Problem>,
}

impl<'b> Opened<'b> {
    fn new(bytes: &'b [u8]) -> Option<Self> {
        let workbook = open(bytes)?;
        let (sheets, is_xlsx) = (workbook.sheet_names(), matches!(workbook, Sheets::Xlsx(_)));
        Some(Self { bytes, sheets, is_xlsx, free: Mutex::new(vec![workbook]) })
    }

    /// One that no thread is reading.
    fn take(&self) -> Option<Workbook<'b>> {
        let free = self.free.lock().ok()?.pop();
        free.or_else(|| open(self.bytes))
    }

    /// Reads the sheets, each by itself, in their order; nothing for one that cannot be read.
    fn read(&self, file_name: &str, only: Option<&str>) -> Vec<Option<Sheet>> {
        let file = Place::file(file_name);
        let only = only.filter(|_| self.sheets.len() == 1);
        let read = |sheet: &String| {
            let place = Place { sheet: Some(sheet.as_str().into()), ..file.clone() };
            let name = only.unwrap_or(sheet);
            if vocabulary::table(name).is_none() {
                let problem = Some(no_table(place, "this sheet is no table of a basis"));
                return Some(Sheet { table: None, problem });
            }
            let mut workbook = self.take()?;
            let builder = TableBuilder::new(place, name.to_owned());
            let read = unless_damaged(|| table_of(builder, &mut workbook, sheet));
            self.free.lock().ok()?.push(workbook);
            let (table, rows_above) = read?;
            Some(Sheet { problem: rows_left_alone(&table, rows_above), table: Some(table) })
        };
        // To open another kind is to read all of it, which is done once.
        if self.is_xlsx {
            // Whoever is free takes the next one: one sheet may have as many rows as all others.
            let taken = self.sheets.iter().enumerate().par_bridge();
            let mut sheets: Vec<_> = taken.map(|(place, sheet)| (place, read(sheet))).collect();
            sheets.sort_by_key(|(place, _)| *place);
            sheets.into_iter().map(|(_, sheet)| sheet).collect()
        } else {
            self.sheets.iter().map(read).collect()
        }
    }
}

fn open(bytes: &[u8]) -> Option<Workbook<'_>> {
    unless_damaged(|| open_workbook_auto_from_rs(Cursor::new(bytes)))
}

fn table_of(
    builder: TableBuilder,
    workbook: &mut Workbook<'_>,
    sheet: &str,
) -> Result<(Table, usize), calamine::Error> {
    match workbook {
        Sheets::Xlsx(xlsx) => table_of_xlsx(builder, xlsx, sheet),
        _ => Ok(table_of_other(builder, &workbook.worksheet_range(sheet)?)),
    }
}

/// What a cell holds.
enum Content<'c> {
    Text(Cow<'c, str>),
    Typed(Typed),
}

/// A cell that holds something; its row and column are numbered from 0.
struct Filled<'c> {
    row: u32,
    column: u32,
    content: Content<'c>,
}

/// Reads the cells one by one: a stray cell far out costs nothing, and a formula whose value is
/// not stored is seen.
fn table_of_xlsx(
    builder: TableBuilder,
    xlsx: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
) -> Result<(Table, usize), calamine::Error> {
    let mut filled = Vec::new();
    let mut cells = xlsx.worksheet_cells_reader(sheet)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(calamine::Error::Xlsx)? {
        let content = match cell.value {
            DataRef::SharedString(text) => Some(Content::Text(text.into())),
            other => content(other.into()),
        };
        let content = match (content, cell.formula) {
            (None, Some(_)) => Content::Typed(Typed::NoValue),
            (None, None) => continue,
            (Some(content), _) => content,
        };
        let (row, column) = cell.pos;
        filled.push(Filled { row, column, content });
    }
    Ok(table(builder, in_order(filled)))
}

/// Cells by row and column: a file may give them in any order, and of two in one place the last counts.
fn in_order(mut cells: Vec<Filled<'_>>) -> Vec<Filled<'_>> {
    // As nearly every program writes them.
    if cells.is_sorted_by(|cell, next| (cell.row, cell.column) < (next.row, next.column)) {
        return cells;
    }
    // Sorting keeps the order of those in one place, and of them the first stays.
    cells.reverse();
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells.dedup_by_key(|cell| (cell.row, cell.column));
    cells
}

fn table_of_other(builder: TableBuilder, range: &Range<Data>) -> (Table, usize) {
    let (first_row, first_column) = range.start().unwrap_or_default();
    let rows = (first_row..).zip(range.rows());
    let filled = rows.flat_map(|(row, cells)| {
        let cells = (first_column..).zip(cells);
        cells.filter_map(move |(column, cell)| Some(Filled { row, column, content: content(cell.clone())? }))
    });
    table(builder, filled)
}

fn content<'c>(cell: Data) -> Option<Content<'c>> {
    Some(match cell {
        Data::Empty => return None,
        Data::String(text) => Content::Text(text.into()),
        Data::DateTimeIso(text) => Content::Typed(iso_moment(&text)),
        Data::DurationIso(text) => Content::Typed(iso_time(&text)),
        Data::Int(number) => Content::Typed(Typed::Number(number.into())),
        Data::Float(number) => Content::Typed(number_cell::number(number)),
        Data::Bool(truth) => Content::Typed(Typed::Truth(truth)),
        Data::DateTime(moment) => Content::Typed(number_cell::moment(&moment)),
        Data::Error(_) => Content::Typed(Typed::Broken),
    })
}

/// The table of cells in the order of rows and columns.
fn table<'c>(mut table: TableBuilder, cells: impl IntoIterator<Item = Filled<'c>>) -> (Table, usize) {
    let (mut row, mut next): (Option<u32>, u32) = (None, 0);
    for cell in cells {
        if let Some(ended) = row.replace(cell.row).filter(|row| *row != cell.row) {
            table.end_row(ended.saturating_add(1));
            next = 0;
        }
        (next..cell.column).for_each(|_| table.empty());
        next = cell.column.saturating_add(1);
        match cell.content {
            Content::Text(text) => table.text(&text),
            Content::Typed(typed) => table.typed(typed),
        }
    }
    if let Some(row) = row {
        table.end_row(row.saturating_add(1));
    }
    table.finish()
}

/// An error for each merge of cells within a table's known columns: only the first of them holds the
/// value, and whether it is meant for all is not said.
fn merged_cells(workbook: &mut Workbook<'_>, of_ods: &[MergedCells], table: &Table) -> Vec<Problem> {
    let sheet = table.place.sheet.as_deref().unwrap_or_default();
    let merged: Vec<Dimensions> = match workbook {
        Sheets::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        _ => of_ods.iter().filter(|cells| cells.sheet == sheet).map(|cells| cells.cells).collect(),
    };
    let first = table.heading_row();
    let last = table.rows().last().copied().unwrap_or(first);
    let is_known = |column: u32| {
        let heading = usize::try_from(column).ok().and_then(|column| table.headings().get(column));
        heading.is_some_and(|heading| vocabulary::column(heading).is_some())
    };
    let within = merged.into_iter().filter(|cells| {
        let rows = cells.start.0.saturating_add(1)..=cells.end.0.saturating_add(1);
        *rows.start() <= last && *rows.end() >= first && (cells.start.1..=cells.end.1).any(is_known)
    });
    within
        .map(|cells| {
            let place = table.place.at_row(cells.start.0.saturating_add(1));
            Problem::error("merged_cells", place, "cells are merged within the table")
                .expected("a value in each cell that it is meant for")
                .hint("unmerge the cells, and fill each of them")
        })
        .collect()
}

/// The date, or date and time, of a cell in an ODS file: `2014-03-06` or `2014-03-06T18:00:00`.
/// A time alone may stand on the day from which spreadsheets count.
fn iso_moment(text: &str) -> Typed {
    let day = text.parse::<NaiveDate>().ok().map(|date| (date, 0));
    let moment =
        || text.parse::<NaiveDateTime>().ok().map(|moment| (moment.date(), seconds_of(moment.time())));
    match day.or_else(moment) {
        Some((date, seconds)) if date == NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default() => {
            Typed::Moment { date: None, seconds }
        }
        Some((date, seconds)) => Typed::Moment { date: Some(date), seconds },
        None => Typed::Broken,
    }
}

/// The time of day of a cell in an ODS file, which holds it as a duration: `PT18H00M00S`.
fn iso_time(text: &str) -> Typed {
    match NaiveTime::parse_from_str(text, "PT%HH%MM%S%.fS") {
        Ok(time) => Typed::Moment { date: None, seconds: seconds_of(time) },
        Err(_) => Typed::Broken,
    }
}

fn seconds_of(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight() + u32::from(time.nanosecond() >= 500_000_000)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use honorar_problems::Severity;
    use zip::write::SimpleFileOptions;
    use zip::{ZipArchive, ZipWriter};

    use super::*;
    use crate::table::Cell;

    const MERGED: &str = "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A2:B3\"/></mergeCells>";

    /// The codes of what is wrong in the test data's workbook when merged cells are put into its second sheet, some
    /// parts are replaced, and one is added.
    fn codes(replaced: &[(&str, &str)], added: Option<&str>) -> Vec<&'static str> {
        const WORKBOOK: &[u8] = include_bytes!("../../../testdata/aurland-2014/aurland-2014.xlsx");
        let mut archive = ZipArchive::new(Cursor::new(WORKBOOK)).unwrap();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let mut put = |name: &str, text: &str| {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        };
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            let name = part.name().unwrap().into_owned();
            if name.ends_with("/sheet2.xml") {
                text = text.replace("</sheetData>", MERGED);
            }
            let replaced = replaced.iter().find(|(end, _)| name.ends_with(end));
            put(&name, replaced.map_or(&text, |(_, text)| text));
        }
        if let Some(name) = added {
            put(name, "<a/>");
        }
        let bytes = writer.finish().unwrap().into_inner();
        let (mut tables, mut problems) = (Vec::new(), Vec::new());
        read(&InputFile { name: "year.xlsx".to_owned(), bytes }, &mut tables, &mut problems);
        let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
        errors.map(|problem| problem.code).collect()
    }

    #[test]
    fn merged_cells_are_seen_whatever_else_the_file_holds() {
        assert_eq!(codes(&[], None), ["merged_cells"]);
        assert_eq!(
            codes(&[], Some("content.xml")),
            ["merged_cells"],
            "a part that is the table of an ODS file"
        );
        let broken = [("/sheet8.xml", "<worksheet><sheetData><row><c r=\"2A2\"/>")];
        assert_eq!(codes(&broken, None), ["merged_cells", "unreadable"], "and a later sheet cannot be read");
    }

    #[test]
    fn cells_come_in_any_order_and_the_last_in_a_place_counts() {
        let cell = |row, column, text: &'static str| {
            let content = Content::Text(text.into());
            Filled { row, column, content }
        };
        let cells =
            [cell(3, 0, "FSK"), cell(0, 2, "Namn"), cell(3, 2, "x"), cell(0, 0, "Organ"), cell(3, 2, "y")];
        let builder = TableBuilder::new(Place::default(), "bodies".to_owned());
        let (table, _) = table(builder, in_order(cells.into()));
        assert_eq!(table.headings(), ["Organ", "", "Namn"]);
        assert_eq!(table.rows(), [4], "blank rows are none");
        assert_eq!(
            [0, 1, 2].map(|column| table.cell(0, column)),
            [Cell::Text("FSK"), Cell::Empty, Cell::Text("y")]
        );
    }

    #[test]
    fn opendocument_times_and_dates() {
        let time = |seconds| Typed::Moment { date: None, seconds };
        assert_eq!(iso_time("PT18H30M00S"), time(66_600));
        assert_eq!(iso_time("PT08H05M00.000000000S"), time(29_100));
        assert_eq!(iso_time("PT25H00M00S"), Typed::Broken, "no time of day");
        assert_eq!(iso_moment("1899-12-30T18:30:00"), time(66_600));
        let date = "2014-03-06".parse().ok();
        assert_eq!(iso_moment("2014-03-06"), Typed::Moment { date, seconds: 0 });
        assert_eq!(iso_moment("2014-03-06T08:00:00"), Typed::Moment { date, seconds: 28_800 });
        assert_eq!(iso_moment("6.3.2014"), Typed::Broken);
    }
}

//! Workbooks: a sheet is a table.

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, DataRef, Dimensions, Range, Reader, Sheets, Xlsx, open_workbook_auto_from_rs};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use honorar_problems::{Place, Problem};

use super::workbook_guard::{self, Merged};
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
    let merged = match workbook_guard::check(&file.bytes, &place) {
        Ok(merged) => merged,
        Err(problem) => {
            problems.push(problem);
            return;
        }
    };
    // The library may panic on a damaged file; a damaged file is the user's problem, not a crash.
    let sheets = catch_unwind(AssertUnwindSafe(|| read_sheets(file, only, &merged, problems)));
    match sheets {
        Ok(Ok(read)) => tables.extend(read),
        Ok(Err(_)) | Err(_) => problems.push(workbook_guard::unreadable(place)),
    }
}

fn read_sheets(
    file: &InputFile,
    only: Option<&str>,
    merged: &Merged,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Table>, calamine::Error> {
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(file.bytes.as_slice()))?;
    let may_have_merged_cells = || {
        let is_xlsx = file.bytes.starts_with(b"PK") && matches!(merged, Merged::ByLibrary);
        !is_xlsx || workbook_guard::may_have_merged_cells(&file.bytes)
    };
    let (tables, may_have_merged_cells) =
        rayon::join(|| read_tables(file, only, &mut workbook, problems), may_have_merged_cells);
    let tables = tables?;
    if may_have_merged_cells {
        for table in &tables {
            let merged = dimensions_of_merged(&mut workbook, merged, table);
            problems.extend(merged_cells(merged, table));
        }
    }
    Ok(tables)
}

fn read_tables(
    file: &InputFile,
    only: Option<&str>,
    workbook: &mut Workbook<'_>,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Table>, calamine::Error> {
    let file_name: Arc<str> = file.name.as_str().into();
    let mut tables = Vec::new();
    let sheets = workbook.sheet_names();
    let only = only.filter(|_| sheets.len() == 1);
    for sheet in sheets {
        let place =
            Place { file: Arc::clone(&file_name), sheet: Some(sheet.as_str().into()), ..Place::default() };
        let name = only.unwrap_or(&sheet).to_owned();
        if vocabulary::table(&name).is_none() {
            problems.push(no_table(place, "this sheet is no table of a basis"));
            continue;
        }
        let builder = TableBuilder::new(place, name);
        let (table, rows_above) = match workbook {
            Sheets::Xlsx(xlsx) => table_of_xlsx(builder, xlsx, &sheet)?,
            _ => table_of_other(builder, &workbook.worksheet_range(&sheet)?),
        };
        problems.extend(rows_left_alone(&table, rows_above));
        tables.push(table);
    }
    Ok(tables)
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

/// The merged cells of a table's sheet, by rows and columns from 0.
fn dimensions_of_merged(workbook: &mut Workbook<'_>, merged: &Merged, table: &Table) -> Vec<Dimensions> {
    let sheet = table.place.sheet.as_deref().unwrap_or_default();
    match (merged, workbook) {
        (Merged::OfOds(all), _) => {
            all.iter().filter(|merged| merged.sheet == sheet).map(|merged| merged.cells).collect()
        }
        (Merged::ByLibrary, Sheets::Xlsx(xlsx)) => xlsx.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        (Merged::ByLibrary, Sheets::Xls(xls)) => xls.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        (Merged::ByLibrary, _) => Vec::new(),
    }
}

/// An error for each merge of cells within a table's known columns: only the first of them holds the
/// value, and whether it is meant for all is not said.
fn merged_cells(merged: Vec<Dimensions>, table: &Table) -> Vec<Problem> {
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
    use super::*;
    use crate::table::Cell;

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

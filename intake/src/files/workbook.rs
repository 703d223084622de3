//! Workbooks: a sheet is a table.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, Range, Reader, Sheets, open_workbook_auto_from_rs};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use honorar_problems::{Place, Problem};

use super::{InputFile, no_table};
use crate::number_cell;
use crate::table::{Table, TableBuilder, Typed};
use crate::vocabulary;

/// The cells that one sheet may span: a stray cell far out would otherwise fill the memory.
const CELL_LIMIT: u64 = 20_000_000;

/// Reads every sheet that is a table; names the others in a note.
pub(super) fn read(file: &InputFile, tables: &mut Vec<Table>, problems: &mut Vec<Problem>) {
    // The library may panic on a damaged file; a damaged file is the user's problem, not a crash.
    let sheets = catch_unwind(AssertUnwindSafe(|| read_sheets(file)));
    match sheets {
        Ok(Ok(read)) => {
            for sheet in read {
                match sheet {
                    Ok(table) => tables.push(table),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        Ok(Err(_)) | Err(_) => {
            let problem =
                Problem::error("unreadable", Place::file(&*file.name), "the workbook cannot be read")
                    .expected("a workbook that is whole and has no password (.xlsx, .xls or .ods)")
                    .hint("open it, save it again under another name, and try that");
            problems.push(problem);
        }
    }
}

fn read_sheets(file: &InputFile) -> Result<Vec<Result<Table, Problem>>, calamine::Error> {
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(file.bytes.as_slice()))?;
    let file_name: Arc<str> = file.name.as_str().into();
    let mut sheets = Vec::new();
    for sheet in workbook.sheet_names() {
        let place =
            Place { file: Arc::clone(&file_name), sheet: Some(sheet.as_str().into()), ..Place::default() };
        sheets.push(if vocabulary::table(&sheet).is_none() {
            Err(no_table(place, "this sheet is no table of a basis"))
        } else if is_too_large(&mut workbook, &sheet) {
            let problem = Problem::error("too_large", place, "the sheet is too large to be a table")
                .expected("at most 20 million cells between the first and the last")
                .hint("delete the empty rows and columns after the table");
            Err(problem)
        } else {
            let range = workbook.worksheet_range(&sheet)?;
            Ok(table(place, sheet, &range))
        });
    }
    Ok(sheets)
}

/// Whether a sheet spans more cells than the limit, seen without holding them.
fn is_too_large(workbook: &mut Sheets<Cursor<&[u8]>>, sheet: &str) -> bool {
    let Sheets::Xlsx(xlsx) = workbook else { return false };
    let Ok(mut cells) = xlsx.worksheet_cells_reader(sheet) else { return false };
    let (mut rows, mut columns) = (0_u64, 0_u64);
    while let Ok(Some(cell)) = cells.next_cell() {
        let (row, column) = cell.get_position();
        rows = rows.max(u64::from(row) + 1);
        columns = columns.max(u64::from(column) + 1);
        if rows.saturating_mul(columns) > CELL_LIMIT {
            return true;
        }
    }
    false
}

fn table(place: Place, name: String, range: &Range<Data>) -> Table {
    let mut table = TableBuilder::new(place, name);
    let first_row = range.start().map_or(0, |(row, _)| row);
    for (row, cells) in (first_row.saturating_add(1)..).zip(range.rows()) {
        for cell in cells {
            match cell {
                Data::Empty => table.empty(),
                Data::String(text) => table.text(text),
                Data::DateTimeIso(text) => table.typed(iso_moment(text)),
                Data::DurationIso(text) => table.typed(iso_time(text)),
                Data::Int(number) => table.typed(Typed::Number((*number).into())),
                Data::Float(number) => table.typed(number_cell::number(*number)),
                Data::Bool(truth) => table.typed(Typed::Truth(*truth)),
                Data::DateTime(moment) => table.typed(number_cell::moment(moment)),
                Data::Error(_) => table.typed(Typed::Broken),
            }
        }
        table.end_row(row);
    }
    table.finish()
}

/// The date, or date and time, of a cell in an ODS file: `2014-03-06` or `2014-03-06T18:00:00`.
fn iso_moment(text: &str) -> Typed {
    let day = text.parse::<NaiveDate>().ok().map(|date| (date, 0));
    let moment =
        || text.parse::<NaiveDateTime>().ok().map(|moment| (moment.date(), seconds_of(moment.time())));
    match day.or_else(moment) {
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

    #[test]
    fn opendocument_times_and_dates() {
        let time = |seconds| Typed::Moment { date: None, seconds };
        assert_eq!(iso_time("PT18H30M00S"), time(66_600));
        assert_eq!(iso_time("PT08H05M00.000000000S"), time(29_100));
        assert_eq!(iso_time("PT25H00M00S"), Typed::Broken, "no time of day");
        let date = "2014-03-06".parse().ok();
        assert_eq!(iso_moment("2014-03-06"), Typed::Moment { date, seconds: 0 });
        assert_eq!(iso_moment("2014-03-06T08:00:00"), Typed::Moment { date, seconds: 28_800 });
        assert_eq!(iso_moment("6.3.2014"), Typed::Broken);
    }
}

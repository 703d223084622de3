//! Workbooks: a sheet is a table.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, Range, Reader, Sheets, open_workbook_auto_from_rs};
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
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => table.text(text),
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

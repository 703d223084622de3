//! A basis as a workbook: what a secretary's spreadsheet holds of the same tables.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use csv::ReaderBuilder;
use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::files::tables;

/// A spreadsheet shows no more digits of a number.
const MOST_DIGITS: usize = 15;

/// Writes a basis's tables into one workbook below `folder`, a sheet a table, with the profile beside it, and gives
/// the workbook's path.
///
/// # Errors
/// What the file system says; a table that no sheet can hold.
pub fn write(basis: &Path, folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let mut workbook = Workbook::new();
    for table in tables(basis)? {
        let name = table.file_stem().unwrap_or_default().to_string_lossy();
        fill(workbook.add_worksheet().set_name(name)?, &table)?;
    }
    let path = folder.join(basis.file_name().unwrap_or_default()).with_extension("xlsx");
    workbook.save(&path)?;
    fs::copy(basis.join("honorar.toml"), path.with_extension("toml"))?;
    Ok(path)
}

fn fill(sheet: &mut Worksheet, table: &Path) -> Result<(), Box<dyn Error>> {
    let formats = Formats {
        day: Format::new().set_num_format("yyyy-mm-dd"),
        time: Format::new().set_num_format("hh:mm"),
    };
    let mut reader = ReaderBuilder::new().has_headers(false).from_path(table)?;
    for (row, record) in (0..).zip(reader.records()) {
        for (column, text) in (0..).zip(&record?) {
            formats.put(sheet, (row, column), text)?;
        }
    }
    Ok(())
}

struct Formats {
    day: Format,
    time: Format,
}

impl Formats {
    /// Puts a value into a cell of the kind that a spreadsheet makes of it when it is typed; an empty one has no cell.
    fn put(&self, sheet: &mut Worksheet, (row, column): (u32, u16), text: &str) -> Result<(), XlsxError> {
        if let Some(number) = number(text) {
            sheet.write(row, column, number)?;
            return Ok(());
        }
        let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let format = match &*shape {
            "" => return Ok(()),
            "0000-00-00" => &self.day,
            "00:00" => &self.time,
            _ => {
                sheet.write(row, column, text)?;
                return Ok(());
            }
        };
        sheet.write_with_format(row, column, &ExcelDateTime::parse_from_str(text)?, format)?;
        Ok(())
    }
}

/// A number that loses nothing in a spreadsheet: what has leading zeros or many digits was typed as a text.
fn number(text: &str) -> Option<Decimal> {
    let number: Decimal = text.parse().ok().filter(|_| text.len() <= MOST_DIGITS)?;
    (number.to_string() == text).then_some(number)
}

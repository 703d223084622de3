//! A statement as a workbook, for those who will sort and filter: a sheet for each table.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::document::{Block, Cell, Document, Holds, Table, capitalised};
use chrono::Datelike;

/// A sheet's name has at most so many letters.
const NAME_LENGTH: usize = 31;

/// The workbook.
///
/// Errors: whatever the format cannot hold, such as more rows than a sheet has.
pub(super) fn workbook(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same statements give the same bytes: no clock.
    let properties =
        rust_xlsxwriter::DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let mut names = BTreeMap::new();
    let about = workbook.add_worksheet();
    about.set_name(sheet_name(&mut names, document.words.statement().about()))?;
    write_about(about, document)?;
    for section in &document.sections {
        for block in &section.blocks {
            let Block::Table(table) = block else { continue };
            let sheet = workbook.add_worksheet();
            sheet.set_name(sheet_name(&mut names, &section.heading))?;
            fill(sheet, document, table)?;
        }
    }
    workbook.save_to_buffer()
}

/// What the statement is about, and its texts: a heading and a text in each row.
fn write_about(sheet: &mut Worksheet, document: &Document) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, &*document.title, &Format::new().set_bold())?;
    sheet.set_column_width(0, width(Holds::Short))?;
    sheet.set_column_width(1, width(Holds::Sentence))?;
    let facts = document.facts.iter().map(|(name, text)| (capitalised(name), text.clone()));
    let texts = document.sections.iter().flat_map(|section| {
        let texts = section.blocks.iter().flat_map(|block| match block {
            Block::Text(text) => vec![text.clone()],
            Block::List(texts) => texts.clone(),
            Block::Table(_) | Block::Chart(_) => Vec::new(),
        });
        texts.map(|text| (section.heading.clone(), text))
    });
    for (row, (name, text)) in (2_u32..).zip(facts.chain(texts)) {
        sheet.write_string(row, 0, name)?;
        sheet.write_string(row, 1, text)?;
    }
    Ok(())
}

/// A name that no sheet has yet, of what a sheet's name may have.
fn sheet_name(names: &mut BTreeMap<String, usize>, heading: &str) -> String {
    let may_be = |c: char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let name: String = heading.chars().filter(|c| may_be(*c)).take(NAME_LENGTH - 3).collect();
    let number = names.entry(name.to_lowercase()).or_insert(0);
    *number += 1;
    if *number == 1 { name } else { format!("{name} {number}") }
}

fn fill(sheet: &mut Worksheet, document: &Document, table: &Table) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let kroner = Format::new().set_num_format("#,##0.00");
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (place, column) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, place, &*column.heading, &bold)?;
        sheet.set_column_width(place, width(column.holds))?;
    }
    let mut last = 0;
    for (row, of_table) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(&of_table.cells) {
            match cell {
                Cell::Empty => {}
                Cell::Money(money) => _ = sheet.write_with_format(row, column, money.decimal(), &kroner)?,
                Cell::Count(count) => _ = sheet.write(row, column, *count)?,
                Cell::Date(date) => {
                    let (year, month, of_month) = (date.year(), date.month(), date.day());
                    let date = ExcelDateTime::from_ymd(
                        u16::try_from(year).unwrap_or_default(),
                        u8::try_from(month).unwrap_or_default(),
                        u8::try_from(of_month).unwrap_or_default(),
                    )?;
                    sheet.write_with_format(row, column, &date, &day)?;
                }
                // A text is written as a text, whatever it begins with: it never becomes a formula.
                Cell::Text(_) | Cell::Links(_) => {
                    sheet.write_string(row, column, cell.shown(document.words))?;
                }
            }
        }
        if !of_table.is_total {
            last = row;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let Some(columns) = u16::try_from(table.columns.len()).ok().and_then(|count| count.checked_sub(1)) {
        sheet.autofilter(0, 0, last, columns)?;
    }
    Ok(())
}

fn width(holds: Holds) -> u32 {
    match holds {
        Holds::Short => 24,
        Holds::Sentence => 80,
        Holds::Code | Holds::Number => 14,
    }
}

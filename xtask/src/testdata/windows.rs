//! The tables as a Norwegian spreadsheet saves them: semicolons, Windows-1252, CR LF, decimal commas.

use super::Result;
use super::basis::{Basis, Rows};
use super::nynorsk::{Choice, Column, Kind, date_parts, kroner, time_parts};
use encoding_rs::WINDOWS_1252;

/// File names and their bytes.
pub(crate) fn files(basis: &Basis) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for rows in &basis.tables {
        let name = format!("{}.csv", rows.table.nynorsk);
        let bytes = file(rows).map_err(|error| format!("{name}: {error}"))?;
        files.push((name, bytes));
    }
    Ok(files)
}

fn file(rows: &Rows) -> Result<Vec<u8>> {
    let mut writer =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let columns = rows.table.columns;
    writer.write_record(columns.iter().map(|column| column.heading(Choice::First)))?;
    for row in &rows.rows {
        let mut cells = Vec::new();
        for (column, value) in columns.iter().zip(row) {
            cells.push(cell(column, value)?);
        }
        writer.write_record(cells)?;
    }
    if rows.table.canonical == "attendance" {
        // What a spreadsheet leaves behind where rows were emptied and not deleted.
        for _ in 0..2 {
            writer.write_record(columns.iter().map(|_| ""))?;
        }
    }
    let text = String::from_utf8(writer.into_inner().map_err(|error| error.to_string())?)?;
    let (bytes, _, lost) = WINDOWS_1252.encode(&text);
    if lost {
        return Err("a character has no place in Windows-1252".into());
    }
    Ok(bytes.into_owned())
}

fn cell(column: &Column, value: &str) -> Result<String> {
    if value.is_empty() {
        return Ok(String::new());
    }
    Ok(match column.kind {
        Kind::Text | Kind::Person | Kind::Count => value.to_owned(),
        Kind::Date => {
            let (year, month, day) = date_parts(value)?;
            format!("{day}.{month}.{year}")
        }
        Kind::Time => {
            let (hour, minute) = time_parts(value)?;
            format!("{hour:02}.{minute:02}")
        }
        Kind::Money => kroner(value, "\u{a0}")?,
        Kind::Number => value.replace('.', ","),
        Kind::Word(_) => column.word(value, Choice::First)?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::cell;
    use crate::testdata::nynorsk::TABLES;

    fn said(table: &str, column: &str, value: &str) -> String {
        let table = TABLES.iter().find(|found| found.canonical == table).unwrap();
        let column = table.columns.iter().find(|found| found.canonical == column).unwrap();
        cell(column, value).unwrap()
    }

    #[test]
    fn cells_are_written_the_norwegian_way() {
        assert_eq!(said("meetings", "date", "2014-03-06"), "6.3.2014");
        assert_eq!(said("meetings", "end", "00:40"), "00.40");
        assert_eq!(said("meetings", "group_meeting", "yes"), "ja");
        assert_eq!(said("claims", "quantity", "18.5"), "18,5");
        assert_eq!(said("claims", "amount", "1150.00"), "1\u{a0}150,00");
        assert_eq!(said("claims", "kind", "travel_car"), "køyring");
        assert_eq!(said("attendance", "person_id", "0101"), "0101");
        assert_eq!(said("attendance", "capacity", ""), "");
    }
}

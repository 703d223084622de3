//! The canonical folder, read as it stands and held against the columns that the other forms can say.

use super::Result;
use super::nynorsk::{Column, TABLES, Table};
use std::path::Path;

/// The tables of a canonical folder, in the order of [`TABLES`].
pub(crate) struct Basis {
    pub(crate) tables: Vec<Rows>,
}

/// One table's rows. Cells stand in the order of the table's columns.
pub(crate) struct Rows {
    pub(crate) table: &'static Table,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Basis {
    /// Reads every table; a heading that differs from the table's columns is an error.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut tables = Vec::new();
        for table in TABLES {
            let path = folder.join(format!("{}.csv", table.canonical));
            let rows = read_rows(&path, table).map_err(|error| format!("{}: {error}", path.display()))?;
            tables.push(Rows { table, rows });
        }
        Ok(Self { tables })
    }

    /// The rows of the table with this canonical name.
    pub(crate) fn rows(&self, canonical: &str) -> Result<&Rows> {
        self.tables
            .iter()
            .find(|rows| rows.table.canonical == canonical)
            .ok_or_else(|| format!("no table {canonical}").into())
    }
}

impl Rows {
    /// Where a column stands in each row, and what it is.
    pub(crate) fn column(&self, canonical: &str) -> Result<(usize, &'static Column)> {
        self.table
            .columns
            .iter()
            .enumerate()
            .find(|(_, column)| column.canonical == canonical)
            .ok_or_else(|| format!("no column {canonical} in {}", self.table.canonical).into())
    }
}

fn read_rows(path: &Path, table: &Table) -> Result<Vec<Vec<String>>> {
    let mut reader = csv::Reader::from_path(path)?;
    let expected: Vec<&str> = table.columns.iter().map(|column| column.canonical).collect();
    let headings: Vec<&str> = reader.headers()?.iter().collect();
    if headings != expected {
        return Err(format!(
            "the headings are {}, but {} are expected",
            headings.join(", "),
            expected.join(", ")
        )
        .into());
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        rows.push(record?.iter().map(str::to_owned).collect());
    }
    Ok(rows)
}

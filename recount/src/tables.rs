//! A basis as text, before anything is made of it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

const KNOWN: [&str; 13] = [
    "persons",
    "bodies",
    "offices",
    "leave",
    "meetings",
    "attendance",
    "claims",
    "trips",
    "groups",
    "group_payments",
    "group_reports",
    "other_income",
    "employees",
];

/// A basis as text tables under their canonical names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// The tables by name.
    pub tables: BTreeMap<String, Table>,
}

/// One table: canonical column names, and cells as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The headings, in the order of the cells.
    pub columns: Vec<String>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table with these columns.
    pub fn with_columns(columns: &[&str]) -> Table {
        Table { columns: columns.iter().map(ToString::to_string).collect(), rows: Vec::new() }
    }
}

/// One row by column name; a column that is not there reads as an empty cell.
pub(crate) struct Record(BTreeMap<String, String>);

impl Record {
    pub(crate) fn get(&self, column: &str) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }
}

impl Tables {
    /// Reads the canonical CSV files of the known tables in a folder; other files are left alone.
    pub fn read_folder(dir: &Path) -> io::Result<Tables> {
        let mut tables = BTreeMap::new();
        for name in KNOWN {
            let path = dir.join(format!("{name}.csv"));
            if !path.exists() {
                continue;
            }
            let mut reader = csv::Reader::from_path(&path)?;
            let columns = reader.headers()?.iter().map(str::to_string).collect();
            let mut rows = Vec::new();
            for record in reader.records() {
                rows.push(record?.iter().map(str::to_string).collect());
            }
            tables.insert(name.to_string(), Table { columns, rows });
        }
        Ok(Tables { tables })
    }

    /// Writes one canonical CSV file for each table, into a folder that is made when it is not there.
    pub fn write_folder(&self, dir: &Path) -> io::Result<()> {
        fs::create_dir_all(dir)?;
        for (name, table) in &self.tables {
            let mut writer = csv::Writer::from_path(dir.join(format!("{name}.csv")))?;
            writer.write_record(&table.columns)?;
            for row in &table.rows {
                writer.write_record(row)?;
            }
            writer.flush()?;
        }
        Ok(())
    }

    /// The same basis with the rows and the columns of every table in another order.
    #[must_use]
    pub fn shuffled(&self, seed: u64) -> Tables {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut tables = BTreeMap::new();
        for (name, table) in &self.tables {
            let mut order: Vec<usize> = (0..table.columns.len()).collect();
            rng.shuffle(&mut order);
            let reordered = |cells: &Vec<String>| order.iter().map(|&i| cells[i].clone()).collect();
            let mut rows: Vec<Vec<String>> = table.rows.iter().map(reordered).collect();
            rng.shuffle(&mut rows);
            let columns = reordered(&table.columns);
            tables.insert(name.clone(), Table { columns, rows });
        }
        Tables { tables }
    }

    pub(crate) fn records(&self, name: &str) -> Vec<Record> {
        let Some(table) = self.tables.get(name) else {
            return Vec::new();
        };
        let record =
            |row: &Vec<String>| Record(table.columns.iter().cloned().zip(row.iter().cloned()).collect());
        table.rows.iter().map(record).collect()
    }
}

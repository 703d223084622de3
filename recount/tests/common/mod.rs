//! Rows by column name, for tests that look into a basis as text.

use std::collections::BTreeMap;

use honorar_recount::Tables;

pub(crate) type Row = BTreeMap<String, String>;

/// The rows of one table.
pub(crate) fn rows(tables: &Tables, name: &str) -> Vec<Row> {
    let Some(table) = tables.tables.get(name) else {
        return Vec::new();
    };
    table.rows.iter().map(|row| table.columns.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

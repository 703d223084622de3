//! What files a basis has.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The files of a folder, in the order of their names.
///
/// # Errors
/// What the file system says.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files = entries.collect::<io::Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// Whether a file is a table.
pub fn is_table(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == "csv")
}

/// The tables of a basis, in the order of their names.
///
/// # Errors
/// What the file system says.
pub fn tables(basis: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = files(basis)?;
    files.retain(|file| is_table(file));
    Ok(files)
}

/// How many rows the tables of a basis have, without their headings.
///
/// # Errors
/// What the file system says.
pub fn rows(basis: &Path) -> io::Result<u64> {
    let mut rows = 0;
    for table in tables(basis)? {
        for record in csv::Reader::from_path(table)?.into_byte_records() {
            record?;
            rows += 1;
        }
    }
    Ok(rows)
}

//! What files a basis has.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use csv::{ByteRecord, ReaderBuilder};

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

/// Cuts a table with the `csv` crate and does no more, and counts its rows, with the headings, and cells: the measure that
/// everything is held against.
///
/// # Errors
/// What the file system says.
pub fn tokenise(table: impl io::Read) -> io::Result<(u64, u64)> {
    let (mut rows, mut cells) = (0, 0);
    let mut record = ByteRecord::new();
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(table);
    while reader.read_byte_record(&mut record)? {
        rows += 1;
        cells += record.len() as u64;
    }
    Ok((rows, cells))
}

/// How many rows the tables of a basis have, without their headings.
///
/// # Errors
/// What the file system says.
pub fn rows(basis: &Path) -> io::Result<u64> {
    let of_table = |table: PathBuf| Ok(tokenise(File::open(table)?)?.0.saturating_sub(1));
    tables(basis)?.into_iter().map(of_table).sum()
}

//! `tokenise FOLDER…`: reads every CSV file of each folder with the `csv` crate, on one thread, and counts.
//!
//! It is the least that anything which reads these tables with that crate has to do.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use csv::{ByteRecord, ReaderBuilder};

fn main() -> Result<(), Box<dyn Error>> {
    let (mut rows, mut cells) = (0_u64, 0_u64);
    let mut record = ByteRecord::new();
    for folder in std::env::args_os().skip(1) {
        let mut files: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(folder)? {
            files.push(entry?.path());
        }
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "csv")) {
            let mut reader = ReaderBuilder::new().has_headers(false).from_path(file)?;
            while reader.read_byte_record(&mut record)? {
                rows += 1;
                cells += record.len() as u64;
            }
        }
    }
    println!("{rows} rows, {cells} cells");
    Ok(())
}

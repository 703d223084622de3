//! `tokenise FOLDER…`: reads every CSV file of each folder with the `csv` crate, on one thread, and counts.
//!
//! It is the least that anything which reads these tables with that crate has to do.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use honorar_benches::files::{tables, tokenise};

fn main() -> io::Result<()> {
    let (mut rows, mut cells) = (0, 0);
    for folder in std::env::args_os().skip(1).map(PathBuf::from) {
        for table in tables(&folder)? {
            let of_table = tokenise(File::open(table)?)?;
            (rows, cells) = (rows + of_table.0, cells + of_table.1);
        }
    }
    println!("{rows} rows, {cells} cells");
    Ok(())
}

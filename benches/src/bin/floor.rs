//! `floor RUN OUT BASE…`: the least that a program has to do which reads, hashes and writes as much as `honorar run`.
//!
//! Each file of a basis is read once and hashed, and the tables are cut with the `csv` crate. Then as many files as
//! RUN, an earlier run of the same bases, holds for the basis are written below OUT, each of as many bytes, hashed
//! once: beside the basis's folder first, which then appears whole, as honorar publishes it. Bases are shared out among
//! as many threads as honorar has. What the files say is made of nothing, and to look up how long they are takes a few
//! milliseconds too many.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use honorar_benches::files::{files, is_table, tokenise};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use tempfile::Builder;

/// What all written files consist of.
static CONTENT: [u8; 1 << 20] = [0; 1 << 20];

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(run), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err(io::Error::other("usage: floor RUN OUT BASE…"));
    };
    fs::create_dir_all(&out)?;
    let bases: Vec<PathBuf> = arguments.collect();
    let count = |basis: &PathBuf| {
        let name = basis.file_name().unwrap_or_default();
        Ok((read(basis)?, publish(&run.join(name), &out.join(name), &out)?))
    };
    let counts = bases.par_iter().map(count).collect::<io::Result<Vec<_>>>()?;
    let cells: u64 = counts.iter().map(|(cells, _)| cells).sum();
    let bytes: u64 = counts.iter().map(|(_, bytes)| bytes).sum();
    println!("{cells} cells, {bytes} bytes written");
    Ok(())
}

/// Reads and hashes the files of a basis, and counts the cells of its tables.
fn read(basis: &Path) -> io::Result<u64> {
    let mut cells = 0;
    for file in files(basis)? {
        let bytes = fs::read(&file)?;
        black_box(Sha256::digest(&bytes));
        if is_table(&file) {
            cells += tokenise(&*bytes)?.1;
        }
    }
    Ok(cells)
}

/// Writes as much as an earlier run holds for a basis into a folder that appears as a whole, and counts the bytes.
fn publish(earlier: &Path, folder: &Path, beside: &Path) -> io::Result<u64> {
    let new = Builder::new().prefix(".floor-").tempdir_in(beside)?;
    let bytes = write_alike(earlier, new.path())?;
    fs::rename(new.path(), folder)?;
    // It has moved: there is nothing left to remove.
    let _ = new.keep();
    Ok(bytes)
}

fn write_alike(earlier: &Path, folder: &Path) -> io::Result<u64> {
    let mut written = 0;
    for entry in fs::read_dir(earlier)? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        let metadata = entry.metadata()?;
        if metadata.is_dir() {
            fs::create_dir(&path)?;
            written += write_alike(&entry.path(), &path)?;
        } else {
            write(&path, metadata.len())?;
            written += metadata.len();
        }
    }
    Ok(written)
}

fn write(path: &Path, mut bytes_left: u64) -> io::Result<()> {
    let (mut file, mut hash) = (File::create_new(path)?, Sha256::new());
    while bytes_left > 0 {
        let bytes =
            usize::try_from(bytes_left).map_or(&CONTENT[..], |left| &CONTENT[..left.min(CONTENT.len())]);
        hash.update(bytes);
        file.write_all(bytes)?;
        bytes_left -= bytes.len() as u64;
    }
    black_box(hash.finalize());
    Ok(())
}

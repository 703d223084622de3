//! The files of an entry, read from the disk and held against what the manifest says of them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use honorar_problems::Problem;
use sha2::{Digest as _, Sha256};

use crate::digest::Digest;
use crate::manifest::FileRecord;
use crate::names::entry_name;
use crate::trouble::{changed, gone, not_read, strange, within};

/// What stands where a file of an entry should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// A file.
    File,
    /// Nothing.
    Gone,
    /// A folder, a link or something else; or one of these in place of a folder on the way.
    Other,
}

/// Looks for a file of an entry and follows no links: they would lead out of the archive.
pub(crate) fn find(archive: &Path, number: u32, name: &str) -> io::Result<Found> {
    let mut path = archive.join(entry_name(number));
    for part in name.split('/') {
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Gone),
            Ok(metadata) if !metadata.is_dir() => return Ok(Found::Other),
            result => result?,
        };
        path.push(part);
    }
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Gone),
        Ok(metadata) if metadata.is_file() => Ok(Found::File),
        Ok(_) => Ok(Found::Other),
        Err(error) => Err(error),
    }
}

/// A file of an entry that is read whole, and has no more than so many bytes.
pub(crate) fn read_small(archive: &Path, number: u32, name: &str, most: u64) -> Result<Vec<u8>, Problem> {
    let place = || within(archive, number, name);
    let (file, length) = open(archive, number, name)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(|error| not_read(place(), &error))?;
    if length > most || bytes.len() as u64 > most {
        let problem = Problem::error("too_large", place(), "the file is larger than any that is put in");
        return Err(problem.expected(format!("at most {most} bytes")));
    }
    Ok(bytes)
}

/// The bytes of a file, which are those that were put in.
pub(crate) fn read(archive: &Path, number: u32, record: &FileRecord) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    each_chunk(archive, number, record, |chunk| bytes.extend_from_slice(chunk))?;
    Ok(bytes)
}

/// Whether a file is the one that was put in, without keeping it.
pub(crate) fn verify(archive: &Path, number: u32, record: &FileRecord) -> Result<(), Problem> {
    each_chunk(archive, number, record, |_| ())
}

fn each_chunk(
    archive: &Path,
    number: u32,
    record: &FileRecord,
    mut take: impl FnMut(&[u8]),
) -> Result<(), Problem> {
    let place = || within(archive, number, &record.file);
    let (file, length) = open(archive, number, &record.file)?;
    if length != record.bytes {
        return Err(changed(place()));
    }
    // One byte more than there should be shows that it grew meanwhile.
    let mut file = file.take(record.bytes + 1);
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let length = match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(not_read(place(), &error)),
        };
        let chunk = buffer.get(..length).unwrap_or_default();
        hash.update(chunk);
        take(chunk);
    }
    if Digest(hash.finalize().into()) == record.sha256 { Ok(()) } else { Err(changed(place())) }
}

/// Opens a plain file only: another may wait for somebody for ever.
fn open(archive: &Path, number: u32, name: &str) -> Result<(File, u64), Problem> {
    let place = || within(archive, number, name);
    let opened = || {
        let file = File::open(archive.join(entry_name(number)).join(name))?;
        let length = file.metadata()?.len();
        Ok((file, length))
    };
    match find(archive, number, name) {
        Ok(Found::File) => opened().map_err(|error: io::Error| not_read(place(), &error)),
        Ok(Found::Gone) => Err(gone(place())),
        Ok(Found::Other) => Err(strange(place())),
        Err(error) => Err(not_read(place(), &error)),
    }
}

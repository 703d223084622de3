//! An archive as somebody reads it.

use std::io;
use std::path::{Path, PathBuf};

use honorar_problems::{Problem, in_order};

use crate::chain;
use crate::check;
use crate::contents;
use crate::head::{Head, HeadPrefix};
use crate::listing::Listing;
use crate::manifest::{EntryKind, FileRecord, Manifest};
use crate::names::entry_name;
use crate::trouble::{inside, no_archive, not_read, something_else, whole, within};

/// An archive: all its manifests, which fit their seals and each other.
#[derive(Debug, Clone)]
pub struct Archive {
    pub(crate) folder: PathBuf,
    pub(crate) entries: Vec<Entry>,
}

/// An entry of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is, and what it holds.
    pub manifest: Manifest,
    /// The hash of its manifest: the archive's head when this was the last entry.
    pub head: Head,
}

impl Archive {
    /// Opens an archive that has an entry at least.
    ///
    /// Errors: every manifest, seal, number, link to the entry before and municipality that is not as it should
    /// be. The files of the entries are looked at when they are read, or by [`Archive::check`].
    pub fn open(folder: &Path) -> Result<Self, Vec<Problem>> {
        match Self::open_or_empty(folder) {
            Ok(archive) if !archive.entries.is_empty() => Ok(archive),
            Err(problems) if problems.iter().all(|problem| problem.code != "no_archive") => Err(problems),
            // Nothing can be put there either, but nobody wants to.
            Ok(_) | Err(_) => Err(vec![no_archive(folder)]),
        }
    }

    /// The same, where a folder that is empty or not there is an archive without entries.
    pub fn open_or_empty(folder: &Path) -> Result<Self, Vec<Problem>> {
        let listing = Listing::of_any(folder).map_err(|error| vec![unlisted(folder, &error)])?;
        if listing.is_something_else() {
            return Err(vec![something_else(folder)]);
        }
        let entries = chain::read(folder, &listing.numbers)?;
        Ok(Self { folder: folder.to_owned(), entries })
    }

    /// The folder that it is in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of an entry.
    pub fn folder_of(&self, number: u32) -> PathBuf {
        self.folder.join(entry_name(number))
    }

    /// The entries, from 1 on.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a number.
    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    /// The number of the entry that is put in next.
    pub fn next_number(&self) -> u32 {
        self.entries.last().map_or(1, |entry| entry.manifest.number + 1)
    }

    /// The head: it stands for all that was ever put in.
    pub fn head(&self) -> Option<Head> {
        self.entries.last().map(|entry| entry.head)
    }

    /// The last entry at the time when somebody noted this head. None: something was taken away or exchanged
    /// since, or it is the head of another archive.
    pub fn with_head(&self, noted: &HeadPrefix) -> Option<&Entry> {
        self.entries.iter().rev().find(|entry| noted.matches(&entry.head))
    }

    /// The municipality whose archive it is.
    pub fn municipality(&self) -> Option<&str> {
        self.entries.first().map(|entry| entry.manifest.municipality.as_str())
    }

    /// Whether a later entry says that the contents of this one are removed.
    pub fn is_pruned(&self, number: u32) -> bool {
        self.entries.iter().any(|entry| match &entry.manifest.entry {
            EntryKind::Prune { entries, .. } => entries.contains(&number),
            _ => false,
        })
    }

    /// The bytes of a file as it was put in. One that was pruned is gone.
    pub fn read(&self, number: u32, file: &str) -> Result<Vec<u8>, Problem> {
        let record = self.records(number)?.iter().find(|record| record.file == file).ok_or_else(|| {
            Problem::error("no_file", within(&self.folder, number, file), "the entry never had such a file")
        })?;
        self.read_record(number, record)
    }

    /// All files of an entry as they were put in, by their names.
    pub fn files_of(&self, number: u32) -> Result<Vec<(String, Vec<u8>)>, Vec<Problem>> {
        let records = self.records(number).map_err(|problem| vec![problem])?;
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        for record in records {
            match self.read_record(number, record) {
                Ok(bytes) => files.push((record.file.clone(), bytes)),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(files) } else { Err(in_order(problems)) }
    }

    /// Looks at every byte of every file of every entry.
    ///
    /// Errors: what was changed, what is gone and what is no part of the archive. Notes: what a crash left
    /// behind, and contents of pruned entries that are still there.
    pub fn check(&self) -> Vec<Problem> {
        check::check(self)
    }

    fn records(&self, number: u32) -> Result<&[FileRecord], Problem> {
        self.entry(number).map(|entry| entry.manifest.files.as_slice()).ok_or_else(|| {
            let place = inside(&self.folder, &entry_name(number));
            Problem::error("no_entry", place, "the archive has no such entry")
        })
    }

    fn read_record(&self, number: u32, record: &FileRecord) -> Result<Vec<u8>, Problem> {
        if self.is_pruned(number) {
            let message = "the file is gone: the contents of this entry were removed as too old";
            return Err(Problem::error("gone", within(&self.folder, number, &record.file), message));
        }
        contents::read(&self.folder, number, record)
    }
}

fn unlisted(folder: &Path, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotADirectory => something_else(folder),
        _ => not_read(whole(folder), error),
    }
}

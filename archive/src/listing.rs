//! What stands in an archive's folder, by name.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use crate::names::{LOCK, entry_number, is_staging};

/// The names in an archive's folder.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// The numbers of entries.
    pub(crate) numbers: BTreeSet<u32>,
    /// What a crash left behind.
    pub(crate) leftovers: Vec<String>,
    /// What is no part of an archive.
    pub(crate) strange: Vec<String>,
}

impl Listing {
    pub(crate) fn of(archive: &Path) -> io::Result<Self> {
        let mut listing = Self::default();
        for entry in fs::read_dir(archive)? {
            let name = entry?.file_name();
            // A name that is no text is none of ours.
            let name = name.to_string_lossy().into_owned();
            if let Some(number) = entry_number(&name) {
                listing.numbers.insert(number);
            } else if is_staging(&name) {
                listing.leftovers.push(name);
            } else if name != LOCK {
                listing.strange.push(name);
            }
        }
        Ok(listing)
    }

    /// The same, where a folder that is not there has nothing in it.
    pub(crate) fn of_any(archive: &Path) -> io::Result<Self> {
        match Self::of(archive) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            listing => listing,
        }
    }

    /// Whether this is somebody's folder, and no archive.
    pub(crate) fn is_something_else(&self) -> bool {
        self.numbers.is_empty() && !self.strange.is_empty()
    }
}

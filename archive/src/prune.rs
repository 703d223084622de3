//! Contents of old entries, removed. That they were there, and what their hashes were, stays.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use honorar_problems::{Problem, in_order};

use crate::contents::{Found, find};
use crate::disk::Disk;
use crate::head::Head;
use crate::manifest::{EntryKind, Manifest};
use crate::names::{entry_name, folders_of};
use crate::trouble::{no_archive, strange, within};
use crate::writer::Writer;

impl Writer<'_> {
    /// Removes the contents of these entries, all but their manifests and seals, and gives the new head.
    ///
    /// An entry that says so is put in first: a crash leaves contents that should be gone, never contents that
    /// are gone and should not be. Pruning again, also with no numbers at all, removes what was left. Numbers
    /// that were pruned before are not named a second time. Files that no manifest names stay where they are.
    pub fn prune(&mut self, older_than: &str, numbers: &[u32], version: &str) -> Result<Head, Vec<Problem>> {
        let new: BTreeSet<u32> =
            numbers.iter().copied().filter(|&number| !self.archive.is_pruned(number)).collect();
        let Some(municipality) = self.archive.municipality().map(str::to_owned) else {
            return Err(vec![no_archive(&self.archive.folder)]);
        };
        if new.is_empty() {
            // Whoever put the entry in may have stopped before the disk confirmed it. Contents go only when what says
            // so is there for good.
            self.confirm()?;
        } else {
            let entries = new.into_iter().collect();
            let entry = EntryKind::Prune { older_than: older_than.to_owned(), entries };
            self.append(&municipality, version, entry, &[])?;
        }
        let mut problems = Vec::new();
        for entry in &self.archive.entries {
            if self.archive.is_pruned(entry.manifest.number) {
                problems.extend(empty(self.disk, &self.archive.folder, &entry.manifest));
            }
        }
        match self.archive.head() {
            Some(head) if problems.is_empty() => Ok(head),
            _ => Err(in_order(problems)),
        }
    }
}

/// Removes an entry's files, and the folders that are empty then.
fn empty(disk: &dyn Disk, archive: &Path, manifest: &Manifest) -> Vec<Problem> {
    let number = manifest.number;
    let entry = archive.join(entry_name(number));
    let mut problems = Vec::new();
    // The folders that have lost something, which the disk has to be told; the entry's own at any rate, because
    // it may not have been told when this was last tried.
    let mut touched = BTreeSet::from([""]);
    for record in &manifest.files {
        let removed = match find(archive, number, &record.file) {
            Ok(Found::Gone) => continue,
            Ok(Found::File) => disk.remove_file(&entry.join(&record.file)),
            Ok(Found::Other) => {
                problems.push(strange(within(archive, number, &record.file)));
                continue;
            }
            Err(error) => Err(error),
        };
        match removed {
            Ok(()) => {
                let folder = folders_of(&record.file).last().unwrap_or_default();
                touched.insert(folder);
            }
            Err(error) => problems.push(not_removed(archive, number, &record.file, &error)),
        }
    }
    let folders: BTreeSet<&str> = manifest.files.iter().flat_map(|record| folders_of(&record.file)).collect();
    // The innermost first. One that still holds something stays, and so do those around it.
    for folder in folders.into_iter().rev() {
        let path = entry.join(folder);
        let is_real = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_dir());
        let is_empty = is_real && fs::read_dir(&path).is_ok_and(|mut names| names.next().is_none());
        if !is_empty {
            continue;
        }
        match disk.remove_folder(&path) {
            Ok(()) => {
                touched.remove(folder);
                touched.insert(folder.rsplit_once('/').map_or("", |(outer, _)| outer));
            }
            Err(error) => problems.push(not_removed(archive, number, folder, &error)),
        }
    }
    for folder in touched {
        if let Err(error) = disk.sync_folder(&entry.join(folder)) {
            problems.push(not_removed(archive, number, folder, &error));
        }
    }
    problems
}

fn not_removed(archive: &Path, number: u32, name: &str, error: &io::Error) -> Problem {
    let message = format!("this is not removed for certain: {}", error.kind());
    Problem::error("not_removed", within(archive, number, name), message)
        .hint("the archive says that it is removed; remove what is too old once more")
}

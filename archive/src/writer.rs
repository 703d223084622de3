//! An archive as its one writer has it.

use std::fs;
use std::path::Path;

use honorar_problems::Problem;

use crate::archive::{Archive, Entry};
use crate::chain::{Shape, misfit};
use crate::disk::Disk;
use crate::head::Head;
use crate::leftovers;
use crate::limits;
use crate::listing::Listing;
use crate::lock::Lock;
use crate::manifest::{EntryKind, FORMAT, FileRecord, Manifest, PROGRAM, names_fit};
use crate::names::entry_name;
use crate::rights::Rights;
use crate::seal::seal;
use crate::staging::{Staging, create_folders, parent};
use crate::trouble::{Refusal, not_read, something_else, whole};
use crate::whereabouts::is_entry;

/// An archive that nobody else writes to until this is dropped.
pub struct Writer<'d> {
    pub(crate) disk: &'d dyn Disk,
    pub(crate) archive: Archive,
    rights: Rights,
    _lock: Lock,
}

impl<'d> Writer<'d> {
    /// Locks an archive for writing. One that is not there yet is created, for its owner only; what a crash left
    /// behind in another is removed.
    ///
    /// Errors: an archive in which something is wrong, or that somebody else writes to; a folder that holds
    /// something else; and what the disk refuses.
    pub fn begin(folder: &Path, disk: &'d dyn Disk) -> Result<Self, Vec<Problem>> {
        let one = |problem: Problem| vec![problem];
        let refused = |refusal: &Refusal| vec![refusal.problem(folder, "the archive's folder")];
        if let Some((archive, number)) = is_entry(folder) {
            let message = format!("this is within entry {} of an archive", entry_name(number));
            let problem = Problem::error("no_archive", whole(folder), message);
            return Err(vec![
                problem.hint(format!("name the archive's own folder, `{}`", archive.display())),
            ]);
        }
        create_folders(disk, folder).map_err(|error| refused(&error.into()))?;
        // Before there is a lock in it: a folder with something else stays as it is.
        let unread = |error| one(not_read(whole(folder), &error));
        if !fs::metadata(folder).map_err(unread)?.is_dir() {
            return Err(one(something_else(folder)));
        }
        if Listing::of(folder).map_err(unread)?.is_something_else() {
            return Err(one(something_else(folder)));
        }
        let rights = Rights::of(&fs::metadata(folder).map_err(unread)?);
        let lock = Lock::take(disk, folder, rights).map_err(one)?;
        let archive = Archive::open_or_empty(folder)?;
        if lock.is_alone {
            leftovers::remove(disk, folder, &Listing::of(folder).map_err(unread)?.leftovers);
        }
        if archive.entries.is_empty() {
            // Whoever created the folder may have stopped before the disk was told; now it is, where it may be.
            let _ = disk.sync_folder(&parent(folder));
        }
        Ok(Self { disk, archive, rights, _lock: lock })
    }

    /// The archive as it stands.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Puts an entry of these files (name and bytes) into the archive, for good, and gives the new head.
    /// Contents that are to be removed are [`Writer::prune`]'s.
    ///
    /// With an error the archive is as it was, but for the one with the code `not_durable`: the entry stands
    /// then, and only a power cut may still take it away.
    pub fn append(
        &mut self,
        municipality: &str,
        version: &str,
        entry: EntryKind,
        files: &[(String, Vec<u8>)],
    ) -> Result<Head, Vec<Problem>> {
        let mut files: Vec<(&str, &[u8])> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        files.sort_unstable();
        let manifest =
            self.manifest(municipality, version, entry, &files).map_err(|problem| vec![problem])?;
        let folder = self.archive.folder.clone();
        let number = manifest.number;
        let Some(bytes) = manifest.bytes() else {
            let message = format!("entry {} has too many files for a manifest", entry_name(number));
            let problem = Problem::error("too_large", whole(&folder), message);
            return Err(vec![
                problem.expected(format!("a manifest of at most {} bytes", limits::MANIFEST_BYTES)),
            ]);
        };
        let head = Head::of(&bytes);
        let what = format!("entry {}", entry_name(number));
        let staging = Staging { disk: self.disk, archive: &folder, rights: self.rights, number };
        let published = staging.publish(&files, &bytes, seal(&head).as_bytes());
        published.map_err(|refusal| vec![refusal.problem(&folder, &what)])?;
        self.archive.entries.push(Entry { manifest, head });
        self.confirm()?;
        Ok(head)
    }

    /// Has the disk confirm the last entry.
    pub(crate) fn confirm(&self) -> Result<(), Vec<Problem>> {
        let (folder, last) = (&self.archive.folder, self.archive.entries.last());
        self.disk.sync_folder(folder).map_err(|error| {
            let name = entry_name(last.map_or(0, |last| last.manifest.number));
            let message =
                format!("entry {name} is in the archive, but the disk did not confirm it: {}", error.kind());
            let problem = Problem::error("not_durable", whole(folder), message);
            vec![problem.hint("do not put it in again; look after the disk, and check the archive")]
        })
    }

    fn manifest(
        &self,
        municipality: &str,
        version: &str,
        entry: EntryKind,
        files: &[(&str, &[u8])],
    ) -> Result<Manifest, Problem> {
        let folder = &self.archive.folder;
        let error = |code: &'static str, message: String| Err(Problem::error(code, whole(folder), message));
        let number = self.archive.next_number();
        if number > limits::ENTRIES {
            return error("too_large", format!("the archive has {} entries, and is full", limits::ENTRIES));
        }
        if let Some(of) = self.archive.municipality().filter(|&of| of != municipality) {
            let problem = Problem::error("other_municipality", whole(folder), "this is another's archive");
            return Err(problem
                .value(municipality)
                .expected(of)
                .hint("every municipality has an archive of its own: name another folder"));
        }
        let shape = |of| self.archive.entry(of).map(|entry| Shape::of(&entry.manifest.entry));
        if let Some(message) = misfit(number, &entry, files.len(), shape) {
            return error("wrong_entry", message);
        }
        let files: Vec<FileRecord> = files.iter().map(|(name, bytes)| FileRecord::of(name, bytes)).collect();
        if !names_fit(&files) {
            let message = format!("entry {} would have files that an entry cannot have", entry_name(number));
            let expected = format!(
                "plain names within the entry's folder, each once, and at most {} bytes a file",
                limits::FILE_BYTES
            );
            return Err(Problem::error("bad_names", whole(folder), message).expected(expected));
        }
        Ok(Manifest {
            format: FORMAT,
            number,
            previous: self.archive.head(),
            program: PROGRAM.to_owned(),
            version: version.to_owned(),
            municipality: municipality.to_owned(),
            entry,
            files,
        })
    }
}

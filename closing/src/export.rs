//! Another payroll file of a closed run: an entry of its own, for the run is never changed.

use std::path::{Path, PathBuf};

use honorar_archive::{Archive, Disk, EntryKind, Head, Writer};
use honorar_exporters::{KeptRun, exported_before};
use honorar_problems::{Place, Problem};
use honorar_rates::Receiver;

use crate::contents::{ABOUT, VERSION, in_run};

/// A payroll file that was made of a closed run.
#[derive(Debug, Clone)]
pub struct Exported {
    /// The file and its receipt.
    pub paths: Vec<PathBuf>,
    /// How many transactions it has.
    pub transactions: usize,
    /// The archive's head.
    pub head: Head,
}

/// Makes a receiver's file of a closed run, and puts it and its receipt into the archive.
///
/// Errors: a receiver that has had its file, where nobody says why again; a run that is not closed or whose contents
/// are removed; what the receiver would refuse; and whatever the archive refuses. Then the archive is as it was.
pub fn export(
    archive: &Path,
    of: u32,
    receiver: Receiver,
    again: Option<&str>,
    disk: &dyn Disk,
) -> Result<Exported, Vec<Problem>> {
    let mut writer = Writer::begin(archive, disk)?;
    let opened = writer.archive();
    let kept = kept_run(opened, of)?;
    let (made, transactions) = kept.payroll_file(receiver)?;
    let had_it = made.iter().any(|file| kept.has_file(&file.name)) || is_exported(opened, of, receiver);
    if had_it && again.is_none() {
        let place = Place::file(opened.folder_of(of).display().to_string());
        return Err(vec![exported_before(place, receiver)]);
    }
    let municipality = kept.municipality().to_owned();
    let folder = opened.folder_of(opened.next_number());
    let paths = made.iter().map(|file| folder.join(&file.name)).collect();
    let mut contents: Vec<(String, Vec<u8>)> = made.into_iter().map(|file| (file.name, file.bytes)).collect();
    contents.push((ABOUT.0.to_owned(), ABOUT.1.as_bytes().to_vec()));
    let entry = EntryKind::Export { of, receiver: receiver.name().to_owned(), why: again.map(str::to_owned) };
    let head = writer.append(&municipality, VERSION, entry, &contents)?;
    Ok(Exported { paths, transactions, head })
}

/// The run of an entry, worked out again.
pub(crate) fn kept_run(archive: &Archive, number: u32) -> Result<KeptRun, Vec<Problem>> {
    let folder = archive.folder_of(number);
    if archive.is_pruned(number) {
        let place = Place::file(folder.display().to_string());
        let message = "the contents of this closed run were removed as too old: only their hashes are left";
        return Err(vec![Problem::error("gone", place, message)]);
    }
    // The first thing wrong with a file is said as the archive says it.
    archive.files_of(number)?;
    KeptRun::of_files(&folder, |file| archive.read(number, &in_run(file)).ok())
}

/// Whether a later entry has a receiver's file of a closed run.
fn is_exported(archive: &Archive, run: u32, to: Receiver) -> bool {
    archive.entries().iter().any(|entry| {
        matches!(&entry.manifest.entry, EntryKind::Export { of, receiver, .. } if *of == run && receiver == to.name())
    })
}

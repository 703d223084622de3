//! Every byte of an archive, looked at.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use honorar_problems::{Problem, in_order};

use crate::archive::{Archive, Entry};
use crate::chain::broken_seal;
use crate::contents::{read_small, verify};
use crate::head::Head;
use crate::limits;
use crate::listing::Listing;
use crate::names::{LOCK, MANIFEST, SEAL, entry_name, folders_of};
use crate::trouble::{changed, inside, not_read, strange, whole, within};

pub(crate) fn check(archive: &Archive) -> Vec<Problem> {
    let mut problems = beside_the_entries(&archive.folder);
    for entry in &archive.entries {
        problems.extend(manifest(&archive.folder, entry));
        let is_pruned = archive.is_pruned(entry.manifest.number);
        problems.extend(names(&archive.folder, entry, is_pruned));
        if !is_pruned {
            let number = entry.manifest.number;
            let records = entry.manifest.files.iter();
            problems.extend(records.filter_map(|record| verify(&archive.folder, number, record).err()));
        }
    }
    in_order(problems)
}

fn beside_the_entries(folder: &Path) -> Vec<Problem> {
    let listing = match Listing::of_any(folder) {
        Ok(listing) => listing,
        Err(error) => return vec![not_read(whole(folder), &error)],
    };
    let mut problems: Vec<Problem> =
        listing.strange.iter().map(|name| strange(inside(folder, name))).collect();
    problems.extend(listing.leftovers.iter().map(|name| {
        let message = "an entry was being written here when the program or the machine stopped; it never was \
                       part of the archive";
        Problem::note("leftover", inside(folder, name), message)
            .hint("the next time that something is put into the archive, it is removed")
    }));
    match fs::symlink_metadata(folder.join(LOCK)) {
        Ok(metadata) if metadata.is_file() && metadata.len() == 0 => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        _ => problems.push(strange(inside(folder, LOCK)).expected("an empty file, or none")),
    }
    problems
}

/// The manifest as it stands now, and its seal.
fn manifest(folder: &Path, entry: &Entry) -> Vec<Problem> {
    let number = entry.manifest.number;
    let bytes = read_small(folder, number, MANIFEST, limits::MANIFEST_BYTES);
    let stated = read_small(folder, number, SEAL, limits::SEAL_BYTES);
    let is_wrong = |bytes: &Vec<u8>| Head::of(bytes) != entry.head;
    let mut problems = Vec::new();
    if bytes.as_ref().is_ok_and(is_wrong) {
        problems.push(changed(within(folder, number, MANIFEST)));
    }
    problems.extend(stated.as_ref().ok().and_then(|stated| broken_seal(folder, number, &entry.head, stated)));
    problems.extend([bytes.err(), stated.err()].into_iter().flatten());
    problems
}

/// What stands in an entry's folder and is no file of it; and what should no longer stand there.
fn names(folder: &Path, entry: &Entry, is_pruned: bool) -> Vec<Problem> {
    let number = entry.manifest.number;
    let files = entry.manifest.files.iter().map(|record| record.file.as_str());
    let folders: BTreeSet<&str> = files.clone().flat_map(folders_of).collect();
    let files: BTreeSet<&str> = files.chain([MANIFEST, SEAL]).collect();
    let mut problems = Vec::new();
    let mut is_there_still = false;
    let mut left = vec![String::new()];
    while let Some(within_entry) = left.pop() {
        let path = folder.join(entry_name(number)).join(&within_entry);
        let found = match fs::read_dir(&path).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(found) => found,
            Err(error) => {
                problems.push(not_read(whole(&path), &error));
                continue;
            }
        };
        for one in found {
            let name = one.file_name();
            // A name that is no text is none of ours.
            let Some(name) = name.to_str() else {
                problems.push(strange(whole(&path.join(name))));
                continue;
            };
            let name =
                if within_entry.is_empty() { name.to_owned() } else { format!("{within_entry}/{name}") };
            let is_folder = one.file_type().is_ok_and(|kind| kind.is_dir());
            is_there_still |= folders.contains(name.as_str())
                || files.contains(name.as_str()) && name != MANIFEST && name != SEAL;
            if is_folder && folders.contains(name.as_str()) {
                left.push(name);
            } else if !files.contains(name.as_str()) {
                problems.push(strange(within(folder, number, &name)));
            }
        }
    }
    if is_pruned && is_there_still {
        let message =
            "contents of this entry are still there, though a later entry says that they are removed";
        let problem = Problem::note("not_removed", within(folder, number, ""), message);
        problems.push(problem.hint("remove what is too old once more"));
    }
    problems
}

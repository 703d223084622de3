//! The manifests of an archive, held against their seals and against each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use honorar_problems::{Problem, in_order};

use crate::archive::Entry;
use crate::contents::read_small;
use crate::head::Head;
use crate::limits;
use crate::manifest::{EntryKind, FORMAT, Manifest, Unreadable};
use crate::names::{MANIFEST, SEAL, entry_name};
use crate::seal::seal;
use crate::trouble::{FROM_A_COPY, inside, not_read, strange, within};

/// The entries with these numbers, or all that is wrong with them.
pub(crate) fn read(archive: &Path, numbers: &BTreeSet<u32>) -> Result<Vec<Entry>, Vec<Problem>> {
    let mut problems = missing(archive, numbers);
    let mut entries = Vec::new();
    let mut kinds = BTreeMap::new();
    let mut municipality: Option<String> = None;
    let mut before: Option<(u32, Head)> = None;
    for &number in numbers {
        let Some((bytes, head)) = sealed(archive, number, &mut problems) else { continue };
        let previous = before.replace((number, head));
        let manifest = match Manifest::read(&bytes) {
            Ok(manifest) => manifest,
            Err(why) => {
                problems.push(unreadable(archive, number, why));
                continue;
            }
        };
        let error = |code: &'static str, message: &str| {
            Problem::error(code, within(archive, number, MANIFEST), message)
        };
        if manifest.number != number {
            let problem = error("wrong_number", "the manifest is of another entry");
            problems.push(
                problem.value(manifest.number.to_string()).expected(number.to_string()).hint(FROM_A_COPY),
            );
        }
        // Of an entry that is missing or broken, nobody knows what should be named here.
        let follows = match previous {
            None if number == 1 => Some(None),
            Some((last, head)) if last + 1 == number => Some(Some(head)),
            _ => None,
        };
        if let Some(expected) = follows.filter(|expected| *expected != manifest.previous) {
            problems.push(wrong_previous(archive, number, manifest.previous, expected));
        }
        let of = municipality.get_or_insert_with(|| manifest.municipality.clone());
        if *of != manifest.municipality {
            let problem =
                error("other_municipality", "the entry is of another municipality than those before");
            problems.push(problem.value(&manifest.municipality).expected(of.as_str()));
        }
        if let Some(message) =
            misfit(number, &manifest.entry, manifest.files.len(), |of| kinds.get(&of).copied())
        {
            problems.push(error("wrong_entry", &message).hint(FROM_A_COPY));
        }
        kinds.insert(number, Shape::of(&manifest.entry));
        entries.push(Entry { manifest, head });
    }
    if problems.is_empty() { Ok(entries) } else { Err(in_order(problems)) }
}

/// The gaps in the numbering.
fn missing(archive: &Path, numbers: &BTreeSet<u32>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut next = 1;
    for &number in numbers {
        if number > next {
            let (first, last) = (entry_name(next), entry_name(number - 1));
            let message = if first == last {
                format!("entry {first} is missing")
            } else {
                format!("the entries {first} to {last} are missing")
            };
            let problem = Problem::error("missing_entry", inside(archive, &first), message);
            problems.push(problem.hint(FROM_A_COPY));
        }
        next = number + 1;
    }
    problems
}

/// The bytes of an entry's manifest and their hash; its seal is looked at too.
fn sealed(archive: &Path, number: u32, problems: &mut Vec<Problem>) -> Option<(Vec<u8>, Head)> {
    let place = || within(archive, number, "");
    match fs::symlink_metadata(archive.join(entry_name(number))) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => {
            problems.push(strange(place()).expected("the folder of an entry"));
            return None;
        }
        Err(error) => {
            problems.push(not_read(place(), &error));
            return None;
        }
    }
    let manifest = read_small(archive, number, MANIFEST, limits::MANIFEST_BYTES);
    let stated = read_small(archive, number, SEAL, limits::SEAL_BYTES);
    let manifest = manifest.map_err(|problem| problems.push(problem)).ok();
    let stated = stated.map_err(|problem| problems.push(problem)).ok();
    let bytes = manifest?;
    let head = Head::of(&bytes);
    if let Some(stated) = stated
        && let Some(problem) = broken_seal(archive, number, &head, &stated)
    {
        problems.push(problem);
    }
    Some((bytes, head))
}

/// What is wrong with a seal that does not fit its manifest.
pub(crate) fn broken_seal(archive: &Path, number: u32, head: &Head, stated: &[u8]) -> Option<Problem> {
    (stated != seal(head).as_bytes()).then(|| {
        let message = "`manifest.json` and `manifest.sha256` do not belong together: one of them was changed";
        Problem::error("broken_seal", within(archive, number, ""), message).hint(FROM_A_COPY)
    })
}

fn unreadable(archive: &Path, number: u32, why: Unreadable) -> Problem {
    let place = within(archive, number, MANIFEST);
    match why {
        Unreadable::Newer(format) => {
            Problem::error("newer_format", place, "the entry was written by a newer version of the program")
                .value(format!("format {format}"))
                .expected(format!("format {FORMAT}"))
                .hint("use the newest version of honorar")
        }
        Unreadable::NotAManifest(line) => {
            let place = if line > 0 { place.at_row(line) } else { place };
            Problem::error("bad_manifest", place, "this is not what a manifest looks like")
                .expected(format!("a manifest of format {FORMAT}, as honorar writes it"))
                .hint(FROM_A_COPY)
        }
        Unreadable::Names => {
            let message = "the manifest names files that an entry cannot have";
            Problem::error("bad_manifest", place, message)
                .expected("plain names within the entry's folder, in order, each once")
                .hint(FROM_A_COPY)
        }
    }
}

fn wrong_previous(archive: &Path, number: u32, stated: Option<Head>, expected: Option<Head>) -> Problem {
    let shown = |head: Option<Head>| head.map_or_else(|| "none".to_owned(), |head| head.to_string());
    let message = match number.checked_sub(1).filter(|&before| before > 0) {
        Some(before) => format!("the entry does not follow entry {} as it stands", entry_name(before)),
        None => "the first entry follows another".to_owned(),
    };
    Problem::error("wrong_previous", within(archive, number, MANIFEST), message)
        .value(shown(stated))
        .expected(shown(expected))
        .hint("one of the two was changed or exchanged: compare with a copy of the archive")
}

/// What an entry is, as far as others may refer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    ClosedRun,
    Export,
    Prune,
}

impl Shape {
    pub(crate) fn of(entry: &EntryKind) -> Self {
        match entry {
            EntryKind::ClosedRun { .. } => Self::ClosedRun,
            EntryKind::Export { .. } => Self::Export,
            EntryKind::Prune { .. } => Self::Prune,
        }
    }
}

/// Why an entry cannot be that of its number, with so many files. An earlier entry that nobody can read is let
/// pass: it has a problem of its own.
pub(crate) fn misfit(
    number: u32,
    entry: &EntryKind,
    files: usize,
    earlier: impl Fn(u32) -> Option<Shape>,
) -> Option<String> {
    let later = |of: u32| of == 0 || of >= number;
    match entry {
        EntryKind::ClosedRun { .. } => None,
        EntryKind::Export { of, .. } => {
            let name = entry_name(*of);
            if later(*of) {
                Some(format!("the export is of entry {name}, which does not come before it"))
            } else if earlier(*of).is_some_and(|shape| shape != Shape::ClosedRun) {
                Some(format!("the export is of entry {name}, which is no closed run"))
            } else {
                None
            }
        }
        EntryKind::Prune { older_than, entries } => {
            let has_nothing = |of: &&u32| earlier(**of) == Some(Shape::Prune);
            if !is_date(older_than) {
                Some("the day before which contents are removed is no date such as 2014-12-31".to_owned())
            } else if files > 0 {
                Some("an entry that removes the contents of others has files".to_owned())
            } else if entries.is_empty() || !entries.is_sorted_by(|one, next| one < next) {
                Some("the entries whose contents are removed are not in order, each once".to_owned())
            } else if let Some(of) = entries.iter().find(|of| later(**of)) {
                Some(format!("the contents of entry {} are removed before it is there", entry_name(*of)))
            } else {
                let of = entries.iter().find(has_nothing)?;
                Some(format!("entry {} has no contents that could be removed", entry_name(*of)))
            }
        }
    }
}

/// Whether a text is a date as to its form; nothing is worked out from it here.
fn is_date(text: &str) -> bool {
    let is_number = |part: &str, digits: usize, most: u32| {
        let number = part.parse::<u32>().ok().filter(|number| (1..=most).contains(number));
        part.len() == digits && part.bytes().all(|c| c.is_ascii_digit()) && number.is_some()
    };
    let mut parts = text.split('-');
    let mut is_next = |digits, most| parts.next().is_some_and(|part| is_number(part, digits, most));
    is_next(4, 9999) && is_next(2, 12) && is_next(2, 31) && parts.next().is_none()
}

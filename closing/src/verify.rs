//! An archive is verified: its chain, every byte, and every line from the attendance and the regulation.

use std::collections::BTreeSet;
use std::path::Path;

use honorar_archive::{Archive, Entry, EntryKind, Head, HeadPrefix};
use honorar_engine::Period;
use honorar_engine::ledger::{ClosedRun, Ledger, Posting};
use honorar_exporters::{Difference, Verification, verify_closed};
use honorar_intake::LedgerTexts;
use honorar_intake::ledger_tables::POSTINGS;
use honorar_problems::{Place, Problem, Severity, in_order};
use honorar_rates::Receiver;

use crate::contents::{ABOUT, VERSION, in_run};
use crate::export::kept_run;
use crate::ledger::ledger_before;
use crate::prune::old_entries;

/// What was found of an archive.
#[derive(Debug, Clone)]
pub struct VerifiedArchive {
    /// The municipality.
    pub municipality: String,
    /// The head.
    pub head: Head,
    /// The entry that was the last when a given head was noted; nothing where no head was given.
    pub noted: Option<u32>,
    /// What was found of each entry.
    pub entries: Vec<EntryFinding>,
    /// Bytes that are not as they were written, a head that is not in the chain, and what is worth a look.
    pub problems: Vec<Problem>,
}

/// What was found of an entry.
#[derive(Debug, Clone)]
pub struct EntryFinding {
    /// The entry.
    pub entry: Entry,
    /// What was found.
    pub found: Found,
}

/// What was found of an entry's contents.
#[derive(Debug, Clone)]
pub enum Found {
    /// Every line follows from the kept input and regulation, and every byte from the lines.
    Holds(Box<Verification>),
    /// Every byte is as it was written, and follows from a closed run that holds, or says what was removed.
    HoldsAsWritten,
    /// The contents were removed; their hashes are in the manifest.
    Removed,
    /// Bytes are not as they were written: the problems say which.
    Damaged,
    /// Every byte is as it was written, and this version of the program gives another result than the one that
    /// closed the run.
    OtherResult(Difference),
    /// What was closed does not follow from what was kept, by the version that closed it.
    DoesNotFollow(Difference),
}

impl Found {
    /// Whether there is nothing to look at.
    pub fn holds(&self) -> bool {
        matches!(self, Self::Holds(_) | Self::HoldsAsWritten | Self::Removed)
    }

    /// A result that differs: of another version's entry nobody is to blame, for its own version gave what stands
    /// there, or it could not have been put in.
    fn differing(is_of_this_version: bool, difference: Difference) -> Self {
        if is_of_this_version { Self::DoesNotFollow(difference) } else { Self::OtherResult(difference) }
    }
}

impl VerifiedArchive {
    /// Whether all holds.
    pub fn holds(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity != Severity::Error)
            && self.entries.iter().all(|finding| finding.found.holds())
    }
}

/// Verifies an archive, against a head that was noted where one is given.
///
/// Errors: a chain that cannot be read at all. What is wrong within it is found entry by entry.
pub fn verify_archive(folder: &Path, noted: Option<&HeadPrefix>) -> Result<VerifiedArchive, Vec<Problem>> {
    let archive = Archive::open(folder)?;
    let (Some(head), Some(municipality)) = (archive.head(), archive.municipality()) else {
        return Err(Vec::new());
    };
    let mut problems = archive.check();
    let noted_entry = noted.map(|noted| archive.with_head(noted).map(|entry| entry.manifest.number));
    if let (Some(noted), Some(None)) = (noted, noted_entry) {
        let place = Place::file(folder.display().to_string());
        let message = "no entry of the archive has the head that was noted: something was taken away or exchanged since, or it is another archive";
        let problem = Problem::error("other_head", place, message).value(noted.to_string());
        problems.push(problem.expected(format!("the head of an entry, such as {head} of the last")));
    }
    let mut entries = Vec::new();
    for entry in archive.entries() {
        let found = found(&archive, entry).unwrap_or_else(|wrong| {
            problems.extend(wrong);
            Found::Damaged
        });
        entries.push(EntryFinding { entry: entry.clone(), found });
    }
    let mut problems = in_order(problems);
    problems.dedup();
    Ok(VerifiedArchive {
        municipality: municipality.to_owned(),
        head,
        noted: noted_entry.flatten(),
        entries,
        problems,
    })
}

/// What was found of an entry, or what is wrong with its bytes.
fn found(archive: &Archive, entry: &Entry) -> Result<Found, Vec<Problem>> {
    let number = entry.manifest.number;
    if archive.is_pruned(number) {
        return Ok(Found::Removed);
    }
    archive.files_of(number)?;
    let is_of_this_version = entry.manifest.version == VERSION;
    if is_of_this_version && let Some(difference) = about_differs(archive, number) {
        return Ok(Found::DoesNotFollow(difference));
    }
    match &entry.manifest.entry {
        EntryKind::ClosedRun { .. } => closed_run(archive, entry),
        EntryKind::Export { of, receiver, .. } => Ok(match export_differs(archive, entry, *of, receiver) {
            None => Found::HoldsAsWritten,
            Some(difference) => Found::differing(is_of_this_version, difference),
        }),
        EntryKind::Prune { older_than, entries } => Ok(removal_differs(archive, number, older_than, entries)
            .map_or(Found::HoldsAsWritten, Found::DoesNotFollow)),
    }
}

fn closed_run(archive: &Archive, entry: &Entry) -> Result<Found, Vec<Problem>> {
    let number = entry.manifest.number;
    let folder = archive.folder_of(number);
    let mut verification = verify_closed(&folder, number, |file| archive.read(number, &in_run(file)).ok())?;
    if let Some(difference) = other_than_closed(archive, entry, &verification) {
        return Ok(Found::DoesNotFollow(difference));
    }
    // Whoever closes a run works it out again: the version that closed it vouches for it as the one that made it.
    let is_of_this_version = verification.is_of_this_version || entry.manifest.version == VERSION;
    let difference = verification.difference.take();
    let difference = difference.map(in_entry).or_else(|| postings_differ(archive, number, &verification));
    Ok(match difference {
        None => Found::Holds(Box::new(verification)),
        Some(difference) => Found::differing(is_of_this_version, difference),
    })
}

/// What the manifest says of a closed run, its files and what it was told of the runs before, where it is not so.
/// No version works any of this out.
fn other_than_closed(archive: &Archive, entry: &Entry, run: &Verification) -> Option<Difference> {
    let manifest = &entry.manifest;
    let EntryKind::ClosedRun { basis, period, run_sha256, .. } = &manifest.entry else { return None };
    let in_manifest = [&manifest.municipality, basis, period, &run_sha256.to_string()].map(String::clone);
    let in_record = [&run.municipality, &run.basis, &run.period, &run.record_sha256].map(String::clone);
    if in_manifest != in_record {
        return Some(Difference::whole("manifest.json", in_manifest.join(", "), in_record.join(", ")));
    }
    let of_run = run.files.iter().map(|file| in_run(file));
    other_files(entry, of_run.chain([POSTINGS.to_owned(), ABOUT.0.to_owned()]))
        .or_else(|| paid_before_differs(archive, manifest.number, run))
}

/// The first file of an entry that it should not have, or that it should have and has not.
fn other_files(entry: &Entry, expected: impl Iterator<Item = String>) -> Option<Difference> {
    let expected: BTreeSet<String> = expected.collect();
    let kept: BTreeSet<String> = entry.manifest.files.iter().map(|record| record.file.clone()).collect();
    let difference = kept.symmetric_difference(&expected).next()?;
    let (is, is_not) = ("a file of the entry", "no such file");
    Some(if kept.contains(difference) {
        Difference::whole(difference, is, is_not)
    } else {
        Difference::whole(difference, is_not, is)
    })
}

/// What a difference in a run's own files is within the entry.
fn in_entry(difference: Difference) -> Difference {
    Difference { file: in_run(&difference.file), ..difference }
}

/// Whether the table of what a run paid is not what the run gives.
fn postings_differ(archive: &Archive, number: u32, run: &Verification) -> Option<Difference> {
    let (stated, now) = (archive.read(number, POSTINGS).ok()?, run.postings.as_ref()?);
    (stated != now.as_bytes()).then(|| Difference::between(POSTINGS, &stated, now.as_bytes()))
}

/// Whether a run was told of the runs before it what the archive says of them, as far as the archive still has
/// their contents.
fn paid_before_differs(archive: &Archive, number: u32, run: &Verification) -> Option<Difference> {
    let period: Period = run.period.parse().ok()?;
    let told = run.paid_before.as_ref()?.read().ok()?;
    let was = ledger_before(archive, number).ok()?.for_year(period.year());
    let (told, was) = (still_there(archive, &told), still_there(archive, &was));
    (told != was).then(|| {
        let (told, was) = (LedgerTexts::of(&told), LedgerTexts::of(&was));
        let (file, told, was) = if told.runs == was.runs {
            ("paid-before/postings.csv", told.postings, was.postings)
        } else {
            ("paid-before/runs.csv", told.runs, was.runs)
        };
        Difference::between(&format!("{}: {file}", in_run("input.zip")), told.as_bytes(), was.as_bytes())
    })
}

/// The part of a ledger whose closed runs are still there.
fn still_there(archive: &Archive, ledger: &Ledger) -> Ledger {
    let closed: Vec<ClosedRun> = ledger.closed().to_vec();
    let postings = ledger.standing().map(|(_, posting)| posting);
    let postings: Vec<Posting> =
        postings.filter(|posting| !archive.is_pruned(posting.number.run)).cloned().collect();
    // Rows are numbered where they stand.
    Ledger::new(closed, postings.into_iter().map(|posting| Posting { row: 0, ..posting }).collect())
}

/// Whether a payroll file that was made later is not what its closed run gives.
fn export_differs(archive: &Archive, entry: &Entry, of: u32, receiver: &str) -> Option<Difference> {
    if archive.is_pruned(of) {
        return None;
    }
    let whole = |now: &str| Some(Difference::whole("manifest.json", format!("a file for {receiver}"), now));
    let Some(receiver) = Receiver::ALL.into_iter().find(|one| one.name() == receiver) else {
        return whole("no such receiver");
    };
    let Ok(kept) = kept_run(archive, of) else {
        return whole(&format!("the lines of {of:04} do not follow"));
    };
    let Ok((made, _)) = kept.payroll_file(receiver) else {
        return whole("what the receiver would refuse");
    };
    let names = made.iter().map(|file| file.name.clone()).chain([ABOUT.0.to_owned()]);
    other_files(entry, names).or_else(|| {
        made.iter().find_map(|file| {
            let bytes = archive.read(entry.manifest.number, &file.name).ok()?;
            (bytes != file.bytes).then(|| Difference::between(&file.name, &bytes, &file.bytes))
        })
    })
}

/// Whether an entry says of others that they were removed than those that were too old.
fn removal_differs(archive: &Archive, number: u32, older_than: &str, removed: &[u32]) -> Option<Difference> {
    let old = older_than.parse().map(|day| old_entries(archive, number, day)).unwrap_or_default();
    let names = |numbers: &[u32]| {
        let names: Vec<String> = numbers.iter().map(|number| format!("{number:04}")).collect();
        names.join(", ")
    };
    (removed != old).then(|| Difference::whole("manifest.json", names(removed), names(&old)))
}

/// Whether an entry's account of the format is not what this version writes.
fn about_differs(archive: &Archive, number: u32) -> Option<Difference> {
    let (file, text) = ABOUT;
    let kept = archive.read(number, file).ok()?;
    (kept != text.as_bytes()).then(|| Difference::between(file, &kept, text.as_bytes()))
}

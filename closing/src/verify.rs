//! An archive is verified: its chain, every byte, and every line from the attendance and the regulation.

use std::path::Path;

use honorar_archive::{Archive, Entry, EntryKind, Head, HeadPrefix};
use honorar_engine::Ledger;
use honorar_engine::ledger::{ClosedRun, Posting};
use honorar_exporters::{Difference, KeptRun, RECORD, Verification, verify_files};
use honorar_intake::LedgerTexts;
use honorar_intake::ledger_tables::POSTINGS;
use honorar_problems::{Place, Problem, Severity, in_order};
use honorar_rates::Receiver;

use crate::contents::in_run;
use crate::export::kept_run;
use crate::ledger::ledger_before;

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
    OtherResult(Box<Verification>, Difference),
    /// What was closed does not follow from what was kept, by the version that closed it.
    DoesNotFollow(Difference),
}

impl VerifiedArchive {
    /// Whether all holds.
    pub fn holds(&self) -> bool {
        let holds = |found: &Found| matches!(found, Found::Holds(_) | Found::HoldsAsWritten | Found::Removed);
        self.problems.iter().all(|problem| problem.severity != Severity::Error)
            && self.entries.iter().all(|finding| holds(&finding.found))
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
    let entries = archive.entries().iter();
    let entries =
        entries.map(|entry| EntryFinding { entry: entry.clone(), found: found(&archive, entry) }).collect();
    Ok(VerifiedArchive {
        municipality: municipality.to_owned(),
        head,
        noted: noted_entry.flatten(),
        entries,
        problems: in_order(problems),
    })
}

fn found(archive: &Archive, entry: &Entry) -> Found {
    let number = entry.manifest.number;
    if archive.is_pruned(number) {
        return Found::Removed;
    }
    if archive.files_of(number).is_err() {
        return Found::Damaged;
    }
    match &entry.manifest.entry {
        EntryKind::ClosedRun { .. } => closed_run(archive, entry),
        EntryKind::Export { of, receiver, .. } => export(archive, entry, *of, receiver),
        EntryKind::Prune { .. } => Found::HoldsAsWritten,
    }
}

fn closed_run(archive: &Archive, entry: &Entry) -> Found {
    let number = entry.manifest.number;
    let folder = archive.folder_of(number);
    let verified = verify_files(&folder, |file| archive.read(number, &in_run(file)).ok());
    let Ok(mut verification) = verified else { return Found::Damaged };
    let difference = verification.difference.take().or_else(|| other_than_closed(archive, entry));
    match difference {
        None => Found::Holds(Box::new(verification)),
        // Its own version gave what stands there, or it could not have been closed.
        Some(difference) if !verification.is_of_this_version => {
            Found::OtherResult(Box::new(verification), difference)
        }
        Some(difference) => Found::DoesNotFollow(difference),
    }
}

/// What of a closed run besides its own files does not follow: its record's hash, what it paid, and what it was
/// told of the runs before.
fn other_than_closed(archive: &Archive, entry: &Entry) -> Option<Difference> {
    let number = entry.manifest.number;
    let differs = |file: &str, kept: String, now: String| {
        Some(Difference { file: file.to_owned(), line: 0, kept, now })
    };
    let kept = kept_run(archive, number).ok()?;
    if let EntryKind::ClosedRun { run_sha256, .. } = &entry.manifest.entry
        && run_sha256.to_string() != kept.record_sha256()
    {
        return differs(&in_run(RECORD), run_sha256.to_string(), kept.record_sha256());
    }
    let stated = archive.read(number, POSTINGS).ok()?;
    let now = kept.postings(number)?;
    if stated != now.as_bytes() {
        return Some(Difference::between(POSTINGS, &stated, now.as_bytes()));
    }
    paid_before_differs(archive, number, &kept)
}

/// Whether a run was told of the runs before it what the archive says of them, as far as the archive still has
/// their contents.
fn paid_before_differs(archive: &Archive, number: u32, kept: &KeptRun) -> Option<Difference> {
    let year = kept.period().year();
    let told = kept.paid_before().read().ok()?;
    let was = ledger_before(archive, number).ok()?.for_year(year);
    let (told, was) = (still_there(archive, &told), still_there(archive, &was));
    (told != was).then(|| {
        let (told, was) = (LedgerTexts::of(&told), LedgerTexts::of(&was));
        let of = |texts: &LedgerTexts| format!("{}{}", texts.runs, texts.postings);
        Difference::between("run/input.zip: paid-before", of(&told).as_bytes(), of(&was).as_bytes())
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

fn export(archive: &Archive, entry: &Entry, of: u32, receiver: &str) -> Found {
    if archive.is_pruned(of) {
        return Found::HoldsAsWritten;
    }
    let Ok(kept) = kept_run(archive, of) else { return Found::Damaged };
    let receiver = Receiver::ALL.into_iter().find(|one| one.name() == receiver);
    let made = receiver.and_then(|receiver| kept.payroll_file(receiver).ok());
    for file in made.iter().flat_map(|(files, _)| files) {
        match archive.read(entry.manifest.number, &file.name) {
            Ok(bytes) if bytes == file.bytes => {}
            Ok(bytes) => {
                return Found::DoesNotFollow(Difference::between(&file.name, &bytes, &file.bytes));
            }
            Err(_) => return Found::Damaged,
        }
    }
    Found::HoldsAsWritten
}

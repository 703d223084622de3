//! What the closed runs of an archive have paid.

use std::path::Path;

use honorar_archive::{Archive, EntryKind};
use honorar_engine::ledger::{ClosedRun, Posting};
use honorar_engine::{Ledger, Period};
use honorar_intake::ledger_tables::{POSTINGS, read_postings};
use honorar_intake::{LedgerTexts, Reading, Source, read_source};
use honorar_problems::{Place, Problem};

use crate::contents::closed_runs;

/// Reads a basis together with what the closed runs of an archive have paid. An archive that is not there yet has
/// none.
///
/// What is wrong in the archive is among the problems, and an archive of another municipality.
pub fn read_with_archive(basis: &Path, config: Option<&Path>, archive: &Path, period: Period) -> Reading {
    let source = Source::find(basis, config);
    let opened = Archive::open_or_empty(archive)
        .and_then(|opened| Ok((LedgerTexts::of(&ledger(&opened)?.for_year(period.year())), opened)));
    let (mut reading, problems) = match opened {
        Ok((texts, opened)) => {
            let reading = read_source(source.with_ledger(texts));
            let mine = reading.content.as_ref().map(|content| content.profile.municipality.as_str());
            let other = mine.and_then(|mine| other_municipality(&opened, mine));
            (reading, other.into_iter().collect())
        }
        Err(problems) => (read_source(source), problems),
    };
    if !problems.is_empty() {
        reading.content = None;
        reading.problems.extend(problems);
    }
    reading
}

/// An error where the archive is another municipality's.
pub(crate) fn other_municipality(archive: &Archive, mine: &str) -> Option<Problem> {
    let other = archive.municipality().filter(|other| *other != mine)?;
    let place = Place::file(archive.folder().display().to_string());
    let problem = Problem::error("other_municipality", place, "this is another municipality's archive");
    let hint = "every municipality has an archive of its own: name another folder";
    Some(problem.value(mine).expected(other).hint(hint))
}

/// What the closed runs of an archive have paid, as far as the archive still has it.
pub(crate) fn ledger(archive: &Archive) -> Result<Ledger, Vec<Problem>> {
    ledger_before(archive, u32::MAX)
}

/// The same as it was before an entry was put in: what has been removed since is not there, but is not said to be
/// removed.
pub(crate) fn ledger_before(archive: &Archive, number: u32) -> Result<Ledger, Vec<Problem>> {
    let (mut closed, mut all, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (entry, period) in closed_runs(archive).filter(|(entry, _)| entry.manifest.number < number) {
        let run = entry.manifest.number;
        closed.push(ClosedRun { number: run, period, is_kept: !is_removed_before(archive, run, number) });
        if archive.is_pruned(run) {
            continue;
        }
        match postings(archive, run) {
            Ok(postings) => all.extend(postings),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(Ledger::new(closed, all)) } else { Err(problems) }
}

/// Whether an entry before that of a number says that the contents of another are removed.
pub(crate) fn is_removed_before(archive: &Archive, of: u32, number: u32) -> bool {
    archive.entries().iter().filter(|entry| entry.manifest.number < number).any(
        |entry| matches!(&entry.manifest.entry, EntryKind::Prune { entries, .. } if entries.contains(&of)),
    )
}

fn postings(archive: &Archive, run: u32) -> Result<Vec<Posting>, Problem> {
    let bytes = archive.read(run, POSTINGS)?;
    let text = String::from_utf8_lossy(&bytes);
    read_postings(&text).map_err(|problem| {
        let file = archive.folder_of(run).join(POSTINGS).display().to_string();
        let place = Place { file: file.into(), ..problem.place.clone() };
        Problem { place, ..problem }
    })
}

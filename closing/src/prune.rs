//! Contents that the law no longer requires are removed; that they were there, and their hashes, stays.

use std::path::Path;

use chrono::{Datelike, NaiveDate};
use honorar_archive::{Archive, Disk, Entry, EntryKind, Head, Writer};
use honorar_engine::Period;
use honorar_problems::{Place, Problem};

use crate::contents::{VERSION, closed_runs};
use crate::ledger::is_removed_before;

/// For how many years after the end of the accounting year it is kept (bokføringsloven § 13).
pub const KEPT_YEARS: i32 = 5;

/// What was removed.
#[derive(Debug, Clone)]
pub struct Pruned {
    /// The entries whose contents are gone.
    pub entries: Vec<u32>,
    /// The archive's head.
    pub head: Head,
}

/// Removes the contents of the entries that are older than a day: whose periods, and those of every entry before,
/// ended before it. `today` is what decides whether the law still requires them.
///
/// Errors: a day within the years that the law requires, and whatever the archive refuses.
pub fn prune(
    archive: &Path,
    older_than: NaiveDate,
    today: NaiveDate,
    disk: &dyn Disk,
) -> Result<Pruned, Vec<Problem>> {
    let first_kept = NaiveDate::from_ymd_opt(today.year() - KEPT_YEARS, 1, 1).unwrap_or(NaiveDate::MIN);
    if older_than > first_kept {
        let place = Place::file(archive.display().to_string());
        let message = format!("what is younger than {first_kept} has to be kept (bokføringsloven § 13)");
        return Err(vec![
            Problem::error("to_be_kept", place, message)
                .value(older_than.to_string())
                .expected(format!("{first_kept} or an earlier day"))
                .hint("contents are kept for five years after the end of the accounting year"),
        ]);
    }
    // Before anything is written: where there is no archive, none is made.
    Archive::open(archive)?;
    let mut writer = Writer::begin(archive, disk)?;
    let entries = old_entries(writer.archive(), u32::MAX, older_than);
    let head = writer.prune(&older_than.to_string(), &entries, VERSION)?;
    Ok(Pruned { entries, head })
}

/// The entries before a number that are older than a day and were not removed before it. A correction of an old
/// period is made later, and is as young as what was closed before it; a payroll file is as old as the run that it
/// is of.
pub(crate) fn old_entries(archive: &Archive, before: u32, older_than: NaiveDate) -> Vec<u32> {
    let is_old = |period: &Period| period.last_day() < older_than;
    let old_runs: Vec<u32> = closed_runs(archive)
        .take_while(|(entry, period)| entry.manifest.number < before && is_old(period))
        .map(|(entry, _)| entry.manifest.number)
        .collect();
    let is_of_old_run = |entry: &&Entry| match &entry.manifest.entry {
        EntryKind::ClosedRun { .. } => old_runs.contains(&entry.manifest.number),
        EntryKind::Export { of, .. } => old_runs.contains(of),
        EntryKind::Prune { .. } => false,
    };
    let earlier = archive.entries().iter().take_while(|entry| entry.manifest.number < before);
    let old = earlier.filter(is_of_old_run).map(|entry| entry.manifest.number);
    old.filter(|number| !is_removed_before(archive, *number, before)).collect()
}

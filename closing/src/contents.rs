//! What an entry of a closed run holds.

use honorar_archive::{Archive, Entry, EntryKind};
use honorar_engine::Period;
use honorar_exporters::RUN_IN_ENTRY;

/// The version of the program, which goes into every entry.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What an archive is, for whoever has it without the program.
pub(crate) const ABOUT: (&str, &str) = ("about.txt", include_str!("about.txt"));

/// The folder of a run's files within the entry of its export, and of the run itself.
pub(crate) fn in_run(file: &str) -> String {
    format!("{RUN_IN_ENTRY}/{file}")
}

/// The closed runs of an archive with their periods, in the order of their numbers.
pub(crate) fn closed_runs(archive: &Archive) -> impl Iterator<Item = (&Entry, Period)> {
    archive.entries().iter().filter_map(|entry| match &entry.manifest.entry {
        EntryKind::ClosedRun { period, .. } => Some((entry, period.parse().ok()?)),
        _ => None,
    })
}

//! Closed runs: put into the municipality's archive, known to later runs, exported once, and verified years later.
//!
//! The archive's storage is `honorar_archive`, which knows nothing of pay lines; a run's files are
//! `honorar_exporters`'. Here stands what a closed run is: its folder as it was written, the table of what it paid,
//! and who prepared and approved it.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod close;
mod contents;
mod export;
mod ledger;
mod prune;
mod verify;

pub use close::{Approval, Closed, close};
pub use contents::VERSION;
pub use export::{Exported, export};
pub use ledger::read_with_archive;
pub use prune::{KEPT_YEARS, Pruned, prune};
pub use verify::{EntryFinding, Found, VerifiedArchive, verify_archive};

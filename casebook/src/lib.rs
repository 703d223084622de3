//! Packs of cases beside a regulation's file: what is given, and every line that is expected of it, to
//! the øre.
//!
//! A pack is text that a person wrote; everything wrong in it is reported with its place, and nothing
//! in it makes a run panic. Cases run in memory, each by itself.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod change;
mod expected;
mod pack;
mod run;
mod tables;

pub use change::changed;
pub use pack::{Case, CaseFile, Pack, read_pack};
pub use run::{Found, Outcome};
pub use tables::COLUMNS;

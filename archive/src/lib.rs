//! The storage of a municipality's archive: a plain folder of numbered entries that is only ever added to.
//!
//! ```text
//! ARCHIVE/
//!   0001/             an entry
//!     manifest.json   what it is, its files with their hashes, and the hash of the manifest before
//!     manifest.sha256 the manifest's own hash, as `sha256sum -c` reads it
//!     …               the entry's files
//!   0002/
//!   .lock             for one writer at a time
//! ```
//!
//! Each manifest names the one before it, so the hash of the last one, the [`Head`], stands for all that was ever
//! put in. What is put in is there for good or not at all: see [`Disk`] for what that rests on.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod archive;
mod chain;
mod check;
mod contents;
mod digest;
mod disk;
mod head;
mod leftovers;
mod limits;
mod listing;
mod lock;
mod manifest;
mod names;
mod prune;
mod rights;
mod seal;
mod staging;
mod trouble;
mod whereabouts;
mod writer;

pub use archive::{Archive, Entry};
pub use digest::{Digest, NotADigest};
pub use disk::{Disk, LocalDisk};
pub use head::{Head, HeadPrefix, NotAHead};
pub use manifest::{EntryKind, FileRecord, Manifest};
pub use whereabouts::{is_entry, is_within_archive};
pub use writer::Writer;

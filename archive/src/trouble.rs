//! What may be wrong with an archive, in words. They hold no names of people and no incomes.

use std::io;
use std::path::Path;

use honorar_problems::{Place, Problem};

use crate::names::entry_name;

pub(crate) const FROM_A_COPY: &str = "compare with a copy of the archive, and take it from there";

/// The archive itself.
pub(crate) fn whole(archive: &Path) -> Place {
    Place::file(archive.display().to_string())
}

/// Something in an archive.
pub(crate) fn inside(archive: &Path, name: &str) -> Place {
    // Joining nothing would add a slash.
    if name.is_empty() { whole(archive) } else { whole(&archive.join(name)) }
}

/// A file of an entry, or with an empty name the entry.
pub(crate) fn within(archive: &Path, number: u32, name: &str) -> Place {
    inside(&archive.join(entry_name(number)), name)
}

pub(crate) fn not_read(place: Place, error: &io::Error) -> Problem {
    let hint = "ask whoever owns the archive for the right to read it, or look after the disk";
    Problem::error("not_read", place, format!("this cannot be read: {}", error.kind())).hint(hint)
}

pub(crate) fn gone(place: Place) -> Problem {
    Problem::error("gone", place, "the file is gone").hint(FROM_A_COPY)
}

pub(crate) fn changed(place: Place) -> Problem {
    Problem::error("changed", place, "the file is not the one that was put in").hint(FROM_A_COPY)
}

pub(crate) fn strange(place: Place) -> Problem {
    Problem::error("strange", place, "this is no part of the archive").hint(
        "move it elsewhere: an archive holds what `manifest.json` of its entries names, and nothing else",
    )
}

pub(crate) fn no_archive(archive: &Path) -> Problem {
    Problem::error("no_archive", whole(archive), "there is no archive here")
        .expected("a folder with the entries `0001`, `0002` and so on")
}

pub(crate) fn something_else(archive: &Path) -> Problem {
    Problem::error("no_archive", whole(archive), "the folder holds something else than an archive")
        .expected("an archive, an empty folder, or one that is not there yet")
        .hint("name another folder")
}

pub(crate) fn busy(archive: &Path) -> Problem {
    Problem::error("busy", whole(archive), "somebody else is closing a run in this archive")
        .hint("try again when they are done")
}

/// Why the disk did not take something.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The archive's group cannot be given to it.
    Group,
    /// The number is taken: somebody else was quicker.
    Taken,
    /// The file system refused.
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Refusal {
    /// The refusal as a problem of the archive: `what` cannot be written.
    pub(crate) fn problem(&self, archive: &Path, what: &str) -> Problem {
        match self {
            Self::Taken => busy(archive),
            Self::Group => {
                let message = format!("{what} cannot be given to the group of the archive's folder");
                Problem::error("no_group", whole(archive), message).hint(
                    "become a member of that group, or let whoever owns the folder run `chmod g+s` on it",
                )
            }
            Self::Io(error) => {
                let message = format!("{what} cannot be written: {}", error.kind());
                Problem::error("not_written", whole(archive), message).hint(mend(error.kind()))
            }
        }
    }
}

fn mend(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room and try again; the archive is as it was"
        }
        io::ErrorKind::PermissionDenied => {
            "ask whoever owns the archive for the right to write into it; the archive is as it was"
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "make the disk writable, or name a folder on another; the archive is as it was"
        }
        _ => "look after the disk and try again; the archive is as it was",
    }
}

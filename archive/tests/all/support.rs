//! Small archives, and what is done to them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use honorar_archive::{Archive, Digest, Disk, EntryKind, Head, Writer};
use honorar_problems::{Problem, Severity};
use tempfile::TempDir;

use crate::rigged::{Fate, Rigged, Step};

pub(crate) const VERSION: &str = "0.1.0";

pub(crate) fn closed(basis: &str) -> EntryKind {
    EntryKind::ClosedRun {
        basis: basis.to_owned(),
        period: "2014 H1".to_owned(),
        run_sha256: Digest::of(basis.as_bytes()),
        prepared_by: "saksbehandlar".to_owned(),
        approved_by: "økonomisjef".to_owned(),
        approved_on: Some("2014-07-01".to_owned()),
    }
}

pub(crate) fn export_of(of: u32) -> EntryKind {
    EntryKind::Export { of, receiver: "tripletex".to_owned(), why: None }
}

/// A disk that does everything but wait for the disk.
pub(crate) fn quick() -> Rigged<'static> {
    Rigged::new(|_, _| Fate::Spared)
}

/// The files of an entry: in folders, empty, and not in order.
pub(crate) fn files(mark: &str) -> Vec<(String, Vec<u8>)> {
    let file = |name: &str, bytes: String| (name.to_owned(), bytes.into_bytes());
    vec![
        file("run/lines.csv", format!("0106,1234.50,{mark}\n")),
        file("run/input/frammøte.csv", format!("FSK-6;{mark}\n")),
        file("postings.csv", format!("1000;{mark}\n")),
        file("about.txt", String::new()),
    ]
}

pub(crate) fn append(folder: &Path, mark: &str) -> Result<Head, Vec<Problem>> {
    append_on(&quick(), folder, mark)
}

pub(crate) fn append_on(disk: &dyn Disk, folder: &Path, mark: &str) -> Result<Head, Vec<Problem>> {
    Writer::begin(folder, disk)?.append("aurland", VERSION, closed(mark), &files(mark))
}

pub(crate) fn prune_on(disk: &dyn Disk, folder: &Path, numbers: &[u32]) -> Result<Head, Vec<Problem>> {
    Writer::begin(folder, disk)?.prune("2014-12-31", numbers, VERSION)
}

/// An archive of so many closed runs, and the folder above it that goes away by itself.
pub(crate) fn archive_of(entries: u32) -> (TempDir, PathBuf) {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("archive");
    for number in 1..=entries {
        append(&folder, &format!("basis-{number}")).unwrap();
    }
    (above, folder)
}

pub(crate) fn codes(problems: &[Problem]) -> Vec<&'static str> {
    let mut codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    codes.dedup();
    codes
}

pub(crate) fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &to);
        } else {
            // Not the rights: a copy is there to be damaged.
            fs::write(&to, fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

/// All files of a folder by their names; the hidden ones at its top left out.
pub(crate) fn snapshot(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, name: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let entry = entry.unwrap();
            let part = entry.file_name().into_string().unwrap();
            if name.is_empty() && part.starts_with('.') {
                continue;
            }
            let name = if name.is_empty() { part } else { format!("{name}/{part}") };
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &name, found);
            } else {
                found.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

/// Whether the archive opens (or is empty) and has nothing worse than notes.
pub(crate) fn assert_whole(folder: &Path, context: &str) {
    let archive =
        Archive::open_or_empty(folder).unwrap_or_else(|problems| panic!("{context}: {problems:#?}"));
    let problems = archive.check();
    assert!(problems.iter().all(|one| one.severity == Severity::Note), "{context}: {problems:#?}");
}

pub(crate) fn assert_spotless(folder: &Path, context: &str) {
    let archive =
        Archive::open_or_empty(folder).unwrap_or_else(|problems| panic!("{context}: {problems:#?}"));
    assert_eq!(archive.check(), [], "{context}");
}

/// What is done to an archive while the disk fails or the process dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// The first entry of an archive that is not there yet.
    First,
    /// The third entry.
    Third,
    /// The contents of the first two entries of three are removed.
    Prune,
}

impl Deed {
    pub(crate) const ALL: [Self; 3] = [Self::First, Self::Third, Self::Prune];

    pub(crate) fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|deed| format!("{deed:?}") == name).unwrap()
    }

    /// The archive before.
    pub(crate) fn before(self) -> (TempDir, PathBuf) {
        match self {
            // Not even the folder above is there.
            Self::First => {
                let above = tempfile::tempdir().unwrap();
                let folder = above.path().join("new/archive");
                (above, folder)
            }
            Self::Third => archive_of(2),
            Self::Prune => archive_of(3),
        }
    }

    pub(crate) fn on(self, disk: &dyn Disk, folder: &Path) -> Result<Head, Vec<Problem>> {
        match self {
            Self::First | Self::Third => append_on(disk, folder, "put in"),
            Self::Prune => prune_on(disk, folder, &[1, 2]),
        }
    }

    /// The archive before and after, and the steps between.
    pub(crate) fn seen(self) -> Seen {
        let (_above, folder) = self.before();
        let before = snapshot(&folder);
        let disk = quick();
        self.on(&disk, &folder).unwrap();
        Seen { before, after: snapshot(&folder), steps: disk.steps.into_inner() }
    }
}

pub(crate) struct Seen {
    pub(crate) before: BTreeMap<String, Vec<u8>>,
    pub(crate) after: BTreeMap<String, Vec<u8>>,
    pub(crate) steps: Vec<Step>,
}

impl Seen {
    /// Whether the deed is done as far as the archive says; and it is all there or all not there.
    pub(crate) fn is_done(&self, deed: Deed, folder: &Path, context: &str) -> bool {
        assert_whole(folder, context);
        let found = snapshot(folder);
        if found == self.before {
            return false;
        }
        if deed == Deed::Prune {
            // Something may be left of what is to be removed, and nothing else.
            let mut most = self.before.clone();
            most.extend(self.after.clone());
            assert!(self.after.iter().all(|(name, bytes)| found.get(name) == Some(bytes)), "{context}");
            assert!(found.iter().all(|(name, bytes)| most.get(name) == Some(bytes)), "{context}");
        } else {
            assert_eq!(found, self.after, "{context}");
        }
        true
    }

    /// Does the deed once more, and something else: the archive goes on as if nothing had been.
    pub(crate) fn goes_on(&self, deed: Deed, folder: &Path, is_done: bool, context: &str) {
        if deed == Deed::Prune || !is_done {
            deed.on(&quick(), folder).unwrap_or_else(|problems| panic!("{context}: {problems:#?}"));
        }
        assert_eq!(snapshot(folder), self.after, "{context}");
        append(folder, "afterwards").unwrap_or_else(|problems| panic!("{context}: {problems:#?}"));
        assert_spotless(folder, context);
        let hidden: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with('.') && name != ".lock")
            .collect();
        assert!(hidden.is_empty(), "{context}: {hidden:?}");
    }
}

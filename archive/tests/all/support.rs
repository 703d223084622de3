//! Small archives, and disks that fail or die at a step.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use honorar_archive::{Archive, Digest, Disk, EntryKind, Head, LocalDisk, Writer};
use honorar_problems::{Problem, Severity};
use tempfile::TempDir;

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

/// What happens instead of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Nothing: the step is done.
    Spared,
    /// It fails.
    Fails(io::ErrorKind),
    /// It is done, and yet an error is given.
    DoneButFails(io::ErrorKind),
    /// The process dies before it.
    Dies,
    /// The process dies in the middle of it, where it is a write; else before it.
    DiesHalfway,
}

type Rig<'r> = Box<dyn Fn(usize, &Step) -> Fate + 'r>;

/// A step that a disk was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) kind: &'static str,
    pub(crate) path: PathBuf,
}

/// The local disk with a fate for each step. It takes note of what is to be synced and waits for none of it: the
/// power does not go here, and thousands of syncs take their time.
pub(crate) struct Rigged<'r> {
    rig: Rig<'r>,
    after: Box<dyn Fn() + 'r>,
    pub(crate) steps: RefCell<Vec<Step>>,
}

impl<'r> Rigged<'r> {
    pub(crate) fn new(rig: impl Fn(usize, &Step) -> Fate + 'r) -> Self {
        Self { rig: Box::new(rig), after: Box::new(|| {}), steps: RefCell::default() }
    }

    /// A disk that does everything, and after each step lets somebody look.
    pub(crate) fn watched(after: impl Fn() + 'r) -> Self {
        Self { after: Box::new(after), ..Self::new(|_, _| Fate::Spared) }
    }

    fn fate(&self, kind: &'static str, path: &Path) -> Fate {
        let step = Step { kind, path: path.to_owned() };
        let number = self.steps.borrow().len();
        let fate = (self.rig)(number, &step);
        self.steps.borrow_mut().push(step);
        fate
    }

    fn step<T>(&self, kind: &'static str, path: &Path, act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        match self.fate(kind, path) {
            Fate::Spared => {}
            Fate::Fails(error) => return Err(error.into()),
            Fate::DoneButFails(error) => {
                act()?;
                return Err(error.into());
            }
            Fate::Dies | Fate::DiesHalfway => std::process::abort(),
        }
        let result = act();
        (self.after)();
        result
    }
}

impl Disk for Rigged<'_> {
    fn create_folder(&self, path: &Path, mode: u32) -> io::Result<()> {
        self.step("create_folder", path, || LocalDisk.create_folder(path, mode))
    }

    fn create_file(&self, path: &Path, mode: u32) -> io::Result<File> {
        self.step("create_file", path, || LocalDisk.create_file(path, mode))
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        match self.fate("write", Path::new("")) {
            Fate::Spared => {
                let result = LocalDisk.write(file, bytes);
                (self.after)();
                result
            }
            // A disk that is full takes what it can.
            Fate::Fails(error) | Fate::DoneButFails(error) => {
                LocalDisk.write(file, &bytes[..bytes.len() / 2])?;
                Err(error.into())
            }
            Fate::DiesHalfway => {
                LocalDisk.write(file, &bytes[..bytes.len() / 2])?;
                std::process::abort()
            }
            Fate::Dies => std::process::abort(),
        }
    }

    fn sync_file(&self, file: &File) -> io::Result<()> {
        self.step("sync_file", Path::new(""), || file.metadata().map(drop))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step("sync_folder", path, || fs::read_dir(path).map(drop))
    }

    fn set_group(&self, path: &Path, group: u32) -> io::Result<()> {
        self.step("set_group", path, || LocalDisk.set_group(path, group))
    }

    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        self.step("set_mode", path, || LocalDisk.set_mode(path, mode))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename", from, || LocalDisk.rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step("remove_file", path, || LocalDisk.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step("remove_folder", path, || LocalDisk.remove_folder(path))
    }

    fn lock(&self, file: &File) -> Result<(), TryLockError> {
        match self.fate("lock", Path::new("")) {
            Fate::Spared => LocalDisk.lock(file),
            Fate::Fails(error) | Fate::DoneButFails(error) => Err(TryLockError::Error(error.into())),
            Fate::Dies | Fate::DiesHalfway => std::process::abort(),
        }
    }
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

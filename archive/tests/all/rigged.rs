//! Disks that fail or die at a step. The tests of closed runs use them too.

use std::cell::RefCell;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use honorar_archive::{Disk, LocalDisk};

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

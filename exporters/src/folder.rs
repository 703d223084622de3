//! The run's folder: whole or not at all, readable by its owner only.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use honorar_archive::is_within_archive;
use honorar_problems::{Place, Problem};
use tempfile::{Builder, TempDir};

use crate::run::{OutputFile, Run};

/// Why a run's folder was not written. What stood there before still stands.
#[derive(Debug)]
pub enum FolderError {
    /// The folder holds something that is no earlier run of the same basis and period.
    NotARun,
    /// There is something that is no folder.
    NotAFolder,
    /// The folder is in an archive, whose runs are closed.
    Closed,
    /// The folder holds something, and the files want one of their own.
    NotEmpty,
    /// The file system refused.
    Io(io::Error),
}

impl FolderError {
    /// The error as a problem of the folder, with how to go on.
    pub fn problem(&self, folder: &Path) -> Problem {
        let hint = match self {
            Self::NotARun | Self::NotAFolder | Self::NotEmpty => {
                Some("name another folder with --out".to_owned())
            }
            Self::Closed => Some("name a folder outside the archive with --out".to_owned()),
            Self::Io(_) => None,
        };
        let place = Place::file(folder.display().to_string());
        Problem::error("not_written", place, self.to_string()).maybe_hint(hint)
    }
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotARun => {
                f.write_str("the folder is not empty and holds no earlier run of this basis and period")
            }
            Self::NotAFolder => f.write_str("this is no folder"),
            Self::Closed => f.write_str("the folder is in an archive, and what is closed is never changed"),
            Self::NotEmpty => f.write_str("the folder is not empty"),
            Self::Io(error) => write!(f, "the results cannot be written: {}", error.kind()),
        }
    }
}

impl From<io::Error> for FolderError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl std::error::Error for FolderError {}

/// Writes the files of a run into a folder that appears as a whole, in the place of an earlier
/// run of the same basis and period.
///
/// The files are written beside the folder first; then the two change places in one step (on
/// Linux; elsewhere the old folder is moved away first).
pub fn publish(run: &Run<'_>, files: &[OutputFile], folder: &Path) -> Result<(), FolderError> {
    let period = run.period.to_string();
    let identity =
        Identity { municipality: &run.content.profile.municipality, basis: run.name, period: &period };
    publish_as(&identity, files, folder)
}

/// What a folder's record has to say for the folder to be an earlier one of the same.
pub(crate) struct Identity<'r> {
    pub(crate) municipality: &'r str,
    pub(crate) basis: &'r str,
    pub(crate) period: &'r str,
}

/// The same for whatever else has a record.
pub(crate) fn publish_as(
    identity: &Identity<'_>,
    files: &[OutputFile],
    folder: &Path,
) -> Result<(), FolderError> {
    // A link, or `.`, stands for the folder it means.
    let meant = folder.canonicalize();
    let folder = meant.as_deref().unwrap_or(folder);
    let replaces = may_replace(identity, folder)?;
    put(files, folder, replaces)
}

/// Writes files into a folder of their own, which appears as a whole.
pub(crate) fn publish_new(files: &[OutputFile], folder: &Path) -> Result<(), FolderError> {
    let meant = folder.canonicalize();
    let folder = meant.as_deref().unwrap_or(folder);
    let is_there = is_there(folder)?;
    if is_there && fs::read_dir(folder)?.next().is_some() {
        return Err(FolderError::NotEmpty);
    }
    put(files, folder, is_there)
}

fn put(files: &[OutputFile], folder: &Path, replaces: bool) -> Result<(), FolderError> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_private(parent)?;
    let prefix = format!(".{}-", folder.file_name().unwrap_or_default().to_string_lossy());
    let new = private_tempdir(&prefix, parent)?;
    for file in files {
        let path = new.path().join(&file.name);
        if let Some(parent) = path.parent().filter(|parent| *parent != new.path()) {
            create_private(parent)?;
        }
        write_private(&path, &file.bytes)?;
    }
    if replaces {
        exchange(new, folder)?;
    } else {
        rename(new, folder)?;
    }
    Ok(())
}

/// Whether the folder stands and may be replaced: it is empty, or an earlier run of the same.
fn may_replace(identity: &Identity<'_>, folder: &Path) -> Result<bool, FolderError> {
    if !is_there(folder)? {
        return Ok(false);
    }
    if fs::read_dir(folder)?.next().is_none() {
        return Ok(true);
    }
    let record = fs::read(folder.join("run.json")).map_err(|_| FolderError::NotARun)?;
    let record: serde_json::Value = serde_json::from_slice(&record).map_err(|_| FolderError::NotARun)?;
    let is = |key: &str, value: &str| record.get(key).and_then(serde_json::Value::as_str) == Some(value);
    let same = is("program", "honorar")
        && is("municipality", identity.municipality)
        && is("basis", identity.basis)
        && is("period", identity.period);
    if same { Ok(true) } else { Err(FolderError::NotARun) }
}

/// Whether there is a folder; one in an archive is nobody's to write.
fn is_there(folder: &Path) -> Result<bool, FolderError> {
    if is_within_archive(folder) {
        return Err(FolderError::Closed);
    }
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
        Ok(metadata) if !metadata.is_dir() => Err(FolderError::NotAFolder),
        Ok(_) => Ok(true),
    }
}

fn rename(new: TempDir, folder: &Path) -> io::Result<()> {
    fs::rename(new.path(), folder)?;
    // It has moved: there is nothing left to remove.
    let _ = new.keep();
    Ok(())
}

#[cfg(target_os = "linux")]
fn exchange(new: TempDir, folder: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, new.path(), CWD, folder, RenameFlags::EXCHANGE) {
        // What stands in the temporary place now is the earlier run.
        // The new run stands. Should the old one not go away, it is still its owner's only.
        Ok(()) => {
            let _ = new.close();
            Ok(())
        }
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {
            move_away_and_rename(new, folder)
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(new: TempDir, folder: &Path) -> io::Result<()> {
    move_away_and_rename(new, folder)
}

/// For file systems that cannot exchange two folders in one step.
fn move_away_and_rename(new: TempDir, folder: &Path) -> io::Result<()> {
    let parent = new.path().parent().unwrap_or(Path::new("."));
    let old = private_tempdir(".earlier-", parent)?;
    let away = old.path().join("run");
    fs::rename(folder, &away)?;
    if let Err(error) = fs::rename(new.path(), folder) {
        fs::rename(&away, folder)?;
        return Err(error);
    }
    let _ = new.keep();
    old.close()
}

fn private_tempdir(prefix: &str, parent: &Path) -> io::Result<TempDir> {
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.prefix(prefix).tempdir_in(parent)
}

#[cfg(unix)]
fn create_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn create_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}

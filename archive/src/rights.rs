//! Whose what is put into an archive is: it has the archive folder's own rights, minus all for others.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

use crate::disk::Disk;
use crate::trouble::Refusal;

/// What a folder is created with, before anything else may look into it.
pub(crate) const PRIVATE_FOLDER: u32 = 0o700;
/// The same of a file.
pub(crate) const PRIVATE_FILE: u32 = 0o600;

/// The rights of an archive, taken from its folder.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rights {
    /// The mode of folders.
    pub(crate) folder: u32,
    /// The mode of files that are closed: nobody writes them any more.
    pub(crate) file: u32,
    /// The mode of the lock, which every writer has to open for writing.
    pub(crate) lock: u32,
    /// The group of all of them.
    pub(crate) group: u32,
}

#[cfg(unix)]
impl Rights {
    pub(crate) fn of(archive: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let mode = archive.mode();
        Self { folder: mode & 0o770, file: mode & 0o440, lock: mode & 0o660, group: archive.gid() }
    }

    /// Whether what this is of already has the archive's group.
    pub(crate) fn has_group(self, of: &Metadata) -> bool {
        std::os::unix::fs::MetadataExt::gid(of) == self.group
    }

    /// Whether what this is of has this mode.
    pub(crate) fn has_mode(of: &Metadata, mode: u32) -> bool {
        std::os::unix::fs::MetadataExt::mode(of) & 0o7777 == mode
    }
}

/// Elsewhere a new file has the rights that its folder hands down.
#[cfg(not(unix))]
impl Rights {
    pub(crate) fn of(_: &Metadata) -> Self {
        Self { folder: PRIVATE_FOLDER, file: PRIVATE_FILE, lock: PRIVATE_FILE, group: 0 }
    }

    pub(crate) fn has_group(self, _: &Metadata) -> bool {
        true
    }

    pub(crate) fn has_mode(_: &Metadata, _: u32) -> bool {
        true
    }
}

/// Gives a file or folder the archive's group, and then this mode: in this order, so that no other group ever
/// has the mode's rights.
pub(crate) fn give(disk: &dyn Disk, path: &Path, rights: Rights, mode: u32) -> Result<(), Refusal> {
    let metadata = fs::symlink_metadata(path)?;
    if !rights.has_group(&metadata) {
        disk.set_group(path, rights.group).map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied => Refusal::Group,
            _ => Refusal::Io(error),
        })?;
    }
    if !Rights::has_mode(&metadata, mode) {
        disk.set_mode(path, mode)?;
    }
    Ok(())
}

//! What a crash left behind: hidden folders in which an entry was being made.

use std::fs;
use std::io;
use std::path::Path;

use crate::disk::Disk;

/// Removes those with these names. Only whoever holds the lock may: another may be at work in one of them.
///
/// One that stays, because it is somebody else's, hinders nobody; [`crate::Archive::check`] shows it.
pub(crate) fn remove(disk: &dyn Disk, archive: &Path, names: &[String]) {
    for name in names {
        let _ = remove_tree(disk, &archive.join(name));
    }
}

/// Removes a folder with all that is in it. Links are removed, not followed.
pub(crate) fn remove_tree(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(path)?.is_dir() {
        return disk.remove_file(path);
    }
    for entry in fs::read_dir(path)? {
        remove_tree(disk, &entry?.path())?;
    }
    disk.remove_folder(path)
}

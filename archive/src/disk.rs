//! Every change that an archive makes to a file system, one step a method.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;

/// The file system as an archive changes it: each method is one step, after any of which the power may go.
///
/// An archive is whole after every step on file systems that rename a folder in one step and keep, after an
/// `fsync`, what they said they would: `ext4`, `xfs`, `btrfs`, ZFS, APFS and others, on a disk of the machine.
/// Over a network (`NFSv4`, SMB) it is as far as the server does the same. It is not on FAT and `exFAT`, as on
/// memory sticks: make the archive elsewhere and copy it there. Outside Unix a folder cannot be synced by these
/// means, so the newest entry may be lost when the power goes, though never half.
pub trait Disk {
    /// Creates a folder with this mode.
    fn create_folder(&self, path: &Path, mode: u32) -> io::Result<()>;
    /// Creates a file that is not there yet, with this mode, for writing.
    fn create_file(&self, path: &Path, mode: u32) -> io::Result<File>;
    /// Writes all of the bytes.
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()>;
    /// Waits until a file is on the disk.
    fn sync_file(&self, file: &File) -> io::Result<()>;
    /// Waits until a folder's names are on the disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Gives a file or folder to a group.
    fn set_group(&self, path: &Path, group: u32) -> io::Result<()>;
    /// Sets the mode of a file or folder.
    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()>;
    /// Gives a folder another name, and fails where something has that name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file or a link.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder that is empty.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Locks a file for this process alone, until it is closed, or fails at once.
    fn lock(&self, file: &File) -> Result<(), TryLockError>;
}

/// The file system of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalDisk;

impl Disk for LocalDisk {
    fn create_folder(&self, path: &Path, mode: u32) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, mode);
        #[cfg(not(unix))]
        let _ = mode;
        builder.create(path)
    }

    fn create_file(&self, path: &Path, mode: u32) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
        #[cfg(not(unix))]
        let _ = mode;
        options.open(path)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync_file(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    #[cfg(unix)]
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    #[cfg(not(unix))]
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    #[cfg(unix)]
    fn set_group(&self, path: &Path, group: u32) -> io::Result<()> {
        std::os::unix::fs::lchown(path, None, Some(group))
    }

    #[cfg(not(unix))]
    fn set_group(&self, _: &Path, _: u32) -> io::Result<()> {
        Ok(())
    }

    #[cfg(unix)]
    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
    }

    #[cfg(not(unix))]
    fn set_mode(&self, _: &Path, _: u32) -> io::Result<()> {
        Ok(())
    }

    #[cfg(target_os = "linux")]
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => look_and_rename(from, to),
            result => Ok(result?),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        look_and_rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn lock(&self, file: &File) -> Result<(), TryLockError> {
        file.try_lock()
    }
}

/// For file systems that cannot refuse to replace. Should somebody be quicker, a folder still does not replace
/// one that holds something, as an entry always does.
fn look_and_rename(from: &Path, to: &Path) -> io::Result<()> {
    match fs::symlink_metadata(to) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::rename(from, to),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_replaces_nothing() {
        for rename in [|from: &Path, to: &Path| LocalDisk.rename(from, to), look_and_rename] {
            let folder = tempfile::tempdir().unwrap();
            let (from, to) = (folder.path().join("from"), folder.path().join("to"));
            fs::create_dir(&from).unwrap();
            fs::create_dir(&to).unwrap();
            assert_eq!(rename(&from, &to).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
            fs::remove_dir(&to).unwrap();
            rename(&from, &to).unwrap();
            assert!(to.is_dir() && !from.exists());
        }
    }

    #[test]
    fn a_lock_is_for_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = LocalDisk.create_file(&path, 0o600).unwrap();
        let second = OpenOptions::new().write(true).open(&path).unwrap();
        LocalDisk.lock(&first).unwrap();
        assert!(matches!(LocalDisk.lock(&second), Err(TryLockError::WouldBlock)));
        drop(first);
        LocalDisk.lock(&second).unwrap();
    }
}

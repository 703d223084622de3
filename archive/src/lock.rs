//! One writer at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use honorar_problems::Problem;

use crate::disk::Disk;
use crate::names::LOCK;
use crate::rights::{Rights, give};
use crate::trouble::{Refusal, busy};

/// The lock of an archive, held until it is dropped.
pub(crate) struct Lock {
    file: File,
    /// Whether there can be no other writer. Where a file system has no locks, nobody knows; that an entry never
    /// takes another's place is the guard then.
    pub(crate) is_alone: bool,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a process that was started meanwhile may still have it open.
        let _ = self.file.unlock();
    }
}

impl Lock {
    pub(crate) fn take(disk: &dyn Disk, archive: &Path, rights: Rights) -> Result<Self, Problem> {
        let path = archive.join(LOCK);
        let refused = |refusal: Refusal| refusal.problem(archive, "the lock");
        // It is empty, so it may have its rights from the start.
        let (file, is_new) = match disk.create_file(&path, rights.lock) {
            Ok(file) => (file, true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                (open(&path).map_err(|error| refused(error.into()))?, false)
            }
            Err(error) => return Err(refused(error.into())),
        };
        match give(disk, &path, rights, rights.lock) {
            // Somebody else made it; that it could be opened is enough.
            Err(Refusal::Group | Refusal::Io(_)) if !is_new => {}
            result => result.map_err(refused)?,
        }
        let is_alone = match disk.lock(&file) {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => return Err(busy(archive)),
            Err(TryLockError::Error(error)) if is_unsupported(&error) => false,
            Err(TryLockError::Error(error)) => return Err(refused(error.into())),
        };
        Ok(Self { file, is_alone })
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        // A link in its place would lead out of the archive, and a pipe would wait for a reader for ever.
        if let Ok(flags) = i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()) {
            std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
        }
    }
    options.open(path)
}

#[cfg(unix)]
fn is_unsupported(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let without = [Errno::NOLCK, Errno::NOTSUP, Errno::OPNOTSUPP, Errno::NOSYS];
    error.kind() == io::ErrorKind::Unsupported
        || without.iter().any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}

#[cfg(not(unix))]
fn is_unsupported(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

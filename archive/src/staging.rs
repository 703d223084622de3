//! An entry, made in a hidden folder beside the others, which then gets its name in one step.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::Disk;
use crate::leftovers::remove_tree;
use crate::names::{MANIFEST, SEAL, entry_name, folders_of, staging_name};
use crate::rights::{PRIVATE_FILE, PRIVATE_FOLDER, Rights, give};
use crate::trouble::Refusal;

/// Where an entry is put, and with what rights.
pub(crate) struct Staging<'a> {
    pub(crate) disk: &'a dyn Disk,
    pub(crate) archive: &'a Path,
    pub(crate) rights: Rights,
    pub(crate) number: u32,
}

impl Staging<'_> {
    /// Puts an entry of these files into the archive. An error: the archive is as it was.
    ///
    /// What is said to the disk once more, so that the entry also outlasts a power cut, is
    /// [`Disk::sync_folder`] of the archive.
    pub(crate) fn publish(
        &self,
        files: &[(&str, &[u8])],
        manifest: &[u8],
        seal: &[u8],
    ) -> Result<(), Refusal> {
        let hidden = self.archive.join(staging_name(self.number, RandomState::new().hash_one(self.number)));
        self.disk.create_folder(&hidden, PRIVATE_FOLDER)?;
        let result = self.fill(&hidden, files, manifest, seal).and_then(|()| self.appear(&hidden, manifest));
        if result.is_err() {
            // What cannot be removed now, the next writer removes.
            let _ = remove_tree(self.disk, &hidden);
        }
        result
    }

    /// Nobody but its owner sees into the hidden folder until all that is in it has its rights.
    fn fill(
        &self,
        hidden: &Path,
        files: &[(&str, &[u8])],
        manifest: &[u8],
        seal: &[u8],
    ) -> Result<(), Refusal> {
        let folders: BTreeSet<&str> = files.iter().flat_map(|(name, _)| folders_of(name)).collect();
        for folder in &folders {
            self.disk.create_folder(&hidden.join(folder), PRIVATE_FOLDER)?;
        }
        for (name, bytes) in files.iter().copied().chain([(MANIFEST, manifest), (SEAL, seal)]) {
            let path = hidden.join(name);
            let mut file = self.disk.create_file(&path, PRIVATE_FILE)?;
            self.disk.write(&mut file, bytes)?;
            give(self.disk, &path, self.rights, self.rights.file)?;
            self.disk.sync_file(&file)?;
        }
        // The innermost first: the outermost shuts the others off until they have their rights.
        let inner = folders.iter().rev().map(|folder| hidden.join(folder));
        for folder in inner.chain([hidden.to_owned()]) {
            give(self.disk, &folder, self.rights, self.rights.folder)?;
            self.disk.sync_folder(&folder)?;
        }
        Ok(())
    }

    fn appear(&self, hidden: &Path, manifest: &[u8]) -> Result<(), Refusal> {
        let entry = self.archive.join(entry_name(self.number));
        match self.disk.rename(hidden, &entry) {
            Ok(()) => Ok(()),
            // A server may say no though it did it, when its answer was lost and it was asked again.
            Err(_) if is_gone(hidden) && fs::read(entry.join(MANIFEST)).is_ok_and(|it| it == manifest) => {
                Ok(())
            }
            Err(error) => match error.kind() {
                io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty => Err(Refusal::Taken),
                _ => Err(error.into()),
            },
        }
    }
}

fn is_gone(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Creates a folder, and those above it that are not there, for their owner only.
pub(crate) fn create_folders(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let mut missing: Vec<&Path> = Vec::new();
    for path in folder.ancestors().filter(|path| !path.as_os_str().is_empty()) {
        if path.try_exists()? {
            break;
        }
        missing.push(path);
    }
    for path in missing.into_iter().rev() {
        match disk.create_folder(path, PRIVATE_FOLDER) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
            result => result?,
        }
        disk.sync_folder(&parent(path))?;
    }
    Ok(())
}

/// The folder that a folder is in.
pub(crate) fn parent(folder: &Path) -> PathBuf {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_owned()
}

//! Whether a folder is in an archive already.

use std::path::{Path, PathBuf};

use crate::names::{MANIFEST, SEAL, entry_name, entry_number};

/// The archive and the number of the entry that a folder is, or is within; whoever writes elsewhere may refuse to
/// write there. The folder itself need not be there yet.
pub fn is_entry(folder: &Path) -> Option<(PathBuf, u32)> {
    entry_of(&real(folder)?)
}

/// Whether a folder is in an archive, be it in an entry or beside the entries: whatever else stands there is strange
/// to the archive. The folder itself need not be there yet.
pub fn is_within_archive(folder: &Path) -> bool {
    let is_archive = |folder: &Path| looks_like_entry(&folder.join(entry_name(1)));
    real(folder).is_some_and(|folder| entry_of(&folder).is_some() || folder.ancestors().any(is_archive))
}

/// The same of a folder that is no link.
fn entry_of(real: &Path) -> Option<(PathBuf, u32)> {
    real.ancestors().find_map(|folder| {
        let number = entry_number(folder.file_name()?.to_str()?)?;
        looks_like_entry(folder).then(|| Some((folder.parent()?.to_owned(), number)))?
    })
}

/// The folder that is meant by a link or by `.`, or that which a folder will be in when it is made.
fn real(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find_map(|path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        path.canonicalize().ok()
    })
}

/// Whether a folder holds what an entry does. One of the two files is enough: a damaged entry is still one.
fn looks_like_entry(folder: &Path) -> bool {
    folder.is_dir() && (folder.join(MANIFEST).exists() || folder.join(SEAL).exists())
}

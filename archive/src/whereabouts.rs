//! Whether a folder is in an archive already.

use std::path::{Path, PathBuf};

use crate::names::{MANIFEST, SEAL, entry_name, entry_number};

/// The archive and the number of the entry that a folder is, or is within; whoever writes elsewhere may refuse to
/// write there. The folder itself need not be there yet.
pub fn is_entry(folder: &Path) -> Option<(PathBuf, u32)> {
    let real = |path: &Path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        // A link, or `.`, stands for the folder it means.
        path.canonicalize().ok()
    };
    let folder = folder.ancestors().find_map(real)?;
    folder.ancestors().find_map(|folder| {
        let number = entry_number(folder.file_name()?.to_str()?)?;
        // One of the two is enough: a damaged entry is still one.
        let is_entry = folder.join(MANIFEST).exists() || folder.join(SEAL).exists();
        is_entry.then(|| Some((folder.parent()?.to_owned(), number)))?
    })
}

/// Whether a folder is in an archive, be it in an entry or beside the entries: whatever else stands there is strange
/// to the archive. The folder itself need not be there yet.
pub fn is_within_archive(folder: &Path) -> bool {
    let is_archive = |folder: &Path| is_entry(&folder.join(entry_name(1))).is_some();
    is_entry(folder).is_some() || folder.ancestors().any(is_archive)
}

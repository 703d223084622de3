//! `manifest.json`: what an entry is, and what it holds.

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::head::Head;
use crate::limits;
use crate::names::{folders_of, is_plain};

/// The format that this version writes, and the highest that it reads.
pub(crate) const FORMAT: u32 = 1;
pub(crate) const PROGRAM: &str = "honorar";

/// What an entry is, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// How the manifest is written.
    pub format: u32,
    /// The entry's number, counted from 1.
    pub number: u32,
    /// The hash of the manifest before; none in the first entry.
    // `deserialize_with` makes the key one that may be null and may not be left out; so below.
    #[serde(deserialize_with = "Option::deserialize")]
    pub previous: Option<Head>,
    /// The program that wrote it.
    pub program: String,
    /// The program's version.
    pub version: String,
    /// The municipality's key, the same throughout an archive.
    pub municipality: String,
    /// What the entry is.
    pub entry: EntryKind,
    /// Its files, in byte order of their names.
    pub files: Vec<FileRecord>,
}

/// What an entry is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum EntryKind {
    /// A run that is closed.
    ClosedRun {
        /// The basis it is of.
        basis: String,
        /// The period it is of.
        period: String,
        /// The hash of the run's record, `run.json`.
        run_sha256: Digest,
        /// Who prepared it.
        prepared_by: String,
        /// Who approved it.
        approved_by: String,
        /// The day of the approval, where it was given.
        #[serde(deserialize_with = "Option::deserialize")]
        approved_on: Option<String>,
    },
    /// A payroll file that was made later of a closed run.
    Export {
        /// The number of the closed run.
        of: u32,
        /// The system that receives it.
        receiver: String,
        /// Why it was made, where that was given.
        #[serde(deserialize_with = "Option::deserialize")]
        why: Option<String>,
    },
    /// The contents of earlier entries are removed.
    Prune {
        /// What is older than this day is removed.
        older_than: String,
        /// The numbers of those entries, ascending.
        entries: Vec<u32>,
    },
}

/// A file of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRecord {
    /// Its name within the entry, with `/` between folders.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// Its hash.
    pub sha256: Digest,
}

/// Why some bytes are no manifest that this version knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// A newer version wrote it.
    Newer(u64),
    /// It is not as a manifest is written; from this line on, where that is known.
    NotAManifest(u32),
    /// It names files as no manifest does.
    Names,
}

impl Manifest {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        struct OnlyFormat {
            format: u64,
        }
        // The format first: what a newer version writes may look like anything else.
        if let Ok(OnlyFormat { format }) = serde_json::from_slice(bytes)
            && format > u64::from(FORMAT)
        {
            return Err(Unreadable::Newer(format));
        }
        let no_manifest =
            |error: serde_json::Error| Unreadable::NotAManifest(u32::try_from(error.line()).unwrap_or(0));
        let manifest: Self = serde_json::from_slice(bytes).map_err(no_manifest)?;
        if manifest.format != FORMAT || manifest.program != PROGRAM {
            return Err(Unreadable::NotAManifest(0));
        }
        if names_fit(&manifest.files) { Ok(manifest) } else { Err(Unreadable::Names) }
    }

    /// The bytes of `manifest.json`; none where they would be more than is read.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self).ok()?;
        bytes.push(b'\n');
        (bytes.len() as u64 <= limits::MANIFEST_BYTES).then_some(bytes)
    }
}

impl FileRecord {
    pub(crate) fn of(file: &str, bytes: &[u8]) -> Self {
        Self { file: file.to_owned(), bytes: bytes.len() as u64, sha256: Digest::of(bytes) }
    }
}

/// Whether the files are plain names in order, each once, of which none is another's folder, and none too large.
pub(crate) fn names_fit(files: &[FileRecord]) -> bool {
    let is_file = |name: &str| files.binary_search_by(|record| record.file.as_str().cmp(name)).is_ok();
    files.is_sorted_by(|one, next| one.file < next.file)
        && files.iter().all(|record| is_plain(&record.file) && record.bytes <= limits::FILE_BYTES)
        && !files.iter().any(|record| folders_of(&record.file).any(is_file))
}

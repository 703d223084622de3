//! The most that is read or written of anything: nobody's folder may fill the memory.

/// Entries of an archive.
pub(crate) const ENTRIES: u32 = 100_000;

/// Bytes of a manifest.
pub(crate) const MANIFEST_BYTES: u64 = 16 << 20;

/// Bytes of a seal: more than it ever has, so that a longer one is seen.
pub(crate) const SEAL_BYTES: u64 = 1024;

/// Bytes of one file of an entry.
pub(crate) const FILE_BYTES: u64 = 1 << 30;

/// Bytes of a file's name with its folders.
pub(crate) const NAME_BYTES: usize = 1024;

/// Bytes of one part of a name, which is what file systems take.
pub(crate) const NAME_PART_BYTES: usize = 255;

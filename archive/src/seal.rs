//! The seal beside a manifest: its hash, as `sha256sum -c manifest.sha256` reads it.

use crate::head::Head;
use crate::names::MANIFEST;

/// The seal's text, which is the only one that a manifest may have.
pub(crate) fn seal(head: &Head) -> String {
    format!("{}  {MANIFEST}\n", head.hex())
}

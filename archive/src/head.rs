//! The head of an archive: one short word for all that was ever put in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;

/// How many hex digits the short form has: 80 bits, which nobody finds a second archive for.
const SHORT: usize = 20;
const GROUP: usize = 4;

/// The SHA-256 of a manifest's bytes; the last one's is the head of its archive.
///
/// Shown as `3f2a-91bc-04d7-e811-5c60`, short enough to be noted in an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Head(pub Digest);

impl Head {
    /// The head that a manifest of these bytes makes.
    pub fn of(manifest: &[u8]) -> Self {
        Self(Digest::of(manifest))
    }

    /// All 64 hex digits.
    pub fn hex(&self) -> String {
        self.0.to_string()
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&short(&self.hex()))
    }
}

fn short(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().take(SHORT).enumerate() {
        if index > 0 && index.is_multiple_of(GROUP) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

/// A head as somebody noted it: its short form, or any longer beginning up to all 64 digits, with or without
/// dashes, in any case.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HeadPrefix(String);

/// The text is no head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAHead;

impl HeadPrefix {
    /// Whether this is what was noted of that head.
    pub fn matches(&self, head: &Head) -> bool {
        head.hex().starts_with(&self.0)
    }
}

impl From<Head> for HeadPrefix {
    fn from(head: Head) -> Self {
        Self(head.hex())
    }
}

impl fmt::Display for HeadPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&short(&self.0))
    }
}

impl FromStr for HeadPrefix {
    type Err = NotAHead;

    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let digits: String = text.trim().chars().filter(|&c| c != '-').collect();
        let is_head = (SHORT..=64).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_hexdigit());
        if is_head { Ok(Self(digits.to_ascii_lowercase())) } else { Err(NotAHead) }
    }
}

impl fmt::Display for NotAHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a head is 20 to 64 hex digits, such as `3f2a-91bc-04d7-e811-5c60`")
    }
}

impl std::error::Error for NotAHead {}

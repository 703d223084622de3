//! CSV, JSON and hashes.

use std::borrow::Cow;

use honorar_intake::csv_text::CsvText;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// CSV with commas and LF.
pub(crate) fn csv_bytes(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut csv = CsvText::default();
    for row in rows {
        csv.texts(&row).end_row();
    }
    csv.into_bytes()
}

/// A text of the basis in a cell of CSV: one that a spreadsheet would take for a formula gets an apostrophe
/// before it.
pub(crate) fn text_cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}

/// JSON with a line feed at the end.
pub(crate) fn json(value: &impl Serialize) -> Vec<u8> {
    // Writing structs with text keys to memory does not fail.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// SHA-256, as hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    Sha256::digest(bytes).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

//! `[huldt_lillevik]`: the client and the dimensions of Huldt & Lillevik's fixed-length records.

use crate::profile::dimension::{Alphabet, Dimension, dimension};
use crate::toml_reader::{Section, TomlReader};

/// How a negative amount is written, where the customer's import takes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Negative {
    /// The minus in the field's first position.
    LeadingMinus,
    /// The minus in its last.
    TrailingMinus,
}

const NEGATIVES: [(&str, Negative); 2] =
    [("leading_minus", Negative::LeadingMinus), ("trailing_minus", Negative::TrailingMinus)];

/// How Huldt & Lillevik is set up at the municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HuldtLillevikProfile {
    /// The client's number, four digits.
    pub client: String,
    /// Department, project, and elements 1 to 5.
    pub dimensions: [Dimension; 7],
    /// How a negative amount is written; nothing where it is not known, and such a line is refused.
    pub negative: Option<Negative>,
}

const DIMENSIONS: [&str; 7] =
    ["department", "project", "element_1", "element_2", "element_3", "element_4", "element_5"];

pub(super) fn read<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> Option<HuldtLillevikProfile> {
    let mut section = top.optional("huldt_lillevik").and_then(|node| reader.section(node))?;
    let client = reader.required(&mut section, "client").and_then(|node| {
        let client = reader.text(&node)?;
        if client.len() == 4 && client.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(client);
        }
        reader.wrong(&node, "not_a_client", "is no client number", "four digits in quotes, such as \"0042\"")
    });
    let mut dimensions: [Dimension; 7] = std::array::from_fn(|_| Dimension::fixed(""));
    for (key, value) in DIMENSIONS.into_iter().zip(&mut dimensions) {
        let node = section.optional(key);
        if let Some(text) = node.and_then(|node| dimension(reader, node, Alphabet::Twelve)) {
            *value = text;
        }
    }
    let negative = section.optional("negative").map(|node| reader.word(&node, &NEGATIVES));
    reader.finish(&section);
    Some(HuldtLillevikProfile { client: client?, dimensions, negative: negative.flatten() })
}

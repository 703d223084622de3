//! What a regulation's file says of itself: what whoever looks for it wants to know.

use chrono::NaiveDate;

use crate::shipped::RegulationText;
use crate::toml_reader::TomlReader;

/// The head of a regulation's file; empty where the file does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// Its short name, as citations have it.
    pub name: String,
    /// The municipality.
    pub municipality: String,
    /// Its title.
    pub title: String,
    /// The text that it is from.
    pub source: String,
    /// The act that it is under.
    pub act: String,
    /// The decision that adopted it.
    pub adopted: String,
    /// The first day on which it is in force.
    pub in_force_from: Option<NaiveDate>,
    /// The last, where there is one.
    pub in_force_to: Option<NaiveDate>,
}

/// The head of a regulation's file. What is wrong in it is for [`super::read_regulation`] to say.
pub fn read_head(text: &RegulationText) -> Head {
    let (mut reader, mut top) = TomlReader::open_again(&text.file, &text.text);
    let mut of =
        |key: &'static str| top.optional(key).and_then(|node| reader.text(&node)).unwrap_or_default();
    let mut head = Head {
        name: of("name"),
        municipality: of("municipality"),
        title: of("title"),
        source: of("source"),
        act: of("act"),
        adopted: of("adopted"),
        ..Head::default()
    };
    head.in_force_from = top.optional("in_force_from").and_then(|node| reader.date(&node));
    head.in_force_to = top.optional("in_force_to").and_then(|node| reader.date(&node));
    head
}

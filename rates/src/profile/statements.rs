//! `[statements]`: which statements every run writes, and what they say of the municipality.

use crate::toml_reader::{Section, TomlReader};

/// What is written for people to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatementKind {
    /// To each person.
    Persons,
    /// To each party group.
    Groups,
    /// To the finance office.
    Finance,
    /// To the auditor.
    Auditor,
}

const KINDS: [(&str, StatementKind); 4] = [
    ("persons", StatementKind::Persons),
    ("groups", StatementKind::Groups),
    ("finance", StatementKind::Finance),
    ("auditor", StatementKind::Auditor),
];

/// How statements are set up at the municipality.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementsProfile {
    /// Those that every run writes.
    pub of_every_run: Vec<StatementKind>,
    /// What the municipality calls itself.
    pub municipality: Option<String>,
    /// To whom a person complains.
    pub complain_to: Option<String>,
    /// Within what time.
    pub complain_within: Option<String>,
}

pub(super) fn statements<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> StatementsProfile {
    let mut profile = StatementsProfile::default();
    let Some(mut section) = top.optional("statements").and_then(|node| reader.section(node)) else {
        return profile;
    };
    if let Some(mut kinds) = section.optional("with_every_run").and_then(|node| reader.words(&node, &KINDS)) {
        kinds.sort_unstable();
        kinds.dedup();
        profile.of_every_run = kinds;
    }
    let texts = [
        ("municipality", &mut profile.municipality),
        ("complain_to", &mut profile.complain_to),
        ("complain_within", &mut profile.complain_within),
    ];
    for (key, value) in texts {
        *value =
            section.optional(key).and_then(|node| reader.text(&node)).filter(|text| !text.trim().is_empty());
    }
    reader.finish(&section);
    profile
}

//! `[tripletex]`: the month, the project and the department of Tripletex's salary import.

use honorar_engine::Period;
use honorar_engine::calendar::Payment;

use crate::profile::dimension::{Alphabet, Dimension, dimension};
use crate::toml_reader::{Section, TomlReader};

/// The sign between kroner and øre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalMark {
    /// A comma, as in Norwegian.
    Comma,
    /// A point.
    Point,
}

const DECIMAL_MARKS: [(&str, DecimalMark); 2] = [(",", DecimalMark::Comma), (".", DecimalMark::Point)];

/// How Tripletex is set up at the municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TripletexProfile {
    /// The month in which it is paid, where the regulation's calendar does not say it.
    pub month: Option<Period>,
    /// The sign between kroner and øre.
    pub decimal_mark: DecimalMark,
    /// The project's number.
    pub project: Dimension,
    /// The department's number.
    pub department: Dimension,
}

impl Default for TripletexProfile {
    fn default() -> Self {
        Self {
            month: None,
            decimal_mark: DecimalMark::Comma,
            project: Dimension::fixed(""),
            department: Dimension::fixed(""),
        }
    }
}

pub(super) fn read<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> TripletexProfile {
    let mut profile = TripletexProfile::default();
    let Some(mut section) = top.optional("tripletex").and_then(|node| reader.section(node)) else {
        return profile;
    };
    if let Some(node) = section.optional("month") {
        let month = reader.text(&node).map(|text| text.parse().ok());
        profile.month = month.flatten().filter(|month: &Period| month.payment() == Payment::Monthly);
        if month.is_some() && profile.month.is_none() {
            reader.wrong(&node, "not_a_month", "is no month", "a month in quotes, such as \"2014-07\"");
        }
    }
    if let Some(mark) = section.optional("decimal_mark").and_then(|node| reader.word(&node, &DECIMAL_MARKS)) {
        profile.decimal_mark = mark;
    }
    for (key, value) in [("project", &mut profile.project), ("department", &mut profile.department)] {
        let node = section.optional(key);
        if let Some(text) = node.and_then(|node| dimension(reader, node, Alphabet::Code)) {
            *value = text;
        }
    }
    reader.finish(&section);
    profile
}

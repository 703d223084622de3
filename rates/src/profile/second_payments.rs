//! `[[second_payments]]`: what may look like a second payment of something that was paid, and is none.

use chrono::NaiveDate;
use honorar_engine::line::Kind;
use honorar_problems::Place;

use crate::toml_reader::{Node, Section, TomlReader};

/// The municipality's decision that a line is paid although a closed run has paid what looks the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondPaymentDecision {
    /// Whose line it is.
    pub person: String,
    /// What it pays.
    pub kind: Kind,
    /// The day it belongs to.
    pub date: NaiveDate,
    /// Who has decided it, or why it is no second payment.
    pub decision: String,
    /// Where it stands.
    pub place: Place,
}

impl SecondPaymentDecision {
    /// Whether it is about a line of a person (an employee number, whose leading zeros do not count), a kind and a
    /// day.
    pub fn is_about(&self, person: &str, kind: Kind, date: NaiveDate) -> bool {
        let number = |id: &str| id.trim_start_matches('0').to_owned();
        number(&self.person) == number(person) && (self.kind, self.date) == (kind, date)
    }
}

pub(super) fn second_payments<'t>(
    reader: &mut TomlReader<'t>,
    top: &mut Section<'t>,
) -> Vec<SecondPaymentDecision> {
    let Some(node) = top.optional("second_payments") else { return Vec::new() };
    let decisions = reader.list(&node).unwrap_or_default();
    decisions.into_iter().filter_map(|decision| read(reader, decision)).collect()
}

/// The kinds of lines but corrections, which correct one of the others.
fn paid_kinds() -> Vec<(&'static str, Kind)> {
    let paid = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Correction);
    paid.map(|kind| (kind.name(), kind)).collect()
}

fn read<'t>(reader: &mut TomlReader<'t>, node: Node<'t>) -> Option<SecondPaymentDecision> {
    let place = reader.place_of(&node);
    let mut section = reader.section(node)?;
    let person = reader.required(&mut section, "person").and_then(|node| reader.text(&node));
    let kind = reader.required(&mut section, "kind").and_then(|node| reader.word(&node, &paid_kinds()));
    let date = reader.required(&mut section, "date").and_then(|node| reader.date(&node));
    let decision = reader.required(&mut section, "decision");
    let decision = decision.and_then(|node| {
        let text = reader.text(&node)?;
        if text.trim().is_empty() {
            reader.wrong(&node, "no_decision", "names no decision", "`\"FSK 12/14\"`, or why both are paid");
            return None;
        }
        Some(text)
    });
    reader.finish(&section);
    Some(SecondPaymentDecision { person: person?, kind: kind?, date: date?, decision: decision?, place })
}

//! The values of a regulation's file: each with its point and its provenance.

use std::num::NonZeroU32;

use honorar_engine::money::{Rounding, RoundingMode};
use honorar_engine::regulation::{Amount, Deadline, Item, Provenance, Share, Stated};

use super::RegulationFile;
use crate::toml_reader::{Node, Section, TomlReader};

const MINUTES_PER_DAY: u32 = 24 * 60;

impl<'t> RegulationFile<'t, '_> {
    /// An amount with its point: a value of the text, or a parameter that the profile supplies.
    pub(super) fn amount(&mut self, section: &mut Section<'t>, key: &'static str) -> Option<Stated<Amount>> {
        let node = self.reader.required(section, key)?;
        let name = node.name.clone();
        let mut stated = self.reader.section(node)?;
        let parameter = stated.optional("parameter").map(|node| self.reader.text(&node));
        let (name, provenance, amount, written) = if let Some(parameter) = parameter {
            let parameter = parameter?;
            if !self.parameters.contains(&parameter) {
                self.parameters.push(parameter.clone());
            }
            let amount = self.profile.parameters.get(&parameter).copied();
            let written = amount.map(|amount| amount.to_string()).unwrap_or_default();
            let amount = amount.map_or_else(|| Amount::Missing(parameter.clone()), Amount::Known);
            (parameter, Some(Provenance::Assumed), amount, written)
        } else {
            let value = self.reader.required(&mut stated, "value");
            let written = value.as_ref().map(|value| self.reader.raw(value)).unwrap_or_default();
            let amount = value.and_then(|value| self.reader.money(&value));
            let provenance = self.provenance(&mut stated);
            (name, provenance, Amount::Known(amount?), written)
        };
        self.state(stated, name, provenance, written, amount)
    }

    /// A setting with its point.
    pub(super) fn setting<T>(
        &mut self,
        section: &mut Section<'t>,
        key: &'static str,
        read: impl FnOnce(&mut TomlReader<'t>, &Node<'t>) -> Option<T>,
    ) -> Option<Stated<T>> {
        let node = self.reader.required(section, key)?;
        let name = node.name.clone();
        let mut stated = self.reader.section(node)?;
        let value = self.reader.required(&mut stated, "value");
        let written = value.as_ref().map(|value| self.reader.raw(value)).unwrap_or_default();
        let value = value.and_then(|value| read(&mut self.reader, &value));
        let provenance = self.provenance(&mut stated);
        self.state(stated, name, provenance, written, value?)
    }

    fn provenance(&mut self, stated: &mut Section<'t>) -> Option<Provenance> {
        let node = self.reader.required(stated, "provenance")?;
        self.reader.word(&node, &[("document", Provenance::Document), ("assumed", Provenance::Assumed)])
    }

    fn state<T>(
        &mut self,
        mut stated: Section<'t>,
        name: String,
        provenance: Option<Provenance>,
        value: String,
        read: T,
    ) -> Option<Stated<T>> {
        let point = self.text_of(&mut stated, "point");
        let meaning = self.text_of(&mut stated, "meaning");
        self.reader.finish(&stated);
        let item = Item {
            name,
            source: self.source.clone(),
            point: point?,
            provenance: provenance?,
            value,
            meaning: meaning?,
        };
        let stated = self.items.state(item, read);
        self.too_many_items |= stated.is_none();
        stated
    }
}

/// A share such as `1/2` or `25 %`, at most the whole.
pub(super) fn share<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Share> {
    let text = reader.text(node)?;
    let parts = match text.strip_suffix('%') {
        Some(percent) => Some((percent.trim(), "100")),
        None => text.split_once('/').map(|(a, b)| (a.trim(), b.trim())),
    };
    let numbers = parts.and_then(|(a, b)| Some((a.parse::<u32>().ok()?, b.parse::<u32>().ok()?)));
    let share = numbers.filter(|(a, b)| a <= b && *b <= 10_000).and_then(|(a, b)| {
        let divisor = greatest_common_divisor(a, b).max(1);
        Some(Share { numerator: a / divisor, denominator: NonZeroU32::new(b / divisor)? })
    });
    if share.is_none() {
        reader.wrong(
            node,
            "not_a_share",
            "is no share",
            "a share such as \"1/2\" or \"25 %\", at most the whole",
        );
    }
    share
}

/// Minutes of a day.
pub(super) fn minutes<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<u32> {
    let minutes = reader.count(node)?;
    if minutes > MINUTES_PER_DAY {
        reader.wrong(node, "beyond_real", "is more than a day", "at most 1440 minutes");
        return None;
    }
    Some(minutes)
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// A setting for which only `true` is known.
pub(super) fn always<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<bool> {
    let truth = reader.truth(node)?;
    if !truth {
        reader.wrong(node, "unknown_word", "can only be true in this version", "true");
    }
    truth.then_some(truth)
}

/// A deadline in months, or `none`.
pub(super) fn deadline<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Deadline> {
    if reader.raw(node) == "none" {
        return Some(Deadline::None);
    }
    reader.count(node).map(Deadline::Months)
}

/// The roundings that explanations can show: to whole øre.
pub(super) fn roundings() -> [(&'static str, Rounding); 2] {
    let to_oere = |mode| Rounding::to_unit(NonZeroU32::MIN, mode);
    [
        ("oere_half_away_from_zero", to_oere(RoundingMode::HalfAwayFromZero)),
        ("oere_half_to_even", to_oere(RoundingMode::HalfToEven)),
    ]
}

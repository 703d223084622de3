//! How a regulation's file has travel and subsistence. Where it is silent, the state's rates hold as
//! they stand.

use honorar_engine::regulation::{Subsistence, TravelSettings};
use rust_decimal::Decimal;

use super::RegulationFile;
use crate::toml_reader::{Node, Section, TomlReader};

const HOURS_PER_DAY: u32 = 24;

const SUBSISTENCE: [(&str, Subsistence); 2] =
    [("state_rates", Subsistence::StateRates), ("not_covered", Subsistence::NotCovered)];

impl<'t> RegulationFile<'t> {
    pub(super) fn travel(&mut self, s: &mut Section<'t>) -> Option<TravelSettings> {
        let least_km = self.setting_or(
            s,
            "least_km",
            (Decimal::ZERO, "0"),
            "kilometres by car, below which nothing is paid",
            kilometres,
        );
        let subsistence = self.setting_or(
            s,
            "subsistence",
            (Subsistence::StateRates, "state_rates"),
            "subsistence at the state's rates",
            |r, n| r.word(n, &SUBSISTENCE),
        );
        let subsistence_least_km = self.setting_or(
            s,
            "subsistence_least_km",
            (Decimal::ZERO, "0"),
            "kilometres, below which there is no subsistence; the state's own limit holds beside it",
            kilometres,
        );
        let subsistence_least_minutes = self.setting_or(
            s,
            "subsistence_least_hours",
            (0, "0"),
            "hours, below which there is no subsistence; the state's own limit holds beside it",
            hours,
        );
        let subsistence_within_municipality = self.setting_or(
            s,
            "subsistence_within_municipality",
            (true, "true"),
            "subsistence on trips within the municipality too",
            TomlReader::truth,
        );
        Some(TravelSettings {
            least_km: least_km?,
            subsistence: subsistence?,
            subsistence_least_km: subsistence_least_km?,
            subsistence_least_minutes: subsistence_least_minutes?,
            subsistence_within_municipality: subsistence_within_municipality?,
        })
    }
}

/// Hours of a day, in minutes.
fn hours<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<u32> {
    let hours = reader.count(node)?;
    if hours > HOURS_PER_DAY {
        reader.wrong(node, "beyond_real", "is more than a day", "at most 24 hours");
        return None;
    }
    Some(hours * 60)
}

fn kilometres<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Decimal> {
    reader.count(node).map(Decimal::from)
}

//! The state's travel rates.

use honorar_engine::calendar::DateSpan;
use honorar_engine::money::Money;
use honorar_engine::regulation::{
    AboveLimit, CarRate, Item, Items, PassengerRate, Provenance, Stated, TravelRates,
};
use rust_decimal::Decimal;

use crate::toml_reader::{Node, Section, TomlReader};

const STATE_TRAVEL: &str = include_str!("../state/travel.toml");

/// The rates that ship with the program, with their items.
pub(crate) fn read(items: &mut Items) -> Option<TravelRates> {
    let (mut reader, mut top) = TomlReader::open("travel.toml", STATE_TRAVEL);
    let name = reader.required(&mut top, "name").and_then(|node| reader.text(&node))?;
    let mut rates = Rates { reader, name, items };
    let car = rates.rows(&mut top, "car", Rates::car)?;
    let passenger = rates.rows(&mut top, "passenger", Rates::passenger)?;
    rates.reader.finish(&top);
    rates.reader.into_problems().is_empty().then_some(TravelRates { car, passenger })
}

struct Rates<'t, 'i> {
    reader: TomlReader<'t>,
    name: String,
    items: &'i mut Items,
}

impl<'t> Rates<'t, '_> {
    fn rows<T>(
        &mut self,
        top: &mut Section<'t>,
        key: &'static str,
        read: impl Fn(&mut Self, &mut Section<'t>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let node = self.reader.required(top, key)?;
        let rows = self.reader.list(&node)?;
        let mut read_row = |row: Node<'t>| {
            let mut section = self.reader.section(row)?;
            let value = read(self, &mut section);
            self.reader.finish(&section);
            value
        };
        rows.into_iter().map(&mut read_row).collect()
    }

    fn in_force(&mut self, row: &mut Section<'t>) -> Option<DateSpan> {
        let from = self.reader.required(row, "from").and_then(|node| self.reader.date(&node));
        let to = self.reader.required(row, "to").and_then(|node| self.reader.date(&node));
        DateSpan::new(from?, to?)
    }

    fn rate(&mut self, what: &str, in_force: DateSpan, rate: Money) -> Option<Stated<Money>> {
        let item = Item {
            name: format!("{what}.{}", in_force.first()),
            source: self.name.clone(),
            point: in_force.first().to_string(),
            provenance: Provenance::Document,
            decision: String::new(),
            value: rate.to_string(),
            meaning: format!("kroner a kilometre, {}", what.replace('_', " ")),
        };
        self.items.state(item, Some(rate))
    }

    fn car(&mut self, row: &mut Section<'t>) -> Option<CarRate> {
        let in_force = self.in_force(row)?;
        let per_km = self.reader.required(row, "per_km").and_then(|node| self.reader.money(&node))?;
        let limit_km = row.optional("above_km").map(|node| self.reader.count(&node));
        let above = row.optional("per_km_above");
        let rate_per_km = self.rate("car", in_force, per_km)?;
        let above = match (limit_km, above) {
            (Some(limit_km), Some(node)) => {
                let limit_km = Decimal::from(limit_km?);
                if self.reader.raw(&node) == "unknown" {
                    AboveLimit::Unknown { limit_km }
                } else {
                    let per_km = self.reader.money(&node)?;
                    AboveLimit::Rate {
                        limit_km,
                        rate_per_km: self.rate("car_above_limit", in_force, per_km)?,
                    }
                }
            }
            _ => AboveLimit::SameRate,
        };
        Some(CarRate { in_force, rate_per_km, above })
    }

    fn passenger(&mut self, row: &mut Section<'t>) -> Option<PassengerRate> {
        let in_force = self.in_force(row)?;
        let per_km = self.reader.required(row, "per_km").and_then(|node| self.reader.money(&node))?;
        Some(PassengerRate { in_force, rate_per_km: self.rate("passenger", in_force, per_km)? })
    }
}

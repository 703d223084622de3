//! The state's travel rates.

use honorar_engine::calendar::DateSpan;
use honorar_engine::money::Money;
use honorar_engine::regulation::{
    AboveLimit, BegunDay, ByDate, CarRate, DayBand, DayBands, Item, Items, LeastTrip, MealBase, MealCut,
    MealRule, OvernightRate, PassengerRate, Provenance, Stated, TaxFreeRates, TravelRates,
};
use rust_decimal::Decimal;

use crate::toml_reader::{Node, Section, TomlReader};

const STATE_TRAVEL: &str = include_str!("../state/travel.toml");

/// The rates that ship with the program, with their items.
pub(crate) fn read(items: &mut Items) -> Option<TravelRates> {
    read_text(STATE_TRAVEL, items)
}

fn read_text(text: &str, items: &mut Items) -> Option<TravelRates> {
    let (mut reader, mut top) = TomlReader::open("travel.toml", text);
    let name = reader.required(&mut top, "name").and_then(|node| reader.text(&node))?;
    let mut rates = Rates { reader, name, items };
    let s = &mut top;
    let read = TravelRates {
        car: rates.rows(s, "car", Rates::car)?,
        electric_car: rates.rows(s, "electric_car", Rates::car)?,
        passenger: rates.rows(s, "passenger", Rates::passenger)?,
        forest: rates.rows(s, "forest", |rates, row| rates.kroner(row, "per_km", "a kilometre"))?,
        day: rates.rows(s, "day", Rates::day)?,
        overnight: rates.rows(s, "overnight", Rates::overnight)?,
        undocumented_night: rates.rows(s, "undocumented_night", Rates::of_night)?,
        meals: rates.rows(s, "meals", Rates::meals)?,
        begun_day: rates.rows(s, "begun_day", Rates::begun_day)?,
        least: rates.rows(s, "least", Rates::least)?,
        tax_free: TaxFreeRates {
            car: rates.rows(s, "tax_free_car", Rates::car)?,
            passenger: rates
                .rows(s, "tax_free_passenger", |rates, row| rates.kroner(row, "rate", "a kilometre"))?,
            forest: rates
                .rows(s, "tax_free_forest", |rates, row| rates.kroner(row, "rate", "a kilometre"))?,
            day: rates.rows(s, "tax_free_day", Rates::day)?,
            hotel: rates.rows(s, "tax_free_hotel", Rates::of_night)?,
            boarding: rates.rows(s, "tax_free_boarding", Rates::of_night)?,
            private: rates.rows(s, "tax_free_private", Rates::of_night)?,
        },
    };
    rates.reader.finish(&top);
    rates.reader.into_problems().is_empty().then_some(read)
}

struct Rates<'t, 'i> {
    reader: TomlReader<'t>,
    name: String,
    items: &'i mut Items,
}

/// A row that is being read: what it is about, and its days.
struct Row<'t> {
    key: &'static str,
    days: DateSpan,
    provenance: Provenance,
    section: Section<'t>,
}

impl<'t> Rates<'t, '_> {
    fn rows<T>(
        &mut self,
        top: &mut Section<'t>,
        key: &'static str,
        read: impl Fn(&mut Self, &mut Row<'t>) -> Option<T>,
    ) -> Option<ByDate<T>> {
        let node = self.reader.required(top, key)?;
        let mut rows = Vec::new();
        for node in self.reader.into_list(node)? {
            let mut section = self.reader.section(node)?;
            let from = self.reader.required(&mut section, "from").and_then(|node| self.reader.date(&node))?;
            let to = self.reader.required(&mut section, "to").and_then(|node| self.reader.date(&node))?;
            let assumed = section.optional("provenance").map(|node| self.reader.raw(&node));
            let provenance = match assumed.as_deref() {
                None => Provenance::Document,
                Some("assumed") => Provenance::Assumed,
                Some(_) => return None,
            };
            let mut row = Row { key, days: DateSpan::new(from, to)?, provenance, section };
            let value = read(self, &mut row)?;
            self.reader.finish(&row.section);
            rows.push((row.days, value));
        }
        Some(ByDate(rows))
    }

    /// Puts a value on record as an item of its own.
    fn state<T>(
        &mut self,
        row: &Row<'t>,
        what: &str,
        written: String,
        meaning: String,
        value: T,
    ) -> Option<Stated<T>> {
        let first = row.days.first();
        let item = Item {
            name: format!("{}{what}.{first}", row.key),
            source: self.name.clone(),
            point: first.to_string(),
            provenance: row.provenance.clone(),
            is_parameter: false,
            decision: String::new(),
            value: written,
            meaning,
        };
        self.items.state(item, Some(value))
    }

    fn amount(&mut self, row: &Row<'t>, what: &str, unit: &str, rate: Money) -> Option<Stated<Money>> {
        let about = format!("{}{what}", row.key).replace('_', " ");
        self.state(row, what, rate.to_string(), format!("kroner {unit}, {about}"), rate)
    }

    fn kroner(&mut self, row: &mut Row<'t>, key: &'static str, unit: &str) -> Option<Stated<Money>> {
        let rate = self.money(&mut row.section, key)?;
        self.amount(row, "", unit, rate)
    }

    fn of_night(&mut self, row: &mut Row<'t>) -> Option<Stated<Money>> {
        self.kroner(row, "rate", "a night")
    }

    fn money(&mut self, section: &mut Section<'t>, key: &'static str) -> Option<Money> {
        self.reader.required(section, key).and_then(|node| self.reader.money(&node))
    }

    fn count(&mut self, section: &mut Section<'t>, key: &'static str) -> Option<u32> {
        self.reader.required(section, key).and_then(|node| self.reader.count(&node))
    }

    /// Whole hours, in minutes.
    fn hours(&mut self, section: &mut Section<'t>, key: &'static str) -> Option<u32> {
        self.count(section, key)?.checked_mul(60)
    }

    fn car(&mut self, row: &mut Row<'t>) -> Option<CarRate> {
        let per_km = self.money(&mut row.section, "per_km")?;
        let limit_km = row.section.optional("above_km");
        let above = row.section.optional("per_km_above");
        let rate_per_km = self.amount(row, "", "a kilometre", per_km)?;
        let above = match (limit_km, above) {
            (Some(limit_km), Some(above)) => {
                let limit_km = Decimal::from(self.reader.count(&limit_km)?);
                if self.reader.raw(&above) == "unknown" {
                    AboveLimit::Unknown { limit_km }
                } else {
                    let per_km = self.reader.money(&above)?;
                    let rate_per_km = self.amount(row, "_above_limit", "a kilometre", per_km)?;
                    AboveLimit::Rate { limit_km, rate_per_km }
                }
            }
            _ => AboveLimit::SameRate,
        };
        Some(CarRate { rate_per_km, above })
    }

    fn passenger(&mut self, row: &mut Row<'t>) -> Option<PassengerRate> {
        let a_head = self.reader.required(&mut row.section, "a_head");
        let a_head = a_head.and_then(|node| self.reader.truth(&node))?;
        Some(PassengerRate { rate_per_km: self.kroner(row, "per_km", "a kilometre")?, a_head })
    }

    fn day(&mut self, row: &mut Row<'t>) -> Option<DayBands> {
        let least = self.count(&mut row.section, "least_hours")?;
        let meaning = format!("hours, below which a {} gives nothing", row.key.replace('_', " "));
        let least_minutes =
            self.state(row, "_least_hours", least.to_string(), meaning, least.checked_mul(60)?)?;
        let nodes = row.section.optional("bands").map(|node| self.reader.into_list(node));
        let mut bands = Vec::new();
        for node in nodes.unwrap_or_else(|| Some(Vec::new()))? {
            bands.push(self.band(row, node)?);
        }
        Some(DayBands { least_minutes, bands })
    }

    fn band(&mut self, row: &Row<'t>, node: Node<'t>) -> Option<DayBand> {
        let mut section = self.reader.section(node)?;
        let hours = self.count(&mut section, "from_hours")?;
        let rate = self.money(&mut section, "rate")?;
        self.reader.finish(&section);
        let rate = self.amount(row, &format!("_from_{hours}_hours"), "a day trip", rate)?;
        Some(DayBand { from_minutes: hours.checked_mul(60)?, rate })
    }

    fn overnight(&mut self, row: &mut Row<'t>) -> Option<OvernightRate> {
        let hours = self.count(&mut row.section, "from_hours")?;
        let meaning = "hours, below which a trip is a day trip though it has a night".to_owned();
        let from_minutes =
            self.state(row, "_from_hours", hours.to_string(), meaning, hours.checked_mul(60)?)?;
        Some(OvernightRate { rate: self.kroner(row, "rate", "for 24 hours")?, from_minutes })
    }

    fn begun_day(&mut self, row: &mut Row<'t>) -> Option<Stated<BegunDay>> {
        match row.section.optional("whole_from_hours") {
            Some(node) => {
                let hours = self.reader.count(&node)?;
                let meaning = "hours beyond whole days, from which they are a whole day too".to_owned();
                let value = BegunDay::WholeFrom { minutes: hours.checked_mul(60)? };
                self.state(row, "", hours.to_string(), meaning, value)
            }
            None => {
                let meaning = "hours beyond whole days give the rate of a day trip".to_owned();
                self.state(row, "", "as a day trip".to_owned(), meaning, BegunDay::AsDayTrip)
            }
        }
    }

    fn meals(&mut self, row: &mut Row<'t>) -> Option<MealRule> {
        let bases = [("actual_rate", MealBase::ActualRate), ("overnight_rate", MealBase::OvernightRate)];
        let of = self.reader.required(&mut row.section, "of");
        let of = of.and_then(|node| self.reader.word(&node, &bases))?;
        let [breakfast, lunch, dinner] = ["breakfast_per_cent", "lunch_per_cent", "dinner_per_cent"]
            .map(|key| self.count(&mut row.section, key));
        let (breakfast, lunch, dinner) = (breakfast?, lunch?, dinner?);
        let per_cents = MealCut::PerCents { breakfast, lunch, dinner, of };
        let written = format!("{breakfast}/{lunch}/{dinner} %");
        let fixed = row.section.optional("day_lunch").zip(row.section.optional("day_dinner"));
        let (day_trip, written_day) = match fixed {
            Some((lunch, dinner)) => {
                let (lunch, dinner) = (self.reader.money(&lunch)?, self.reader.money(&dinner)?);
                (MealCut::Fixed { lunch, dinner }, format!("lunch {lunch}, dinner {dinner}"))
            }
            None => (per_cents, written.clone()),
        };
        let meaning = |of: &str| format!("what meals that somebody else paid take off {of}");
        Some(MealRule {
            day_trip: self.state(row, "_day_trip", written_day, meaning("a day trip"), day_trip)?,
            with_night: self.state(row, "_with_night", written, meaning("a day with a night"), per_cents)?,
        })
    }

    fn least(&mut self, row: &mut Row<'t>) -> Option<LeastTrip> {
        let km = self.reader.required(&mut row.section, "km").and_then(|node| self.reader.text(&node))?;
        let minutes = self.hours(&mut row.section, "hours")?;
        let value: Decimal = km.parse().ok()?;
        let meaning = |what: &str| format!("the least {what} of a trip with subsistence");
        Some(LeastTrip {
            km: self.state(row, "_km", format!("{km} km"), meaning("distance"), value)?,
            minutes: self.state(
                row,
                "_hours",
                format!("{} hours", minutes / 60),
                meaning("time"),
                minutes,
            )?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_rate_do_not_share_a_day_and_bands_rise() {
        fn check<T>(rows: &ByDate<T>, what: &str) {
            for pair in rows.0.windows(2) {
                let [(before, _), (after, _)] = pair else { continue };
                assert!(before.last().is_some_and(|last| last < after.first()), "{what}: {before:?}");
            }
        }
        let rates = read(&mut Items::default()).unwrap_or_else(|| panic!("the rates are read"));
        check(&rates.car, "car");
        check(&rates.electric_car, "electric car");
        check(&rates.passenger, "passenger");
        check(&rates.day, "day");
        check(&rates.overnight, "overnight");
        check(&rates.undocumented_night, "undocumented night");
        check(&rates.meals, "meals");
        check(&rates.begun_day, "begun day");
        check(&rates.tax_free.car, "tax-free car");
        check(&rates.tax_free.forest, "tax-free forest");
        for (_, bands) in rates.day.0.iter().chain(&rates.tax_free.day.0) {
            assert!(bands.bands.is_sorted_by_key(|band| band.from_minutes));
        }
    }
}

//! Random bases that are valid and crowded: few persons and days, many boundaries and many interactions.

mod calendar;
mod claims;
mod meetings;
mod offices;
mod trips;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use fastrand::Rng;

use crate::basis::Basis;
use crate::tables::{Table, Tables};
use calendar::Calendar;

/// A basis in the making: what is drawn so far, as meaning and as text.
struct Draft {
    rng: Rng,
    calendar: Calendar,
    basis: Basis,
    persons: Vec<PersonDraft>,
    /// The codes of the bodies of this basis, those of the regulation and its own.
    bodies: Vec<String>,
    tables: BTreeMap<String, Table>,
    claim_ids: BTreeSet<String>,
    last_claim_number: u32,
    documents: u32,
}

struct PersonDraft {
    person_id: String,
    employment: &'static str,
    has_income: bool,
}

/// A believable, valid basis around one calendar year, always the same for the same seed.
///
/// It is crowded on purpose: meetings, offices and leave share a handful of days, most of them the edges of periods.
#[must_use]
pub fn generate(seed: u64) -> Tables {
    let mut rng = Rng::with_seed(seed);
    let year = pick(&mut rng, &[2012, 2013, 2014, 2016]);
    let calendar = Calendar::draw(&mut rng, year);
    let mut draft = Draft {
        rng,
        calendar,
        basis: Basis::read(&Tables::default()),
        persons: Vec::new(),
        bodies: Vec::new(),
        tables: empty_tables(),
        claim_ids: BTreeSet::new(),
        last_claim_number: 1,
        documents: 0,
    };
    draft.persons();
    draft.bodies();
    draft.offices();
    draft.leave();
    draft.meetings();
    draft.attendance();
    draft.claims();
    draft.trips();
    Tables { tables: draft.tables }
}

fn empty_tables() -> BTreeMap<String, Table> {
    let columns: [(&str, &[&str]); 8] = [
        ("persons", &["person_id", "name", "group", "employment", "annual_net_income", "employer"]),
        ("bodies", &["body", "name", "class", "seats", "elected_by", "sits_as", "paid_by"]),
        ("offices", &["person_id", "body", "role", "from", "to"]),
        ("leave", &["person_id", "body", "role", "from", "to", "paid"]),
        ("meetings", &["meeting_id", "body", "date", "start", "end", "form", "group_meeting"]),
        (
            "attendance",
            &[
                "meeting_id",
                "person_id",
                "status",
                "capacity",
                "extent",
                "arrived",
                "left",
                "travel_minutes",
                "substitute_for",
            ],
        ),
        (
            "claims",
            &[
                "claim_id",
                "person_id",
                "kind",
                "meeting_id",
                "date",
                "received",
                "quantity",
                "amount",
                "document",
                "day_off",
                "supplier",
                "supplier_account",
            ],
        ),
        (
            "trips",
            &[
                "trip_id",
                "person_id",
                "departure",
                "return",
                "meeting_id",
                "vehicle",
                "km",
                "passengers",
                "forest_km",
                "nights",
                "lodging",
                "breakfasts",
                "lunches",
                "dinners",
            ],
        ),
    ];
    columns.into_iter().map(|(name, columns)| (name.to_string(), Table::with_columns(columns))).collect()
}

fn pick<T: Clone>(rng: &mut Rng, from: &[T]) -> T {
    from[rng.usize(..from.len())].clone()
}

impl Draft {
    fn chance(&mut self, percent: u32) -> bool {
        self.rng.u32(0..100) < percent
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        pick(&mut self.rng, from)
    }

    fn day(&mut self) -> NaiveDate {
        self.calendar.day(&mut self.rng)
    }

    fn push_row(&mut self, table: &str, cells: &[&str]) {
        let table = self.tables.get_mut(table).expect("a table of the basis");
        assert_eq!(table.columns.len(), cells.len());
        table.rows.push(cells.iter().map(ToString::to_string).collect());
    }

    fn persons(&mut self) {
        let mut numbers = BTreeSet::new();
        for place in 0..self.rng.usize(4..=12) {
            let number = loop {
                let most = self.pick(&[20, 200, 999_999]);
                let number = self.rng.u32(1..=most);
                if numbers.insert(number) {
                    break number;
                }
            };
            let person_id = match self.rng.u32(0..4) {
                0 => format!("{number:010}"),
                1 => number.to_string(),
                _ => format!("{number:04}"),
            };
            let employment = self.pick(&[
                "employed",
                "employed",
                "employed",
                "self_employed",
                "self_employed",
                "no_fixed_pay",
                "no_fixed_pay",
                "pay_kept",
                "pay_kept",
                "none",
            ]);
            // 741 840 gives a day of exactly the documented cap, 370 080 one hour of exactly half of 386.
            let income =
                self.pick(&["", "480000", "741840", "370080", "800000.01", "123456.78", "99999.99", "0"]);
            let group = self.pick(&["Ap", "H", "Sp", "V", "SV", ""]);
            let employer = match employment {
                "employed" | "pay_kept" => "Kommunen",
                _ => "",
            };
            let name = format!("Person {place}");
            self.push_row("persons", &[&person_id, &name, group, employment, income, employer]);
            self.persons.push(PersonDraft { person_id, employment, has_income: !income.is_empty() });
        }
    }

    fn bodies(&mut self) {
        // Code, name, class, elected_by, sits_as, paid_by; and how often, in per cent, a basis has it.
        const OWN: [(u32, [&str; 6]); 8] = [
            (60, ["ELD", "Eldreråd", "other", "KST", "", ""]),
            (40, ["VAL", "Valstyre", "", "FSK", "", ""]),
            (40, ["NEM", "Nemnd utan godtgjersle", "no_fee", "", "", ""]),
            (60, ["KLG", "Klagenemnd", "other", "", "FSK", ""]),
            (40, ["IKS", "Styret i eit selskap", "", "KST", "", "IKS"]),
            (50, ["SAK", "Sakskomité", "other", "OOK", "", ""]),
            (40, ["SAM", "Samferdsleutval", "standing", "KST", "", ""]),
            (25, ["BET", "Utval betalt av fylket", "standing", "", "", "Fylket"]),
        ];
        self.bodies = vec!["KST".to_string(), "FSK".to_string()];
        for code in ["PLU", "OOK", "DEU", "KU", "ADM"] {
            if self.chance(70) {
                self.bodies.push(code.to_string());
            }
        }
        for (percent, [code, name, class, elected_by, sits_as, paid_by]) in OWN {
            if !self.chance(percent) {
                continue;
            }
            self.bodies.push(code.to_string());
            let seats = self.pick(&["", "3", "5"]);
            self.push_row("bodies", &[code, name, class, seats, elected_by, sits_as, paid_by]);
        }
        if self.chance(30) {
            self.push_row("bodies", &["KST", "Kommunestyre", "", "17", "", "", ""]);
        }
        if self.bodies.contains(&"DEU".to_string()) && self.chance(30) {
            let class = self.pick(&["", "standing", "planning", "other", "no_fee"]);
            self.push_row("bodies", &["DEU", "", class, "", "KST", "", ""]);
        }
        let bodies = Tables { tables: self.tables.clone() };
        self.basis.bodies = Basis::read(&bodies).bodies;
    }
}

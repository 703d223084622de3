//! Claims of every kind, many of them on the same meeting or day.

use chrono::{Datelike, NaiveDate};

use super::Draft;
use super::calendar::later;

/// A Norwegian account number with a valid check digit.
const ACCOUNT: &str = "12345678903";

const MEETING_KINDS: [&str; 20] = [
    "lost_income_undocumented",
    "lost_income_undocumented",
    "lost_income_undocumented",
    "lost_income_undocumented",
    "lost_income_undocumented",
    "lost_income_documented",
    "lost_income_documented",
    "lost_income_documented",
    "lost_income_documented",
    "stand_in",
    "stand_in",
    "care",
    "care",
    "employer_refund",
    "employer_refund",
    "companion",
    "travel_car",
    "travel_car",
    "travel_passenger",
    "travel_other",
];

const FREE_KINDS: [&str; 4] = ["travel_car", "travel_passenger", "travel_other", "companion"];

const AMOUNTS: [&str; 18] = [
    "0", "0.01", "85", "100", "170", "170.01", "386", "386.50", "500.55", "722.5", "1029.99", "1030",
    "1030.01", "1544.00", "3090.99", "3091", "3091.01", "5000.00",
];

/// The years of which the state's kilometre rates are known in full.
fn has_rates(year: i32) -> bool {
    [2012, 2013, 2014, 2016, 2017].contains(&year)
}

/// Where a claim hangs: on a meeting, or on a day alone.
struct Place {
    meeting_id: String,
    day: NaiveDate,
}

impl Draft {
    pub(super) fn claims(&mut self) {
        let attended: Vec<(usize, Place)> = self.attended();
        for (place, at) in &attended {
            for _ in 0..self.pick(&[0, 0, 0, 1, 1, 2, 2, 3, 5]) {
                let kind = self.pick(&MEETING_KINDS);
                if !kind.starts_with("travel") || has_rates(at.day.year()) {
                    self.one_claim(*place, kind, at);
                }
            }
        }
        for place in 0..self.persons.len() {
            self.free_claims(place);
        }
    }

    fn attended(&self) -> Vec<(usize, Place)> {
        let mut attended = Vec::new();
        for row in self.basis.attendance.iter().filter(|row| row.present) {
            let place = self
                .persons
                .iter()
                .position(|person| person.person_id == row.person_id)
                .expect("a person of the basis");
            let at =
                Place { meeting_id: row.meeting_id.clone(), day: self.basis.meetings[&row.meeting_id].date };
            attended.push((place, at));
        }
        attended
    }

    fn free_claims(&mut self, place: usize) {
        let drives_far = self.chance(25);
        let number = if drives_far { 5 } else { self.rng.u32(0..=2) };
        for _ in 0..number {
            let at = Place { meeting_id: String::new(), day: self.day() };
            if !has_rates(at.day.year()) {
                continue;
            }
            if drives_far {
                let quantity = self.pick(&["5000", "5000", "4999.9", "2500", "3333.3"]);
                self.push_claim(place, "travel_car", &at, quantity, "", "");
            } else {
                let kind = self.pick(&FREE_KINDS);
                self.one_claim(place, kind, &at);
            }
        }
        let person_id = &self.persons[place].person_id;
        let left_office = self
            .basis
            .offices
            .iter()
            .find(|office| office.role == "mayor" && &office.person_id == person_id)
            .and_then(|office| office.to);
        if let Some(left_office) = left_office
            && self.chance(70)
        {
            let at = Place { meeting_id: String::new(), day: later(left_office, 1) };
            let months = self.pick(&["1", "3"]);
            self.push_claim(place, "after_pay", &at, months, "", "");
        }
    }

    fn one_claim(&mut self, place: usize, kind: &str, at: &Place) {
        let quantity = match kind {
            "travel_car" | "travel_passenger" => {
                self.pick(&["0", "1", "12.3", "47", "100.5", "999", "2500", "5000"])
            }
            "companion" => self.pick(&["1", "2.5", "8"]),
            _ => "",
        };
        let amount = match kind {
            "travel_car" | "travel_passenger" => String::new(),
            "lost_income_undocumented" if self.chance(50) => String::new(),
            "lost_income_documented" if self.may_leave_to_income(place) && self.chance(70) => String::new(),
            _ => self.amount(),
        };
        let needs_document = !["lost_income_undocumented", "travel_car", "travel_passenger"].contains(&kind);
        let document = if needs_document {
            self.documents += 1;
            format!("B-{}", self.documents)
        } else {
            String::new()
        };
        self.push_claim(place, kind, at, quantity, &amount, &document);
    }

    fn may_leave_to_income(&self, place: usize) -> bool {
        let person = &self.persons[place];
        person.has_income && ["self_employed", "no_fixed_pay"].contains(&person.employment)
    }

    fn amount(&mut self) -> String {
        if self.chance(70) {
            self.pick(&AMOUNTS).to_string()
        } else {
            let oere = self.rng.u32(0..400_000);
            format!("{}.{:02}", oere / 100, oere % 100)
        }
    }

    fn push_claim(
        &mut self,
        place: usize,
        kind: &str,
        at: &Place,
        quantity: &str,
        amount: &str,
        document: &str,
    ) {
        let claim_id = self.claim_id();
        let person_id = self.persons[place].person_id.clone();
        let date =
            if at.meeting_id.is_empty() || self.chance(50) { at.day.to_string() } else { String::new() };
        let received =
            if self.chance(20) { later(at.day, self.rng.u64(0..60)).to_string() } else { String::new() };
        let pay_kept = self.persons[place].employment == "pay_kept";
        let day_off =
            if self.chance(if pay_kept { 60 } else { 10 }) { "yes" } else { self.pick(&["", "no"]) };
        let (supplier, account) = match kind {
            "companion" => ("Ledsagaren", ACCOUNT),
            "employer_refund" => ("Arbeidsgjevaren", ACCOUNT),
            _ => ("", ""),
        };
        self.push_row(
            "claims",
            &[
                &claim_id,
                &person_id,
                kind,
                &at.meeting_id,
                &date,
                &received,
                quantity,
                amount,
                document,
                day_off,
                supplier,
                account,
            ],
        );
    }

    /// Short numbers with and without leading zeros, so that orders as number and as text differ and ties occur.
    pub(super) fn claim_id(&mut self) -> String {
        let mut most = 30;
        loop {
            let number = if self.chance(20) { self.last_claim_number } else { self.rng.u32(1..=most) };
            let prefix = self.pick(&["K", "K", "K", "B"]);
            let claim_id = match self.rng.u32(0..5) {
                0 => format!("{prefix}0{number}"),
                1 => format!("{prefix}00{number}"),
                _ => format!("{prefix}{number}"),
            };
            if self.claim_ids.insert(claim_id.clone()) {
                self.last_claim_number = number;
                return claim_id;
            }
            most += 1;
        }
    }
}

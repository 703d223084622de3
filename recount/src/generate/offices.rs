//! Who holds what, and when not.

use chrono::NaiveDate;

use super::calendar::{earlier, later, ymd};
use super::{Draft, pick};
use crate::basis::{Leave, Office};

type Interval = (NaiveDate, Option<NaiveDate>);

impl Draft {
    pub(super) fn offices(&mut self) {
        self.mayors();
        for place in 0..self.persons.len() {
            for body in self.bodies.clone() {
                // The first two are mayor and deputy, who sit in council and executive.
                let percent = match body.as_str() {
                    "KST" | "FSK" if place < 2 => 90,
                    "KST" | "FSK" => 55,
                    "ADM" => 20,
                    _ => 30,
                };
                if self.chance(percent) {
                    self.career(place, &body);
                }
            }
        }
    }

    fn push_office(&mut self, place: usize, body: &str, role: &str, (from, to): Interval) {
        let person_id = self.persons[place].person_id.clone();
        let until = to.map_or_else(String::new, |to| to.to_string());
        self.push_row("offices", &[&person_id, body, role, &from.to_string(), &until]);
        self.basis.offices.push(Office {
            person_id,
            body: body.to_string(),
            role: role.to_string(),
            from,
            to,
        });
    }

    fn mayors(&mut self) {
        let ago = self.calendar.ago();
        let (first, second) = self.two_days();
        match self.rng.u32(0..10) {
            0..4 => {
                self.push_office(0, "", "mayor", (ago, None));
                self.push_office(1, "", "deputy_mayor", (ago, None));
            }
            4..7 => {
                // The deputy follows a mayor who leaves.
                self.push_office(0, "", "mayor", (ago, Some(first)));
                self.push_office(1, "", "deputy_mayor", (ago, Some(first)));
                self.push_office(1, "", "mayor", (later(first, 1), None));
                self.push_office(2, "", "deputy_mayor", (second, None));
            }
            7..9 => {
                // The mayor comes back, and the deputy was mayor in between.
                self.push_office(0, "", "mayor", (ago, Some(first)));
                self.push_office(1, "", "deputy_mayor", (ago, Some(first)));
                if later(first, 1) < second {
                    let between = (later(first, 1), Some(earlier(second, 1)));
                    self.push_office(1, "", "mayor", between);
                }
                self.push_office(0, "", "mayor", (second, None));
                self.push_office(1, "", "deputy_mayor", (second, None));
            }
            _ => {
                self.push_office(0, "", "mayor", (first, Some(second)));
                self.push_office(1, "", "deputy_mayor", (ago, Some(first)));
                self.push_office(1, "", "deputy_mayor", (second, None));
            }
        }
        for _ in 0..self.rng.u32(0..=3) {
            self.acting();
        }
    }

    fn acting(&mut self) {
        let place = self.pick(&[1, 1, 2]);
        let (from, mut to) = self.two_days();
        if self.chance(60) {
            let days = self.pick(&[0, 1, 6, 27, 40]);
            to = later(from, days);
        }
        // Nobody is mayor twice on one day.
        let mut day = from;
        while day <= to {
            if self.basis.is_mayor(&self.persons[place].person_id, day) {
                return;
            }
            day = later(day, 1);
        }
        self.push_office(place, "", "acting_mayor", (from, Some(to)));
    }

    /// Two days, the first before the second.
    fn two_days(&mut self) -> (NaiveDate, NaiveDate) {
        loop {
            let (one, other) = (self.day(), self.day());
            if one != other {
                return (one.min(other), one.max(other));
            }
        }
    }

    fn role(&mut self) -> &'static str {
        self.pick(&[
            "leader",
            "leader",
            "deputy_leader",
            "member",
            "member",
            "member",
            "member",
            "member",
            "substitute",
        ])
    }

    /// One person's intervals in one body, which never overlap.
    fn career(&mut self, place: usize, body: &str) {
        let ago = self.calendar.ago();
        let (first, second) = self.two_days();
        let (one, other) = (self.role(), self.role());
        let end = if self.chance(70) { None } else { Some(later(second, 20)) };
        match self.rng.u32(0..20) {
            0..9 => self.push_office(place, body, one, (ago, None)),
            9..11 => self.push_office(place, body, one, (ago, Some(first))),
            11..13 => self.push_office(place, body, one, (first, end)),
            13..15 => {
                self.push_office(place, body, one, (ago, Some(first)));
                self.push_office(place, body, one, (second, end));
            }
            15..17 => {
                self.push_office(place, body, one, (ago, Some(first)));
                self.push_office(place, body, other, (later(first, 1), end));
            }
            17..19 => {
                self.push_office(place, body, one, (ago, Some(first)));
                if later(first, 1) < second {
                    let between = (later(first, 1), Some(earlier(second, 1)));
                    self.push_office(place, body, other, between);
                }
                self.push_office(place, body, one, (second, end));
            }
            _ => self.push_office(place, body, one, (first, Some(second))),
        }
    }

    pub(super) fn leave(&mut self) {
        for place in 0..self.persons.len() {
            for _ in 0..self.pick(&[0, 0, 1, 1, 2]) {
                self.one_leave(place);
            }
        }
    }

    fn one_leave(&mut self, place: usize) {
        let person_id = self.persons[place].person_id.clone();
        let own: Vec<Office> =
            self.basis.offices.iter().filter(|office| office.person_id == person_id).cloned().collect();
        if own.is_empty() {
            return;
        }
        let office = pick(&mut self.rng, &own);
        let (body, role) = match self.rng.u32(0..10) {
            0..3 => (String::new(), String::new()),
            3..6 => (office.body.clone(), String::new()),
            6..8 => (String::new(), office.role.clone()),
            _ => (office.body.clone(), office.role.clone()),
        };
        let (from, to) = self.leave_days();
        let paid = self.pick(&["yes", "no", ""]);
        let leave = Leave { person_id: person_id.clone(), body, role, from, to, paid: paid == "yes" };
        let overlaps =
            self.basis.leaves.iter().any(|other| {
                other.person_id == person_id && other.from <= leave.to && leave.from <= other.to
            });
        let same_scope = self.basis.leaves.iter().any(|other| {
            other.person_id == person_id && other.body == leave.body && other.role == leave.role
        });
        let in_office = own.iter().any(|office| {
            leave.is_from(&person_id, &office.body, &office.role)
                && office.from <= leave.to
                && office.to.is_none_or(|end| leave.from <= end)
        });
        // Leave of two scopes may overlap, seldom; of one scope it would be the same leave twice.
        if !in_office || (overlaps && (same_scope || !self.chance(40))) {
            return;
        }
        self.push_row(
            "leave",
            &[
                &leave.person_id,
                &leave.body,
                &leave.role,
                &leave.from.to_string(),
                &leave.to.to_string(),
                paid,
            ],
        );
        self.basis.leaves.push(leave);
    }

    fn leave_days(&mut self) -> (NaiveDate, NaiveDate) {
        match self.rng.u32(0..10) {
            0..3 => {
                let middle = ymd(self.calendar.year, 6, 30);
                let before = self.pick(&[0, 1, 15, 100]);
                let after = self.pick(&[0, 1, 15, 100]);
                (earlier(middle, before), later(middle, after))
            }
            3..8 => {
                let from = self.day();
                let days = self.pick(&[0, 1, 5, 27, 46, 90]);
                (from, later(from, days))
            }
            _ => self.two_days(),
        }
    }
}

//! Who holds what office, who is on leave, and who comes to a meeting.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use fastrand::Rng;

use super::bodies::{Body, LARGEST_EXECUTIVE, SeatsFrom};
use super::meetings::{Form, Meeting};
use super::people::People;

/// The first day of the council's term.
const TERM_FROM: NaiveDate = match NaiveDate::from_ymd_opt(2015, 10, 15) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

#[derive(Debug, Clone, Copy)]
pub(super) struct Office {
    pub(super) person: usize,
    /// Nothing for the mayor's and deputy mayor's own.
    pub(super) body: Option<usize>,
    pub(super) role: &'static str,
    pub(super) from: NaiveDate,
    pub(super) to: Option<NaiveDate>,
}

impl Office {
    fn is_held_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    fn is_seat(&self) -> bool {
        self.body.is_some() && self.role != "substitute"
    }
}

/// Leave from every office, unpaid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leave {
    pub(super) person: usize,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

#[derive(Debug)]
pub(super) struct Offices {
    pub(super) held: Vec<Office>,
    pub(super) leave: Vec<Leave>,
    /// The seats of each body, as places in `held`.
    seats_of_body: Vec<Vec<usize>>,
    /// Who may sit in for a member of each body.
    substitutes_of_body: Vec<Vec<usize>>,
    control_leader: Option<usize>,
}

/// A row of attendance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    pub(super) person: usize,
    pub(super) status: &'static str,
    pub(super) capacity: &'static str,
    pub(super) some_cases: bool,
    /// Minutes after the meeting's start, and before its end.
    pub(super) late_minutes: u32,
    pub(super) early_minutes: u32,
    pub(super) travel_minutes: u32,
    pub(super) substitute_for: Option<usize>,
    /// Whether the mayor's pay, or his absence, shuts claims for lost income out.
    pub(super) has_mayors_pay: bool,
}

impl Seat {
    pub(super) fn is_present(&self) -> bool {
        self.status == "present"
    }
}

const MAYOR: usize = 0;
const DEPUTY: usize = 1;

impl Offices {
    pub(super) fn draw(bodies: &[Body], people: &People, rng: &mut Rng) -> Self {
        let mut drawn = Self {
            held: Vec::new(),
            leave: Vec::new(),
            seats_of_body: vec![Vec::new(); bodies.len()],
            substitutes_of_body: Vec::new(),
            control_leader: None,
        };
        drawn.hold(MAYOR, None, "mayor", TERM_FROM, None);
        drawn.hold(DEPUTY, None, "deputy_mayor", TERM_FROM, None);
        if rng.u32(..100) < 25 {
            drawn.act_for_the_mayor(rng);
        }
        for (place, body) in bodies.iter().enumerate() {
            drawn.fill(place, body, people, rng);
            let holders: BTreeSet<usize> = drawn.seats(place).map(|office| office.person).collect();
            let others = people.substitutes().chain(people.outside().take(6));
            drawn.substitutes_of_body.push(others.filter(|person| !holders.contains(person)).collect());
            if body.code == "KU" {
                let leader = drawn.seats(place).find(|office| office.role == "leader");
                drawn.control_leader = leader.map(|office| office.person);
            }
        }
        drawn.some_leave(people, rng);
        drawn
    }

    fn hold(
        &mut self,
        person: usize,
        body: Option<usize>,
        role: &'static str,
        from: NaiveDate,
        to: Option<NaiveDate>,
    ) {
        let office = Office { person, body, role, from, to };
        if let (Some(body), true) = (body, office.is_seat()) {
            self.seats_of_body[body].push(self.held.len());
        }
        self.held.push(office);
    }

    fn seats(&self, body: usize) -> impl Iterator<Item = &Office> {
        self.seats_of_body[body].iter().map(|place| &self.held[*place])
    }

    /// The mayor is away for some weeks, and the deputy acts.
    fn act_for_the_mayor(&mut self, rng: &mut Rng) {
        let from = super::meetings::day_of_year(rng.u64(20..300));
        let to = from + Days::new(rng.u64(13..50));
        self.leave.push(Leave { person: MAYOR, from, to });
        self.hold(DEPUTY, None, "acting_mayor", from, Some(to));
    }

    fn fill(&mut self, place: usize, body: &Body, people: &People, rng: &mut Rng) {
        let council: Vec<usize> = people.council().collect();
        let mut members: Vec<usize> = match body.seats_from {
            SeatsFrom::Council => council,
            SeatsFrom::Leadership => council.into_iter().take(body.seats).collect(),
            SeatsFrom::Mixed => {
                let outside = body.seats / 3;
                let inside = rng.choose_multiple(council.into_iter().skip(2), body.seats - outside);
                inside.into_iter().chain(rng.choose_multiple(people.outside(), outside)).collect()
            }
            SeatsFrom::Outside => rng.choose_multiple(people.outside(), body.seats),
        };
        if body.seats_from != SeatsFrom::Council && body.seats_from != SeatsFrom::Leadership {
            rng.shuffle(&mut members);
        }
        let mut successors = people.substitutes();
        for (seat, person) in members.into_iter().enumerate() {
            let role = match seat {
                0 => "leader",
                1 => "deputy_leader",
                _ => "member",
            };
            // A few leave in the middle of the year, and the next on the list takes over.
            let is_in_other_bodies = body.is_council() && seat < LARGEST_EXECUTIVE;
            let leaves = seat > 1 && !is_in_other_bodies && body.seats_from != SeatsFrom::Leadership;
            let successor = if leaves && rng.u32(..100) < 4 { successors.next() } else { None };
            let Some(successor) = successor else {
                self.hold(person, Some(place), role, TERM_FROM, None);
                continue;
            };
            let last = super::meetings::day_of_year(rng.u64(30..330));
            self.hold(person, Some(place), role, TERM_FROM, Some(last));
            self.hold(successor, Some(place), role, last + Days::new(1), None);
        }
        if body.is_council() {
            for person in successors {
                self.hold(person, Some(place), "substitute", TERM_FROM, None);
            }
        }
    }

    fn some_leave(&mut self, people: &People, rng: &mut Rng) {
        let holders: BTreeSet<usize> = self.held.iter().map(|office| office.person).collect();
        for person in people.council().skip(2).chain(people.outside()) {
            let holds_throughout =
                self.held.iter().all(|office| office.person != person || office.to.is_none());
            if rng.u32(..100) < 3 && holders.contains(&person) && holds_throughout {
                let from = super::meetings::day_of_year(rng.u64(..300));
                self.leave.push(Leave { person, from, to: from + Days::new(rng.u64(20..120)) });
            }
        }
    }

    fn is_on_leave(&self, person: usize, day: NaiveDate) -> bool {
        self.leave.iter().any(|leave| leave.person == person && leave.from <= day && day <= leave.to)
    }

    /// Who is mayor on a day, or acts as one.
    fn has_mayors_pay(&self, person: usize, day: NaiveDate) -> bool {
        person == MAYOR
            || self.held.iter().any(|office| {
                office.role == "acting_mayor" && office.person == person && office.is_held_on(day)
            })
    }

    /// The rows of attendance of a meeting.
    pub(super) fn attendance(
        &self,
        bodies: &[Body],
        meeting: &Meeting,
        people: &People,
        rng: &mut Rng,
    ) -> Vec<Seat> {
        let body = &bodies[meeting.body];
        let by_distance = meeting.form == Form::InPerson;
        let row = |person: usize, status, capacity, rng: &mut Rng| {
            let present = status == "present";
            let part = present && rng.u32(..100) < 4;
            let (late, early) = (rng.u32(1..4), rng.u32(1..4));
            let third = meeting.minutes() / 3;
            Seat {
                person,
                status,
                capacity,
                some_cases: capacity == "substitute" && rng.u32(..100) < 8,
                late_minutes: if part && third > 0 { (5 * late).min(third) } else { 0 },
                early_minutes: if part && third > 0 && rng.bool() { (10 * early).min(third) } else { 0 },
                travel_minutes: if present && by_distance { people.all[person].travel_minutes() } else { 0 },
                substitute_for: None,
                has_mayors_pay: self.has_mayors_pay(person, meeting.date),
            }
        };
        let mut rows = Vec::new();
        let mut absent = Vec::new();
        for office in self.seats(meeting.body).filter(|office| office.is_held_on(meeting.date)) {
            if self.is_on_leave(office.person, meeting.date) {
                absent.push(office.person);
                continue;
            }
            // Some are away often, so that the fixed fee is reduced.
            let often_away = office.person % 9 == 5;
            let status = match rng.u32(..100) {
                0..2 => "absent_invalid",
                2..10 => "absent_valid",
                10..40 if often_away => "absent_valid",
                _ => "present",
            };
            if status != "present" {
                absent.push(office.person);
            }
            rows.push(row(office.person, status, "", rng));
        }
        let mut called: BTreeSet<usize> = rows.iter().map(|row| row.person).collect();
        for missing in absent {
            let free =
                |person: &&usize| !called.contains(person) && !self.is_on_leave(**person, meeting.date);
            let list = &self.substitutes_of_body[meeting.body];
            let skipped = rng.usize(..3);
            let Some(&person) = list.iter().filter(free).nth(skipped) else { continue };
            if rng.u32(..100) < 75 {
                called.insert(person);
                rows.push(Seat {
                    substitute_for: Some(missing),
                    ..row(person, "present", "substitute", rng)
                });
            }
        }
        let representatives = people.employee_representatives().take(body.employee_representatives);
        rows.extend(representatives.map(|person| row(person, "present", "employee_representative", rng)));
        if let (true, Some(leader)) = (body.is_council() && rng.u32(..100) < 30, self.control_leader)
            && !called.contains(&leader)
            && !self.is_on_leave(leader, meeting.date)
        {
            rows.push(row(leader, "present", "summoned", rng));
        }
        rows
    }
}

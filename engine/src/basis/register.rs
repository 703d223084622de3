//! The register: persons, bodies and meetings, found by their ids.

use std::collections::HashMap;

use super::index::{BodyIx, MeetingIx, PersonIx};
use super::rows::{Body, Meeting, Person};
use crate::natural::{compare_numbers, natural_order};

/// An id as a number of any length: without its leading zeros.
fn number(id: &str) -> &str {
    id.trim_start_matches('0')
}

/// The persons, bodies and meetings that other rows refer to.
#[derive(Debug, Clone, Default)]
pub struct Register {
    persons: Vec<Person>,
    bodies: Vec<Body>,
    meetings: Vec<Meeting>,
    /// By their ids without leading zeros.
    person_by_number: HashMap<Box<str>, PersonIx>,
    body_by_code: HashMap<Box<str>, BodyIx>,
    meeting_by_id: HashMap<Box<str>, MeetingIx>,
}

impl Register {
    /// A register of persons and bodies; ids are unique (persons' as numbers).
    pub fn new(mut persons: Vec<Person>, mut bodies: Vec<Body>) -> Self {
        persons.sort_by(|a, b| compare_numbers(&a.id, &b.id).then_with(|| a.id.cmp(&b.id)));
        bodies.sort_by(|a, b| a.code.cmp(&b.code));
        let numbers = (0..).zip(&persons).map(|(n, person)| (number(&person.id).into(), PersonIx::new(n)));
        let body_by_code = (0..).zip(&bodies).map(|(n, body)| (body.code.clone(), BodyIx::new(n)));
        let (person_by_number, body_by_code) = (numbers.collect(), body_by_code.collect());
        Self { persons, bodies, person_by_number, body_by_code, ..Self::default() }
    }

    /// The register with its meetings; ids are unique.
    #[must_use]
    pub fn with_meetings(mut self, mut meetings: Vec<Meeting>) -> Self {
        meetings.sort_by(|a, b| {
            (a.date, a.start_minute).cmp(&(b.date, b.start_minute)).then_with(|| natural_order(&a.id, &b.id))
        });
        self.meeting_by_id =
            (0..).zip(&meetings).map(|(n, meeting)| (meeting.id.clone(), MeetingIx::new(n))).collect();
        self.meetings = meetings;
        self
    }

    /// The person whose id equals this one as a number.
    pub fn find_person(&self, id: &str) -> Option<PersonIx> {
        self.person_by_number.get(number(id)).copied()
    }

    /// The person who follows another in the order of ids.
    pub fn person_after(&self, person: PersonIx) -> Option<PersonIx> {
        let next = person.place() + 1;
        (next < self.persons.len()).then(|| PersonIx::new(next))
    }

    /// The body of a code.
    pub fn find_body(&self, code: &str) -> Option<BodyIx> {
        self.body_by_code.get(code).copied()
    }

    /// The meeting of an id.
    pub fn find_meeting(&self, id: &str) -> Option<MeetingIx> {
        self.meeting_by_id.get(id).copied()
    }

    /// A person.
    #[expect(clippy::indexing_slicing, reason = "an index is made by this register only")]
    pub fn person(&self, person: PersonIx) -> &Person {
        &self.persons[person.place()]
    }

    /// A body.
    #[expect(clippy::indexing_slicing, reason = "an index is made by this register only")]
    pub fn body(&self, body: BodyIx) -> &Body {
        &self.bodies[body.place()]
    }

    /// A meeting.
    #[expect(clippy::indexing_slicing, reason = "an index is made by this register only")]
    pub fn meeting(&self, meeting: MeetingIx) -> &Meeting {
        &self.meetings[meeting.place()]
    }

    /// All persons, in the order of their ids as numbers.
    pub fn persons(&self) -> impl ExactSizeIterator<Item = (PersonIx, &Person)> {
        self.persons.iter().enumerate().map(|(place, person)| (PersonIx::new(place), person))
    }

    /// All bodies, in the order of their codes.
    pub fn bodies(&self) -> impl ExactSizeIterator<Item = (BodyIx, &Body)> {
        self.bodies.iter().enumerate().map(|(place, body)| (BodyIx::new(place), body))
    }

    /// All meetings, in the order of date, start and id.
    pub fn meetings(&self) -> impl ExactSizeIterator<Item = (MeetingIx, &Meeting)> {
        self.meetings.iter().enumerate().map(|(place, meeting)| (MeetingIx::new(place), meeting))
    }

    /// The body whose members a body is: the one that it sits as, else itself.
    pub fn seated_body(&self, body: BodyIx) -> BodyIx {
        self.body(body).sits_as.as_deref().and_then(|code| self.find_body(code)).unwrap_or(body)
    }
}

//! The register: persons, bodies and meetings, found by their ids.

use std::collections::HashMap;

use super::index::{BodyIx, MeetingIx, PersonIx};
use super::rows::{Body, Meeting, Person};
use crate::natural::{compare_numbers, natural_order};

/// An id of a person as a number; nothing where it is none, or has more digits than such ids have.
fn number(id: &str) -> Option<u64> {
    id.bytes().try_fold(0_u64, |number, byte| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// The persons, bodies and meetings that other rows refer to.
#[derive(Debug, Clone, Default)]
pub struct Register {
    persons: Vec<Person>,
    bodies: Vec<Body>,
    meetings: Vec<Meeting>,
    /// The persons' ids as numbers, in the same order.
    numbers: Vec<u64>,
    body_by_code: HashMap<Box<str>, BodyIx>,
    meeting_by_id: HashMap<Box<str>, MeetingIx>,
}

impl Register {
    /// A register of persons and bodies; ids are unique (persons' as numbers).
    pub fn new(mut persons: Vec<Person>, mut bodies: Vec<Body>) -> Self {
        persons.sort_by(|a, b| compare_numbers(&a.id, &b.id).then_with(|| a.id.cmp(&b.id)));
        bodies.sort_by(|a, b| a.code.cmp(&b.code));
        let numbers = persons.iter().map(|person| number(&person.id).unwrap_or(u64::MAX)).collect();
        let body_by_code = (0..).zip(&bodies).map(|(n, body)| (body.code.clone(), BodyIx::new(n))).collect();
        Self { persons, bodies, numbers, body_by_code, ..Self::default() }
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
        self.numbers.binary_search(&number(id)?).ok().map(PersonIx::new)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::Employment;

    #[test]
    fn persons_are_found_by_their_ids_as_numbers() {
        let ids = ["7", "012", "00120", "12345678", "9999999999"];
        let person = |id: &&str| Person {
            id: (*id).into(),
            name: "".into(),
            group: "".into(),
            employment: Employment::Employed,
            annual_net_income: None,
            day_wage: None,
            employer: "".into(),
            row: 0,
        };
        let register = Register::new(ids.iter().rev().map(person).collect(), Vec::new());
        for id in ids {
            for written in [id.to_owned(), format!("00{id}"), id.trim_start_matches('0').to_owned()] {
                let found = register.find_person(&written).map(|ix| &*register.person(ix).id);
                assert_eq!(found, Some(id), "{written}");
            }
        }
        for id in ["", "0", "8", "70", "+7", "7 ", "1e1", "12345679", "99999999999999999999"] {
            assert_eq!(register.find_person(id), None, "{id}");
        }
    }
}

//! What could not be read, so that one mistake gives one problem.

use std::collections::HashSet;

use honorar_engine::basis::{MeetingIx, PersonIx};

use crate::places::Places;
use crate::vocabulary::TableName;

/// Rows that could not be read, so that nothing is said twice.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doubtful {
    pub(super) persons: HashSet<String>,
    pub(super) bodies: HashSet<String>,
    pub(super) meetings: HashSet<String>,
    pub(super) offices_of: HashSet<PersonIx>,
    pub(super) attendance: HashSet<(PersonIx, MeetingIx)>,
    /// Whose row of attendance names no known meeting, and of which meeting a row names no known
    /// person.
    pub(super) attendance_of: HashSet<PersonIx>,
    pub(super) attendance_at: HashSet<MeetingIx>,
    /// Whose income of some year could not be read.
    pub(super) incomes_of: HashSet<PersonIx>,
    /// Who is named in a row of any table, sound or not.
    pub(super) named: Places,
    /// Whole tables that are missing, or lack a column.
    pub(super) tables: HashSet<TableName>,
}

impl Doubtful {
    /// Adds what is doubtful to another reader.
    pub(super) fn extend(&mut self, other: Self) {
        // Taken apart, so that nothing new is forgotten here.
        let Self {
            persons,
            bodies,
            meetings,
            offices_of,
            attendance,
            attendance_of,
            attendance_at,
            incomes_of,
            named,
            tables,
        } = other;
        self.persons.extend(persons);
        self.bodies.extend(bodies);
        self.meetings.extend(meetings);
        self.offices_of.extend(offices_of);
        self.attendance.extend(attendance);
        self.attendance_of.extend(attendance_of);
        self.attendance_at.extend(attendance_at);
        self.incomes_of.extend(incomes_of);
        self.named.extend(named);
        self.tables.extend(tables);
    }

    /// Whether a person's offices and leave are not all known.
    pub(crate) fn offices(&self, person: PersonIx) -> bool {
        self.tables.contains(&TableName::Offices) || self.offices_of.contains(&person)
    }

    /// Whether a person's presence at a meeting is not known.
    pub(crate) fn presence(&self, person: PersonIx, meeting: MeetingIx) -> bool {
        self.tables.contains(&TableName::Attendance)
            || self.attendance.contains(&(person, meeting))
            || self.attendance_of.contains(&person)
            || self.attendance_at.contains(&meeting)
    }

    /// Whether a person's incomes are not all known.
    pub(crate) fn incomes(&self, person: PersonIx) -> bool {
        self.tables.contains(&TableName::Incomes) || self.incomes_of.contains(&person)
    }

    /// Whether a whole table is not to be trusted.
    pub(crate) fn any_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Whether a row of any table names a person.
    pub(crate) fn names(&self, person: PersonIx) -> bool {
        self.named.contains(person.place())
    }
}

//! The tables of a basis, one a file: their columns, and what each row has to be.
//!
//! A row that is wrong is left out and remembered as doubtful, so that one mistake gives one
//! problem: what refers to it is not reported a second time.

mod attendance;
mod bodies;
mod claims;
mod doubtful;
mod group_payments;
mod group_reports;
mod groups;
mod handed;
mod identity_numbers;
mod incomes;
mod leave;
mod meetings;
mod offices;
mod persons;
mod trips;
mod visma_expense;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use honorar_engine::Regulation;
use honorar_engine::basis::{Basis, BodyIx, Claim, GroupRows, MeetingIx, PersonIx, Register, Rows};
use honorar_engine::calendar::DateSpan;
use honorar_problems::{Place, Problem, did_you_mean};
use honorar_rates::Profile;

pub(crate) use self::doubtful::Doubtful;
pub(crate) use self::groups::KnownGroups;
pub(crate) use self::handed::Handed;
use crate::columns::{Columns, Locator};
use crate::field::{Field, Read, Reported};
use crate::vocabulary::TableName;

/// The greatest amount of a claim, in kroner.
const KRONER_LIMIT: u32 = 1_000_000;

/// Where the fields of each table stand.
#[derive(Debug, Default)]
pub(crate) struct Locators(BTreeMap<TableName, Locator>);

impl Locators {
    /// The place of a field.
    pub(crate) fn at(&self, table: TableName, row: u32, column: &'static str) -> Place {
        self.0.get(&table).map(|locator| locator.at(row, column)).unwrap_or_default()
    }

    /// The place of a claim's field, wherever the claim was read.
    pub(crate) fn of_claim(&self, claim: &Claim, column: &'static str) -> Place {
        let place = if claim.registered.is_some() {
            self.at(TableName::VismaExpense, claim.row, visma_expense::column(column))
        } else {
            self.at(TableName::Claims, claim.row, column)
        };
        place.with_key(&*claim.id)
    }

    /// The place of a table that was read.
    pub(crate) fn table(&self, table: TableName) -> Option<Place> {
        self.0.get(&table).map(Locator::table)
    }
}

/// What the tables hold, with what is doubtful and where it all stands.
pub(crate) struct ReadTables {
    pub(crate) basis: Basis,
    pub(crate) doubtful: Doubtful,
    pub(crate) locators: Locators,
    pub(crate) known_groups: KnownGroups,
}

/// What the readers of tables share.
pub(crate) struct TableReader<'r> {
    pub(crate) regulation: &'r Regulation,
    pub(crate) doubtful: Doubtful,
    pub(crate) locators: Locators,
    pub(crate) problems: Vec<Problem>,
    /// The meeting that the field before referred to: rows come in the order of meetings, and theirs is mostly the same.
    last_meeting: Option<MeetingIx>,
}

/// Reads all tables against a regulation. What Visma Expense's pay codes are is for the profile to say.
pub(crate) fn read(
    handed: &Handed<'_>,
    regulation: &Regulation,
    profile: Option<&Profile>,
    problems: &mut Vec<Problem>,
) -> ReadTables {
    let mut reading = TableReader {
        regulation,
        doubtful: Doubtful { tables: handed.doubtful.clone(), ..Doubtful::default() },
        locators: Locators::default(),
        problems: std::mem::take(problems),
        last_meeting: None,
    };
    let employees =
        handed.get(TableName::Employees).map(|table| persons::read_employees(&mut reading, table));
    let persons =
        handed.get(TableName::Persons).map(|table| persons::read(&mut reading, table, employees.as_ref()));
    let bodies = bodies::read(&mut reading, handed.get(TableName::Bodies));
    let register = Register::new(persons.unwrap_or_default(), bodies);
    let meetings =
        handed.get(TableName::Meetings).map(|table| meetings::read(&mut reading, table, &register));
    let register = register.with_meetings(meetings.unwrap_or_default());
    let offices = handed.get(TableName::Offices).map(|table| offices::read(&mut reading, table, &register));
    let leave = handed.get(TableName::Leave).map(|table| leave::read(&mut reading, table, &register));
    let rows =
        Rows { offices: offices.unwrap_or_default(), leave: leave.unwrap_or_default(), ..Rows::default() };
    // Attendance refers to offices: an empty capacity means a seat that the person holds.
    let seats = Basis::new(register, rows);
    // The two largest, of which neither refers to the other, side by side where a thread is free.
    let mut beside = reading.beside();
    let (attendance, claims) = rayon::join(
        || handed.get(TableName::Attendance).map(|table| attendance::read(&mut reading, table, &seats)),
        || handed.get(TableName::Claims).map(|table| claims::read(&mut beside, table, seats.register())),
    );
    reading.take_in(beside);
    let (attendance, mut claims) = (attendance.unwrap_or_default(), claims.unwrap_or_default());
    if let Some(table) = handed.get(TableName::VismaExpense) {
        let presence = visma_expense::Presence::of(seats.register(), &attendance);
        claims.extend(visma_expense::read(&mut reading, table, &presence, profile));
    }
    let trips = handed.get(TableName::Trips).map(|table| trips::read(&mut reading, table, seats.register()));
    let register = seats.register();
    let other_income =
        handed.get(TableName::OtherIncome).map(|table| incomes::read_other(&mut reading, table, register));
    let incomes = handed.get(TableName::Incomes).map(|table| incomes::read(&mut reading, table, register));
    let (groups, known_groups) = read_groups(&mut reading, handed, seats.register());
    let (register, rows) = seats.into_parts();
    let rows = Rows {
        attendance,
        claims,
        trips: trips.unwrap_or_default(),
        other_income: other_income.unwrap_or_default(),
        incomes: incomes.unwrap_or_default(),
        groups,
        ..rows
    };
    *problems = reading.problems;
    ReadTables {
        basis: Basis::new(register, rows),
        doubtful: reading.doubtful,
        locators: reading.locators,
        known_groups,
    }
}

/// The tables about party groups.
fn read_groups(
    reading: &mut TableReader<'_>,
    handed: &Handed<'_>,
    register: &Register,
) -> (GroupRows, KnownGroups) {
    let (groups, known) =
        handed.get(TableName::Groups).map(|table| groups::read(reading, table)).unwrap_or_default();
    let payments = handed
        .get(TableName::GroupPayments)
        .map(|table| group_payments::read(reading, table, register, &known));
    let reports =
        handed.get(TableName::GroupReports).map(|table| group_reports::read(reading, table, &known));
    let rows =
        GroupRows { groups, payments: payments.unwrap_or_default(), reports: reports.unwrap_or_default() };
    (rows, known)
}

impl<'r> TableReader<'r> {
    /// A reader that knows what this one does, for another thread.
    fn beside(&self) -> Self {
        Self {
            regulation: self.regulation,
            doubtful: self.doubtful.clone(),
            locators: Locators::default(),
            problems: Vec::new(),
            last_meeting: None,
        }
    }

    /// Takes in what a reader beside this one found.
    fn take_in(&mut self, beside: TableReader<'r>) {
        self.doubtful.extend(beside.doubtful);
        self.locators.0.extend(beside.locators.0);
        self.problems.extend(beside.problems);
    }

    /// The person that a field names.
    fn person(&mut self, field: &Field<'_>, register: &Register) -> Read<PersonIx> {
        let Some(id) = field.text(&mut self.problems)? else { return Ok(None) };
        if let Some(person) = register.find_person(&id) {
            self.doubtful.named.insert(person.place());
            return Ok(Some(person));
        }
        if !self.doubtful.tables.contains(&TableName::Persons)
            && !self.doubtful.persons.contains(id.trim_start_matches('0'))
        {
            let ids = register.persons().map(|(_, person)| &*person.id);
            let problem = field
                .error("unknown_person", "there is no such person")
                .expected("the person_id of a row in `persons`")
                .maybe_hint(self.suggestion(&id, ids));
            self.problems.push(problem);
        }
        Err(Reported)
    }

    /// A hint for an id that is nearly right. After many problems none is looked for: whoever gets
    /// thousands has another trouble than a misspelt id, and each look goes over all ids.
    fn suggestion<'a>(&self, id: &str, ids: impl Iterator<Item = &'a str>) -> Option<String> {
        (self.problems.len() < 100).then(|| did_you_mean(id, ids)).flatten()
    }

    /// The body that a field names.
    fn body(&mut self, field: &Field<'_>, register: &Register) -> Read<BodyIx> {
        let Some(code) = field.text(&mut self.problems)? else { return Ok(None) };
        if let Some(body) = register.find_body(&code) {
            return Ok(Some(body));
        }
        let all_known = !self.doubtful.tables.contains(&TableName::Bodies);
        if all_known && !self.doubtful.bodies.contains(&*code) {
            let codes = register.bodies().map(|(_, body)| &*body.code);
            self.problems.push(unknown_body(field, &code, codes));
        }
        Err(Reported)
    }

    /// The meeting that a field names.
    fn meeting(&mut self, field: &Field<'_>, register: &Register) -> Read<MeetingIx> {
        let Some(id) = field.text(&mut self.problems)? else { return Ok(None) };
        let same = self.last_meeting.filter(|last| *register.meeting(*last).id == *id);
        if let Some(meeting) = same.or_else(|| register.find_meeting(&id)) {
            self.last_meeting = Some(meeting);
            return Ok(Some(meeting));
        }
        if !self.doubtful.tables.contains(&TableName::Meetings) && !self.doubtful.meetings.contains(&*id) {
            let ids = register.meetings().map(|(_, meeting)| &*meeting.id);
            let problem = field
                .error("unknown_meeting", "there is no such meeting")
                .expected("the meeting_id of a row in `meetings`")
                .maybe_hint(self.suggestion(&id, ids));
            self.problems.push(problem);
        }
        Err(Reported)
    }

    /// The span of two date fields, the second empty when it is still running.
    fn span(&mut self, from: &Field<'_>, to: &Field<'_>) -> Result<DateSpan, Reported> {
        let first = from.date(&mut self.problems);
        let first = from.needed(first, &mut self.problems);
        let last = to.date(&mut self.problems);
        let (first, last): (NaiveDate, _) = (first?, last?);
        let Some(last) = last else { return Ok(DateSpan::from(first)) };
        DateSpan::new(first, last).ok_or_else(|| {
            let problem = to.error("end_before_start", "the end is before the start");
            self.problems.push(problem.expected(format!("{first} or later")));
            Reported
        })
    }

    /// Remembers where a table's fields stand, and that a table without a column it needs says
    /// nothing.
    fn opened<const N: usize>(&mut self, name: TableName, columns: &Columns<'_, N>) {
        self.locators.0.insert(name, columns.locator());
        if columns.lack_required() {
            self.doubtful.tables.insert(name);
        }
    }

    /// The year that a field states.
    fn year(&mut self, field: &Field<'_>) -> Read<i32> {
        let Some(number) = field.number(&mut self.problems)? else { return Ok(None) };
        let year = i32::try_from(number)
            .ok()
            .filter(|year| number.fract().is_zero() && (1900..=2199).contains(year));
        year.map(Some).ok_or_else(|| {
            let problem = field.error("not_a_year", "this is no year");
            self.problems.push(problem.expected("a year such as 2023"));
            Reported
        })
    }

    /// A key that must be there and is new.
    fn new_key<'f>(
        &mut self,
        field: &Field<'f>,
        seen: &mut HashSet<Cow<'f, str>>,
    ) -> Result<Box<str>, Reported> {
        let key = field.text(&mut self.problems);
        let key = field.needed(key, &mut self.problems)?;
        if !seen.insert(key.clone()) {
            let problem = field.error("double_key", format!("this `{}` is there twice", field.name()));
            self.problems
                .push(problem.expected("each once").hint("delete one of the rows, or give it another id"));
            return Err(Reported);
        }
        Ok(key.into())
    }

    /// The text of a field that may be empty.
    fn text(&mut self, field: &Field<'_>) -> Box<str> {
        field.text(&mut self.problems).ok().flatten().unwrap_or_default().into()
    }
}

fn unknown_body<'a>(field: &Field<'_>, code: &str, codes: impl Iterator<Item = &'a str>) -> Problem {
    field
        .error("unknown_body", "there is no such body")
        .expected("a body of the regulation, or of a row in `bodies`")
        .maybe_hint(did_you_mean(code, codes))
}

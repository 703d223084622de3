//! The tables of a basis, one a file: their columns, and what each row has to be.
//!
//! A row that is wrong is left out and remembered as doubtful, so that one mistake gives one
//! problem: what refers to it is not reported a second time.

mod attendance;
mod bodies;
mod claims;
mod leave;
mod meetings;
mod offices;
mod persons;
mod trips;

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use honorar_engine::Regulation;
use honorar_engine::basis::{Basis, BodyIx, MeetingIx, PersonIx, Register, Rows};
use honorar_engine::calendar::DateSpan;
use honorar_problems::{Place, Problem, did_you_mean};

use crate::field::{Column, Columns, Field, Locator, Read, Reported, must};
use crate::table::{Table, is_blank};
use crate::vocabulary::{self, TableName};

const REQUIRED: [TableName; 4] =
    [TableName::Persons, TableName::Offices, TableName::Meetings, TableName::Attendance];

/// The greatest amount of a claim, in kroner.
const KRONER_LIMIT: u32 = 1_000_000;

/// The tables by name, each once.
pub(crate) struct Handed<'t> {
    tables: BTreeMap<TableName, &'t Table>,
    /// Tables of which rows or the whole are not to be trusted.
    doubtful: HashSet<TableName>,
}

impl<'t> Handed<'t> {
    /// Sorts tables by name. The same table twice is an error; so is a required one that is missing,
    /// unless a file could not be read that may hold it.
    pub(crate) fn new(tables: &'t [Table], basis: &str, all_read: bool, problems: &mut Vec<Problem>) -> Self {
        let mut handed = Self { tables: BTreeMap::new(), doubtful: HashSet::new() };
        for table in tables {
            let Some(name) = vocabulary::table(&table.name) else { continue };
            if handed.tables.contains_key(&name) {
                let message = format!("the table `{}` is there twice", vocabulary::table_name(name));
                let problem = Problem::error("double_table", table.place.clone(), message);
                problems.push(
                    problem.expected("each table once").hint("delete one of the two, or put both into one"),
                );
                handed.doubtful.insert(name);
                continue;
            }
            if table.headings().is_empty() {
                if REQUIRED.contains(&name) {
                    let problem = Problem::error("empty_table", table.place.clone(), "the table is empty");
                    problems.push(problem.expected("a row of headings, and rows below it"));
                    handed.doubtful.insert(name);
                } else {
                    problems.push(Problem::note("empty_table", table.place.clone(), "the table is empty"));
                }
                continue;
            }
            for row in table.overlong() {
                problems.push(too_many_cells(table, *row));
                handed.doubtful.insert(name);
            }
            identity_numbers(table, problems);
            handed.tables.insert(name, table);
        }
        let missing = REQUIRED.into_iter().filter(|name| !handed.tables.contains_key(name));
        for name in missing.filter(|name| !handed.doubtful.contains(name)).collect::<Vec<_>>() {
            handed.doubtful.insert(name);
            if all_read {
                problems.push(missing_table(basis, name));
            }
        }
        if !all_read && !handed.tables.contains_key(&TableName::Bodies) {
            handed.doubtful.insert(TableName::Bodies);
        }
        let later =
            [TableName::Groups, TableName::GroupPayments, TableName::GroupReports, TableName::OtherIncome];
        for (name, table) in &handed.tables {
            if later.contains(name) {
                let message =
                    format!("the table `{}` is not used by this version", vocabulary::table_name(*name));
                problems.push(Problem::note("unused_table", table.place.clone(), message));
            }
        }
        handed
    }

    fn get(&self, name: TableName) -> Option<&'t Table> {
        self.tables.get(&name).copied()
    }
}

fn too_many_cells(table: &Table, row: u32) -> Problem {
    let message = "the row has more cells than there are headings";
    let problem = Problem::error("too_many_cells", table.place.at_row(row), message);
    let problem = problem.expected("a heading above each cell");
    match table.place.sheet {
        Some(_) => problem,
        None => problem.hint(
            "a cell that holds the separator, such as a decimal comma, needs quotation marks around it",
        ),
    }
}

fn missing_table(basis: &str, table: TableName) -> Problem {
    let name = vocabulary::table_name(table);
    let message = format!("the table `{name}` is missing");
    let expected = format!("a file or sheet named `{name}`, or its word in bokmål or nynorsk");
    Problem::error("missing_table", Place::file(basis), message).expected(expected)
}

/// Rows that could not be read, so that nothing is said twice.
#[derive(Debug, Default)]
pub(crate) struct Doubtful {
    persons: HashSet<String>,
    bodies: HashSet<String>,
    meetings: HashSet<String>,
    offices_of: HashSet<PersonIx>,
    attendance: HashSet<(PersonIx, MeetingIx)>,
    /// Whose row of attendance names no known meeting, and of which meeting a row names no known
    /// person.
    attendance_of: HashSet<PersonIx>,
    attendance_at: HashSet<MeetingIx>,
    /// Who is named in a row of any table, sound or not.
    named: HashSet<PersonIx>,
    /// Whole tables that are missing, or lack a column.
    tables: HashSet<TableName>,
}

impl Doubtful {
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

    /// Whether a whole table is not to be trusted.
    pub(crate) fn any_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Whether a row of any table names a person.
    pub(crate) fn names(&self, person: PersonIx) -> bool {
        self.named.contains(&person)
    }
}

/// Where the fields of each table stand.
#[derive(Debug, Default)]
pub(crate) struct Locators(BTreeMap<TableName, Locator>);

impl Locators {
    /// The place of a field.
    pub(crate) fn at(&self, table: TableName, row: u32, column: &'static str) -> Place {
        self.0.get(&table).map(|locator| locator.at(row, column)).unwrap_or_default()
    }
}

/// What the tables hold, with what is doubtful and where it all stands.
pub(crate) struct ReadTables {
    pub(crate) basis: Basis,
    pub(crate) doubtful: Doubtful,
    pub(crate) locators: Locators,
}

/// What the readers of tables share.
pub(crate) struct TableReader<'r> {
    pub(crate) regulation: &'r Regulation,
    pub(crate) doubtful: Doubtful,
    pub(crate) locators: Locators,
    pub(crate) problems: Vec<Problem>,
}

/// Reads all tables against a regulation.
pub(crate) fn read(handed: &Handed<'_>, regulation: &Regulation, problems: &mut Vec<Problem>) -> ReadTables {
    let mut reading = TableReader {
        regulation,
        doubtful: Doubtful { tables: handed.doubtful.clone(), ..Doubtful::default() },
        locators: Locators::default(),
        problems: std::mem::take(problems),
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
    let attendance =
        handed.get(TableName::Attendance).map(|table| attendance::read(&mut reading, table, &seats));
    let claims =
        handed.get(TableName::Claims).map(|table| claims::read(&mut reading, table, seats.register()));
    let trips = handed.get(TableName::Trips).map(|table| trips::read(&mut reading, table, seats.register()));
    let (register, rows) = seats.into_parts();
    let rows = Rows {
        attendance: attendance.unwrap_or_default(),
        claims: claims.unwrap_or_default(),
        trips: trips.unwrap_or_default(),
        ..rows
    };
    *problems = reading.problems;
    ReadTables { basis: Basis::new(register, rows), doubtful: reading.doubtful, locators: reading.locators }
}

impl TableReader<'_> {
    /// The person that a field names.
    fn person(&mut self, field: &Field<'_>, register: &Register) -> Read<PersonIx> {
        let Some(id) = field.text(&mut self.problems)? else { return Ok(None) };
        if let Some(person) = register.find_person(&id) {
            self.doubtful.named.insert(person);
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
        if let Some(meeting) = register.find_meeting(&id) {
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

    /// A key that must be there and is new.
    fn new_key(&mut self, field: &Field<'_>, seen: &mut HashSet<String>) -> Result<Box<str>, Reported> {
        let key = field.text(&mut self.problems);
        let key = field.needed(key, &mut self.problems)?.into_owned();
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

const EMPLOYEE_COLUMNS: [Column; 1] = [must("person_id")];

/// An error for each column that looks like national identity numbers; accounts have as many
/// digits, but in columns of their own.
fn identity_numbers(table: &Table, problems: &mut Vec<Problem>) {
    for (at, heading) in table.headings().iter().enumerate() {
        let folded = heading.to_lowercase();
        if vocabulary::column(heading) == Some("supplier_account")
            || folded.contains("konto")
            || folded.contains("account")
        {
            continue;
        }
        let (mut of_eleven, mut valid) = (0_usize, 0_usize);
        for cell in table.column(at) {
            if let Some(digits) = eleven_digits(cell) {
                of_eleven += 1;
                valid += usize::from(has_identity_check_digits(digits));
            }
        }
        // A single voucher number may pass by chance (1 in 121); half a column does not.
        if valid > 0 && valid * 2 >= of_eleven {
            let place = table.place.at_row(table.heading_row()).at_column(heading.as_str());
            let problem =
                Problem::error("identity_numbers", place, "the column holds national identity numbers")
                    .expected("employee numbers only: identity numbers are not needed here")
                    .hint("delete the column");
            problems.push(problem);
        }
    }
}

fn eleven_digits(cell: crate::table::Cell<'_>) -> Option<[u32; 11]> {
    use crate::table::{Cell, Typed};
    let mut digits = [0; 11];
    let mut fill = |text: &str| {
        let mut count = 0;
        for c in text.chars().filter(|c| !is_blank(*c)) {
            *digits.get_mut(count)? = c.to_digit(10)?;
            count += 1;
        }
        (count == 11).then_some(())
    };
    match cell {
        Cell::Text(text) => fill(text)?,
        Cell::Typed(Typed::Number(number)) => fill(&number.to_string())?,
        Cell::Empty | Cell::Typed(_) => return None,
    }
    Some(digits)
}

/// Both check digits of a national identity number, by weights modulo 11.
fn has_identity_check_digits(digits: [u32; 11]) -> bool {
    let divides = |weights: &[u32]| {
        digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11 == 0
    };
    divides(&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) && divides(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1])
}

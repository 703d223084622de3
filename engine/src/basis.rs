//! The payroll basis (lønnsgrunnlag): what one municipality knows about a span of time, checked.
//!
//! Built in two steps, so that a reference can only be to something that exists: a [`Register`]
//! of persons, bodies and meetings first, then the rows that refer to them. Everything stands in
//! a canonical order, whatever the order in which it was handed in.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::calendar::DateSpan;
use crate::money::Money;
use crate::natural::{compare_numbers, natural_order};

/// The row of its table that something was read from, as the file numbers rows.
pub type Row = u32;

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            fn new(place: usize) -> Self {
                Self(u32::try_from(place).unwrap_or(u32::MAX))
            }

            fn place(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index! {
    /// A person of a register. Indices are in the order of person ids as numbers.
    PersonIx
}
index! {
    /// A body of a register. Indices are in the order of codes.
    BodyIx
}
index! {
    /// A meeting of a register. Indices are in the order of date, start and id.
    MeetingIx
}
index! {
    /// A claim of a basis. Indices are in the order of person and natural order of id.
    ClaimIx
}
index! {
    /// A journey of a basis. Indices are in the order of person and natural order of id.
    TripIx
}
index! {
    /// A row of attendance of a basis. Indices are in the order of person and meeting.
    AttendanceIx
}
index! {
    /// An office's interval of a basis. Indices are in the order of person, body, role and day.
    OfficeIx
}

/// How a person earns an income.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Employment {
    /// The employer deducts pay.
    Employed,
    /// Self-employed.
    SelfEmployed,
    /// Freelance, or otherwise without fixed pay.
    NoFixedPay,
    /// The employer keeps paying.
    PayKept,
    /// No earned income.
    None,
}

/// A person who may be paid.
#[derive(Debug, Clone)]
pub struct Person {
    /// The payroll employee number: 1 to 10 digits, as held.
    pub id: Box<str>,
    /// The name.
    pub name: Box<str>,
    /// The party group.
    pub group: Box<str>,
    /// How he or she earns an income.
    pub employment: Employment,
    /// Net business income a year.
    pub annual_net_income: Option<Money>,
    /// The employer.
    pub employer: Box<str>,
    /// Where it was read.
    pub row: Row,
}

/// The class of a body decides its fees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The municipal council (kommunestyre).
    Council,
    /// The executive committee (formannskap).
    Executive,
    /// Planning.
    Planning,
    /// A standing committee, or the control committee.
    Standing,
    /// Any other body.
    Other,
    /// A body that gives no fee.
    NoFee,
}

/// A body: one that the regulation lists, or one that the basis does.
#[derive(Debug, Clone)]
pub struct Body {
    /// Its code.
    pub code: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Its class.
    pub class: Class,
    /// Its seats, where known.
    pub seats: Option<u32>,
    /// The code of the body that elected it; nothing means the council.
    pub elected_by: Option<Box<str>>,
    /// The code of the body whose members it is.
    pub sits_as: Option<Box<str>>,
    /// Whoever else pays its members.
    pub paid_by: Option<Box<str>>,
}

/// A person's role in a body, or in the municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The mayor (ordfører).
    Mayor,
    /// The deputy mayor (varaordfører).
    DeputyMayor,
    /// Whoever steps in as mayor.
    ActingMayor,
    /// A body's leader.
    Leader,
    /// A body's deputy leader.
    DeputyLeader,
    /// A member.
    Member,
    /// On the list of substitutes.
    Substitute,
    /// The leader of a party group.
    GroupLeader,
}

impl Role {
    /// Whether the role is a seat in a body.
    pub fn is_seat(self) -> bool {
        matches!(self, Self::Leader | Self::DeputyLeader | Self::Member)
    }

    /// Whether the role is that of mayor, or of whoever steps in as mayor.
    pub fn is_mayor(self) -> bool {
        matches!(self, Self::Mayor | Self::ActingMayor)
    }

    /// Whether the role belongs to the whole municipality rather than to a body.
    pub fn is_municipal(self) -> bool {
        matches!(self, Self::Mayor | Self::DeputyMayor | Self::ActingMayor)
    }
}

/// One interval of an office (verv).
#[derive(Debug, Clone)]
pub struct Office {
    /// Who holds it.
    pub person: PersonIx,
    /// In which body; nothing for an office of the whole municipality.
    pub body: Option<BodyIx>,
    /// As what.
    pub role: Role,
    /// From and to.
    pub held: DateSpan,
    /// Where it was read.
    pub row: Row,
}

/// Leave from the offices that match.
#[derive(Debug, Clone)]
pub struct Leave {
    /// Who is on leave.
    pub person: PersonIx,
    /// From the offices in this body only, where given.
    pub body: Option<BodyIx>,
    /// From this role only, where given.
    pub role: Option<Role>,
    /// From and to.
    pub days: DateSpan,
    /// Whether it is paid.
    pub paid: bool,
    /// Where it was read.
    pub row: Row,
}

impl Leave {
    /// Whether it is leave from an office.
    pub fn is_from(&self, body: Option<BodyIx>, role: Role) -> bool {
        (self.body.is_none() || self.body == body) && self.role.is_none_or(|mine| mine == role)
    }
}

/// How a meeting is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// In one room.
    InPerson,
    /// By sight and sound.
    Video,
    /// By sound only.
    Phone,
}

/// A meeting. It belongs to the day on which it starts.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// Its id.
    pub id: Box<str>,
    /// The body that meets.
    pub body: BodyIx,
    /// The day it starts.
    pub date: NaiveDate,
    /// When it starts, in minutes after midnight.
    pub start_minute: u32,
    /// How long it lasts, in minutes; less than 24 hours.
    pub length_minutes: u32,
    /// How it is held.
    pub form: Form,
    /// Whether a group meeting precedes it.
    pub group_meeting: bool,
    /// Where it was read.
    pub row: Row,
}

/// Whether a called person came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// There, for all or for a part.
    Present,
    /// Valid absence (gyldig forfall).
    AbsentValid,
    /// Invalid absence (ugyldig forfall).
    AbsentInvalid,
}

/// As what a person was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capacity {
    /// Holds a seat in the body.
    Member,
    /// Stands in for somebody.
    Substitute,
    /// Called by a right of its own.
    Summoned,
    /// There by virtue of a post.
    ExOfficio,
    /// There for the employees.
    EmployeeRepresentative,
}

/// For how much of a meeting a substitute was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// The whole meeting.
    Whole,
    /// Particular cases only.
    SomeCases,
}

/// A called person at a meeting.
#[derive(Debug, Clone)]
pub struct Attendance {
    /// Who.
    pub person: PersonIx,
    /// Which meeting.
    pub meeting: MeetingIx,
    /// Whether he or she came.
    pub status: Status,
    /// As what.
    pub capacity: Capacity,
    /// For how much of it.
    pub extent: Extent,
    /// Minutes from the meeting's start to the person's arrival.
    pub arrived_after_minutes: u32,
    /// Minutes from the meeting's start to the person's leaving; at most its length.
    pub left_after_minutes: u32,
    /// Necessary travel, both ways together.
    pub travel_minutes: u32,
    /// For whom, where a substitute says so.
    pub substitute_for: Option<PersonIx>,
    /// Where it was read.
    pub row: Row,
}

impl Attendance {
    /// Whether the person came.
    pub fn is_present(&self) -> bool {
        self.status == Status::Present
    }

    /// The person's own time in the meeting.
    pub fn own_minutes(&self) -> u32 {
        self.left_after_minutes.saturating_sub(self.arrived_after_minutes)
    }
}

/// What a claim asks money for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// Lost income without documentation.
    LostIncomeUndocumented,
    /// Lost income with documentation.
    LostIncomeDocumented,
    /// A stand-in (avløysar, vikar).
    StandIn,
    /// Care of children or others.
    Care,
    /// A companion (ledsager) of a person with a disability.
    Companion,
    /// Travel by own car.
    TravelCar,
    /// A passenger in the car.
    TravelPassenger,
    /// Other travel.
    TravelOther,
    /// The employer's refund of pay.
    EmployerRefund,
    /// After-pay.
    AfterPay,
}

/// A claim for money.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its id.
    pub id: Box<str>,
    /// Who claims.
    pub person: PersonIx,
    /// For what.
    pub kind: ClaimKind,
    /// For which meeting.
    pub meeting: Option<MeetingIx>,
    /// The day it belongs to: its meeting's, else its own.
    pub date: NaiveDate,
    /// When it was received.
    pub received: Option<NaiveDate>,
    /// Kilometres, hours or months.
    pub quantity: Option<Decimal>,
    /// Kroner.
    pub amount: Option<Money>,
    /// The voucher.
    pub document: Box<str>,
    /// Whether the day was off in a rota.
    pub day_off: bool,
    /// Who is paid instead of the person.
    pub supplier: Box<str>,
    /// The account of whoever is paid.
    pub supplier_account: Box<str>,
    /// Where it was read.
    pub row: Row,
}

/// A journey, for subsistence.
#[derive(Debug, Clone)]
pub struct Trip {
    /// Its id.
    pub id: Box<str>,
    /// Who travelled.
    pub person: PersonIx,
    /// The day of departure.
    pub date: NaiveDate,
    /// For which meeting.
    pub meeting: Option<MeetingIx>,
    /// Where it was read.
    pub row: Row,
}

/// The persons, bodies and meetings that other rows refer to.
#[derive(Debug, Clone, Default)]
pub struct Register {
    persons: Vec<Person>,
    bodies: Vec<Body>,
    meetings: Vec<Meeting>,
    person_by_number: HashMap<Box<str>, PersonIx>,
    body_by_code: HashMap<Box<str>, BodyIx>,
    meeting_by_id: HashMap<Box<str>, MeetingIx>,
}

impl Register {
    /// A register of persons and bodies; ids are unique (persons' as numbers).
    pub fn new(mut persons: Vec<Person>, mut bodies: Vec<Body>) -> Self {
        persons.sort_by(|a, b| compare_numbers(&a.id, &b.id).then_with(|| a.id.cmp(&b.id)));
        bodies.sort_by(|a, b| a.code.cmp(&b.code));
        let person_by_number = (0..).zip(&persons).map(|(n, p)| (number(&p.id).into(), PersonIx::new(n)));
        let body_by_code = (0..).zip(&bodies).map(|(n, body)| (body.code.clone(), BodyIx::new(n)));
        Self {
            person_by_number: person_by_number.collect(),
            body_by_code: body_by_code.collect(),
            persons,
            bodies,
            ..Self::default()
        }
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

/// The digits of an id that count as a number.
fn number(id: &str) -> &str {
    id.trim_start_matches('0')
}

/// The rows that refer to a register, in any order.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Offices.
    pub offices: Vec<Office>,
    /// Leave.
    pub leave: Vec<Leave>,
    /// Attendance; one row for a person and meeting.
    pub attendance: Vec<Attendance>,
    /// Claims; ids are unique.
    pub claims: Vec<Claim>,
    /// Journeys; ids are unique.
    pub trips: Vec<Trip>,
}

/// A checked basis in canonical order.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    register: Register,
    rows: Rows,
    by_person: Vec<PersonRanges>,
    meetings_of_body: Vec<Vec<MeetingIx>>,
}

#[derive(Debug, Clone, Default)]
struct PersonRanges {
    offices: Range<usize>,
    leave: Range<usize>,
    attendance: Range<usize>,
    claims: Range<usize>,
    trips: Range<usize>,
}

impl Basis {
    /// The basis of a register and the rows that refer to it.
    pub fn new(register: Register, mut rows: Rows) -> Self {
        rows.offices.sort_by_key(|office| (office.person, office.body, office.role, office.held));
        rows.leave.sort_by_key(|leave| (leave.person, leave.body, leave.role, leave.days, leave.paid));
        rows.attendance.sort_by_key(|row| (row.person, row.meeting));
        let by_id = |a: (PersonIx, &str), b: (PersonIx, &str)| -> Ordering {
            a.0.cmp(&b.0).then_with(|| natural_order(a.1, b.1))
        };
        rows.claims.sort_by(|a, b| by_id((a.person, &a.id), (b.person, &b.id)));
        rows.trips.sort_by(|a, b| by_id((a.person, &a.id), (b.person, &b.id)));
        let by_person = register.persons().map(|(person, _)| PersonRanges {
            offices: range_of(&rows.offices, person, |office| office.person),
            leave: range_of(&rows.leave, person, |leave| leave.person),
            attendance: range_of(&rows.attendance, person, |row| row.person),
            claims: range_of(&rows.claims, person, |claim| claim.person),
            trips: range_of(&rows.trips, person, |trip| trip.person),
        });
        let mut meetings_of_body = vec![Vec::new(); register.bodies.len()];
        for (ix, meeting) in register.meetings() {
            if let Some(meetings) = meetings_of_body.get_mut(meeting.body.place()) {
                meetings.push(ix);
            }
        }
        Self { by_person: by_person.collect(), meetings_of_body, register, rows }
    }

    /// The persons, bodies and meetings.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// All other rows, in canonical order.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// What the basis holds about one person.
    pub fn of_person(&self, person: PersonIx) -> PersonRows<'_> {
        let nothing = PersonRanges::default();
        let ranges = self.by_person.get(person.place()).unwrap_or(&nothing);
        PersonRows {
            offices: slice(&self.rows.offices, &ranges.offices),
            leave: slice(&self.rows.leave, &ranges.leave),
            attendance: slice(&self.rows.attendance, &ranges.attendance),
            claims: slice(&self.rows.claims, &ranges.claims),
            trips: slice(&self.rows.trips, &ranges.trips),
            first_office: ranges.offices.start,
            first_attendance: ranges.attendance.start,
            first_claim: ranges.claims.start,
            first_trip: ranges.trips.start,
        }
    }

    /// The meetings of a body, in the order of their dates.
    pub fn meetings_of(&self, body: BodyIx) -> &[MeetingIx] {
        self.meetings_of_body.get(body.place()).map_or(&[], Vec::as_slice)
    }

    /// A claim.
    #[expect(clippy::indexing_slicing, reason = "an index is made by this basis only")]
    pub fn claim(&self, claim: ClaimIx) -> &Claim {
        &self.rows.claims[claim.place()]
    }

    /// A journey.
    #[expect(clippy::indexing_slicing, reason = "an index is made by this basis only")]
    pub fn trip(&self, trip: TripIx) -> &Trip {
        &self.rows.trips[trip.place()]
    }

    /// A row of attendance.
    #[expect(clippy::indexing_slicing, reason = "an index is made by this basis only")]
    pub fn attendance(&self, attendance: AttendanceIx) -> &Attendance {
        &self.rows.attendance[attendance.place()]
    }

    /// An office's intervals: so many from the first.
    pub fn intervals(&self, first: OfficeIx, count: usize) -> &[Office] {
        slice(&self.rows.offices, &(first.place()..first.place() + count))
    }
}

fn range_of<T>(rows: &[T], person: PersonIx, of: impl Fn(&T) -> PersonIx) -> Range<usize> {
    rows.partition_point(|row| of(row) < person)..rows.partition_point(|row| of(row) <= person)
}

fn slice<'a, T>(rows: &'a [T], range: &Range<usize>) -> &'a [T] {
    rows.get(range.clone()).unwrap_or(&[])
}

/// What a basis holds about one person, in canonical order.
#[derive(Debug, Clone, Copy)]
pub struct PersonRows<'b> {
    /// The offices' intervals, by body, role and day.
    pub offices: &'b [Office],
    /// The leave.
    pub leave: &'b [Leave],
    /// The attendance, in the order of meetings.
    pub attendance: &'b [Attendance],
    claims: &'b [Claim],
    trips: &'b [Trip],
    first_office: usize,
    first_attendance: usize,
    first_claim: usize,
    first_trip: usize,
}

impl<'b> PersonRows<'b> {
    /// Each office (body and role) with its intervals, and the index of the first of them.
    pub fn whole_offices(&self) -> impl Iterator<Item = (OfficeIx, &'b [Office])> + use<'b> {
        let mut next = self.first_office;
        self.offices.chunk_by(|a, b| (a.body, a.role) == (b.body, b.role)).map(move |intervals| {
            let first = OfficeIx::new(next);
            next += intervals.len();
            (first, intervals)
        })
    }

    /// The attendance with its indices, in the order of meetings.
    pub fn attendance_with_ix(&self) -> impl Iterator<Item = (AttendanceIx, &'b Attendance)> + use<'b> {
        (self.first_attendance..).map(AttendanceIx::new).zip(self.attendance)
    }

    /// The person's row at a meeting.
    pub fn attendance_at(&self, meeting: MeetingIx) -> Option<&'b Attendance> {
        let place = self.attendance.binary_search_by_key(&meeting, |row| row.meeting).ok()?;
        self.attendance.get(place)
    }

    /// The claims with their indices, in the natural order of their ids.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimIx, &'b Claim)> + use<'b> {
        (self.first_claim..).map(ClaimIx::new).zip(self.claims)
    }

    /// The journeys with their indices, in the natural order of their ids.
    pub fn trips(&self) -> impl Iterator<Item = (TripIx, &'b Trip)> + use<'b> {
        (self.first_trip..).map(TripIx::new).zip(self.trips)
    }
}

//! The payroll basis (lønnsgrunnlag): what one municipality knows about a span of time, checked.
//!
//! Built in two steps, so that a reference can only be to something that exists: a [`Register`]
//! of persons, bodies and meetings first, then the rows that refer to them. Everything stands in
//! a canonical order, whatever the order in which it was handed in.

mod groups;
mod index;
mod register;
mod registered;
mod rows;
mod trips;

use std::cmp::Ordering;
use std::ops::Range;

pub use self::groups::{Group, GroupPayment, GroupPaymentKind, GroupReport, GroupRows};
pub use self::index::{AttendanceIx, BodyIx, ClaimIx, GroupPaymentIx, MeetingIx, OfficeIx, PersonIx, TripIx};
pub use self::register::Register;
pub use self::registered::Registered;
pub use self::rows::{
    Attendance, Body, Capacity, Claim, ClaimKind, Class, Duty, Employment, Event, Extent, Form, Leave,
    Meeting, Office, OtherIncome, OtherIncomeKind, Person, Role, Row, Status, YearIncome,
};
pub use self::trips::{Lodging, Meals, Trip, Vehicle};
use crate::ledger::{Ledger, order_of_claims, settle_rows};
use crate::natural::natural_order;
use crate::regulation::Regulation;
use chrono::NaiveDate;

/// The rows that refer to a register, in any order.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Offices.
    pub offices: Vec<Office>,
    /// Leave.
    pub leave: Vec<Leave>,
    /// Attendance; one row for a person and meeting.
    pub attendance: Vec<Attendance>,
    /// Claims; ids are unique among those registered in another system, and among the others. A claim on a
    /// meeting is of somebody who was present there.
    pub claims: Vec<Claim>,
    /// Journeys; ids are unique.
    pub trips: Vec<Trip>,
    /// Income beside the office.
    pub other_income: Vec<OtherIncome>,
    /// Yearly incomes; one row for a person and year.
    pub incomes: Vec<YearIncome>,
    /// Party groups.
    pub groups: GroupRows,
}

/// A checked basis in canonical order.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    register: Register,
    rows: Rows,
    by_person: Vec<PersonRanges>,
    meetings_of_body: Vec<Vec<MeetingIx>>,
    ledger: Ledger,
}

#[derive(Debug, Clone)]
struct PersonRanges {
    offices: Range<usize>,
    leave: Range<usize>,
    attendance: Range<usize>,
    claims: Range<usize>,
    trips: Range<usize>,
    other_income: Range<usize>,
    incomes: Range<usize>,
    group_payments: Range<usize>,
}

impl PersonRanges {
    const NONE: Self = Self {
        offices: 0..0,
        leave: 0..0,
        attendance: 0..0,
        claims: 0..0,
        trips: 0..0,
        other_income: 0..0,
        incomes: 0..0,
        group_payments: 0..0,
    };
}

impl Basis {
    /// The basis of a register and the rows that refer to it.
    pub fn new(register: Register, mut rows: Rows) -> Self {
        rows.offices
            .sort_by_key(|office| (office.person, office.body, office.role, office.position, office.term));
        rows.leave.sort_by_key(|leave| (leave.person, leave.body, leave.role, leave.days, leave.paid));
        // Short keys are moved about, not long rows.
        rows.attendance.sort_by_cached_key(|row| (row.person, row.meeting));
        let by_id = |a: (PersonIx, &str), b: (PersonIx, &str)| -> Ordering {
            a.0.cmp(&b.0).then_with(|| natural_order(a.1, b.1))
        };
        rows.claims.sort_by(|a, b| a.person.cmp(&b.person).then_with(|| order_of_claims(a, b)));
        rows.trips.sort_by(|a, b| by_id((a.person, &a.id), (b.person, &b.id)));
        rows.other_income
            .sort_by_key(|income| (income.person, income.days, income.kind, income.amount_per_month));
        rows.incomes.sort_by_key(|income| (income.person, income.year));
        rows.groups.sort();
        let by_person = register.persons().map(|(person, _)| PersonRanges {
            offices: range_of(&rows.offices, person, |office| office.person),
            leave: range_of(&rows.leave, person, |leave| leave.person),
            attendance: range_of(&rows.attendance, person, |row| row.person),
            claims: range_of(&rows.claims, person, |claim| claim.person),
            trips: range_of(&rows.trips, person, |trip| trip.person),
            other_income: range_of(&rows.other_income, person, |income| income.person),
            incomes: range_of(&rows.incomes, person, |income| income.person),
            group_payments: range_of(&rows.groups.payments, Some(person), |payment| payment.person),
        });
        let mut meetings_of_body = vec![Vec::new(); register.bodies().len()];
        for (ix, meeting) in register.meetings() {
            if let Some(meetings) = meetings_of_body.get_mut(meeting.body.place()) {
                meetings.push(ix);
            }
        }
        Self { by_person: by_person.collect(), meetings_of_body, register, rows, ledger: Ledger::default() }
    }

    /// The basis with what has been paid by closed runs: what they had keeps its place, where the regulation
    /// says so.
    #[must_use]
    pub fn with_ledger(self, ledger: Ledger, regulation: &Regulation) -> Self {
        if ledger.is_empty() {
            return self;
        }
        let rows = settle_rows(&self, &ledger, regulation);
        Self { ledger, ..Self::new(self.register, rows) }
    }

    /// What has been paid by closed runs.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The register and the rows that it was made of, in canonical order.
    pub fn into_parts(self) -> (Register, Rows) {
        (self.register, self.rows)
    }

    /// The persons, bodies and meetings.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// All other rows, in canonical order.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// What the basis holds about one person. Mostly one part of it is asked for, and inlined only that is looked up.
    #[inline]
    pub fn of_person(&self, person: PersonIx) -> PersonRows<'_> {
        let ranges = self.by_person.get(person.place()).unwrap_or(&PersonRanges::NONE);
        PersonRows {
            offices: slice(&self.rows.offices, &ranges.offices),
            leave: slice(&self.rows.leave, &ranges.leave),
            attendance: slice(&self.rows.attendance, &ranges.attendance),
            claims: slice(&self.rows.claims, &ranges.claims),
            trips: slice(&self.rows.trips, &ranges.trips),
            other_income: slice(&self.rows.other_income, &ranges.other_income),
            incomes: slice(&self.rows.incomes, &ranges.incomes),
            group_payments: slice(&self.rows.groups.payments, &ranges.group_payments),
            first_office: ranges.offices.start,
            first_attendance: ranges.attendance.start,
            first_claim: ranges.claims.start,
            first_trip: ranges.trips.start,
            first_group_payment: ranges.group_payments.start,
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

    /// A payment on a group's behalf.
    #[expect(clippy::indexing_slicing, reason = "an index is made by this basis only")]
    pub fn group_payment(&self, payment: GroupPaymentIx) -> &GroupPayment {
        &self.rows.groups.payments[payment.place()]
    }

    /// An office's intervals: so many from the first.
    pub fn intervals(&self, first: OfficeIx, count: usize) -> &[Office] {
        slice(&self.rows.offices, &(first.place()..first.place() + count))
    }
}

fn range_of<T, P: PartialOrd + Copy>(rows: &[T], person: P, of: impl Fn(&T) -> P) -> Range<usize> {
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
    /// The income beside the office, in the order of days.
    pub other_income: &'b [OtherIncome],
    /// The yearly incomes, in the order of years.
    pub incomes: &'b [YearIncome],
    claims: &'b [Claim],
    trips: &'b [Trip],
    group_payments: &'b [GroupPayment],
    first_office: usize,
    first_attendance: usize,
    first_claim: usize,
    first_trip: usize,
    first_group_payment: usize,
}

impl<'b> PersonRows<'b> {
    /// Each office (body, role and position) with its intervals, and the index of the first of them.
    pub fn whole_offices(&self) -> impl Iterator<Item = (OfficeIx, &'b [Office])> + use<'b> {
        let mut next = self.first_office;
        self.offices.chunk_by(|a, b| (a.body, a.role, a.position) == (b.body, b.role, b.position)).map(
            move |intervals| {
                let first = OfficeIx::new(next);
                next += intervals.len();
                (first, intervals)
            },
        )
    }

    /// The office that seats the person in a body on a day: as leader, deputy leader or member.
    pub fn seat(&self, body: BodyIx, day: NaiveDate) -> Option<&'b Office> {
        let holds = |office: &&Office| office.body == Some(body) && office.term.contains(day);
        self.offices.iter().filter(|office| office.role.is_seat()).find(holds)
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

    /// The claims with their indices, those registered in another system first, and in the natural order
    /// of their ids.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimIx, &'b Claim)> + use<'b> {
        (self.first_claim..).map(ClaimIx::new).zip(self.claims)
    }

    /// The journeys with their indices, in the natural order of their ids.
    pub fn trips(&self) -> impl Iterator<Item = (TripIx, &'b Trip)> + use<'b> {
        (self.first_trip..).map(TripIx::new).zip(self.trips)
    }

    /// What was paid to the person on a group's behalf, with its indices, in the order of days.
    pub fn group_payments(&self) -> impl Iterator<Item = (GroupPaymentIx, &'b GroupPayment)> + use<'b> {
        (self.first_group_payment..).map(GroupPaymentIx::new).zip(self.group_payments)
    }
}

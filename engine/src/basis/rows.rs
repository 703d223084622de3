//! What the rows of a basis are.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::index::{BodyIx, MeetingIx, PersonIx};
use super::registered::Registered;
use crate::calendar::DateSpan;
use crate::ledger::Settled;
use crate::money::Money;

/// The row of its table that something was read from, as the file numbers rows.
pub type Row = u32;

/// How a person earns an income.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// One's own day's wage, where lost income is covered up to it.
    pub day_wage: Option<Money>,
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
    /// Leads a body in the leader's place for a time.
    ActingLeader,
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
    /// How much of a full-time office it is, in per cent, where the basis says it.
    pub position: Option<Decimal>,
    /// From and to.
    pub term: DateSpan,
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

/// What somebody is called to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// A meeting of the body.
    Meeting,
    /// A seminar or a course.
    Seminar,
    /// A meeting of a party or a group.
    PartyMeeting,
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
    /// What it is.
    pub event: Event,
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

/// What somebody does at a meeting besides taking part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    /// Leads the meeting in the leader's absence.
    Chair,
    /// Keeps the minutes.
    Secretary,
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
    /// Whether the person was formally called.
    pub called: bool,
    /// What else the person did there.
    pub duty: Option<Duty>,
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
    /// The transport of whoever takes care.
    CareTransport,
    /// A fee for a meeting, where it takes a claim.
    MeetingFee,
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
    /// Kroner of social costs that come on top of the amount.
    pub social_costs: Option<Money>,
    /// The voucher.
    pub document: Box<str>,
    /// Whether the day was off in a rota.
    pub day_off: bool,
    /// Whether somebody who leaves an office has work to return to.
    pub has_work_to_return_to: bool,
    /// Who is paid instead of the person.
    pub supplier: Box<str>,
    /// The account of whoever is paid.
    pub supplier_account: Box<str>,
    /// What another system has of it, where it is registered there: payroll has it from there, and it is
    /// never paid here.
    pub registered: Option<Box<Registered>>,
    /// Its place among claims that a closed run had.
    pub settled: Option<Settled>,
    /// Where it was read.
    pub row: Row,
}

impl Claim {
    /// The number that it asks for: kroner, or else kilometres, hours or months.
    pub fn asked(&self) -> Option<Decimal> {
        self.amount.map(Money::decimal).or(self.quantity).map(|asked| asked.normalize())
    }

    /// What else it says that may decide what it gives, in one text: what tells it from a claim for the same.
    pub fn particulars(&self) -> String {
        let said = [
            self.day_off.then(|| "day off".to_owned()),
            self.has_work_to_return_to.then(|| "work to return to".to_owned()),
            self.received.map(|day| format!("received {day}")),
            self.social_costs.map(|costs| format!("social costs {costs}")),
        ];
        said.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// What income beside the office is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OtherIncomeKind {
    /// Pay for other work.
    Wage,
    /// A pension from folketrygden.
    Pension,
    /// Pay for an office in another public body.
    Office,
}

/// Income beside the office.
#[derive(Debug, Clone)]
pub struct OtherIncome {
    /// Whose it is.
    pub person: PersonIx,
    /// The days for which it is paid.
    pub days: DateSpan,
    /// What it is.
    pub kind: OtherIncomeKind,
    /// Kroner a month.
    pub amount_per_month: Money,
    /// Where it was read.
    pub row: Row,
}

/// A person's income in a year.
#[derive(Debug, Clone)]
pub struct YearIncome {
    /// Whose it is.
    pub person: PersonIx,
    /// The year.
    pub year: i32,
    /// The net business income.
    pub net: Option<Money>,
    /// The gross income.
    pub gross: Option<Money>,
    /// Where it was read.
    pub row: Row,
}

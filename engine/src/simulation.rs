//! What a year would have cost under another regulation, beside what it costs.
//!
//! Each regulation pays in its own rhythm: all of its periods of the year are worked out and added.

use std::collections::BTreeMap;

use crate::basis::{Basis, Capacity, PersonIx, Role};
use crate::calendar::Period;
use crate::line::{Kind, PayLine};
use crate::money::Money;
use crate::payout::{Payout, compute};
use crate::regulation::Regulation;
use crate::shortfall::Shortfall;

/// A basis, and what a regulation gives in the runs of a year.
pub struct YearPaid<'y> {
    basis: &'y Basis,
    payouts: Vec<Payout>,
}

impl<'y> YearPaid<'y> {
    /// The payouts of every period of the year in which the regulation pays anything: each fee is paid in the
    /// periods of one rhythm, and in no other.
    pub fn new(basis: &'y Basis, regulation: &Regulation, year: i32) -> Result<Self, Vec<Shortfall>> {
        let rhythms = regulation.payments().into_iter();
        let periods = rhythms.flat_map(|rhythm| Period::all_of_year(year, rhythm));
        let (mut payouts, mut shortfalls) = (Vec::new(), Vec::new());
        for period in periods {
            match compute(basis, regulation, period) {
                Ok(payout) => payouts.push(payout),
                Err(lacking) => shortfalls.extend(lacking),
            }
        }
        if !shortfalls.is_empty() {
            shortfalls.sort();
            shortfalls.dedup();
            return Err(shortfalls);
        }
        Ok(Self { basis, payouts })
    }

    fn lines(&self) -> impl Iterator<Item = (PaidTo, &PayLine)> {
        self.payouts.iter().flat_map(|payout| {
            let parts = [
                (PaidTo::Persons, &payout.lines),
                (PaidTo::Others, &payout.payables),
                (PaidTo::Elsewhere, &payout.registered),
            ];
            parts.into_iter().flat_map(|(paid_to, lines)| lines.iter().map(move |line| (paid_to, line)))
        })
    }
}

/// To whom something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaidTo {
    /// To the persons.
    Persons,
    /// To employers and suppliers.
    Others,
    /// To the persons, by way of another system in which the claim is registered.
    Elsewhere,
}

impl PaidTo {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Persons, Self::Others, Self::Elsewhere];

    /// The name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Persons => "persons",
            Self::Others => "others",
            Self::Elsewhere => "visma_expense",
        }
    }
}

/// As what a person gets something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GotAs {
    /// In an office; or at a meeting in the seat of one, or as a substitute.
    Role(Role),
    /// At a meeting to which a right of its own called.
    Summoned,
    /// At a meeting by virtue of a post.
    ExOfficio,
    /// At a meeting for the employees.
    EmployeeRepresentative,
    /// Outside meetings.
    OutsideMeetings,
}

impl GotAs {
    /// The basis alone decides it, so that it is the same under all regulations.
    fn of(line: &PayLine, basis: &Basis) -> Self {
        if let Some(role) = line.office(basis) {
            return Self::Role(role);
        }
        let rows = basis.of_person(line.person);
        let Some(attendance) = line.meeting.and_then(|meeting| rows.attendance_at(meeting)) else {
            return Self::OutsideMeetings;
        };
        let meeting = basis.register().meeting(attendance.meeting);
        match attendance.capacity {
            Capacity::Member => {
                let seat = rows.seat(basis.register().seated_body(meeting.body), meeting.date);
                Self::Role(seat.map_or(Role::Member, |office| office.role))
            }
            Capacity::Substitute => Self::Role(Role::Substitute),
            Capacity::Summoned => Self::Summoned,
            Capacity::ExOfficio => Self::ExOfficio,
            Capacity::EmployeeRepresentative => Self::EmployeeRepresentative,
        }
    }
}

/// What a person gets something for: a line of a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GotFor<'y> {
    /// To whom it goes.
    pub paid_to: PaidTo,
    /// Whose it is.
    pub person: PersonIx,
    /// The person's party group; empty where there is none.
    pub group: &'y str,
    /// The body; empty where there is none.
    pub body: &'y str,
    /// As what.
    pub got_as: GotAs,
    /// What kind of line it is.
    pub kind: Kind,
}

impl<'y> GotFor<'y> {
    fn of(paid_to: PaidTo, line: &PayLine, basis: &'y Basis) -> Self {
        let register = basis.register();
        Self {
            paid_to,
            person: line.person,
            group: &register.person(line.person).group,
            body: line.body_code(basis),
            got_as: GotAs::of(line, basis),
            kind: line.kind,
        }
    }
}

/// What something costs under both regulations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// Under the regulation of today.
    pub today: Money,
    /// Under the proposal.
    pub proposed: Money,
}

impl Cost {
    /// How much more the proposal costs.
    pub fn difference(self) -> Money {
        self.proposed - self.today
    }

    fn and(self, other: Self) -> Self {
        Self { today: self.today + other.today, proposed: self.proposed + other.proposed }
    }
}

/// The lines for the same under both regulations.
#[derive(Debug, Clone, Default)]
pub struct BothLines<'y> {
    /// Under the regulation of today, in the order of the periods.
    pub today: Vec<&'y PayLine>,
    /// Under the proposal.
    pub proposed: Vec<&'y PayLine>,
}

impl BothLines<'_> {
    /// What they come to.
    pub fn cost(&self) -> Cost {
        let sum = |lines: &[&PayLine]| lines.iter().map(|line| line.amount).sum();
        Cost { today: sum(&self.today), proposed: sum(&self.proposed) }
    }
}

/// A year under two regulations.
#[derive(Debug, Clone)]
pub struct Simulation<'y> {
    /// The lines by what they are for.
    pub rows: BTreeMap<GotFor<'y>, BothLines<'y>>,
}

impl<'y> Simulation<'y> {
    /// What each gets under both. The two bases are one, read under each of the regulations.
    pub fn new(today: &'y YearPaid<'y>, proposed: &'y YearPaid<'y>) -> Self {
        let mut rows: BTreeMap<GotFor<'y>, BothLines<'y>> = BTreeMap::new();
        for (paid_to, line) in today.lines() {
            rows.entry(GotFor::of(paid_to, line, today.basis)).or_default().today.push(line);
        }
        for (paid_to, line) in proposed.lines() {
            rows.entry(GotFor::of(paid_to, line, proposed.basis)).or_default().proposed.push(line);
        }
        Self { rows }
    }

    /// The cost by whatever rows have in common: the sum of any breakdown is the total.
    pub fn by<K: Ord>(&self, paid_to: PaidTo, of: impl Fn(&GotFor<'y>) -> K) -> BTreeMap<K, Cost> {
        let mut all: BTreeMap<K, Cost> = BTreeMap::new();
        for (got_for, lines) in self.rows.iter().filter(|(got_for, _)| got_for.paid_to == paid_to) {
            let cost = all.entry(of(got_for)).or_default();
            *cost = cost.and(lines.cost());
        }
        all
    }

    /// What goes to somebody in all.
    pub fn total(&self, paid_to: PaidTo) -> Cost {
        self.by(paid_to, |_| ()).into_values().fold(Cost::default(), Cost::and)
    }
}

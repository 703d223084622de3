//! What a line is paid for: what tells two payments apart, whatever rows and ids are called.

use chrono::NaiveDate;

use crate::basis::{Basis, Claim, PersonIx, Role, Trip};
use crate::line::{Kind, Origin, PayLine};

/// What a line is paid for. Two lines with the same identity and period are for the same thing, or for equal
/// things that their order tells apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// Whose it is: the employee number without leading zeros.
    pub person: Box<str>,
    /// What it pays.
    pub kind: Kind,
    /// Whether somebody other than the person is paid.
    pub to_others: bool,
    /// The body's code; empty where there is none.
    pub body: Box<str>,
    /// The office, where it is about one.
    pub role: Option<Role>,
    /// The meeting's or claim's day; nothing for an office, which the period tells apart.
    pub day: Option<NaiveDate>,
    /// The voucher, in small letters; empty where there is none.
    pub document: Box<str>,
    /// Who issued it, in small letters; empty where nobody is named.
    pub supplier: Box<str>,
}

impl Identity {
    /// What a line is paid for.
    pub fn of(line: &PayLine, basis: &Basis) -> Self {
        match line.origin {
            Origin::Posting(posting) => basis.ledger().posting(posting).identity.clone(),
            Origin::Claim(claim) => {
                Self { to_others: line.is_payable(), ..Self::of_claim(basis.claim(claim), basis) }
            }
            Origin::Trip(trip) => Self::of_trip(basis.trip(trip), line.kind, basis),
            Origin::Office(first, count) => {
                let office = basis.intervals(first, count).first();
                let role = office.map(|office| office.role);
                Self { body: line.body_code(basis).into(), role, ..Self::bare(line.person, line.kind, basis) }
            }
            Origin::Attendance(_) => Self {
                body: line.body_code(basis).into(),
                day: Some(line.date),
                ..Self::bare(line.person, line.kind, basis)
            },
            Origin::GroupPayment(payment) => Self {
                day: Some(line.date),
                document: basis.group_payment(payment).document.to_lowercase().into(),
                supplier: basis.group_payment(payment).group.to_lowercase().into(),
                ..Self::bare(line.person, line.kind, basis)
            },
        }
    }

    /// What a claim asks money for.
    pub(super) fn of_claim(claim: &Claim, basis: &Basis) -> Self {
        let body = claim.meeting.map(|meeting| basis.register().meeting(meeting).body);
        Self {
            body: body.map(|body| basis.register().body(body).code.clone()).unwrap_or_default(),
            day: Some(claim.date),
            document: claim.document.to_lowercase().into(),
            supplier: claim.supplier.to_lowercase().into(),
            ..Self::bare(claim.person, Kind::from(claim.kind), basis)
        }
    }

    /// What a journey asks money for, of a kind.
    pub(super) fn of_trip(trip: &Trip, kind: Kind, basis: &Basis) -> Self {
        let body = trip.meeting.map(|meeting| basis.register().meeting(meeting).body);
        Self {
            body: body.map(|body| basis.register().body(body).code.clone()).unwrap_or_default(),
            day: Some(trip.date),
            ..Self::bare(trip.person, kind, basis)
        }
    }

    fn bare(person: PersonIx, kind: Kind, basis: &Basis) -> Self {
        Self {
            person: basis.register().person(person).id.trim_start_matches('0').into(),
            kind,
            to_others: kind.is_payable(),
            body: Box::default(),
            role: None,
            day: None,
            document: Box::default(),
            supplier: Box::default(),
        }
    }

    /// The same without who is paid: a claim may have named the wrong one.
    pub(super) fn whoever_is_paid(&self) -> Self {
        Self { to_others: false, supplier: Box::default(), ..self.clone() }
    }

    /// Whether there is a bill, which is used once; attests and tax assessments may be used again.
    pub fn has_bill(&self) -> bool {
        is_paid_by_bill(self.kind) && !self.document.is_empty()
    }

    /// Whether both are on one bill. Two suppliers may number their bills alike; where none is named it may be
    /// either.
    pub fn is_same_bill(&self, other: &Self) -> bool {
        let may_be = |a: &str, b: &str| a == b || a.is_empty() || b.is_empty();
        self.has_bill()
            && other.has_bill()
            && self.document == other.document
            && may_be(&self.supplier, &other.supplier)
    }
}

/// Whether a kind of line is paid by a bill. A stand-in's voucher may be a bill or an attest.
fn is_paid_by_bill(kind: Kind) -> bool {
    matches!(kind, Kind::Care | Kind::Companion | Kind::TravelOther | Kind::EmployerRefund)
}

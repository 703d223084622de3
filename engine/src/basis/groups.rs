//! Party groups: their strength, what is paid on their behalf, and their reports.

use chrono::NaiveDate;

use super::index::PersonIx;
use super::rows::Row;
use crate::calendar::DateSpan;
use crate::money::Money;

/// A party group's strength in a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: Box<str>,
    /// From and to.
    pub term: DateSpan,
    /// Its representatives in the council.
    pub representatives: u32,
    /// Its votes at the election, where known.
    pub votes: Option<u32>,
    /// Where it was read.
    pub row: Row,
}

/// What a payment on a group's behalf is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupPaymentKind {
    /// Time bought out of other work (frikjøp).
    BuyOut,
    /// Fees (godtgjørelse).
    Fees,
    /// Anything else, to a supplier.
    Other,
}

/// A payment by the municipality on a group's behalf.
#[derive(Debug, Clone)]
pub struct GroupPayment {
    /// The group's name.
    pub group: Box<str>,
    /// The day of payment.
    pub date: NaiveDate,
    /// What it is for.
    pub kind: GroupPaymentKind,
    /// Kroner.
    pub amount: Money,
    /// Who is paid, where it is a person; never for other payments.
    pub person: Option<PersonIx>,
    /// The voucher.
    pub document: Box<str>,
    /// When the group asked the municipality to pay, where that is known.
    pub notice: Option<NaiveDate>,
    /// Where it was read.
    pub row: Row,
}

/// A group's report on a year.
#[derive(Debug, Clone)]
pub struct GroupReport {
    /// The group's name.
    pub group: Box<str>,
    /// The year that it is about.
    pub year: i32,
    /// What the group received.
    pub received: Option<Money>,
    /// What it spent.
    pub spent: Option<Money>,
    /// What remained.
    pub remaining: Option<Money>,
    /// When it came, where that is known.
    pub reported: Option<NaiveDate>,
    /// Where it was read.
    pub row: Row,
}

impl GroupReport {
    /// Whether all is stated, and what was received is what was spent and what remains.
    pub fn adds_up(&self) -> bool {
        match (self.received, self.spent, self.remaining) {
            (Some(received), Some(spent), Some(remaining)) => received == spent + remaining,
            _ => false,
        }
    }
}

/// The rows about groups, in canonical order once they are in a basis.
#[derive(Debug, Clone, Default)]
pub struct GroupRows {
    /// The groups; terms of one group do not overlap.
    pub groups: Vec<Group>,
    /// The payments on their behalf.
    pub payments: Vec<GroupPayment>,
    /// Their reports; one for a group and year.
    pub reports: Vec<GroupReport>,
}

impl GroupRows {
    /// Puts the rows into canonical order. Payments to persons stand together by person.
    pub(super) fn sort(&mut self) {
        self.groups.sort_by(|a, b| (&a.name, a.term).cmp(&(&b.name, b.term)));
        let of_payment = |a: &GroupPayment, b: &GroupPayment| {
            (a.person, a.date, &a.group, a.kind, a.amount, &a.document, a.notice).cmp(&(
                b.person,
                b.date,
                &b.group,
                b.kind,
                b.amount,
                &b.document,
                b.notice,
            ))
        };
        self.payments.sort_by(of_payment);
        self.reports.sort_by(|a, b| (&a.group, a.year).cmp(&(&b.group, b.year)));
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.payments.is_empty() && self.reports.is_empty()
    }
}

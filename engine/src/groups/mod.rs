//! The municipality's support to party groups (partiloven § 10), worked out for a year.
//!
//! A year has one transfer, in a month that the regulation names. A year of municipal elections has
//! two: so many months on the council as it was, and the rest, by the new result, before the year is
//! out.

mod apportion;
mod composition;
mod grant;
pub(crate) mod law;
mod pot;
mod reports;
mod settlement;
mod terms;
pub mod why;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::basis::{Basis, Group, Row};
use crate::calendar::DateSpan;
use crate::line::Units;
use crate::money::Money;
use crate::payout::Assumption;
use crate::regulation::{Item, ItemId, Provenance, Regulation, Trail};
use crate::shortfall::Shortfall;
pub use law::BaseShare;
use settlement::Earlier;
use why::GroupWhy;

/// The support of a year.
#[derive(Debug, Clone)]
pub struct SupportOfYear {
    /// The year.
    pub year: i32,
    /// Its transfers, in the order of their days.
    pub transfers: Vec<Transfer>,
    /// What somebody should look at.
    pub notices: Vec<Notice>,
}

/// What is transferred to all groups at once.
#[derive(Debug, Clone)]
pub struct Transfer {
    /// The day by which it is due.
    pub date: NaiveDate,
    /// The months of the year that it is for.
    pub months: u32,
    /// The item that says when.
    pub cite: ItemId,
    /// Each group's part, in the order of names.
    pub groups: Vec<GroupTransfer>,
}

/// One group's part in a transfer.
#[derive(Debug, Clone)]
pub struct GroupTransfer {
    /// The group's name.
    pub group: Box<str>,
    /// What it consists of; the lines sum to what is transferred.
    pub lines: Vec<GroupLine>,
    /// The support.
    pub granted: Money,
    /// Payments on its behalf, and a debt from before.
    pub deducted: Money,
}

impl GroupTransfer {
    /// What the group gets.
    pub fn transferred(&self) -> Money {
        self.granted.left_after(self.deducted)
    }

    /// What it owes until the next transfer.
    pub fn debt(&self) -> Money {
        self.deducted.left_after(self.granted)
    }
}

/// What a line of a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupPart {
    /// Base support.
    Base,
    /// Support by representatives.
    Representatives,
    /// A share of the pot.
    Share,
    /// No right to support.
    NoRight,
    /// A debt from before.
    EarlierDebt,
    /// A payment on the group's behalf.
    Payment,
    /// What is left to deduct from the next transfer.
    DebtCarried,
}

impl GroupPart {
    /// The part's name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Representatives => "representatives",
            Self::Share => "share",
            Self::NoRight => "no_right",
            Self::EarlierDebt => "earlier_debt",
            Self::Payment => "payment",
            Self::DebtCarried => "debt_carried",
        }
    }

    /// Whether it is support, rather than what becomes of it.
    pub fn is_support(self) -> bool {
        matches!(self, Self::Base | Self::Representatives | Self::Share | Self::NoRight)
    }
}

/// One line of a group's transfer.
#[derive(Debug, Clone)]
pub struct GroupLine {
    /// What it is.
    pub part: GroupPart,
    /// So many at a rate, where that gives the amount exactly.
    pub units: Option<Units>,
    /// Kroner; negative for what is deducted.
    pub amount: Money,
    /// The item of the regulation that decided.
    pub cite: ItemId,
    /// The reason, as data.
    pub why: GroupWhy,
    /// Everything of the regulation that lies behind it.
    pub trail: Trail,
}

/// Why the support of a year cannot be worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// Something of the regulation is missing.
    Shortfall(Shortfall),
    /// The regulation has no group support.
    NoGroupSupport,
    /// The regulation is not in force on any day of the year.
    NotInForce,
    /// No group was elected for the year.
    NoGroups {
        /// The election that should have elected them.
        election: i32,
    },
    /// More groups than the regulation has rates for.
    TooManyGroups {
        /// How many there are.
        groups: usize,
        /// How many there may be.
        at_most: u32,
        /// The item that says so.
        item: ItemId,
    },
    /// The base share is against the law, or needs another majority.
    BaseShare {
        /// The base support of all.
        base: Money,
        /// The support of all.
        whole: Money,
        /// The part in hundredths of a per cent, rounded.
        hundredths: u64,
        /// Whether no majority would do.
        is_refused: bool,
        /// The item of the majority.
        item: ItemId,
    },
    /// Groups without votes, where votes decide.
    NoVotes(Vec<Group>),
    /// Nobody has what the pot is shared by.
    NothingToShareBy,
    /// The pot is not in the unit that its parts have to be in.
    PotNotWhole {
        /// The pot.
        pot: Money,
    },
    /// The numbers are beyond what can be real.
    BeyondReal,
}

impl From<Shortfall> for Obstacle {
    fn from(shortfall: Shortfall) -> Self {
        Self::Shortfall(shortfall)
    }
}

/// What somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A group that has not reported on a year.
    MissingReport {
        /// The group's name.
        group: Box<str>,
        /// The year.
        year: i32,
        /// The day by which it was due.
        due: NaiveDate,
        /// The item that says so.
        item: ItemId,
    },
    /// A report that came after the day by which it was due.
    LateReport {
        /// The group's name.
        group: Box<str>,
        /// The year.
        year: i32,
        /// When it came.
        reported: NaiveDate,
        /// The day by which it was due.
        due: NaiveDate,
        /// The item that says so.
        item: ItemId,
        /// The report's row.
        row: Row,
    },
    /// A payment on a group's behalf of which the group gave notice after the day for it.
    LateNotice {
        /// The group's name.
        group: Box<str>,
        /// When it gave notice.
        notice: NaiveDate,
        /// The day by which it had to.
        due: NaiveDate,
        /// The item that says so.
        item: ItemId,
        /// The payment's row.
        row: Row,
    },
    /// A report whose sum is not what was granted.
    ReceivedNotGranted {
        /// The group's name.
        group: Box<str>,
        /// The year.
        year: i32,
        /// What it reports.
        received: Money,
        /// What was granted.
        granted: Money,
        /// The report's row.
        row: Row,
    },
    /// The new council's groups are not in the basis, so the last months are not worked out.
    NewGroupsUnknown {
        /// The year of the election.
        year: i32,
        /// The months that are left out.
        months: u32,
    },
    /// Payments that belong to an earlier year, whose grant is not known.
    EarlierYearUnknown {
        /// The year.
        year: i32,
    },
    /// Payments after the last transfer: they belong to the next.
    LaterPayments {
        /// The group's name.
        group: Box<str>,
        /// Their sum.
        sum: Money,
    },
}

/// The support that the groups of a basis get in a year by a regulation, or what stands in the way.
pub fn support_of_year(basis: &Basis, regulation: &Regulation, year: i32) -> Result<SupportOfYear, Obstacle> {
    let support = regulation.group_support.as_ref().ok_or(Obstacle::NoGroupSupport)?;
    if !is_in_force(regulation, year) {
        return Err(Obstacle::NotInForce);
    }
    let rows = &basis.rows().groups;
    let grants = grant::of_year(&rows.groups, regulation, support, year)?;
    let mut notices: Vec<Notice> = grants.left_out(year).into_iter().collect();
    let earlier = Earlier::new(rows, regulation, support, year, &mut notices);
    let transfers = settlement::settle(rows, regulation, support, &grants, &earlier)?;
    notices.extend(settlement::later_payments(rows, &transfers, year));
    notices.extend(settlement::late_notices(rows, support, year));
    reports::look(rows, regulation, support, &grants, year, &mut notices);
    Ok(SupportOfYear { year, transfers, notices })
}

/// Whether the regulation is in force on some day of a year.
fn is_in_force(regulation: &Regulation, year: i32) -> bool {
    DateSpan::of_year(year).overlaps(regulation.in_force)
}

impl SupportOfYear {
    /// All lines.
    pub fn lines(&self) -> impl Iterator<Item = &GroupLine> {
        self.transfers.iter().flat_map(|transfer| &transfer.groups).flat_map(|group| &group.lines)
    }

    /// Everything assumed that lies behind a line, in the order of the regulation's file.
    pub fn assumptions<'r>(&self, regulation: &'r Regulation) -> Vec<Assumption<'r>> {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        let assumed = regulation.items.iter().filter(|(_, item)| item.provenance == Provenance::Assumed);
        assumed
            .filter(|(_, item)| names.insert(&item.name))
            .map(|(_, item)| Assumption { item, lines: self.resting_on(regulation, item) })
            .filter(|assumption| assumption.lines > 0)
            .collect()
    }

    /// How many lines rest on an item, or on another of its name, as a parameter may have.
    fn resting_on(&self, regulation: &Regulation, item: &Item) -> usize {
        let ids: Vec<ItemId> = regulation
            .items
            .iter()
            .filter(|(_, other)| other.name == item.name && other.provenance == Provenance::Assumed)
            .map(|(id, _)| id)
            .collect();
        self.lines().filter(|line| ids.iter().any(|id| line.trail.contains(*id))).count()
    }
}

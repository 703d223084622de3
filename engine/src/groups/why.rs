//! Why a group gets what it gets: the explanation as data, rendered in a language elsewhere.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::basis::{GroupPaymentKind, PersonIx};
use crate::money::Money;
use crate::regulation::{Share, SharedBy, WholeUnit};

/// The reason of a line's amount.
#[derive(Debug, Clone, PartialEq)]
pub enum GroupWhy {
    /// So many of something at a rate a year, for some months of it.
    Rate {
        /// How many.
        count: u32,
        /// Kroner a year for each.
        rate_per_year: Money,
        /// The months.
        months: u32,
    },
    /// A share of a pot.
    Share(Box<ShareWhy>),
    /// No right to support.
    NoRight(NoRight),
    /// A debt from before.
    EarlierDebt,
    /// A payment on the group's behalf.
    Payment {
        /// The day.
        date: NaiveDate,
        /// What for.
        kind: GroupPaymentKind,
        /// To whom, where it is a person.
        person: Option<PersonIx>,
        /// The voucher.
        document: Box<str>,
    },
    /// What is left to deduct from the next transfer.
    DebtCarried {
        /// The support.
        granted: Money,
        /// What was deducted.
        deducted: Money,
    },
}

/// A group's share of a pot.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareWhy {
    /// The pot of the year.
    pub pot_per_year: Money,
    /// What of it is shared in this transfer.
    pub pot: Money,
    /// What of it an earlier transfer of the year has shared.
    pub shared_before: Money,
    /// The months.
    pub months: u32,
    /// The part that is shared equally.
    pub base_share: Share,
    /// Among how many.
    pub lists: u32,
    /// What the rest is shared by.
    pub by: SharedBy,
    /// The group's votes or representatives.
    pub mine: u32,
    /// Those of all who share.
    pub of_all: u64,
    /// The exact share, to four decimals.
    pub four_decimals: Decimal,
    /// Whether two decimals are all it has.
    pub is_exact: bool,
    /// The unit.
    pub unit: WholeUnit,
    /// The share, rounded down to the unit.
    pub rounded_down: Money,
    /// How many units were left over when all shares were rounded down.
    pub left_over: u32,
    /// Whether one of them is this group's.
    pub has_one_more: bool,
    /// Whether groups with the same remainder stood on both sides of the last unit.
    pub by_order: bool,
}

/// Why there is no right to support.
#[derive(Debug, Clone, PartialEq)]
pub enum NoRight {
    /// The group, or this strength of it, began inside a term.
    BrokenOut {
        /// The day.
        from: NaiveDate,
        /// Its representatives.
        representatives: u32,
        /// Those of the election, where the group was elected.
        elected: Option<u32>,
    },
    /// Elected at an earlier election than that of the council.
    TermOver {
        /// The year of that election.
        election: i32,
    },
    /// No representative was elected, and votes do not count.
    NobodyElected,
    /// Fewer votes than the threshold.
    BelowThreshold {
        /// The list's votes.
        votes: u32,
        /// The votes of all lists.
        of_all: u64,
        /// The threshold.
        threshold: Share,
    },
}

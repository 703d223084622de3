//! How claims are treated.

use super::deadlines::{Deadline, LateClaims};
use super::stated::Dated;
use crate::basis::ClaimKind;

/// Settings of claims.
#[derive(Debug, Clone)]
pub struct ClaimSettings {
    /// How travel is covered.
    pub travel: Dated<TravelCover>,
    /// How a companion is covered, where no cover names it.
    pub companion: Option<Dated<CostCover>>,
    /// How an employer's refund is capped, where no cover names it.
    pub employer_refund: Option<Dated<RefundCover>>,
    /// The kinds that are refused because nothing covers them.
    pub not_covered: Option<Dated<Vec<ClaimKind>>>,
    /// The kinds that are covered only where the person was formally called.
    pub only_when_called: Option<Dated<Vec<ClaimKind>>>,
    /// Which day a claim belongs to.
    pub day_of_claim: Dated<DayOfClaim>,
    /// By when a claim has to be received.
    pub deadline: Dated<Deadline>,
    /// What becomes of one that is received later.
    pub late_claims: Dated<LateClaims>,
    /// Whether claims that a closed run had keep their share of a cap, and of the year's kilometres, when a late
    /// claim comes.
    pub closed_keep_their_share: Dated<bool>,
}

/// How travel is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TravelCover {
    /// By the state's rates; other travel by its documented cost.
    StateRates,
}

/// How a cost is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostCover {
    /// The documented cost.
    DocumentedCost,
}

/// How an employer's refund is capped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundCover {
    /// As documented lost income, in sums of its own.
    DocumentedCaps,
}

/// Which day a claim belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOfClaim {
    /// Its meeting's, else its own date.
    MeetingElseOwn,
}

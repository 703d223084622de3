//! How claims are treated.

use super::amount::AmountIx;
use super::stated::Dated;

/// Settings of claims.
#[derive(Debug, Clone)]
pub struct ClaimSettings {
    /// The cap of care in one person's day.
    pub care_cap_per_day: AmountIx,
    /// How travel is covered.
    pub travel: Dated<TravelCover>,
    /// How a companion is covered.
    pub companion: Dated<CostCover>,
    /// How an employer's refund is capped.
    pub employer_refund: Dated<RefundCover>,
    /// Which day a claim belongs to.
    pub day_of_claim: Dated<DayOfClaim>,
    /// By when a claim has to be received.
    pub deadline_months: Dated<Deadline>,
    /// The point of after-pay.
    pub after_pay: Dated<AfterPay>,
    /// The point of subsistence.
    pub subsistence: Dated<Subsistence>,
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

/// By when a claim has to be received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// There is no deadline.
    None,
    /// So many months after the claim's day.
    Months(u32),
}

/// How after-pay is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterPay {
    /// Shown, not paid: this version does not calculate it.
    NotCalculated,
}

/// How subsistence is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subsistence {
    /// Shown, not paid: this version does not calculate it.
    NotCalculated,
}

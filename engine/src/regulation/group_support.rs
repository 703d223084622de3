//! What a regulation says of the municipality's support to party groups.

use std::num::NonZeroU32;

use super::amount::AmountIx;
use super::fees::Share;
use super::stated::Dated;
use crate::calendar::DayOfYear;
use crate::money::{Rounding, RoundingMode};

/// The support to party groups.
#[derive(Debug, Clone)]
pub struct GroupSupport {
    /// How much there is.
    pub form: SupportForm,
    /// The unit that parts are given in.
    pub whole: Dated<WholeUnit>,
    /// The majority of the decision, which the base share is held against.
    pub majority: Dated<Majority>,
    /// The month by whose end the support is transferred, 1 to 12.
    pub transferred_in: Dated<u32>,
    /// For how many months of an election year the old council's groups are supported, 1 to 12.
    pub first_part_months: Dated<u32>,
    /// What becomes of payments on a group's behalf.
    pub payments_on_behalf: Dated<PaymentsOnBehalf>,
    /// The day of the year by which a group gives notice of that year's payments on its behalf, where it
    /// has to.
    pub notice_by: Option<Dated<DayOfYear>>,
    /// What those get who break out of a group.
    pub break_outs: Dated<BreakOuts>,
    /// The day of the year by which a group reports on the year before, where it has to.
    pub report_by: Option<Dated<DayOfYear>>,
}

impl GroupSupport {
    /// Its amounts.
    pub fn amounts(&self) -> Vec<AmountIx> {
        match &self.form {
            SupportForm::Rates(rates) => vec![rates.amount_per_group, rates.amount_per_representative],
            SupportForm::Pot(pot) => vec![pot.amount],
        }
    }
}

/// How much support there is.
#[derive(Debug, Clone)]
pub enum SupportForm {
    /// A rate a group and a rate a representative.
    Rates(SupportRates),
    /// A pot that is shared.
    Pot(SupportPot),
}

/// Rates a year.
#[derive(Debug, Clone)]
pub struct SupportRates {
    /// Base support a group.
    pub amount_per_group: AmountIx,
    /// Support a representative.
    pub amount_per_representative: AmountIx,
    /// With how many groups at most the rates hold.
    pub at_most_groups: Option<Dated<u32>>,
}

/// A pot a year.
#[derive(Debug, Clone)]
pub struct SupportPot {
    /// What is shared.
    pub amount: AmountIx,
    /// The part of it that is shared equally.
    pub base_share: Dated<Share>,
    /// What the rest is shared by.
    pub by: Dated<SharedBy>,
    /// The part of all votes that a list has to have.
    pub vote_threshold: Option<Dated<Share>>,
}

/// What the rest of a pot is shared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SharedBy {
    /// The votes at the election.
    Votes,
    /// The representatives elected.
    Representatives,
}

/// The unit that parts are given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WholeUnit {
    /// Whole øre.
    Oere,
    /// Whole kroner.
    Kroner,
}

impl WholeUnit {
    /// The unit in øre.
    pub fn oere(self) -> NonZeroU32 {
        match self {
            Self::Oere => NonZeroU32::MIN,
            Self::Kroner => NonZeroU32::MIN.saturating_add(99),
        }
    }

    /// Rounding to the unit, a half away from zero.
    pub fn rounding(self) -> Rounding {
        Rounding::to_unit(self.oere(), RoundingMode::HalfAwayFromZero)
    }
}

/// The majority of the decision on group support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Majority {
    /// Everybody.
    Unanimous,
    /// More than half of those who vote.
    Simple,
}

/// What becomes of payments on a group's behalf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentsOnBehalf {
    /// They are deducted from the group's next transfer.
    DeductedFromNextTransfer,
}

/// What those get who break out of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakOuts {
    /// They have no right to support, and the group's strength stays that of the election.
    NoRight,
}

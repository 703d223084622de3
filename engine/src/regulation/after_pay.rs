//! After-pay (ettergodtgjøring, kommuneloven § 8-6).

use rust_decimal::Decimal;

use super::amount::AmountIx;
use super::stated::Dated;
use crate::basis::Role;

/// Who gets after-pay, how much and for how long.
#[derive(Debug, Clone)]
pub struct AfterPay {
    /// The offices that give it.
    pub roles: Vec<Role>,
    /// The pay a month.
    pub amount_per_month: AmountIx,
    /// The most months for somebody with work to return to.
    pub months_with_work: Dated<Decimal>,
    /// The most months for somebody without.
    pub months_without_work: Dated<Decimal>,
    /// The ordinary notice period, which after-pay is never longer than; in months.
    pub notice_period_months: Option<Dated<Decimal>>,
    /// Whether it takes a decision, which the claim refers to.
    pub needs_decision: Dated<bool>,
    /// Whether income of the same months is deducted, krone for krone.
    pub income_is_deducted: Dated<bool>,
}

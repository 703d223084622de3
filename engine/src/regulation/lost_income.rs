//! How lost income is covered.

use std::num::NonZeroU32;

use super::amount::AmountIx;
use super::stated::Dated;

/// The caps of one of the two sums of lost income.
#[derive(Debug, Clone)]
pub struct Caps {
    /// For a whole day.
    pub cap_per_day: AmountIx,
    /// For each hour of a short meeting.
    pub cap_per_hour: AmountIx,
}

/// Settings of lost income.
#[derive(Debug, Clone)]
pub struct LostIncomeSettings {
    /// The caps without documentation.
    pub undocumented: Caps,
    /// The caps with documentation, a stand-in's bill among it.
    pub documented: Caps,
    /// Whether a person's claims on one meeting share its cap.
    pub meeting_cap_is_shared: Dated<bool>,
    /// What an undocumented claim without an amount asks for.
    pub empty_amount: Dated<EmptyAmount>,
    /// Whether a mayor or acting mayor has income to lose.
    pub mayor_is_covered: Dated<bool>,
    /// Whether those without earned income have income to lose.
    pub no_income_is_covered: Dated<bool>,
    /// Whether those who keep their pay lose income on other days than days off.
    pub kept_pay_is_covered: Dated<bool>,
    /// The weekdays on which a day off is compensated.
    pub day_off: Dated<DayOff>,
    /// How many days a yearly business income is divided by.
    pub income_days_per_year: Dated<NonZeroU32>,
    /// How many hours a day of business income has.
    pub income_hours_per_day: Dated<NonZeroU32>,
    /// Whether a stand-in counts in the sums of documented lost income.
    pub stand_in_as_documented: Dated<bool>,
    /// Which of a day's two sums is paid.
    pub day_sums: Dated<DaySums>,
    /// How claims fill a cap.
    pub order: Dated<ClaimOrder>,
}

/// What an undocumented claim without an amount asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyAmount {
    /// The cap of its meeting.
    Cap,
}

/// When a day off is compensated where pay is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOff {
    /// On Monday to Friday.
    MondayToFriday,
}

/// Which of the sums of one person's day is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DaySums {
    /// The greater of undocumented and documented; documented on a tie.
    GreaterDocumentedOnTie,
}

/// How claims fill a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimOrder {
    /// In the natural order of their ids.
    NaturalId,
}

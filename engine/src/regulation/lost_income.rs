//! How lost income is covered.

use std::num::NonZeroU32;

use super::stated::Dated;

/// Settings of lost income.
#[derive(Debug, Clone)]
pub struct LostIncomeSettings {
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
    /// How a loss follows from a yearly income.
    pub income: IncomeToLose,
    /// What a stand-in is.
    pub stand_in: Dated<StandInIs>,
    /// Which of a day's two sums is paid.
    pub day_sums: Dated<DaySums>,
    /// How claims fill a cap.
    pub order: Dated<ClaimOrder>,
}

/// How a loss follows from a yearly income.
#[derive(Debug, Clone)]
pub struct IncomeToLose {
    /// Which income it is.
    pub of: Dated<IncomeOf>,
    /// The income of which years.
    pub years: Dated<IncomeYears>,
    /// How many days it is divided by.
    pub days_per_year: Dated<NonZeroU32>,
    /// How many hours a day has.
    pub hours_per_day: Dated<NonZeroU32>,
    /// How many hours a year has, where an hour's loss follows from it.
    pub hours_per_year: Option<Dated<NonZeroU32>>,
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

/// What a stand-in is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandInIs {
    /// Documented loss: an alternative to undocumented loss.
    DocumentedLoss,
    /// An expense, beside lost income.
    Expense,
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

/// Which income a loss is worked out from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncomeOf {
    /// The net business income.
    Net,
    /// The gross income.
    Gross,
}

/// The income of which years a loss is worked out from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncomeYears {
    /// The year before.
    Last,
    /// The mean of the three years before.
    MeanOfThree,
}

//! Days, periods and sets of days.

mod bank_days;
mod day_of_year;
mod days;
mod pay_day;
mod period;

use chrono::NaiveDate;

pub use self::bank_days::{
    bank_day_on_or_after, bank_day_on_or_before, easter_sunday, is_bank_day, is_public_holiday,
};
pub use self::day_of_year::DayOfYear;
pub use self::days::Days;
pub(crate) use self::pay_day::day_of_month;
pub use self::pay_day::{NotABankDay, PayDay};
pub use self::period::{Payment, Period};

/// An interval of days, both ends included. The first is never after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateSpan {
    first: NaiveDate,
    last: NaiveDate,
}

impl DateSpan {
    /// The interval, unless it ends before it starts.
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// An interval without an end.
    pub fn from(first: NaiveDate) -> Self {
        Self { first, last: NaiveDate::MAX }
    }

    /// The first day.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day; nothing when it is still running.
    pub fn last(self) -> Option<NaiveDate> {
        (self.last != NaiveDate::MAX).then_some(self.last)
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The days that both have, if there are any.
    pub fn and(self, other: Self) -> Option<Self> {
        Self::new(self.first.max(other.first), self.last.min(other.last))
    }

    /// How many days; of an interval without an end, very many.
    pub fn days(self) -> u32 {
        u32::try_from((self.last - self.first).num_days() + 1).unwrap_or(u32::MAX)
    }

    /// A calendar year.
    pub fn of_year(year: i32) -> Self {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MIN);
        let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX);
        Self { first, last }
    }
}

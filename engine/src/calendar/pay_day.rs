//! The day on which something of a period is paid.

use chrono::{Datelike, Months, NaiveDate};

use super::bank_days::{bank_day_on_or_after, bank_day_on_or_before};
use super::{DayOfYear, Period};

/// The day on which something of a period is paid. The 31st of a shorter month is its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayDay {
    /// A day of the month before the period.
    OfMonthBefore(u32),
    /// A day of the period's last month.
    OfLastMonth(u32),
    /// A day of the month after the period.
    OfMonthAfter(u32),
    /// A day of the period's year.
    OfYear(DayOfYear),
    /// A day of the year after it.
    OfYearAfter(DayOfYear),
}

impl PayDay {
    /// The day for a period.
    pub fn of(self, period: Period) -> Option<NaiveDate> {
        match self {
            Self::OfMonthBefore(day) => {
                day_of_month(period.first_day().checked_sub_months(Months::new(1))?, day)
            }
            Self::OfLastMonth(day) => day_of_month(period.last_day(), day),
            Self::OfMonthAfter(day) => {
                day_of_month(period.last_day().checked_add_months(Months::new(1))?, day)
            }
            Self::OfYear(day) => Some(day.in_year(period.year())),
            Self::OfYearAfter(day) => Some(day.in_year(period.year().checked_add(1)?)),
        }
    }

    /// Whether it is the same for each period of a rhythm: counted from the period, not from the year.
    pub fn is_of_any_period(self) -> bool {
        matches!(self, Self::OfMonthBefore(_) | Self::OfLastMonth(_) | Self::OfMonthAfter(_))
    }
}

/// A day of the month that a date lies in; its last day where it is shorter.
pub(crate) fn day_of_month(month: NaiveDate, day: u32) -> Option<NaiveDate> {
    let first = month.with_day(1)?;
    let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
    first.with_day(day.min(last.day()))
}

/// What becomes of a payment whose day is no bank day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotABankDay {
    /// It is paid on the last bank day before.
    BankDayBefore,
    /// It is paid on the first bank day after.
    BankDayAfter,
    /// It is paid that day all the same.
    AsItIs,
}

impl NotABankDay {
    /// The day on which a payment is made.
    pub fn paid_on(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::BankDayBefore => bank_day_on_or_before(day),
            Self::BankDayAfter => bank_day_on_or_after(day),
            Self::AsItIs => day,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_periods() {
        use PayDay::{OfLastMonth, OfMonthAfter, OfMonthBefore, OfYear, OfYearAfter};
        let july = DayOfYear::new(7, 12).unwrap_or(DayOfYear::NEW_YEAR);
        let cases = [
            (OfLastMonth(12), "2024-01", "2024-01-12"),
            (OfLastMonth(31), "2023-02", "2023-02-28"),
            (OfLastMonth(31), "2024-02", "2024-02-29"),
            (OfLastMonth(31), "2024-04", "2024-04-30"),
            (OfLastMonth(20), "2024-Q1", "2024-03-20"),
            (OfLastMonth(12), "2024", "2024-12-12"),
            (OfMonthAfter(12), "2024-01", "2024-02-12"),
            (OfMonthAfter(31), "2024-01", "2024-02-29"),
            (OfMonthAfter(12), "2024-12", "2025-01-12"),
            (OfMonthAfter(10), "2024-Q4", "2025-01-10"),
            (OfMonthAfter(12), "2024-H1", "2024-07-12"),
            (OfMonthBefore(31), "2024-03", "2024-02-29"),
            (OfMonthBefore(20), "2024-01", "2023-12-20"),
            (OfMonthBefore(20), "2024-Q2", "2024-03-20"),
            (OfYear(july), "2024-H1", "2024-07-12"),
            (OfYearAfter(july), "2024", "2025-07-12"),
        ];
        for (day, text, expected) in cases {
            let period: Period = text.parse().unwrap_or_else(|_| panic!("{text} is a period"));
            assert_eq!(day.of(period).map(|day| day.to_string()).as_deref(), Some(expected), "{text}");
        }
    }
}

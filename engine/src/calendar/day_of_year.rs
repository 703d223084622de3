//! Days of every year.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// A day of every year, such as 12 July. The 29th of February is the 28th in other years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayOfYear {
    month: u32,
    day: u32,
}

impl DayOfYear {
    /// The first day of the year.
    pub const NEW_YEAR: Self = Self { month: 1, day: 1 };

    /// A month and a day, where the calendar has them.
    pub fn new(month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(2024, month, day).map(|_| Self { month, day })
    }

    /// The month, from 1.
    pub fn month(self) -> u32 {
        self.month
    }

    /// The day in a year.
    pub fn in_year(self, year: i32) -> NaiveDate {
        let exact = NaiveDate::from_ymd_opt(year, self.month, self.day);
        exact.or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day - 1)).unwrap_or(NaiveDate::MIN)
    }

    /// The latest of these days that is not after a date.
    pub fn on_or_before(self, date: NaiveDate) -> NaiveDate {
        let this_year = self.in_year(date.year());
        if this_year <= date { this_year } else { self.in_year(date.year() - 1) }
    }

    /// The earliest of these days that is not before a date.
    pub fn on_or_after(self, date: NaiveDate) -> NaiveDate {
        let this_year = self.in_year(date.year());
        if this_year >= date { this_year } else { self.in_year(date.year() + 1) }
    }
}

impl fmt::Display for DayOfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_year_around_a_date() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let first_of_may = DayOfYear::new(5, 1).unwrap_or(DayOfYear::NEW_YEAR);
        assert_eq!(first_of_may.on_or_before(date("2023-04-30")), date("2022-05-01"));
        assert_eq!(first_of_may.on_or_before(date("2023-05-01")), date("2023-05-01"));
        assert_eq!(first_of_may.on_or_after(date("2023-05-02")), date("2024-05-01"));
        assert_eq!(DayOfYear::new(2, 30), None);
        let leap_day = DayOfYear::new(2, 29).unwrap_or(DayOfYear::NEW_YEAR);
        assert_eq!(leap_day.in_year(2023), date("2023-02-28"));
        assert_eq!(leap_day.to_string(), "02-29");
    }
}

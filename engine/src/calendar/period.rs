//! What a run pays for.

use std::fmt;
use std::str::FromStr;

use chrono::{Months, NaiveDate};

use super::DateSpan;

/// What a run pays for: a month, a quarter, a half-year or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i32,
    payment: Payment,
    /// Its place among those of the year, from 1.
    number: u32,
}

/// How often something is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Payment {
    /// Twelve times a year, in a run for a month.
    Monthly,
    /// Four times a year, in a run for a quarter.
    Quarterly,
    /// Twice a year, in a run for a half-year.
    HalfYearly,
    /// Once, in a run for a year.
    Yearly,
}

impl Payment {
    /// Every rhythm, the quickest first.
    pub const ALL: [Self; 4] = [Self::Monthly, Self::Quarterly, Self::HalfYearly, Self::Yearly];

    /// How many instalments a yearly fee is paid in.
    pub fn instalments(self) -> u32 {
        match self {
            Self::Monthly => 12,
            Self::Quarterly => 4,
            Self::HalfYearly => 2,
            Self::Yearly => 1,
        }
    }
}

impl Period {
    /// The period of a number in its year, from 1.
    pub fn new(year: i32, payment: Payment, number: u32) -> Option<Self> {
        (1..=payment.instalments()).contains(&number).then_some(Self { year, payment, number })
    }

    /// The period of a rhythm that a day lies in.
    pub fn of_day(day: NaiveDate, payment: Payment) -> Self {
        use chrono::Datelike;
        let months = 12 / payment.instalments();
        Self { year: day.year(), payment, number: day.month0() / months + 1 }
    }

    /// The calendar year it lies in.
    pub fn year(self) -> i32 {
        self.year
    }

    /// What is paid in a run for it.
    pub fn payment(self) -> Payment {
        self.payment
    }

    /// Its place among those of the year, from 1.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        let month = (self.number - 1) * self.months() + 1;
        NaiveDate::from_ymd_opt(self.year, month, 1).unwrap_or(NaiveDate::MIN)
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        let next = self.first_day().checked_add_months(Months::new(self.months()));
        next.and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// Its days.
    pub fn span(self) -> DateSpan {
        DateSpan { first: self.first_day(), last: self.last_day() }
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        self == Self::of_day(day, self.payment)
    }

    /// The periods of a year that are paid in the same rhythm.
    pub fn all_of_year(year: i32, payment: Payment) -> Vec<Self> {
        (1..=payment.instalments()).map(|number| Self { year, payment, number }).collect()
    }

    /// The period before it, of the same rhythm.
    pub fn before(self) -> Option<Self> {
        Some(Self::of_day(self.first_day().pred_opt()?, self.payment))
    }

    fn months(self) -> u32 {
        12 / self.payment.instalments()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, number, .. } = self;
        match self.payment {
            Payment::Monthly => write!(f, "{year:04}-{number:02}"),
            Payment::Quarterly => write!(f, "{year:04}-Q{number}"),
            Payment::HalfYearly => write!(f, "{year:04}-H{number}"),
            Payment::Yearly => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    /// Reads `2014-H1`, `2014-09`, `2014-Q3` or `2014`.
    fn from_str(text: &str) -> Result<Self, String> {
        let digits = |text: &str| -> Option<u32> {
            text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
        };
        let read = || {
            let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
            if year.len() != 4 || part.is_some_and(|part| part.len() != 2) {
                return None;
            }
            let year = digits(year).and_then(|year| i32::try_from(year).ok());
            let year = year.filter(|year| (1900..=2200).contains(year))?;
            let Some(part) = part else { return Self::new(year, Payment::Yearly, 1) };
            let (payment, number) = if let Some(half) = part.strip_prefix('H') {
                (Payment::HalfYearly, half)
            } else if let Some(quarter) = part.strip_prefix('Q') {
                (Payment::Quarterly, quarter)
            } else {
                (Payment::Monthly, part)
            };
            Self::new(year, payment, digits(number)?)
        };
        read().ok_or_else(|| {
            "a period is a half-year such as 2014-H1, a month such as 2014-09, a quarter such as 2014-Q3, \
             or a year such as 2014"
                .to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_periods() {
        let cases = [
            ("2014-H1", 181, "2014-06-30"),
            ("2014-H2", 184, "2014-12-31"),
            ("2016-H1", 182, "2016-06-30"),
            ("2016-02", 29, "2016-02-29"),
            ("2014-02", 28, "2014-02-28"),
            ("2014-12", 31, "2014-12-31"),
            ("2014-Q1", 90, "2014-03-31"),
            ("2014-Q4", 92, "2014-12-31"),
            ("2014", 365, "2014-12-31"),
        ];
        for (text, days, last) in cases {
            let period: Period = text.parse().unwrap_or_else(|_| panic!("{text} is a period"));
            let last: NaiveDate = last.parse().unwrap_or_else(|_| panic!("{last} is a date"));
            assert_eq!((period.span().days(), period.last_day()), (days, last), "{text}");
            assert_eq!(Period::of_day(last, period.payment()), period, "{text}");
            assert_eq!(period.to_string(), text);
        }
        let wrong = [
            "2014-", "2014-H3", "2014-Q5", "2014-13", "2014-00", "14-H1", "2014-h1", "2014-H", "2014-+1", "",
            "+014", "999",
        ];
        for wrong in wrong {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }
}

//! Days, periods, and sets of days in a year.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};

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
}

/// What a run pays for: a half-year, or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i32,
    part: Part,
}

/// How often something is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Payment {
    /// Twelve times a year, in a run for a month.
    Monthly,
    /// Twice a year, in a run for a half-year.
    HalfYearly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    Half(u32),
    Month(u32),
}

impl Period {
    /// A half-year, 1 or 2.
    pub fn half(year: i32, half: u32) -> Option<Self> {
        (1..=2).contains(&half).then_some(Self { year, part: Part::Half(half) })
    }

    /// A month, 1 to 12.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { year, part: Part::Month(month) })
    }

    /// The calendar year it lies in.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        let month = match self.part {
            Part::Half(half) => half * 6 - 5,
            Part::Month(month) => month,
        };
        NaiveDate::from_ymd_opt(self.year, month, 1).unwrap_or(NaiveDate::MIN)
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        let months = Months::new(12 / self.payment().instalments());
        let next = self.first_day().checked_add_months(months);
        next.and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// What is paid in a run for it.
    pub fn payment(self) -> Payment {
        match self.part {
            Part::Half(_) => Payment::HalfYearly,
            Part::Month(_) => Payment::Monthly,
        }
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        day.year() == self.year
            && match self.part {
                Part::Half(half) => (day.month() - 1) / 6 + 1 == half,
                Part::Month(month) => day.month() == month,
            }
    }

    /// The periods of a year that are paid in the same rhythm.
    pub fn all_of_year(year: i32, payment: Payment) -> Vec<Self> {
        match payment {
            Payment::Monthly => (1..=12).filter_map(|month| Self::month(year, month)).collect(),
            Payment::HalfYearly => (1..=2).filter_map(|half| Self::half(year, half)).collect(),
        }
    }
}

impl Payment {
    /// How many instalments a yearly fee is paid in.
    pub fn instalments(self) -> u32 {
        match self {
            Self::Monthly => 12,
            Self::HalfYearly => 2,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Half(half) => write!(f, "{:04}-H{half}", self.year),
            Part::Month(month) => write!(f, "{:04}-{month:02}", self.year),
        }
    }
}

impl FromStr for Period {
    type Err = String;

    /// Reads `2014-H1`, `2014-H2` or `2014-09`.
    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (year, part) = text.split_once('-')?;
            if year.len() != 4 || part.len() != 2 || !year.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let year = year.parse().ok().filter(|year| (1900..=2200).contains(year))?;
            match part.strip_prefix('H') {
                Some(half) => Self::half(year, half.parse().ok()?),
                None if part.bytes().all(|b| b.is_ascii_digit()) => Self::month(year, part.parse().ok()?),
                None => None,
            }
        };
        read().ok_or_else(|| "a period is a half-year such as 2014-H1 or a month such as 2014-09".to_owned())
    }
}

/// A set of days in one calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearDays {
    year: i32,
    bits: [u64; 6],
}

impl YearDays {
    /// No day of the year.
    pub fn none(year: i32) -> Self {
        Self { year, bits: [0; 6] }
    }

    /// The days of a span that lie in the year.
    pub fn of_span(year: i32, span: DateSpan) -> Self {
        let mut days = Self::none(year);
        let last_of_year = days_in_year(year) - 1;
        let from = match span.first.year() {
            y if y > year => return days,
            y if y < year => 0,
            _ => span.first.ordinal0(),
        };
        let to = match span.last.year() {
            y if y < year => return days,
            y if y > year => last_of_year,
            _ => span.last.ordinal0(),
        };
        for (word, bits) in (0_u32..).zip(&mut days.bits) {
            let (low, high) = (word * 64, word * 64 + 63);
            if from <= high && to >= low {
                let first = from.max(low) - low;
                let last = to.min(high) - low;
                *bits = (u64::MAX << first) & (u64::MAX >> (63 - last));
            }
        }
        days
    }

    /// The days of a period.
    pub fn of_period(period: Period) -> Self {
        Self::of_span(period.year, DateSpan { first: period.first_day(), last: period.last_day() })
    }

    /// The days that are in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.combine(other, |a, b| a | b)
    }

    /// The days that are in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.combine(other, |a, b| a & b)
    }

    /// The days that are not in the other.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.combine(other, |a, b| a & !b)
    }

    fn combine(mut self, other: Self, with: impl Fn(u64, u64) -> u64) -> Self {
        if other.year == self.year {
            for (mine, theirs) in self.bits.iter_mut().zip(other.bits) {
                *mine = with(*mine, theirs);
            }
        }
        self
    }

    /// How many days.
    pub fn count(self) -> u32 {
        self.bits.iter().map(|bits| bits.count_ones()).sum()
    }

    /// The last of the days.
    pub fn last(self) -> Option<NaiveDate> {
        let (word, bits) = (0_u32..).zip(self.bits).filter(|(_, bits)| *bits != 0).last()?;
        NaiveDate::from_yo_opt(self.year, word * 64 + 63 - bits.leading_zeros() + 1)
    }

    /// Whether the day is one of them.
    pub fn contains(self, day: NaiveDate) -> bool {
        let place = day.ordinal0();
        let bits = usize::try_from(place / 64).ok().and_then(|word| self.bits.get(word));
        day.year() == self.year && bits.is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }
}

fn days_in_year(year: i32) -> u32 {
    NaiveDate::from_ymd_opt(year, 12, 31).map_or(365, |day| day.ordinal())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_else(|_| panic!("{text} is a date"))
    }

    fn period(text: &str) -> Period {
        text.parse().unwrap_or_else(|_| panic!("{text} is a period"))
    }

    #[test]
    fn the_days_of_periods() {
        let cases = [
            ("2014-H1", 181, "2014-06-30"),
            ("2014-H2", 184, "2014-12-31"),
            ("2016-H1", 182, "2016-06-30"),
            ("2016-02", 29, "2016-02-29"),
            ("2014-02", 28, "2014-02-28"),
            ("2014-12", 31, "2014-12-31"),
        ];
        for (text, days, last) in cases {
            let set = YearDays::of_period(period(text));
            assert_eq!((set.count(), set.last()), (days, Some(day(last))), "{text}");
            assert!(period(text).contains(day(last)), "{text}");
            assert_eq!(period(text).to_string(), text);
        }
        for wrong in ["2014", "2014-H3", "2014-13", "2014-00", "14-H1", "2014-h1", "2014-H", "2014-+1", ""] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn sets_of_days_agree_with_counting_one_by_one() {
        let spans = [
            ("2013-12-30", "2014-01-02"),
            ("2014-03-01", "2014-04-15"),
            ("2014-03-05", "2014-03-05"),
            ("2014-12-31", "2015-01-01"),
            ("2012-01-01", "2016-01-01"),
            ("2016-02-28", "2016-12-31"),
            ("2015-01-01", "2015-12-31"),
        ];
        for year in [2014, 2016] {
            for (first, last) in spans {
                let Some(span) = DateSpan::new(day(first), day(last)) else { panic!("{first} to {last}") };
                let set = YearDays::of_span(year, span);
                let one_by_one: Vec<_> = span
                    .first
                    .iter_days()
                    .take_while(|d| *d <= span.last)
                    .filter(|d| d.year() == year)
                    .collect();
                assert_eq!(set.count() as usize, one_by_one.len(), "{first} to {last} in {year}");
                assert_eq!(set.last(), one_by_one.last().copied(), "{first} to {last} in {year}");
                assert!(one_by_one.iter().all(|d| set.contains(*d)));
            }
        }
    }
}

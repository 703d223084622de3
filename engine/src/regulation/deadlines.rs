//! By when claims have to be received.

use chrono::{Datelike, Months, NaiveDate};

use crate::calendar::{DateSpan, DayOfYear, day_of_month};

/// By when a claim has to be received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deadline {
    /// There is no deadline.
    None,
    /// So many months after the claim's day.
    Months(u32),
    /// A day for all claims of some days.
    Day(ReceivedBy),
}

impl Deadline {
    /// The last day on which a claim of a day may be received; nothing where there is no deadline.
    pub fn of(&self, claim: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::None => None,
            Self::Months(months) => claim.checked_add_months(Months::new(*months)),
            Self::Day(received_by) => Some(received_by.of(claim)?.by),
        }
    }
}

/// A day by which the claims of some days have to be received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceivedBy {
    /// Those of a month by a day of the next.
    DayOfNextMonth(u32),
    /// The year is divided into spans, in the order of their last days, each with its own day.
    Spans(Vec<ClaimSpan>),
}

/// The claims up to a day of every year, from the day after the span before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimSpan {
    /// The last day.
    pub until: DayOfYear,
    /// The day by which they have to be received: the first such day after the last day.
    pub by: DayOfYear,
}

/// The claims of some days, and by when they have to be received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimsDue {
    /// The days.
    pub days: DateSpan,
    /// The last day on which they may be received.
    pub by: NaiveDate,
}

impl ReceivedBy {
    /// The days that a claim's day is counted with, and by when their claims have to be received.
    pub fn of(&self, claim: NaiveDate) -> Option<ClaimsDue> {
        match self {
            Self::DayOfNextMonth(day) => {
                let first = claim.with_day(1)?;
                let next = first.checked_add_months(Months::new(1))?;
                let days = DateSpan::new(first, next.pred_opt()?)?;
                Some(ClaimsDue { days, by: day_of_month(next, *day)? })
            }
            Self::Spans(spans) => {
                let ending = |span: &ClaimSpan| (span.until.on_or_after(claim), span.by);
                let (last, by) = spans.iter().map(ending).min_by_key(|(last, _)| *last)?;
                let before = claim.pred_opt()?;
                let ended = spans.iter().map(|span| span.until.on_or_before(before)).max()?;
                Some(ClaimsDue {
                    days: DateSpan::new(ended.succ_opt()?, last)?,
                    by: by.on_or_after(last.succ_opt()?),
                })
            }
        }
    }

    /// The claims that have to be received by a day, but not yet by an earlier one: what a payment on that day
    /// is for.
    pub fn due(&self, after: NaiveDate, until: NaiveDate) -> Option<ClaimsDue> {
        let earlier = |due: &ClaimsDue| self.of(due.days.first().pred_opt()?);
        let all = std::iter::successors(self.of(until), earlier);
        // Nobody waits two years for a payment.
        let recent = all.take_while(|due| due.days.first().year() + 2 >= until.year());
        let mut due = recent.filter(|due| after < due.by && due.by <= until);
        let newest = due.next()?;
        let first = due.last().map_or(newest.days.first(), |oldest| oldest.days.first());
        Some(ClaimsDue { days: DateSpan::new(first, newest.days.last()?)?, by: newest.by })
    }
}

/// What becomes of a claim that is received after its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LateClaims {
    /// It is paid, with a warning.
    Warn,
    /// It is refused.
    Refuse,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_else(|_| panic!("{text} is a date"))
    }

    /// Spans such as `05-31 by 06-10`.
    fn spans(texts: &[&str]) -> ReceivedBy {
        let day_of_year = |text: &str| {
            let day = day(&format!("2024-{text}"));
            DayOfYear::new(day.month(), day.day()).unwrap_or_else(|| panic!("{text} is a day of the year"))
        };
        let span = |text: &&str| {
            let (until, by) = text.split_once(" by ").unwrap_or_default();
            ClaimSpan { until: day_of_year(until), by: day_of_year(by) }
        };
        ReceivedBy::Spans(texts.iter().map(span).collect())
    }

    #[test]
    fn the_last_days_of_claims() {
        let next_month = |day| Deadline::Day(ReceivedBy::DayOfNextMonth(day));
        let gran = Deadline::Day(spans(&["05-31 by 06-10", "10-31 by 11-10"]));
        let expired = Deadline::Day(spans(&["05-31 by 08-31", "10-31 by 01-31"]));
        let cases = [
            (&Deadline::Months(3), "2024-03-06", "2024-06-06"),
            (&Deadline::Months(3), "2023-11-30", "2024-02-29"),
            (&Deadline::Months(3), "2024-11-30", "2025-02-28"),
            (&Deadline::Months(4), "2024-10-31", "2025-02-28"),
            (&Deadline::Months(1), "2024-01-31", "2024-02-29"),
            (&next_month(1), "2024-05-01", "2024-06-01"),
            (&next_month(1), "2024-05-31", "2024-06-01"),
            (&next_month(10), "2024-12-31", "2025-01-10"),
            (&next_month(31), "2024-01-01", "2024-02-29"),
            (&gran, "2024-05-31", "2024-06-10"),
            (&gran, "2024-06-01", "2024-11-10"),
            (&gran, "2024-10-31", "2024-11-10"),
            (&gran, "2024-11-01", "2025-06-10"),
            (&gran, "2025-01-01", "2025-06-10"),
            (&expired, "2024-06-01", "2025-01-31"),
            (&expired, "2024-10-31", "2025-01-31"),
            (&expired, "2024-11-01", "2025-08-31"),
        ];
        for (deadline, of, last) in cases {
            assert_eq!(deadline.of(day(of)), Some(day(last)), "{of} by {deadline:?}");
        }
        assert_eq!(Deadline::None.of(day("2024-05-01")), None);
    }

    #[test]
    fn the_claims_that_a_payment_is_for() {
        let gran = spans(&["05-31 by 06-10", "10-31 by 11-10"]);
        let monthly = ReceivedBy::DayOfNextMonth(1);
        let cases = [
            (&gran, "2024-07-12", "2024-12-12", "2024-06-01", "2024-10-31", "2024-11-10"),
            (&gran, "2023-12-12", "2024-07-12", "2023-11-01", "2024-05-31", "2024-06-10"),
            (&gran, "2023-06-10", "2024-06-10", "2023-06-01", "2024-05-31", "2024-06-10"),
            (&monthly, "2024-05-12", "2024-06-12", "2024-05-01", "2024-05-31", "2024-06-01"),
            (&monthly, "2024-03-12", "2024-06-12", "2024-03-01", "2024-05-31", "2024-06-01"),
        ];
        for (received_by, after, until, first, last, by) in cases {
            let days = DateSpan::new(day(first), day(last)).unwrap_or_else(|| panic!("{first} to {last}"));
            let expected = Some(ClaimsDue { days, by: day(by) });
            assert_eq!(received_by.due(day(after), day(until)), expected, "{after} to {until}");
        }
        assert_eq!(gran.due(day("2024-06-10"), day("2024-11-09")), None);
    }
}

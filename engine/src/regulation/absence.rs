//! How absence reduces a fixed fee.

use chrono::{Datelike, NaiveDate};

use super::amount::AmountIx;
use super::fees::Share;
use super::stated::Dated;
use crate::calendar::{DateSpan, DayOfYear, Payment, Period};

/// Settings of the reduction for absence.
#[derive(Debug, Clone)]
pub struct AbsenceSettings {
    /// Over which offices absence is measured.
    pub scope: Dated<AbsenceScope>,
    /// Over which time absence is measured, and which fees it reduces.
    pub span: Dated<AbsenceSpan>,
    /// The days of the year after which meetings count in the next span; nothing where a span has its own
    /// meetings.
    pub meetings_until: Option<Dated<Vec<DayOfYear>>>,
    /// Which absence counts.
    pub counted: Dated<AbsenceCounted>,
    /// The share of missed meetings from which a fee is reduced.
    pub threshold: Dated<Share>,
    /// Whether absence of exactly the threshold reduces.
    pub at_threshold: Dated<bool>,
    /// By how much a fee is reduced.
    pub size: Dated<AbsenceSize>,
    /// The steps, where it is reduced by steps.
    pub steps: Option<Dated<Vec<AbsenceStep>>>,
    /// The sum for each missed meeting, where it is reduced by one.
    pub amount_per_missed_meeting: Option<AmountIx>,
    /// In which payout.
    pub payout: Dated<AbsencePayout>,
}

/// Over which offices absence is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceScope {
    /// Each office by itself.
    Office,
    /// All offices of a person whose fees absence reduces, together.
    AllOffices,
}

/// Over which time absence is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceSpan {
    /// The calendar year.
    CalendarYear,
    /// The half-year.
    HalfYear,
    /// The year that begins on a day of the year, such as 1 October.
    YearFrom(DayOfYear),
}

impl AbsenceSpan {
    /// The spans with a day in a calendar year.
    pub fn of_year(self, year: i32) -> Vec<DateSpan> {
        let between =
            |first: NaiveDate, next: NaiveDate| next.pred_opt().and_then(|last| DateSpan::new(first, last));
        let starts: Vec<NaiveDate> = match self {
            Self::CalendarYear => [year, year + 1].map(|year| DayOfYear::NEW_YEAR.in_year(year)).to_vec(),
            Self::HalfYear => {
                let of_half = |year, number| Period::new(year, Payment::HalfYearly, number);
                let halves = [of_half(year, 1), of_half(year, 2), of_half(year + 1, 1)];
                halves.into_iter().flatten().map(Period::first_day).collect()
            }
            Self::YearFrom(start) => [year - 1, year, year + 1].map(|year| start.in_year(year)).to_vec(),
        };
        starts.windows(2).filter_map(|pair| between(*pair.first()?, *pair.last()?)).collect()
    }

    /// The spans of a year and of the year before it.
    pub fn around_year(self, year: i32) -> Vec<DateSpan> {
        let mut spans = self.of_year(year - 1);
        spans.extend(self.of_year(year));
        spans.dedup();
        spans
    }
}

/// One step of a reduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AbsenceStep {
    /// From which share of missed meetings.
    pub from: Share,
    /// The part of the fee that is taken away.
    pub reduction: Share,
}

/// Which absence counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceCounted {
    /// Valid and invalid absence.
    All,
    /// Invalid absence only.
    InvalidOnly,
}

/// By how much a fee is reduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceSize {
    /// In proportion to the part over the threshold.
    PartOverThreshold,
    /// In proportion to all absence.
    AllAbsence,
    /// A sum for each missed meeting.
    PerMissedMeeting,
    /// By steps.
    Steps,
}

/// In which payout absence is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsencePayout {
    /// The one with the last day held in the span.
    LastDayHeld,
    /// The first that ends with or after a month after the span.
    Month(u32),
}

impl AbsencePayout {
    /// A day in the payout that settles a span, in which the office was last held on a day.
    pub fn day(self, span: DateSpan, last_held: NaiveDate) -> NaiveDate {
        let (Self::Month(month), Some(end)) = (self, span.last()) else { return last_held };
        let year = if end.month() < month { end.year() } else { end.year() + 1 };
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(last_held)
    }
}

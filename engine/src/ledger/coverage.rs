//! Which closed periods a run works out again.

use chrono::NaiveDate;

use super::Ledger;
use crate::basis::Basis;
use crate::calendar::{DateSpan, Payment, Period};
use crate::regulation::Regulation;

/// Whether a closed period is worked out again in a run for a year, or why it is left as it was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// The basis covers it.
    SettledAgain,
    /// The basis has no meetings of its time: it holds another part of the year.
    NotInBasis,
    /// The regulation of the basis was not in force in all of it, or does not pay in such periods.
    OtherRegulation,
    /// The archive has its hashes only.
    NotKept,
}

impl Ledger {
    /// The closed periods of a year, in their order, each with whether it is worked out again.
    ///
    /// A basis covers the half-years from its first meeting in the year to its last: one that holds the autumn
    /// only must not take back what was paid for the spring.
    pub fn coverage(&self, basis: &Basis, regulation: &Regulation, year: i32) -> Vec<(Period, Coverage)> {
        let mut periods: Vec<Period> =
            self.closed().iter().map(|run| run.period).filter(|period| period.year() == year).collect();
        periods.sort_by_key(|period| (period.first_day(), period.last_day()));
        periods.dedup();
        let span = span_of_meetings(basis, year);
        let coverage = |period: Period| {
            let in_force = regulation.in_force;
            let is_kept = self.closed().iter().filter(|run| run.period == period).all(|run| run.is_kept);
            let is_of_regulation = regulation.payments().contains(&period.payment())
                && in_force.contains(period.first_day())
                && in_force.contains(period.last_day());
            let is_in_basis = span.is_some_and(|(first, last)| {
                period.first_day() >= first.first_day() && period.last_day() <= last.last_day()
            });
            match (is_kept, is_of_regulation, is_in_basis) {
                (false, _, _) => Coverage::NotKept,
                (true, false, _) => Coverage::OtherRegulation,
                (true, true, false) => Coverage::NotInBasis,
                (true, true, true) => Coverage::SettledAgain,
            }
        };
        periods.into_iter().map(|period| (period, coverage(period))).collect()
    }
}

/// The half-years of a basis's first and last meeting in a year.
fn span_of_meetings(basis: &Basis, year: i32) -> Option<(Period, Period)> {
    let in_year = DateSpan::of_year(year);
    let dates = basis.register().meetings().map(|(_, meeting)| meeting.date);
    let dates: Vec<NaiveDate> = dates.filter(|date| in_year.contains(*date)).collect();
    let half_year = |day: &NaiveDate| Period::of_day(*day, Payment::HalfYearly);
    Some((half_year(dates.first()?), half_year(dates.last()?)))
}

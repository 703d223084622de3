//! Income beside the office, from its amount a month.

use std::num::NonZeroU32;

use crate::basis::OtherIncomeKind;
use crate::calendar::{DateSpan, Payment, Period};
use crate::money::Unrounded;
use crate::person_year::PersonYear;

/// The income of a kind in a span of days: a month's amount for each whole month, and in proportion to
/// its days for a part of one.
pub(super) fn in_span(year: &PersonYear<'_>, kind: OtherIncomeKind, span: DateSpan) -> Unrounded {
    let mut sum = Unrounded::ZERO;
    let Some(last) = span.last() else { return sum };
    for income in year.rows.other_income.iter().filter(|income| income.kind == kind) {
        let Some(days) = income.days.and(span) else { continue };
        let mut month = Period::of_day(days.first(), Payment::Monthly);
        while month.first_day() <= last {
            if let (Some(paid), Some(of_month)) =
                (month.span().and(days), NonZeroU32::new(month.span().days()))
            {
                let part = Unrounded::from(income.amount_per_month).times(paid.days()).over(of_month);
                sum = sum.plus(part);
            }
            let Some(next) = month.last_day().succ_opt() else { break };
            month = Period::of_day(next, Payment::Monthly);
        }
    }
    sum
}

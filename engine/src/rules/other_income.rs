//! Income beside the office, from its amount a month.

use std::num::NonZeroU32;

use crate::basis::OtherIncomeKind;
use crate::calendar::{DateSpan, Payment, Period};
use crate::money::Unrounded;
use crate::person_year::PersonYear;

/// The income of a kind in a span of days.
pub(super) fn in_span(year: &PersonYear<'_>, kind: OtherIncomeKind, span: DateSpan) -> Unrounded {
    let of_kind = year.rows.other_income.iter().filter(|income| income.kind == kind);
    of_kind.fold(Unrounded::ZERO, |sum, income| {
        sum.plus(monthly_in_span(income.amount_per_month.into(), income.days, span))
    })
}

/// What is paid by the month on some days, in a span: a month's amount for each whole month, and in
/// proportion to its days for a part of one.
pub(super) fn monthly_in_span(per_month: Unrounded, days: DateSpan, span: DateSpan) -> Unrounded {
    let mut sum = Unrounded::ZERO;
    let (Some(last), Some(days)) = (span.last(), days.and(span)) else { return sum };
    let mut month = Period::of_day(days.first(), Payment::Monthly);
    while month.first_day() <= last {
        if let (Some(paid), Some(of_month)) = (month.span().and(days), NonZeroU32::new(month.span().days())) {
            sum = sum.plus(per_month.times(paid.days()).over(of_month));
        }
        let Some(next) = month.last_day().succ_opt() else { break };
        month = Period::of_day(next, Payment::Monthly);
    }
    sum
}

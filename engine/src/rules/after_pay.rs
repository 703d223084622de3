//! After-pay: so many months' pay after an office, less income of the same months, krone for krone;
//! a pension from folketrygden is not counted (kommuneloven § 8-6).

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use super::{claim_line, other_income};
use crate::basis::{Claim, ClaimIx, ClaimKind, Office, OtherIncomeKind};
use crate::calendar::DateSpan;
use crate::draft::Draft;
use crate::line::PayLine;
use crate::money::{Money, Unrounded};
use crate::person_year::PersonYear;
use crate::regulation::{AfterPay, ItemId, Trail};
use crate::shortfall::Shortfall;
use crate::why::{AfterPayMonth, AfterPayWhy, Rate, Refusal, Why};

/// One line for each claim of after-pay in the period.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    for (claim_ix, claim) in year.claims_of(&[ClaimKind::AfterPay]) {
        draft.take(line(&year, claim_ix, claim));
    }
}

fn line(year: &PersonYear<'_>, claim_ix: ClaimIx, claim: &Claim) -> Result<PayLine, Shortfall> {
    let mut trail = Trail::default();
    let Some(terms) = &year.regulation.after_pay else {
        return Err(Shortfall::NotCovered { claim: claim_ix });
    };
    let day = claim.date;
    let stated_most =
        if claim.has_work_to_return_to { &terms.months_with_work } else { &terms.months_without_work };
    let mut cite_of_most = stated_most.on(day).item();
    let last_held = match last_held(year, terms, claim) {
        Ok(last_held) => last_held,
        Err(reason) => {
            let refusal = (reason, year.item_of(terms.amount_per_month, day));
            year.worth(terms.amount_per_month, day, &mut trail)?;
            return claim_line::refused(year, claim_ix, claim, refusal, trail);
        }
    };
    // Whoever reads a basis warns where a claim names no decision.
    trail.read_on(&terms.needs_decision, day)?;
    let mut most = *trail.read_on(stated_most, day)?;
    if let Some(notice) = &terms.notice_period_months {
        let notice_months = *trail.read_on(notice, day)?;
        if notice_months < most {
            (most, cite_of_most) = (notice_months, notice.on(day).item());
        }
    }
    let months = claim.quantity.map_or(most, |asked| asked.min(most));
    let worth = year.worth(terms.amount_per_month, last_held, &mut trail)?;
    let deducts = *trail.read_on(&terms.income_is_deducted, day)?;
    let mut each_month = Vec::new();
    let mut sum = Unrounded::ZERO;
    for (part, span) in months_from(day, months) {
        let pay = worth.exact.times_decimal(part);
        let of_office = pay_of_office(year, terms, worth.exact, span);
        let exact = if deducts { other_income(year, span).plus(of_office) } else { of_office };
        let income = if exact.is_zero() { Money::ZERO } else { year.round(exact, day, &mut trail)? };
        let is_more = Unrounded::from(income).is_more_than(pay);
        if !is_more {
            sum = sum.plus(pay).minus(income.into());
        }
        each_month.push(AfterPayMonth { part, income, is_more });
    }
    let amount = year.round(sum, day, &mut trail)?;
    let is_cut = claim.quantity.is_some_and(|asked| asked > most);
    let cite: ItemId = if is_cut { cite_of_most } else { worth.item };
    let why = AfterPayWhy {
        months_asked: claim.quantity,
        most,
        months,
        rate: Rate::new(worth.exact, worth.signs, worth.rounding),
        each_month,
    };
    claim_line::line(year, claim_ix, claim, amount, cite, Why::AfterPay(why), trail)
}

/// The last day of the office that after-pay follows; or why there is none.
fn last_held(year: &PersonYear<'_>, terms: &AfterPay, claim: &Claim) -> Result<NaiveDate, Refusal> {
    let gives_it = |office: &&Office| terms.roles.contains(&office.role);
    let offices = || year.rows.offices.iter().filter(gives_it);
    if offices().any(|office| office.term.contains(claim.date)) {
        return Err(Refusal::StillInOffice);
    }
    let ends = offices().filter_map(|office| office.term.last()).filter(|last| *last < claim.date);
    ends.max().ok_or(Refusal::NoFormerOffice)
}

/// The months from a day, the last of them in part where the number is not whole.
fn months_from(first: NaiveDate, months: Decimal) -> Vec<(Decimal, DateSpan)> {
    const A_MONTH_OF_DAYS: u32 = 30;
    let mut spans = Vec::new();
    let (mut left, mut begun) = (months, 0_u32);
    while left > Decimal::ZERO {
        let part = left.min(Decimal::ONE);
        let start = first.checked_add_months(Months::new(begun));
        let next = if part == Decimal::ONE {
            first.checked_add_months(Months::new(begun + 1))
        } else {
            let days = (part * Decimal::from(A_MONTH_OF_DAYS)).ceil();
            let days = u64::try_from(days).unwrap_or_default();
            start.and_then(|start| start.checked_add_days(chrono::Days::new(days)))
        };
        let last = next.and_then(|next| next.pred_opt());
        let Some(span) = start.zip(last).and_then(|(start, last)| DateSpan::new(start, last)) else { break };
        spans.push((part, span));
        left -= part;
        begun += 1;
    }
    spans
}

/// Income in some days, all but a pension.
fn other_income(year: &PersonYear<'_>, span: DateSpan) -> Unrounded {
    let counted = [OtherIncomeKind::Wage, OtherIncomeKind::Office];
    let exact = counted.map(|kind| other_income::in_span(year, kind, span));
    exact.into_iter().fold(Unrounded::ZERO, Unrounded::plus)
}

/// The ordinary pay of an office that gives after-pay, for whoever is in it again: never both.
fn pay_of_office(year: &PersonYear<'_>, terms: &AfterPay, per_month: Unrounded, span: DateSpan) -> Unrounded {
    let again = year.rows.offices.iter().filter(|office| terms.roles.contains(&office.role));
    again.fold(Unrounded::ZERO, |sum, office| {
        sum.plus(other_income::monthly_in_span(per_month, office.term, span))
    })
}

//! The fixed yearly fees, the deputy mayor's supplement and the mayor's pay.

use std::num::NonZeroU32;

use chrono::NaiveDate;

use super::held::{Held, changes, stretches};
use super::other_income;
use crate::basis::{Office, OfficeIx, OtherIncomeKind};
use crate::calendar::{Days, Payment, Period};
use crate::draft::Draft;
use crate::line::{Kind, Origin, PayLine};
use crate::money::{Money, Unrounded};
use crate::person_year::PersonYear;
use crate::regulation::{FixedFee, InstalmentOf, OtherOfficePay, Proration, Trail, Worth};
use crate::shortfall::Shortfall;
use crate::why::{FixedFeeWhy, InstalmentPart, OtherPayWhy, Rate, RoundedTo, Why};

/// One line for each office with a fixed fee and a day held in the period.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    let mut other_pay = OtherPay::default();
    for (first, intervals) in year.rows.whole_offices() {
        draft.take_any(instalment_line(&year, first, intervals, &mut other_pay));
    }
}

fn instalment_line(
    year: &PersonYear<'_>,
    first: OfficeIx,
    intervals: &[Office],
    other_pay: &mut OtherPay,
) -> Result<Option<PayLine>, Shortfall> {
    let in_period = year.period.span();
    let is_in_period = |office: &Office| office.term.overlaps(in_period);
    let Some(office) = intervals.first().filter(|_| intervals.iter().any(is_in_period)) else {
        return Ok(None);
    };
    let mut trail = Trail::default();
    let Some(held) = Held::new(year, first, intervals, &mut trail)? else { return Ok(None) };
    let payment = *year.read(&held.fee.payment, &mut trail)?;
    if payment != year.period.payment() {
        return Ok(None);
    }
    let Some(date) = held.days.within(in_period).last() else { return Ok(None) };
    let (instalment, parts) = instalment(year, held.fee, payment, held.days, year.period, &mut trail)?;
    let other_pay = other_pay.deduct_from(year, instalment, date, &mut trail)?;
    Ok(Some(PayLine {
        person: year.person,
        kind: Kind::FixedFee,
        body: office.body,
        meeting: None,
        origin: Origin::Office(first, intervals.len()),
        date,
        units: None,
        amount: other_pay.map_or(instalment, |other| instalment - other.deducted),
        cite: Some(year.item_of(held.fee.amount_per_year, date)),
        why: Box::new(Why::FixedFee(FixedFeeWhy {
            role: office.role,
            parts,
            instalment,
            instalments: payment.instalments(),
            days_in_period: in_period.days(),
            not_held: held.not_held_within(in_period),
            other_pay,
        })),
        trail,
        to_supplier: false,
        tax: None,
        correction: None,
    }))
}

/// Pay for offices in other public bodies in a period, and how much of it has been deducted.
#[derive(Default)]
struct OtherPay {
    deducted: Money,
    /// What fees that are paid more often have taken of it, once that is known.
    by_shorter_periods: Option<Money>,
}

impl OtherPay {
    /// What is deducted from an instalment; nothing where nothing is.
    fn deduct_from(
        &mut self,
        year: &PersonYear<'_>,
        instalment: Money,
        day: NaiveDate,
        trail: &mut Trail,
    ) -> Result<Option<OtherPayWhy>, Shortfall> {
        let pay = OtherIncomeKind::Office;
        let exact = other_income::in_span(year, pay, year.period.span());
        if exact.is_zero() {
            return Ok(None);
        }
        match year.read(&year.regulation.fees.other_office_pay, trail)? {
            OtherOfficePay::Beside => Ok(None),
            OtherOfficePay::Deducted => {
                let of_period = year.round(exact, day, trail)?;
                let by_shorter_periods = match self.by_shorter_periods {
                    Some(known) => known,
                    None => deducted_in_shorter_periods(year, trail)?,
                };
                self.by_shorter_periods = Some(by_shorter_periods);
                let before = by_shorter_periods + self.deducted;
                let deducted = of_period.left_after(before).min(instalment);
                self.deducted += deducted;
                Ok(Some(OtherPayWhy { of_period, before, deducted }))
            }
        }
    }
}

/// What is deducted from an office's instalment of the period for pay from other public bodies.
pub(super) fn deducted_from(
    year: &PersonYear<'_>,
    office: OfficeIx,
    trail: &mut Trail,
) -> Result<Money, Shortfall> {
    if other_income::in_span(year, OtherIncomeKind::Office, year.period.span()).is_zero() {
        return Ok(Money::ZERO);
    }
    let mut other_pay = OtherPay::default();
    for (first, intervals) in year.rows.whole_offices() {
        let before = other_pay.deducted;
        let line = instalment_line(year, first, intervals, &mut other_pay)?;
        if first == office {
            if let Some(line) = &line {
                trail.join(&line.trail);
            }
            return Ok(other_pay.deducted - before);
        }
    }
    Ok(Money::ZERO)
}

/// What is deducted from the person's fees that are paid more often, in the periods within this one: the
/// month's goes first, and only what it leaves is the half-year's.
fn deducted_in_shorter_periods(year: &PersonYear<'_>, trail: &mut Trail) -> Result<Money, Shortfall> {
    let mut sum = Money::ZERO;
    for payment in [Payment::Monthly, Payment::Quarterly, Payment::HalfYearly] {
        if payment.instalments() <= year.period.payment().instalments() {
            continue;
        }
        let mut period = Period::of_day(year.period.first_day(), payment);
        while year.period.contains(period.first_day()) {
            let shorter = year.in_period(period);
            let mut other_pay = OtherPay::default();
            for (first, intervals) in shorter.rows.whole_offices() {
                let line = instalment_line(&shorter, first, intervals, &mut other_pay)?;
                if let Some(line) = line.filter(|_| !other_pay.deducted.is_zero()) {
                    trail.join(&line.trail);
                }
            }
            sum += other_pay.deducted;
            let Some(next) = period.last_day().succ_opt() else { break };
            period = Period::of_day(next, payment);
        }
    }
    Ok(sum)
}

/// The instalment of a period, in proportion to the days held in it at each rate that the year's fee
/// has in it; rounded once.
pub(super) fn instalment(
    year: &PersonYear<'_>,
    fee: &FixedFee,
    payment: Payment,
    held: Days,
    period: Period,
    trail: &mut Trail,
) -> Result<(Money, Vec<InstalmentPart>), Shortfall> {
    let fees = &year.regulation.fees;
    let in_period = period.span();
    let days_in_period = NonZeroU32::new(in_period.days()).unwrap_or(NonZeroU32::MIN);
    let instalments = NonZeroU32::new(payment.instalments()).unwrap_or(NonZeroU32::MIN);
    let mut parts = Vec::new();
    let mut sum = Unrounded::ZERO;
    let Some(last_held) = held.within(in_period).last() else { return Ok((Money::ZERO, parts)) };
    let rounding = match &fees.instalment_rounding {
        Some(rounding) => Some(*trail.read_on(rounding, last_held)?),
        None => None,
    };
    for (worth, days_held) in rates(year, fee, held.within(in_period), trail)? {
        let of_unrounded = worth.rounding.is_some()
            && matches!(trail.read_on(&fees.instalment_of, last_held)?, InstalmentOf::UnroundedYear);
        let (of_year, rounding_of_year) =
            if of_unrounded { (worth.unrounded, None) } else { (worth.exact, worth.rounding) };
        let mut whole = of_year.over(instalments);
        let rounded = rounding.map(|rounding| RoundedTo { amount: rounding.round(whole), rounding });
        if let Some(RoundedTo { amount, .. }) = rounded {
            whole = amount.into();
        }
        let part = if days_held == days_in_period.get() {
            whole
        } else {
            match trail.read_on(&fees.proration, last_held)? {
                Proration::CalendarDays => whole.times(days_held).over(days_in_period),
            }
        };
        sum = sum.plus(part);
        let rate = Rate::new(of_year, worth.signs, rounding_of_year);
        parts.push(InstalmentPart { rate, rounded, days_held });
    }
    Ok((year.round(sum, last_held, trail)?, parts))
}

/// The rates of a year's fee on some days, each with how many of the days have it.
fn rates(
    year: &PersonYear<'_>,
    fee: &FixedFee,
    held: Days,
    trail: &mut Trail,
) -> Result<Vec<(Worth, u32)>, Shortfall> {
    let mut rates: Vec<(Worth, u32)> = Vec::new();
    for days in stretches(held, changes(year, fee.amount_per_year, held)) {
        let Some(day) = days.last() else { continue };
        let worth = year.worth(fee.amount_per_year, day, trail)?;
        match rates.last_mut() {
            Some((before, count)) if before.exact == worth.exact && before.signs == worth.signs => {
                *count += days.count();
            }
            _ => rates.push((worth, days.count())),
        }
    }
    Ok(rates)
}

//! The fixed yearly fees, the deputy mayor's supplement and the mayor's pay.

use std::num::NonZeroU32;

use chrono::NaiveDate;

use crate::basis::{Office, OfficeIx, Role};
use crate::calendar::{DateSpan, Days, Payment, Period};
use crate::draft::Draft;
use crate::line::{Kind, Origin, PayLine};
use crate::money::{Money, Unrounded};
use crate::person_year::PersonYear;
use crate::regulation::{FixedFee, InstalmentOf, LeaderFee, Proration, Trail, Worth};
use crate::shortfall::Shortfall;
use crate::why::{FixedFeeWhy, InstalmentPart, Rate, RoundedTo, Why};

/// One line for each office with a fixed fee and a day held in the period.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    for (first, intervals) in year.rows.whole_offices() {
        draft.take_any(instalment_line(&year, first, intervals));
    }
}

fn instalment_line(
    year: &PersonYear<'_>,
    first: OfficeIx,
    intervals: &[Office],
) -> Result<Option<PayLine>, Shortfall> {
    let Some(office) = intervals.first() else { return Ok(None) };
    let mut trail = Trail::default();
    let Some(fee) = fee_of(year, office, &mut trail)? else { return Ok(None) };
    let payment = *year.read(&fee.payment, &mut trail)?;
    if payment != year.period.payment() {
        return Ok(None);
    }
    let held = Held::new(year, fee, intervals, &mut trail)?;
    let in_period = year.period.span();
    let Some(date) = held.days.within(in_period).last() else { return Ok(None) };
    let (amount, parts) = instalment(year, fee, payment, held.days, year.period, &mut trail)?;
    year.read(&year.regulation.fees.offices_add_up, &mut trail)?;
    Ok(Some(PayLine {
        person: year.person,
        kind: Kind::FixedFee,
        body: office.body,
        meeting: None,
        origin: Origin::Office(first, intervals.len()),
        date,
        units: None,
        amount,
        cite: year.item_of(fee.amount_per_year, date),
        why: Why::FixedFee(FixedFeeWhy {
            role: office.role,
            parts,
            instalments: payment.instalments(),
            days_in_period: in_period.days(),
            days_on_leave: held.on_leave.within(in_period).count(),
            days_as_mayor: held.as_mayor.within(in_period).count(),
        }),
        trail,
    }))
}

/// The fixed fee of an office, where it has one.
pub(super) fn fee_of<'a>(
    year: &PersonYear<'a>,
    office: &Office,
    trail: &mut Trail,
) -> Result<Option<&'a FixedFee>, Shortfall> {
    let body = office.body.map(|body| year.body(body));
    let fee = year.regulation.fixed_fee(body, office.role, year.period.last_day(), trail)?;
    if fee.is_some() && matches!(office.role, Role::Leader | Role::DeputyLeader) {
        let LeaderFee::InsteadOfMember = year.read(&year.regulation.fees.leader, trail)?;
    }
    Ok(fee)
}

/// The days of the year on which an office counts as held, and why others do not.
pub(super) struct Held {
    pub(super) days: Days,
    on_leave: Days,
    as_mayor: Days,
}

impl Held {
    pub(super) fn new(
        year: &PersonYear<'_>,
        fee: &FixedFee,
        intervals: &[Office],
        trail: &mut Trail,
    ) -> Result<Self, Shortfall> {
        let in_office = year.days_in_office(intervals);
        let mut as_mayor = Days::none(year.window());
        if !*year.read(&fee.beside_mayor, trail)? {
            as_mayor = in_office.and(year.days_as_mayor(trail)?);
        }
        let mut on_leave = Days::none(year.window());
        if let Some(office) = intervals.first() {
            let all_leave = year.days_on_leave(office.body, office.role, false).and(in_office);
            if !all_leave.is_empty() {
                let unpaid_only = *year.read(&year.regulation.fees.paid_leave_is_held, trail)?;
                on_leave = all_leave.and(year.days_on_leave(office.body, office.role, unpaid_only));
            }
        }
        let days = in_office.minus(as_mayor).minus(on_leave);
        Ok(Self { days, on_leave: on_leave.minus(as_mayor), as_mayor })
    }
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
    for (worth, days_held) in rates(year, fee, held.within(in_period), in_period, trail)? {
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

/// The rates of a year's fee on some days of a period, each with how many of the days have it.
fn rates(
    year: &PersonYear<'_>,
    fee: &FixedFee,
    held: Days,
    in_period: DateSpan,
    trail: &mut Trail,
) -> Result<Vec<(Worth, u32)>, Shortfall> {
    let amounts = &year.regulation.amounts;
    let inside = |day: &NaiveDate| in_period.contains(*day) && *day != in_period.first();
    let changes: Vec<NaiveDate> = if amounts.counts_heads(fee.amount_per_year) {
        held.iter().collect()
    } else {
        amounts.changes(fee.amount_per_year).into_iter().filter(inside).collect()
    };
    let mut rates: Vec<(Worth, u32)> = Vec::new();
    let mut left = held;
    for change in changes.into_iter().map(Some).chain([None]) {
        let here = match change.and_then(|change| change.pred_opt()) {
            Some(last) => {
                DateSpan::new(in_period.first(), last).map_or(left.minus(left), |span| left.within(span))
            }
            None => left,
        };
        left = left.minus(here);
        let Some(day) = here.last() else { continue };
        let worth = year.worth(fee.amount_per_year, day, trail)?;
        match rates.last_mut() {
            Some((before, days)) if before.exact == worth.exact && before.signs == worth.signs => {
                *days += here.count();
            }
            _ => rates.push((worth, here.count())),
        }
    }
    Ok(rates)
}

//! The fixed yearly fees, the deputy mayor's supplement and the mayor's pay (points 1, 2, 3).

use std::num::NonZeroU32;

use crate::basis::{Office, OfficeIx, Role};
use crate::calendar::{Days, Payment, Period};
use crate::draft::{Draft, Shortfall, known};
use crate::line::{Kind, Origin, PayLine};
use crate::money::{Money, Unrounded};
use crate::person_year::PersonYear;
use crate::regulation::{FixedFee, LeaderFee, Proration, Trail};
use crate::why::{FixedFeeWhy, Why};

/// One line for each office with a fixed fee and a day held in the period.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    for (first, intervals) in year.rows.whole_offices() {
        if let Some(line) = instalment_line(&year, first, intervals) {
            draft.take(line);
        }
    }
}

fn instalment_line(
    year: &PersonYear<'_>,
    first: OfficeIx,
    intervals: &[Office],
) -> Option<Result<PayLine, Shortfall>> {
    let office = intervals.first()?;
    let mut trail = Trail::default();
    let fee = fee_of(year, office, &mut trail)?;
    let payment = *trail.read(&fee.payment);
    if payment != year.period.payment() {
        return None;
    }
    let held = Held::new(year, fee, intervals, &mut trail);
    let in_period = year.period.span();
    let date = held.days.within(in_period).last()?;
    let line = known(&fee.amount_per_year, &mut trail).map(|amount_per_year| {
        let amount = instalment(year, amount_per_year, payment, held.days, year.period, &mut trail);
        trail.read(&year.regulation.fees.offices_add_up);
        PayLine {
            person: year.person,
            kind: Kind::FixedFee,
            body: office.body,
            meeting: None,
            origin: Origin::Office(first, intervals.len()),
            date,
            units: None,
            amount,
            cite: fee.amount_per_year.item(),
            why: Why::FixedFee(FixedFeeWhy {
                role: office.role,
                amount_per_year,
                instalments: payment.instalments(),
                days_held: held.days.within(in_period).count(),
                days_in_period: in_period.days(),
                days_on_leave: held.on_leave.within(in_period).count(),
                days_as_mayor: held.as_mayor.within(in_period).count(),
            }),
            trail,
        }
    });
    Some(line)
}

/// The fixed fee of an office, where it has one.
pub(super) fn fee_of<'a>(year: &PersonYear<'a>, office: &Office, trail: &mut Trail) -> Option<&'a FixedFee> {
    let body = office.body.map(|body| year.body(body));
    let fee = year.regulation.fixed_fee(body, office.role, trail);
    if fee.is_some() && matches!(office.role, Role::Leader | Role::DeputyLeader) {
        let LeaderFee::InsteadOfMember = trail.read(&year.regulation.fees.leader);
    }
    fee
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
    ) -> Self {
        let in_office = year.days_in_office(intervals);
        let mut as_mayor = Days::none(year.window());
        if !trail.read(&fee.beside_mayor) {
            as_mayor = in_office.and(year.days_as_mayor(trail));
        }
        let mut on_leave = Days::none(year.window());
        if let Some(office) = intervals.first() {
            let all_leave = year.days_on_leave(office.body, office.role, false).and(in_office);
            if !all_leave.is_empty() {
                let unpaid_only = *trail.read(&year.regulation.fees.paid_leave_is_held);
                on_leave = all_leave.and(year.days_on_leave(office.body, office.role, unpaid_only));
            }
        }
        Self { days: in_office.minus(as_mayor).minus(on_leave), on_leave: on_leave.minus(as_mayor), as_mayor }
    }
}

/// The instalment of a period, in proportion to the days held in it.
pub(super) fn instalment(
    year: &PersonYear<'_>,
    amount_per_year: Money,
    payment: Payment,
    held: Days,
    period: Period,
    trail: &mut Trail,
) -> Money {
    let (days_held, days) = (held.within(period.span()).count(), period.span().days());
    let instalments = NonZeroU32::new(payment.instalments()).unwrap_or(NonZeroU32::MIN);
    let whole = Unrounded::from(amount_per_year).over(instalments);
    let part = if days_held == days {
        whole
    } else {
        match trail.read(&year.regulation.fees.proration) {
            Proration::CalendarDays => {
                whole.times(days_held).over(NonZeroU32::new(days).unwrap_or(NonZeroU32::MIN))
            }
        }
    };
    year.round(part, trail)
}

//! The reduction of a fixed fee when absence passes the threshold.

use std::num::NonZeroU32;

use super::fixed_fee::{Held, fee_of, instalment};
use crate::basis::{Office, OfficeIx, Status};
use crate::calendar::Period;
use crate::draft::Draft;
use crate::line::{Kind, Origin, PayLine};
use crate::money::{Money, Unrounded};
use crate::person_year::PersonYear;
use crate::regulation::{AbsenceCounted, AbsencePayout, AbsenceScope, AbsenceSize, Trail};
use crate::shortfall::Shortfall;
use crate::why::{AbsenceWhy, Why};

/// One line for each office with absence over the threshold, in the payout that settles it.
pub(crate) fn take_away(draft: &mut Draft<'_>) {
    let year = draft.year;
    for (first, intervals) in year.rows.whole_offices() {
        draft.take_any(reduction_line(&year, first, intervals));
    }
}

fn reduction_line(
    year: &PersonYear<'_>,
    first: OfficeIx,
    intervals: &[Office],
) -> Result<Option<PayLine>, Shortfall> {
    let Some(office) = intervals.first() else { return Ok(None) };
    let rules = &year.regulation.absence;
    let mut trail = Trail::default();
    let Some(fee) = fee_of(year, office, &mut trail)? else { return Ok(None) };
    let payment = *year.read(&fee.payment, &mut trail)?;
    if !*year.read(&fee.reduced_for_absence, &mut trail)? || payment != year.period.payment() {
        return Ok(None);
    }
    let held = Held::new(year, fee, intervals, &mut trail)?.days;
    let AbsencePayout::LastDayHeld = year.read(&rules.payout, &mut trail)?;
    let Some(date) = held.last().filter(|last| year.period.contains(*last)) else { return Ok(None) };
    let (missed, duty) = meetings(year, intervals, &mut trail)?;
    let Some(duty) = NonZeroU32::new(duty) else { return Ok(None) };
    let stated_threshold = rules.threshold.on(date);
    let threshold = *trail.read(stated_threshold)?;
    // missed / duty against the threshold, over the common denominator of both.
    let absence = missed * threshold.denominator.get();
    let allowed = threshold.numerator * duty.get();
    // The reduction is for more than the threshold, so the setting about exactly it lies behind.
    let at_threshold = *trail.read_on(&rules.at_threshold, date)?;
    let reduces = absence > allowed || (absence == allowed && at_threshold);
    let size = *trail.read_on(&rules.size, date)?;
    let share = match size {
        AbsenceSize::PartOverThreshold => absence.saturating_sub(allowed),
        AbsenceSize::AllAbsence => absence,
    };
    if !reduces || share == 0 {
        return Ok(None);
    }
    let mut fee_of_year = Money::ZERO;
    for period in Period::all_of_year(year.period.year(), payment) {
        let (amount, _) = instalment(year, fee, payment, held, period, &mut trail)?;
        fee_of_year += amount;
    }
    let reduction = Unrounded::from(fee_of_year).times(share).over(duty).over(threshold.denominator);
    Ok(Some(PayLine {
        person: year.person,
        kind: Kind::AbsenceReduction,
        body: office.body,
        meeting: None,
        origin: Origin::Office(first, intervals.len()),
        date,
        units: None,
        amount: -year.round(reduction, date, &mut trail)?,
        cite: stated_threshold.item(),
        why: Why::Absence(AbsenceWhy {
            missed,
            duty,
            threshold,
            only_part_over: size == AbsenceSize::PartOverThreshold,
            fee_of_year,
        }),
        trail,
    }))
}

/// The meetings of an office that were missed, and those that there was a duty to attend.
fn meetings(year: &PersonYear<'_>, intervals: &[Office], trail: &mut Trail) -> Result<(u32, u32), Shortfall> {
    let Some((office, body)) = intervals.first().and_then(|office| office.body.map(|body| (office, body)))
    else {
        return Ok((0, 0));
    };
    let rules = &year.regulation.absence;
    let AbsenceScope::OfficeAndCalendarYear = year.read(&rules.scope, trail)?;
    let counted = *year.read(&rules.counted, trail)?;
    let on_duty = year
        .days_in_office(intervals)
        .minus(year.days_on_leave(office.body, office.role, false))
        .minus(year.days_as_mayor(trail)?);
    let (mut missed, mut duty) = (0, 0);
    for meeting in year.basis.meetings_of(body) {
        if !on_duty.contains(year.meeting(*meeting).date) {
            continue;
        }
        duty += 1;
        missed += match year.rows.attendance_at(*meeting).map(|row| row.status) {
            Some(Status::AbsentInvalid) => 1,
            Some(Status::AbsentValid) if counted == AbsenceCounted::All => 1,
            _ => 0,
        };
    }
    Ok((missed, duty))
}

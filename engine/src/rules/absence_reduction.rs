//! The reduction of a fixed fee when absence passes the threshold (point 3.6).

use std::num::NonZeroU32;

use super::fixed_fee::{Held, fee_of, instalment};
use crate::basis::{Office, OfficeIx, Status};
use crate::calendar::Period;
use crate::draft::{Draft, Shortfall, known};
use crate::line::{Kind, Origin, PayLine};
use crate::money::{Money, Unrounded};
use crate::person_year::PersonYear;
use crate::regulation::{AbsenceCounted, AbsencePayout, AbsenceScope, AbsenceSize, Trail};
use crate::why::{AbsenceWhy, Why};

/// One line for each office with absence over the threshold, in the payout that settles it.
pub(crate) fn take_away(draft: &mut Draft<'_>) {
    let year = draft.year;
    for (first, intervals) in year.rows.whole_offices() {
        if let Some(line) = reduction_line(&year, first, intervals) {
            draft.take(line);
        }
    }
}

fn reduction_line(
    year: &PersonYear<'_>,
    first: OfficeIx,
    intervals: &[Office],
) -> Option<Result<PayLine, Shortfall>> {
    let office = intervals.first()?;
    let rules = &year.regulation.absence;
    let mut trail = Trail::default();
    let fee = fee_of(year, office, &mut trail)?;
    let payment = *trail.read(&fee.payment);
    if !trail.read(&fee.reduced_for_absence) || payment != year.period.payment() {
        return None;
    }
    let held = Held::new(year, fee, intervals, &mut trail).days;
    let date = match trail.read(&rules.payout) {
        AbsencePayout::LastDayHeld => held.last().filter(|last| year.period.contains(*last))?,
    };
    let (missed, duty) = meetings(year, intervals, &mut trail);
    let duty = NonZeroU32::new(duty)?;
    let threshold = *trail.read(&rules.threshold);
    // missed / duty against the threshold, over the common denominator of both.
    let absence = missed * threshold.denominator.get();
    let allowed = threshold.numerator * duty.get();
    let reduces = absence > allowed || (absence == allowed && *trail.read(&rules.at_threshold));
    // The reduction is for more than the threshold, so the setting about exactly it lies behind.
    trail.read(&rules.at_threshold);
    let size = *trail.read(&rules.size);
    let share = match size {
        AbsenceSize::PartOverThreshold => absence.saturating_sub(allowed),
        AbsenceSize::AllAbsence => absence,
    };
    if !reduces || share == 0 {
        return None;
    }
    let line = known(&fee.amount_per_year, &mut trail).map(|amount_per_year| {
        let fee_of_year: Money = Period::all_of_year(year.period.year(), payment)
            .into_iter()
            .map(|period| instalment(year, amount_per_year, payment, held, period, &mut trail))
            .sum();
        let reduction = Unrounded::from(fee_of_year).times(share).over(duty).over(threshold.denominator);
        PayLine {
            person: year.person,
            kind: Kind::AbsenceReduction,
            body: office.body,
            meeting: None,
            origin: Origin::Office(first, intervals.len()),
            date,
            units: None,
            amount: -year.round(reduction, &mut trail),
            cite: rules.threshold.item(),
            why: Why::Absence(AbsenceWhy {
                missed,
                duty,
                threshold,
                only_part_over: size == AbsenceSize::PartOverThreshold,
                fee_of_year,
            }),
            trail,
        }
    });
    Some(line)
}

/// The meetings of an office that were missed, and those that there was a duty to attend.
fn meetings(year: &PersonYear<'_>, intervals: &[Office], trail: &mut Trail) -> (u32, u32) {
    let Some((office, body)) = intervals.first().and_then(|office| office.body.map(|body| (office, body)))
    else {
        return (0, 0);
    };
    let rules = &year.regulation.absence;
    let AbsenceScope::OfficeAndCalendarYear = trail.read(&rules.scope);
    let counted = *trail.read(&rules.counted);
    let on_duty = year
        .days_in_office(intervals)
        .minus(year.days_on_leave(office.body, office.role, false))
        .minus(year.days_as_mayor(trail));
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
    (missed, duty)
}

//! The reduction of a fixed fee when absence passes the threshold.

use std::num::NonZeroU32;

use chrono::{Datelike, NaiveDate};

use super::fixed_fee::{deducted_from, instalment};
use super::held::Held;
use crate::basis::{Event, MeetingIx, Office, OfficeIx, Status};
use crate::calendar::{DateSpan, Days, Payment, Period};
use crate::draft::Draft;
use crate::line::{Kind, Origin, PayLine};
use crate::money::{Money, Unrounded};
use crate::person_year::PersonYear;
use crate::regulation::{
    AbsenceCounted, AbsenceScope, AbsenceSettings, AbsenceSize, AbsenceSpan, AbsenceStep, Dated, Share, Trail,
};
use crate::shortfall::Shortfall;
use crate::why::{AbsenceMeeting, AbsenceReduction, AbsenceWhy, Why};

/// One line for each office with absence over the threshold, in the payout that settles it.
pub(crate) fn take_away(draft: &mut Draft<'_>) {
    let year = draft.year;
    let Some(rules) = &year.regulation.absence else { return };
    for (first, intervals) in year.rows.whole_offices() {
        match reducible(&year, rules, first, intervals) {
            Ok(Some(office)) => {
                for span in office.span.around_year(year.period.year()) {
                    draft.take_any(reduction_line(&year, rules, &office, span));
                }
            }
            Ok(None) => {}
            Err(shortfall) => draft.take(Err(shortfall)),
        }
    }
}

/// An office whose fee absence reduces, in a run that pays it.
struct Reducible<'a> {
    first: OfficeIx,
    intervals: &'a [Office],
    held: Held<'a>,
    payment: Payment,
    span: AbsenceSpan,
    trail: Trail,
}

fn reducible<'a>(
    year: &PersonYear<'a>,
    rules: &AbsenceSettings,
    first: OfficeIx,
    intervals: &'a [Office],
) -> Result<Option<Reducible<'a>>, Shortfall> {
    let mut trail = Trail::default();
    let span = *year.read(&rules.span, &mut trail)?;
    let spans = span.around_year(year.period.year());
    let is_in_one = |office: &Office| spans.iter().any(|span| office.term.overlaps(*span));
    if !intervals.iter().any(is_in_one) {
        return Ok(None);
    }
    let Some(held) = Held::new(year, first, intervals, &mut trail)? else { return Ok(None) };
    let payment = *year.read(&held.fee.payment, &mut trail)?;
    if !*year.read(&held.fee.reduced_for_absence, &mut trail)? || payment != year.period.payment() {
        return Ok(None);
    }
    Ok(Some(Reducible { first, intervals, held, payment, span, trail }))
}

fn reduction_line(
    year: &PersonYear<'_>,
    rules: &AbsenceSettings,
    office: &Reducible<'_>,
    span: DateSpan,
) -> Result<Option<PayLine>, Shortfall> {
    let Reducible { first, intervals, held, .. } = office;
    let mut trail = office.trail;
    let Some(date) = held.days.within(span).last() else { return Ok(None) };
    let payout = *year.read(&rules.payout, &mut trail)?;
    let Some(last_held) = last_held(year, intervals, span, date) else { return Ok(None) };
    if !year.period.contains(payout.day(span, last_held)) {
        return Ok(None);
    }
    let (absence, meetings) = meetings(year, rules, office, span, &mut trail)?;
    let missed = absence.missed;
    let Some(duty) = NonZeroU32::new(absence.duty) else { return Ok(None) };
    let stated_threshold = rules.threshold.on(date);
    let threshold = *trail.read(stated_threshold)?;
    // The reduction is for more than the threshold, so the setting about exactly it lies behind.
    let at_threshold = *trail.read_on(&rules.at_threshold, date)?;
    if !passes(missed, duty, threshold, at_threshold) || missed == 0 {
        return Ok(None);
    }
    let fee = fee_of_span(year, office, span, &mut trail)?;
    let size = size(year, rules, date, (absence, duty, at_threshold), fee, &mut trail)?;
    let Some(reduction) = size else { return Ok(None) };
    let exact = exact(reduction, fee, (missed, duty), threshold);
    if exact.is_zero() {
        return Ok(None);
    }
    Ok(Some(PayLine {
        person: year.person,
        kind: Kind::AbsenceReduction,
        body: intervals.first().and_then(|office| office.body),
        meeting: None,
        origin: Origin::Office(*first, intervals.len()),
        date,
        units: None,
        amount: -year.round(exact, date, &mut trail)?,
        cite: Some(stated_threshold.item()),
        why: Box::new(Why::Absence(AbsenceWhy {
            span: (office.span != AbsenceSpan::CalendarYear).then_some(span),
            missed,
            duty,
            threshold,
            reduction,
            fee,
            meetings,
        })),
        trail,
        to_supplier: false,
        tax: None,
        correction: None,
    }))
}

/// The last day on which an office is held in a span; nothing where it goes on into a year that is not here
/// yet, and is settled then.
fn last_held(
    year: &PersonYear<'_>,
    intervals: &[Office],
    span: DateSpan,
    date: NaiveDate,
) -> Option<NaiveDate> {
    let goes_on_after = |day: NaiveDate| {
        let next = day.succ_opt().filter(|next| span.contains(*next));
        next.is_some_and(|next| intervals.iter().any(|office| office.term.contains(next)))
    };
    let ends_a_year = DateSpan::of_year(date.year()).last() == Some(date);
    if !ends_a_year || !goes_on_after(date) {
        return Some(date);
    }
    // On leave from New Year on: the office went on all the same.
    year.days_in_office(intervals).within(span).last().filter(|last| !goes_on_after(*last))
}

/// Whether so many missed meetings are over a share of them, or just that.
fn passes(missed: u32, duty: NonZeroU32, share: Share, at_share: bool) -> bool {
    let absence = u64::from(missed) * u64::from(share.denominator.get());
    let allowed = u64::from(share.numerator) * u64::from(duty.get());
    absence > allowed || (absence == allowed && at_share)
}

/// The instalments of the span, each rounded as it is paid, and without what was deducted from it.
fn fee_of_span(
    year: &PersonYear<'_>,
    office: &Reducible<'_>,
    span: DateSpan,
    trail: &mut Trail,
) -> Result<Money, Shortfall> {
    let Reducible { first, held, payment, .. } = office;
    let mut fee = Money::ZERO;
    let mut period = Period::of_day(span.first(), *payment);
    while span.last().is_none_or(|last| period.first_day() <= last) {
        let (amount, _) = instalment(year, held.fee, *payment, held.days.within(span), period, trail)?;
        let deducted = deducted_from(&year.in_period(period), *first, trail)?;
        fee += amount.left_after(deducted);
        let Some(next) = period.last_day().succ_opt() else { break };
        period = Period::of_day(next, *payment);
    }
    Ok(fee)
}

/// By how much the fee is reduced; nothing where no step is reached.
fn size(
    year: &PersonYear<'_>,
    rules: &AbsenceSettings,
    date: NaiveDate,
    (absence, duty, at_threshold): (Absence, NonZeroU32, bool),
    fee: Money,
    trail: &mut Trail,
) -> Result<Option<AbsenceReduction>, Shortfall> {
    Ok(match trail.read_on(&rules.size, date)? {
        AbsenceSize::PartOverThreshold => Some(AbsenceReduction::PartOver),
        AbsenceSize::AllAbsence => Some(AbsenceReduction::All),
        AbsenceSize::Steps => {
            let steps: Option<&Dated<Vec<AbsenceStep>>> = rules.steps.as_ref();
            let steps = match steps {
                Some(steps) => trail.read_on(steps, date)?.as_slice(),
                None => &[],
            };
            let reached =
                steps.iter().rev().find(|step| passes(absence.missed, duty, step.from, at_threshold));
            reached.copied().map(AbsenceReduction::Step)
        }
        AbsenceSize::PerMissedMeeting => match rules.amount_per_missed_meeting {
            Some(amount) => {
                let amount = year.cap(amount, date, trail)?;
                let missed = absence.missed_in_office;
                let all = Unrounded::from(amount).times(missed);
                let at_most_fee = all.is_more_than(fee.into());
                Some(AbsenceReduction::PerMissedMeeting { amount, missed, at_most_fee })
            }
            None => None,
        },
    })
}

fn exact(
    reduction: AbsenceReduction,
    fee: Money,
    (missed, duty): (u32, NonZeroU32),
    threshold: Share,
) -> Unrounded {
    let fee = Unrounded::from(fee);
    match reduction {
        AbsenceReduction::PartOver => {
            let over = missed * threshold.denominator.get() - threshold.numerator * duty.get();
            fee.times(over).over(duty).over(threshold.denominator)
        }
        AbsenceReduction::All => fee.times(missed).over(duty),
        AbsenceReduction::Step(AbsenceStep { reduction, .. }) => {
            fee.times(reduction.numerator).over(reduction.denominator)
        }
        AbsenceReduction::PerMissedMeeting { at_most_fee: true, .. } => fee,
        AbsenceReduction::PerMissedMeeting { amount, missed, .. } => Unrounded::from(amount).times(missed),
    }
}

/// The meetings that absence is measured by.
#[derive(Clone, Copy)]
struct Absence {
    /// Those that were missed.
    missed: u32,
    /// Those that there was a duty to attend.
    duty: u32,
    /// Those that were missed in the office itself.
    missed_in_office: u32,
}

/// The meetings of a span: of the office on the days for which it has its fee, or of all the person's
/// offices whose fees absence reduces; and how many there are.
fn meetings(
    year: &PersonYear<'_>,
    rules: &AbsenceSettings,
    office: &Reducible<'_>,
    span: DateSpan,
    trail: &mut Trail,
) -> Result<(Absence, Vec<AbsenceMeeting>), Shortfall> {
    let among = among(year, rules, span, trail)?;
    let days = office.held.days.within(among);
    let of_office = meetings_of_office(year, rules, (office.intervals, days), trail)?;
    let missed_in_office = missed(&of_office);
    let all = match year.read(&rules.scope, trail)? {
        AbsenceScope::Office => of_office,
        AbsenceScope::AllOffices => {
            let mut all = Vec::new();
            for (first, intervals) in year.rows.whole_offices() {
                let days = year.days_in_office(intervals).within(among);
                if days.is_empty() {
                    continue;
                }
                let Some(held) = Held::new(year, first, intervals, trail)? else { continue };
                if *year.read(&held.fee.reduced_for_absence, trail)? {
                    all.extend(meetings_of_office(year, rules, (intervals, days), trail)?);
                }
            }
            all
        }
    };
    let duty = u32::try_from(all.len()).unwrap_or(u32::MAX);
    Ok((Absence { missed: missed(&all), duty, missed_in_office }, all))
}

fn missed(meetings: &[AbsenceMeeting]) -> u32 {
    let missed = meetings.iter().filter(|meeting| meeting.is_missed).count();
    u32::try_from(missed).unwrap_or(u32::MAX)
}

/// The days whose meetings count in a span: its own, or those from one day of settling to the next.
fn among(
    year: &PersonYear<'_>,
    rules: &AbsenceSettings,
    span: DateSpan,
    trail: &mut Trail,
) -> Result<DateSpan, Shortfall> {
    let Some(until) = &rules.meetings_until else { return Ok(span) };
    let days = year.read(until, trail)?;
    let Some(last) = span.last() else { return Ok(span) };
    let before = |date: NaiveDate| days.iter().map(|day| day.on_or_before(date)).max();
    let end = before(last).filter(|end| span.contains(*end)).unwrap_or(last);
    let start = span.first().pred_opt().and_then(before).and_then(|day| day.succ_opt());
    Ok(start.and_then(|start| DateSpan::new(start, end)).unwrap_or(span))
}

/// The meetings of an office on some days that there was a duty to attend.
fn meetings_of_office(
    year: &PersonYear<'_>,
    rules: &AbsenceSettings,
    (intervals, days): (&[Office], Days),
    trail: &mut Trail,
) -> Result<Vec<AbsenceMeeting>, Shortfall> {
    let Some((office, body)) = intervals.first().and_then(|office| office.body.map(|body| (office, body)))
    else {
        return Ok(Vec::new());
    };
    let counted = *year.read(&rules.counted, trail)?;
    let on_duty =
        days.minus(year.days_on_leave(office.body, office.role, false)).minus(year.days_as_mayor(trail)?);
    let meetings = year.basis.meetings_of(body).iter().filter(|meeting| {
        let meeting = year.meeting(**meeting);
        meeting.event == Event::Meeting && on_duty.contains(meeting.date)
    });
    let of_meeting = |meeting: &MeetingIx| {
        let status = year.rows.attendance_at(*meeting).map(|row| row.status);
        let is_missed = match status {
            Some(Status::AbsentInvalid) => true,
            Some(Status::AbsentValid) => counted == AbsenceCounted::All,
            Some(Status::Present) | None => false,
        };
        AbsenceMeeting { meeting: *meeting, status, is_missed }
    };
    Ok(meetings.map(of_meeting).collect())
}

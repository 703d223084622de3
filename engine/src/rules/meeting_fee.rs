//! The fees a meeting, from the attendance list.

use rust_decimal::Decimal;

use super::held::gives_fee_on;
use super::{claim_line, fees_of_day};
use crate::basis::{
    AttendanceIx, Capacity, Claim, ClaimIx, ClaimKind, Class, Duty, Event, Extent, Form, Role,
};
use crate::draft::Draft;
use crate::line::{Kind, Origin, PayLine, Units};
use crate::money::{Money, Unrounded};
use crate::person_year::{AtMeeting, PersonYear};
use crate::regulation::{
    AmountIx, EventFee, ExtraHours, FeeSeat, ItemId, MeetingFee, PhoneFor, Share, Shares, Trail,
};
use crate::shortfall::Shortfall;
use crate::why::{ExtraHoursWhy, MeetingFeeWhy, MeetingSeat, NotPaid, Rate, Refusal, Remote, Why};

/// One line for each meeting in the period that gives the person a fee.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    let mut fees = Vec::new();
    let mut claims: Vec<(ClaimIx, &Claim)> = year.claims_of(&[ClaimKind::MeetingFee]).collect();
    for (attendance_ix, attendance) in year.rows.attendance_with_ix() {
        let meeting = year.meeting(attendance.meeting);
        if attendance.is_present() && year.period.contains(meeting.date) {
            let at = AtMeeting { meeting, body: year.body(meeting.body), attendance };
            let line = match line(&year, attendance_ix, at) {
                Ok(Some(line)) => on_claim(&year, line, &mut claims),
                other => other,
            };
            match line {
                Ok(line) => fees.extend(line),
                Err(shortfall) => draft.take(Err(shortfall)),
            }
        }
    }
    let paid = |claim: &Claim| {
        let is_fee_of = |line: &PayLine| line.meeting.is_some() && line.meeting == claim.meeting;
        fees.iter().any(|line| is_fee_of(line) && matches!(*line.why, Why::MeetingFee(_)))
    };
    let unneeded: Vec<_> = claims
        .into_iter()
        .map(|(claim_ix, claim)| unneeded_claim(&year, claim_ix, claim, paid(claim)))
        .collect();
    for line in unneeded {
        draft.take(line);
    }
    let shortfalls = fees_of_day::settle(&year, &mut fees);
    for line in fees.into_iter().map(Ok).chain(shortfalls.into_iter().map(Err)) {
        draft.take(line);
    }
}

/// The line of a fee where it takes a claim, and there is one in time; the line as it is where it takes
/// none.
fn on_claim(
    year: &PersonYear<'_>,
    mut line: PayLine,
    claims: &mut Vec<(ClaimIx, &Claim)>,
) -> Result<Option<PayLine>, Shortfall> {
    if *line.trail.read_on(&year.regulation.fees.from_attendance, line.date)? {
        return Ok(Some(line));
    }
    let mut refused = None;
    for (place, (claim_ix, claim)) in claims.iter().enumerate() {
        if claim.meeting != line.meeting {
            continue;
        }
        match year.outside_regulation(claim, &mut line.trail)? {
            None => {
                let origin = Origin::Claim(*claim_ix);
                claims.remove(place);
                return Ok(Some(PayLine { origin, ..line }));
            }
            Some(refusal) => refused = refused.or(Some((place, refusal))),
        }
    }
    let Some((place, refusal)) = refused else { return Ok(None) };
    let (claim_ix, claim) = claims.remove(place);
    claim_line::refused(year, claim_ix, claim, refusal, line.trail).map(Some)
}

/// A claim that no fee follows from.
fn unneeded_claim(
    year: &PersonYear<'_>,
    claim_ix: ClaimIx,
    claim: &Claim,
    is_paid: bool,
) -> Result<PayLine, Shortfall> {
    let mut trail = Trail::default();
    let from_attendance = year.regulation.fees.from_attendance.on(claim.date);
    let reason = match (*trail.read(from_attendance)?, is_paid) {
        (true, _) => Refusal::FromAttendance,
        (false, true) => Refusal::ClaimedTwice,
        (false, false) => Refusal::NoFeeAtMeeting,
    };
    claim_line::refused(year, claim_ix, claim, (reason, from_attendance.item()), trail)
}

/// A fee for a meeting: as what, how much, and what long meetings and duties add.
struct Fee<'a> {
    seat: MeetingSeat,
    amount_per_meeting: AmountIx,
    extra_hours: Option<&'a ExtraHours>,
    for_duty: Option<(Duty, AmountIx)>,
}

/// As what the person gets a fee, and which; nothing where there is none.
fn fee_at<'a>(
    year: &PersonYear<'a>,
    at: AtMeeting<'_>,
    trail: &mut Trail,
) -> Result<Option<Fee<'a>>, Shortfall> {
    let (fees, day) = (&year.regulation.fees, at.meeting.date);
    // What makes no line leaves no mark on one.
    let as_mayor = year.days_as_mayor(&mut Trail::default())?.contains(day);
    if as_mayor && *trail.read_on(&fees.mayor_gets_no_meeting_fee, day)? {
        return Ok(None);
    }
    trail.read_on(&fees.from_attendance, day)?;
    if year.regulation.gives_no_fee(at.body, day, trail)? {
        return Ok(None);
    }
    let seats = match at.attendance.capacity {
        Capacity::ExOfficio | Capacity::EmployeeRepresentative => return Ok(None),
        Capacity::Summoned => Vec::new(),
        Capacity::Substitute => as_what(at, FeeSeat::Substitute),
        // A leader without an amount of their own gets the member's.
        Capacity::Member if acts_as_leader(year, at) => vec![FeeSeat::Leader, FeeSeat::Member],
        Capacity::Member => {
            let office = year.rows.seat(at.meeting.body, day);
            let mut seats = as_what(at, FeeSeat::Member);
            if office.is_some_and(|office| office.role == Role::DeputyLeader) {
                seats.insert(seats.len() - 1, FeeSeat::DeputyLeader);
            }
            seats
        }
    };
    if is_shut_out(year, at, trail)? {
        return Ok(None);
    }
    if at.attendance.capacity == Capacity::Summoned {
        let fee = year.regulation.summons(year.basis.register(), &year.rows, at.meeting);
        return Ok(fee.map(|fee| Fee {
            seat: MeetingSeat::Summoned,
            amount_per_meeting: fee.amount_per_meeting,
            extra_hours: None,
            for_duty: None,
        }));
    }
    if at.body.class == Class::Other {
        let electors = trail.read_on(&fees.elected_by, day)?;
        let elector = at.body.elected_by.as_deref();
        if elector.is_some_and(|code| electors.iter().all(|elector| elector != code)) {
            return Ok(None);
        }
    }
    for seat in seats {
        if let Some(fee) = meeting_fee(year, at, seat, None, trail)? {
            let for_duty = match at.attendance.duty {
                Some(duty) => {
                    meeting_fee(year, at, seat, Some(duty), trail)?.map(|fee| (duty, fee.amount_per_meeting))
                }
                None => None,
            };
            return Ok(Some(Fee {
                seat: MeetingSeat::Seat(seat),
                amount_per_meeting: fee.amount_per_meeting,
                extra_hours: fee.extra_hours.as_ref(),
                for_duty,
            }));
        }
    }
    Ok(None)
}

/// As what a person may get a fee, the more particular first.
fn as_what(at: AtMeeting<'_>, seat: FeeSeat) -> Vec<FeeSeat> {
    let chair = (at.attendance.duty == Some(Duty::Chair)).then_some(FeeSeat::Chair);
    chair.into_iter().chain([seat]).collect()
}

fn meeting_fee<'a>(
    year: &PersonYear<'a>,
    at: AtMeeting<'_>,
    seat: FeeSeat,
    for_duty: Option<Duty>,
    trail: &mut Trail,
) -> Result<Option<&'a MeetingFee>, Shortfall> {
    year.regulation.meeting_fee(at.meeting, at.body, seat, for_duty, trail)
}

/// Whether the person is the body's leader that day, or acts as one.
fn acts_as_leader(year: &PersonYear<'_>, at: AtMeeting<'_>) -> bool {
    year.rows.offices.iter().any(|office| {
        matches!(office.role, Role::Leader | Role::ActingLeader)
            && office.body == Some(at.meeting.body)
            && office.term.contains(at.meeting.date)
    })
}

/// Whether a fixed fee of the person that day shuts out the meeting fees of a body.
fn is_shut_out(year: &PersonYear<'_>, at: AtMeeting<'_>, trail: &mut Trail) -> Result<bool, Shortfall> {
    let day = at.meeting.date;
    for office in year.rows.offices.iter().filter(|office| office.term.contains(day)) {
        let is_own = office.body == Some(at.meeting.body);
        let body = office.body.map(|body| year.body(body));
        // Another body's provisions lie behind a line only where they shut out something.
        let mut of_office = Trail::default();
        let Some(fee) = year.regulation.fixed_fee(office, body, day, &mut of_office)? else {
            if is_own {
                trail.join(&of_office);
            }
            continue;
        };
        let shuts_out = fee.shuts_out.as_ref().unwrap_or(&year.regulation.fees.fixed_fee_shuts_out);
        let shuts_out = of_office.read_on(shuts_out, day)?.meeting_fees_in(at.body, is_own);
        let is_paid = shuts_out && gives_fee_on(year, (office, fee), day, &mut of_office)?;
        if is_own || shuts_out {
            trail.join(&of_office);
        }
        if is_paid {
            return Ok(true);
        }
    }
    Ok(false)
}

fn line(
    year: &PersonYear<'_>,
    attendance_ix: AttendanceIx,
    at: AtMeeting<'_>,
) -> Result<Option<PayLine>, Shortfall> {
    let day = at.meeting.date;
    let mut trail = Trail::default();
    let Some(fee) = fee_at(year, at, &mut trail)? else { return Ok(None) };
    let worth = year.worth(fee.amount_per_meeting, day, &mut trail)?;
    let (extra_hours, of_extra_hours) = extra_hours(year, at, fee.extra_hours, &mut trail)?.unzip();
    let (for_duty, of_duty) = match fee.for_duty {
        Some((duty, amount)) => {
            let worth = year.worth(amount, day, &mut trail)?;
            let rate = Rate::new(worth.exact, worth.signs, worth.rounding);
            (Some((duty, rate)), Some(worth.exact))
        }
        None => (None, None),
    };
    let particular_cases = particular_cases(year, at, fee.seat, &mut trail)?;
    let remote = remote(year, at, &mut trail)?;
    let shares = [particular_cases, remote.map(|(_, share)| share)];
    if shares.iter().all(Option::is_some) {
        let Shares::Multiply = trail.read_on(&year.regulation.fees.parts.shares, day)?;
    }
    let added: Vec<Unrounded> = of_duty.into_iter().chain(of_extra_hours).collect();
    let whole = added.iter().fold(worth.exact, |sum, more| sum.plus(*more));
    let (mut quantity, mut amount) = (Decimal::ONE, whole);
    for share in shares.into_iter().flatten() {
        quantity = quantity * Decimal::from(share.numerator) / Decimal::from(share.denominator.get());
        amount = amount.times(share.numerator).over(share.denominator);
    }
    let amount = year.round(amount, day, &mut trail)?;
    let not_paid = not_paid(year, at, &mut trail)?;
    // A fee that is no whole number of øre has no rate that a quantity could multiply.
    let rate = worth.exact.in_whole_oere().or((quantity == Decimal::ONE).then_some(amount));
    let units = rate.and_then(|rate| Units::exactly(quantity.normalize(), rate, amount));
    Ok(Some(PayLine {
        person: year.person,
        kind: Kind::MeetingFee,
        body: Some(at.meeting.body),
        meeting: Some(at.attendance.meeting),
        origin: Origin::Attendance(attendance_ix),
        date: day,
        units: units.filter(|_| not_paid.is_none()),
        amount: if not_paid.is_some() { Money::ZERO } else { amount },
        cite: Some(not_paid.map_or(worth.item, |(_, item)| item)),
        why: Box::new(Why::MeetingFee(MeetingFeeWhy {
            seat: fee.seat,
            rate: Rate::new(worth.exact, worth.signs, worth.rounding),
            particular_cases,
            remote,
            for_duty,
            extra_hours,
            not_paid: not_paid.map(|(reason, _)| (reason, amount)),
        })),
        trail,
        to_supplier: false,
        tax: None,
        correction: None,
    }))
}

/// What the hours begun over a limit add; nothing where there are none.
fn extra_hours(
    year: &PersonYear<'_>,
    at: AtMeeting<'_>,
    extra_hours: Option<&ExtraHours>,
    trail: &mut Trail,
) -> Result<Option<(ExtraHoursWhy, Unrounded)>, Shortfall> {
    const MINUTES_PER_HOUR: u32 = 60;
    let Some(extra_hours) = extra_hours else { return Ok(None) };
    let day = at.meeting.date;
    let over_minutes = *trail.read_on(&extra_hours.over_minutes, day)?;
    let minutes = at.attendance.own_minutes();
    let started_hours = minutes.saturating_sub(over_minutes).div_ceil(MINUTES_PER_HOUR);
    if started_hours == 0 {
        return Ok(None);
    }
    let worth = year.worth(extra_hours.amount_per_started_hour, day, trail)?;
    let added = worth.exact.times(started_hours);
    let rate = Rate::new(worth.exact, worth.signs, worth.rounding);
    Ok(Some((ExtraHoursWhy { minutes, over_minutes, started_hours, rate }, added)))
}

/// Why a fee is not paid for this meeting by itself, and the item that says so.
fn not_paid(
    year: &PersonYear<'_>,
    at: AtMeeting<'_>,
    trail: &mut Trail,
) -> Result<Option<(NotPaid, ItemId)>, Shortfall> {
    let (fees, day) = (&year.regulation.fees, at.meeting.date);
    if !at.attendance.called {
        let needs_call = fees.events.needs_call.on(day);
        if *trail.read(needs_call)? {
            return Ok(Some((NotPaid::NotCalled, needs_call.item())));
        }
    }
    let event = at.meeting.event;
    let gives = match event {
        Event::Meeting => return Ok(None),
        Event::Seminar => fees.events.seminar.on(day),
        Event::PartyMeeting => fees.events.party_meeting.on(day),
    };
    Ok(match trail.read(gives)? {
        EventFee::AsMeeting => None,
        EventFee::Nothing => Some((NotPaid::NoFeeFor(event), gives.item())),
        EventFee::Once => {
            was_paid_before(year, at, trail)?.then_some((NotPaid::PaidOnce(event), gives.item()))
        }
    })
}

/// Whether an earlier part of the same event gave the person a fee: its parts are the body's events of one
/// kind on days in a row.
fn was_paid_before(year: &PersonYear<'_>, at: AtMeeting<'_>, trail: &mut Trail) -> Result<bool, Shortfall> {
    let needs_call = &year.regulation.fees.events.needs_call;
    let mut next = at.meeting.date;
    let meetings = year.basis.meetings_of(at.meeting.body).iter().rev();
    for meeting_ix in meetings.filter(|meeting_ix| **meeting_ix < at.attendance.meeting) {
        let meeting = year.meeting(*meeting_ix);
        if meeting.event != at.meeting.event {
            continue;
        }
        if meeting.date != next && meeting.date.succ_opt() != Some(next) {
            break;
        }
        next = meeting.date;
        let Some(attendance) = year.rows.attendance_at(*meeting_ix).filter(|row| row.is_present()) else {
            continue;
        };
        let earlier = AtMeeting { meeting, attendance, ..at };
        let is_called = attendance.called || !*trail.read_on(needs_call, meeting.date)?;
        // What decides only whether an earlier part gave a fee is no ground of this one's amount.
        if is_called && fee_at(year, earlier, &mut Trail::default())?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn particular_cases(
    year: &PersonYear<'_>,
    at: AtMeeting<'_>,
    seat: MeetingSeat,
    trail: &mut Trail,
) -> Result<Option<Share>, Shortfall> {
    let (parts, day) = (&year.regulation.fees.parts, at.meeting.date);
    let MeetingSeat::Seat(seat) = seat else { return Ok(None) };
    if at.attendance.extent != Extent::SomeCases {
        return Ok(None);
    }
    let reduced = trail.read_on(&parts.particular_cases_for, day)?;
    // A substitute who leads the meeting is a substitute all the same.
    let is_substitute = at.attendance.capacity == Capacity::Substitute;
    if reduced.contains(&seat) || is_substitute && reduced.contains(&FeeSeat::Substitute) {
        return trail.read_on(&parts.particular_cases, day).map(|share| Some(*share));
    }
    Ok(None)
}

fn remote(
    year: &PersonYear<'_>,
    at: AtMeeting<'_>,
    trail: &mut Trail,
) -> Result<Option<(Remote, Share)>, Shortfall> {
    let (parts, day) = (&year.regulation.fees.parts, at.meeting.date);
    let (remote, share) = match at.meeting.form {
        Form::InPerson => return Ok(None),
        Form::Phone => {
            let PhoneFor::Everybody = trail.read_on(&parts.phone_for, day)?;
            (Remote::Phone, *trail.read_on(&parts.phone, day)?)
        }
        Form::Video => (Remote::Video, *trail.read_on(&parts.video, day)?),
    };
    Ok((!share.is_whole()).then_some((remote, share)))
}

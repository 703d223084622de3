//! The fees a meeting, from the attendance list.

use rust_decimal::Decimal;

use crate::basis::{AttendanceIx, Capacity, Class, Extent, Form, Role};
use crate::draft::Draft;
use crate::line::{Kind, Origin, PayLine, Units};
use crate::person_year::{AtMeeting, PersonYear};
use crate::regulation::{AmountIx, FeeSeat, PhoneFor, Share, Shares, Trail};
use crate::shortfall::Shortfall;
use crate::why::{MeetingFeeWhy, MeetingSeat, Rate, Remote, Why};

/// One line for each meeting in the period that gives the person a fee.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    for (attendance_ix, attendance) in year.rows.attendance_with_ix() {
        let meeting = year.meeting(attendance.meeting);
        if attendance.is_present() && year.period.contains(meeting.date) {
            let at = AtMeeting { meeting, body: year.body(meeting.body), attendance };
            draft.take_any(line(&year, attendance_ix, at));
        }
    }
}

/// As what the person gets a fee, and which; nothing where there is none.
fn fee_at(
    year: &PersonYear<'_>,
    at: AtMeeting<'_>,
    trail: &mut Trail,
) -> Result<Option<(MeetingSeat, AmountIx)>, Shortfall> {
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
    let office = year.rows.seat(at.meeting.body, day);
    let (seat, fee_seat) = match at.attendance.capacity {
        Capacity::ExOfficio | Capacity::EmployeeRepresentative => return Ok(None),
        Capacity::Summoned => {
            let fee = year.regulation.summons(year.basis.register(), &year.rows, at.meeting);
            return Ok(fee.map(|fee| (MeetingSeat::Summoned, fee.amount_per_meeting)));
        }
        Capacity::Substitute => (MeetingSeat::Substitute, FeeSeat::Substitute),
        Capacity::Member if office.is_some_and(|office| office.role == Role::Leader) => {
            (MeetingSeat::Leader, FeeSeat::Leader)
        }
        Capacity::Member => (MeetingSeat::Member, FeeSeat::Member),
    };
    if is_shut_out(year, at, trail)? {
        return Ok(None);
    }
    if at.body.class == Class::Other {
        let electors = trail.read_on(&fees.elected_by, day)?;
        let elector = at.body.elected_by.as_deref();
        if elector.is_some_and(|code| electors.iter().all(|elector| elector != code)) {
            return Ok(None);
        }
    }
    let fee = year.regulation.meeting_fee(at.body, fee_seat, day, trail)?;
    Ok(fee.map(|fee| (seat, fee.amount_per_meeting)))
}

/// Whether a fixed fee of the person that day shuts out the meeting fees of a body.
fn is_shut_out(year: &PersonYear<'_>, at: AtMeeting<'_>, trail: &mut Trail) -> Result<bool, Shortfall> {
    let day = at.meeting.date;
    for office in year.rows.offices.iter().filter(|office| office.term.contains(day)) {
        let is_own = office.body == Some(at.meeting.body);
        let body = office.body.map(|body| year.body(body));
        // Another body's provisions lie behind a line only where they shut out something.
        let mut of_office = Trail::default();
        let Some(fee) = year.regulation.fixed_fee(body, office.role, day, &mut of_office)? else {
            if is_own {
                trail.join(&of_office);
            }
            continue;
        };
        let shuts_out = fee.shuts_out.as_ref().unwrap_or(&year.regulation.fees.fixed_fee_shuts_out);
        if of_office.read_on(shuts_out, day)?.meeting_fees_in(at.body, is_own) {
            trail.join(&of_office);
            return Ok(true);
        }
        if is_own {
            trail.join(&of_office);
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
    let Some((seat, amount_per_meeting)) = fee_at(year, at, &mut trail)? else { return Ok(None) };
    let worth = year.worth(amount_per_meeting, day, &mut trail)?;
    let particular_cases = particular_cases(year, at, seat, &mut trail)?;
    let remote = remote(year, at, &mut trail)?;
    let shares = [particular_cases, remote.map(|(_, share)| share)];
    if shares.iter().all(Option::is_some) {
        let Shares::Multiply = trail.read_on(&year.regulation.fees.shares, day)?;
    }
    let (mut quantity, mut amount) = (Decimal::ONE, worth.exact);
    for share in shares.into_iter().flatten() {
        quantity = quantity * Decimal::from(share.numerator) / Decimal::from(share.denominator.get());
        amount = amount.times(share.numerator).over(share.denominator);
    }
    let amount = year.round(amount, day, &mut trail)?;
    // A fee that is no whole number of øre has no rate that a quantity could multiply.
    let rate = worth.exact.in_whole_oere().or((quantity == Decimal::ONE).then_some(amount));
    Ok(Some(PayLine {
        person: year.person,
        kind: Kind::MeetingFee,
        body: Some(at.meeting.body),
        meeting: Some(at.attendance.meeting),
        origin: Origin::Attendance(attendance_ix),
        date: day,
        units: rate.and_then(|rate| Units::exactly(quantity.normalize(), rate, amount)),
        amount,
        cite: worth.item,
        why: Why::MeetingFee(MeetingFeeWhy {
            seat,
            rate: Rate::new(worth.exact, worth.signs, worth.rounding),
            particular_cases,
            remote,
        }),
        trail,
    }))
}

fn particular_cases(
    year: &PersonYear<'_>,
    at: AtMeeting<'_>,
    seat: MeetingSeat,
    trail: &mut Trail,
) -> Result<Option<Share>, Shortfall> {
    let (fees, day) = (&year.regulation.fees, at.meeting.date);
    let fee_seat = match seat {
        MeetingSeat::Leader => FeeSeat::Leader,
        MeetingSeat::Member => FeeSeat::Member,
        MeetingSeat::Substitute => FeeSeat::Substitute,
        MeetingSeat::Summoned => return Ok(None),
    };
    if at.attendance.extent != Extent::SomeCases
        || !trail.read_on(&fees.particular_cases_for, day)?.contains(&fee_seat)
    {
        return Ok(None);
    }
    trail.read_on(&fees.particular_cases, day).map(|share| Some(*share))
}

fn remote(
    year: &PersonYear<'_>,
    at: AtMeeting<'_>,
    trail: &mut Trail,
) -> Result<Option<(Remote, Share)>, Shortfall> {
    let (fees, day) = (&year.regulation.fees, at.meeting.date);
    let (remote, share) = match at.meeting.form {
        Form::InPerson => return Ok(None),
        Form::Phone => {
            let PhoneFor::Everybody = trail.read_on(&fees.phone_for, day)?;
            (Remote::Phone, *trail.read_on(&fees.phone, day)?)
        }
        Form::Video => (Remote::Video, *trail.read_on(&fees.video, day)?),
    };
    Ok((!share.is_whole()).then_some((remote, share)))
}

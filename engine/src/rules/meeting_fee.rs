//! The fees a meeting, from the attendance list (points 3.1–3.6, 4).

use rust_decimal::Decimal;

use crate::basis::{Attendance, AttendanceIx, Capacity, Class, Extent, Form, Role};
use crate::draft::{Draft, Shortfall, known};
use crate::line::{Kind, Origin, PayLine, Units};
use crate::money::Unrounded;
use crate::person_year::{AtMeeting, PersonYear};
use crate::regulation::{Amount, FeeSeat, PhoneFor, Share, Shares, Stated, Trail};
use crate::why::{MeetingFeeWhy, MeetingSeat, Remote, Why};

/// One line for each meeting in the period that gives the person a fee.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    let mut trail = Trail::default();
    let as_mayor = year.days_as_mayor(&mut trail);
    for (attendance_ix, attendance) in year.rows.attendance_with_ix() {
        let meeting = year.meeting(attendance.meeting);
        if !attendance.is_present() || !year.period.contains(meeting.date) {
            continue;
        }
        let fees = &year.regulation.fees;
        if as_mayor.contains(meeting.date) && *trail.read(&fees.mayor_gets_no_meeting_fee) {
            continue;
        }
        let at = AtMeeting { meeting, body: year.body(meeting.body), attendance };
        if let Some((seat, rate, trail)) = fee_at(&year, at) {
            draft.take(line(&year, attendance_ix, at, seat, rate, trail));
        }
    }
}

/// As what the person gets a fee, and which; nothing where there is none.
fn fee_at<'a>(year: &PersonYear<'a>, at: AtMeeting<'_>) -> Option<(MeetingSeat, &'a Stated<Amount>, Trail)> {
    let fees = &year.regulation.fees;
    let mut trail = Trail::default();
    trail.read(&fees.from_attendance);
    if year.regulation.gives_no_fee(at.body, &mut trail) {
        return None;
    }
    let office = year.rows.seat(at.meeting.body, at.meeting.date);
    let (seat, fee_seat) = match at.attendance.capacity {
        Capacity::ExOfficio | Capacity::EmployeeRepresentative => return None,
        Capacity::Summoned => return summoned(year, at).map(|rate| (MeetingSeat::Summoned, rate, trail)),
        Capacity::Substitute => (MeetingSeat::Substitute, FeeSeat::Substitute),
        Capacity::Member if office.is_some_and(|office| office.role == Role::Leader) => {
            (MeetingSeat::Leader, FeeSeat::Leader)
        }
        Capacity::Member => (MeetingSeat::Member, FeeSeat::Member),
    };
    let has_fixed_fee = office
        .is_some_and(|office| year.regulation.fixed_fee(Some(at.body), office.role, &mut trail).is_some());
    if has_fixed_fee && *trail.read(&fees.fixed_fee_shuts_out) {
        return None;
    }
    if at.body.class == Class::Other {
        let electors = trail.read(&fees.elected_by);
        let elector = at.body.elected_by.as_deref();
        if elector.is_some_and(|code| electors.iter().all(|elector| elector != code)) {
            return None;
        }
    }
    let fee = year.regulation.meeting_fee(at.body, fee_seat)?;
    Some((seat, &fee.amount_per_meeting, trail))
}

fn summoned<'a>(year: &PersonYear<'a>, at: AtMeeting<'_>) -> Option<&'a Stated<Amount>> {
    let register = year.basis.register();
    let fee = year.regulation.summons(register, &year.rows, at.meeting)?;
    Some(&fee.amount_per_meeting)
}

fn line(
    year: &PersonYear<'_>,
    attendance_ix: AttendanceIx,
    at: AtMeeting<'_>,
    seat: MeetingSeat,
    rate: &Stated<Amount>,
    mut trail: Trail,
) -> Result<PayLine, Shortfall> {
    let per_meeting = known(rate, &mut trail)?;
    let particular_cases = particular_cases(year, at.attendance, seat, &mut trail);
    let remote = remote(year, at.meeting.form, &mut trail);
    let shares = [particular_cases, remote.map(|(_, share)| share)];
    if shares.iter().all(Option::is_some) {
        let Shares::Multiply = trail.read(&year.regulation.fees.shares);
    }
    let (mut quantity, mut amount) = (Decimal::ONE, Unrounded::from(per_meeting));
    for share in shares.into_iter().flatten() {
        quantity = quantity * Decimal::from(share.numerator) / Decimal::from(share.denominator.get());
        amount = amount.times(share.numerator).over(share.denominator);
    }
    let amount = year.round(amount, &mut trail);
    Ok(PayLine {
        person: year.person,
        kind: Kind::MeetingFee,
        body: Some(at.meeting.body),
        meeting: Some(at.attendance.meeting),
        origin: Origin::Attendance(attendance_ix),
        date: at.meeting.date,
        units: Units::exactly(quantity.normalize(), per_meeting, amount),
        amount,
        cite: rate.item(),
        why: Why::MeetingFee(MeetingFeeWhy { seat, rate: per_meeting, particular_cases, remote }),
        trail,
    })
}

fn particular_cases(
    year: &PersonYear<'_>,
    attendance: &Attendance,
    seat: MeetingSeat,
    trail: &mut Trail,
) -> Option<Share> {
    let fees = &year.regulation.fees;
    let fee_seat = match seat {
        MeetingSeat::Leader => FeeSeat::Leader,
        MeetingSeat::Member => FeeSeat::Member,
        MeetingSeat::Substitute => FeeSeat::Substitute,
        MeetingSeat::Summoned => return None,
    };
    let reduced =
        attendance.extent == Extent::SomeCases && trail.read(&fees.particular_cases_for).contains(&fee_seat);
    reduced.then(|| *trail.read(&fees.particular_cases))
}

fn remote(year: &PersonYear<'_>, form: Form, trail: &mut Trail) -> Option<(Remote, Share)> {
    let (remote, share) = match form {
        Form::InPerson => return None,
        Form::Phone => {
            let PhoneFor::Everybody = trail.read(&year.regulation.fees.phone_for);
            (Remote::Phone, *trail.read(&year.regulation.fees.phone))
        }
        Form::Video => (Remote::Video, *trail.read(&year.regulation.fees.video)),
    };
    (share.numerator != share.denominator.get()).then_some((remote, share))
}

//! What two bases say of one person: which of the facts behind a difference are others.

use super::what::{For, What};
use super::{Cause, OfPerson, OnePerson};
use crate::basis::{BodyIx, Capacity, Duty, Event, Extent, Form, Role, Status};
use crate::calendar::DateSpan;
use crate::line::{Kind, Origin, PayLine};
use crate::why::Why;

/// Why a line is another by the facts of another basis, under the same regulation.
pub(super) fn cause(
    person: OnePerson<'_>,
    before: Option<For<'_, &PayLine>>,
    now: Option<For<'_, &PayLine>>,
) -> Cause {
    let Some((what, line)) = now.or(before) else { return Cause::Claims };
    let has_another_attendance = || attendance(person.before, what) != attendance(person.now, what);
    let has_other_offices = || offices(person.before) != offices(person.now);
    match (what.kind, line.origin) {
        _ if what.correction.is_some() => Cause::Correction,
        (Kind::FixedFee, _) => Cause::Office,
        (Kind::AbsenceReduction, _) => {
            let same = before.zip(now).is_some_and(|((_, before), (_, now))| misses_the_same(before, now));
            if same { Cause::Office } else { Cause::Absence }
        }
        (_, Origin::Attendance(_)) => {
            if !has_another_attendance() && has_other_offices() {
                Cause::Office
            } else {
                Cause::Attendance
            }
        }
        _ => {
            let is_the_same_claim =
                before.zip(now).is_some_and(|((before, _), (now, _))| before.says_the_same(now));
            match is_the_same_claim {
                true if has_another_attendance() => Cause::Attendance,
                true if has_other_offices() => Cause::Office,
                _ => Cause::Claims,
            }
        }
    }
}

/// Whether absence is the same, so that it reduces another fee.
fn misses_the_same(before: &PayLine, now: &PayLine) -> bool {
    match (&*before.why, &*now.why) {
        (Why::Absence(before), Why::Absence(now)) => (before.missed, before.duty) == (now.missed, now.duty),
        _ => false,
    }
}

/// The person's attendance at meetings of a body on a day, with whatever decides what it gives.
#[derive(PartialEq)]
struct Attended {
    start_minute: u32,
    length_minutes: u32,
    form: Form,
    event: Event,
    group_meeting: bool,
    status: Status,
    capacity: Capacity,
    extent: Extent,
    called: bool,
    duty: Option<Duty>,
    arrived_after_minutes: u32,
    left_after_minutes: u32,
    travel_minutes: u32,
}

fn attendance(of: OfPerson<'_>, what: What<'_>) -> Vec<Attended> {
    let basis = of.paid.basis;
    let register = basis.register();
    let rows = of.person.map(|person| basis.of_person(person).attendance).unwrap_or_default();
    let attended = rows.iter().map(|row| (register.meeting(row.meeting), row));
    let attended = attended.filter(|(meeting, _)| {
        Some(meeting.date) == what.day && *register.body(meeting.body).code == *what.body
    });
    let facts = attended.map(|(meeting, row)| Attended {
        start_minute: meeting.start_minute,
        length_minutes: meeting.length_minutes,
        form: meeting.form,
        event: meeting.event,
        group_meeting: meeting.group_meeting,
        status: row.status,
        capacity: row.capacity,
        extent: row.extent,
        called: row.called,
        duty: row.duty,
        arrived_after_minutes: row.arrived_after_minutes,
        left_after_minutes: row.left_after_minutes,
        travel_minutes: row.travel_minutes,
    });
    facts.collect()
}

/// An office's interval, or leave from one.
#[derive(PartialEq)]
struct OfficeOrLeave<'p> {
    body: &'p str,
    role: Option<Role>,
    days: DateSpan,
    /// Whether leave is paid; nothing for an office.
    paid_leave: Option<bool>,
}

fn offices(of: OfPerson<'_>) -> Vec<OfficeOrLeave<'_>> {
    let Some(person) = of.person else { return Vec::new() };
    let rows = of.paid.basis.of_person(person);
    let register = of.paid.basis.register();
    let code = |body: Option<BodyIx>| body.map_or("", |body| &*register.body(body).code);
    let offices = rows.offices.iter().map(|office| OfficeOrLeave {
        body: code(office.body),
        role: Some(office.role),
        days: office.term,
        paid_leave: None,
    });
    let leave = rows.leave.iter().map(|leave| OfficeOrLeave {
        body: code(leave.body),
        role: leave.role,
        days: leave.days,
        paid_leave: Some(leave.paid),
    });
    offices.chain(leave).collect()
}

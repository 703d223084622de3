//! The attendance list is whole where a fixed fee depends on it, and nobody is there on leave.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use honorar_engine::basis::{Event, Meeting, MeetingIx, Office, PersonIx};
use honorar_engine::regulation::Trail;
use honorar_problems::Problem;

use super::Checked;
use crate::places::Places;
use crate::vocabulary::TableName;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    let listed: Places = checked.basis.rows().attendance.iter().map(|row| row.meeting.place()).collect();
    let mut unlisted = BTreeMap::new();
    for (person, _) in checked.basis.register().persons() {
        if !checked.doubtful.offices(person) {
            missing_rows(checked, person, &listed, &mut unlisted, problems);
            present_on_leave(checked, person, problems);
        }
    }
    problems.extend(unlisted.into_iter().map(|(meeting, members)| no_list(checked, meeting, members)));
}

/// Every member of a body with a fixed fee has a row for every meeting in office and not on
/// leave, the mayor too: a missing row is neither presence nor absence. Seminars and party meetings
/// count in no absence.
///
/// A meeting of which nobody is listed is one problem, not one for each member.
fn missing_rows(
    checked: &Checked<'_>,
    person: PersonIx,
    listed: &Places,
    unlisted: &mut BTreeMap<MeetingIx, u32>,
    problems: &mut Vec<Problem>,
) {
    let rows = checked.basis.of_person(person);
    for office in rows.offices.iter().filter(|office| office.role.is_seat()) {
        for meeting_ix in office.body.map_or(&[][..], |body| checked.basis.meetings_of(body)) {
            let known =
                rows.attendance_at(*meeting_ix).is_some() || checked.doubtful.presence(person, *meeting_ix);
            if known {
                continue;
            }
            let meeting = checked.basis.register().meeting(*meeting_ix);
            let expected = meeting.event == Event::Meeting
                && office.term.contains(meeting.date)
                && has_fixed_fee(checked, office, meeting.date)
                && !on_leave(checked, person, office, meeting);
            if !expected {
                continue;
            }
            if listed.contains(meeting_ix.place()) {
                problems.push(missing_row(checked, person, meeting));
            } else {
                *unlisted.entry(*meeting_ix).or_default() += 1;
            }
        }
    }
}

fn missing_row(checked: &Checked<'_>, person: PersonIx, meeting: &Meeting) -> Problem {
    let place = checked.locators.at(TableName::Meetings, meeting.row, "meeting_id");
    let id = checked.id(person);
    let message = format!(
        "person {id} is a member of {} and has no attendance row for this meeting",
        checked.code(meeting.body)
    );
    Problem::error("no_attendance_row", place, message)
        .value(&*meeting.id)
        .expected("a row in `attendance` for every member in office and not on leave")
        .hint(format!("add `{},{id}` as present or absent, or the person's leave", meeting.id))
}

fn no_list(checked: &Checked<'_>, meeting: MeetingIx, members: u32) -> Problem {
    let meeting = checked.basis.register().meeting(meeting);
    let place = checked.locators.at(TableName::Meetings, meeting.row, "meeting_id");
    let body = checked.code(meeting.body);
    let who = if members == 1 { "1 member of".to_owned() } else { format!("{members} members of") };
    Problem::error(
        "no_attendance_row",
        place,
        format!("the meeting has no attendance rows, and {who} {body} should have one"),
    )
    .value(&*meeting.id)
    .expected("a row in `attendance` for every member in office and not on leave")
}

fn has_fixed_fee(checked: &Checked<'_>, office: &Office, day: NaiveDate) -> bool {
    let body = office.body.map(|body| checked.basis.register().body(body));
    // What is missing for an answer is asked for when a line needs it.
    let fee = checked.regulation.fixed_fee(office, body, day, &mut Trail::default());
    body.is_some() && fee.is_ok_and(|fee| fee.is_some())
}

fn on_leave(checked: &Checked<'_>, person: PersonIx, office: &Office, meeting: &Meeting) -> bool {
    let leave = checked.basis.of_person(person).leave;
    leave.iter().any(|leave| leave.is_from(office.body, office.role) && leave.days.contains(meeting.date))
}

/// Nobody is present in a body while on leave from an office in it, on its list of substitutes
/// neither.
fn present_on_leave(checked: &Checked<'_>, person: PersonIx, problems: &mut Vec<Problem>) {
    let rows = checked.basis.of_person(person);
    if rows.leave.is_empty() {
        return;
    }
    for row in rows.attendance.iter().filter(|row| row.is_present()) {
        let meeting = checked.basis.register().meeting(row.meeting);
        if let Some(office) = office_at(checked, person, row.meeting)
            && on_leave(checked, person, office, meeting)
        {
            let place = checked.locators.at(TableName::Attendance, row.row, "status");
            let message = format!(
                "person {} is present in {} while on leave",
                checked.id(person),
                checked.code(meeting.body)
            );
            let problem = Problem::error("present_on_leave", place, message)
                .expected(format!("no presence on {}, or leave that ends before it", meeting.date));
            problems.push(problem);
        }
    }
}

fn office_at<'c>(checked: &Checked<'c>, person: PersonIx, meeting: MeetingIx) -> Option<&'c Office> {
    let register = checked.basis.register();
    let meeting = register.meeting(meeting);
    let bodies = [Some(meeting.body), Some(register.seated_body(meeting.body))];
    let offices = checked.basis.of_person(person).offices;
    let held = |office: &&Office| office.term.contains(meeting.date);
    bodies.into_iter().find_map(|body| offices.iter().filter(held).find(|office| office.body == body))
}

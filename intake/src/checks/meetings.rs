//! Meetings of one person that overlap, and substitutes for somebody who is there.

use honorar_engine::basis::{Attendance, Capacity, Meeting, PersonIx};
use honorar_problems::Problem;

use super::Checked;
use crate::vocabulary::TableName;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    for (person, _) in checked.basis.register().persons() {
        overlaps(checked, person, problems);
    }
    for row in &checked.basis.rows().attendance {
        present_principal(checked, row, problems);
        seat_holder_as_substitute(checked, row, problems);
    }
}

/// Two meetings that a person was in at the same time.
fn overlaps(checked: &Checked<'_>, person: PersonIx, problems: &mut Vec<Problem>) {
    let minutes = |row: &Attendance, meeting: &Meeting, after: u32| {
        i64::from(chrono::Datelike::num_days_from_ce(&meeting.date)) * 1_440
            + i64::from(meeting.start_minute + after.max(row.arrived_after_minutes))
    };
    let mut latest: Option<(i64, &Meeting)> = None;
    for row in checked.basis.of_person(person).attendance.iter().filter(|row| row.is_present()) {
        let meeting = checked.basis.register().meeting(row.meeting);
        let (from, to) = (minutes(row, meeting, 0), minutes(row, meeting, row.left_after_minutes));
        if let Some((end, other)) = latest
            && from < end
        {
            let place = checked.locators.at(TableName::Attendance, row.row, "meeting_id");
            let message = format!(
                "person {} is in {} and {} at the same time",
                checked.id(person),
                other.id,
                meeting.id
            );
            let problem = Problem::warning("overlapping_meetings", place, message).value(&*meeting.id);
            problems.push(
                problem
                    .expected("one meeting at a time")
                    .hint("`arrived` and `left` tell who went from one to the other"),
            );
        }
        if latest.is_none_or(|(end, _)| to > end) {
            latest = Some((to, meeting));
        }
    }
}

/// A substitute for somebody who is present: a seated substitute finishes the case begun.
fn present_principal(checked: &Checked<'_>, row: &Attendance, problems: &mut Vec<Problem>) {
    let Some(principal) = row.substitute_for else { return };
    let theirs = checked.basis.of_person(principal).attendance_at(row.meeting);
    if row.is_present() && theirs.is_some_and(Attendance::is_present) {
        let place = checked.locators.at(TableName::Attendance, row.row, "substitute_for");
        let message = format!("person {} is present in the same meeting", checked.id(principal));
        let problem = Problem::warning("principal_present", place, message).value(checked.id(principal));
        problems.push(problem.expected("somebody who is absent, or who came or left during the meeting"));
    }
}

/// Whoever holds a seat in a body is no substitute in it.
fn seat_holder_as_substitute(checked: &Checked<'_>, row: &Attendance, problems: &mut Vec<Problem>) {
    if row.capacity != Capacity::Substitute {
        return;
    }
    let meeting = checked.basis.register().meeting(row.meeting);
    if checked.basis.of_person(row.person).seat(meeting.body, meeting.date).is_some() {
        let place = checked.locators.at(TableName::Attendance, row.row, "capacity");
        let message = format!(
            "person {} holds a seat in {} and is called as a substitute",
            checked.id(row.person),
            checked.code(meeting.body)
        );
        problems.push(
            Problem::warning("seat_holder_as_substitute", place, message).expected("an empty capacity"),
        );
    }
}

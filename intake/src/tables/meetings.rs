//! `meetings`: what met when, and how.

use std::collections::HashSet;

use chrono::NaiveDate;
use honorar_engine::basis::{BodyIx, Event, Form, Meeting, Register};

use super::TableReader;
use crate::cell::MINUTES_PER_DAY;
use crate::columns::{Column, Columns, may, must};
use crate::field::Field;
use crate::table::Table;
use crate::vocabulary::{EVENTS, FORMS, TableName, YES_NO};

const COLUMNS: [Column; 8] = [
    must("meeting_id").key(),
    must("body"),
    must("date"),
    must("start"),
    must("end"),
    may("form"),
    may("group_meeting"),
    may("event"),
];

pub(super) fn read(reading: &mut TableReader<'_>, table: &Table, register: &Register) -> Vec<Meeting> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Meetings, &columns);
    let mut meetings = Vec::new();
    let mut seen = HashSet::new();
    for (row, [id, body_field, date_field, start, end, form_field, group_field, event]) in columns.rows() {
        let id = reading.new_key(&id, &mut seen);
        let body = reading.body(&body_field, register);
        let body = body_field.needed(body, &mut reading.problems);
        let date = date_field.date(&mut reading.problems);
        let date = date_field.needed(date, &mut reading.problems);
        let start_minute = start.minute_of_day(&mut reading.problems);
        let start_minute = start.needed(start_minute, &mut reading.problems);
        let end_minute = end.minute_of_day(&mut reading.problems);
        let end_minute = end.needed(end_minute, &mut reading.problems);
        let form = form_field.word(FORMS, &mut reading.problems);
        let group_meeting = group_field.word(YES_NO, &mut reading.problems);
        let event = event.word(EVENTS, &mut reading.problems);
        let Ok(id) = id else { continue };
        let (Ok(body), Ok(date), Ok(start_minute), Ok(end_minute), Ok(form), Ok(group_meeting), Ok(event)) =
            (body, date, start_minute, end_minute, form, group_meeting, event)
        else {
            reading.doubtful.meetings.insert(id.into_string());
            continue;
        };
        if start_minute == end_minute {
            let problem = end.error("no_length", "the meeting ends when it starts");
            reading
                .problems
                .push(problem.expected("an end after the start; an earlier time is the next day's"));
        }
        let form = form.unwrap_or(Form::InPerson);
        let group_meeting = group_meeting.unwrap_or(false);
        check_group_meeting(reading, &group_field, group_meeting, register, body, date);
        check_phone(reading, &form_field, form, date);
        meetings.push(Meeting {
            id,
            body,
            date,
            start_minute,
            length_minutes: (end_minute + MINUTES_PER_DAY - start_minute) % MINUTES_PER_DAY,
            form,
            group_meeting,
            event: event.unwrap_or(Event::Meeting),
            row,
        });
    }
    meetings
}

fn check_group_meeting(
    reading: &mut TableReader<'_>,
    field: &Field<'_>,
    group_meeting: bool,
    register: &Register,
    body: BodyIx,
    date: NaiveDate,
) {
    // A parameter without a value is asked for when a line needs it.
    let Some(bodies) = reading.regulation.length.group_meeting_bodies.on(date).peek() else { return };
    if group_meeting && !bodies.iter().any(|code| **code == *register.body(body).code) {
        let all: Vec<_> = bodies.iter().map(|code| format!("`{code}`")).collect();
        let expected = if all.is_empty() {
            "`no`: the regulation counts no group meeting".to_owned()
        } else {
            format!("`no`; a group meeting counts before meetings of {}", all.join(", "))
        };
        let problem =
            field.error("no_group_meeting", "a group meeting does not count into this body's meetings");
        reading.problems.push(problem.expected(expected));
    }
}

/// From 2020 the act of 2018 holds for all: a remote meeting is by sight and sound (§ 11-7).
fn check_phone(reading: &mut TableReader<'_>, field: &Field<'_>, form: Form, date: NaiveDate) {
    let last_allowed = NaiveDate::from_ymd_opt(2019, 12, 31).unwrap_or(NaiveDate::MAX);
    if form == Form::Phone && date > last_allowed {
        let problem = field
            .warning("phone_meeting", "a meeting by phone, when the act demands sight and sound")
            .expected("`in_person` or `video` (kommuneloven § 11-7)");
        reading.problems.push(problem);
    }
}

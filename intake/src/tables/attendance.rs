//! `attendance`: who was called to a meeting, and who came.

use std::collections::HashSet;

use honorar_engine::basis::{Attendance, Basis, Capacity, Extent, Meeting, MeetingIx, PersonIx, Row};

use super::TableReader;
use crate::cell::MINUTES_PER_DAY;
use crate::columns::{Column, Columns, may, must};
use crate::field::{Field, Reported};
use crate::table::Table;
use crate::vocabulary::{CALLED, CAPACITIES, DUTIES, EXTENTS, STATUSES, TableName};

const COLUMNS: [Column; 11] = [
    must("meeting_id").key(),
    must("person_id").key(),
    must("status"),
    may("capacity"),
    may("extent"),
    may("arrived"),
    may("left"),
    may("travel_minutes"),
    may("substitute_for"),
    may("called"),
    may("duty"),
];

pub(super) fn read(reading: &mut TableReader<'_>, table: &Table, seats: &Basis) -> Vec<Attendance> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Attendance, &columns);
    let mut all = Vec::with_capacity(table.rows().len());
    let mut seen = HashSet::with_capacity(table.rows().len());
    for (row, fields) in columns.rows() {
        let meeting = reading.meeting(&fields[0], seats.register());
        let meeting = fields[0].needed(meeting, &mut reading.problems);
        let person = reading.person(&fields[1], seats.register());
        let person = fields[1].needed(person, &mut reading.problems);
        let key = person.and_then(|person| meeting.map(|meeting| (person, meeting)));
        match read_row(reading, row, fields, key, seats) {
            Ok(attendance) if seen.insert((attendance.person, attendance.meeting)) => {
                all.push(attendance);
            }
            Ok(_) => {
                let problem = fields[1].error("double_row", "this person is there twice for this meeting");
                reading.problems.push(
                    problem.expected("one row for a person and meeting").hint("delete one of the rows"),
                );
            }
            Err(Reported) => {
                reading.doubtful.attendance.extend(key);
                match (person, meeting) {
                    (Ok(person), Err(Reported)) => _ = reading.doubtful.attendance_of.insert(person),
                    (Err(Reported), Ok(meeting)) => _ = reading.doubtful.attendance_at.insert(meeting),
                    _ => {}
                }
            }
        }
    }
    all
}

fn read_row(
    reading: &mut TableReader<'_>,
    row: Row,
    [_, person_field, status, capacity_field, extent, arrived, left, travel, substitute_for, called, duty]: [
        Field<'_>;
        11
    ],
    key: Result<(PersonIx, MeetingIx), Reported>,
    seats: &Basis,
) -> Result<Attendance, Reported> {
    let status_read = status.word(STATUSES, &mut reading.problems);
    let status = status.needed(status_read, &mut reading.problems);
    let capacity = capacity_field.word(CAPACITIES, &mut reading.problems);
    let extent = extent.word(EXTENTS, &mut reading.problems);
    let called = called.word(CALLED, &mut reading.problems);
    let duty = duty.word(DUTIES, &mut reading.problems);
    let travel_minutes = travel.whole(MINUTES_PER_DAY, "minutes", &mut reading.problems);
    let substitute_for = reading.person(&substitute_for, seats.register());
    let arrived_at = arrived.minute_of_day(&mut reading.problems);
    let left_at = left.minute_of_day(&mut reading.problems);
    let (person, meeting_ix) = key?;
    let meeting = seats.register().meeting(meeting_ix);
    let presence = match (arrived_at, left_at) {
        (Ok(arrived_at), Ok(left_at)) => presence(reading, meeting, (&arrived, arrived_at), (&left, left_at)),
        _ => Err(Reported),
    };
    let capacity = capacity.and_then(|given| {
        let field = if capacity_field.is_empty() { &person_field } else { &capacity_field };
        check_capacity(reading, field, given.unwrap_or(Capacity::Member), seats, person, meeting)
    });
    let (arrived_after_minutes, left_after_minutes) = presence?;
    Ok(Attendance {
        person,
        meeting: meeting_ix,
        status: status?,
        capacity: capacity?,
        extent: extent?.unwrap_or(Extent::Whole),
        called: called?.unwrap_or(true),
        duty: duty?,
        arrived_after_minutes,
        left_after_minutes,
        travel_minutes: travel_minutes?.unwrap_or(0),
        substitute_for: substitute_for?,
        row,
    })
}

/// Arrival and leaving in minutes after the meeting's start. A clock time before the start is the
/// next day's.
fn presence(
    reading: &mut TableReader<'_>,
    meeting: &Meeting,
    (arrived, arrived_at): (&Field<'_>, Option<u32>),
    (left, left_at): (&Field<'_>, Option<u32>),
) -> Result<(u32, u32), Reported> {
    let length = meeting.length_minutes;
    let after_start = |minute: u32| (minute + MINUTES_PER_DAY - meeting.start_minute) % MINUTES_PER_DAY;
    let mut within =
        |field: &Field<'_>, minute: Option<u32>, otherwise: u32| match minute.map(after_start) {
            None => Ok(otherwise),
            Some(after) if after <= length => Ok(after),
            Some(_) => {
                let end = (meeting.start_minute + length) % MINUTES_PER_DAY;
                let problem = field
                    .error("outside_meeting", "this is outside the meeting")
                    .expected(format!("a time from {} to {}", clock(meeting.start_minute), clock(end)));
                reading.problems.push(problem);
                Err(Reported)
            }
        };
    let (from, to) = (within(arrived, arrived_at, 0), within(left, left_at, length));
    let (from, to) = (from?, to?);
    if from < to || (arrived_at.is_none() && left_at.is_none()) {
        return Ok((from, to));
    }
    let field = if left_at.is_some() { left } else { arrived };
    let problem = field.error("end_before_start", "the person left before arriving, or at the same time");
    reading.problems.push(problem.expected("a time in the meeting, leaving after arriving"));
    Err(Reported)
}

fn clock(minute_of_day: u32) -> String {
    format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60)
}

/// A member holds a seat in the body that day; the summoned have the right to be.
fn check_capacity(
    reading: &mut TableReader<'_>,
    field: &Field<'_>,
    capacity: Capacity,
    seats: &Basis,
    person: PersonIx,
    meeting: &Meeting,
) -> Result<Capacity, Reported> {
    if reading.doubtful.offices(person) {
        return Ok(capacity);
    }
    let body = seats.register().body(meeting.body);
    match capacity {
        Capacity::Member if !is_seated(seats, person, meeting) => {
            let problem = field
                .error(
                    "no_office",
                    format!("the person holds no office in {} on {}", body.code, meeting.date),
                )
                .expected(
                    "an office as leader, deputy leader or member of the body that day, or another capacity",
                )
                .hint("a substitute has `substitute` in the column `capacity`");
            reading.problems.push(problem);
            Err(Reported)
        }
        Capacity::Summoned
            if reading.regulation.summons(seats.register(), &seats.of_person(person), meeting).is_none() =>
        {
            let expected = reading.regulation.summoned.as_ref().map_or_else(
                || "another capacity: the regulation summons nobody".to_owned(),
                |fee| {
                    format!(
                        "the leader of {}, called to {}, who is no member there",
                        fee.leader_of, fee.called_to
                    )
                },
            );
            let problem = field
                .error("no_right_to_be_summoned", "the person has no right of its own to be called here");
            reading.problems.push(problem.expected(expected));
            Err(Reported)
        }
        _ => Ok(capacity),
    }
}

/// Whether a person holds a seat in the body that meets, or in the one whose members it is.
fn is_seated(seats: &Basis, person: PersonIx, meeting: &Meeting) -> bool {
    let rows = seats.of_person(person);
    let is_in = |body| rows.seat(body, meeting.date).is_some();
    is_in(meeting.body) || is_in(seats.register().seated_body(meeting.body))
}

//! `trips`: journeys. This version shows them and does not calculate subsistence, so it reads
//! what tells them apart.

use std::collections::HashSet;

use honorar_engine::basis::{Register, Trip};

use super::Reading;
use crate::field::{Column, Columns, may, must};
use crate::table::Table;
use crate::vocabulary::TableName;

const COLUMNS: [Column; 14] = [
    must("trip_id"),
    must("person_id"),
    must("departure"),
    must("return"),
    may("meeting_id"),
    may("vehicle"),
    may("km"),
    may("passengers"),
    may("forest_km"),
    may("nights"),
    may("lodging"),
    may("breakfasts"),
    may("lunches"),
    may("dinners"),
];

pub(super) fn read(reading: &mut Reading<'_>, table: &Table, register: &Register) -> Vec<Trip> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Trips, &columns);
    let mut trips = Vec::new();
    let mut seen = HashSet::new();
    for (row, [id, person_field, departure, back, meeting, ..]) in columns.rows() {
        let id = reading.new_key(&id, &mut seen);
        let person = reading.person(&person_field, register);
        let person = person_field.needed(person, &mut reading.problems);
        let date = departure.moment_date(&mut reading.problems);
        let date = departure.needed(date, &mut reading.problems);
        let returned = back.moment_date(&mut reading.problems);
        let returned = back.needed(returned, &mut reading.problems);
        let meeting = reading.meeting(&meeting, register);
        let (Ok(id), Ok(person), Ok(date), Ok(returned), Ok(meeting)) = (id, person, date, returned, meeting)
        else {
            continue;
        };
        if returned < date {
            let problem = back.error("end_before_start", "the return is before the departure");
            reading.problems.push(problem.expected(format!("{date} or later")));
            continue;
        }
        trips.push(Trip { id, person, date, meeting, row });
    }
    trips
}

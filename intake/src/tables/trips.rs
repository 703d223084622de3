//! `trips`: journeys. This version shows them and does not calculate subsistence, so it reads
//! what tells them apart.

use std::collections::HashSet;

use honorar_engine::basis::{Register, Trip};

use super::TableReader;
use crate::field::{Column, Columns, Field, may, must};
use crate::table::Table;
use crate::vocabulary::TableName;

const COLUMNS: [Column; 14] = [
    must("trip_id").key(),
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

/// The longest journey, in kilometres, and the most of anything counted on it.
const KM_LIMIT: u32 = 5_000;
const COUNT_LIMIT: u32 = 366;

pub(super) fn read(reading: &mut TableReader<'_>, table: &Table, register: &Register) -> Vec<Trip> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Trips, &columns);
    let mut trips = Vec::new();
    let mut seen = HashSet::new();
    for (row, fields) in columns.rows() {
        let [id, person_field, departure, back, meeting, details @ ..] = fields;
        let id = reading.new_key(&id, &mut seen);
        let person = reading.person(&person_field, register);
        let person = person_field.needed(person, &mut reading.problems);
        let departed = departure.moment(&mut reading.problems);
        let departed = departure.needed(departed, &mut reading.problems);
        let returned = back.moment(&mut reading.problems);
        let returned = back.needed(returned, &mut reading.problems);
        let meeting = reading.meeting(&meeting, register);
        let details: Vec<_> = details.iter().filter_map(|field| detail(reading, field)).collect();
        let (Ok(id), Ok(person), Ok(departed), Ok(returned), Ok(meeting)) =
            (id, person, departed, returned, meeting)
        else {
            continue;
        };
        if returned < departed {
            let problem = back.error("end_before_start", "the return is before the departure");
            reading.problems.push(problem.expected("a date and time after the departure"));
            continue;
        }
        let (date, minute) = departed;
        let (back_on, back_at) = returned;
        let times = [("departure", format!("{minute}")), ("return", format!("{back_on} {back_at}"))];
        let times = times.map(|(name, time)| (name, time.into()));
        trips.push(Trip {
            id,
            person,
            date,
            meeting,
            details: times.into_iter().chain(details).collect(),
            row,
        });
    }
    trips
}

/// A column that is not used yet: what cannot be real in it is said all the same.
fn detail(reading: &mut TableReader<'_>, field: &Field<'_>) -> Option<(&'static str, Box<str>)> {
    let text: Box<str> = match field.name() {
        "km" | "forest_km" => {
            field.quantity(KM_LIMIT, "kilometres", &mut reading.problems).ok()??.to_string().into()
        }
        "vehicle" | "lodging" => reading.text(field),
        name => field.whole(COUNT_LIMIT, name, &mut reading.problems).ok()??.to_string().into(),
    };
    (!text.is_empty()).then_some((field.name(), text))
}

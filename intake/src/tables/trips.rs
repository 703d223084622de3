//! `trips`: journeys, for travel and subsistence.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::NaiveDate;
use honorar_engine::basis::{Lodging, Meals, Register, Row, Trip, Vehicle};
use rust_decimal::Decimal;

use super::TableReader;
use crate::columns::{Column, Columns, may, must};
use crate::field::{Field, Read, Reported};
use crate::table::Table;
use crate::vocabulary::{LODGINGS, TableName, VEHICLES, YES_NO};

const COLUMNS: [Column; 15] = [
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
    may("within_municipality"),
];

/// The longest journey, in kilometres and in days: beyond 28 days other rates hold.
const KM_LIMIT: u32 = 5_000;
const DAYS_LIMIT: i64 = 28;
/// The most people that a car takes along.
const PASSENGERS_LIMIT: u32 = 8;
const COUNT_LIMIT: u32 = 366;
const MINUTES_PER_DAY: i64 = 24 * 60;

pub(super) fn read(reading: &mut TableReader<'_>, table: &Table, register: &Register) -> Vec<Trip> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Trips, &columns);
    let mut trips = Vec::new();
    let mut seen = HashSet::new();
    for (row, fields) in columns.rows() {
        if let Ok(trip) = read_trip(reading, row, &TripFields::new(fields), register, &mut seen) {
            trips.push(trip);
        }
    }
    trips
}

struct TripFields<'f> {
    id: Field<'f>,
    person: Field<'f>,
    departure: Field<'f>,
    back: Field<'f>,
    meeting: Field<'f>,
    vehicle: Field<'f>,
    km: Field<'f>,
    passengers: Field<'f>,
    forest_km: Field<'f>,
    nights: Field<'f>,
    lodging: Field<'f>,
    meals: [Field<'f>; 3],
    within_municipality: Field<'f>,
}

impl<'f> TripFields<'f> {
    #[expect(clippy::large_types_passed_by_value, reason = "it is taken apart at once")]
    fn new(fields: [Field<'f>; 15]) -> Self {
        let [id, person, departure, back, meeting, vehicle, km, passengers, forest_km, nights, lodging, ..] =
            fields;
        let [.., breakfasts, lunches, dinners, within_municipality] = fields;
        let meals = [breakfasts, lunches, dinners];
        Self {
            id,
            person,
            departure,
            back,
            meeting,
            vehicle,
            km,
            passengers,
            forest_km,
            nights,
            lodging,
            meals,
            within_municipality,
        }
    }
}

/// When a journey begins, and for how long.
#[derive(Clone, Copy)]
struct Times {
    date: NaiveDate,
    departure_minute: u32,
    length_minutes: u32,
    /// How many times it passes midnight.
    midnights: u32,
}

fn read_trip<'f>(
    reading: &mut TableReader<'_>,
    row: Row,
    fields: &TripFields<'f>,
    register: &Register,
    seen: &mut HashSet<Cow<'f, str>>,
) -> Result<Trip, Reported> {
    let id = reading.new_key(&fields.id, seen);
    let person = reading.person(&fields.person, register);
    let person = fields.person.needed(person, &mut reading.problems);
    let departure = moment(reading, &fields.departure);
    let back = moment(reading, &fields.back);
    let meeting = reading.meeting(&fields.meeting, register);
    let problems = &mut reading.problems;
    let vehicle = fields.vehicle.word(VEHICLES, problems);
    let km = fields.km.quantity(KM_LIMIT, "kilometres", problems);
    let passengers = fields.passengers.whole(PASSENGERS_LIMIT, "passengers", problems);
    let forest_km = fields.forest_km.quantity(KM_LIMIT, "kilometres", problems);
    let nights = fields.nights.whole(COUNT_LIMIT, "nights", problems);
    let lodging = fields.lodging.word(LODGINGS, problems);
    let meals =
        fields.meals.each_ref().map(|field| field.whole(COUNT_LIMIT, field.name(), &mut reading.problems));
    let within_municipality = fields.within_municipality.word(YES_NO, &mut reading.problems);
    // What is held against each other is looked at as far as it was read.
    let times = times(reading, fields, departure, back);
    let road = road(reading, fields, vehicle, km, passengers, forest_km);
    let nights = check_nights(reading, fields, times, nights);
    let [breakfasts, lunches, dinners] = check_meals(reading, fields, times, meals);
    let (times, road, nights) = (times?, road?, nights?);
    if nights == 0 && !fields.lodging.is_empty() && lodging.is_ok() {
        let problem = fields.lodging.warning("no_nights", "there is a lodging, and no night");
        reading.problems.push(problem.expected("an empty cell, or the nights"));
    }
    Ok(Trip {
        id: id?,
        person: person?,
        date: times.date,
        departure_minute: times.departure_minute,
        length_minutes: times.length_minutes,
        meeting: meeting?,
        vehicle: road.vehicle,
        km: road.km,
        passengers: road.passengers,
        forest_km: road.forest_km,
        nights,
        lodging: lodging?.unwrap_or(Lodging::Hotel),
        meals: Meals { breakfasts: breakfasts?, lunches: lunches?, dinners: dinners? },
        within_municipality: within_municipality?.unwrap_or(false),
        settled: None,
        row,
    })
}

/// A date with its time: without one nobody knows how long a journey lasted.
fn moment(reading: &mut TableReader<'_>, field: &Field<'_>) -> Result<(NaiveDate, u32), Reported> {
    let moment = field.moment(&mut reading.problems);
    let (date, minute) = field.needed(moment, &mut reading.problems)?;
    minute.map(|minute| (date, minute)).ok_or_else(|| {
        let problem = field.error("no_time", format!("`{}` has a date and no time", field.name()));
        reading.problems.push(
            problem
                .expected("a date and a time such as 2014-03-06 08:00")
                .hint("write midnight as text: 2014-03-06 00:00"),
        );
        Reported
    })
}

fn times(
    reading: &mut TableReader<'_>,
    fields: &TripFields<'_>,
    departure: Result<(NaiveDate, u32), Reported>,
    back: Result<(NaiveDate, u32), Reported>,
) -> Result<Times, Reported> {
    let ((date, departure_minute), (back_on, back_at)) = (departure?, back?);
    let days = (back_on - date).num_days();
    let minutes = days * MINUTES_PER_DAY + i64::from(back_at) - i64::from(departure_minute);
    let problem = if minutes < 0 {
        fields
            .back
            .error("end_before_start", "the return is before the departure")
            .expected("a date and time after the departure")
    } else if minutes == 0 {
        fields
            .back
            .error("no_length", "the return is at the time of the departure")
            .expected("a date and time after the departure")
    } else if minutes > DAYS_LIMIT * MINUTES_PER_DAY {
        fields
            .back
            .error("beyond_real", "the return is more than 28 days after the departure")
            .expected("a journey of at most 28 days: beyond them the state has other rates")
    } else {
        let unsigned = |number: i64| u32::try_from(number).map_err(|_| Reported);
        let (length_minutes, midnights) = (unsigned(minutes)?, unsigned(days)?);
        return Ok(Times { date, departure_minute, length_minutes, midnights });
    };
    reading.problems.push(problem);
    Err(Reported)
}

/// How somebody travelled, and how far.
struct Road {
    vehicle: Vehicle,
    km: Option<Decimal>,
    passengers: u32,
    forest_km: Decimal,
}

fn road(
    reading: &mut TableReader<'_>,
    fields: &TripFields<'_>,
    vehicle: Read<Vehicle>,
    km: Read<Decimal>,
    passengers: Read<u32>,
    forest_km: Read<Decimal>,
) -> Result<Road, Reported> {
    let vehicle = vehicle?.unwrap_or(Vehicle::Car);
    let passengers = passengers.map(Option::unwrap_or_default);
    let forest_km = forest_km.map(Option::unwrap_or_default);
    let mut wrong = |field: &Field<'_>, code: &'static str, message: String, expected: &str| {
        reading.problems.push(field.error(code, message).expected(expected));
    };
    let has_passengers = passengers.is_ok_and(|passengers| passengers > 0);
    let has_forest = forest_km.is_ok_and(|km| !km.is_zero());
    if !vehicle.is_own_car() {
        for (field, is_there) in [(&fields.passengers, has_passengers), (&fields.forest_km, has_forest)] {
            if is_there {
                let message = format!("`{}` is for a journey by own car", field.name());
                wrong(
                    field,
                    "not_by_car",
                    message,
                    "`car` or `electric_car` as the vehicle, or an empty cell",
                );
            }
        }
    }
    // A cell of 0 says no more than an empty one.
    let km = km?.filter(|km| !km.is_zero());
    if vehicle.is_own_car() && km.is_none() && has_passengers {
        let message = "there are passengers, and no kilometres".to_owned();
        wrong(&fields.passengers, "no_quantity", message, "the kilometres in `km`, or no passengers");
    }
    if vehicle.is_own_car()
        && let Ok(forest_km) = forest_km
        && forest_km > km.unwrap_or_default()
    {
        let message = "there are more kilometres of forest roads than of the journey".to_owned();
        wrong(&fields.forest_km, "more_than_all", message, "a part of the kilometres in `km`");
    }
    Ok(Road { vehicle, km, passengers: passengers?, forest_km: forest_km? })
}

/// The nights: one for each 24 hours at least, and no more than the journey passes midnight.
fn check_nights(
    reading: &mut TableReader<'_>,
    fields: &TripFields<'_>,
    times: Result<Times, Reported>,
    nights: Read<u32>,
) -> Result<u32, Reported> {
    let (times, nights) = (times?, nights?.unwrap_or_default());
    let least = times.length_minutes / (24 * 60);
    let problem = if nights > times.midnights {
        let message = match times.midnights {
            0 => "there are nights, and the journey is over the same day".to_owned(),
            1 => format!("there are {nights} nights, and the journey has room for 1"),
            room => format!("there are {nights} nights, and the journey has room for {room}"),
        };
        fields.nights.error("impossible_nights", message)
    } else if nights < least {
        let message = match (least, nights) {
            (1, _) => "the journey lasts 24 hours or more, and has no night".to_owned(),
            (_, 1) => format!("the journey lasts {least} × 24 hours or more, and has 1 night"),
            _ => format!("the journey lasts {least} × 24 hours or more, and has {nights} nights"),
        };
        fields.nights.error("impossible_nights", message)
    } else {
        return Ok(nights);
    };
    let expected = match (least, times.midnights) {
        (least, most) if least == most => most.to_string(),
        (0, most) => format!("at most {most}"),
        (least, most) => format!("{least} to {most}"),
    };
    reading.problems.push(problem.expected(expected).hint("look at the departure and the return too"));
    Err(Reported)
}

/// The meals that somebody else paid: of each kind one a day at most.
fn check_meals(
    reading: &mut TableReader<'_>,
    fields: &TripFields<'_>,
    times: Result<Times, Reported>,
    meals: [Read<u32>; 3],
) -> [Result<u32, Reported>; 3] {
    let mut fields = fields.meals.iter();
    meals.map(|count| {
        let (field, times, count) = (fields.next().ok_or(Reported)?, times?, count?.unwrap_or_default());
        let days = times.midnights + 1;
        if count <= days {
            return Ok(count);
        }
        let name = field.name();
        let problem = field.error("too_many_meals", format!("there are more {name} than days"));
        reading.problems.push(problem.expected(format!("at most {days}, one a day")));
        Err(Reported)
    })
}

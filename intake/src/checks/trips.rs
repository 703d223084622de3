//! Journeys against presence, other journeys and claims: nothing is paid twice.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use honorar_engine::basis::{Attendance, Claim, ClaimKind, MeetingIx, PersonRows, Trip};
use honorar_engine::regulation::Subsistence;
use honorar_problems::Problem;
use rust_decimal::Decimal;

use super::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    if checked.basis.rows().trips.is_empty() {
        return;
    }
    let claims = checked.basis.rows().claims.iter().filter(|claim| claim.registered.is_none());
    let claim_ids: HashSet<&str> = claims.map(|claim| &*claim.id).collect();
    for (person, _) in checked.basis.register().persons() {
        let rows = checked.basis.of_person(person);
        overlapping(checked, &rows, problems);
        let claimed = Claimed::of(&rows);
        for (_, trip) in rows.trips() {
            at_meeting(checked, trip, &rows, problems);
            claimed_too(checked, trip, &claimed, problems);
            unknown_distance(checked, trip, problems);
            id_of_claim(checked, trip, &claim_ids, problems);
        }
    }
}

/// The distances that a person claims, by meeting and by day.
#[derive(Default)]
struct Claimed<'b> {
    by_meeting: BTreeMap<MeetingIx, Vec<&'b Claim>>,
    by_day: BTreeMap<NaiveDate, Vec<&'b Claim>>,
}

impl<'b> Claimed<'b> {
    fn of(rows: &PersonRows<'b>) -> Self {
        let mut claimed = Self::default();
        for (_, claim) in rows.claims() {
            // What is registered in another system is looked at by itself.
            let is_distance = matches!(claim.kind, ClaimKind::TravelCar | ClaimKind::TravelPassenger);
            if is_distance && claim.registered.is_none() {
                claimed.by_day.entry(claim.date).or_default().push(claim);
                if let Some(meeting) = claim.meeting {
                    claimed.by_meeting.entry(meeting).or_default().push(claim);
                }
            }
        }
        claimed
    }
}

/// The column of a journey that asks for the same as a claim, where one does.
fn asks_too(trip: &Trip, claim: &Claim) -> Option<&'static str> {
    match claim.kind {
        ClaimKind::TravelPassenger => (trip.passengers > 0).then_some("passengers"),
        _ => Some("km"),
    }
}

/// Nobody is on two journeys at once.
fn overlapping(checked: &Checked<'_>, rows: &PersonRows<'_>, problems: &mut Vec<Problem>) {
    let minute_of = |date: NaiveDate| (date - NaiveDate::default()).num_minutes();
    let start = |trip: &Trip| minute_of(trip.date) + i64::from(trip.departure_minute);
    let end = |trip: &Trip| start(trip) + i64::from(trip.length_minutes);
    let mut trips: Vec<&Trip> = rows.trips().map(|(_, trip)| trip).collect();
    trips.sort_by_key(|trip| start(trip));
    let mut latest: Option<&Trip> = None;
    for trip in trips {
        if let Some(other) = latest.filter(|other| start(trip) < end(other)) {
            let message = format!("this journey and {} of the same person overlap in time", other.id);
            let problem =
                Problem::error("overlapping_trips", checked.place_of_trip(trip, "departure"), message);
            problems.push(
                problem
                    .expected("journeys one after the other")
                    .hint("make one row of them, or mend the times"),
            );
        }
        if latest.is_none_or(|other| end(other) < end(trip)) {
            latest = Some(trip);
        }
    }
}

/// A journey to a meeting is of somebody who was there, and on its day.
fn at_meeting(checked: &Checked<'_>, trip: &Trip, rows: &PersonRows<'_>, problems: &mut Vec<Problem>) {
    let Some(meeting_ix) = trip.meeting else { return };
    let meeting = checked.basis.register().meeting(meeting_ix);
    let present = rows.attendance_at(meeting_ix).is_some_and(Attendance::is_present);
    if !present && !checked.doubtful.presence(trip.person, meeting_ix) {
        let message = format!("person {} was not present at meeting {}", checked.id(trip.person), meeting.id);
        problems.push(
            Problem::error("not_present", checked.place_of_trip(trip, "meeting_id"), message)
                .value(&*meeting.id)
                .expected("a meeting at which the person was present")
                .hint("look for the row in `attendance`"),
        );
    }
    if meeting.date < trip.date || meeting.date > trip.last_day() {
        let message = format!("meeting {} of {} is not within the journey", meeting.id, meeting.date);
        problems.push(
            Problem::warning("other_date", checked.place_of_trip(trip, "meeting_id"), message)
                .value(&*meeting.id)
                .expected("a meeting between the departure and the return"),
        );
    }
}

/// Kilometres stand in a claim or in a journey, not in both: an error for one meeting, a question for
/// one day.
fn claimed_too(checked: &Checked<'_>, trip: &Trip, claimed: &Claimed<'_>, problems: &mut Vec<Problem>) {
    if trip.km_by_car().is_none() {
        return;
    }
    let of_meeting = trip.meeting.and_then(|meeting| claimed.by_meeting.get(&meeting));
    for claim in of_meeting.into_iter().flatten() {
        if let Some(column) = asks_too(trip, claim) {
            let message = format!("claim {} asks for the same meeting's distance too", claim.id);
            problems.push(
                Problem::error("paid_twice", checked.place_of_trip(trip, column), message)
                    .expected("the distance in the claim or in the journey")
                    .hint("delete the claim, or the kilometres here"),
            );
        }
    }
    let of_days = claimed.by_day.range(trip.date..=trip.last_day()).flat_map(|(_, claims)| claims);
    for claim in of_days.filter(|claim| claim.meeting.is_none() || claim.meeting != trip.meeting) {
        if let Some(column) = asks_too(trip, claim) {
            let message = format!("claim {} asks for a distance on a day of this journey too", claim.id);
            problems.push(
                Problem::warning("paid_twice", checked.place_of_trip(trip, column), message)
                    .expected("each distance once, in a claim or in a journey"),
            );
        }
    }
}

/// Subsistence needs a distance, where the state's rates or the regulation say how far a journey has to go;
/// one that does not say how far it went is taken to be far enough.
fn unknown_distance(checked: &Checked<'_>, trip: &Trip, problems: &mut Vec<Problem>) {
    let (day, travel) = (trip.date, &checked.regulation.travel);
    let state = checked.regulation.travel_rates.least.on(day);
    // What is a parameter without a value is asked for when a line needs it.
    let least_km: Option<&Decimal> = travel.subsistence_least_km.on(day).peek();
    let least_km = least_km.max(state.and_then(|least| least.km.peek()));
    let least_minutes = travel.subsistence_least_minutes.on(day).peek();
    let least_minutes = least_minutes.max(state.and_then(|least| least.minutes.peek()));
    let is_given = travel.subsistence.on(day).peek() == Some(&Subsistence::StateRates)
        && (!trip.within_municipality
            || travel.subsistence_within_municipality.on(day).peek() == Some(&true))
        && least_minutes.is_none_or(|least| trip.length_minutes >= *least);
    let Some(least_km) = least_km.filter(|least| !least.is_zero()) else { return };
    if is_given && trip.km.is_none() {
        let message = "the row does not say how far the journey went, and subsistence needs a distance";
        problems.push(
            Problem::warning("no_distance", checked.place_of_trip(trip, "km"), message)
                .expected(format!("the kilometres: {} or more", least_km.normalize())),
        );
    }
}

/// An id that a claim has too does not tell of which a line is.
fn id_of_claim(checked: &Checked<'_>, trip: &Trip, claim_ids: &HashSet<&str>, problems: &mut Vec<Problem>) {
    if claim_ids.contains(&*trip.id) {
        let message = format!("a claim has the id {} too", trip.id);
        problems.push(
            Problem::warning("id_of_claim", checked.place_of_trip(trip, "trip_id"), message)
                .expected("an id that no claim has")
                .hint("give the journey another id, such as T1"),
        );
    }
}

//! Journeys against presence, other journeys and claims: nothing is paid twice.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use honorar_engine::basis::{Attendance, Claim, ClaimKind, MeetingIx, PersonRows, Trip};
use honorar_problems::Problem;

use super::Checked;
use crate::vocabulary::TableName;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    for (person, _) in checked.basis.register().persons() {
        let rows = checked.basis.of_person(person);
        overlapping(checked, &rows, problems);
        let claimed = Claimed::of(&rows);
        for (_, trip) in rows.trips() {
            at_meeting(checked, trip, &rows, problems);
            claimed_too(checked, trip, &claimed, problems);
            unknown_distance(checked, trip, problems);
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
            if matches!(claim.kind, ClaimKind::TravelCar | ClaimKind::TravelPassenger) {
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

fn warning(
    checked: &Checked<'_>,
    trip: &Trip,
    column: &'static str,
    code: &'static str,
    message: String,
) -> Problem {
    let place = checked.locators.at(TableName::Trips, trip.row, column).with_key(&*trip.id);
    Problem::warning(code, place, message)
}

fn error(
    checked: &Checked<'_>,
    trip: &Trip,
    column: &'static str,
    code: &'static str,
    message: String,
) -> Problem {
    let place = checked.locators.at(TableName::Trips, trip.row, column).with_key(&*trip.id);
    Problem::error(code, place, message)
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
            let problem = error(checked, trip, "departure", "overlapping_trips", message);
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
            error(checked, trip, "meeting_id", "not_present", message)
                .value(&*meeting.id)
                .expected("a meeting at which the person was present")
                .hint("look for the row in `attendance`"),
        );
    }
    if meeting.date < trip.date || meeting.date > trip.last_day() {
        let message = format!("meeting {} of {} is not within the journey", meeting.id, meeting.date);
        problems.push(
            warning(checked, trip, "meeting_id", "other_date", message)
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
                error(checked, trip, column, "paid_twice", message)
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
                warning(checked, trip, column, "paid_twice", message)
                    .expected("each distance once, in a claim or in a journey"),
            );
        }
    }
}

/// The state's rates need a distance from some day on; a journey that does not say how far it went is
/// taken to be far enough.
fn unknown_distance(checked: &Checked<'_>, trip: &Trip, problems: &mut Vec<Problem>) {
    let least = checked.regulation.travel_rates.least.on(trip.date);
    let Some((km, minutes)) = least.and_then(|least| least.km.peek().zip(least.minutes.peek())) else {
        return;
    };
    if trip.km.is_none() && trip.length_minutes >= *minutes {
        let message = "the row does not say how far the journey went, and subsistence needs a distance";
        problems.push(
            warning(checked, trip, "km", "no_distance", message.to_owned())
                .expected(format!("the kilometres: {km} or more")),
        );
    }
}

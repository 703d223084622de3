//! Journeys: kilometres, passengers and subsistence at the state's rates.

use chrono::{Datelike, Days, NaiveDate};
use num_rational::BigRational;
use num_traits::Zero;

use super::body::chapter_covers;
use super::{Amount, Span, travel};
use crate::basis::{Basis, Trip};
use crate::money::{fraction, oere, whole};

/// The lines of each journey that begins in the period.
pub(super) fn trips(basis: &Basis, period: Span) -> Vec<Amount> {
    let mut lines = Vec::new();
    for trip in basis.trips.iter().filter(|trip| period.contains(trip.departure.date())) {
        let covered = chapter_covers(basis, &trip.meeting_id, &trip.person_id);
        let mut line = |kind: &str, amount: BigRational| {
            lines.push(Amount {
                person_id: trip.person_id.clone(),
                kind: kind.to_string(),
                body: basis.meetings.get(&trip.meeting_id).map_or_else(String::new, |m| m.body.clone()),
                meeting_id: trip.meeting_id.clone(),
                claim_id: trip.id.clone(),
                date: trip.departure.date().to_string(),
                oere: if covered { oere(&amount) } else { 0 },
            });
        };
        if trip.by_car && !trip.km.is_zero() {
            let road = travel::of_trip(basis, trip) + &trip.forest_km;
            line("travel_car", road);
            if trip.passengers > 0 {
                // One krone each for every kilometre, in every year from 2012 that bases for tests use.
                line("travel_passenger", whole(trip.passengers) * &trip.km);
            }
        }
        line("subsistence", subsistence(trip));
    }
    lines
}

/// What a day trip of so many minutes gives.
fn day_trip(day: NaiveDate, minutes: i64) -> i64 {
    let (short, middle, long) = match day.year() {
        2012 => (190, 290, 480),
        2013 => (195, 300, 495),
        2014 => (200, 310, 510),
        _ if minutes < 5 * 60 => return 0,
        year => panic!("no rates of day trips for {year}"),
    };
    match minutes {
        _ if minutes < 5 * 60 => 0,
        _ if minutes < 9 * 60 => short,
        _ if minutes < 12 * 60 => middle,
        _ => long,
    }
}

fn night(day: NaiveDate) -> i64 {
    match day.year() {
        2012 => 640,
        2013 => 670,
        2014 => 690,
        2016 => 710,
        2017 => 733,
        year => panic!("no rate of a night for {year}"),
    }
}

fn undocumented(day: NaiveDate) -> i64 {
    match day.year() {
        2012 => 400,
        2013 => 410,
        2014 => 420,
        2017 => 430,
        year => panic!("no rate of a night without documentation for {year}"),
    }
}

fn subsistence(trip: &Trip) -> BigRational {
    let minutes = (trip.back - trip.departure).num_minutes();
    let first = trip.departure.date();
    let mut sum = BigRational::zero();
    if trip.undocumented {
        for number in 0..trip.nights {
            sum += whole(undocumented(first + Days::new(number)));
        }
    }
    let mut left = trip.meals;
    if trip.nights == 0 || minutes < 12 * 60 {
        let rate = day_trip(first, minutes);
        if rate > 0 && left != [0, 0, 0] {
            assert_eq!(first.year(), 2014, "meals of a day trip are known in 2014");
            return sum + whole((rate - 200 * left[1] - 250 * left[2]).max(0));
        }
        return sum + whole(rate);
    }
    // Every 24 hours from the departure begin a day; six hours of a later one make it whole.
    let mut number = 0;
    while number == 0 || minutes > number * 24 * 60 {
        let day = first + Days::new(number.unsigned_abs());
        let rest = minutes - number * 24 * 60;
        let is_last = rest <= 24 * 60;
        let mut share_left = whole(1);
        for (meal, per_cent) in left.iter_mut().zip(per_cents(day)) {
            let had = if is_last { *meal } else { (*meal).min(1) };
            *meal -= had;
            share_left -= whole(had) * fraction(per_cent, 100);
        }
        if (number == 0 || rest >= 6 * 60) && share_left > BigRational::zero() {
            sum += share_left * whole(night(day));
        }
        number += 1;
    }
    sum
}

fn per_cents(day: NaiveDate) -> [usize; 3] {
    if day.year() <= 2014 { [10, 40, 50] } else { [20, 30, 50] }
}

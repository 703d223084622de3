//! The state's kilometre rates.

use chrono::{Datelike, NaiveDate};
use num_rational::BigRational;
use num_traits::Zero;

use super::body::chapter_covers;
use crate::basis::{Basis, Claim, Trip};
use crate::money::{decimal, whole};
use crate::natural::{NaturalKey, natural_key};

/// The rate up to 10 000 km in the year, and the rate beyond. The years that bases for tests may use.
fn rates(year: i32) -> (BigRational, BigRational) {
    let (first, second) = match year {
        2012 => ("3.90", "3.25"),
        2013 => ("4.05", "3.40"),
        2014 => ("4.05", "3.45"),
        2016 | 2017 => ("4.10", "3.45"),
        _ => panic!("no kilometre rates for {year}"),
    };
    (decimal(first), decimal(second))
}

/// What a car claim gives, after all the person's earlier kilometres of the year.
pub(super) fn car(basis: &Basis, claim: &Claim) -> BigRational {
    of_kilometres(basis, &claim.person_id, &(claim.day, natural_key(&claim.id)), &kilometres(claim))
}

/// The same for a journey.
pub(super) fn of_trip(basis: &Basis, trip: &Trip) -> BigRational {
    let position = (trip.departure.date(), natural_key(&trip.id));
    of_kilometres(basis, &trip.person_id, &position, &trip.km)
}

fn of_kilometres(
    basis: &Basis,
    person_id: &str,
    position: &(NaiveDate, NaturalKey),
    km: &BigRational,
) -> BigRational {
    let year = position.0.year();
    let mut before = BigRational::zero();
    for other in &basis.claims {
        if other.person_id == person_id
            && other.kind == "travel_car"
            && other.day.year() == year
            && (other.day, natural_key(&other.id)) < *position
            && chapter_covers(basis, &other.meeting_id, person_id)
        {
            before += kilometres(other);
        }
    }
    for other in &basis.trips {
        let day = other.departure.date();
        if other.person_id == person_id
            && other.by_car
            && day.year() == year
            && (day, natural_key(&other.id)) < *position
            && chapter_covers(basis, &other.meeting_id, person_id)
        {
            before += &other.km;
        }
    }
    let after = &before + km;
    let limit = whole(10_000);
    let within = after.clone().min(limit.clone()) - before.clone().min(limit.clone());
    let beyond = after.max(limit.clone()) - before.max(limit);
    let (first, second) = rates(year);
    within * first + beyond * second
}

/// What a passenger's kilometres give: one krone each, in every year from 2012.
pub(super) fn passenger(claim: &Claim) -> BigRational {
    kilometres(claim)
}

fn kilometres(claim: &Claim) -> BigRational {
    claim.quantity.clone().expect("kilometres on a car claim")
}

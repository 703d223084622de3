//! The state's kilometre rates.

use chrono::Datelike;
use num_rational::BigRational;
use num_traits::Zero;

use crate::basis::{Basis, Claim};
use crate::money::{decimal, whole};
use crate::natural::natural_key;

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

/// What a car claim gives, after all the person's earlier kilometres of the year; `counts` says which claims have any.
pub(super) fn car(basis: &Basis, claim: &Claim, counts: impl Fn(&Claim) -> bool) -> BigRational {
    let position = |claim: &Claim| (claim.day, natural_key(&claim.id));
    let mut before = BigRational::zero();
    for other in &basis.claims {
        if other.person_id == claim.person_id
            && other.kind == "travel_car"
            && other.day.year() == claim.day.year()
            && position(other) < position(claim)
            && counts(other)
        {
            before += kilometres(other);
        }
    }
    let after = &before + kilometres(claim);
    let limit = whole(10_000);
    let within = after.clone().min(limit.clone()) - before.clone().min(limit.clone());
    let beyond = after.max(limit.clone()) - before.max(limit);
    let (first, second) = rates(claim.day.year());
    within * first + beyond * second
}

/// What a passenger's kilometres give: one krone each, in every year from 2012.
pub(super) fn passenger(claim: &Claim) -> BigRational {
    kilometres(claim)
}

fn kilometres(claim: &Claim) -> BigRational {
    claim.quantity.clone().expect("kilometres on a car claim")
}

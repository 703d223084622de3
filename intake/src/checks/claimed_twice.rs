//! What is registered in Visma Expense and handed in here too.

use honorar_engine::basis::{Claim, ClaimKind, PersonRows, Trip};
use honorar_problems::Problem;

use super::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    for (person, _) in checked.basis.register().persons() {
        let rows = checked.basis.of_person(person);
        let registered = rows.claims().filter(|(_, claim)| claim.registered.is_some());
        for (_, registered) in registered {
            in_claims(checked, registered, &rows, problems);
            in_trips(checked, registered, &rows, problems);
        }
    }
}

/// A claim of the same kind and day that asks for the same amount, or the same kilometres.
fn in_claims(checked: &Checked<'_>, registered: &Claim, rows: &PersonRows<'_>, problems: &mut Vec<Problem>) {
    let is_same = |claim: &&Claim| {
        let is_same_quantity = claim.quantity.is_some() && claim.quantity == quantity_of(registered);
        claim.registered.is_none()
            && (claim.kind, claim.date) == (registered.kind, registered.date)
            && (claim.amount.is_some() && claim.amount == amount_of(registered) || is_same_quantity)
    };
    for claim in rows.claims().map(|(_, claim)| claim).filter(is_same) {
        let other = format!("claim {} in row {} of `claims`", claim.id, claim.row);
        problems.push(twice(checked, registered, &other));
    }
}

/// A journey on the claim's day with the same kilometres by car, or with passengers over them.
fn in_trips(checked: &Checked<'_>, registered: &Claim, rows: &PersonRows<'_>, problems: &mut Vec<Problem>) {
    let is_same = |trip: &&Trip| {
        let is_kind = match registered.kind {
            ClaimKind::TravelCar => true,
            ClaimKind::TravelPassenger => trip.passengers > 0,
            _ => false,
        };
        is_kind
            && (trip.date..=trip.last_day()).contains(&registered.date)
            && trip.km_by_car().is_some()
            && trip.km_by_car() == registered.quantity
    };
    for trip in rows.trips().map(|(_, trip)| trip).filter(is_same) {
        let other = format!("journey {} in row {} of `trips`", trip.id, trip.row);
        problems.push(twice(checked, registered, &other));
    }
}

fn amount_of(claim: &Claim) -> Option<honorar_engine::Money> {
    claim.registered.as_deref().map(|registered| registered.amount)
}

fn quantity_of(claim: &Claim) -> Option<rust_decimal::Decimal> {
    claim.registered.as_deref().and_then(|registered| registered.quantity)
}

fn twice(checked: &Checked<'_>, registered: &Claim, other: &str) -> Problem {
    let place = checked.place_of_claim(registered, "kind");
    let message = format!("{other} asks for the same as this row of Visma Expense");
    Problem::warning("claimed_twice", place, message)
        .expected("each claim once, here or in Visma Expense")
        .hint("payroll has what is in Visma Expense; delete the other, unless there are two")
}

//! Subsistence: shown as 0.00, because this version does not calculate it.

use crate::basis::{Trip, TripIx};
use crate::draft::Draft;
use crate::line::{Kind, Origin, PayLine};
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{Subsistence, Trail};
use crate::shortfall::Shortfall;
use crate::why::Why;

/// One line of 0.00 for each journey in the period.
pub(crate) fn show(draft: &mut Draft<'_>) {
    let year = draft.year;
    for (trip_ix, trip) in year.rows.trips() {
        if year.period.contains(trip.date) {
            draft.take(subsistence(&year, trip_ix, trip));
        }
    }
}

fn subsistence(year: &PersonYear<'_>, trip_ix: TripIx, trip: &Trip) -> Result<PayLine, Shortfall> {
    let mut trail = Trail::default();
    let stated = year.regulation.claims.subsistence.on(trip.date);
    let Subsistence::NotCalculated = trail.read(stated)?;
    Ok(PayLine {
        person: year.person,
        kind: Kind::Subsistence,
        body: trip.meeting.map(|meeting| year.meeting(meeting).body),
        meeting: trip.meeting,
        origin: Origin::Trip(trip_ix),
        date: trip.date,
        units: None,
        amount: Money::ZERO,
        cite: stated.item(),
        why: Why::NotCalculated,
        trail,
        to_supplier: false,
    })
}

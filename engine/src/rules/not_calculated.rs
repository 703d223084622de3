//! After-pay (point 1) and subsistence: shown as 0.00, because this version does not calculate them.

use super::claim_line;
use crate::basis::{Claim, ClaimIx, ClaimKind, Trip, TripIx};
use crate::draft::Draft;
use crate::line::{Kind, Origin, PayLine};
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{AfterPay, Subsistence, Trail};
use crate::shortfall::Shortfall;
use crate::why::{NotCalculatedWhy, Why};

/// One line of 0.00 for each claim of after-pay and each journey in the period.
pub(crate) fn show(draft: &mut Draft<'_>) {
    let year = draft.year;
    for (claim_ix, claim) in year.claims_of(&[ClaimKind::AfterPay]) {
        draft.take(after_pay(&year, claim_ix, claim));
    }
    for (trip_ix, trip) in year.rows.trips() {
        if year.period.contains(trip.date) {
            draft.take(subsistence(&year, trip_ix, trip));
        }
    }
}

fn after_pay(year: &PersonYear<'_>, claim_ix: ClaimIx, claim: &Claim) -> Result<PayLine, Shortfall> {
    let mut trail = Trail::default();
    let stated = year.regulation.claims.after_pay.on(claim.date);
    let AfterPay::NotCalculated = trail.read(stated)?;
    let why = Why::NotCalculated(NotCalculatedWhy { months: claim.quantity, amount: claim.amount });
    claim_line::line(year, claim_ix, claim, Money::ZERO, stated.item(), why, trail)
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
        why: Why::NotCalculated(NotCalculatedWhy { months: None, amount: None }),
        trail,
    })
}

//! The line of a claim, and of one that is refused as a whole.

use crate::basis::{Claim, ClaimIx};
use crate::line::{Kind, Origin, PayLine};
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{DayOfClaim, ItemId, Stated, Trail};
use crate::why::{Refusal, RefusedWhy, Why};

/// The line of a claim that is refused as a whole, by an item of the regulation.
pub(super) fn refused(
    year: &PersonYear<'_>,
    claim_ix: ClaimIx,
    claim: &Claim,
    (reason, cite): (Refusal, ItemId),
    trail: Trail,
) -> PayLine {
    let why = Why::Refused(RefusedWhy { asked: claim.amount, reason });
    line(year, claim_ix, claim, Money::ZERO, cite, why, trail)
}

/// The line of a claim.
pub(super) fn line(
    year: &PersonYear<'_>,
    claim_ix: ClaimIx,
    claim: &Claim,
    amount: Money,
    cite: ItemId,
    why: Why,
    mut trail: Trail,
) -> PayLine {
    let DayOfClaim::MeetingElseOwn = trail.read(&year.regulation.claims.day_of_claim);
    PayLine {
        person: year.person,
        kind: Kind::from(claim.kind),
        body: claim.meeting.map(|meeting| year.meeting(meeting).body),
        meeting: claim.meeting,
        origin: Origin::Claim(claim_ix),
        date: claim.date,
        units: None,
        amount,
        cite,
        why,
        trail,
    }
}

/// A mayor's or acting mayor's claim, refused where the regulation says so.
pub(super) fn refused_to_mayor(
    year: &PersonYear<'_>,
    claim: &Claim,
    covered: &Stated<bool>,
    trail: &mut Trail,
) -> Option<(Refusal, ItemId)> {
    let as_mayor = year.days_as_mayor(trail).contains(claim.date);
    (as_mayor && !trail.read(covered)).then_some((Refusal::Mayor, covered.item()))
}

//! The line of a claim, and of one that is refused as a whole.

use crate::basis::{Claim, ClaimIx};
use crate::line::{Kind, Origin, PayLine};
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{DayOfClaim, ItemId, Trail};
use crate::shortfall::Shortfall;
use crate::why::{Refusal, RefusedWhy, Why};

/// The line of a claim that is refused as a whole, by an item of the regulation.
pub(super) fn refused(
    year: &PersonYear<'_>,
    claim_ix: ClaimIx,
    claim: &Claim,
    (reason, cite): (Refusal, ItemId),
    trail: Trail,
) -> Result<PayLine, Shortfall> {
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
) -> Result<PayLine, Shortfall> {
    let DayOfClaim::MeetingElseOwn = trail.read_on(&year.regulation.claims.day_of_claim, claim.date)?;
    Ok(PayLine {
        person: year.person,
        kind: Kind::from(claim.kind),
        body: claim.meeting.map(|meeting| year.meeting(meeting).body),
        meeting: claim.meeting,
        origin: Origin::Claim(claim_ix),
        date: claim.date,
        units: None,
        amount,
        cite: Some(cite),
        why: Box::new(why),
        trail,
        to_supplier: false,
        tax: None,
        correction: None,
    })
}

/// A mayor's or acting mayor's claim, refused where the regulation says so.
pub(super) fn refused_to_mayor(
    year: &PersonYear<'_>,
    claim: &Claim,
    trail: &mut Trail,
) -> Result<Option<(Refusal, ItemId)>, Shortfall> {
    let covered = year.regulation.lost_income.mayor_is_covered.on(claim.date);
    let as_mayor = year.days_as_mayor(trail)?.contains(claim.date);
    Ok((as_mayor && !*trail.read(covered)?).then_some((Refusal::Mayor, covered.item())))
}

//! The employer's refund of pay (point 5.4): to the employer, in sums of its own.

use std::collections::BTreeMap;

use super::caps::{self, Taken};
use super::claim_line;
use crate::basis::{Claim, ClaimIx, ClaimKind};
use crate::draft::Draft;
use crate::line::PayLine;
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{ClaimOrder, RefundCover, Trail};
use crate::shortfall::Shortfall;
use crate::why::{Asked, CappedWhy, Why};

/// One payable for each employer's refund in the period.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    let mut days: BTreeMap<_, Taken> = BTreeMap::new();
    for (claim_ix, claim) in year.claims_of(&[ClaimKind::EmployerRefund]) {
        let line = line(&year, claim_ix, claim, days.entry(claim.date).or_default());
        draft.take_any(line);
    }
}

fn line(
    year: &PersonYear<'_>,
    claim_ix: ClaimIx,
    claim: &Claim,
    taken: &mut Taken,
) -> Result<Option<PayLine>, Shortfall> {
    let rules = &year.regulation.lost_income;
    let mut trail = Trail::default();
    let refusal = match year.outside_regulation(claim, &mut trail)? {
        Some(refusal) => Some(refusal),
        None => claim_line::refused_to_mayor(year, claim, &mut trail)?,
    };
    if let Some(refusal) = refusal {
        return claim_line::refused(year, claim_ix, claim, refusal, trail).map(Some);
    }
    let Some(at) = year.at_meeting(claim) else { return Ok(None) };
    let RefundCover::DocumentedCaps = trail.read_on(&year.regulation.claims.employer_refund, claim.date)?;
    let ClaimOrder::NaturalId = trail.read_on(&rules.order, claim.date)?;
    trail.read_on(&rules.meeting_cap_is_shared, claim.date)?;
    let caps = caps::at_meeting(year, &rules.documented, at, &mut trail)?;
    let filled = taken.of_meeting(at.attendance.meeting, caps.meeting.cap());
    let day = taken.of_day(caps.cap_per_day);
    let asked = claim.amount.unwrap_or(Money::ZERO);
    let why = CappedWhy {
        asked: Asked::Stated(asked),
        meeting: Some((caps.meeting, filled)),
        day,
        other_sum_paid: None,
    };
    taken.take(Some(at.attendance.meeting), why.granted());
    let item = caps.deciding_item(&why);
    claim_line::line(year, claim_ix, claim, why.granted(), item, Why::Capped(why), trail).map(Some)
}

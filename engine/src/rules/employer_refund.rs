//! The employer's refund of pay (point 5.4): to the employer, in sums of its own.

use std::collections::BTreeMap;

use super::caps::{self, Taken};
use super::claim_line;
use crate::basis::{Claim, ClaimIx, ClaimKind};
use crate::draft::{Draft, Shortfall};
use crate::line::PayLine;
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{ClaimOrder, RefundCover, Trail};
use crate::why::{Asked, CappedWhy, Why};

/// One payable for each employer's refund in the period.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    let mut days: BTreeMap<_, Taken> = BTreeMap::new();
    for (claim_ix, claim) in year.claims_of(&[ClaimKind::EmployerRefund]) {
        let line = line(&year, claim_ix, claim, days.entry(claim.date).or_default());
        if let Some(line) = line {
            draft.take(line);
        }
    }
}

fn line(
    year: &PersonYear<'_>,
    claim_ix: ClaimIx,
    claim: &Claim,
    taken: &mut Taken,
) -> Option<Result<PayLine, Shortfall>> {
    let rules = &year.regulation.lost_income;
    let mut trail = Trail::default();
    let refusal = year
        .outside_regulation(claim, &mut trail)
        .or_else(|| claim_line::refused_to_mayor(year, claim, &rules.mayor_is_covered, &mut trail));
    if let Some(refusal) = refusal {
        return Some(Ok(claim_line::refused(year, claim_ix, claim, refusal, trail)));
    }
    let at = year.at_meeting(claim)?;
    let RefundCover::DocumentedCaps = trail.read(&year.regulation.claims.employer_refund);
    let ClaimOrder::NaturalId = trail.read(&rules.order);
    trail.read(&rules.meeting_cap_is_shared);
    let line = caps::at_meeting(year, &rules.documented, at, &mut trail).map(|caps| {
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
        claim_line::line(year, claim_ix, claim, why.granted(), item, Why::Capped(why), trail)
    });
    Some(line)
}

//! Other travel: the cost as documented.

use super::claim_line;
use crate::basis::{Claim, ClaimIx, ClaimKind};
use crate::draft::Draft;
use crate::line::PayLine;
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{Trail, TravelCover};
use crate::shortfall::Shortfall;
use crate::why::Why;

/// One line for each claim of other travel in the period.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    for (claim_ix, claim) in year.claims_of(&[ClaimKind::TravelOther]) {
        draft.take(line(&year, claim_ix, claim));
    }
}

fn line(year: &PersonYear<'_>, claim_ix: ClaimIx, claim: &Claim) -> Result<PayLine, Shortfall> {
    let mut trail = Trail::default();
    if let Some(refusal) = year.outside_regulation(claim, &mut trail)? {
        return claim_line::refused(year, claim_ix, claim, refusal, trail);
    }
    let stated = year.regulation.claims.travel.on(claim.date);
    let TravelCover::StateRates = trail.read(stated)?;
    let amount = claim.amount.unwrap_or(Money::ZERO);
    claim_line::line(year, claim_ix, claim, amount, stated.item(), Why::DocumentedCost(amount), trail)
}

//! Care of children or others who need it (point 5.3): the documented cost, in a sum of its own.

use std::collections::BTreeMap;

use super::caps::Taken;
use super::claim_line;
use crate::basis::{Claim, ClaimIx, ClaimKind};
use crate::draft::Draft;
use crate::line::PayLine;
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{ClaimOrder, Trail};
use crate::shortfall::Shortfall;
use crate::why::{Asked, CappedWhy, Why};

/// One line for each claim of care in the period.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    let mut days: BTreeMap<_, Taken> = BTreeMap::new();
    for (claim_ix, claim) in year.claims_of(&[ClaimKind::Care]) {
        let line = line(&year, claim_ix, claim, days.entry(claim.date).or_default());
        draft.take(line);
    }
}

fn line(
    year: &PersonYear<'_>,
    claim_ix: ClaimIx,
    claim: &Claim,
    taken: &mut Taken,
) -> Result<PayLine, Shortfall> {
    let mut trail = Trail::default();
    if let Some(refusal) = year.outside_regulation(claim, &mut trail)? {
        return claim_line::refused(year, claim_ix, claim, refusal, trail);
    }
    let cap_per_day = year.regulation.claims.care_cap_per_day;
    let day = taken.of_day(year.cap(cap_per_day, claim.date, &mut trail)?);
    let ClaimOrder::NaturalId = trail.read_on(&year.regulation.lost_income.order, claim.date)?;
    let asked = claim.amount.unwrap_or(Money::ZERO);
    let why = CappedWhy { asked: Asked::Stated(asked), meeting: None, day, other_sum_paid: None };
    taken.take(None, why.granted());
    let cite = year.item_of(cap_per_day, claim.date);
    claim_line::line(year, claim_ix, claim, why.granted(), cite, Why::Capped(why), trail)
}

//! Travel by own car, and passengers, at the state's rate of the day.

use chrono::Datelike;
use rust_decimal::Decimal;

use super::claim_line;
use crate::basis::{Claim, ClaimIx, ClaimKind};
use crate::draft::Draft;
use crate::line::{PayLine, Units};
use crate::money::Unrounded;
use crate::person_year::PersonYear;
use crate::regulation::{AboveLimit, Trail, TravelCover};
use crate::shortfall::Shortfall;
use crate::why::{AboveWhy, DistanceWhy, Why};

/// One line for each distance claimed in the period.
///
/// The yearly limit counts a person's kilometres by car over the calendar year, in the order of
/// their days, then of the claims' ids.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    let mut claims: Vec<(ClaimIx, &Claim)> = year
        .rows
        .claims()
        .filter(|(_, claim)| claim.date.year() == year.period.year())
        .filter(|(_, claim)| matches!(claim.kind, ClaimKind::TravelCar | ClaimKind::TravelPassenger))
        .collect();
    claims.sort_by_key(|(_, claim)| claim.date);
    let mut km_so_far = Decimal::ZERO;
    for (claim_ix, claim) in claims {
        let line = line(&year, claim_ix, claim, &mut km_so_far);
        if year.period.contains(claim.date) {
            draft.take(line);
        }
    }
}

fn line(
    year: &PersonYear<'_>,
    claim_ix: ClaimIx,
    claim: &Claim,
    km_so_far: &mut Decimal,
) -> Result<PayLine, Shortfall> {
    let mut trail = Trail::default();
    if let Some(refusal) = year.outside_regulation(claim, &mut trail)? {
        return claim_line::refused(year, claim_ix, claim, refusal, trail);
    }
    let TravelCover::StateRates = trail.read_on(&year.regulation.claims.travel, claim.date)?;
    let km = claim.quantity.unwrap_or_default();
    let rates = &year.regulation.travel_rates;
    let unknown = |above_limit| Shortfall::NoTravelRate { claim: claim_ix, above_limit };
    let (stated, above) = if claim.kind == ClaimKind::TravelPassenger {
        let rate = rates.passenger_on(claim.date).ok_or(unknown(false))?;
        (&rate.rate_per_km, None)
    } else {
        let before = *km_so_far;
        *km_so_far += km;
        let rate = rates.car_on(claim.date).ok_or(unknown(false))?;
        let above_limit = |limit: Decimal| km.min((before + km - limit).max(Decimal::ZERO));
        let above = match &rate.above {
            AboveLimit::SameRate => None,
            AboveLimit::Unknown { limit_km } if above_limit(*limit_km).is_zero() => None,
            AboveLimit::Unknown { .. } => return Err(unknown(true)),
            AboveLimit::Rate { limit_km, .. } if above_limit(*limit_km).is_zero() => None,
            AboveLimit::Rate { limit_km, rate_per_km } => Some(AboveWhy {
                limit_km: *limit_km,
                km: above_limit(*limit_km),
                rate_per_km: *trail.read(rate_per_km)?,
            }),
        };
        (&rate.rate_per_km, above)
    };
    let rate_per_km = *trail.read(stated)?;
    let km_below = km - above.map_or(Decimal::ZERO, |above| above.km);
    let exact = km_below * rate_per_km.decimal()
        + above.map_or(Decimal::ZERO, |above| above.km * above.rate_per_km.decimal());
    let amount = year.round(Unrounded::of_decimal(exact), claim.date, &mut trail)?;
    let units = match above {
        None => Units::exactly(km.normalize(), rate_per_km, amount),
        Some(above) if km_below.is_zero() => Units::exactly(km.normalize(), above.rate_per_km, amount),
        Some(_) => None,
    };
    let why = Why::Distance(DistanceWhy { km: km_below, rate_per_km, above });
    let line = claim_line::line(year, claim_ix, claim, amount, stated.item(), why, trail)?;
    Ok(PayLine { units, ..line })
}

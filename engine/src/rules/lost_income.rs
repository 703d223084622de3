//! Lost income without and with documentation, and stand-ins (points 5, 5.1, 5.2, 5.4, 5.5).
//!
//! The two sums of one person's day are alternatives: both are worked out within their caps, and
//! the greater is paid.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::caps::{self, Taken};
use super::claim_line;
use super::meeting_time;
use crate::basis::{Claim, ClaimIx, ClaimKind, Employment};
use crate::draft::{Draft, Shortfall};
use crate::money::{Money, Unrounded};
use crate::person_year::{AtMeeting, PersonYear};
use crate::regulation::{ClaimOrder, DayOff, DaySums, EmptyAmount, ItemId, Trail};
use crate::why::{Asked, CappedWhy, MeetingCap, Refusal, Sums, Why};

const LOSSES: [ClaimKind; 3] =
    [ClaimKind::LostIncomeUndocumented, ClaimKind::LostIncomeDocumented, ClaimKind::StandIn];

/// One line for each claim of lost income or a stand-in in the period.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    let mut days: BTreeMap<NaiveDate, Vec<(ClaimIx, &Claim)>> = BTreeMap::new();
    for (claim_ix, claim) in year.claims_of(&LOSSES) {
        days.entry(claim.date).or_default().push((claim_ix, claim));
    }
    for claims in days.into_values() {
        pay_day(draft, &claims);
    }
}

fn is_undocumented(claim: &Claim) -> bool {
    claim.kind == ClaimKind::LostIncomeUndocumented
}

fn is_documented(claim: &Claim) -> bool {
    !is_undocumented(claim)
}

/// A claim within its caps, before the day's sums are compared.
struct Within<'b> {
    claim_ix: ClaimIx,
    claim: &'b Claim,
    why: CappedWhy,
    cite: ItemId,
    trail: Trail,
}

fn pay_day(draft: &mut Draft<'_>, claims: &[(ClaimIx, &Claim)]) {
    let year = draft.year;
    let rules = &year.regulation.lost_income;
    let (mut undocumented, mut documented) = (Taken::default(), Taken::default());
    let mut within = Vec::with_capacity(claims.len());
    for &(claim_ix, claim) in claims {
        let mut trail = Trail::default();
        if let Some(refusal) = refusal(&year, claim, &mut trail) {
            draft.take(Ok(claim_line::refused(&year, claim_ix, claim, refusal, trail)));
            continue;
        }
        let Some(at) = year.at_meeting(claim) else { continue };
        let taken = if is_undocumented(claim) { &mut undocumented } else { &mut documented };
        match within_caps(&year, claim, at, taken, &mut trail) {
            Ok((why, cite)) => within.push(Within { claim_ix, claim, why, cite, trail }),
            Err(shortfall) => draft.take(Err(shortfall)),
        }
    }
    let sum =
        |of: fn(&Claim) -> bool| within.iter().filter(|w| of(w.claim)).map(|w| w.why.within_caps()).sum();
    let sums = Sums { undocumented: sum(is_undocumented), documented: sum(is_documented) };
    let both = !sums.undocumented.is_zero() && !sums.documented.is_zero();
    for mut within in within {
        if both {
            let DaySums::GreaterDocumentedOnTie = within.trail.read(&rules.day_sums);
            let pays_undocumented = sums.undocumented > sums.documented;
            if is_undocumented(within.claim) != pays_undocumented {
                within.why.other_sum_paid = Some(sums);
                within.cite = rules.day_sums.item();
            }
        }
        let Within { claim_ix, claim, why, cite, trail } = within;
        draft.take(Ok(claim_line::line(
            &year,
            claim_ix,
            claim,
            why.granted(),
            cite,
            Why::Capped(why),
            trail,
        )));
    }
}

/// Why the person has no income to lose that day, and the item that says so.
fn refusal(year: &PersonYear<'_>, claim: &Claim, trail: &mut Trail) -> Option<(Refusal, ItemId)> {
    let rules = &year.regulation.lost_income;
    if let Some(refusal) = year.outside_regulation(claim, trail) {
        return Some(refusal);
    }
    if let Some(refusal) = claim_line::refused_to_mayor(year, claim, &rules.mayor_is_covered, trail) {
        return Some(refusal);
    }
    match year.basis.register().person(year.person).employment {
        Employment::None => {
            let covered = *trail.read(&rules.no_income_is_covered);
            (!covered).then_some((Refusal::NoEarnedIncome, rules.no_income_is_covered.item()))
        }
        Employment::PayKept if !trail.read(&rules.kept_pay_is_covered) => {
            if !claim.day_off {
                return Some((Refusal::PayKept, rules.kept_pay_is_covered.item()));
            }
            let DayOff::MondayToFriday = trail.read(&rules.day_off);
            let weekend = matches!(claim.date.weekday(), Weekday::Sat | Weekday::Sun);
            weekend.then_some((Refusal::DayOffAtWeekend, rules.day_off.item()))
        }
        Employment::PayKept | Employment::Employed | Employment::SelfEmployed | Employment::NoFixedPay => {
            None
        }
    }
}

fn within_caps(
    year: &PersonYear<'_>,
    claim: &Claim,
    at: AtMeeting<'_>,
    taken: &mut Taken,
    trail: &mut Trail,
) -> Result<(CappedWhy, ItemId), Shortfall> {
    let rules = &year.regulation.lost_income;
    let caps = if is_undocumented(claim) { &rules.undocumented } else { &rules.documented };
    let caps = caps::at_meeting(year, caps, at, trail)?;
    if claim.kind == ClaimKind::StandIn {
        trail.read(&rules.stand_in_as_documented);
    }
    trail.read(&rules.meeting_cap_is_shared);
    let ClaimOrder::NaturalId = trail.read(&rules.order);
    let asked = asked(year, claim, at, &caps.meeting, trail);
    let filled = taken.of_meeting(at.attendance.meeting, caps.meeting.cap());
    let day = taken.of_day(caps.cap_per_day);
    let why = CappedWhy { asked, meeting: Some((caps.meeting, filled)), day, other_sum_paid: None };
    taken.take(Some(at.attendance.meeting), why.within_caps());
    Ok((why, caps.deciding_item(&why)))
}

/// What a claim asks for: its amount, the cap, or the loss worked out from the yearly income.
fn asked(
    year: &PersonYear<'_>,
    claim: &Claim,
    at: AtMeeting<'_>,
    cap: &MeetingCap,
    trail: &mut Trail,
) -> Asked {
    let rules = &year.regulation.lost_income;
    if let Some(amount) = claim.amount {
        return Asked::Stated(amount);
    }
    if is_undocumented(claim) {
        let EmptyAmount::Cap = trail.read(&rules.empty_amount);
        return Asked::Cap;
    }
    // Without an income there is nothing to work a loss out from; whoever reads a basis asks for one.
    let income = year.basis.register().person(year.person).annual_net_income.unwrap_or(Money::ZERO);
    let days_per_year = *trail.read(&rules.income_days_per_year);
    let of_day = Unrounded::from(income).over(days_per_year);
    let loss_of_day = year.round(of_day, trail);
    if matches!(cap, MeetingCap::WholeDay { .. }) {
        return Asked::IncomeOfDay { income, days_per_year, loss: loss_of_day };
    }
    let hours_per_day = *trail.read(&rules.income_hours_per_day);
    let time = meeting_time::of_person(year, at, trail);
    let of_hours = of_day.over(hours_per_day).times(time.minutes()).over(caps::MINUTES_PER_HOUR);
    let loss_of_hours = year.round(of_hours, trail);
    Asked::IncomeOfHours {
        income,
        days_per_year,
        hours_per_day,
        time,
        loss: loss_of_hours.min(loss_of_day),
        at_most_a_day: loss_of_hours > loss_of_day,
    }
}

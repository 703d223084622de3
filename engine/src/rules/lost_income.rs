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
use crate::draft::Draft;
use crate::line::PayLine;
use crate::money::{Money, Unrounded};
use crate::person_year::{AtMeeting, PersonYear};
use crate::regulation::{ClaimOrder, DayOff, DaySums, EmptyAmount, ItemId, Trail};
use crate::shortfall::Shortfall;
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
    let (mut undocumented, mut documented) = (Taken::default(), Taken::default());
    let mut within = Vec::with_capacity(claims.len());
    for &(claim_ix, claim) in claims {
        let taken = if is_undocumented(claim) { &mut undocumented } else { &mut documented };
        match within_caps(&year, claim_ix, claim, taken) {
            Ok(Held::Within(claim)) => within.push(*claim),
            Ok(Held::Refused(line)) => draft.take(Ok(*line)),
            Ok(Held::NotThere) => {}
            Err(shortfall) => draft.take(Err(shortfall)),
        }
    }
    let sum =
        |of: fn(&Claim) -> bool| within.iter().filter(|w| of(w.claim)).map(|w| w.why.within_caps()).sum();
    let sums = Sums { undocumented: sum(is_undocumented), documented: sum(is_documented) };
    for within in within {
        draft.take(line(&year, within, sums));
    }
}

/// The line of a claim, once the day's two sums are known.
fn line(year: &PersonYear<'_>, mut within: Within<'_>, sums: Sums) -> Result<PayLine, Shortfall> {
    if !sums.undocumented.is_zero() && !sums.documented.is_zero() {
        let day_sums = year.regulation.lost_income.day_sums.on(within.claim.date);
        let DaySums::GreaterDocumentedOnTie = within.trail.read(day_sums)?;
        let pays_undocumented = sums.undocumented > sums.documented;
        if is_undocumented(within.claim) != pays_undocumented {
            within.why.other_sum_paid = Some(sums);
            within.cite = day_sums.item();
        }
    }
    let Within { claim_ix, claim, why, cite, trail } = within;
    claim_line::line(year, claim_ix, claim, why.granted(), cite, Why::Capped(why), trail)
}

/// Why the person has no income to lose that day, and the item that says so.
fn refusal(
    year: &PersonYear<'_>,
    claim: &Claim,
    trail: &mut Trail,
) -> Result<Option<(Refusal, ItemId)>, Shortfall> {
    let (rules, day) = (&year.regulation.lost_income, claim.date);
    if let Some(refusal) = year.outside_regulation(claim, trail)? {
        return Ok(Some(refusal));
    }
    if let Some(refusal) = claim_line::refused_to_mayor(year, claim, trail)? {
        return Ok(Some(refusal));
    }
    Ok(match year.basis.register().person(year.person).employment {
        Employment::None => {
            let covered = rules.no_income_is_covered.on(day);
            (!*trail.read(covered)?).then_some((Refusal::NoEarnedIncome, covered.item()))
        }
        Employment::PayKept if !*trail.read_on(&rules.kept_pay_is_covered, day)? => {
            if !claim.day_off {
                return Ok(Some((Refusal::PayKept, rules.kept_pay_is_covered.on(day).item())));
            }
            let days_off = rules.day_off.on(day);
            let DayOff::MondayToFriday = trail.read(days_off)?;
            let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            weekend.then_some((Refusal::DayOffAtWeekend, days_off.item()))
        }
        Employment::PayKept | Employment::Employed | Employment::SelfEmployed | Employment::NoFixedPay => {
            None
        }
    })
}

/// A claim held against who has income to lose, and against the caps.
enum Held<'b> {
    Within(Box<Within<'b>>),
    Refused(Box<PayLine>),
    NotThere,
}

fn within_caps<'b>(
    year: &PersonYear<'_>,
    claim_ix: ClaimIx,
    claim: &'b Claim,
    taken: &mut Taken,
) -> Result<Held<'b>, Shortfall> {
    let (rules, day) = (&year.regulation.lost_income, claim.date);
    let mut trail = Trail::default();
    if let Some(refusal) = refusal(year, claim, &mut trail)? {
        let line = claim_line::refused(year, claim_ix, claim, refusal, trail)?;
        return Ok(Held::Refused(Box::new(line)));
    }
    let Some(at) = year.at_meeting(claim) else { return Ok(Held::NotThere) };
    let caps = if is_undocumented(claim) { &rules.undocumented } else { &rules.documented };
    let caps = caps::at_meeting(year, caps, at, &mut trail)?;
    if claim.kind == ClaimKind::StandIn {
        trail.read_on(&rules.stand_in_as_documented, day)?;
    }
    trail.read_on(&rules.meeting_cap_is_shared, day)?;
    let ClaimOrder::NaturalId = trail.read_on(&rules.order, day)?;
    let asked = asked(year, claim, at, &caps.meeting, &mut trail)?;
    let filled = taken.of_meeting(at.attendance.meeting, caps.meeting.cap());
    let of_day = taken.of_day(caps.cap_per_day);
    let why = CappedWhy { asked, meeting: Some((caps.meeting, filled)), day: of_day, other_sum_paid: None };
    taken.take(Some(at.attendance.meeting), why.within_caps());
    let cite = caps.deciding_item(&why);
    Ok(Held::Within(Box::new(Within { claim_ix, claim, why, cite, trail })))
}

/// What a claim asks for: its amount, the cap, or the loss worked out from the yearly income.
fn asked(
    year: &PersonYear<'_>,
    claim: &Claim,
    at: AtMeeting<'_>,
    cap: &MeetingCap,
    trail: &mut Trail,
) -> Result<Asked, Shortfall> {
    let (rules, day) = (&year.regulation.lost_income, claim.date);
    if let Some(amount) = claim.amount {
        return Ok(Asked::Stated(amount));
    }
    if is_undocumented(claim) {
        let EmptyAmount::Cap = trail.read_on(&rules.empty_amount, day)?;
        return Ok(Asked::Cap);
    }
    // Without an income there is nothing to work a loss out from; whoever reads a basis asks for one.
    let income = year.basis.register().person(year.person).annual_net_income.unwrap_or(Money::ZERO);
    let days_per_year = *trail.read_on(&rules.income_days_per_year, day)?;
    let of_day = Unrounded::from(income).over(days_per_year);
    let loss_of_day = year.round(of_day, day, trail)?;
    if matches!(cap, MeetingCap::WholeDay { .. }) {
        return Ok(Asked::IncomeOfDay { income, days_per_year, loss: loss_of_day });
    }
    let hours_per_day = *trail.read_on(&rules.income_hours_per_day, day)?;
    let time = meeting_time::of_person(year, at, trail)?;
    let of_hours = of_day.over(hours_per_day).times(time.minutes()).over(caps::MINUTES_PER_HOUR);
    let loss_of_hours = year.round(of_hours, day, trail)?;
    Ok(Asked::IncomeOfHours {
        income,
        days_per_year,
        hours_per_day,
        time,
        loss: loss_of_hours.min(loss_of_day),
        at_most_a_day: loss_of_hours > loss_of_day,
    })
}

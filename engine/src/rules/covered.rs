//! Claims within the caps of their cover: lost income, stand-ins, care, and what else a regulation
//! covers up to an amount (kommuneloven § 8-3).
//!
//! Each cover has sums of its own. Undocumented and documented lost income of one person's day are
//! alternatives: both are worked out within their caps, and the greater sum is paid.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::caps::{self, Taken};
use super::held::gives_fee_on;
use super::{claim_line, income_loss};
use crate::basis::{Claim, ClaimIx, ClaimKind, Employment};
use crate::draft::Draft;
use crate::line::PayLine;
use crate::money::{Money, Unrounded};
use crate::person_year::PersonYear;
use crate::regulation::{
    ClaimOrder, CostCover, Cover, DayOff, DaySums, ItemId, RefundCover, StandInIs, Trail,
};
use crate::shortfall::Shortfall;
use crate::why::{CappedWhy, Refusal, SocialCosts, Sums, Why};

const COVERED: [ClaimKind; 7] = [
    ClaimKind::LostIncomeUndocumented,
    ClaimKind::LostIncomeDocumented,
    ClaimKind::StandIn,
    ClaimKind::Care,
    ClaimKind::CareTransport,
    ClaimKind::Companion,
    ClaimKind::EmployerRefund,
];

/// One line for each claim in the period that is covered up to an amount.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    let mut days: BTreeMap<NaiveDate, Vec<(ClaimIx, &Claim)>> = BTreeMap::new();
    for (claim_ix, claim) in year.claims_of(&COVERED) {
        days.entry(claim.date).or_default().push((claim_ix, claim));
    }
    for claims in days.into_values() {
        pay_day(draft, &claims);
    }
}

/// Which of a day's sums a claim is in: that of a cover; an employer's refund that no cover names, in one
/// of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SumKey {
    cover: usize,
    is_refund: bool,
}

/// A claim within its caps, before the day's sums are compared.
struct Within<'b> {
    claim_ix: ClaimIx,
    claim: &'b Claim,
    sum: SumKey,
    cover: &'b Cover,
    is_documented_loss: bool,
    why: CappedWhy,
    cite: ItemId,
    trail: Trail,
}

/// A claim held against who is covered, and against the caps.
enum Held<'b> {
    Within(Box<Within<'b>>),
    Settled(Box<PayLine>),
}

fn pay_day<'b>(draft: &mut Draft<'b>, claims: &[(ClaimIx, &'b Claim)]) {
    let within = hold_against_caps(draft, claims);
    let Some(choice) = Choice::of(&within) else {
        for claim in within {
            draft.take(line(&draft.year, claim, None));
        }
        return;
    };
    let (lost, mut paid): (Vec<_>, Vec<_>) =
        within.into_iter().partition(|claim| choice.takes_nothing(claim));
    if lost.iter().any(|lost| paid.iter().any(|paid| paid.sum == lost.sum)) {
        // What is not paid leaves its part of a cap to the others.
        let others: Vec<_> = paid.iter().map(|within| (within.claim_ix, within.claim)).collect();
        paid = hold_against_caps(draft, &others);
    }
    for claim in lost.into_iter().chain(paid) {
        draft.take(line(&draft.year, claim, Some(choice)));
    }
}

/// The claims that are within caps; what is settled otherwise is taken at once.
fn hold_against_caps<'b>(draft: &mut Draft<'b>, claims: &[(ClaimIx, &'b Claim)]) -> Vec<Within<'b>> {
    let year = draft.year;
    let mut taken: BTreeMap<SumKey, Taken> = BTreeMap::new();
    let mut within = Vec::with_capacity(claims.len());
    for &(claim_ix, claim) in claims {
        match within_caps(&year, claim_ix, claim, &mut taken) {
            Ok(Held::Within(claim)) => within.push(*claim),
            Ok(Held::Settled(line)) => draft.take(Ok(*line)),
            Err(shortfall) => draft.take(Err(shortfall)),
        }
    }
    within
}

/// The two sums of the day that are alternatives. A stand-in that is documented loss is among it, whichever
/// cover it has.
#[derive(Clone, Copy)]
struct Choice {
    /// The cover of undocumented loss.
    undocumented: SumKey,
    sums: Sums,
}

impl Choice {
    /// Nothing where one of the two is nothing, or where both kinds share one cover.
    fn of(within: &[Within<'_>]) -> Option<Self> {
        let key_of = |kind: ClaimKind| within.iter().find(|w| w.claim.kind == kind).map(|w| w.sum);
        let undocumented = key_of(ClaimKind::LostIncomeUndocumented)?;
        if key_of(ClaimKind::LostIncomeDocumented) == Some(undocumented) {
            return None;
        }
        let mut choice = Self { undocumented, sums: Sums::default() };
        let sum = |of: &dyn Fn(&Within<'_>) -> bool| {
            within.iter().filter(|claim| of(claim)).map(|claim| claim.why.within_caps()).sum::<Money>()
        };
        choice.sums = Sums {
            undocumented: sum(&|claim| claim.claim.kind == ClaimKind::LostIncomeUndocumented),
            documented: sum(&|claim| choice.is_documented(claim)),
        };
        let is_choice = !choice.sums.undocumented.is_zero() && !choice.sums.documented.is_zero();
        is_choice.then_some(choice)
    }

    fn is_documented(self, claim: &Within<'_>) -> bool {
        claim.is_documented_loss && claim.sum != self.undocumented
    }

    fn is_about(self, claim: &Within<'_>) -> bool {
        claim.claim.kind == ClaimKind::LostIncomeUndocumented || self.is_documented(claim)
    }

    /// Whether a claim is of the lesser sum.
    fn takes_nothing(self, claim: &Within<'_>) -> bool {
        let is_undocumented_paid = self.sums.undocumented > self.sums.documented;
        self.is_about(claim) && self.is_documented(claim) == is_undocumented_paid
    }
}

fn employment(year: &PersonYear<'_>) -> Employment {
    year.basis.register().person(year.person).employment
}

/// The line of a claim, once the day's two sums are known.
fn line(year: &PersonYear<'_>, mut within: Within<'_>, choice: Option<Choice>) -> Result<PayLine, Shortfall> {
    if let Some(choice) = choice.filter(|choice| choice.is_about(&within)) {
        let day_sums = year.regulation.lost_income.day_sums.on(within.claim.date);
        let DaySums::GreaterDocumentedOnTie = within.trail.read(day_sums)?;
        if choice.takes_nothing(&within) {
            within.why.other_sum_paid = Some(choice.sums);
            within.cite = day_sums.item();
        }
    }
    let Within { claim_ix, claim, cover, why, cite, mut trail, .. } = within;
    let mut amount = Unrounded::from(why.granted());
    if let Some(social) = why.social_costs() {
        amount = amount.plus(social.exact());
    }
    let amount = year.round(amount, claim.date, &mut trail)?;
    let to_supplier = match &cover.paid_to_supplier {
        Some(paid_to_supplier) if !claim.supplier.is_empty() => {
            *trail.read_on(paid_to_supplier, claim.date)?
        }
        _ => false,
    };
    let line = claim_line::line(year, claim_ix, claim, amount, cite, Why::Capped(why), trail)?;
    Ok(PayLine { to_supplier, ..line })
}

fn within_caps<'b>(
    year: &PersonYear<'b>,
    claim_ix: ClaimIx,
    claim: &'b Claim,
    taken: &mut BTreeMap<SumKey, Taken>,
) -> Result<Held<'b>, Shortfall> {
    let day = claim.date;
    let mut trail = Trail::default();
    if let Some(refusal) = refusal(year, claim, &mut trail)? {
        let line = claim_line::refused(year, claim_ix, claim, refusal, trail)?;
        return Ok(Held::Settled(Box::new(line)));
    }
    let Some((sum, cover)) = cover_of(year, claim_ix, claim, &mut trail)? else {
        let line = by_documented_cost(year, claim_ix, claim, trail)?;
        return Ok(Held::Settled(Box::new(line)));
    };
    let at = year.at_meeting(claim);
    let caps = caps::of_cover(year, cover, (claim_ix, day), at, &mut trail)?;
    if at.is_some() && caps.meeting.is_some() {
        trail.read_on(&year.regulation.lost_income.meeting_cap_is_shared, day)?;
    }
    let is_documented_loss =
        claim.kind != ClaimKind::LostIncomeUndocumented && is_lost_income(year, claim, &mut trail)?;
    let ClaimOrder::NaturalId = trail.read_on(&year.regulation.lost_income.order, day)?;
    if claim.settled.is_some() {
        trail.read_on(&year.regulation.claims.closed_keep_their_share, day)?;
    }
    let asked = income_loss::asked(year, claim_ix, claim, at, caps.meeting.as_ref(), &mut trail)?;
    let taken = taken.entry(sum).or_default();
    let meeting_ix = at.map(|at| at.attendance.meeting);
    let filled =
        caps.meeting.zip(meeting_ix).map(|(cap, meeting)| (cap, taken.of_meeting(meeting, cap.cap())));
    let social_costs = match (&cover.social_costs_on_top, claim.social_costs) {
        (Some(on_top), Some(costs)) if *trail.read_on(on_top, day)? => Some(costs),
        _ => None,
    };
    let why = CappedWhy {
        asked,
        meeting: filled,
        day: caps.cap_per_day.map(|cap| taken.of_day(cap)),
        social_costs,
        other_sum_paid: None,
    };
    taken.take(meeting_ix, why.within_caps());
    let cite = caps.deciding_item(&why);
    Ok(Held::Within(Box::new(Within { claim_ix, claim, sum, cover, is_documented_loss, why, cite, trail })))
}

/// The cover of a claim; nothing for a companion whose cost is covered as documented.
fn cover_of<'a>(
    year: &PersonYear<'a>,
    claim_ix: ClaimIx,
    claim: &Claim,
    trail: &mut Trail,
) -> Result<Option<(SumKey, &'a Cover)>, Shortfall> {
    let mut found: Option<(SumKey, &'a Cover)> = None;
    let own = Some((claim.kind, false));
    let as_another = stands_for(year, claim, trail)?.map(|kind| (kind, true));
    for (kind, is_refund) in [own, as_another].into_iter().flatten() {
        for (place, cover) in year.regulation.covers.iter().enumerate() {
            let mut of_cover = Trail::default();
            if !cover.takes(kind, employment(year), claim.date, &mut of_cover)? {
                continue;
            }
            trail.join(&of_cover);
            let item = |cover: &Cover| cover.kinds.on(claim.date).item();
            if let Some((_, first)) = found.replace((SumKey { cover: place, is_refund }, cover)) {
                return Err(Shortfall::Conflict { first: item(first), second: item(cover) });
            }
        }
        if found.is_some() {
            return Ok(found);
        }
    }
    if claim.kind == ClaimKind::Companion && year.regulation.claims.companion.is_some() {
        return Ok(None);
    }
    Err(Shortfall::NotCovered { claim: claim_ix })
}

/// The kind whose cover a claim has, where it has none itself: an employer's refund that of documented
/// lost income.
fn stands_for(
    year: &PersonYear<'_>,
    claim: &Claim,
    trail: &mut Trail,
) -> Result<Option<ClaimKind>, Shortfall> {
    match &year.regulation.claims.employer_refund {
        Some(refund) if claim.kind == ClaimKind::EmployerRefund => {
            let RefundCover::DocumentedCaps = trail.read_on(refund, claim.date)?;
            Ok(Some(ClaimKind::LostIncomeDocumented))
        }
        _ => Ok(None),
    }
}

fn by_documented_cost(
    year: &PersonYear<'_>,
    claim_ix: ClaimIx,
    claim: &Claim,
    mut trail: Trail,
) -> Result<PayLine, Shortfall> {
    let Some(companion) = &year.regulation.claims.companion else {
        return Err(Shortfall::NotCovered { claim: claim_ix });
    };
    let stated = companion.on(claim.date);
    let CostCover::DocumentedCost = trail.read(stated)?;
    let amount = claim.amount.unwrap_or(Money::ZERO);
    claim_line::line(year, claim_ix, claim, amount, stated.item(), Why::DocumentedCost(amount), trail)
}

/// Why a claim is refused as a whole, and the item that says so.
fn refusal(
    year: &PersonYear<'_>,
    claim: &Claim,
    trail: &mut Trail,
) -> Result<Option<(Refusal, ItemId)>, Shortfall> {
    if let Some(refusal) = year.outside_regulation(claim, trail)? {
        return Ok(Some(refusal));
    }
    if let Some(not_covered) = &year.regulation.claims.not_covered {
        let not_covered = not_covered.on(claim.date);
        let mut mine = Trail::default();
        if mine.read(not_covered)?.contains(&claim.kind) {
            trail.join(&mine);
            return Ok(Some((Refusal::NotCovered, not_covered.item())));
        }
    }
    if let Some(refusal) = not_called(year, claim, trail)? {
        return Ok(Some(refusal));
    }
    let is_about_work = matches!(
        claim.kind,
        ClaimKind::LostIncomeUndocumented
            | ClaimKind::LostIncomeDocumented
            | ClaimKind::StandIn
            | ClaimKind::EmployerRefund
    );
    if !is_about_work {
        return Ok(None);
    }
    if let Some(refusal) = claim_line::refused_to_mayor(year, claim, trail)? {
        return Ok(Some(refusal));
    }
    if let Some(item) = covered_by_fee(year, claim, trail)? {
        return Ok(Some((Refusal::CoveredByFee, item)));
    }
    if is_lost_income(year, claim, trail)? { no_income_to_lose(year, claim, trail) } else { Ok(None) }
}

/// Whether a claim is for lost income: a stand-in is where the regulation does not call it an expense.
fn is_lost_income(year: &PersonYear<'_>, claim: &Claim, trail: &mut Trail) -> Result<bool, Shortfall> {
    Ok(match claim.kind {
        ClaimKind::LostIncomeUndocumented | ClaimKind::LostIncomeDocumented => true,
        ClaimKind::StandIn => {
            let stand_in = trail.read_on(&year.regulation.lost_income.stand_in, claim.date)?;
            *stand_in == StandInIs::DocumentedLoss
        }
        _ => false,
    })
}

/// A claim on a meeting to which the person was not called, where its kind is covered only then.
fn not_called(
    year: &PersonYear<'_>,
    claim: &Claim,
    trail: &mut Trail,
) -> Result<Option<(Refusal, ItemId)>, Shortfall> {
    let Some(only_when_called) = &year.regulation.claims.only_when_called else { return Ok(None) };
    if year.at_meeting(claim).is_none_or(|at| at.attendance.called) {
        return Ok(None);
    }
    let only_when_called = only_when_called.on(claim.date);
    let mut mine = Trail::default();
    if !mine.read(only_when_called)?.contains(&claim.kind) {
        return Ok(None);
    }
    trail.join(&mine);
    Ok(Some((Refusal::NotCalled, only_when_called.item())))
}

/// The item by which a fixed fee of the person covers lost income too (§ 8-5).
fn covered_by_fee(
    year: &PersonYear<'_>,
    claim: &Claim,
    trail: &mut Trail,
) -> Result<Option<ItemId>, Shortfall> {
    for office in year.rows.offices.iter().filter(|office| office.term.contains(claim.date)) {
        let body = office.body.map(|body| year.body(body));
        let mut of_office = Trail::default();
        let fee = year.regulation.fixed_fee(office, body, claim.date, &mut of_office)?;
        if let Some(fee) = fee
            && let Some(covers) = &fee.covers_lost_income
            && *of_office.read_on(covers, claim.date)?
            && gives_fee_on(year, (office, fee), claim.date, &mut of_office)?
        {
            trail.join(&of_office);
            return Ok(Some(covers.on(claim.date).item()));
        }
    }
    Ok(None)
}

/// Why the person has no income to lose that day, and the item that says so.
fn no_income_to_lose(
    year: &PersonYear<'_>,
    claim: &Claim,
    trail: &mut Trail,
) -> Result<Option<(Refusal, ItemId)>, Shortfall> {
    let (rules, day) = (&year.regulation.lost_income, claim.date);
    Ok(match employment(year) {
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

impl SocialCosts {
    /// The part of the costs that is covered: in proportion to what was granted.
    fn exact(self) -> Unrounded {
        Unrounded::from(self.costs).times_decimal(self.granted.decimal()).over_decimal(self.asked.decimal())
    }
}

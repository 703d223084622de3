//! A pot: a part of it shared equally, the rest by votes or by representatives.

use std::num::NonZeroU32;

use rust_decimal::Decimal;

use super::apportion::{Entitled, Portion, largest_remainder, money, oere};
use super::composition::Composition;
use super::grant::{MONTHS, Part, no_right, read_common};
use super::terms::Terms;
use super::why::{GroupWhy, NoRight, ShareWhy};
use super::{GroupLine, GroupPart, Obstacle, law};
use crate::basis::Group;
use crate::money::{Money, Unrounded};
use crate::regulation::{ItemId, Share, SharedBy, SupportPot, Trail, WholeUnit};
use crate::shortfall::Shortfall;

/// The lists that share, and those that do not.
struct Lists<'g> {
    sharing: Vec<&'g Group>,
    without: Vec<(&'g Group, NoRight)>,
}

/// What is shared, and among whom.
struct Shared {
    pot_per_year: Money,
    pot: Money,
    before: Money,
    base_share: Share,
    by: SharedBy,
    unit: WholeUnit,
    lists: u32,
    of_all: u64,
    months: u32,
    left_over: u32,
}

pub(super) fn lines(
    council: &Composition<'_>,
    terms: Terms<'_>,
    pot: &SupportPot,
    part: Part,
) -> Result<Vec<(Box<str>, GroupLine)>, Obstacle> {
    let mut trail = Trail::default();
    read_common(terms, part, &mut trail)?;
    let lists = lists(council, terms, pot)?;
    let mut shared = shared(terms, pot, part, &lists.sharing, &mut trail)?;
    law::pot_share(shared.pot_per_year, shared.base_share, terms, part.year)?;
    let (portions, exact) = portions(&mut shared, &lists.sharing)?;
    let mut lines = Vec::new();
    for ((group, portion), exact) in lists.sharing.iter().zip(portions).zip(exact) {
        let line = share_line(terms.item_of(pot.amount), &shared, group, portion, exact, trail)
            .ok_or(Obstacle::BeyondReal)?;
        lines.push((group.name.clone(), line));
    }
    for (group, reason) in lists.without {
        let threshold = pot.vote_threshold.as_ref().map(|threshold| terms.item(threshold));
        let cite = match reason {
            NoRight::BelowThreshold { .. } => threshold.unwrap_or_else(|| terms.item(&pot.by)),
            _ => terms.item(&pot.by),
        };
        lines.push((group.name.clone(), no_right(terms, cite, reason, trail)?));
    }
    Ok(lines)
}

/// Which lists share: those that have what the pot is shared by, and enough votes where some are
/// needed.
fn lists<'g>(council: &Composition<'g>, terms: Terms<'_>, pot: &SupportPot) -> Result<Lists<'g>, Obstacle> {
    let by = *terms.look_up(&pot.by)?;
    let needs_votes = by == SharedBy::Votes || pot.vote_threshold.is_some();
    let has_nothing = |group: &Group| {
        group.representatives == 0 && (by == SharedBy::Representatives || group.votes.is_none())
    };
    let unknown: Vec<Group> = council
        .elected
        .iter()
        .filter(|group| needs_votes && group.votes.is_none() && !has_nothing(group))
        .map(|group| (*group).clone())
        .collect();
    if !unknown.is_empty() {
        return Err(Obstacle::NoVotes(unknown));
    }
    let threshold = match &pot.vote_threshold {
        Some(threshold) => Some(*terms.look_up(threshold)?),
        None => None,
    };
    let of_all: u64 = council.elected.iter().filter_map(|group| group.votes).map(u64::from).sum();
    let mut lists = Lists { sharing: Vec::new(), without: Vec::new() };
    for group in &council.elected {
        let votes = group.votes.unwrap_or_default();
        let below = threshold.filter(|share| is_below(votes, of_all, *share));
        match below {
            _ if has_nothing(group) => lists.without.push((group, NoRight::NobodyElected)),
            Some(threshold) => {
                lists.without.push((group, NoRight::BelowThreshold { votes, of_all, threshold }));
            }
            None => lists.sharing.push(group),
        }
    }
    Ok(lists)
}

fn is_below(votes: u32, of_all: u64, threshold: Share) -> bool {
    u128::from(votes) * u128::from(threshold.denominator.get())
        < u128::from(of_all) * u128::from(threshold.numerator)
}

fn weight(group: &Group, by: SharedBy) -> u32 {
    match by {
        SharedBy::Votes => group.votes.unwrap_or_default(),
        SharedBy::Representatives => group.representatives,
    }
}

fn shared(
    terms: Terms<'_>,
    pot: &SupportPot,
    part: Part,
    sharing: &[&Group],
    trail: &mut Trail,
) -> Result<Shared, Obstacle> {
    let pot_per_year = terms.amount(pot.amount, trail)?;
    let (base_share, by, unit) = settings(terms, pot, trail)?;
    let unit_oere = u128::from(unit.oere().get());
    if oere(pot_per_year).ok_or(Obstacle::BeyondReal)? % unit_oere != 0 {
        return Err(Obstacle::PotNotWhole { pot: pot_per_year });
    }
    let months = NonZeroU32::new(MONTHS).unwrap_or(NonZeroU32::MIN);
    let of_months =
        |count: u32| unit.rounding().round(Unrounded::from(pot_per_year).times(count).over(months));
    // The last part is what the first has left, so that the two sum to the pot.
    let before = of_months(part.months_before);
    let is_last = part.months + part.months_before == MONTHS;
    Ok(Shared {
        pot_per_year,
        pot: if is_last { pot_per_year - before } else { of_months(part.months) },
        before,
        base_share,
        by,
        unit,
        lists: u32::try_from(sharing.len()).unwrap_or(u32::MAX),
        of_all: sharing.iter().map(|group| u64::from(weight(group, by))).sum(),
        months: part.months,
        left_over: 0,
    })
}

fn settings(
    terms: Terms<'_>,
    pot: &SupportPot,
    trail: &mut Trail,
) -> Result<(Share, SharedBy, WholeUnit), Shortfall> {
    if let Some(threshold) = &pot.vote_threshold {
        terms.read(threshold, trail)?;
    }
    Ok((
        *terms.read(&pot.base_share, trail)?,
        *terms.read(&pot.by, trail)?,
        *terms.read(&terms.support.whole, trail)?,
    ))
}

/// A share before it is rounded down: øre times the numerator, over the divisor.
#[derive(Clone, Copy)]
struct Exact {
    product: u128,
    divisor: u128,
}

fn portions(shared: &mut Shared, sharing: &[&Group]) -> Result<(Vec<Portion>, Vec<Exact>), Obstacle> {
    if shared.of_all == 0 || sharing.is_empty() {
        return Err(Obstacle::NothingToShareBy);
    }
    let worked_out = work_out(shared, sharing).ok_or(Obstacle::BeyondReal)?;
    let (portions, left_over, exact) = worked_out;
    shared.left_over = left_over;
    Ok((portions, exact))
}

/// With B/C the base share, n lists and W votes: (B × W + (C − B) × n × votes) / (C × n × W).
fn work_out(shared: &Shared, sharing: &[&Group]) -> Option<(Vec<Portion>, u32, Vec<Exact>)> {
    let (base, whole) =
        (u128::from(shared.base_share.numerator), u128::from(shared.base_share.denominator.get()));
    let (lists, of_all) = (u128::from(shared.lists), u128::from(shared.of_all));
    let divisor = whole.checked_mul(lists)?.checked_mul(of_all)?;
    let entitled: Vec<Entitled<'_>> = sharing
        .iter()
        .map(|group| {
            let mine = u128::from(weight(group, shared.by));
            let rest = whole.checked_sub(base)?.checked_mul(lists)?.checked_mul(mine)?;
            let numerator = base.checked_mul(of_all)?.checked_add(rest)?;
            Some(Entitled { numerator, votes: group.votes.unwrap_or_default(), name: &group.name })
        })
        .collect::<Option<_>>()?;
    let pot = oere(shared.pot)?;
    let units = pot.checked_div(u128::from(shared.unit.oere().get()))?;
    let (portions, left_over) = largest_remainder(units, divisor, &entitled)?;
    let exact = |one: &Entitled<'_>| Some(Exact { product: pot.checked_mul(one.numerator)?, divisor });
    Some((portions, left_over, entitled.iter().map(exact).collect::<Option<_>>()?))
}

fn share_line(
    cite: ItemId,
    shared: &Shared,
    group: &Group,
    portion: Portion,
    exact: Exact,
    trail: Trail,
) -> Option<GroupLine> {
    let unit = u128::from(shared.unit.oere().get());
    let rounded_down = money(portion.whole.checked_mul(unit)?)?;
    let whole = portion.whole.checked_add(u128::from(portion.has_one_more))?;
    let amount = money(whole.checked_mul(unit)?)?;
    // Øre with two more decimals are kroner with four.
    let twice = exact.product.checked_mul(200)?.checked_add(exact.divisor)?;
    let hundredths_of_oere = twice.checked_div(exact.divisor.checked_mul(2)?)?;
    let four_decimals =
        Decimal::try_from_i128_with_scale(i128::try_from(hundredths_of_oere).ok()?, 4).ok()?;
    let why = ShareWhy {
        pot_per_year: shared.pot_per_year,
        pot: shared.pot,
        shared_before: shared.before,
        months: shared.months,
        base_share: shared.base_share,
        lists: shared.lists,
        by: shared.by,
        mine: weight(group, shared.by),
        of_all: shared.of_all,
        four_decimals,
        is_exact: exact.product.checked_rem(exact.divisor)? == 0,
        unit: shared.unit,
        rounded_down,
        left_over: shared.left_over,
        has_one_more: portion.has_one_more,
        by_order: portion.by_order,
    };
    Some(GroupLine {
        part: GroupPart::Share,
        units: None,
        amount,
        cite,
        why: GroupWhy::Share(Box::new(why)),
        trail,
    })
}

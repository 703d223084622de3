//! The law on the base share: support follows the votes (partiloven § 10). At most a fifth of the
//! whole may be base support, and more than a tenth only when all agreed (Partilovnemnda
//! 11.01.2007).

use chrono::Datelike;
use rust_decimal::Decimal;

use super::apportion::oere;
use super::terms::Terms;
use super::why::GroupWhy;
use super::{GroupPart, Obstacle, Transfer};
use crate::money::{Money, Unrounded};
use crate::regulation::{Majority, Regulation, Share, WholeUnit};

/// The year of that decision: a support of earlier years is not held against it.
pub(crate) const FIRST_YEAR: i32 = 2007;

/// In per cent.
const ANY_MAJORITY_UP_TO: u128 = 10;
const UNANIMOUS_UP_TO: u128 = 20;

/// The part of the whole, in per cent, that base support may be by a majority.
pub(crate) fn at_most_per_cent(majority: Majority) -> u128 {
    match majority {
        Majority::Unanimous => UNANIMOUS_UP_TO,
        Majority::Simple => ANY_MAJORITY_UP_TO,
    }
}

/// A part of a whole in hundredths of a per cent.
pub(crate) fn hundredths(part: u128, all: u128) -> u64 {
    u64::try_from((part * 20_000 + all) / (all * 2).max(1)).unwrap_or(u64::MAX)
}

/// How a transfer's base support stands to what the law allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseShare {
    /// The part of the whole that is base support, in hundredths of a per cent, rounded.
    pub hundredths: u64,
    /// The per cent that the law allows by the decision's majority.
    pub at_most_per_cent: u32,
    /// The majority.
    pub majority: Majority,
}

impl BaseShare {
    /// The part in per cent.
    pub fn per_cent(self) -> Decimal {
        Decimal::new(i64::try_from(self.hundredths).unwrap_or(i64::MAX), 2).normalize()
    }
}

impl Transfer {
    /// How the base support of all groups stands to the law; nothing where nothing is granted, the majority
    /// is not stated, or the law did not say it yet.
    pub fn base_share(&self, regulation: &Regulation) -> Option<BaseShare> {
        if self.date.year() < FIRST_YEAR {
            return None;
        }
        let majority = *regulation.group_support.as_ref()?.majority.on(self.date).peek()?;
        let lines =
            || self.groups.iter().flat_map(|group| &group.lines).filter(|line| line.part.is_support());
        let of_pot = lines().find_map(|line| match &line.why {
            GroupWhy::Share(why) => {
                Some((u128::from(why.base_share.numerator), why.base_share.denominator.get()))
            }
            _ => None,
        });
        let (part, all) = match of_pot {
            Some((part, all)) => (part, u128::from(all)),
            None => {
                let base = lines().filter(|line| line.part == GroupPart::Base).map(|line| line.amount).sum();
                (oere(base)?, oere(lines().map(|line| line.amount).sum())?)
            }
        };
        let at_most_per_cent = u32::try_from(at_most_per_cent(majority)).ok()?;
        (all > 0).then(|| BaseShare { hundredths: hundredths(part, all), at_most_per_cent, majority })
    }
}

/// Holds the base support of all against the law and the majority of the decision.
pub(super) fn base_share(base: Money, whole: Money, terms: Terms<'_>, year: i32) -> Result<(), Obstacle> {
    let part = (oere(base).ok_or(Obstacle::BeyondReal)?, oere(whole).ok_or(Obstacle::BeyondReal)?);
    hold(part, (base, whole), terms, year)
}

/// Holds the base share of a pot against the law and the majority of the decision.
pub(super) fn pot_share(pot: Money, share: Share, terms: Terms<'_>, year: i32) -> Result<(), Obstacle> {
    let part = (u128::from(share.numerator), u128::from(share.denominator.get()));
    let base = Unrounded::from(pot).times(share.numerator).over(share.denominator);
    hold(part, (WholeUnit::Oere.rounding().round(base), pot), terms, year)
}

fn hold(
    (part, all): (u128, u128),
    (base, whole): (Money, Money),
    terms: Terms<'_>,
    year: i32,
) -> Result<(), Obstacle> {
    if year < FIRST_YEAR {
        return Ok(());
    }
    let is_over = |per_cent: u128| part * 100 > all * per_cent;
    let is_refused = is_over(UNANIMOUS_UP_TO);
    let lacks_majority =
        is_over(ANY_MAJORITY_UP_TO) && *terms.look_up(&terms.support.majority)? != Majority::Unanimous;
    if !is_refused && !lacks_majority {
        return Ok(());
    }
    Err(Obstacle::BaseShare {
        base,
        whole,
        hundredths: hundredths(part, all),
        is_refused,
        item: terms.item(&terms.support.majority),
    })
}

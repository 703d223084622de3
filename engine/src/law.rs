//! What the law demands of a regulation itself, as far as its file alone can be judged. Each demand
//! holds from the day on which its law came into force; [`findings`] lists them all.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::basis::{ClaimKind, Class, Employment};
use crate::groups::law::{FIRST_YEAR, at_most_per_cent, hundredths};
use crate::money::Money;
use crate::regulation::{
    AmountIx, Cover, Dated, ItemId, Majority, Regulation, SupportForm, SupportPot, SupportRates,
};

/// Something that a demand of the law found in a regulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The first day on which it holds.
    pub day: NaiveDate,
    /// What was found.
    pub what: Found,
    /// The item that it was found in.
    pub item: ItemId,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Documented and undocumented loss have one cap a day (kommuneloven § 8-3).
    SameCaps {
        /// The cap.
        cap: Money,
    },
    /// One of the two kinds of loss has a cap a day of 0.00 (kommuneloven § 8-3).
    OneCapOnly {
        /// Whether it is documented loss that has none.
        documented: bool,
    },
    /// A cap a day is not known, so that the two cannot be told apart.
    CapUnknown,
    /// Base support is more than the decision's majority allows (partiloven § 10).
    BaseShare {
        /// Its part of the whole at the least, in hundredths of a per cent.
        hundredths: u64,
        /// What the majority allows, in per cent.
        at_most: u32,
    },
    /// Base support may be more than the decision's majority allows, with enough groups.
    BaseShareOfGroups {
        /// From how many groups.
        groups: u32,
        /// What the majority allows, in per cent.
        at_most: u32,
    },
    /// What base support is a part of is not known.
    BaseShareUnknown,
    /// After-pay is longer than the ordinary notice period (kommuneloven § 8-6).
    AfterPayTooLong {
        /// The most months.
        months: Decimal,
        /// The notice period in months.
        notice: Decimal,
    },
    /// How long after-pay lasts is not known, so that it cannot be held against the notice period.
    AfterPayUnknown,
    /// The notice period is not stated, so that after-pay cannot be held against it.
    NoticePeriodUnknown,
}

/// Holds a regulation against the law, on each day on which an answer may change.
pub fn findings(regulation: &Regulation) -> Vec<Finding> {
    let mut all = lost_income(regulation);
    all.extend(after_pay(regulation));
    all.extend(base_share(regulation));
    all
}

/// The kommunelov of 2018 holds from the constituting meetings of autumn 2019, which are held in
/// October.
fn kommuneloven_2018() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2019, 10, 1)
}

/// § 8-3: where lost income is covered, there is an amount a day, and different ones for documented and
/// undocumented loss.
fn lost_income(regulation: &Regulation) -> Vec<Finding> {
    let kinds = [ClaimKind::LostIncomeUndocumented, ClaimKind::LostIncomeDocumented];
    let changes = regulation.covers.iter().flat_map(|cover| {
        let of_cap = cover.cap_per_day.into_iter().flat_map(|cap| regulation.amounts.changes(cap));
        let of_whom = cover.employments.iter().flat_map(Dated::changes);
        cover.kinds.changes().chain(of_whom).chain(of_cap)
    });
    let look = |employment: Employment, day: NaiveDate| {
        let [undocumented, documented] = kinds.map(|kind| cap_of(regulation, kind, employment, day));
        let (undocumented, documented) = match (undocumented, documented) {
            (None, None) => return None,
            (Some(given), None) => return Some((Found::OneCapOnly { documented: true }, given.item)),
            (None, Some(given)) => return Some((Found::OneCapOnly { documented: false }, given.item)),
            (Some(undocumented), Some(documented)) => (undocumented, documented),
        };
        match (undocumented.cap, documented.cap) {
            (CapADay::Unknown, _) => Some((Found::CapUnknown, undocumented.item)),
            (_, CapADay::Unknown) => Some((Found::CapUnknown, documented.item)),
            (CapADay::None, CapADay::None) => None,
            (CapADay::None, _) => Some((Found::OneCapOnly { documented: false }, undocumented.item)),
            (_, CapADay::None) => Some((Found::OneCapOnly { documented: true }, documented.item)),
            (CapADay::Kroner(cap), CapADay::Kroner(other)) => {
                (cap == other).then_some((Found::SameCaps { cap }, documented.item))
            }
        }
    };
    first_of_each(days(regulation, kommuneloven_2018(), changes), |day| {
        WITH_INCOME.into_iter().find_map(|employment| look(employment, day))
    })
}

/// Those who may have income to lose.
const WITH_INCOME: [Employment; 4] =
    [Employment::Employed, Employment::SelfEmployed, Employment::NoFixedPay, Employment::PayKept];

/// The cap a day of a kind of loss, and the item that states it.
struct CapOfKind {
    cap: CapADay,
    item: ItemId,
}

enum CapADay {
    Kroner(Money),
    /// None above 0.00.
    None,
    Unknown,
}

/// Nothing where no cover is for the kind, with such an employment.
fn cap_of(
    regulation: &Regulation,
    kind: ClaimKind,
    employment: Employment,
    day: NaiveDate,
) -> Option<CapOfKind> {
    let is_whose = |cover: &Cover| match &cover.employments {
        Some(employments) => employments.on(day).peek().is_none_or(|whose| whose.contains(&employment)),
        None => true,
    };
    let is_for = |cover: &&Cover| {
        cover.kinds.on(day).peek().is_some_and(|kinds| kinds.contains(&kind)) && is_whose(cover)
    };
    let cover = regulation.covers.iter().find(is_for)?;
    let Some(amount) = cover.cap_per_day else {
        return Some(CapOfKind { cap: CapADay::None, item: cover.kinds.on(day).item() });
    };
    let item = regulation.amounts.get(amount).statement.on(day).item();
    let cap = match kroner(regulation, amount, day) {
        None => CapADay::Unknown,
        Some(cap) if cap.is_zero() => CapADay::None,
        Some(cap) => CapADay::Kroner(cap),
    };
    Some(CapOfKind { cap, item })
}

/// § 8-6: after-pay is never longer than the ordinary notice period.
fn after_pay(regulation: &Regulation) -> Vec<Finding> {
    let Some(terms) = &regulation.after_pay else { return Vec::new() };
    let all = [&terms.months_with_work, &terms.months_without_work];
    let changes = all.into_iter().chain(&terms.notice_period_months).flat_map(Dated::changes);
    first_of_each(days(regulation, kommuneloven_2018(), changes), |day| {
        let all = all.map(|months| months.on(day));
        let longest = all.into_iter().max_by_key(|months| months.peek().copied())?;
        let notice = terms.notice_period_months.as_ref().and_then(|notice| notice.on(day).peek().copied());
        let Some(notice) = notice else { return Some((Found::NoticePeriodUnknown, longest.item())) };
        if let Some(months) = longest.peek().copied().filter(|months| *months > notice) {
            return Some((Found::AfterPayTooLong { months, notice }, longest.item()));
        }
        let unknown = all.into_iter().find(|months| months.peek().is_none())?;
        Some((Found::AfterPayUnknown, unknown.item()))
    })
}

/// Partiloven § 10, Partilovnemnda 11.01.2007.
fn base_share(regulation: &Regulation) -> Vec<Finding> {
    let Some(support) = &regulation.group_support else { return Vec::new() };
    let amounts = support.amounts();
    let mut changes: Vec<NaiveDate> = support.majority.changes().collect();
    changes.extend(amounts.iter().flat_map(|amount| regulation.amounts.changes(*amount)));
    match &support.form {
        SupportForm::Pot(pot) => changes.extend(pot.base_share.changes()),
        SupportForm::Rates(rates) => changes.extend(rates.at_most_groups.iter().flat_map(Dated::changes)),
    }
    let first = NaiveDate::from_ymd_opt(FIRST_YEAR, 1, 1);
    first_of_each(days(regulation, first, changes.into_iter()), |day| {
        let stated = support.majority.on(day);
        let Some(majority) = stated.peek() else { return Some((Found::BaseShareUnknown, stated.item())) };
        match &support.form {
            SupportForm::Pot(pot) => share_of_pot(pot, *majority, day),
            SupportForm::Rates(rates) => share_by_rates(regulation, rates, *majority, day),
        }
    })
}

fn share_of_pot(pot: &SupportPot, majority: Majority, day: NaiveDate) -> Option<(Found, ItemId)> {
    let stated = pot.base_share.on(day);
    let Some(share) = stated.peek() else { return Some((Found::BaseShareUnknown, stated.item())) };
    let (part, all) = (u128::from(share.numerator), u128::from(share.denominator.get()));
    let at_most = at_most_per_cent(majority);
    let found = Found::BaseShare { hundredths: hundredths(part, all), at_most: per_cent(at_most) };
    (part * 100 > all * at_most).then_some((found, stated.item()))
}

/// By rates, base support is the more of the whole the more groups there are: the council's seats are
/// given, and each group has one at least.
fn share_by_rates(
    regulation: &Regulation,
    rates: &SupportRates,
    majority: Majority,
    day: NaiveDate,
) -> Option<(Found, ItemId)> {
    let item = regulation.amounts.get(rates.amount_per_group).statement.on(day).item();
    let oere = |amount| u128::try_from(kroner(regulation, amount, day)?.decimal().mantissa()).ok();
    let council = regulation.bodies.values().find(|body| body.class == Class::Council);
    let known = (
        oere(rates.amount_per_group),
        oere(rates.amount_per_representative),
        council.and_then(|council| council.seats),
    );
    let (Some(per_group), Some(per_seat), Some(seats)) = known else {
        return Some((Found::BaseShareUnknown, item));
    };
    let at_most = at_most_per_cent(majority);
    // groups × per group > at most × (groups × per group + seats × per seat), solved for the groups.
    let by_seats = u128::from(seats) * per_seat;
    let enough = (at_most * by_seats).checked_div(per_group * (100 - at_most))? + 1;
    if enough == 1 {
        let hundredths = hundredths(per_group, per_group + by_seats);
        return Some((Found::BaseShare { hundredths, at_most: per_cent(at_most) }, item));
    }
    let most = rates.at_most_groups.as_ref().and_then(|most| most.on(day).peek().copied());
    let groups = u32::try_from(enough).ok().filter(|groups| *groups <= seats.min(most.unwrap_or(seats)))?;
    Some((Found::BaseShareOfGroups { groups, at_most: per_cent(at_most) }, item))
}

fn per_cent(number: u128) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// An amount on a day, to the øre as a line would be.
fn kroner(regulation: &Regulation, amount: AmountIx, day: NaiveDate) -> Option<Money> {
    let worth = regulation.amounts.of_one_head(amount, day).ok()?;
    let rounding = regulation.fees.rounding.on(day).peek();
    worth.exact.in_whole_oere().or_else(|| rounding.map(|rounding| rounding.round(worth.exact)))
}

/// The days on which a demand is looked at: the first on which both the law and the regulation hold, and
/// those after it on which something changes.
fn days(
    regulation: &Regulation,
    law: Option<NaiveDate>,
    changes: impl Iterator<Item = NaiveDate>,
) -> Vec<NaiveDate> {
    let Some(law) = law else { return Vec::new() };
    let first = law.max(regulation.in_force.first());
    let changes = changes.chain(regulation.fees.rounding.changes());
    let mut days: Vec<NaiveDate> = changes.filter(|day| *day > first).chain([first]).collect();
    days.retain(|day| regulation.in_force.contains(*day));
    days.sort_unstable();
    days.dedup();
    days
}

/// What is found, once for each day on which it differs from what was found before.
fn first_of_each(days: Vec<NaiveDate>, look: impl Fn(NaiveDate) -> Option<(Found, ItemId)>) -> Vec<Finding> {
    let mut before = None;
    let mut all = Vec::new();
    for day in days {
        let found = look(day);
        if let Some((what, item)) = found.filter(|found| before != Some(found.0)) {
            all.push(Finding { day, what, item });
        }
        before = found.map(|(what, _)| what);
    }
    all
}

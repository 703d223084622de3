//! What each group is granted in a year, before anything is deducted.

use std::num::NonZeroU32;

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use super::composition::{self, Composition, election_before, is_election_year};
use super::terms::Terms;
use super::why::{GroupWhy, NoRight};
use super::{GroupLine, GroupPart, Notice, Obstacle, law, pot};
use crate::basis::Group;
use crate::calendar::DateSpan;
use crate::line::Units;
use crate::money::{Money, Unrounded};
use crate::regulation::{
    AmountIx, BreakOuts, GroupSupport, ItemId, Regulation, SupportForm, SupportRates, Trail,
};
use crate::shortfall::Shortfall;

/// The months of a year.
pub(super) const MONTHS: u32 = 12;

/// The grants of a year.
#[derive(Debug)]
pub(super) struct Grants {
    pub(super) of_transfers: Vec<Grant>,
    /// The months of the new council, where its groups are not known.
    months_left_out: Option<u32>,
}

/// The grants of one transfer.
#[derive(Debug)]
pub(super) struct Grant {
    pub(super) date: NaiveDate,
    pub(super) months: u32,
    pub(super) cite: ItemId,
    /// Lines with their groups' names.
    pub(super) lines: Vec<(Box<str>, GroupLine)>,
}

/// The months of one transfer, and those of the year before them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) year: i32,
    pub(super) months: u32,
    pub(super) months_before: u32,
}

impl Part {
    /// Whether the year has two transfers.
    pub(super) fn is_split(self) -> bool {
        self.months < MONTHS
    }
}

impl Grants {
    /// That the months of the new council are left out.
    pub(super) fn left_out(&self, year: i32) -> Option<Notice> {
        self.months_left_out.map(|months| Notice::NewGroupsUnknown { year, months })
    }

    /// Whether all of the year's grants are there.
    pub(super) fn are_whole(&self) -> bool {
        self.months_left_out.is_none()
    }

    /// Whether they are known although they are of another year than the one asked for: none of them
    /// rests on a parameter, which is set for one year at a time.
    pub(super) fn hold_every_year(&self, regulation: &Regulation) -> bool {
        let mut parameters = regulation.items.iter().filter(|(_, item)| item.is_parameter);
        !parameters.any(|(id, _)| self.lines().any(|(_, line)| line.trail.contains(id)))
    }

    /// All lines with their groups' names.
    pub(super) fn lines(&self) -> impl Iterator<Item = &(Box<str>, GroupLine)> {
        self.of_transfers.iter().flat_map(|grant| &grant.lines)
    }
}

/// The days by which a year's support is transferred.
pub(super) fn due_dates(terms: Terms<'_>, year: i32) -> Result<Vec<NaiveDate>, Shortfall> {
    let transferred_in = *terms.look_up(&terms.support.transferred_in)?;
    let first = NaiveDate::from_ymd_opt(year, transferred_in, 1)
        .and_then(|first| first.checked_add_months(Months::new(1)))
        .and_then(|next| next.pred_opt());
    let is_split = is_election_year(year) && *terms.look_up(&terms.support.first_part_months)? < MONTHS;
    let second = if is_split { NaiveDate::from_ymd_opt(year, 12, 31) } else { None };
    Ok(first.into_iter().chain(second).collect())
}

/// The terms of a year, for what decides its transfers: those of its first day.
pub(super) fn terms_of_year<'r>(
    regulation: &'r Regulation,
    support: &'r GroupSupport,
    year: i32,
) -> Terms<'r> {
    Terms::on(DateSpan::of_year(year).first(), regulation, support)
}

/// The grants of a year: by the council of 1 January, and in a year of elections for the last months
/// by the new one.
pub(super) fn of_year(
    groups: &[Group],
    regulation: &Regulation,
    support: &GroupSupport,
    year: i32,
) -> Result<Grants, Obstacle> {
    let terms = terms_of_year(regulation, support, year);
    let mut dates = due_dates(terms, year)?.into_iter();
    let old = composition::of_new_year(groups, year);
    let is_split = is_election_year(year);
    let first_months = if is_split { *terms.look_up(&support.first_part_months)? } else { MONTHS };
    let mut grants = Grants { of_transfers: Vec::new(), months_left_out: None };
    if let Some(date) = dates.next() {
        if old.elected.is_empty() {
            return Err(Obstacle::NoGroups { election: election_before(year) });
        }
        let part = Part { year, months: first_months, months_before: 0 };
        let lines = lines(&old, terms.at(date), part)?;
        let cite = terms.item(&support.transferred_in);
        grants.of_transfers.push(Grant { date, months: first_months, cite, lines });
    }
    if let Some(date) = dates.next() {
        let new = composition::of_election(groups, year);
        let months = MONTHS.saturating_sub(first_months);
        if new.elected.is_empty() {
            grants.months_left_out = Some(months);
        } else {
            let lines = lines(&new, terms.at(date), Part { year, months, months_before: first_months })?;
            let cite = terms.item(&support.first_part_months);
            grants.of_transfers.push(Grant { date, months, cite, lines });
        }
    }
    Ok(grants)
}

/// The item that says who gets support.
fn item_of_form(terms: Terms<'_>) -> ItemId {
    match &terms.support.form {
        SupportForm::Rates(rates) => terms.item_of(rates.amount_per_group),
        SupportForm::Pot(pot) => terms.item(&pot.by),
    }
}

fn lines(
    council: &Composition<'_>,
    terms: Terms<'_>,
    part: Part,
) -> Result<Vec<(Box<str>, GroupLine)>, Obstacle> {
    let mut lines = match &terms.support.form {
        SupportForm::Rates(rates) => by_rates(council, terms, rates, part)?,
        SupportForm::Pot(pot) => pot::lines(council, terms, pot, part)?,
    };
    for (group, reason) in &council.without {
        let line = if matches!(reason, NoRight::BrokenOut { .. }) {
            broken_out(terms, reason.clone())?
        } else {
            no_right(terms, item_of_form(terms), reason.clone(), Trail::default())?
        };
        lines.push((group.name.clone(), line));
    }
    Ok(lines)
}

fn by_rates(
    council: &Composition<'_>,
    terms: Terms<'_>,
    rates: &SupportRates,
    part: Part,
) -> Result<Vec<(Box<str>, GroupLine)>, Obstacle> {
    let (groups, nobody): (Vec<&Group>, Vec<&Group>) =
        council.elected.iter().partition(|group| group.representatives > 0);
    hold_against_limit(terms, rates, groups.len())?;
    hold_against_law(terms, rates, &groups, part.year)?;
    let mut lines = Vec::new();
    for group in groups {
        let base = Portion { part: GroupPart::Base, count: 1, rate: rates.amount_per_group };
        let by_head = Portion {
            part: GroupPart::Representatives,
            count: group.representatives,
            rate: rates.amount_per_representative,
        };
        for portion in [base, by_head] {
            lines.push((group.name.clone(), rate_line(terms, rates, &portion, part)?));
        }
    }
    for group in nobody {
        let line = no_right(terms, item_of_form(terms), NoRight::NobodyElected, Trail::default())?;
        lines.push((group.name.clone(), line));
    }
    Ok(lines)
}

fn hold_against_limit(terms: Terms<'_>, rates: &SupportRates, groups: usize) -> Result<(), Obstacle> {
    let Some(at_most) = &rates.at_most_groups else { return Ok(()) };
    let limit = *terms.look_up(at_most)?;
    if usize::try_from(limit).is_ok_and(|limit| groups > limit) {
        return Err(Obstacle::TooManyGroups { groups, at_most: limit, item: terms.item(at_most) });
    }
    Ok(())
}

/// The rates of a whole year, so that an election year's parts are held against the same share.
fn hold_against_law(
    terms: Terms<'_>,
    rates: &SupportRates,
    groups: &[&Group],
    year: i32,
) -> Result<(), Obstacle> {
    let mut trail = Trail::default();
    let per_group = terms.amount(rates.amount_per_group, &mut trail)?;
    let per_representative = terms.amount(rates.amount_per_representative, &mut trail)?;
    let base: Money = groups.iter().map(|_| per_group).sum();
    let by_head: Money =
        groups.iter().map(|group| whole_year(per_representative, group.representatives)).sum();
    law::base_share(base, base + by_head, terms, year)
}

/// A rate of a year for so many: no fraction can arise.
fn whole_year(rate: Money, count: u32) -> Money {
    Money::new(rate.decimal().saturating_mul(Decimal::from(count))).unwrap_or_default()
}

/// So many at a rate.
struct Portion {
    part: GroupPart,
    count: u32,
    rate: AmountIx,
}

fn rate_line(
    terms: Terms<'_>,
    rates: &SupportRates,
    portion: &Portion,
    part: Part,
) -> Result<GroupLine, Shortfall> {
    let mut trail = Trail::default();
    read_common(terms, part, &mut trail)?;
    if let Some(at_most) = &rates.at_most_groups {
        terms.read(at_most, &mut trail)?;
    }
    let rate_per_year = terms.amount(portion.rate, &mut trail)?;
    let unit = *terms.read(&terms.support.whole, &mut trail)?;
    let months = NonZeroU32::new(MONTHS).unwrap_or(NonZeroU32::MIN);
    let exact = Unrounded::from(rate_per_year).times(portion.count).times(part.months).over(months);
    let amount = unit.rounding().round(exact);
    Ok(GroupLine {
        part: portion.part,
        units: Units::exactly(Decimal::from(portion.count), rate_per_year, amount),
        amount,
        cite: terms.item_of(portion.rate),
        why: GroupWhy::Rate { count: portion.count, rate_per_year, months: part.months },
        trail,
    })
}

/// What lies behind every line of support.
pub(super) fn read_common(terms: Terms<'_>, part: Part, trail: &mut Trail) -> Result<(), Shortfall> {
    terms.read(&terms.support.majority, trail)?;
    terms.read(&terms.support.transferred_in, trail)?;
    if part.is_split() {
        terms.read(&terms.support.first_part_months, trail)?;
    }
    Ok(())
}

fn broken_out(terms: Terms<'_>, reason: NoRight) -> Result<GroupLine, Shortfall> {
    let mut trail = Trail::default();
    let BreakOuts::NoRight = terms.read(&terms.support.break_outs, &mut trail)?;
    no_right(terms, terms.item(&terms.support.break_outs), reason, trail)
}

/// A line of 0.00 that says why.
pub(super) fn no_right(
    terms: Terms<'_>,
    cite: ItemId,
    reason: NoRight,
    mut trail: Trail,
) -> Result<GroupLine, Shortfall> {
    terms.read(&terms.support.transferred_in, &mut trail)?;
    let why = GroupWhy::NoRight(reason);
    Ok(GroupLine { part: GroupPart::NoRight, units: None, amount: Money::ZERO, cite, why, trail })
}

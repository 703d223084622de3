//! What is deducted from each transfer: payments on the group's behalf, and a debt from before.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::grant::{self, Grant, Grants, due_dates, terms_of_year};
use super::terms::Terms;
use super::why::GroupWhy;
use super::{GroupLine, GroupPart, GroupTransfer, Notice, Obstacle, Transfer, is_in_force};
use crate::basis::{GroupPayment, GroupRows};
use crate::money::Money;
use crate::regulation::{GroupSupport, PaymentsOnBehalf, Regulation, Trail};
use crate::shortfall::Shortfall;

/// What earlier transfers leave.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// Debts by group.
    debts: BTreeMap<Box<str>, Money>,
    /// The day of the last transfer; nothing before the first.
    last: Option<NaiveDate>,
}

impl Earlier {
    /// What the years before one leave: worked out from the first payment on, where their grants are
    /// known; otherwise a notice says so.
    pub(super) fn new(
        rows: &GroupRows,
        regulation: &Regulation,
        support: &GroupSupport,
        year: i32,
        notices: &mut Vec<Notice>,
    ) -> Self {
        let mut earlier = Self::default();
        let first = rows.payments.iter().map(|payment| payment.date.year()).min().unwrap_or(year);
        for before in first..year {
            let last_due = last_due_date(regulation, support, before);
            let has_payments = rows.payments.iter().any(|payment| {
                earlier.last.is_none_or(|last| payment.date > last)
                    && last_due.is_some_and(|due| payment.date <= due)
            });
            let grants = grant::of_year(&rows.groups, regulation, support, before).ok();
            let settled = grants
                .filter(|grants| is_in_force(regulation, before) && grants.hold_every_year(regulation))
                .and_then(|grants| settle(rows, regulation, support, &grants, &earlier).ok());
            if settled.is_none() && has_payments {
                notices.push(Notice::EarlierYearUnknown { year: before });
            }
            earlier = Self { debts: settled.map(debts_after).unwrap_or_default(), last: last_due };
        }
        if earlier.last.is_none() {
            earlier.last = last_due_date(regulation, support, year.saturating_sub(1));
        }
        earlier
    }
}

/// The day of a year's last transfer; nothing where the regulation does not say.
fn last_due_date(regulation: &Regulation, support: &GroupSupport, year: i32) -> Option<NaiveDate> {
    due_dates(terms_of_year(regulation, support, year), year).ok()?.last().copied()
}

/// What a year's transfers leave.
fn debts_after(transfers: Vec<Transfer>) -> BTreeMap<Box<str>, Money> {
    let last = transfers.into_iter().last();
    let groups = last.into_iter().flat_map(|transfer| transfer.groups);
    groups.filter(|group| !group.debt().is_zero()).map(|group| (group.group.clone(), group.debt())).collect()
}

/// The transfers of a year, with what is deducted from each.
pub(super) fn settle(
    rows: &GroupRows,
    regulation: &Regulation,
    support: &GroupSupport,
    grants: &Grants,
    earlier: &Earlier,
) -> Result<Vec<Transfer>, Obstacle> {
    let mut transfers = Vec::new();
    let (mut debts, mut last) = (earlier.debts.clone(), earlier.last);
    for grant in &grants.of_transfers {
        let is_due = |payment: &&GroupPayment| {
            last.is_none_or(|last| payment.date > last) && payment.date <= grant.date
        };
        let due: Vec<&GroupPayment> = rows.payments.iter().filter(is_due).collect();
        let names: BTreeSet<&str> = grant
            .lines
            .iter()
            .map(|(name, _)| &**name)
            .chain(due.iter().map(|payment| &*payment.group))
            .chain(debts.keys().map(|name| &**name))
            .collect();
        let groups: Vec<GroupTransfer> = names
            .into_iter()
            .map(|name| {
                let owed = debts.get(name).copied().unwrap_or_default();
                let mut paid: Vec<&GroupPayment> =
                    due.iter().copied().filter(|payment| *payment.group == *name).collect();
                paid.sort_by_key(|payment| (payment.date, payment.kind, payment.person, payment.amount));
                group_transfer(Terms::on(grant.date, regulation, support), grant, name, owed, &paid)
            })
            .collect::<Result<_, Shortfall>>()?;
        debts = groups
            .iter()
            .filter(|group| !group.debt().is_zero())
            .map(|group| (group.group.clone(), group.debt()))
            .collect();
        last = Some(grant.date);
        transfers.push(Transfer { date: grant.date, months: grant.months, cite: grant.cite, groups });
    }
    Ok(transfers)
}

fn group_transfer(
    terms: Terms<'_>,
    grant: &Grant,
    name: &str,
    owed: Money,
    paid: &[&GroupPayment],
) -> Result<GroupTransfer, Shortfall> {
    let of_group = grant.lines.iter().filter(|(group, _)| **group == *name);
    let mut lines: Vec<GroupLine> = of_group.map(|(_, line)| line.clone()).collect();
    let granted: Money = lines.iter().map(|line| line.amount).sum();
    if !owed.is_zero() {
        lines.push(deduction(terms, GroupPart::EarlierDebt, -owed, GroupWhy::EarlierDebt)?);
    }
    for payment in paid {
        let why = GroupWhy::Payment {
            date: payment.date,
            kind: payment.kind,
            person: payment.person,
            document: payment.document.clone(),
        };
        lines.push(deduction(terms, GroupPart::Payment, -payment.amount, why)?);
    }
    let deducted = paid.iter().map(|payment| payment.amount).sum::<Money>() + owed;
    let carried = deducted.left_after(granted);
    if !carried.is_zero() {
        let why = GroupWhy::DebtCarried { granted, deducted };
        lines.push(deduction(terms, GroupPart::DebtCarried, carried, why)?);
    }
    Ok(GroupTransfer { group: name.into(), lines, granted, deducted })
}

fn deduction(
    terms: Terms<'_>,
    part: GroupPart,
    amount: Money,
    why: GroupWhy,
) -> Result<GroupLine, Shortfall> {
    let mut trail = Trail::default();
    let PaymentsOnBehalf::DeductedFromNextTransfer =
        terms.read(&terms.support.payments_on_behalf, &mut trail)?;
    Ok(GroupLine {
        part,
        units: None,
        amount,
        cite: terms.item(&terms.support.payments_on_behalf),
        why,
        trail,
    })
}

/// Payments of the year after its last transfer.
pub(super) fn later_payments(rows: &GroupRows, transfers: &[Transfer], year: i32) -> Vec<Notice> {
    let Some(last) = transfers.last() else { return Vec::new() };
    let mut sums: BTreeMap<Box<str>, Money> = BTreeMap::new();
    for payment in
        rows.payments.iter().filter(|payment| payment.date > last.date && payment.date.year() == year)
    {
        *sums.entry(payment.group.clone()).or_default() += payment.amount;
    }
    sums.into_iter().map(|(group, sum)| Notice::LaterPayments { group, sum }).collect()
}

/// Payments of the year of which the group gave notice too late.
pub(super) fn late_notices(rows: &GroupRows, support: &GroupSupport, year: i32) -> Vec<Notice> {
    let Some(notice_by) = &support.notice_by else { return Vec::new() };
    let of_year = rows.payments.iter().filter(|payment| payment.date.year() == year);
    of_year
        .filter_map(|payment| {
            let notice_by = notice_by.on(payment.date);
            let due = notice_by.peek()?.in_year(year);
            let notice = payment.notice.filter(|notice| *notice > due)?;
            let (group, item, row) = (payment.group.clone(), notice_by.item(), payment.row);
            Some(Notice::LateNotice { group, notice, due, item, row })
        })
        .collect()
}

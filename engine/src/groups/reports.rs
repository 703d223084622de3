//! The groups' reports on how they used their support.

use std::collections::BTreeMap;

use super::composition::{of_election, of_new_year};
use super::grant::{self, Grants};
use super::{Notice, is_in_force};
use crate::basis::GroupRows;
use crate::calendar::DateSpan;
use crate::money::Money;
use crate::regulation::{GroupSupport, Regulation};

/// Looks at the reports on the year before, which are due in a year, and at those on the year itself,
/// where they are there already.
pub(super) fn look(
    rows: &GroupRows,
    regulation: &Regulation,
    support: &GroupSupport,
    grants: &Grants,
    year: i32,
    notices: &mut Vec<Notice>,
) {
    let Some(report_by) = &support.report_by else { return };
    let before = year.saturating_sub(1);
    let report_by = report_by.on(DateSpan::of_year(year).first());
    let due = report_by.peek().map(|day| day.in_year(year));
    let of_before = grant::of_year(&rows.groups, regulation, support, before).ok();
    if let Some(due) = due.filter(|_| is_in_force(regulation, before)) {
        let names = match &of_before {
            Some(grants) => supported(grants),
            None => elected(rows, before),
        };
        let has_reported =
            |group: &str| rows.reports.iter().any(|report| *report.group == *group && report.year == before);
        let missing = names.into_keys().filter(|name| !has_reported(name));
        let item = report_by.item();
        notices.extend(missing.map(|group| Notice::MissingReport { group, year: before, due, item }));
        notices.extend(rows.reports.iter().filter(|report| report.year == before).filter_map(|report| {
            let reported = report.reported.filter(|reported| *reported > due)?;
            let (group, row) = (report.group.clone(), report.row);
            Some(Notice::LateReport { group, year: before, reported, due, item, row })
        }));
        let granted =
            of_before.as_ref().filter(|grants| grants.are_whole() && grants.hold_every_year(regulation));
        notices.extend(granted.into_iter().flat_map(|grants| differing(rows, grants, before)));
    }
    if grants.are_whole() {
        notices.extend(differing(rows, grants, year));
    }
}

/// What each group that got support got.
fn supported(grants: &Grants) -> BTreeMap<Box<str>, Money> {
    let mut sums: BTreeMap<Box<str>, Money> = BTreeMap::new();
    for (group, line) in grants.lines().filter(|(_, line)| !line.amount.is_zero()) {
        *sums.entry(group.clone()).or_default() += line.amount;
    }
    sums
}

/// The groups of a year whose grants cannot be worked out.
fn elected(rows: &GroupRows, year: i32) -> BTreeMap<Box<str>, Money> {
    let councils = [of_new_year(&rows.groups, year), of_election(&rows.groups, year)];
    let groups = councils.into_iter().flat_map(|council| council.elected);
    groups.map(|group| (group.name.clone(), Money::ZERO)).collect()
}

fn differing(rows: &GroupRows, grants: &Grants, year: i32) -> Vec<Notice> {
    let granted = supported(grants);
    let reports = rows.reports.iter().filter(|report| report.year == year);
    reports
        .filter_map(|report| {
            let received = report.received?;
            let granted = granted.get(&report.group).copied().unwrap_or_default();
            (received != granted).then(|| Notice::ReceivedNotGranted {
                group: report.group.clone(),
                year,
                received,
                granted,
                row: report.row,
            })
        })
        .collect()
}

//! What a payout leaves to be looked at: travel whose tax is not known, or not parted for payroll, and what
//! Visma Expense has otherwise than the regulation gives.

use std::collections::BTreeSet;

use honorar_engine::reconciliation::{reconcile, sums_of_all};
use honorar_engine::{Kind, PayLine, Payout, Period};
use honorar_problems::{Problem, in_order};

use crate::reading::Content;
use crate::vocabulary::TableName;

/// The warnings of a period's payout.
pub fn payout_warnings(content: &Content, payout: &Payout, period: Period) -> Vec<Problem> {
    let mut problems: Vec<Problem> = tax_not_known(content, payout, period).into_iter().collect();
    problems.extend(taxable_not_parted(content, payout));
    problems.extend(registered_otherwise(content, payout, period));
    in_order(problems)
}

/// One warning a run: the differences themselves are for the reconciliation.
fn registered_otherwise(content: &Content, payout: &Payout, period: Period) -> Option<Problem> {
    let people = reconcile(&content.basis, payout);
    let differing = sums_of_all(&people).differing;
    let people = people.iter().filter(|person| person.sums().differing > 0).count();
    let claims = match differing {
        0 => return None,
        1 => "1 claim is".to_owned(),
        claims => format!("{claims} claims are"),
    };
    let people = if people == 1 { "1 person".to_owned() } else { format!("{people} people") };
    let message =
        format!("{claims} registered with other amounts than the regulation gives in {period}, of {people}");
    let place = content.place_of_table(TableName::VismaExpense).unwrap_or_default();
    Some(
        Problem::warning("registered_otherwise", place, message)
            .expected("what the regulation gives")
            .hint("`honorar reconcile` and reconciliation.csv have each of them, and why"),
    )
}

pub(crate) fn is_about_travel(kind: Kind) -> bool {
    matches!(kind, Kind::TravelCar | Kind::TravelPassenger | Kind::Subsistence)
}

fn tax_not_known(content: &Content, payout: &Payout, period: Period) -> Option<Problem> {
    let lines = || {
        let paid = payout.lines.iter().filter(|line| !line.amount.is_zero());
        paid.filter(|line| is_about_travel(line.kind) && line.tax.is_none())
    };
    let count = match lines().count() {
        0 => return None,
        1 => "a line".to_owned(),
        count => format!("{count} lines"),
    };
    let message = format!(
        "what is free of tax is not known for {count} of travel and subsistence in {period}: `tax_free` and `taxable` are empty there"
    );
    let problem = Problem::warning("tax_not_known", content.profile.place().clone(), message);
    Some(
        problem
            .expected("a day and a kind of journey for which rates/state/travel.toml has what is free of tax")
            .hint("payroll has to part what is taxed from the rest"),
    )
}

fn taxable_not_parted(content: &Content, payout: &Payout) -> Vec<Problem> {
    let is_taxed = |line: &&PayLine| line.tax.is_some_and(|tax| !tax.taxable.is_zero());
    let taxable: BTreeSet<Kind> = payout.lines.iter().filter(is_taxed).map(|line| line.kind).collect();
    let not_parted = taxable.into_iter().filter(|kind| {
        content.profile.wage_type(*kind).is_some_and(|wage_type| wage_type.taxable_code.is_none())
    });
    not_parted
        .map(|kind| {
            let name = kind.name();
            let message = format!(
                "a part of `{name}` is taxed, and goes to payroll under the same wage type as the rest"
            );
            Problem::warning("taxable_not_parted", content.profile.place().clone(), message)
                .expected(format!("`taxable_code = \"…\"` in `{name}` under [wage_types]"))
        })
        .collect()
}

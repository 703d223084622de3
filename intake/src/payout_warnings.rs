//! What a payout leaves to be looked at: travel whose tax is not known, or not parted for payroll.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use honorar_engine::{Kind, Money, PayLine, Payout};
use honorar_problems::{Problem, in_order};

use crate::reading::Content;

/// The warnings of a payout.
pub fn payout_warnings(content: &Content, payout: &Payout) -> Vec<Problem> {
    let mut problems: Vec<Problem> = tax_not_known(content, payout).into_iter().collect();
    problems.extend(taxable_not_parted(content, payout));
    in_order(problems)
}

fn is_about_travel(line: &PayLine) -> bool {
    matches!(line.kind, Kind::TravelCar | Kind::TravelPassenger | Kind::Subsistence)
}

fn tax_not_known(content: &Content, payout: &Payout) -> Option<Problem> {
    let lines = || {
        let paid = payout.lines.iter().filter(|line| !line.amount.is_zero());
        paid.filter(|line| is_about_travel(line) && line.tax.is_none())
    };
    let years: BTreeSet<i32> = lines().map(|line| line.date.year()).collect();
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    let count = match lines().count() {
        0 => return None,
        1 => "a line".to_owned(),
        count => format!("{count} lines"),
    };
    let message = format!(
        "what is free of tax is not known for {count} of travel and subsistence in {}: `tax_free` and `taxable` are empty there",
        years.join(", ")
    );
    let problem = Problem::warning("tax_not_known", content.profile.place().clone(), message);
    Some(
        problem
            .expected("a day and a kind of journey for which rates/state/travel.toml has what is free of tax")
            .hint("payroll has to part what is taxed from the rest"),
    )
}

fn taxable_not_parted(content: &Content, payout: &Payout) -> Vec<Problem> {
    let mut taxable: BTreeMap<Kind, Money> = BTreeMap::new();
    for line in &payout.lines {
        if let Some(tax) = line.tax.filter(|tax| !tax.taxable.is_zero()) {
            *taxable.entry(line.kind).or_default() += tax.taxable;
        }
    }
    let not_parted = taxable.into_iter().filter(|(kind, _)| {
        content.profile.wage_type(*kind).is_some_and(|wage_type| wage_type.taxable_code.is_none())
    });
    not_parted
        .map(|(kind, sum)| {
            let name = kind.name();
            let message = format!(
                "{sum} of `{name}` is taxed, and goes to payroll under the same wage type as the rest"
            );
            Problem::warning("taxable_not_parted", content.profile.place().clone(), message)
                .expected(format!("`taxable_code = \"…\"` in `{name}` under [wage_types]"))
        })
        .collect()
}

//! Party groups: persons' groups, reports that add up, and tables that the regulation has no use for.

use honorar_engine::basis::Person;
use honorar_problems::Problem;

use super::Checked;
use crate::vocabulary::{self, TableName};

pub(super) fn check(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    for (_, person) in checked.basis.register().persons() {
        unknown_group(checked, person, problems);
    }
    reports(checked, problems);
    without_group_support(checked, problems);
}

/// A person's group is one of the table `groups`, where that is there. A person's party is never
/// shown.
fn unknown_group(checked: &Checked<'_>, person: &Person, problems: &mut Vec<Problem>) {
    if !person.group.is_empty() && checked.known_groups.lack(&person.group) {
        let place = checked.locators.at(TableName::Persons, person.row, "group");
        let message = format!("the group of person {} is not in the table `groups`", person.id);
        let problem = Problem::warning("unknown_group", place, message);
        problems.push(problem.expected("the group of a row in `groups`, or an empty cell"));
    }
}

fn reports(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    for report in checked.basis.rows().groups.reports.iter().filter(|report| !report.adds_up()) {
        let place = checked.locators.at(TableName::GroupReports, report.row, "received");
        let (group, year) = (&report.group, report.year);
        let problem = match (report.received, report.spent, report.remaining) {
            (Some(received), Some(spent), Some(remaining)) => Problem::warning(
                "report_does_not_add_up",
                place,
                format!(
                    "the report of {group} on {year} does not add up: {spent} + {remaining} is not {received}"
                ),
            )
            .value(received.to_string()),
            _ => Problem::warning(
                "report_does_not_add_up",
                place,
                format!("the report of {group} on {year} does not state all three sums"),
            ),
        };
        problems.push(problem.expected("received = spent + remaining"));
    }
}

/// What a regulation without group support leaves unpaid is said.
fn without_group_support(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    if checked.regulation.group_support.is_some() {
        return;
    }
    for table in [TableName::Groups, TableName::GroupPayments, TableName::GroupReports] {
        let Some(place) = checked.locators.table(table) else { continue };
        let name = vocabulary::table_name(table).replace(' ', "_");
        let message = format!("the regulation has no group support: the table `{name}` is not used");
        let is_money = table == TableName::GroupPayments && !checked.basis.rows().groups.payments.is_empty();
        problems.push(if is_money {
            Problem::warning("unused_table", place, message)
                .expected("a section `[group_support]` in the regulation, or no such table")
                .hint("nothing of this table is paid")
        } else {
            Problem::note("unused_table", place, message)
        });
    }
}

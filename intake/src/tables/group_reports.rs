//! `group_reports`: what each group did with a year's support.

use std::collections::HashMap;

use honorar_engine::basis::{GroupReport, Row};

use super::TableReader;
use super::groups::KnownGroups;
use crate::columns::{Column, Columns, may, must};
use crate::table::Table;
use crate::vocabulary::TableName;

const COLUMNS: [Column; 6] = [
    must("group").key(),
    must("year").key(),
    may("received"),
    may("spent"),
    may("remaining"),
    may("reported"),
];

/// The greatest amount of a report, in kroner: what a group saved over a term may be in it.
const REPORT_LIMIT: u32 = 100_000_000;

pub(super) fn read(reading: &mut TableReader<'_>, table: &Table, known: &KnownGroups) -> Vec<GroupReport> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::GroupReports, &columns);
    let mut reports = Vec::new();
    let mut seen: HashMap<(Box<str>, i32), Row> = HashMap::new();
    for (row, [group_field, year_field, received, spent, remaining, reported]) in columns.rows() {
        let group = reading.group(&group_field, known);
        let group = group_field.needed(group, &mut reading.problems);
        let year = reading.year(&year_field);
        let year = year_field.needed(year, &mut reading.problems);
        let received = received.kroner(REPORT_LIMIT, &mut reading.problems);
        let spent = spent.kroner(REPORT_LIMIT, &mut reading.problems);
        let remaining = remaining.kroner(REPORT_LIMIT, &mut reading.problems);
        let reported = reported.date(&mut reading.problems);
        let (Ok(group), Ok(year)) = (group, year) else { continue };
        if let Some(first) = seen.insert((group.clone(), year), row) {
            let message = format!("the group's report on {year} is already in row {first}");
            let problem = group_field.error("double_row", message);
            reading.problems.push(problem.expected("one report a year").hint("delete one of the rows"));
            continue;
        }
        if let (Ok(received), Ok(spent), Ok(remaining), Ok(reported)) = (received, spent, remaining, reported)
        {
            reports.push(GroupReport { group, year, received, spent, remaining, reported, row });
        }
    }
    reports
}

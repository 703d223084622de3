//! `honorar check`.

use std::collections::BTreeSet;

use chrono::Datelike;
use honorar_engine::Period;
use honorar_engine::calendar::Payment;
use honorar_exporters::{Run, refused_by_payroll};
use honorar_intake::{Reading, computed, payout_warnings, read};
use honorar_problems::{Problem, Severity, has_errors, in_order};
use rayon::prelude::*;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{Bases, Format};
use crate::screen::{count, print, print_as_json, say_problems};

#[derive(Serialize)]
struct Checked {
    basis: String,
    problems: Vec<Problem>,
}

pub(crate) fn check(bases: &Bases, format: Format) -> Ending {
    let checked: Vec<Checked> = bases
        .bases
        .par_iter()
        .map(|basis| {
            let mut reading = read(basis, bases.config.as_deref());
            let found = found_by_paying(&reading);
            reading.problems.extend(found);
            let Reading { name, problems, .. } = reading;
            Checked { basis: name, problems: in_order(problems) }
        })
        .collect();
    match format {
        Format::Json => print_as_json(&checked),
        Format::Text => print_text(&checked),
    }
    if checked.iter().any(|checked| has_errors(&checked.problems)) { Ending::Errors } else { Ending::Done }
}

fn print_text(checked: &[Checked]) {
    let several = checked.len() > 1;
    for Checked { basis, problems } in checked {
        say_problems(several.then_some(basis), problems);
        let number = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
        print(&format!(
            "{basis}: {}, {}, {}\n",
            count(number(Severity::Error), "error", "errors"),
            count(number(Severity::Warning), "warning", "warnings"),
            count(number(Severity::Note), "note", "notes"),
        ));
    }
}

/// What a run for a period of the basis would say: a parameter or rate that is missing, a kind of line
/// without a wage type, what its payout leaves to be looked at. Periods in which the regulation does not
/// pay are not looked at.
fn found_by_paying(reading: &Reading) -> Vec<Problem> {
    let Some(content) = &reading.content else { return Vec::new() };
    let meetings = content.basis.register().meetings().map(|(_, meeting)| meeting.date.year());
    let claims = content.basis.rows().claims.iter().map(|claim| claim.date.year());
    let trips = content.basis.rows().trips.iter().map(|trip| trip.date.year());
    let payments = content.basis.rows().groups.payments.iter().map(|payment| payment.date.year());
    let years: BTreeSet<i32> = meetings.chain(claims).chain(trips).chain(payments).collect();
    let rhythms = || Payment::ALL.into_iter().rev();
    let periods = years
        .into_iter()
        .flat_map(|year| rhythms().flat_map(move |payment| Period::all_of_year(year, payment)));
    let found_in = |period: Period| {
        let payout = match computed(content, period) {
            Ok(payout) => payout,
            Err(problems) => return problems,
        };
        let mut found = payout_warnings(content, &payout, period);
        found.extend(Run::of(reading, period, &payout).iter().flat_map(refused_by_payroll));
        found
    };
    periods.filter(|period| content.pays_in(*period).is_ok()).flat_map(found_in).collect()
}

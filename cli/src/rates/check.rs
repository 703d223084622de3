//! `honorar rates check`.

use honorar_casebook::{Case, Outcome, read_pack};
use honorar_problems::{Problem, Severity, has_errors, in_order};
use honorar_rates::{empty_profile, find_pack, law_problems, read_regulation};
use rayon::prelude::*;
use serde::Serialize;

use super::{find, refuse};
use crate::Ending;
use crate::arguments::{CheckRates, Format};
use crate::screen::{count, print, print_as_json, say, say_problems};

#[derive(Serialize)]
struct Checked<'c> {
    regulation: String,
    passed: usize,
    failed: usize,
    /// Cases of a regulation whose file has errors.
    not_run: usize,
    problems: Vec<Problem>,
    failures: Vec<Failure<'c>>,
}

#[derive(Serialize)]
struct Failure<'c> {
    file: &'c str,
    row: Option<u32>,
    name: &'c str,
    point: &'c str,
    expected: Vec<String>,
    found: Vec<String>,
    problems: Vec<Problem>,
}

pub(super) fn check(arguments: &CheckRates, format: Format) -> Ending {
    let text = match find(&arguments.regulation) {
        Ok(text) => text,
        Err(problem) => return refuse(&[problem], format, Ending::WrongUse),
    };
    let read = empty_profile().map(|profile| read_regulation(&text, &profile));
    let (regulation, mut problems) = read.unwrap_or_default();
    let is_sound = regulation.is_some() && !has_errors(&problems);
    if let Some(regulation) = &regulation {
        problems.extend(law_problems(regulation, &text.file));
    }
    let (files, of_files) = find_pack(&arguments.regulation);
    let (pack, of_pack) = read_pack(&files);
    problems = in_order(problems);
    problems.extend(of_files.into_iter().chain(of_pack));
    let cases: Vec<&Case> = pack.cases().collect();
    let outcomes: Vec<Outcome> =
        if is_sound { cases.par_iter().map(|case| case.run(&text)).collect() } else { Vec::new() };
    let failures: Vec<Failure<'_>> = cases
        .iter()
        .zip(&outcomes)
        .filter(|(_, outcome)| !outcome.passed())
        .map(|(case, outcome)| Failure::new(case, outcome))
        .collect();
    let checked = Checked {
        regulation: text.name().to_owned(),
        passed: outcomes.len() - failures.len(),
        failed: failures.len(),
        not_run: cases.len() - outcomes.len(),
        problems,
        failures,
    };
    match format {
        Format::Json => print_as_json(&checked),
        Format::Text => print_text(&checked),
    }
    if has_errors(&checked.problems) || checked.failed > 0 { Ending::Errors } else { Ending::Done }
}

impl<'c> Failure<'c> {
    fn new(case: &'c Case, outcome: &Outcome) -> Self {
        Self {
            file: &case.place.file,
            row: case.place.row,
            name: &case.name,
            point: &case.point,
            expected: outcome.missing.clone(),
            found: outcome.unexpected.clone(),
            problems: outcome.problems.clone(),
        }
    }
}

fn print_text(checked: &Checked<'_>) {
    say_problems(None, &checked.problems);
    let errors = checked.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    if errors > 0 {
        say(&format!("{}: {}", checked.regulation, count(errors, "error", "errors")));
    }
    let mut text = String::new();
    for Failure { file, row, name, point, expected, found, problems } in &checked.failures {
        let line = row.map(|row| format!(", line {row}")).unwrap_or_default();
        let point = if point.is_empty() { String::new() } else { format!(" (point {point})") };
        text += &format!("failed: {file}{line}: {name}{point}\n");
        text += &expected.iter().map(|line| format!("  expected: {line}\n")).collect::<String>();
        text += &found.iter().map(|line| format!("  found:    {line}\n")).collect::<String>();
        let indented = |problem: &Problem| format!("  {}\n", problem.to_string().replace('\n', "\n  "));
        text += &problems.iter().map(indented).collect::<String>();
    }
    let not_run = match checked.not_run {
        0 => String::new(),
        number => format!(", {number} not run, because the regulation's file has errors"),
    };
    text +=
        &format!("{}: {} passed, {} failed{not_run}\n", checked.regulation, checked.passed, checked.failed);
    print(&text);
}

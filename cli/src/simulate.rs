//! `honorar simulate`.

use std::collections::BTreeSet;

use chrono::Datelike;
use honorar_engine::basis::PersonIx;
use honorar_engine::calendar::Payment;
use honorar_engine::simulation::{BothLines, Cost, GotFor, PaidTo, Simulation, YearPaid};
use honorar_engine::{Money, PayLine, Period};
use honorar_exporters::language::Words;
use honorar_exporters::{By, CostOf, SimulationRun, publish_simulation, role_key, simulation_files};
use honorar_intake::{Content, Proposed, Source, read_source, shortfall_problems, under_proposal};
use honorar_problems::{Problem, Severity, has_errors, in_order};
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::rates::{find, read_config};
use crate::run::print_as_json;
use crate::screen::{count, print, say, say_problems};
use crate::shown;

/// So many differences of each person are explained for machines.
const MOST_EXPLAINED: usize = 5;

pub(crate) fn simulate(arguments: &arguments::Simulate, format: Format) -> Ending {
    let source = Source::find(&arguments.basis, arguments.config.as_deref());
    let today = read_source(source.clone());
    let Some(content) = &today.content else {
        return refuse(&today.name, &today.problems, format, Ending::Errors);
    };
    let year = match arguments.year.map_or_else(|| year_of(content), Ok) {
        Ok(year) => year,
        Err(message) => {
            say(&format!("error: {message}"));
            return Ending::WrongUse;
        }
    };
    let config = arguments.proposal_config.as_deref().map(read_config).transpose();
    let (proposal, config) = match find(&arguments.regulation).and_then(|text| Ok((text, config?))) {
        Ok(found) => found,
        Err(problem) => return refuse(&today.name, &[problem], format, Ending::WrongUse),
    };
    let config = match config {
        Some((profile, problems)) if profile.is_none() || has_errors(&problems) => {
            return refuse(&today.name, &problems, format, Ending::Errors);
        }
        config => config.and_then(|(profile, _)| profile),
    };
    let proposed = Proposed::read(source, &today, content, &proposal, config.as_ref(), year);
    let mut problems: Vec<Problem> =
        today.problems.iter().chain(&proposed.reading.problems).cloned().collect();
    let Some(of_proposal) = &proposed.reading.content else {
        return refuse(&today.name, &in_order(problems), format, Ending::Errors);
    };
    let paid_today = paid(content, year);
    let paid_proposed = paid(of_proposal, year);
    let (paid_today, paid_proposed) = match (paid_today, paid_proposed) {
        (Ok(today), Ok(proposed)) => (today, proposed),
        (of_today, of_proposal) => {
            problems.extend(of_today.err().into_iter().flatten());
            let of_proposal = of_proposal.err().unwrap_or_default();
            problems.extend(under_proposal(of_proposal, &proposal.file));
            return refuse(&today.name, &in_order(problems), format, Ending::Errors);
        }
    };
    let simulation = Simulation::new(&paid_today, &paid_proposed);
    let Some(run) = SimulationRun::of(&today, &proposed, year, &simulation) else {
        return refuse(&today.name, &problems, format, Ending::Errors);
    };
    let run = run.in_language(arguments.language.wished());
    let problems = in_order(problems);
    show(arguments, &run, &problems, format)
}

/// The year in which the meetings of a basis are held.
fn year_of(content: &Content) -> Result<i32, String> {
    let meetings = content.basis.register().meetings();
    let years: BTreeSet<i32> = meetings.map(|(_, meeting)| meeting.date.year()).collect();
    let mut all = years.iter().copied();
    if let (Some(year), None) = (all.next(), all.next()) {
        return Ok(year);
    }
    let held = if years.is_empty() {
        "the basis has no meetings".to_owned()
    } else {
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        format!("the basis has meetings of several years: {}", years.join(", "))
    };
    Err(format!("{held}\n  expected: the year with --year"))
}

/// What a regulation gives in a year; or why it cannot be worked out.
fn paid(content: &Content, year: i32) -> Result<YearPaid<'_>, Vec<Problem>> {
    for whole_year in Period::all_of_year(year, Payment::Yearly) {
        content.is_in_force(whole_year).map_err(|problem| vec![problem])?;
    }
    YearPaid::new(&content.basis, &content.regulation, year)
        .map_err(|shortfalls| shortfall_problems(content, &shortfalls))
}

#[derive(Serialize)]
struct Refused<'r> {
    problems: &'r [Problem],
}

/// Says why nothing is worked out.
fn refuse(basis: &str, problems: &[Problem], format: Format, ending: Ending) -> Ending {
    match format {
        Format::Json => print_as_json(&Refused { problems }),
        Format::Text => {
            say_problems(None, problems);
            let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
            say(&format!("{basis}: {}; nothing was worked out", count(errors, "error", "errors")));
        }
    }
    ending
}

/// Writes the folder, where one is asked for, and shows what was worked out.
fn show(
    arguments: &arguments::Simulate,
    run: &SimulationRun<'_>,
    problems: &[Problem],
    format: Format,
) -> Ending {
    let register = run.today.basis.register();
    let person = arguments.person.as_ref().map(|id| register.find_person(id).ok_or(id)).transpose();
    let person = match person {
        Ok(person) => person,
        Err(id) => {
            say(&format!(
                "error: there is no person `{id}` in this basis\n  expected: a person_id of the table `persons`"
            ));
            return Ending::WrongUse;
        }
    };
    if let Some(folder) = &arguments.out {
        let written = simulation_files(run, problems).and_then(|files| {
            publish_simulation(run, &files, folder).map_err(|error| vec![error.problem(folder)])
        });
        if let Err(problems) = written {
            return refuse(run.name, &problems, format, Ending::Errors);
        }
    }
    let written_to = arguments.out.as_ref().map(|folder| folder.display().to_string());
    match format {
        Format::Json => print_as_json(&report(run, person, written_to, problems)),
        Format::Text => {
            say_problems(None, problems);
            print(&match person {
                Some(person) => text_of_person(run, person),
                None => text(run, arguments.persons),
            });
            if let Some(folder) = written_to {
                say(&format!("written to {folder}"));
            }
        }
    }
    Ending::Done
}

fn title(run: &SimulationRun<'_>) -> String {
    let words = run.words();
    let mut title = format!("{}\n", words.simulated(run.name, run.year, &run.proposed.regulation.name));
    if let Some(day) = run.values_of {
        title += &format!("{}\n", words.values_of(day, run.year));
    }
    title
}

/// The totals by what they have in common, and what goes to others than the persons apart.
fn text(run: &SimulationRun<'_>, with_persons: bool) -> String {
    let mut text = title(run);
    for by in By::ALL.into_iter().filter(|by| with_persons || *by != By::Person) {
        text += &format!("\n{}", table(run, PaidTo::Persons, by));
    }
    for (paid_to, heading) in run.apart() {
        text += &format!("\n{heading}\n{}", table(run, paid_to, By::Kind));
    }
    text
}

fn table(run: &SimulationRun<'_>, paid_to: PaidTo, by: By) -> String {
    let words = run.words();
    let headings = words.headings();
    let costs = run.costs(paid_to, by);
    let name = |row: &CostOf| {
        let is_kind_as_in_files = by == By::Kind && shown::is_as_in_files(words);
        if is_kind_as_in_files { row.key.clone() } else { row.label.clone() }
    };
    let width = costs.iter().map(|row| name(row).chars().count()).max().unwrap_or_default().max(26);
    let row = |name: &str, [today, proposed, difference]: [&str; 3]| {
        format!("{name:<width$}{today:>16}{proposed:>16}{difference:>16}\n")
    };
    let sums = |cost: Cost| [cost.today, cost.proposed, cost.difference()].map(|sum| words.money(sum));
    let of_cost = |name: &str, cost: Cost| row(name, sums(cost).each_ref().map(String::as_str));
    let mut text = row(run.heading(by), [headings.today, headings.proposed, headings.difference]);
    text.extend(costs.iter().map(|one| of_cost(&name(one), one.cost)));
    text + &of_cost(headings.in_all, run.simulation.total(paid_to))
}

/// What differs for a person, the greatest difference first, each with the lines behind it.
fn text_of_person(run: &SimulationRun<'_>, person: PersonIx) -> String {
    let (words, headings) = (run.words(), run.words().headings());
    let row = |sum: Money, what: &str| format!("{:>12}  {what}\n", words.money(sum));
    let of_register = run.today.basis.register().person(person);
    let mut text = format!("{}\n{} {}\n", title(run), of_register.id, of_register.name);
    let total = run.simulation.by(PaidTo::Persons, |row| row.person).remove(&person).unwrap_or_default();
    text += &row(total.today, headings.today);
    text += &row(total.proposed, headings.proposed);
    text += &row(total.difference(), headings.difference);
    for (got_for, lines) in differing(run.simulation, person) {
        let got_as = words.got_as(got_for.got_as);
        let apart = run.apart().into_iter().find(|(paid_to, _)| *paid_to == got_for.paid_to);
        let apart = apart.map_or("", |(_, heading)| heading);
        let about = [shown::kind(words, got_for.kind), got_for.body, got_as, apart];
        let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
        text += &format!("\n{}", row(lines.cost().difference(), &about.join(" ")));
        for (sign, side, lines) in [('-', run.today, &lines.today), ('+', run.proposed, &lines.proposed)] {
            for line in lines {
                let LineReport { cite, how, .. } = explained(line, words, side);
                let (amount, date) = (words.money(line.amount), words.date(line.date));
                // Some explanations end with their citation.
                let cite = Some(format!(" ({cite})")).filter(|cite| !how.ends_with(cite)).unwrap_or_default();
                text += &format!("{sign:>4} {amount:>12}  {date} {how}{cite}\n");
            }
        }
    }
    text
}

/// What a person gets more or less for, the greatest difference first.
fn differing<'y>(simulation: &Simulation<'y>, person: PersonIx) -> Vec<(GotFor<'y>, BothLines<'y>)> {
    let of_person = simulation.rows.iter().filter(|(row, _)| row.person == person);
    let differing = of_person.filter(|(_, lines)| !lines.cost().difference().is_zero());
    let mut all: Vec<_> = differing.map(|(row, lines)| (*row, lines.clone())).collect();
    // The smallest below zero is the greatest, whichever way it goes.
    all.sort_by_key(|(_, lines)| {
        let difference = lines.cost().difference();
        difference.min(-difference)
    });
    all
}

#[derive(Serialize)]
struct Report<'r> {
    basis: &'r str,
    year: i32,
    today: RegulationReport<'r>,
    proposed: RegulationReport<'r>,
    written_to: Option<String>,
    persons: PartReport,
    others: PartReport,
    visma_expense: PartReport,
    rows: Vec<RowReport<'r>>,
    largest: Vec<PersonReport<'r>>,
    problems: &'r [Problem],
}

#[derive(Serialize)]
struct RegulationReport<'r> {
    regulation: &'r str,
    adopted: &'r str,
    file: &'r str,
    values_of: Option<String>,
}

#[derive(Serialize)]
struct PartReport {
    by_kind: Vec<CostReport>,
    by_body: Vec<CostReport>,
    by_group: Vec<CostReport>,
    by_role: Vec<CostReport>,
    by_person: Vec<CostReport>,
    total: Sums,
}

#[derive(Serialize)]
struct CostReport {
    name: String,
    #[serde(flatten)]
    sums: Sums,
}

#[derive(Serialize)]
struct Sums {
    today: String,
    proposed: String,
    difference: String,
}

impl From<Cost> for Sums {
    fn from(cost: Cost) -> Self {
        Self {
            today: cost.today.to_string(),
            proposed: cost.proposed.to_string(),
            difference: cost.difference().to_string(),
        }
    }
}

#[derive(Serialize)]
struct RowReport<'r> {
    paid_to: &'static str,
    person_id: &'r str,
    group: &'r str,
    body: &'r str,
    role: String,
    kind: &'static str,
    #[serde(flatten)]
    sums: Sums,
}

/// The greatest differences of a person, with the lines behind them.
#[derive(Serialize)]
struct PersonReport<'r> {
    person_id: &'r str,
    differences: Vec<ExplainedRow<'r>>,
}

#[derive(Serialize)]
struct ExplainedRow<'r> {
    #[serde(flatten)]
    row: RowReport<'r>,
    lines_today: Vec<LineReport>,
    lines_proposed: Vec<LineReport>,
}

#[derive(Serialize)]
struct LineReport {
    date: String,
    amount: String,
    cite: String,
    how: String,
}

fn report<'r>(
    run: &'r SimulationRun<'r>,
    person: Option<PersonIx>,
    written_to: Option<String>,
    problems: &'r [Problem],
) -> Report<'r> {
    let register = run.today.basis.register();
    let is_meant = |other: PersonIx| person.is_none_or(|person| person == other);
    let rows = run.simulation.rows.iter().filter(|(row, _)| is_meant(row.person));
    let persons = register.persons().map(|(person, _)| person).filter(|person| is_meant(*person));
    let largest = persons.map(|person| PersonReport {
        person_id: &register.person(person).id,
        differences: explained_rows(run, person),
    });
    let regulation = |content: &'r Content, file: &'r str, values_of| RegulationReport {
        regulation: &content.regulation.name,
        adopted: &content.regulation.adopted,
        file,
        values_of,
    };
    let values_of = run.values_of.map(|day| day.to_string());
    Report {
        basis: run.name,
        year: run.year,
        today: regulation(run.today, &run.regulation_text.file, None),
        proposed: regulation(run.proposed, &run.proposal_text.file, values_of),
        written_to,
        persons: part(run, PaidTo::Persons),
        others: part(run, PaidTo::Others),
        visma_expense: part(run, PaidTo::Elsewhere),
        rows: rows.map(|(row, lines)| row_report(run, row, lines)).collect(),
        largest: largest.filter(|person| !person.differences.is_empty()).collect(),
        problems,
    }
}

fn part(run: &SimulationRun<'_>, paid_to: PaidTo) -> PartReport {
    let by = |by: By| {
        let costs = run.costs(paid_to, by).into_iter();
        costs.map(|one| CostReport { name: one.key, sums: one.cost.into() }).collect()
    };
    PartReport {
        by_kind: by(By::Kind),
        by_body: by(By::Body),
        by_group: by(By::Group),
        by_role: by(By::Role),
        by_person: by(By::Person),
        total: run.simulation.total(paid_to).into(),
    }
}

fn row_report<'r>(run: &'r SimulationRun<'r>, row: &GotFor<'r>, lines: &BothLines<'_>) -> RowReport<'r> {
    RowReport {
        paid_to: row.paid_to.name(),
        person_id: &run.today.basis.register().person(row.person).id,
        group: row.group,
        body: row.body,
        role: role_key(row.got_as),
        kind: row.kind.name(),
        sums: lines.cost().into(),
    }
}

fn explained_rows<'r>(run: &'r SimulationRun<'r>, person: PersonIx) -> Vec<ExplainedRow<'r>> {
    let explained = |lines: &[&PayLine], side: &Content| -> Vec<LineReport> {
        lines.iter().map(|line| explained(line, run.words(), side)).collect()
    };
    let rows = differing(run.simulation, person).into_iter().take(MOST_EXPLAINED);
    let rows = rows.map(|(row, lines)| ExplainedRow {
        row: row_report(run, &row, &lines),
        lines_today: explained(&lines.today, run.today),
        lines_proposed: explained(&lines.proposed, run.proposed),
    });
    rows.collect()
}

fn explained(line: &PayLine, words: Words, side: &Content) -> LineReport {
    LineReport {
        date: line.date.to_string(),
        amount: line.amount.to_string(),
        cite: side.regulation.items.cite(line.cite),
        how: words.how(line, &side.basis, &side.regulation),
    }
}

//! `honorar simulate`.

mod report;
mod text;

use std::collections::BTreeSet;

use chrono::Datelike;
use honorar_engine::Period;
use honorar_engine::basis::PersonIx;
use honorar_engine::calendar::Payment;
use honorar_engine::simulation::{BothLines, GotFor, Simulation, YearPaid};
use honorar_exporters::{SimulationRun, publish_simulation, simulation_files};
use honorar_intake::{Content, Proposed, Reading, Source, read_source, shortfall_problems, under_proposal};
use honorar_problems::{Place, Problem, Severity, has_errors, in_order};
use honorar_rates::Profile;
use serde::Serialize;

use self::report::report;
use self::text::{text, text_of_person};
use crate::Ending;
use crate::arguments::{self, Format};
use crate::rates::{find, read_config};
use crate::screen::{count, print, print_as_json, say, say_problems};

/// Why nothing is worked out, and how the command ends.
struct Refusal {
    problems: Vec<Problem>,
    ending: Ending,
}

impl Refusal {
    fn errors(problems: Vec<Problem>) -> Self {
        Self { problems: in_order(problems), ending: Ending::Errors }
    }

    fn wrong_use(problem: Problem) -> Self {
        Self { problems: vec![problem], ending: Ending::WrongUse }
    }
}

pub(crate) fn simulate(arguments: &arguments::Simulate, format: Format) -> Ending {
    let source = Source::find(&arguments.basis, arguments.config.as_deref());
    let today = read_source(source.clone());
    match simulated(arguments, format, source, &today) {
        Ok(()) => Ending::Done,
        Err(refusal) => refuse(&today.name, &refusal, format),
    }
}

/// Works the year out under both regulations, and shows it.
fn simulated(
    arguments: &arguments::Simulate,
    format: Format,
    source: Source,
    today: &Reading,
) -> Result<(), Refusal> {
    let refused = || Refusal::errors(today.problems.clone());
    let content = today.content.as_ref().ok_or_else(refused)?;
    let year = arguments.year.map_or_else(|| year_of(content, &today.name), Ok);
    let year = year.map_err(Refusal::wrong_use)?;
    let proposal = find(&arguments.regulation).map_err(Refusal::wrong_use)?;
    let config = config(arguments)?;
    let proposed = Proposed::read(source, today, content, &proposal, config.as_ref(), year);
    let known = [&today.problems, &proposed.reading.problems];
    let problems: Vec<Problem> = in_order(known.into_iter().flatten().cloned().collect());
    let of_proposal = proposed.reading.content.as_ref().ok_or_else(|| Refusal::errors(problems.clone()))?;
    let (paid_today, paid_proposed) = match (paid(content, year), paid(of_proposal, year)) {
        (Ok(today), Ok(proposed)) => (today, proposed),
        (of_today, of_proposal) => {
            let lacking = under_proposal(of_proposal.err().unwrap_or_default(), &proposal.file);
            let of_today = of_today.err().unwrap_or_default();
            return Err(Refusal::errors([problems, of_today, lacking].concat()));
        }
    };
    let simulation = Simulation::new(&paid_today, &paid_proposed);
    let run = SimulationRun::of(today, &proposed, year, &simulation).ok_or_else(refused)?;
    show(arguments, &run.in_language(arguments.language.wished()), &problems, format)
}

/// The profile for the proposal, where one is named.
fn config(arguments: &arguments::Simulate) -> Result<Option<Profile>, Refusal> {
    let Some(path) = &arguments.proposal_config else { return Ok(None) };
    let (profile, problems) = read_config(path).map_err(Refusal::wrong_use)?;
    if has_errors(&problems) { Err(Refusal::errors(problems)) } else { Ok(profile) }
}

/// The year in which the meetings of a basis are held.
fn year_of(content: &Content, name: &str) -> Result<i32, Problem> {
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
    Err(Problem::error("no_year", Place::file(name), held).expected("the year with --year"))
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

fn refuse(basis: &str, refusal: &Refusal, format: Format) -> Ending {
    let Refusal { problems, ending } = refusal;
    match format {
        Format::Json => print_as_json(&Refused { problems }),
        Format::Text => {
            say_problems(None, problems);
            let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
            say(&format!("{basis}: {}; nothing was worked out", count(errors, "error", "errors")));
        }
    }
    *ending
}

/// Writes the folder, where one is asked for, and shows what was worked out.
fn show(
    arguments: &arguments::Simulate,
    run: &SimulationRun<'_>,
    problems: &[Problem],
    format: Format,
) -> Result<(), Refusal> {
    let person = arguments.person.as_ref().map(|id| find_person(run, id)).transpose()?;
    if let Some(folder) = &arguments.out {
        let files = simulation_files(run, problems).map_err(Refusal::errors)?;
        publish_simulation(run, &files, folder)
            .map_err(|error| Refusal::errors(vec![error.problem(folder)]))?;
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
    Ok(())
}

fn find_person(run: &SimulationRun<'_>, id: &str) -> Result<PersonIx, Refusal> {
    run.today.basis.register().find_person(id).ok_or_else(|| {
        let message = format!("there is no person `{id}` in this basis");
        let problem = Problem::error("unknown_person", Place::file(run.name), message);
        Refusal::wrong_use(problem.expected("a person_id of the table `persons`"))
    })
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

//! A simulation for machines.

use honorar_engine::PayLine;
use honorar_engine::basis::PersonIx;
use honorar_engine::simulation::{BothLines, Cost, GotFor, PaidTo};
use honorar_exporters::language::Words;
use honorar_exporters::{By, SimulationRun, role_key};
use honorar_intake::Content;
use honorar_problems::Problem;
use serde::Serialize;

use super::differing;

/// So many differences of each person are explained.
const MOST_EXPLAINED: usize = 5;

#[derive(Serialize)]
pub(super) struct Report<'r> {
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

pub(super) fn report<'r>(
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
        cite: line.cite(&side.basis, &side.regulation),
        how: words.how(line, &side.basis, &side.regulation),
    }
}

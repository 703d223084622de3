//! A year under a proposal: what it would have cost by kind, body, group, role and person; and its folder.

use std::path::Path;

use chrono::NaiveDate;
use honorar_engine::Money;
use honorar_engine::basis::PersonIx;
use honorar_engine::simulation::{Cost, GotAs, GotFor, PaidTo, Simulation};
use honorar_intake::{Content, InputFile, Proposed, Reading, canonical};
use honorar_problems::Problem;
use honorar_rates::{Language, RegulationText};
use serde::Serialize;

use crate::encode::{csv_bytes, json, text_cell};
use crate::folder::{FolderError, Identity, publish_as};
use crate::language::Words;
use crate::record::{ContentRecord, FileRecord, RegulationRecord, content_records};
use crate::run::OutputFile;
use crate::statements::simulation_statement;

const COLUMNS: [&str; 10] =
    ["paid_to", "person_id", "name", "group", "body", "role", "kind", "today", "proposed", "difference"];

/// A basis, and what its year costs under its own regulation and under a proposal.
#[derive(Clone, Copy)]
pub struct SimulationRun<'r> {
    /// The basis's name.
    pub name: &'r str,
    /// The year.
    pub year: i32,
    /// The files as they were handed in.
    pub inputs: &'r [InputFile],
    /// The regulation's file.
    pub regulation_text: &'r RegulationText,
    /// The basis under its own regulation.
    pub today: &'r Content,
    /// The proposal's file.
    pub proposal_text: &'r RegulationText,
    /// The basis under the proposal.
    pub proposed: &'r Content,
    /// The day whose values hold in the whole year, where the proposal is not in force in all of it.
    pub values_of: Option<NaiveDate>,
    /// The result.
    pub simulation: &'r Simulation<'r>,
    /// The language of its explanations.
    pub language: Language,
}

/// By what costs are summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By kind of line.
    Kind,
    /// By body.
    Body,
    /// By party group.
    Group,
    /// By as what a person gets it.
    Role,
    /// By person.
    Person,
}

impl By {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Kind, Self::Body, Self::Group, Self::Role, Self::Person];
}

/// What something costs.
#[derive(Debug, Clone)]
pub struct CostOf {
    /// What it is, as machines know it: a kind, a code, a group, a role or an employee number.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// What it costs.
    pub cost: Cost,
}

impl<'r> SimulationRun<'r> {
    /// The simulation of a basis that was read under both regulations, in the municipality's language; nothing
    /// where it had errors.
    pub fn of(
        today: &'r Reading,
        proposed: &'r Proposed,
        year: i32,
        simulation: &'r Simulation<'r>,
    ) -> Option<Self> {
        let content = today.content.as_ref()?;
        Some(Self {
            name: &today.name,
            year,
            inputs: &today.inputs,
            regulation_text: today.regulation_text.as_ref()?,
            today: content,
            proposal_text: proposed.reading.regulation_text.as_ref()?,
            proposed: proposed.reading.content.as_ref()?,
            values_of: proposed.values_of,
            simulation,
            language: content.profile.language,
        })
    }

    /// The same simulation in a language, where one is wished for.
    #[must_use]
    pub fn in_language(self, wished: Option<Language>) -> Self {
        Self { language: wished.unwrap_or(self.language), ..self }
    }

    /// The words of its language.
    pub fn words(&self) -> Words {
        Words::of(self.language)
    }

    /// What is no part of the control total and has lines, with what stands over it.
    pub fn apart(&self) -> Vec<(PaidTo, &'static str)> {
        let headings = self.words().headings();
        let mut all = vec![(PaidTo::Others, headings.to_others), (PaidTo::Elsewhere, headings.registered)];
        all.retain(|(paid_to, _)| self.simulation.rows.keys().any(|row| row.paid_to == *paid_to));
        all
    }

    /// What stands over what costs are summed by.
    pub fn heading(&self, by: By) -> &'static str {
        let words = self.words();
        match by {
            By::Kind => words.headings().kind,
            By::Body => words.simulation().body(),
            By::Group => words.headings().group,
            By::Role => words.simulation().role(),
            By::Person => words.simulation().person(),
        }
    }

    /// The costs of what goes to somebody, by what they have in common.
    pub fn costs(&self, paid_to: PaidTo, by: By) -> Vec<CostOf> {
        let (words, register) = (self.words(), self.today.basis.register());
        let say = words.statement();
        let or = |text: &str, of_none: &str| (if text.is_empty() { of_none } else { text }).to_owned();
        let simulation = self.simulation;
        match by {
            By::Kind => costs(simulation.by(paid_to, |row| row.kind), |kind| {
                (kind.name().to_owned(), words.kind(*kind).to_owned())
            }),
            By::Body => costs(simulation.by(paid_to, |row| row.body), |body| {
                ((*body).to_owned(), or(body, say.no_body()))
            }),
            By::Group => costs(simulation.by(paid_to, |row| row.group), |group| {
                ((*group).to_owned(), or(group, say.no_group()))
            }),
            By::Role => costs(simulation.by(paid_to, |row| row.got_as), |got_as| {
                (role_key(*got_as), words.got_as(*got_as).to_owned())
            }),
            By::Person => costs(simulation.by(paid_to, |row| row.person), |person: &PersonIx| {
                let person = register.person(*person);
                (person.id.to_string(), format!("{} {}", person.id, person.name))
            }),
        }
    }

    /// What is on record instead of a period: no run for a period has it.
    fn period(&self) -> String {
        format!("simulation {}", self.year)
    }
}

fn costs<K: Ord>(
    all: impl IntoIterator<Item = (K, Cost)>,
    names: impl Fn(&K) -> (String, String),
) -> Vec<CostOf> {
    let of = |(one, cost): (K, Cost)| {
        let (key, label) = names(&one);
        CostOf { key, label, cost }
    };
    all.into_iter().map(of).collect()
}

/// As what something is got, as machines know it: the words of the tables where they have one.
pub fn role_key(got_as: GotAs) -> String {
    match got_as {
        GotAs::Role(role) => canonical::role(role).into_owned(),
        GotAs::Summoned => "summoned".to_owned(),
        GotAs::ExOfficio => "ex_officio".to_owned(),
        GotAs::EmployeeRepresentative => "employee_representative".to_owned(),
        GotAs::OutsideMeetings => "outside_meetings".to_owned(),
    }
}

/// The files of a simulation's folder: each row, a page and a workbook with the totals, what there is to look at,
/// and the record.
///
/// Errors: what a workbook cannot hold.
pub fn simulation_files(
    run: &SimulationRun<'_>,
    problems: &[Problem],
) -> Result<Vec<OutputFile>, Vec<Problem>> {
    let mut files = vec![OutputFile::new("simulation.csv", rows(run))];
    files.extend(simulation_statement(run)?);
    files.push(OutputFile::new("problems.json", json(&problems)));
    let record = record(run, &files);
    files.push(OutputFile::new("run.json", record));
    Ok(files)
}

/// Writes the files into a folder that appears as a whole, in the place of an earlier simulation of the same
/// basis and year.
pub fn publish_simulation(
    run: &SimulationRun<'_>,
    files: &[OutputFile],
    folder: &Path,
) -> Result<(), FolderError> {
    let period = run.period();
    let municipality = &run.today.profile.municipality;
    publish_as(&Identity { municipality, basis: run.name, period: &period }, files, folder)
}

fn rows(run: &SimulationRun<'_>) -> Vec<u8> {
    let register = run.today.basis.register();
    let rows = run.simulation.rows.iter().map(|(row, lines)| {
        let GotFor { paid_to, person, group, body, got_as, kind } = *row;
        let (person, cost) = (register.person(person), lines.cost());
        vec![
            paid_to.name().to_owned(),
            person.id.to_string(),
            text_cell(&person.name).into_owned(),
            text_cell(group).into_owned(),
            text_cell(body).into_owned(),
            role_key(got_as),
            kind.name().to_owned(),
            cost.today.to_string(),
            cost.proposed.to_string(),
            cost.difference().to_string(),
        ]
    });
    csv_bytes(std::iter::once(COLUMNS.iter().map(ToString::to_string).collect()).chain(rows))
}

#[derive(Serialize)]
struct Record<'r> {
    program: &'static str,
    version: &'static str,
    municipality: &'r str,
    basis: &'r str,
    period: String,
    language: &'static str,
    regulation: RegulationRecord<'r>,
    proposal: RegulationRecord<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values_of: Option<String>,
    inputs: Vec<FileRecord<'r>>,
    content: Vec<ContentRecord>,
    totals: Vec<TotalRecord>,
    files: Vec<FileRecord<'r>>,
}

#[derive(Serialize)]
struct TotalRecord {
    paid_to: &'static str,
    today: String,
    proposed: String,
    difference: String,
}

/// The record, as JSON. It has no date: the same simulation gives the same record.
fn record(run: &SimulationRun<'_>, files: &[OutputFile]) -> Vec<u8> {
    let total = |paid_to: PaidTo| {
        let cost = run.simulation.total(paid_to);
        let [today, proposed, difference] =
            [cost.today, cost.proposed, cost.difference()].map(|sum: Money| sum.to_string());
        TotalRecord { paid_to: paid_to.name(), today, proposed, difference }
    };
    json(&Record {
        program: "honorar",
        version: env!("CARGO_PKG_VERSION"),
        municipality: &run.today.profile.municipality,
        basis: run.name,
        period: run.period(),
        language: run.language.code(),
        regulation: RegulationRecord::new(run.today, run.regulation_text),
        proposal: RegulationRecord::new(run.proposed, run.proposal_text),
        values_of: run.values_of.map(|day| day.to_string()),
        inputs: run.inputs.iter().map(FileRecord::of_input).collect(),
        content: content_records(run.today),
        totals: PaidTo::ALL.map(total).into(),
        files: files.iter().map(FileRecord::of_output).collect(),
    })
}

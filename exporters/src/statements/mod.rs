//! Statements that people read: to each person, to each party group, to the finance office and to the auditor;
//! as pages, and as workbooks with the same content.

mod auditor;
mod chart;
mod document;
mod facts;
mod finance;
mod group;
mod page;
mod person;
mod simulation;
mod workbook;

use honorar_engine::basis::PersonIx;
use honorar_engine::groups::{SupportOfYear, support_of_year};
use honorar_engine::payout::of_period;
use honorar_engine::{Payout, Period};
use honorar_problems::{Place, Problem};
use honorar_rates::StatementKind;

use self::document::Document;
use crate::groups::GroupRun;
use crate::language::Words;
use crate::run::{OutputFile, Run};
use crate::simulation::SimulationRun;

/// Which statements of a run are wanted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Statement {
    /// To one person, by employee number.
    Person(String),
    /// To every person who is paid, or whose claim was refused.
    Persons,
    /// To one party group.
    Group(String),
    /// To every party group.
    Groups,
    /// To the finance office.
    Finance,
    /// To the auditor.
    Auditor,
}

impl Statement {
    /// Every statement of a run.
    pub const ALL: [Self; 4] = [Self::Persons, Self::Groups, Self::Finance, Self::Auditor];
}

impl From<StatementKind> for Statement {
    fn from(kind: StatementKind) -> Self {
        match kind {
            StatementKind::Persons => Self::Persons,
            StatementKind::Groups => Self::Groups,
            StatementKind::Finance => Self::Finance,
            StatementKind::Auditor => Self::Auditor,
        }
    }
}

/// A run, and what its statements look at besides.
#[derive(Clone, Copy)]
struct StatedRun<'r> {
    run: Run<'r>,
    /// The run of the period before; nothing where it is not known.
    before: Option<Run<'r>>,
    /// The support to party groups in the run's year, where the regulation has one.
    support: Option<&'r SupportOfYear>,
    words: Words,
}

/// The files of some statements of a run, in its language: each is a page, and a workbook with the same content.
/// Where no run of the period before is given, the basis itself may hold that period.
///
/// Errors: a person or group of no such name, and what a workbook cannot hold.
pub(crate) fn statements(
    run: &Run<'_>,
    wanted: &[Statement],
    before: Option<Run<'_>>,
) -> Result<Vec<OutputFile>, Vec<Problem>> {
    let own = if before.is_none() { period_before(run) } else { None };
    let of_basis = own.as_ref().map(|(period, payout)| Run { period: *period, payout, ..*run });
    let content = run.content;
    let support = content
        .regulation
        .group_support
        .is_some()
        .then(|| support_of_year(&content.basis, &content.regulation, run.period.year()).ok());
    let support = support.flatten();
    let stated =
        StatedRun { run: *run, before: before.or(of_basis), support: support.as_ref(), words: run.words() };
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for statement in wanted {
        match documents(&stated, statement) {
            Ok(documents) => all.extend(documents),
            Err(problem) => problems.push(problem),
        }
    }
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all.dedup_by(|(a, _), (b, _)| a == b);
    if problems.is_empty() { files(all) } else { Err(problems) }
}

impl<'r> StatedRun<'r> {
    /// The support to party groups, as a run of its own.
    fn group_run(&self) -> Option<GroupRun<'r>> {
        let Run { name, inputs, regulation_text, content, problems, language, .. } = self.run;
        let support = self.support?;
        Some(GroupRun { name, inputs, regulation_text, content, support, problems, language })
    }
}

/// The files of the statements to all party groups: each is a page, and a workbook with the same content.
///
/// Errors: what a workbook cannot hold.
pub(crate) fn group_statements(run: &GroupRun<'_>) -> Result<Vec<OutputFile>, Vec<Problem>> {
    files(group::groups(run.support).into_iter().filter_map(|group| of_group(run, group)).collect())
}

/// A group's document and its name.
fn of_group(run: &GroupRun<'_>, group: &str) -> Option<(String, Document)> {
    Some((format!("group-{}", file_name(group)), group::document(run, group)?))
}

/// A simulation as a page, and as a workbook with the same content.
///
/// Errors: what a workbook cannot hold.
pub(crate) fn simulation_statement(run: &SimulationRun<'_>) -> Result<Vec<OutputFile>, Vec<Problem>> {
    files(vec![("simulation".to_owned(), simulation::document(run))])
}

/// The period before, where the run's own basis holds it: a basis of a year does for its second half.
fn period_before(run: &Run<'_>) -> Option<(Period, Payout)> {
    let period = run.period.before()?;
    let content = run.content;
    let met = content.basis.register().meetings().any(|(_, meeting)| period.contains(meeting.date));
    if !met || content.pays_in(period).is_err() {
        return None;
    }
    Some((period, of_period(&content.basis, &content.regulation, period).ok()?))
}

/// The documents of a statement, each with its name.
fn documents(stated: &StatedRun<'_>, statement: &Statement) -> Result<Vec<(String, Document)>, Problem> {
    let register = stated.run.content.basis.register();
    let no_such = |what: &str, name: &str, expected: &str| {
        let message = format!("there is no {what} `{name}` in this run");
        Problem::error("no_such_statement", Place::file(stated.run.name), message).expected(expected)
    };
    let of_person =
        |person| (format!("person-{}", register.person(person).id), person::document(stated, person));
    let group_run = stated.group_run();
    let of_group = |group: &str| of_group(group_run.as_ref()?, group);
    match statement {
        Statement::Person(id) => {
            let person = register.find_person(id);
            person
                .map(|person| vec![of_person(person)])
                .ok_or_else(|| no_such("person", id, "a person_id of the table `persons`"))
        }
        Statement::Persons => Ok(persons(stated).into_iter().map(of_person).collect()),
        Statement::Group(group) => of_group(group)
            .map(|document| vec![document])
            .ok_or_else(|| no_such("party group", group, "a group that has support in the run's year")),
        Statement::Groups => {
            let groups = stated.support.map(group::groups).unwrap_or_default();
            Ok(groups.into_iter().filter_map(of_group).collect())
        }
        Statement::Finance => Ok(vec![("finance".to_owned(), finance::document(stated))]),
        Statement::Auditor => Ok(vec![("auditor".to_owned(), auditor::document(stated))]),
    }
}

/// Those who have a line.
fn persons(stated: &StatedRun<'_>) -> Vec<PersonIx> {
    let payout = stated.run.payout;
    let mut persons: Vec<PersonIx> = payout.all().chain(&payout.registered).map(|line| line.person).collect();
    persons.sort_unstable();
    persons.dedup();
    persons
}

/// A page and a workbook of each document. Statements lie in a folder of their language:
/// `statements/nn/person-0104.html`.
fn files(documents: Vec<(String, Document)>) -> Result<Vec<OutputFile>, Vec<Problem>> {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for (name, document) in documents {
        let path = |ending: &str| format!("statements/{}/{name}.{ending}", document.words.language().code());
        files.push(OutputFile { name: path("html"), bytes: page::page(&document) });
        match workbook::workbook(&document) {
            Ok(bytes) => files.push(OutputFile { name: path("xlsx"), bytes }),
            Err(error) => {
                let message = format!("the workbook cannot hold it: {error}");
                problems.push(Problem::error("not_written", Place::file(path("xlsx")), message));
            }
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// A group's name as a part of a file's name.
fn file_name(group: &str) -> String {
    group.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}

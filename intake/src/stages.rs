//! The stages of reading: files in memory, their cells, their rows, and a checked basis.

use std::collections::BTreeSet;
use std::path::Path;

use honorar_engine::{Basis, Regulation};
use honorar_problems::{Place, Problem, did_you_mean, has_errors, in_order};
use honorar_rates::{Profile, Proposal, stand_in_regulation};

use crate::checks;
use crate::files::Source;
use crate::ledger_tables::LedgerTexts;
use crate::reading::{Content, Reading};
use crate::rules::Rules;
use crate::table::Table;
use crate::tables::{self, Handed, ReadTables};

/// Reads a basis: a folder of tables or a workbook, with `config` instead of its `honorar.toml`
/// where given.
pub fn read(path: &Path, config: Option<&Path>) -> Reading {
    read_source(Source::find(path, config))
}

/// The same with Visma Expense's export, which lies elsewhere.
pub fn read_with_expense(path: &Path, config: Option<&Path>, expense: &Path) -> Reading {
    read_source(Source::find(path, config).with_expense(expense))
}

/// Reads a basis from files that are already in memory.
pub fn read_source(source: Source) -> Reading {
    if is_unread(&source.problems) && source.tables.is_empty() {
        // There is nothing to read: what is missing in it would only repeat that.
        let problems = source.problems.iter().cloned().chain(source.notes(None)).collect();
        return Reading { name: source.name, problems: in_order(problems), ..Reading::default() };
    }
    Cut::of(source).understood().checked()
}

/// Reads a basis under a regulation that is proposed: with a profile for it instead of its own.
pub(crate) fn read_proposed(source: Source, profile: Profile, proposal: Proposal) -> Reading {
    let rules = Rules::proposed(profile, proposal, &source);
    let tables = source.read_tables();
    Cut::new(source, rules, tables).understood().checked()
}

/// Whether a problem left a file unread, which may hold what seems to be missing.
fn is_unread(problems: &[Problem]) -> bool {
    const UNREAD: [&str; 5] = ["unreadable", "no_basis", "too_large", "encoding", "open_quote"];
    problems.iter().any(|problem| UNREAD.contains(&problem.code))
}

/// The cells of a basis's tables, and the rules by which they are to be read.
pub struct Cut {
    source: Source,
    rules: Rules,
    tables: Vec<Table>,
    problems: Vec<Problem>,
}

impl Cut {
    /// Cuts the tables, and reads the regulation that the profile names.
    pub fn of(source: Source) -> Self {
        // Neither needs the other. What takes longer is begun here: another thread may first have to wake up.
        let (tables, rules) = rayon::join(|| source.read_tables(), || Rules::of(&source));
        Self::new(source, rules, tables)
    }

    fn new(mut source: Source, mut rules: Rules, (tables, of_tables): (Vec<Table>, Vec<Problem>)) -> Self {
        let mut problems = std::mem::take(&mut source.problems);
        problems.append(&mut rules.problems);
        problems.extend(source.notes(rules.text.as_ref()));
        problems.extend(of_tables);
        Self { source, rules, tables, problems }
    }

    /// Understands every row.
    pub fn understood(self) -> Understood {
        let Self { source, rules, tables, mut problems } = self;
        let all_read = !is_unread(&problems);
        let handed = Handed::new(&tables, &source.name, all_read, &mut problems);
        let profile = rules.profile.as_ref();
        let rows = if let Some(regulation) = &rules.regulation {
            Some(tables::read(&handed, regulation, profile, &mut problems))
        } else {
            problems.extend(problems_without_regulation(&handed, profile));
            None
        };
        Understood { source, rules, rows, all_read, problems }
    }
}

/// The rows of a basis, each by itself.
pub struct Understood {
    source: Source,
    rules: Rules,
    /// Nothing where there is no regulation to read them by.
    rows: Option<ReadTables>,
    /// Whether every file could be read.
    all_read: bool,
    problems: Vec<Problem>,
}

impl Understood {
    /// Holds the rows against each other, and gives what was read: all that is wrong with it, or its content.
    pub fn checked(self) -> Reading {
        let Self { source, rules, rows, all_read, mut problems } = self;
        let Rules { profile, text: regulation_text, regulation, hrm, .. } = rules;
        if let (Some(rows), Some(regulation)) = (&rows, &regulation) {
            checks::check(rows, regulation, &mut problems);
            if let Some(profile) = profile.as_ref().filter(|_| all_read) {
                problems.extend(unknown_bodies(profile, regulation, &rows.basis));
            }
        }
        let ledger = source.ledger.as_ref().map(LedgerTexts::read).transpose().unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });
        let problems = in_order(problems);
        let content = match (profile, regulation, rows) {
            (Some(profile), Some(regulation), Some(ReadTables { basis, locators, .. }))
                if !has_errors(&problems) =>
            {
                let basis = basis.with_ledger(ledger.unwrap_or_default(), &regulation);
                Some(Content { profile, regulation, basis, hrm, locators })
            }
            _ => None,
        };
        let inputs = source.tables.into_iter().chain(source.expense).chain(source.profile).collect();
        let Source { name, ledger, left_alone, .. } = source;
        Reading { name, inputs, regulation_text, ledger, left_alone, problems, content }
    }
}

/// An error for each body of the accounting rules that neither the regulation nor the basis knows.
fn unknown_bodies(profile: &Profile, regulation: &Regulation, basis: &Basis) -> Vec<Problem> {
    let register = basis.register();
    let of_basis = register.bodies().map(|(_, body)| &*body.code);
    let known: BTreeSet<&str> = regulation.bodies.keys().map(|code| &**code).chain(of_basis).collect();
    let unknown = profile.accounting.bodies().filter(|(body, _)| !known.contains(body));
    let problem = |(body, place): (&str, &Place)| {
        Problem::error("unknown_body", place.clone(), "a rule of `accounting` names a body that is not known")
            .value(body)
            .expected("a body of the regulation, or of the table `bodies`")
            .maybe_hint(did_you_mean(body, known.iter().copied()))
    };
    unknown.map(problem).collect()
}

/// What is wrong in the tables whatever the regulation says, so that it is reported in the same go
/// as a regulation that cannot be read: they are held against one that ships with the program, and
/// what depends on it is left out.
fn problems_without_regulation(handed: &Handed<'_>, profile: Option<&Profile>) -> Vec<Problem> {
    const OF_REGULATION: [&str; 7] = [
        "unknown_body",
        "no_group_meeting",
        "no_right_to_be_summoned",
        "no_attendance_row",
        "executive_outside_council",
        "too_many_holders",
        "unused_table",
    ];
    let mut problems = Vec::new();
    if let Some(regulation) = stand_in_regulation() {
        let read = tables::read(handed, &regulation, profile, &mut problems);
        checks::check(&read, &regulation, &mut problems);
    }
    problems.retain(|problem| !OF_REGULATION.contains(&problem.code));
    problems
}

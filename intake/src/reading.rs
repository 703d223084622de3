//! One basis, from its path to its checked content.

use std::collections::BTreeSet;
use std::path::Path;

use honorar_engine::basis::ClaimIx;
use honorar_engine::ledger::Coverage;
use honorar_engine::line::Origin;
use honorar_engine::{Basis, Period, Regulation};
use honorar_problems::{Place, Problem, did_you_mean, has_errors, in_order};
use honorar_rates::{
    HrmFiles, Profile, Proposal, RegulationText, find_hrm_texts, find_regulation, read_profile,
    read_regulation, stand_in_regulation,
};

use crate::files::{InputFile, Source};
use crate::ledger_tables::LedgerTexts;
use crate::tables::{Handed, Locators, ReadTables};
use crate::vocabulary::TableName;
use crate::{checks, tables};

/// Everything that was read of a basis.
#[derive(Debug, Default)]
pub struct Reading {
    /// The basis's name: that of its folder or workbook.
    pub name: String,
    /// The files as they were handed in.
    pub inputs: Vec<InputFile>,
    /// The regulation's file.
    pub regulation_text: Option<RegulationText>,
    /// What closed runs have paid, where the run is held against an archive.
    pub ledger: Option<LedgerTexts>,
    /// The names of what lies beside the tables and was left alone.
    pub left_alone: Vec<String>,
    /// What is wrong or worth a look, in the order of the input.
    pub problems: Vec<Problem>,
    /// The content; nothing when there is an error.
    pub content: Option<Content>,
}

/// The content of a basis without errors.
#[derive(Debug)]
pub struct Content {
    /// The municipality's profile.
    pub profile: Profile,
    /// The regulation with the profile's parameters and decisions.
    pub regulation: Regulation,
    /// The basis.
    pub basis: Basis,
    /// The mapping and schema of Visma Enterprise HRM, where the profile names them.
    pub hrm: Option<HrmFiles>,
    locators: Locators,
}

impl Content {
    /// Whether the regulation pays in runs for such a period, and is in force on every day of it;
    /// otherwise an error.
    pub fn pays_in(&self, period: Period) -> Result<(), Problem> {
        let payments = self.regulation.payments();
        if self.basis.ledger().is_closed(period) {
            return self.covers_closed(period);
        }
        if !payments.contains(&period.payment()) {
            let message =
                format!("the regulation `{}` pays nothing in a run for {period}", self.regulation.name);
            let rhythms: Vec<String> = payments
                .into_iter()
                .filter_map(|payment| Period::new(period.year(), payment, 1))
                .map(|period| period.to_string())
                .collect();
            return Err(Problem::error("pays_nothing", self.profile.place().clone(), message)
                .expected(format!("a period such as {}", rhythms.join(" or "))));
        }
        self.is_in_force(period)
    }

    /// Whether the regulation is in force on every day of a period; otherwise an error.
    pub fn is_in_force(&self, period: Period) -> Result<(), Problem> {
        let in_force = self.regulation.in_force;
        if in_force.contains(period.first_day()) && in_force.contains(period.last_day()) {
            return Ok(());
        }
        let until = in_force.last().map(|last| format!(" until {last}")).unwrap_or_default();
        let message = format!("the regulation `{}` is not in force in all of {period}", self.regulation.name);
        Err(Problem::error("not_in_force", self.profile.place().clone(), message)
            .expected(format!("a period from {}{until}", in_force.first()))
            .hint("name the regulation of that time in honorar.toml, or another period"))
    }

    /// Whether a closed period can be worked out again from the basis; otherwise an error.
    fn covers_closed(&self, period: Period) -> Result<(), Problem> {
        let coverage = self.basis.ledger().coverage(&self.basis, &self.regulation, period.year());
        let coverage =
            coverage.into_iter().find(|(closed, _)| *closed == period).map(|(_, coverage)| coverage);
        let why = match coverage {
            Some(Coverage::SettledAgain) | None => return Ok(()),
            Some(Coverage::NotInBasis) => "the basis does not hold its meetings",
            Some(Coverage::OtherRegulation) => "the regulation of the basis did not pay in it",
            Some(Coverage::NotKept) => "the archive has removed what was paid for it",
        };
        let message = format!("{period} is closed, and cannot be worked out again: {why}");
        Err(Problem::error("closed", self.profile.place().clone(), message)
            .expected("a period that is not closed, or the basis and regulation that it was paid by")
            .hint("what is closed and not worked out again stays as it was paid"))
    }

    /// Whether claims from Visma Expense were handed in, for this period or others.
    pub fn has_visma_expense(&self) -> bool {
        self.place_of_table(TableName::VismaExpense).is_some()
    }

    /// Where a table stands, if it was handed in.
    pub(crate) fn place_of_table(&self, table: TableName) -> Option<Place> {
        self.locators.table(table)
    }

    /// Where a field of a row stands.
    pub(crate) fn place(&self, table: TableName, row: u32, column: &'static str) -> Place {
        self.locators.at(table, row, column)
    }

    /// Where a field of a claim stands.
    pub(crate) fn place_of_claim(&self, claim: ClaimIx, column: &'static str) -> Place {
        self.locators.of_claim(self.basis.claim(claim), column)
    }

    /// Where the row of a distance or journey stands: a claim's quantity, or a column of a journey.
    pub(crate) fn place_of_travel(&self, origin: Origin, column: &'static str) -> Place {
        match origin {
            Origin::Claim(claim) => self.place_of_claim(claim, "quantity"),
            Origin::Trip(trip) => {
                let trip = self.basis.trip(trip);
                self.locators.at(TableName::Trips, trip.row, column).with_key(&*trip.id)
            }
            _ => Place::default(),
        }
    }
}

/// Reads a basis: a folder of tables or a workbook, with `config` instead of its `honorar.toml`
/// where given.
pub fn read(path: &Path, config: Option<&Path>) -> Reading {
    read_source(Source::find(path, config))
}

/// The same with Visma Expense's export, which lies elsewhere.
pub fn read_with_expense(path: &Path, config: Option<&Path>, expense: &Path) -> Reading {
    read_source(Source::find(path, config).with_expense(expense))
}

/// Whether a problem left a file unread, which may hold what seems to be missing.
fn is_unread(problems: &[Problem]) -> bool {
    const UNREAD: [&str; 5] = ["unreadable", "no_basis", "too_large", "encoding", "open_quote"];
    problems.iter().any(|problem| UNREAD.contains(&problem.code))
}

/// Reads a basis from files that are already in memory.
pub fn read_source(mut source: Source) -> Reading {
    let mut problems = std::mem::take(&mut source.problems);
    if is_unread(&problems) && source.tables.is_empty() {
        // There is nothing to read: what is missing in it would only repeat that.
        problems.extend(source.notes(None));
        return Reading { name: source.name, problems: in_order(problems), ..Reading::default() };
    }
    let rules = read_regulation_of(&source, &mut problems);
    read_under(source, rules, problems)
}

/// Reads a basis under a regulation that is proposed: with a profile for it instead of its own.
pub(crate) fn read_proposed(mut source: Source, profile: Profile, proposal: Proposal) -> Reading {
    let Proposal { text, regulation, problems: of_proposal, .. } = proposal;
    let mut problems = std::mem::take(&mut source.problems);
    problems.extend(of_proposal);
    read_under(source, (Some(profile), Some(text), regulation), problems)
}

/// A profile, a regulation's file, and what they say; nothing for what cannot be read.
type Rules = (Option<Profile>, Option<RegulationText>, Option<Regulation>);

fn read_under(source: Source, rules: Rules, mut problems: Vec<Problem>) -> Reading {
    let (profile, regulation_text, regulation) = rules;
    problems.extend(source.notes(regulation_text.as_ref()));
    let hrm = profile.as_ref().and_then(|profile| hrm_of(profile, &source, &mut problems));
    let (handed_in, table_problems) = source.read_tables();
    problems.extend(table_problems);
    let all_read = !is_unread(&problems);
    let handed = Handed::new(&handed_in, &source.name, all_read, &mut problems);
    let read = if let Some(regulation) = &regulation {
        let read = tables::read(&handed, regulation, profile.as_ref(), &mut problems);
        checks::check(&read, regulation, &mut problems);
        if let Some(profile) = profile.as_ref().filter(|_| all_read) {
            problems.extend(unknown_bodies(profile, regulation, &read.basis));
        }
        Some(read)
    } else {
        problems.extend(problems_without_regulation(&handed, profile.as_ref()));
        None
    };
    let ledger = source.ledger.as_ref().map(LedgerTexts::read).transpose().unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    let problems = in_order(problems);
    let content = match (profile, regulation, read) {
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

/// The mapping and schema of Visma Enterprise HRM, where the profile names them.
fn hrm_of(profile: &Profile, source: &Source, problems: &mut Vec<Problem>) -> Option<HrmFiles> {
    let named = profile.receivers.visma_hrm.as_ref()?;
    let in_memory = source.hrm.clone().map(Ok);
    match in_memory.unwrap_or_else(|| find_hrm_texts(named, &source.folder)) {
        Ok(texts) => {
            let (files, wrong) = HrmFiles::read(texts);
            problems.extend(wrong);
            files
        }
        Err(unread) => {
            problems.extend(unread);
            None
        }
    }
}

fn read_regulation_of(source: &Source, problems: &mut Vec<Problem>) -> Rules {
    let Some(file) = &source.profile else { return (None, None, None) };
    let Ok(text) = std::str::from_utf8(&file.bytes) else {
        let problem = Problem::error("encoding", Place::file(&*file.name), "the file is not UTF-8");
        problems.push(problem.expected("a TOML file in UTF-8"));
        return (None, None, None);
    };
    let (profile, wrong) = read_profile(&file.name, text.trim_start_matches('\u{feff}'));
    problems.extend(wrong);
    let Some(profile) = profile else { return (None, None, None) };
    let in_memory = source.regulation.clone().map(Ok);
    let found = in_memory
        .unwrap_or_else(|| find_regulation(&profile.regulation, &source.folder, &profile.regulation_place));
    match found {
        Ok(text) => {
            let (regulation, wrong) = read_regulation(&text, &profile);
            problems.extend(wrong);
            (Some(profile), Some(text), regulation)
        }
        Err(problem) => {
            problems.push(problem);
            (Some(profile), None, None)
        }
    }
}

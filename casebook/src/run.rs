//! Running a case, and holding what comes out against what it expects.

use honorar_engine::groups::{GroupLine, support_of_year};
use honorar_engine::{Money, PayLine, Period, compute};
use honorar_exporters::language::Words;
use honorar_intake::{
    Content, InputFile, Source, group_problems, notice_problems, read_source, shortfall_problems,
};
use honorar_problems::{Place, Problem, Severity};
use honorar_rates::{Language, RegulationText};

use crate::change::changed;
use crate::expected::{Expected, as_written};
use crate::pack::{Case, When};
use crate::tables::{self, cells};

const PROFILE: &str = "honorar.toml";

/// What a case came to.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// What was expected and not found, as the case writes it.
    pub missing: Vec<String>,
    /// The lines that were found and not expected; with their sentences where those differ.
    pub unexpected: Vec<String>,
    /// The messages that were found and not expected, each with its place in the pack where it has one
    /// there.
    pub problems: Vec<Problem>,
    /// Everything that was found.
    pub found: Vec<Found>,
}

/// A line or a message that came out of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The line as a case writes it.
    pub text: String,
    /// What of it is free of tax and what is taxed, as a case writes it; empty for a message.
    pub tax: String,
    /// Its sentence; empty for a message.
    pub how: String,
    /// Its amount; nothing for a message.
    pub amount: Option<Money>,
}

impl Outcome {
    /// Whether all that was expected was found, and nothing else.
    pub fn passed(&self) -> bool {
        self.missing.is_empty() && self.unexpected.is_empty() && self.problems.is_empty()
    }
}

impl Case {
    /// Runs the case by a regulation.
    pub fn run(&self, regulation: &RegulationText) -> Outcome {
        self.run_in(regulation, Language::English)
    }

    /// Runs the case, with the sentences of what is found in a language. Those that a case expects are
    /// English.
    pub fn run_in(&self, regulation: &RegulationText, language: Language) -> Outcome {
        let words = Words::of(language);
        let mut regulation = regulation.clone();
        for change in &self.changes {
            match changed(&regulation, &change.name, &change.value) {
                Ok(other) => regulation = other,
                Err(why) => {
                    let problem = Problem::error("no_setting", change.place.clone(), why);
                    let problem =
                        problem.expected("the name of a setting or an amount in the regulation's file");
                    return Outcome { problems: vec![problem], ..Outcome::default() };
                }
            }
        }
        let (found, problems) = self.work_out(regulation, words);
        self.compare(found, problems)
    }

    /// Everything that a case gives, and the problems among it, each with its place in `found`.
    fn work_out(&self, regulation: RegulationText, words: Words) -> (Vec<Found>, Vec<(usize, Problem)>) {
        let (profile, lines_of_parameters) = self.profile();
        let reading = read_source(Source {
            name: "case".to_owned(),
            tables: tables::files(&self.tables),
            profile: Some(InputFile { name: PROFILE.to_owned(), bytes: profile.into_bytes() }),
            regulation: Some(regulation),
            ..Source::default()
        });
        let mut said = reading.problems;
        let mut lines = Vec::new();
        if let Some(content) = &reading.content {
            let result = match self.when {
                When::Period(period) => pay_lines(content, words, period),
                When::Year(year) => group_lines(content, words, year),
            };
            match result {
                Ok((found, notices)) => {
                    lines = found;
                    said.extend(notices);
                }
                Err(problems) => {
                    // What stands in the way is all there is to say.
                    said = problems;
                }
            }
        }
        let mut found = Vec::new();
        let mut problems = Vec::new();
        for mut problem in said {
            // A column that a case names and no table has is a slip, and not left alone.
            if problem.code == "extra_column" {
                problem.severity = Severity::Error;
                problem.message = problem.message.replace("is ignored", "is not known");
            }
            if problem.severity == Severity::Error || self.has_warnings {
                problem.place = self.place_in_pack(&problem.place, &lines_of_parameters);
                problems.push((found.len(), problem.clone()));
                let words = cells(&problem.message).join(", ");
                let text = format!("{}, {}, {words}", word(problem.severity), problem.code);
                found.push(Found { text, tax: String::new(), how: String::new(), amount: None });
            }
        }
        found.extend(lines);
        (found, problems)
    }

    /// The profile with the case's parameters, and where each of its lines stands in the pack.
    fn profile(&self) -> (String, Vec<Option<Place>>) {
        let mut text = "municipality = \"case\"\nregulation = \"case\"\n[parameters]\n".to_owned();
        let mut places = vec![None; text.lines().count()];
        for (name, (written, place)) in &self.parameters {
            text += &format!("{name} = {written}\n");
            places.extend(written.lines().map(|_| Some(place.clone())));
        }
        (text, places)
    }

    fn place_in_pack(&self, place: &Place, lines_of_parameters: &[Option<Place>]) -> Place {
        if &*place.file == PROFILE {
            let line = place.row.and_then(|row| usize::try_from(row).ok()?.checked_sub(1));
            let parameter = line.and_then(|line| lines_of_parameters.get(line)).cloned().flatten();
            return parameter.unwrap_or_else(|| self.place.clone());
        }
        tables::place_in_pack(&self.tables, place).unwrap_or_else(|| place.clone())
    }

    fn compare(&self, found: Vec<Found>, problems: Vec<(usize, Problem)>) -> Outcome {
        let mut expected: Vec<&Expected> = self.expected.iter().collect();
        expected.sort_by_key(|line| std::cmp::Reverse(line.demands()));
        let mut open: Vec<usize> = (0..found.len()).collect();
        let mut missing: Vec<&Expected> = Vec::new();
        for line in expected {
            let met = open.iter().position(|at| found.get(*at).is_some_and(|found| line.is_met_by(found)));
            match met {
                Some(at) => {
                    open.remove(at);
                }
                None => missing.push(line),
            }
        }
        let shown = |at: &usize| {
            let line = found.get(*at).filter(|line| line.amount.is_some())?;
            // What differs is shown as far as the line that is missing asks for it.
            let missed = missing.iter().find(|missing| missing.text == line.text);
            let tax = missed.filter(|missed| missed.tax.is_some()).map(|_| &*line.tax);
            Some(as_written(&line.text, tax, missed.map(|_| &*line.how)))
        };
        Outcome {
            unexpected: open.iter().filter_map(shown).collect(),
            missing: missing.iter().map(|line| line.shown()).collect(),
            problems: problems
                .into_iter()
                .filter(|(at, _)| open.contains(at))
                .map(|(_, problem)| problem)
                .collect(),
            found,
        }
    }
}

/// What somebody should look at, beside the lines.
type Lines = (Vec<Found>, Vec<Problem>);

fn pay_lines(content: &Content, words: Words, period: Period) -> Result<Lines, Vec<Problem>> {
    content.pays_in(period).map_err(|problem| vec![problem])?;
    let payout = compute(&content.basis, &content.regulation, period)
        .map_err(|shortfalls| shortfall_problems(content, &shortfalls))?;
    Ok((payout.all().map(|line| pay_line(content, words, line)).collect(), Vec::new()))
}

fn pay_line(content: &Content, words: Words, line: &PayLine) -> Found {
    let register = content.basis.register();
    let text = format!(
        "{}, {}, {}, {}, {}, {}",
        register.person(line.person).id,
        line.kind.name(),
        line.body_code(&content.basis),
        line.meeting_id(&content.basis),
        line.origin.claim_id(&content.basis),
        line.amount
    );
    let tax = line.tax.map_or_else(|| ", ".to_owned(), |tax| format!("{}, {}", tax.tax_free, tax.taxable));
    let how = words.how(line, &content.basis, &content.regulation);
    Found { text, tax, how, amount: Some(line.amount) }
}

fn group_lines(content: &Content, words: Words, year: i32) -> Result<Lines, Vec<Problem>> {
    let support = support_of_year(&content.basis, &content.regulation, year)
        .map_err(|obstacle| group_problems(content, year, &obstacle))?;
    let mut found = Vec::new();
    for transfer in &support.transfers {
        for group in &transfer.groups {
            let of_group = |what: &str, amount: Money, how: String| Found {
                text: format!("{}, {}, {what}, {amount}", group.group, transfer.months),
                tax: String::new(),
                how,
                amount: Some(amount),
            };
            let line = |line: &GroupLine| {
                let how = words.how_of_group(line, &content.basis, &content.regulation);
                of_group(line.part.name(), line.amount, how)
            };
            found.extend(group.lines.iter().map(line));
            found.push(of_group("transferred", group.transferred(), String::new()));
        }
    }
    Ok((found, notice_problems(content, &support.notices)))
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "problem",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

//! The command line.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use honorar_archive::HeadPrefix;
use honorar_engine::Period;
use honorar_rates::{Language, Receiver};

/// Pays elected officials by their municipality's regulation, exactly to the øre, and says why.
#[derive(Debug, Parser)]
#[command(name = "honorar", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// How to print problems and summaries
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// How many threads to use; the result is the same for any number
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Work out a payout and write one folder of results a basis
    Run(Run),
    /// Look for problems only; nothing is written
    Check(Bases),
    /// Show a person's lines, each with its why
    Explain(Explain),
    /// Close a run: put it into the municipality's archive, where nothing is ever changed
    Close(Close),
    /// Prove that a run, or a whole archive, follows from its attendance and regulation, byte by byte
    Verify(Verify),
    /// Look after an archive
    #[command(subcommand)]
    Archive(Archive),
    /// Make another payroll system's file of a run that stands
    Export(Export),
    /// Write statements of a run that stands: to persons, party groups, the finance office and the auditor
    Statements(Statements),
    /// Show what has changed from one run to another: per person and cause, with both explanations
    Diff(Diff),
    /// Hold what is registered in Visma Expense against the regulation, person by person
    Reconcile(Reconcile),
    /// Work out the support to party groups for a year, with its derivation
    Groups(Groups),
    /// Show what a proposed regulation would have cost in a year, beside today's
    Simulate(Simulate),
    /// Regulations: which there are, what one says, and whether it and its cases hold
    #[command(subcommand)]
    Rates(Rates),
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) bases: Bases,

    /// What to pay: a half-year such as 2014-H1, a month such as 2014-09, a quarter such as 2014-Q3, or a year such as 2014
    #[arg(long)]
    pub(crate) period: Period,

    /// The folder of results; with several bases, the folder that holds theirs
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// The municipality's archive: pay what its closed runs have not paid, and correct what they have
    #[arg(long, value_name = "DIR")]
    pub(crate) archive: Option<PathBuf>,

    /// Refuse a run that rests on anything assumed
    #[arg(long)]
    pub(crate) strict: bool,

    #[command(flatten)]
    pub(crate) language: InLanguage,
}

#[derive(Debug, Args)]
pub(crate) struct Bases {
    /// A folder of tables, or a workbook
    #[arg(required = true, value_name = "BASIS")]
    pub(crate) bases: Vec<PathBuf>,

    /// The profile, instead of the basis's own honorar.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A folder of tables, or a workbook
    #[arg(value_name = "BASIS")]
    pub(crate) basis: PathBuf,

    /// What to pay: a half-year such as 2014-H1, a month such as 2014-09, a quarter such as 2014-Q3, or a year such as 2014
    #[arg(long)]
    pub(crate) period: Period,

    /// The person's employee number
    #[arg(long, value_name = "PERSON_ID")]
    pub(crate) person: String,

    /// The municipality's archive, as in a run that is held against it
    #[arg(long, value_name = "DIR")]
    pub(crate) archive: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) language: InLanguage,

    /// The profile, instead of the basis's own honorar.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Close {
    /// The folder that `honorar run` has written
    #[arg(value_name = "RUN")]
    pub(crate) run: PathBuf,

    /// The municipality's archive; a folder that is not there is created for its owner only
    #[arg(long, value_name = "DIR")]
    pub(crate) archive: PathBuf,

    /// Who has prepared the run
    #[arg(long, value_name = "NAME")]
    pub(crate) prepared_by: String,

    /// Who has approved the run: somebody else
    #[arg(long, value_name = "NAME")]
    pub(crate) approved_by: String,

    /// The day of the approval
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) approved_on: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The archive, one of its entries, or the folder of a run
    #[arg(value_name = "ARCHIVE|RUN")]
    pub(crate) path: PathBuf,

    /// The archive's head as it was noted in an approval: finds an archive that was made anew
    #[arg(long, value_name = "HEAD")]
    pub(crate) head: Option<HeadPrefix>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Archive {
    /// Remove the contents that the law no longer requires; their hashes stay, and the chain still verifies
    Prune(Prune),
}

#[derive(Debug, Args)]
pub(crate) struct Prune {
    /// The municipality's archive
    #[arg(value_name = "ARCHIVE")]
    pub(crate) archive: PathBuf,

    /// Remove what is of periods that ended before this day; a year alone means its first day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day_or_year)]
    pub(crate) older_than: NaiveDate,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The folder that `honorar run` has written, or the entry of a closed run
    #[arg(value_name = "RUN")]
    pub(crate) run: PathBuf,

    /// The payroll system that gets a file
    #[arg(long, value_name = "RECEIVER", value_parser = receivers())]
    pub(crate) to: Receiver,

    /// Why the receiver gets its file a second time
    #[arg(long, value_name = "WHY")]
    pub(crate) again: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Statements {
    /// The folder that `honorar run` has written
    #[arg(value_name = "RUN")]
    pub(crate) run: PathBuf,

    /// To a person, by employee number, or to each; without a choice all statements are written
    #[arg(long, value_name = "PERSON_ID", num_args = 0..=1, default_missing_value = "")]
    pub(crate) person: Vec<String>,

    /// To a party group, by name, or to each
    #[arg(long, value_name = "GROUP", num_args = 0..=1, default_missing_value = "")]
    pub(crate) group: Vec<String>,

    /// To the finance office
    #[arg(long)]
    pub(crate) finance: bool,

    /// To the auditor
    #[arg(long)]
    pub(crate) auditor: bool,

    /// The run of the half-year before, where the basis does not hold it
    #[arg(long, value_name = "RUN")]
    pub(crate) before: Option<PathBuf>,

    /// A folder for the statements, instead of that of the run; those of a closed run need one
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) language: InLanguage,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The folder of the run before, that `honorar run` has written
    #[arg(value_name = "BEFORE")]
    pub(crate) before: PathBuf,

    /// The folder of the run that it is held against
    #[arg(value_name = "NOW")]
    pub(crate) now: PathBuf,

    /// One person only, by employee number
    #[arg(long, value_name = "PERSON_ID")]
    pub(crate) person: Option<String>,

    #[command(flatten)]
    pub(crate) language: InLanguage,
}

fn receivers() -> impl TypedValueParser<Value = Receiver> {
    let names = PossibleValuesParser::new(Receiver::ALL.map(Receiver::name));
    names.try_map(|name| Receiver::ALL.into_iter().find(|one| one.name() == name).ok_or("no receiver"))
}

#[derive(Debug, Args)]
pub(crate) struct Reconcile {
    /// A folder of tables, or a workbook
    #[arg(value_name = "BASIS")]
    pub(crate) basis: PathBuf,

    /// Whose claims: a half-year such as 2014-H1, a month such as 2014-09, a quarter such as 2014-Q3, or a year such as 2014
    #[arg(long)]
    pub(crate) period: Period,

    /// Visma Expense's export, where it is not in the basis
    #[arg(long, value_name = "FILE")]
    pub(crate) expense: Option<PathBuf>,

    /// The profile, instead of the basis's own honorar.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Groups {
    /// A folder of tables, or a workbook
    #[arg(value_name = "BASIS")]
    pub(crate) basis: PathBuf,

    /// The year of the support
    #[arg(long, value_parser = clap::value_parser!(i32).range(1900..=2199))]
    pub(crate) year: i32,

    /// The folder of results; without it nothing is written
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Write a statement to each group too
    #[arg(long, requires = "out")]
    pub(crate) statements: bool,

    #[command(flatten)]
    pub(crate) language: InLanguage,

    /// The profile, instead of the basis's own honorar.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// A folder of tables, or a workbook
    #[arg(value_name = "BASIS")]
    pub(crate) basis: PathBuf,

    /// The proposal: a regulation's file, or the name of one that ships with the program
    #[arg(long, value_name = "PROPOSAL")]
    pub(crate) regulation: String,

    /// A profile with the proposal's parameters; without it those of the basis's own profile are taken
    #[arg(long, value_name = "FILE")]
    pub(crate) proposal_config: Option<PathBuf>,

    /// The year, where the meetings of the basis are of several
    #[arg(long, value_parser = clap::value_parser!(i32).range(1900..=2199))]
    pub(crate) year: Option<i32>,

    /// Show a row for each person too
    #[arg(long)]
    pub(crate) persons: bool,

    /// Show one person only, by employee number, with both explanations of what differs
    #[arg(long, value_name = "PERSON_ID", conflicts_with = "persons")]
    pub(crate) person: Option<String>,

    /// The folder of results; without it nothing is written
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) language: InLanguage,

    /// The profile, instead of the basis's own honorar.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct InLanguage {
    /// The language of explanations and totals, instead of the municipality's own: English, bokmål or nynorsk
    #[arg(long = "language", value_name = "en|nb|nn", value_parser = language)]
    wished: Option<Language>,
}

impl InLanguage {
    /// The language that is asked for; nothing for the municipality's own.
    pub(crate) fn wished(&self) -> Option<Language> {
        self.wished
    }

    /// The language that is asked for, or the municipality's own.
    pub(crate) fn or(&self, own: Language) -> Language {
        self.wished.unwrap_or(own)
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Rates {
    /// List the regulations that ship with the program
    List,
    /// Print a regulation as a person reads it: every fee and setting on a day
    Show(ShowRates),
    /// Hold a regulation against the law and its own cases
    Check(CheckRates),
}

#[derive(Debug, Args)]
pub(crate) struct ShowRates {
    /// A regulation that ships with the program, by name, or a regulation's file
    #[arg(value_name = "MUNICIPALITY|FILE")]
    pub(crate) regulation: String,

    /// The day to show; without it the regulation's last day in force, or that of its last change
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) date: Option<NaiveDate>,

    /// A profile that gives the parameters
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CheckRates {
    /// A regulation that ships with the program, by name, or a regulation's file with its folder of cases
    #[arg(value_name = "MUNICIPALITY|FILE")]
    pub(crate) regulation: String,
}

fn language(text: &str) -> Result<Language, String> {
    let found = Language::ALL.into_iter().find(|language| language.code() == text);
    found.ok_or_else(|| "`en` for English, `nb` for bokmål or `nn` for nynorsk is expected".to_owned())
}

fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "a date such as 2024-01-31 is expected".to_owned())
}

fn day_or_year(text: &str) -> Result<NaiveDate, String> {
    let year = if text.len() == 4 { format!("{text}-01-01") } else { text.to_owned() };
    day(&year)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For machines
    Json,
}

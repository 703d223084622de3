//! The files of a year's group support: `groups.csv`, `payables.csv`, problems and the record.

use std::path::Path;

use honorar_engine::Money;
use honorar_engine::groups::{GroupLine, GroupTransfer, SupportOfYear, Transfer};
use honorar_intake::{Content, InputFile, Reading};
use honorar_problems::Problem;
use honorar_rates::{Language, RegulationText, StatementKind};
use serde::Serialize;

use crate::encode::{csv_bytes, json, text_cell};
use crate::folder::{FolderError, Identity, publish_as};
use crate::language::Words;
use crate::lines;
use crate::record::{AssumedRecord, ContentRecord, FileRecord, RegulationRecord, content_records};
use crate::run::OutputFile;
use crate::statements::group_statements;

/// The kind of a payable to a party group.
const KIND: &str = "group_support";

const COLUMNS: [&str; 10] =
    ["line", "group", "date", "months", "part", "quantity", "rate", "amount", "cite", "how"];

/// A basis, and the support that its groups get in a year.
#[derive(Clone, Copy)]
pub struct GroupRun<'r> {
    /// The basis's name.
    pub name: &'r str,
    /// The files as they were handed in.
    pub inputs: &'r [InputFile],
    /// The regulation's file.
    pub regulation_text: &'r RegulationText,
    /// The basis, its regulation and the municipality's profile.
    pub content: &'r Content,
    /// The result.
    pub support: &'r SupportOfYear,
    /// The warnings and notes.
    pub problems: &'r [Problem],
    /// The language of its explanations.
    pub language: Language,
}

impl<'r> GroupRun<'r> {
    /// The support of what was read, in the municipality's language; nothing where the basis had errors.
    pub fn of(reading: &'r Reading, support: &'r SupportOfYear) -> Option<Self> {
        let content = reading.content.as_ref()?;
        Some(Self {
            name: &reading.name,
            inputs: &reading.inputs,
            regulation_text: reading.regulation_text.as_ref()?,
            content,
            support,
            problems: &reading.problems,
            language: content.profile.language,
        })
    }

    /// The same support in a language, where one is wished for.
    #[must_use]
    pub fn in_language(self, wished: Option<Language>) -> Self {
        Self { language: wished.unwrap_or(self.language), ..self }
    }

    /// The words of its language.
    pub fn words(&self) -> Words {
        Words::of(self.language)
    }

    /// What is on record instead of a period: no run for a period has it.
    fn period(&self) -> String {
        format!("groups {}", self.support.year)
    }

    fn transfers(&self) -> impl Iterator<Item = (&'r Transfer, &'r GroupTransfer)> + use<'r> {
        let transfers = self.support.transfers.iter();
        transfers.flat_map(|transfer| transfer.groups.iter().map(move |group| (transfer, group)))
    }
}

/// The files of a year's folder, with statements where they are wished for or the profile wants them of every
/// run; the record stands last.
///
/// Errors: what the workbook of a statement cannot hold.
pub fn group_files(run: &GroupRun<'_>, with_statements: bool) -> Result<Vec<OutputFile>, Vec<Problem>> {
    let of_every_run = &run.content.profile.statements.of_every_run;
    let mut files = vec![
        OutputFile::new("groups.csv", groups(run)),
        OutputFile::new("payables.csv", payables(run)),
        OutputFile::new("problems.json", json(&run.problems)),
    ];
    if with_statements || of_every_run.contains(&StatementKind::Groups) {
        files.extend(group_statements(run)?);
    }
    let record = record(run, &files);
    files.push(OutputFile::new("run.json", record));
    Ok(files)
}

/// Writes the files into a folder that appears as a whole, in the place of an earlier one of the same
/// basis and year.
pub fn publish_groups(run: &GroupRun<'_>, files: &[OutputFile], folder: &Path) -> Result<(), FolderError> {
    let period = run.period();
    let municipality = &run.content.profile.municipality;
    publish_as(&Identity { municipality, basis: run.name, period: &period }, files, folder)
}

/// Each group's lines; those of one transfer sum to what the group gets by it.
fn groups(run: &GroupRun<'_>) -> Vec<u8> {
    let words = run.words();
    let lines = run
        .transfers()
        .flat_map(|(transfer, group)| group.lines.iter().map(move |line| (transfer, group, line)));
    let rows = (1_usize..).zip(lines).map(|(number, (transfer, group, line))| {
        let [quantity, rate] = units(line);
        vec![
            number.to_string(),
            text_cell(&group.group).into_owned(),
            transfer.date.to_string(),
            transfer.months.to_string(),
            line.part.name().to_owned(),
            quantity,
            rate,
            line.amount.to_string(),
            run.content.regulation.items.cite(line.cite),
            words.how_of_group(line, &run.content.basis, &run.content.regulation),
        ]
    });
    csv_bytes(std::iter::once(COLUMNS.iter().map(ToString::to_string).collect()).chain(rows))
}

fn units(line: &GroupLine) -> [String; 2] {
    line.units
        .map(|units| [units.quantity.normalize().to_string(), units.rate.to_string()])
        .unwrap_or_default()
}

/// One payable a group and transfer, with the columns of every payable.
fn payables(run: &GroupRun<'_>) -> Vec<u8> {
    let words = run.words();
    let granted = run.transfers().filter(|(_, group)| !group.granted.is_zero());
    let rows = (1_usize..).zip(granted).map(|(number, (transfer, group))| {
        let field = |column: &str| match column {
            "line" => number.to_string(),
            "kind" => KIND.to_owned(),
            "date" => transfer.date.to_string(),
            "amount" => group.transferred().to_string(),
            "cite" => run.content.regulation.items.cite(transfer.cite),
            "how" => words.how_of_transfer(group),
            "payee" => text_cell(&group.group).into_owned(),
            _ => String::new(),
        };
        lines::COLUMNS.iter().chain(&["payee", "account"]).map(|column| field(column)).collect()
    });
    csv_bytes(std::iter::once(lines::header(&["payee", "account"])).chain(rows))
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
    inputs: Vec<FileRecord<'r>>,
    content: Vec<ContentRecord>,
    assumed: Vec<AssumedRecord<'r>>,
    granted: String,
    transferred: String,
    files: Vec<FileRecord<'r>>,
}

/// The record, as JSON. It has no date: the same basis gives the same record.
fn record(run: &GroupRun<'_>, files: &[OutputFile]) -> Vec<u8> {
    let sum = |of: fn(&GroupTransfer) -> Money| run.transfers().map(|(_, group)| of(group)).sum::<Money>();
    json(&Record {
        program: "honorar",
        version: env!("CARGO_PKG_VERSION"),
        municipality: &run.content.profile.municipality,
        basis: run.name,
        period: run.period(),
        language: run.language.code(),
        regulation: RegulationRecord::new(run.content, run.regulation_text),
        inputs: run.inputs.iter().map(FileRecord::of_input).collect(),
        content: content_records(run.content),
        assumed: run.support.assumptions(&run.content.regulation).iter().map(AssumedRecord::new).collect(),
        granted: sum(|group| group.granted).to_string(),
        transferred: sum(GroupTransfer::transferred).to_string(),
        files: files.iter().map(FileRecord::of_output).collect(),
    })
}

//! `run.json`: the record of a run.

use honorar_engine::payout::KindTotal;
use honorar_engine::regulation::Item;
use honorar_intake::canonical;
use serde::Serialize;

use crate::encode::{json, sha256};
use crate::run::{OutputFile, Run};

#[derive(Serialize)]
struct Record<'r> {
    program: &'static str,
    version: &'static str,
    municipality: &'r str,
    basis: &'r str,
    period: String,
    regulation: RegulationRecord<'r>,
    inputs: Vec<FileRecord<'r>>,
    content: Vec<ContentRecord>,
    assumed: Vec<AssumedRecord<'r>>,
    totals: Vec<TotalRecord>,
    control_total: String,
    files: Vec<FileRecord<'r>>,
}

#[derive(Serialize)]
struct RegulationRecord<'r> {
    name: &'r str,
    adopted: &'r str,
    file: &'r str,
    sha256: String,
}

#[derive(Serialize)]
struct FileRecord<'r> {
    file: &'r str,
    sha256: String,
}

#[derive(Serialize)]
struct ContentRecord {
    table: &'static str,
    sha256: String,
}

#[derive(Serialize)]
struct AssumedRecord<'r> {
    name: &'r str,
    value: &'r str,
    cite: String,
    meaning: &'r str,
    lines: usize,
}

/// The total of a kind of line.
#[derive(Debug, Clone, Serialize)]
pub struct TotalRecord {
    kind: &'static str,
    lines: usize,
    people: usize,
    sum: String,
}

/// The record, as JSON. It has no date: the same run gives the same record.
pub(crate) fn record(run: &Run<'_>, files: &[OutputFile]) -> Vec<u8> {
    let content = run.content;
    let assumed = run.payout.assumptions(&content.regulation).into_iter().map(|assumption| {
        let Item { name, value, meaning, .. } = assumption.item;
        AssumedRecord { name, value, cite: assumption.item.to_string(), meaning, lines: assumption.lines }
    });
    let record = Record {
        program: "honorar",
        version: env!("CARGO_PKG_VERSION"),
        municipality: &content.profile.municipality,
        basis: run.name,
        period: run.period.to_string(),
        regulation: RegulationRecord {
            name: &content.regulation.name,
            adopted: &content.regulation.adopted,
            file: &run.regulation_text.file,
            sha256: sha256(run.regulation_text.text.as_bytes()),
        },
        inputs: run
            .inputs
            .iter()
            .map(|input| FileRecord { file: &input.name, sha256: sha256(&input.bytes) })
            .collect(),
        content: canonical::tables(&content.basis)
            .into_iter()
            .map(|(table, text)| ContentRecord { table, sha256: sha256(text.as_bytes()) })
            .collect(),
        assumed: assumed.collect(),
        totals: run.payout.totals_by_kind().iter().map(TotalRecord::from).collect(),
        control_total: run.payout.control_total().to_string(),
        files: files.iter().map(|file| FileRecord { file: file.name, sha256: sha256(&file.bytes) }).collect(),
    };
    json(&record)
}

impl From<&KindTotal> for TotalRecord {
    fn from(total: &KindTotal) -> Self {
        Self { kind: total.kind.name(), lines: total.lines, people: total.people, sum: total.sum.to_string() }
    }
}

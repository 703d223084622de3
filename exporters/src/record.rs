//! `run.json`: the record of a run.

use honorar_engine::payout::{Assumption, KindTotal};
use honorar_engine::regulation::Item;
use honorar_intake::{Content, InputFile, LedgerTexts, canonical, closed_periods, decided_second_payments};
use honorar_rates::RegulationText;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::encode::{json, sha256};
use crate::payments::PaymentRecord;
use crate::reconciliation::{ReconciledTotal, reconciled};
use crate::run::{OutputFile, Run};

#[derive(Serialize)]
struct Record<'r> {
    program: &'static str,
    version: &'static str,
    municipality: &'r str,
    basis: &'r str,
    period: String,
    language: &'static str,
    payments: Vec<PaymentRecord>,
    regulation: RegulationRecord<'r>,
    inputs: Vec<FileRecord<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    payroll_setup: Vec<FileRecord<'r>>,
    content: Vec<ContentRecord>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    paid_before: Vec<FileRecord<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    settled_again: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_as_paid: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    second_payments: Vec<SecondPaymentRecord<'r>>,
    assumed: Vec<AssumedRecord<'r>>,
    totals: Vec<TotalRecord>,
    control_total: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reconciliation: Option<ReconciledTotal>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    exported_again: &'r [ExportedAgain],
    files: Vec<FileRecord<'r>>,
}

#[derive(Serialize)]
pub(crate) struct RegulationRecord<'r> {
    name: &'r str,
    adopted: &'r str,
    file: &'r str,
    sha256: String,
}

#[derive(Serialize)]
pub(crate) struct FileRecord<'r> {
    file: &'r str,
    sha256: String,
}

#[derive(Serialize)]
pub(crate) struct ContentRecord {
    table: &'static str,
    sha256: String,
}

#[derive(Serialize)]
pub(crate) struct AssumedRecord<'r> {
    name: &'r str,
    value: &'r str,
    cite: String,
    meaning: &'r str,
    lines: usize,
}

/// A second export of the same to a receiver, and why.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ExportedAgain {
    pub(crate) receiver: String,
    pub(crate) why: String,
}

/// A line that looks like a second payment, and that a decision of the municipality lets through.
#[derive(Serialize)]
struct SecondPaymentRecord<'r> {
    person_id: &'r str,
    kind: &'static str,
    date: String,
    looks_like: String,
    decision: &'r str,
}

/// The total of a kind of line.
#[derive(Debug, Clone, Serialize)]
pub struct TotalRecord {
    kind: &'static str,
    /// Whether a supplier or an employer is paid, and the sum is not in the control total.
    to_others: bool,
    lines: usize,
    people: usize,
    sum: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tax_free: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    taxable: Option<String>,
}

/// The record, as JSON, of a run with its content and its other files. It has no date: the same run gives the same
/// record.
pub(crate) fn record(
    run: &Run<'_>,
    contents: Vec<ContentRecord>,
    files: &[OutputFile],
    exported_again: &[ExportedAgain],
) -> Vec<u8> {
    let content = run.content;
    let (again, left) = closed_periods(content, run.period);
    let record = Record {
        program: "honorar",
        version: env!("CARGO_PKG_VERSION"),
        municipality: &content.profile.municipality,
        basis: run.name,
        period: run.period.to_string(),
        language: run.language.code(),
        payments: run.payments().iter().map(|date| PaymentRecord::new(date, &content.regulation)).collect(),
        regulation: RegulationRecord::new(content, run.regulation_text),
        inputs: run.inputs.iter().map(FileRecord::of_input).collect(),
        payroll_setup: payroll_setup(content),
        content: contents,
        paid_before: paid_before(run.ledger),
        settled_again: again.iter().map(ToString::to_string).collect(),
        left_as_paid: left.iter().map(ToString::to_string).collect(),
        second_payments: second_payments(run),
        assumed: run.payout.assumptions(&content.regulation).iter().map(AssumedRecord::new).collect(),
        totals: run.payout.totals_by_kind().iter().map(TotalRecord::from).collect(),
        control_total: run.payout.control_total().to_string(),
        reconciliation: reconciled(run).map(|(people, sums)| ReconciledTotal::new(people, sums)),
        exported_again,
        files: files.par_iter().map(FileRecord::of_output).collect(),
    };
    json(&record)
}

impl From<&KindTotal> for TotalRecord {
    fn from(total: &KindTotal) -> Self {
        Self {
            kind: total.kind.name(),
            to_others: total.to_others,
            lines: total.lines,
            people: total.people,
            sum: total.sum.to_string(),
            tax_free: total.tax.map(|tax| tax.tax_free.to_string()),
            taxable: total.tax.map(|tax| tax.taxable.to_string()),
        }
    }
}

impl<'r> RegulationRecord<'r> {
    pub(crate) fn new(content: &'r Content, text: &'r RegulationText) -> Self {
        Self {
            name: &content.regulation.name,
            adopted: &content.regulation.adopted,
            file: &text.file,
            sha256: sha256(text.text.as_bytes()),
        }
    }
}

fn second_payments<'r>(run: &Run<'r>) -> Vec<SecondPaymentRecord<'r>> {
    let basis = &run.content.basis;
    let decided = decided_second_payments(run.content, run.payout, run.period).into_iter();
    decided
        .map(|(second, decision)| SecondPaymentRecord {
            person_id: &basis.register().person(second.line.person).id,
            kind: second.line.kind.name(),
            date: second.line.date.to_string(),
            looks_like: basis.ledger().posting(second.paid).number.to_string(),
            decision: &decision.decision,
        })
        .collect()
}

/// What the run was told of closed runs.
fn paid_before(ledger: Option<&LedgerTexts>) -> Vec<FileRecord<'_>> {
    let tables = ledger.into_iter().flat_map(LedgerTexts::tables);
    tables.map(|(file, text)| FileRecord { file, sha256: sha256(text.as_bytes()) }).collect()
}

/// The files besides the profile that say how payroll's are made.
fn payroll_setup(content: &Content) -> Vec<FileRecord<'_>> {
    let texts =
        content.hrm.iter().flat_map(|hrm| std::iter::once(&hrm.texts.mapping).chain(&hrm.texts.schema));
    texts.map(|(file, text)| FileRecord { file, sha256: sha256(text.as_bytes()) }).collect()
}

impl<'r> FileRecord<'r> {
    pub(crate) fn of_input(input: &'r InputFile) -> Self {
        Self { file: &input.name, sha256: sha256(&input.bytes) }
    }

    pub(crate) fn of_output(file: &'r OutputFile) -> Self {
        Self { file: &file.name, sha256: sha256(&file.bytes) }
    }
}

/// The tables' content in canonical order.
pub(crate) fn content_records(content: &Content) -> Vec<ContentRecord> {
    canonical::tables(&content.basis)
        .into_iter()
        .map(|(table, text)| ContentRecord { table, sha256: sha256(&text) })
        .collect()
}

impl<'r> AssumedRecord<'r> {
    pub(crate) fn new(assumption: &Assumption<'r>) -> Self {
        let Item { name, value, meaning, .. } = assumption.item;
        Self { name, value, cite: assumption.item.to_string(), meaning, lines: assumption.lines }
    }
}

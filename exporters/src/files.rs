//! The files of a run's folder.

use honorar_problems::{Problem, in_order};

use crate::encode::json;
use crate::record::{content_records, record};
use crate::run::{OutputFile, Run};
use crate::statements::{Statement, statements};
use crate::{input_archive, lines, payroll, reconciliation};

/// What the payroll systems would refuse of a run.
pub fn refused_by_payroll(run: &Run<'_>) -> Vec<Problem> {
    payroll_files(run).err().unwrap_or_default()
}

/// The files of a run's folder; the record stands last.
///
/// Errors: what a payroll system would refuse. Then there are no files.
pub fn files(run: &Run<'_>) -> Result<Vec<OutputFile>, Vec<Problem>> {
    // What takes longest, side by side where a thread is free.
    let ((lines, of_payroll), contents) = rayon::join(
        || rayon::join(|| lines::lines(run), || payroll_files(run)),
        || content_records(run.content),
    );
    let mut files =
        vec![OutputFile::new("lines.csv", lines), OutputFile::new("payables.csv", lines::payables(run))];
    files.extend(of_payroll?);
    files.extend(statements(run, &of_every_run(run), None)?);
    files.extend(reconciliation::file(run).map(|bytes| OutputFile::new("reconciliation.csv", bytes)));
    files.push(OutputFile::new("problems.json", json(&run.problems)));
    files.push(OutputFile::new(input_archive::NAME, input_archive::write(run)));
    let record = record(run, contents, &files, &[]);
    files.push(OutputFile::new("run.json", record));
    Ok(files)
}

/// The files that payroll systems get of every run, each with its receipt.
fn payroll_files(run: &Run<'_>) -> Result<Vec<OutputFile>, Vec<Problem>> {
    let receivers = &run.content.profile.receivers.of_every_run;
    if receivers.is_empty() {
        return Ok(Vec::new());
    }
    let batch = payroll::batch(run, receivers)?;
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for receiver in receivers {
        match payroll::file_and_receipt(run, *receiver, &batch) {
            Ok(file_and_receipt) => files.extend(file_and_receipt),
            Err(refused) => problems.extend(refused),
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(in_order(problems)) }
}

/// The statements that every run writes.
fn of_every_run(run: &Run<'_>) -> Vec<Statement> {
    run.content.profile.statements.of_every_run.iter().map(|kind| Statement::from(*kind)).collect()
}

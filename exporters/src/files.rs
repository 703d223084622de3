//! The files of a run's folder.

use honorar_problems::Problem;

use crate::encode::json;
use crate::record::record;
use crate::run::{OutputFile, Run};
use crate::{lines, receipt, reconciliation, visma_lonn};

/// What payroll would refuse of a run.
pub fn refused_by_payroll(run: &Run<'_>) -> Vec<Problem> {
    match run.content.profile.wage_types {
        Some(_) => visma_lonn::sent_lines(run).err().unwrap_or_default(),
        None => Vec::new(),
    }
}

/// The files of a run's folder; the record stands last.
///
/// Errors: what payroll would refuse. Then there are no files.
pub fn files(run: &Run<'_>) -> Result<Vec<OutputFile>, Vec<Problem>> {
    let mut files = vec![
        OutputFile { name: "lines.csv", bytes: lines::lines(run) },
        OutputFile { name: "payables.csv", bytes: lines::payables(run) },
    ];
    if run.content.profile.wage_types.is_some() {
        let sent = visma_lonn::sent_lines(run)?;
        let file = visma_lonn::file(&sent, &run.content.profile.visma_lonn);
        let receipt = receipt::receipt(run, &sent, &file);
        files.push(OutputFile { name: "visma-lonn.csv", bytes: file });
        files.push(OutputFile { name: "visma-lonn.receipt.csv", bytes: receipt });
    }
    files.extend(reconciliation::file(run).map(|bytes| OutputFile { name: "reconciliation.csv", bytes }));
    files.push(OutputFile { name: "problems.json", bytes: json(&run.problems) });
    let record = record(run, &files);
    files.push(OutputFile { name: "run.json", bytes: record });
    Ok(files)
}

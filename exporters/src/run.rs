//! A run and the files of its folder.

use honorar_engine::{Payout, Period};
use honorar_intake::{Content, InputFile};
use honorar_problems::Problem;
use honorar_rates::RegulationText;

use crate::record::{json, record};
use crate::{lines, receipt, visma_lonn};

/// A basis, paid for a period.
#[derive(Clone, Copy)]
pub struct Run<'r> {
    /// The basis's name.
    pub name: &'r str,
    /// The files as they were handed in.
    pub inputs: &'r [InputFile],
    /// The regulation's file.
    pub regulation_text: &'r RegulationText,
    /// The basis, its regulation and the municipality's profile.
    pub content: &'r Content,
    /// The period.
    pub period: Period,
    /// The result.
    pub payout: &'r Payout,
    /// The warnings and notes.
    pub problems: &'r [Problem],
}

/// A file of a run's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its name.
    pub name: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
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
    files.push(OutputFile { name: "problems.json", bytes: json(&run.problems) });
    let record = record(run, &files);
    files.push(OutputFile { name: "run.json", bytes: record });
    Ok(files)
}

/// CSV with commas and LF.
pub(crate) fn csv_bytes(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

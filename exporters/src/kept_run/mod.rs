//! A run that stands in its folder, worked out again from what it keeps.
//!
//! Nothing is taken on trust: the files have to be those that the record names, and the input has to give the
//! very lines that stand there.

mod difference;
mod files;
mod verification;

use std::path::{Path, PathBuf};

use honorar_engine::Period;
use honorar_engine::ledger::postings;
use honorar_intake::{LedgerTexts, Paid, ledger_tables};
use honorar_problems::{Place, Problem};
use honorar_rates::{Language, Receiver};

use self::files::KeptFiles;

pub use self::difference::{CellDifference, Difference, RowDifference};
pub use self::files::{RECORD, RUN_IN_ENTRY};
pub use self::verification::{Corrected, Verification, verify_closed, verify_run};
use crate::encode::sha256;
use crate::folder::{publish, publish_new};
use crate::record::{ExportedAgain, content_records, record};
use crate::run::{OutputFile, Run};
use crate::statements::{Statement, statements};
use crate::{lines, payroll};

/// A run's folder, and the run in it.
pub struct KeptRun {
    kept: KeptFiles,
    paid: Paid,
}

impl KeptRun {
    /// Opens a run's folder. An entry of an archive stands for the run in it.
    ///
    /// Errors: a folder that holds no run, a file that is gone or has changed, and lines that the kept input
    /// does not give.
    pub fn open(folder: &Path) -> Result<Self, Vec<Problem>> {
        Self::work_out(KeptFiles::read(folder)?)
    }

    /// The same, where files come from elsewhere; the folder is for problems only.
    pub fn of_files(folder: &Path, read: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Self, Vec<Problem>> {
        Self::work_out(KeptFiles::of(folder, read)?)
    }

    /// Whether the run follows from what it keeps, every line and every byte.
    pub fn verification(&self) -> Verification {
        self.kept.verification(Some(&self.paid), None)
    }

    fn work_out(kept: KeptFiles) -> Result<Self, Vec<Problem>> {
        let paid = kept.pay().ok_or_else(|| kept.no_input())?;
        let worked_out = Self { kept, paid };
        let same = worked_out.run().is_some_and(|run| {
            worked_out.kept.bytes("lines.csv") == Some(&lines::lines(&run))
                && worked_out.kept.bytes("payables.csv") == Some(&lines::payables(&run))
        });
        if same { Ok(worked_out) } else { Err(worked_out.kept.other_lines()) }
    }

    /// The run, in its language.
    pub fn run(&self) -> Option<Run<'_>> {
        self.kept.run(&self.paid)
    }

    /// The municipality's short name.
    pub fn municipality(&self) -> &str {
        &self.kept.municipality
    }

    /// The basis's name.
    pub fn basis(&self) -> &str {
        &self.kept.basis
    }

    /// The period.
    pub fn period(&self) -> Period {
        self.kept.period
    }

    /// The hash of the run's record.
    pub fn record_sha256(&self) -> String {
        sha256(&self.kept.record)
    }

    /// What the run was told that closed runs have paid.
    pub fn paid_before(&self) -> LedgerTexts {
        self.paid.reading.ledger.clone().unwrap_or_else(LedgerTexts::none)
    }

    /// The table of what the run pays, as it is once the run is closed under a number.
    pub fn postings(&self, number: u32) -> Option<String> {
        Some(postings_of(&self.run()?, number))
    }

    /// All files of the run with their bytes, the record last.
    ///
    /// Errors: files in the folder that the run did not write.
    pub fn files(&self) -> Result<Vec<OutputFile>, Vec<Problem>> {
        let mut files = self.kept.files.clone();
        files.push(OutputFile::new(RECORD, self.kept.record.clone()));
        self.kept.has_nothing_else(&files)?;
        Ok(files)
    }

    /// A receiver's file of the run and its receipt, and how many transactions there are.
    ///
    /// Errors: what the receiver would refuse.
    pub fn payroll_file(&self, receiver: Receiver) -> Result<([OutputFile; 2], usize), Vec<Problem>> {
        let run = self.run().ok_or_else(Vec::new)?;
        let batch = payroll::batch(&run, &[receiver]).map_err(of_kept_profile)?;
        let made = payroll::file_and_receipt(&run, receiver, &batch).map_err(of_kept_profile)?;
        Ok((made, batch.transactions.len()))
    }

    /// Whether the run has a file of such a name.
    pub fn has_file(&self, name: &str) -> bool {
        self.kept.bytes(name).is_some()
    }

    /// Adds a receiver's file and its receipt to the folder: both and the new record, or nothing. What stands
    /// there stays as it is. The files' names, and how many transactions there are.
    ///
    /// A second export gives the same file, and needs a word of why, which the record keeps.
    ///
    /// Errors: a receiver that has its file already where nobody says why again, what it would refuse, and a
    /// folder that cannot be written.
    pub fn export(
        &self,
        receiver: Receiver,
        again: Option<&str>,
    ) -> Result<(Vec<PathBuf>, usize), Vec<Problem>> {
        let (made, transactions) = self.payroll_file(receiver)?;
        let mut exported_again = self.kept.exported_again.clone();
        if let Some(file) = made.iter().find(|one| self.has_file(&one.name)) {
            let place = Place::file(self.kept.folder.join(&file.name).display().to_string());
            let why = again.ok_or_else(|| vec![exported_before(place, receiver)])?;
            exported_again.push(ExportedAgain { receiver: receiver.name().to_owned(), why: why.to_owned() });
        }
        let run = self.run().ok_or_else(Vec::new)?;
        Ok((self.add(&run, made.to_vec(), &exported_again)?, transactions))
    }

    /// Writes statements into the folder: all of them and the new record, or nothing. Those that stand there in
    /// the same language are replaced, and nothing else. The files' names.
    ///
    /// `before` is the run of the period before. With `out` they are written into a folder of their own instead,
    /// as those of a closed run have to be.
    ///
    /// Errors: a person or group of no such name, and a folder that cannot be written.
    pub fn statements(
        &self,
        wanted: &[Statement],
        language: Option<Language>,
        before: Option<&Self>,
        out: Option<&Path>,
    ) -> Result<Vec<PathBuf>, Vec<Problem>> {
        let run = self.run().ok_or_else(Vec::new)?;
        let made = statements(&run.in_language(language), wanted, before.and_then(Self::run))?;
        let Some(out) = out else { return self.add(&run, made, &self.kept.exported_again) };
        publish_new(&made, out).map_err(|error| vec![error.problem(out)])?;
        Ok(made.iter().map(|file| out.join(&file.name)).collect())
    }

    /// Adds files to the folder, in the place of those of the same names.
    fn add(
        &self,
        run: &Run<'_>,
        made: Vec<OutputFile>,
        exported_again: &[ExportedAgain],
    ) -> Result<Vec<PathBuf>, Vec<Problem>> {
        let folder = &self.kept.folder;
        let paths = made.iter().map(|file| folder.join(&file.name)).collect();
        let mut files = self.kept.files.clone();
        files.retain(|file| made.iter().all(|one| one.name != file.name));
        files.extend(made);
        let record = record(run, content_records(run.content), &files, exported_again);
        files.push(OutputFile::new(RECORD, record));
        self.kept.has_nothing_else(&files)?;
        publish(run, &files, folder).map_err(|error| vec![error.problem(folder)])?;
        Ok(paths)
    }
}

/// The table of what a run pays, once it is closed under a number.
fn postings_of(run: &Run<'_>, number: u32) -> String {
    let all = postings(run.payout, &run.content.basis, &run.content.regulation, run.period, number);
    ledger_tables::postings_text(all.iter())
}

/// What a receiver is told that has its file already.
pub fn exported_before(place: Place, receiver: Receiver) -> Problem {
    let message = format!("`{}` has had its file of this run", receiver.name());
    Problem::error("exported", place, message)
        .expected("a batch is exported once: payroll would pay it twice")
        .hint("take the file that stands there; if payroll never got it, say so with --again \"…\"")
}

/// The profile is the one that the run was made with, whatever has been mended since.
fn of_kept_profile(problems: Vec<Problem>) -> Vec<Problem> {
    let hint = "the run keeps the profile that it was made with: mend the profile, and run the basis again";
    problems
        .into_iter()
        .map(|problem| if problem.hint.is_none() { problem.hint(hint) } else { problem })
        .collect()
}

//! Whether a run that stands follows from what it keeps, line by line and byte by byte.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use honorar_engine::{Money, PayLine, Payout, Period};
use honorar_intake::{LedgerTexts, Paid};
use honorar_problems::{Problem, Severity};
use honorar_rates::{Language, Receiver};

use super::difference::Difference;
use super::files::{KeptFiles, RECORD};
use super::postings_of;
use crate::encode::sha256;
use crate::record::{content_records, record};
use crate::run::{OutputFile, Run};
use crate::statements::{Statement, statements};
use crate::{files, lines, payroll};

/// What every version of the program writes.
const OF_EVERY_VERSION: [&str; 2] = ["lines.csv", "payables.csv"];

/// What became of working a run out again.
#[derive(Debug, Clone)]
pub struct Verification {
    /// The municipality's short name, as the record has it.
    pub municipality: String,
    /// The basis's name.
    pub basis: String,
    /// The period, as the record has it.
    pub period: String,
    /// The version of the program that wrote the run.
    pub version: String,
    /// Whether it is the present one.
    pub is_of_this_version: bool,
    /// The hash of the record.
    pub record_sha256: String,
    /// The files of the run, the record among them.
    pub files: BTreeSet<String>,
    /// What the run was told that closed runs have paid; nothing where its input cannot be read.
    pub paid_before: Option<LedgerTexts>,
    /// The table of what the run pays, where it is closed and can be worked out.
    pub postings: Option<String>,
    /// How many lines and payables the run has.
    pub lines: usize,
    /// The closed periods that some of them correct, in the order of time.
    pub corrected: Vec<Corrected>,
    /// The sum of the pay lines.
    pub control_total: Money,
    /// How many files were made again, and are the same byte by byte.
    pub made_again: usize,
    /// The files that are only known to be those that were written, by their hashes.
    pub by_hash: Vec<String>,
    /// The first line that differs; nothing where all hold.
    pub difference: Option<Difference>,
}

/// What a run corrects of a closed period.
#[derive(Debug, Clone, Copy)]
pub struct Corrected {
    /// The closed period.
    pub earned: Period,
    /// How many lines and payables take back or post anew.
    pub lines: usize,
    /// The sum of those that are pay lines.
    pub sum: Money,
    /// The sum of those that are payables.
    pub to_others: Money,
}

/// Works a run out again from what it keeps, and compares every line and every byte.
///
/// Errors: a folder that holds no run, a file that is gone or is not the one that was written, and one that the run
/// did not write.
pub fn verify_run(folder: &Path) -> Result<Verification, Vec<Problem>> {
    let kept = KeptFiles::read(folder)?;
    kept.has_nothing_else(&kept.files)?;
    Ok(kept.verification(kept.pay().as_ref(), None))
}

/// The same of a run that is closed under a number, where files come from elsewhere; the folder is for problems
/// only.
pub fn verify_closed(
    folder: &Path,
    number: u32,
    read: impl Fn(&str) -> Option<Vec<u8>>,
) -> Result<Verification, Vec<Problem>> {
    let kept = KeptFiles::of(folder, read)?;
    Ok(kept.verification(kept.pay().as_ref(), Some(number)))
}

impl KeptFiles {
    pub(super) fn verification(&self, paid: Option<&Paid>, closed_as: Option<u32>) -> Verification {
        let ledger = |paid: &Paid| paid.reading.ledger.clone().unwrap_or_else(LedgerTexts::none);
        let run = paid.and_then(|paid| self.run(paid));
        let names = self.files.iter().map(|file| file.name.clone());
        let mut verification = Verification {
            municipality: self.municipality.clone(),
            basis: self.basis.clone(),
            period: self.period.to_string(),
            version: self.version.clone(),
            is_of_this_version: self.is_of_this_version(),
            record_sha256: sha256(&self.record),
            files: names.chain([RECORD.to_owned()]).collect(),
            paid_before: paid.map(ledger),
            postings: run.zip(closed_as).map(|(run, number)| postings_of(&run, number)),
            lines: 0,
            corrected: Vec::new(),
            control_total: Money::ZERO,
            made_again: 0,
            by_hash: Vec::new(),
            difference: None,
        };
        let made = match run.ok_or_else(|| why_no_lines(paid)).map(|run| made_again(self, &run)) {
            Ok(MadeAgain { files, lines, corrected, control_total }) => {
                (verification.lines, verification.corrected) = (lines, corrected);
                verification.control_total = control_total;
                files
            }
            Err(why) => {
                verification.difference = Some(Difference::whole("lines.csv", "the lines of the run", why));
                return verification;
            }
        };
        self.compare(&made, &mut verification);
        verification
    }

    /// Holds each file against what was made again, until one differs.
    fn compare(&self, made: &BTreeMap<String, Made>, verification: &mut Verification) {
        for file in &self.files {
            match made.get(&file.name) {
                Some(made) if made.bytes == file.bytes => verification.made_again += 1,
                // Somebody may have named the run before it.
                Some(_) if is_to_finance_office(&file.name) => verification.by_hash.push(file.name.clone()),
                Some(made) => {
                    verification.difference = Some(Difference::between(&file.name, &file.bytes, &made.bytes));
                    return;
                }
                None if self.is_of_this_version() => {
                    verification.difference =
                        Some(Difference::whole(&file.name, "a file of the run", "no such file"));
                    return;
                }
                None => verification.by_hash.push(file.name.clone()),
            }
        }
        let is_missing = |(name, made): &(&String, &Made)| {
            made.is_of_every_run && !verification.files.contains(*name) && self.writes(name)
        };
        if let Some((name, _)) = made.iter().find(is_missing) {
            verification.difference = Some(Difference::whole(name, "no such file", "a file of the run"));
        } else if !self.is_of_this_version() {
            verification.by_hash.push(RECORD.to_owned());
        } else if let Some(record) = made.get(RECORD) {
            if record.bytes == self.record {
                verification.made_again += 1;
            } else {
                verification.difference = Some(Difference::between(RECORD, &self.record, &record.bytes));
            }
        }
    }

    /// Whether the version that wrote the run is known to write a file.
    fn writes(&self, file: &str) -> bool {
        self.is_of_this_version() || OF_EVERY_VERSION.contains(&file)
    }
}

/// What the kept input and regulation give now.
struct MadeAgain {
    /// The files, by their names.
    files: BTreeMap<String, Made>,
    lines: usize,
    corrected: Vec<Corrected>,
    control_total: Money,
}

/// A file that was made again.
struct Made {
    bytes: Vec<u8>,
    /// Whether the run has it without anybody asking for it later.
    is_of_every_run: bool,
}

/// Why the kept input gives no lines now.
fn why_no_lines(paid: Option<&Paid>) -> String {
    let Some(paid) = paid else { return "the kept input cannot be read".to_owned() };
    let problems = &paid.reading.problems;
    let error = problems.iter().find(|problem| problem.severity == Severity::Error);
    error.map_or_else(|| "the kept input gives no lines".to_owned(), |error| error.message.clone())
}

/// What the kept input and regulation give now.
fn made_again(kept: &KeptFiles, run: &Run<'_>) -> MadeAgain {
    let mut all: BTreeMap<String, Made> = BTreeMap::new();
    let mut take = |files: Vec<OutputFile>, is_of_every_run| {
        for OutputFile { name, bytes } in files {
            all.entry(name).or_insert(Made { bytes, is_of_every_run });
        }
    };
    let record = record(run, content_records(run.content), &kept.files, &kept.exported_again);
    take(vec![OutputFile::new(RECORD, record)], true);
    match files::files(run) {
        Ok(files) => take(files, true),
        // What is refused now was not refused then: the lines are compared, and the rest is not there.
        Err(_) => take(
            vec![
                OutputFile::new("lines.csv", lines::lines(run)),
                OutputFile::new("payables.csv", lines::payables(run)),
            ],
            true,
        ),
    }
    take(exported(run, kept), false);
    take(stated(run, kept), false);
    MadeAgain {
        files: all,
        lines: run.payout.all().count(),
        corrected: corrected(run.payout),
        control_total: run.payout.control_total(),
    }
}

/// What a run corrects, period by period.
fn corrected(payout: &Payout) -> Vec<Corrected> {
    let earned = |line: &PayLine| line.correction.map(|correction| correction.earned);
    let mut periods: Vec<Period> = payout.all().filter_map(earned).collect();
    periods.sort_by_key(|period| (period.first_day(), period.last_day()));
    periods.dedup();
    let sum = |lines: &[PayLine], period| {
        lines.iter().filter(|line| earned(line) == Some(period)).map(|line| line.amount).sum()
    };
    let of_period = |period: Period| Corrected {
        earned: period,
        lines: payout.all().filter(|line| earned(line) == Some(period)).count(),
        sum: sum(&payout.lines, period),
        to_others: sum(&payout.payables, period),
    };
    periods.into_iter().map(of_period).collect()
}

/// The payroll files that were made of the run later, each with its receipt.
fn exported(run: &Run<'_>, kept: &KeptFiles) -> Vec<OutputFile> {
    let has_receipt = |receiver: &Receiver| kept.bytes(&payroll::receipt_name(*receiver)).is_some();
    let receivers: Vec<Receiver> = Receiver::ALL.into_iter().filter(has_receipt).collect();
    let Ok(batch) = payroll::batch(run, &receivers) else { return Vec::new() };
    let made =
        receivers.into_iter().filter_map(|receiver| payroll::file_and_receipt(run, receiver, &batch).ok());
    made.flatten().collect()
}

/// The statements of the run, in the languages in which they stand.
fn stated(run: &Run<'_>, kept: &KeptFiles) -> Vec<OutputFile> {
    let names: BTreeSet<&str> = kept.files.iter().map(|file| file.name.as_str()).collect();
    let is_in = |language: &Language| {
        let folder = format!("statements/{}/", language.code());
        names.iter().any(|name| name.starts_with(&folder))
    };
    let of_language = |language: Language| {
        statements(&run.in_language(Some(language)), &Statement::ALL, None).unwrap_or_default()
    };
    let all = Language::ALL.into_iter().filter(is_in).flat_map(of_language);
    all.filter(|file| names.contains(file.name.as_str())).collect()
}

/// Whether a file is the statement to the finance office, which looks at the run before.
fn is_to_finance_office(file: &str) -> bool {
    let name = file.strip_prefix("statements/").and_then(|name| name.split_once('/'));
    name.is_some_and(|(_, name)| name.starts_with("finance."))
}

//! Whether a run that stands follows from what it keeps, line by line and byte by byte.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use honorar_engine::Money;
use honorar_intake::{Paid, pay, read_source};
use honorar_problems::{Problem, Severity};
use honorar_rates::{Language, Receiver};

use super::files::{KeptFiles, RECORD};
use crate::run::{OutputFile, Run};
use crate::statements::{Statement, statements};
use crate::{files, input_archive, lines, payroll, record};

/// What the program said of the files at the time; some of it is about files that are no part of the input.
const SAID_AT_THE_TIME: &str = "problems.json";

/// What became of working a run out again.
#[derive(Debug, Clone)]
pub struct Verification {
    /// The basis's name.
    pub basis: String,
    /// The period, as the record has it.
    pub period: String,
    /// The version of the program that wrote the run.
    pub version: String,
    /// Whether it is the present one.
    pub is_of_this_version: bool,
    /// How many lines and payables the run has.
    pub lines: usize,
    /// The sum of the pay lines.
    pub control_total: Money,
    /// How many files were made again, and are the same byte by byte.
    pub made_again: usize,
    /// The files that are only known to be those that were written, by their hashes.
    pub by_hash: Vec<String>,
    /// The first line that differs; nothing where all hold.
    pub difference: Option<Difference>,
}

/// The first line of a file that is not what the kept input and regulation give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file.
    pub file: String,
    /// The line of the file, from 1; 0 where it is the file as a whole.
    pub line: usize,
    /// What stands there.
    pub kept: String,
    /// What the input and the regulation give.
    pub now: String,
}

/// Works a run out again from what it keeps, and compares every line and every byte.
///
/// Errors: a folder that holds no run, and a file that is gone or is not the one that was written.
pub fn verify_run(folder: &Path) -> Result<Verification, Vec<Problem>> {
    Ok(KeptFiles::read(folder)?.verification())
}

/// The same, where files come from elsewhere; the folder is for problems only.
pub fn verify_files(
    folder: &Path,
    read: impl Fn(&str) -> Option<Vec<u8>>,
) -> Result<Verification, Vec<Problem>> {
    Ok(KeptFiles::of(folder, read)?.verification())
}

impl KeptFiles {
    pub(super) fn verification(&self) -> Verification {
        let mut verification = Verification {
            basis: self.basis.clone(),
            period: self.period.to_string(),
            version: self.version.clone(),
            is_of_this_version: self.is_of_this_version(),
            lines: 0,
            control_total: Money::ZERO,
            made_again: 0,
            by_hash: Vec::new(),
            difference: None,
        };
        let made = match made_again(self) {
            Ok(MadeAgain { files, lines, control_total }) => {
                (verification.lines, verification.control_total) = (lines, control_total);
                files
            }
            Err(why) => {
                let (file, kept) = ("lines.csv".to_owned(), "the lines of the run".to_owned());
                verification.difference = Some(Difference { file, line: 0, kept, now: why });
                return verification;
            }
        };
        for file in &self.files {
            match made.get(file.name.as_str()) {
                Some(bytes) if *bytes == file.bytes => verification.made_again += 1,
                Some(bytes) => {
                    verification.difference = Some(Difference::between(&file.name, &file.bytes, bytes));
                    return verification;
                }
                None => verification.by_hash.push(file.name.clone()),
            }
        }
        if self.is_of_this_version() {
            match made.get(RECORD) {
                Some(record) if *record == self.record => verification.made_again += 1,
                Some(record) => {
                    verification.difference = Some(Difference::between(RECORD, &self.record, record));
                }
                None => {}
            }
        } else {
            verification.by_hash.push(RECORD.to_owned());
        }
        verification
    }
}

/// What the kept input and regulation give now.
struct MadeAgain {
    /// The files, by their names.
    files: BTreeMap<String, Vec<u8>>,
    lines: usize,
    control_total: Money,
}

/// What the kept input and regulation give now, or why they give nothing.
fn made_again(kept: &KeptFiles) -> Result<MadeAgain, String> {
    let input = kept.bytes(input_archive::NAME).ok_or("the run keeps no input")?;
    let source = input_archive::read(input, &kept.basis).ok_or("the kept input cannot be read")?;
    let paid = pay(read_source(source), kept.period);
    let run = run_of(&paid, kept).ok_or_else(|| {
        let problems = &paid.reading.problems;
        let error = problems.iter().find(|problem| problem.severity == Severity::Error);
        error.map_or_else(|| "the kept input gives no lines".to_owned(), |error| error.message.clone())
    })?;
    let mut all: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut take = |files: Vec<OutputFile>| all.extend(files.into_iter().map(|file| (file.name, file.bytes)));
    take(vec![
        OutputFile::new("lines.csv", lines::lines(&run)),
        OutputFile::new("payables.csv", lines::payables(&run)),
    ]);
    // What payroll would refuse now is not made again, and differs by that.
    take(files::files(&run).unwrap_or_default());
    take(exported(&run, kept));
    take(stated(&run, kept));
    take(vec![OutputFile::new(RECORD, record::record(&run, &kept.files, &kept.exported_again))]);
    all.remove(SAID_AT_THE_TIME);
    Ok(MadeAgain { files: all, lines: run.payout.all().count(), control_total: run.payout.control_total() })
}

fn run_of<'p>(paid: &'p Paid, kept: &KeptFiles) -> Option<Run<'p>> {
    let payout = paid.payout.as_ref()?;
    Some(Run::of(&paid.reading, kept.period, payout)?.in_language(Some(kept.language)))
}

/// The payroll files that were made of the run later, each with its receipt.
fn exported(run: &Run<'_>, kept: &KeptFiles) -> Vec<OutputFile> {
    let Ok(batch) = payroll::batch(run) else { return Vec::new() };
    let has_receipt = |receiver: &Receiver| kept.bytes(&payroll::receipt_name(*receiver)).is_some();
    let receivers = Receiver::ALL.into_iter().filter(has_receipt);
    receivers.filter_map(|receiver| payroll::file_and_receipt(run, receiver, &batch).ok()).flatten().collect()
}

/// The statements of the run, in the languages in which they stand. The finance office's looks at the run before
/// and at what the program said at the time, and is known by its hash.
fn stated(run: &Run<'_>, kept: &KeptFiles) -> Vec<OutputFile> {
    let names: BTreeSet<&str> = kept.files.iter().map(|file| file.name.as_str()).collect();
    let is_in = |language: &Language| {
        let folder = format!("statements/{}/", language.code());
        names.iter().any(|name| name.starts_with(&folder))
    };
    let wanted = [Statement::Persons, Statement::Groups, Statement::Auditor];
    let of_language =
        |language: Language| statements(&run.in_language(Some(language)), &wanted, None).unwrap_or_default();
    let all = Language::ALL.into_iter().filter(is_in).flat_map(of_language);
    all.filter(|file| names.contains(file.name.as_str())).collect()
}

impl Difference {
    /// The first line in which a file as it stands differs from what it should be.
    pub fn between(file: &str, kept: &[u8], now: &[u8]) -> Self {
        let whole = |kept: &str, now: &str| Self {
            file: file.to_owned(),
            line: 0,
            kept: kept.to_owned(),
            now: now.to_owned(),
        };
        let (Ok(kept), Ok(now)) = (std::str::from_utf8(kept), std::str::from_utf8(now)) else {
            return whole("other bytes", "other bytes");
        };
        let (mut kept_lines, mut now_lines) = (kept.lines(), now.lines());
        for line in 1.. {
            match (kept_lines.next(), now_lines.next()) {
                (None, None) => break,
                (kept, now) if kept == now => {}
                (kept, now) => {
                    let text = |line: Option<&str>| line.unwrap_or("no such line").to_owned();
                    return Self { file: file.to_owned(), line, kept: text(kept), now: text(now) };
                }
            }
        }
        whole("other ends of lines", "other ends of lines")
    }
}

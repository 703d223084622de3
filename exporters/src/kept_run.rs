//! A run that stands in its folder, worked out again from what it keeps.
//!
//! Nothing is taken on trust: the files have to be those that the record names, and the input has to give the
//! very lines that stand there.

use std::fs;
use std::path::{Component, Path, PathBuf};

use honorar_engine::{Payout, Period, compute};
use honorar_intake::{Reading, payout_warnings, read_source};
use honorar_problems::{Place, Problem, in_order};
use honorar_rates::{Language, Receiver};
use serde::Deserialize;

use crate::encode::sha256;
use crate::folder::publish;
use crate::input_archive;
use crate::record::record;
use crate::run::{OutputFile, Run};
use crate::statements::{Statement, statements};
use crate::{lines, payroll};

const RECORD: &str = "run.json";

/// A run's folder, and the run in it.
pub struct KeptRun {
    folder: PathBuf,
    period: Period,
    language: Language,
    reading: Reading,
    payout: Payout,
    /// The files of the folder but for the record, in its order.
    files: Vec<OutputFile>,
}

/// What the record has to say for a run to be worked out again.
#[derive(Deserialize)]
struct Kept {
    program: String,
    version: String,
    basis: String,
    period: String,
    language: String,
    files: Vec<KeptFile>,
}

#[derive(Deserialize)]
struct KeptFile {
    file: String,
    sha256: String,
}

impl KeptRun {
    /// Opens a run's folder.
    ///
    /// Errors: a folder that holds no run, a file that is gone or has changed, and lines that the kept input
    /// does not give.
    pub fn open(folder: &Path) -> Result<Self, Vec<Problem>> {
        let error = |file: &str, code: &'static str, message: &str| {
            Problem::error(code, Place::file(folder.join(file).display().to_string()), message)
        };
        let no_run = || {
            let place = Place::file(folder.display().to_string());
            let problem = Problem::error("no_run", place, "the folder holds no run");
            vec![problem.expected("a folder that `honorar run` has written")]
        };
        let record = fs::read(folder.join(RECORD)).map_err(|_| no_run())?;
        let kept: Kept = serde_json::from_slice(&record).map_err(|_| no_run())?;
        let period: Period = kept.period.parse().map_err(|_| no_run())?;
        let language = Language::ALL.into_iter().find(|language| language.code() == kept.language);
        let language = language.filter(|_| kept.program == "honorar").ok_or_else(no_run)?;
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        for KeptFile { file, sha256: stated } in &kept.files {
            // A record is no way out of its folder.
            let is_inside = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
            match fs::read(folder.join(file)).ok().filter(|_| is_inside) {
                Some(bytes) if sha256(&bytes) == *stated => files.push(OutputFile::new(file, bytes)),
                Some(_) => problems.push(error(file, "changed", "the file is not the one that was written")),
                None => problems.push(error(file, "gone", "the file is gone")),
            }
        }
        if !problems.is_empty() {
            let hint = "run the basis again, into another folder, and compare";
            return Err(in_order(problems.into_iter().map(|problem| problem.hint(hint)).collect()));
        }
        let archive = files.iter().find(|file| file.name == input_archive::NAME).ok_or_else(no_run)?;
        let source = input_archive::read(&archive.bytes, &kept.basis).ok_or_else(no_run)?;
        let mut reading = read_source(source);
        let differs = || {
            let version = &kept.version;
            let message = format!("the kept input does not give these lines: they are of version {version}");
            let problem = error("lines.csv", "other_lines", &message);
            let expected = format!("a run of version {}", env!("CARGO_PKG_VERSION"));
            vec![
                problem.expected(expected).hint("use the version that wrote the run, or run the basis again"),
            ]
        };
        let payout = match &reading.content {
            Some(content) => compute(&content.basis, &content.regulation, period).map_err(|_| differs())?,
            None => return Err(differs()),
        };
        let warnings = reading.content.as_ref().map(|content| payout_warnings(content, &payout, period));
        reading.problems.extend(warnings.into_iter().flatten());
        reading.problems = in_order(reading.problems);
        let kept = Self { folder: folder.to_owned(), period, language, reading, payout, files };
        let run = kept.run().ok_or_else(differs)?;
        let stands =
            |name: &str, bytes: &[u8]| kept.files.iter().any(|file| file.name == name && file.bytes == bytes);
        let same = stands("lines.csv", &lines::lines(&run)) && stands("payables.csv", &lines::payables(&run));
        if same { Ok(kept) } else { Err(differs()) }
    }

    /// The run, in its language.
    pub fn run(&self) -> Option<Run<'_>> {
        Run::of(&self.reading, self.period, &self.payout).map(|run| run.in_language(Some(self.language)))
    }

    /// Adds a receiver's file and its receipt to the folder: both and the new record, or nothing. What stands
    /// there stays as it is. The files' names, and how many transactions there are.
    ///
    /// Errors: a receiver that has its file already, what it would refuse, and a folder that cannot be
    /// written.
    pub fn export(&self, receiver: Receiver) -> Result<(Vec<PathBuf>, usize), Vec<Problem>> {
        let run = self.run().ok_or_else(Vec::new)?;
        let batch = payroll::batch(&run).map_err(of_kept_profile)?;
        let made = payroll::file_and_receipt(&run, receiver, &batch).map_err(of_kept_profile)?;
        if let Some(file) = made.iter().find(|one| self.files.iter().any(|file| file.name == one.name)) {
            let place = Place::file(self.folder.join(&file.name).display().to_string());
            let message = format!("`{}` has had its file of this run", receiver.name());
            let problem = Problem::error("exported", place, message);
            return Err(vec![
                problem
                    .expected("a batch is exported once: payroll would pay it twice")
                    .hint("take the file that stands there"),
            ]);
        }
        Ok((self.add(&run, made.to_vec())?, batch.transactions.len()))
    }

    /// Writes statements into the folder: all of them and the new record, or nothing. Those that stand there in
    /// the same language are replaced, and nothing else. The files' names.
    ///
    /// `before` is the run of the period before.
    ///
    /// Errors: a person or group of no such name, and a folder that cannot be written.
    pub fn statements(
        &self,
        wanted: &[Statement],
        language: Option<Language>,
        before: Option<&Self>,
    ) -> Result<Vec<PathBuf>, Vec<Problem>> {
        let run = self.run().ok_or_else(Vec::new)?;
        let made = statements(&run.in_language(language), wanted, before.and_then(Self::run))?;
        self.add(&run, made)
    }

    /// Adds files to the folder, in the place of those of the same names.
    fn add(&self, run: &Run<'_>, made: Vec<OutputFile>) -> Result<Vec<PathBuf>, Vec<Problem>> {
        let paths = made.iter().map(|file| self.folder.join(&file.name)).collect();
        let mut files = self.files.clone();
        files.retain(|file| made.iter().all(|one| one.name != file.name));
        files.extend(made);
        files.push(OutputFile::new(RECORD, record(run, &files)));
        self.has_nothing_else(&files)?;
        publish(run, &files, &self.folder).map_err(|error| vec![error.problem(&self.folder)])?;
        Ok(paths)
    }

    /// An error for each file that the run did not write: the folder changes as a whole, and would lose it.
    fn has_nothing_else(&self, files: &[OutputFile]) -> Result<(), Vec<Problem>> {
        let is_known = |path: &Path| files.iter().any(|file| self.folder.join(&file.name) == path);
        let strange = |path: PathBuf| {
            let message = "the run did not write this file, and the folder changes as a whole";
            Problem::error("strange_file", Place::file(path.display().to_string()), message)
                .expected("files of the run only")
                .hint("move the file out of the folder")
        };
        let all = files_below(&self.folder);
        let problems: Vec<Problem> = all.into_iter().filter(|path| !is_known(path)).map(strange).collect();
        if problems.is_empty() { Ok(()) } else { Err(in_order(problems)) }
    }
}

/// The files in a folder and in its folders. What cannot be read is found when the folder is written.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let below = |path: PathBuf| {
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_dir());
        if is_folder { files_below(&path) } else { vec![path] }
    };
    entries.flat_map(|entry| below(entry.path())).collect()
}

/// The profile is the one that the run was made with, whatever has been mended since.
fn of_kept_profile(problems: Vec<Problem>) -> Vec<Problem> {
    let hint = "the run keeps the profile that it was made with: mend the profile, and run the basis again";
    problems
        .into_iter()
        .map(|problem| if problem.hint.is_none() { problem.hint(hint) } else { problem })
        .collect()
}

//! The files of a run that stands, as its record names them.

use std::fs;
use std::path::{Component, Path, PathBuf};

use honorar_archive::is_entry;
use honorar_engine::Period;
use honorar_intake::{Paid, pay, read_source};
use honorar_problems::{Place, Problem, in_order};
use honorar_rates::Language;
use serde::Deserialize;

use crate::encode::sha256;
use crate::input_archive;
use crate::record::ExportedAgain;
use crate::run::{OutputFile, Run};

/// The record's name in a run's folder.
pub const RECORD: &str = "run.json";

/// The folder of the run within an entry of an archive.
pub const RUN_IN_ENTRY: &str = "run";

/// The files of a run, which are those that its record names.
pub(super) struct KeptFiles {
    pub(super) folder: PathBuf,
    pub(super) record: Vec<u8>,
    pub(super) version: String,
    pub(super) municipality: String,
    pub(super) basis: String,
    pub(super) period: Period,
    pub(super) language: Language,
    pub(super) exported_again: Vec<ExportedAgain>,
    /// The files but for the record, in its order.
    pub(super) files: Vec<OutputFile>,
}

/// What the record has to say for a run to be worked out again.
#[derive(Deserialize)]
struct Kept {
    program: String,
    version: String,
    municipality: String,
    basis: String,
    period: String,
    language: String,
    #[serde(default)]
    exported_again: Vec<ExportedAgain>,
    files: Vec<KeptFile>,
}

#[derive(Deserialize)]
struct KeptFile {
    file: String,
    sha256: String,
}

impl KeptFiles {
    /// The files in a run's folder. An entry of an archive stands for the run in it.
    ///
    /// Errors: a folder that holds no run, and a file that is gone or has changed.
    pub(super) fn read(folder: &Path) -> Result<Self, Vec<Problem>> {
        let in_entry = folder.join(RUN_IN_ENTRY);
        let folder = if in_entry.join(RECORD).exists() { &in_entry } else { folder };
        Self::of(folder, |file| fs::read(folder.join(file)).ok())
    }

    /// The same, where files come from elsewhere; the folder is for problems only.
    pub(super) fn of(folder: &Path, read: impl Fn(&str) -> Option<Vec<u8>>) -> Result<Self, Vec<Problem>> {
        let place = |file: &str| Place::file(folder.join(file).display().to_string());
        let no_run = || {
            let place = Place::file(folder.display().to_string());
            let problem = Problem::error("no_run", place, "the folder holds no run");
            let of_entry =
                "name the entry of a closed run; of one whose contents were removed nothing can be made";
            let hint = is_entry(folder).map(|_| of_entry.to_owned());
            vec![problem.expected("a folder that `honorar run` has written").maybe_hint(hint)]
        };
        let record = read(RECORD).ok_or_else(no_run)?;
        let kept: Kept = serde_json::from_slice(&record).map_err(|_| no_run())?;
        let period: Period = kept.period.parse().map_err(|_| no_run())?;
        let language = Language::ALL.into_iter().find(|language| language.code() == kept.language);
        let language = language.filter(|_| kept.program == "honorar").ok_or_else(no_run)?;
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        for KeptFile { file, sha256: stated } in &kept.files {
            // A record is no way out of its folder.
            let is_inside = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
            match Some(file).filter(|_| is_inside).and_then(|file| read(file)) {
                Some(bytes) if sha256(&bytes) == *stated => files.push(OutputFile::new(file, bytes)),
                Some(_) => problems.push(Problem::error(
                    "changed",
                    place(file),
                    "the file is not the one that was written",
                )),
                None => problems.push(Problem::error("gone", place(file), "the file is gone")),
            }
        }
        if !problems.is_empty() {
            let hint = "run the basis again, into another folder, and compare";
            return Err(in_order(problems.into_iter().map(|problem| problem.hint(hint)).collect()));
        }
        if !files.iter().any(|file| file.name == input_archive::NAME) {
            return Err(no_run());
        }
        let Kept { version, municipality, basis, exported_again, .. } = kept;
        let folder = folder.to_owned();
        Ok(Self { folder, record, version, municipality, basis, period, language, exported_again, files })
    }

    /// The bytes of a file.
    pub(super) fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.files.iter().find(|file| file.name == name).map(|file| file.bytes.as_slice())
    }

    /// What the kept input gives now; nothing where it cannot be read.
    pub(super) fn pay(&self) -> Option<Paid> {
        let source = input_archive::read(self.bytes(input_archive::NAME)?, &self.basis)?;
        Some(pay(read_source(source), self.period))
    }

    /// The run of what the kept input gives, in the run's language; nothing where there is an error.
    pub(super) fn run<'p>(&self, paid: &'p Paid) -> Option<Run<'p>> {
        let run = Run::of(&paid.reading, self.period, paid.payout.as_ref()?)?;
        Some(run.in_language(Some(self.language)))
    }

    /// The error of an input that cannot be read.
    pub(super) fn no_input(&self) -> Vec<Problem> {
        let place = Place::file(self.folder.join(input_archive::NAME).display().to_string());
        let problem = Problem::error("no_input", place, "this is no input that a run keeps");
        vec![problem.expected("the tables, the profile and the regulation, as `honorar run` put them there")]
    }

    /// The error of lines that the kept input does not give.
    pub(super) fn other_lines(&self) -> Vec<Problem> {
        let place = Place::file(self.folder.join("lines.csv").display().to_string());
        let message = "the kept input does not give these lines";
        if self.is_of_this_version() {
            let problem = Problem::error("other_lines", place, message);
            return vec![problem.hint("`honorar verify` shows where; run the basis again")];
        }
        let message = format!("{message}: they are of version {}", self.version);
        let problem = Problem::error("other_lines", place, message);
        let expected = format!("a run of version {}", env!("CARGO_PKG_VERSION"));
        vec![problem.expected(expected).hint("use the version that wrote the run, or run the basis again")]
    }

    /// Whether the present version wrote the run.
    pub(super) fn is_of_this_version(&self) -> bool {
        self.version == env!("CARGO_PKG_VERSION")
    }

    /// An error for each file in the folder that is none of these and not the record: the folder is changed, and
    /// closed, as a whole.
    pub(super) fn has_nothing_else(&self, files: &[OutputFile]) -> Result<(), Vec<Problem>> {
        let is_known = |path: &Path| {
            let names = files.iter().map(|file| file.name.as_str()).chain([RECORD]);
            names.map(|name| self.folder.join(name)).any(|known| known == path)
        };
        let strange = |path: PathBuf| {
            Problem::error(
                "strange_file",
                Place::file(path.display().to_string()),
                "the run did not write this file",
            )
            .expected("files of the run only: its folder is changed, and closed, as a whole")
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

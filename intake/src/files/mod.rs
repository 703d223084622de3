//! The files of a basis: which they are, and the tables in them.

mod delimited;
mod rows;
mod workbook;
mod workbook_guard;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use honorar_problems::{Place, Problem, Severity, did_you_mean};
use honorar_rates::{HrmTexts, RegulationText};

use crate::ledger_tables::LedgerTexts;
use crate::table::Table;
use crate::vocabulary::TableName;
use crate::{expense_layout, vocabulary};

/// A file as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Its name without its folder.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The files of one basis.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The basis's name: that of the folder, or of the workbook without its ending.
    pub name: String,
    /// The folder against which a regulation's path is read.
    pub folder: PathBuf,
    /// The files with tables, in the order of their names.
    pub tables: Vec<InputFile>,
    /// `honorar.toml`, or what stands for it.
    pub profile: Option<InputFile>,
    /// Visma Expense's export, where it lies elsewhere: a file of one table, or a workbook.
    pub expense: Option<InputFile>,
    /// The regulation, where it is in memory too; otherwise the one that the profile names is read.
    pub regulation: Option<RegulationText>,
    /// The mapping and schema of Visma Enterprise HRM, where they are in memory too.
    pub hrm: Option<HrmTexts>,
    /// What closed runs have paid, where the run is held against an archive.
    pub ledger: Option<LedgerTexts>,
    /// The names of what lies beside the tables and can hold none.
    pub left_alone: Vec<String>,
    /// What was wrong on the way.
    pub problems: Vec<Problem>,
}

const DELIMITED: [&str; 3] = ["csv", "tsv", "txt"];
const WORKBOOKS: [&str; 3] = ["xlsx", "xls", "ods"];
const PROFILE: &str = "honorar.toml";

impl Source {
    /// Finds the files of a basis: a folder, or a workbook. `config` names another profile.
    pub fn find(path: &Path, config: Option<&Path>) -> Self {
        let mut source = Self { name: basis_name(path), ..Self::default() };
        if !path.exists() {
            let place = Place::file(path.display().to_string());
            let problem = Problem::error("no_basis", place, "there is no such folder or workbook");
            source.problems.push(problem.expected("a folder of tables, or a workbook (.xlsx, .xls or .ods)"));
            return source;
        }
        let beside = if path.is_dir() {
            source.folder = path.to_owned();
            source.read_folder(path);
            path.join(PROFILE)
        } else {
            source.folder = path.parent().map(Path::to_owned).unwrap_or_default();
            source.read_workbook(path);
            path.with_extension("toml")
        };
        let profile = config.map_or(beside, Path::to_owned);
        if let Some(folder) = profile.parent() {
            source.folder = folder.to_owned();
        }
        if profile.exists() {
            source.profile = source.read_file(&profile);
        } else {
            source.problems.push(no_profile(&profile));
        }
        source
    }

    /// The same files with Visma Expense's export, which lies elsewhere and may have any name.
    #[must_use]
    pub fn with_expense(mut self, path: &Path) -> Self {
        if is_one_of(path, &WORKBOOKS) || is_one_of(path, &DELIMITED) {
            self.expense = self.read_file(path);
        } else {
            let problem = Problem::error("no_export", Place::file(file_name(path)), "this is no table");
            let expected = "Visma Expense's export: .csv, .tsv, .txt, .xlsx, .xls or .ods";
            self.problems.push(problem.expected(expected));
        }
        self
    }

    /// The same files with what closed runs have paid.
    #[must_use]
    pub fn with_ledger(self, ledger: LedgerTexts) -> Self {
        Self { ledger: Some(ledger), ..self }
    }

    fn read_folder(&mut self, folder: &Path) {
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut paths: Vec<PathBuf> = match entries {
            Ok(entries) => entries.into_iter().map(|entry| entry.path()).collect(),
            Err(error) => {
                let message = format!("the folder cannot be read: {error}");
                self.problems.push(Problem::error("unreadable", Place::file(&*self.name), message));
                return;
            }
        };
        paths.sort();
        for path in paths {
            let name = file_name(&path);
            if name == PROFILE || name.starts_with('.') {
                continue;
            }
            let may_hold_tables = is_one_of(&path, &WORKBOOKS) || is_one_of(&path, &DELIMITED);
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            if may_hold_tables && !path.is_file() && vocabulary::table(&stem).is_some() {
                let problem = Problem::error(
                    "unreadable",
                    Place::file(name),
                    "this is named as a table and is no file",
                );
                self.problems.push(problem.expected("a file, or another name"));
            } else if !path.is_file() || !may_hold_tables || name.starts_with("~$") {
                self.left_alone.push(name);
            } else if let Some(file) = self.read_file(&path) {
                self.tables.push(file);
            }
        }
    }

    fn read_workbook(&mut self, path: &Path) {
        if !is_one_of(path, &WORKBOOKS) {
            let problem = Problem::error("no_basis", Place::file(file_name(path)), "this is no basis")
                .expected("a folder of tables, or a workbook (.xlsx, .xls or .ods)")
                .hint("put the tables into a folder and name the folder");
            self.problems.push(problem);
        } else if let Some(file) = self.read_file(path) {
            self.tables.push(file);
        }
    }

    fn read_file(&mut self, path: &Path) -> Option<InputFile> {
        match fs::read(path) {
            Ok(bytes) => Some(InputFile { name: file_name(path), bytes }),
            Err(error) => {
                let place = Place::file(file_name(path));
                let problem =
                    Problem::error("unreadable", place, format!("the file cannot be read: {error}"));
                self.problems.push(problem);
                None
            }
        }
    }

    /// A note for each of what lies beside the tables, but for the regulation's own file.
    pub(crate) fn notes(&self, regulation: Option<&RegulationText>) -> Vec<Problem> {
        let of_regulation = regulation.map(|text| text.file.as_str());
        let others = self.left_alone.iter().filter(|name| Some(name.as_str()) != of_regulation);
        others.map(|name| no_table(Place::file(name.as_str()), "this is no table")).collect()
    }

    /// The tables in the files, and what was wrong in reading them.
    pub(crate) fn read_tables(&self) -> (Vec<Table>, Vec<Problem>) {
        let (mut tables, mut problems) = (Vec::new(), Vec::new());
        for file in &self.tables {
            let path = Path::new(&file.name);
            if is_one_of(path, &WORKBOOKS) {
                workbook::read(file, &mut tables, &mut problems);
                continue;
            }
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            if vocabulary::table(&name).is_some() {
                delimited::read(file, name, &mut tables, &mut problems);
            } else {
                let problem = no_table(Place::file(&*file.name), "this file is no table of a basis");
                problems.push(problem.maybe_hint(did_you_mean(&name, vocabulary::table_names())));
            }
        }
        self.read_expense(&mut tables, &mut problems);
        (tables, problems)
    }

    /// The table of an export that lies elsewhere: whatever its file is named, and of a workbook the sheet of
    /// that name or the only one.
    fn read_expense(&self, tables: &mut Vec<Table>, problems: &mut Vec<Problem>) {
        let Some(file) = &self.expense else { return };
        let name = vocabulary::table_name(TableName::VismaExpense);
        if !is_one_of(Path::new(&file.name), &WORKBOOKS) {
            delimited::read(file, name.to_owned(), tables, problems);
            return;
        }
        let (mut found, said) = (Vec::new(), problems.len());
        workbook::read_as(file, Some(name), &mut found, problems);
        found.retain(|table| expense_layout::is_expense(&table.name));
        let is_unread = problems.iter().skip(said).any(|problem| problem.severity == Severity::Error);
        if found.is_empty() && !is_unread {
            let message = "no sheet of this workbook is Visma Expense's export";
            let problem = Problem::error("no_export", Place::file(&*file.name), message);
            problems.push(problem.expected(format!("one sheet, or one named `{name}`")));
        }
        tables.append(&mut found);
    }
}

fn no_profile(path: &Path) -> Problem {
    let place = Place::file(file_name(path));
    Problem::error("no_profile", place, "the municipality's profile is missing")
        .expected("a file with the municipality, its regulation, parameters and wage types")
        .hint("docs/profile.md has one to begin with, and says where it lies")
}

fn no_table(place: Place, what: &str) -> Problem {
    Problem::note("no_table", place, format!("{what}; it is left alone"))
}

fn rows_left_alone(table: &Table, rows_above: usize) -> Option<Problem> {
    let message = match rows_above {
        0 => return None,
        1 => "the row above the headings is left alone".to_owned(),
        rows => format!("the {rows} rows above the headings are left alone"),
    };
    Some(Problem::note("rows_above", table.place.at_row(table.heading_row()), message))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn is_one_of(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|ending| endings.iter().any(|one| ending.eq_ignore_ascii_case(one)))
}

/// The name of a basis: that of its folder, or of its workbook without the ending; of `.` or `..`
/// that of the folder meant.
pub fn basis_name(path: &Path) -> String {
    let whole = if path.file_name().is_none() { path.canonicalize().ok() } else { None };
    let path = whole.as_deref().unwrap_or(path);
    let name = if path.is_dir() { path.file_name() } else { path.file_stem() };
    // The root of a file system has no name of its own.
    let name = name.or(Some(path.as_os_str()));
    name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

//! What is wrong in an input: where it stands, the value, what was expected and how to mend it.
//!
//! Every reader collects [`Problem`]s instead of stopping at the first, so that whoever hands in
//! a basis can mend everything in one go. The texts hold no names, incomes or documents.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;

mod printable;
mod suggestion;

use printable::printable;
pub use suggestion::did_you_mean;

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing of the basis is written.
    Error,
    /// The run goes on; somebody should look.
    Warning,
    /// Something was left alone, and it is said.
    Note,
}

impl Severity {
    /// The word that begins the problem's first line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where a problem stands. Rows are as the file numbers them: the heading is usually row 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Place {
    /// The file's name without its folder.
    pub file: Arc<str>,
    /// The sheet, in a workbook.
    pub sheet: Option<Arc<str>>,
    /// The row, or the line of a TOML file.
    pub row: Option<u32>,
    /// What tells the row apart wherever it stands, such as a claim's id.
    pub key: Option<Arc<str>>,
    /// The column's heading as it stands, or the column number of a TOML file.
    pub column: Option<Arc<str>>,
}

impl Place {
    /// A place that is a whole file.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// The same place, narrowed to a row.
    #[must_use]
    pub fn at_row(&self, row: u32) -> Self {
        Self { row: Some(row), ..self.clone() }
    }

    /// The same place, with what tells its row apart.
    #[must_use]
    pub fn with_key(&self, key: impl Into<Arc<str>>) -> Self {
        Self { key: Some(key.into()), ..self.clone() }
    }

    /// The same place, narrowed to a column.
    #[must_use]
    pub fn at_column(&self, column: impl Into<Arc<str>>) -> Self {
        Self { column: Some(column.into()), ..self.clone() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&printable(&self.file))?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet `{}`", printable(sheet))?;
        }
        if self.file.ends_with(".toml") {
            if let (Some(line), Some(column)) = (self.row, &self.column) {
                write!(f, ", line {line}, column {column}")?;
            }
            return Ok(());
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(key) = &self.key {
            write!(f, " ({})", printable(key))?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column `{}`", printable(column))?;
        }
        Ok(())
    }
}

/// One thing that is wrong, or worth a look.
///
/// The order is that of the input: file, sheet, row, column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
    /// How much it weighs.
    pub severity: Severity,
    /// A short fixed name for machines, such as `unknown_meeting`.
    pub code: &'static str,
    /// What is wrong, as a full sentence without its full stop.
    pub message: String,
    /// The value as it stands, where it is no name, income or document.
    pub value: Option<String>,
    /// What was expected instead.
    pub expected: Option<String>,
    /// How to mend it.
    pub hint: Option<String>,
}

impl Problem {
    /// An error at a place.
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, place, message.into())
    }

    /// A warning at a place.
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, place, message.into())
    }

    /// A note at a place.
    pub fn note(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, place, message.into())
    }

    fn new(severity: Severity, code: &'static str, place: Place, message: String) -> Self {
        Self { place, severity, code, message, value: None, expected: None, hint: None }
    }

    /// The same problem with the value as it stands.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// The same problem with what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = Some(expected.into());
        self
    }

    /// The same problem with how to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same problem with a hint, where there is one.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.severity.word(), self.place, printable(&self.message))?;
        if let Some(value) = &self.value {
            write!(f, "\n  value: `{}`", printable(value))?;
        }
        if let Some(expected) = &self.expected {
            write!(f, "\n  expected: {}", printable(expected))?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {}", printable(hint))?;
        }
        Ok(())
    }
}

/// Whether any of the problems is an error.
pub fn has_errors(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// The problems in the order of the input, each once.
pub fn in_order(problems: Vec<Problem>) -> Vec<Problem> {
    problems.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}

//! Where a file as it stands differs from what it should be: the first line, and of a table the cells.

use std::path::Path;

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
    /// The same cell by cell, where both are rows of one table.
    pub row: Option<RowDifference>,
}

/// Two rows of a table that should be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowDifference {
    /// What tells which row it is: columns and cells that both have.
    pub about: Vec<(String, String)>,
    /// The columns in which they differ.
    pub cells: Vec<CellDifference>,
}

/// A cell that should be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellDifference {
    /// The column.
    pub column: String,
    /// What stands there.
    pub kept: String,
    /// What the input and the regulation give.
    pub now: String,
}

/// The columns that tell which row it is; none of them is a name.
const ABOUT: [&str; 7] = ["run", "list", "line", "person_id", "kind", "body", "date"];

impl Difference {
    /// A file that differs as a whole.
    pub fn whole(file: &str, kept: impl Into<String>, now: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: 0, kept: kept.into(), now: now.into(), row: None }
    }

    /// The first line in which a file as it stands differs from what it should be.
    pub fn between(file: &str, kept: &[u8], now: &[u8]) -> Self {
        let (Ok(kept), Ok(now)) = (std::str::from_utf8(kept), std::str::from_utf8(now)) else {
            return Self::whole(file, "other bytes", "other bytes");
        };
        let (mut kept_lines, mut now_lines) = (kept.lines(), now.lines());
        for line in 1.. {
            match (kept_lines.next(), now_lines.next()) {
                (None, None) => break,
                (kept, now) if kept == now => {}
                (kept_line, now_line) => {
                    let is_row =
                        Path::new(file).extension().is_some_and(|ending| ending == "csv") && line > 1;
                    let text = |line: Option<&str>| line.unwrap_or("no such line").to_owned();
                    return Self {
                        line,
                        row: is_row.then(|| RowDifference::of(now, kept_line?, now_line?)).flatten(),
                        ..Self::whole(file, text(kept_line), text(now_line))
                    };
                }
            }
        }
        Self::whole(file, "other ends of lines", "other ends of lines")
    }
}

impl RowDifference {
    /// The difference of two rows of a table, whose headings are those of the table.
    fn of(table: &str, kept: &str, now: &str) -> Option<Self> {
        let (columns, kept, now) = (cells(table.lines().next()?)?, cells(kept)?, cells(now)?);
        if columns.len() != kept.len() || columns.len() != now.len() {
            return None;
        }
        let rows = || columns.iter().zip(kept.iter().zip(&now));
        let about = rows().filter(|(column, (kept, now))| kept == now && ABOUT.contains(&column.as_str()));
        let differing = rows().filter(|(_, (kept, now))| kept != now);
        Some(Self {
            about: about
                .filter(|(_, (cell, _))| !cell.is_empty())
                .map(|(column, (cell, _))| (column.clone(), cell.clone()))
                .collect(),
            cells: differing
                .map(|(column, (kept, now))| CellDifference {
                    column: column.clone(),
                    kept: kept.clone(),
                    now: now.clone(),
                })
                .collect(),
        })
    }
}

/// The cells of a line of CSV; nothing where it is no whole row.
fn cells(line: &str) -> Option<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
    let row = reader.records().next()?.ok()?;
    Some(row.iter().map(str::to_owned).collect())
}

//! An ordinary municipality alone, as tables and as a workbook.

use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::slice::from_ref;

use super::Bars;
use crate::{files, workbook};

/// The municipality of a country that has as many larger ones as smaller ones.
pub(super) struct Ordinary {
    /// Its number in the country, from 0.
    pub(super) number: usize,
    pub(super) rows: u64,
    pub(super) basis: PathBuf,
}

impl Ordinary {
    /// The one whose tables have the median of all rows.
    pub(super) fn of(country: &[PathBuf]) -> io::Result<Self> {
        let rows = country.iter().zip(0..).map(|(basis, number)| Ok((files::rows(basis)?, number)));
        let mut rows = rows.collect::<io::Result<Vec<_>>>()?;
        rows.sort_unstable();
        let (rows, number) = rows[rows.len() / 2];
        Ok(Self { number, rows, basis: country[number].clone() })
    }
}

impl Bars {
    pub(super) fn one_as_tables(&mut self, ordinary: &Ordinary) -> Result<(), Box<dyn Error>> {
        let basis = from_ref(&ordinary.basis);
        let tokenise = self.programs.tokenise("tokenise one basis", basis);
        let run = self.programs.run("run one basis", &[], basis);
        self.medians.take(&[&tokenise, &run])?;
        let measured = format!("one basis of {} rows as CSV: run / tokenise", ordinary.rows);
        self.table.add(measured, self.medians.ratio(&run, &tokenise), "at most 8");
        Ok(())
    }

    pub(super) fn one_as_workbook(&mut self, ordinary: &Ordinary) -> Result<(), Box<dyn Error>> {
        let workbook = workbook::write(&ordinary.basis, self.folder.path())?;
        let cells = self.programs.cells("read the cells of one workbook", from_ref(&workbook));
        let run = self.programs.run("run one workbook", &[], from_ref(&workbook));
        self.medians.take(&[&cells, &run])?;
        let measured = format!("one basis of {} rows as XLSX: run / cells", ordinary.rows);
        self.table.add(measured, self.medians.ratio(&run, &cells), "at most 2");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country::Country;

    #[test]
    fn as_many_are_larger_as_smaller() {
        let folder = tempfile::tempdir().unwrap();
        let bases = Country { bases: 7, ..Country::NORWAY }.write(folder.path()).unwrap();
        let ordinary = Ordinary::of(&bases).unwrap();
        let rows: Vec<u64> = bases.iter().map(|basis| files::rows(basis).unwrap()).collect();
        assert_eq!(rows[ordinary.number], ordinary.rows);
        assert_eq!(bases[ordinary.number], ordinary.basis);
        assert_eq!(rows.iter().filter(|rows| **rows < ordinary.rows).count(), 3, "{rows:?}");
        assert_eq!(rows.iter().filter(|rows| **rows > ordinary.rows).count(), 3, "{rows:?}");
    }
}

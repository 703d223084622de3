//! `honorar run`, against what its files take merely to read, against the least that such a program has to do, and
//! against itself with more to do.

mod growth;
mod one_basis;
mod peak_memory;

use std::error::Error;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::country::Country;
use crate::programs::Programs;
use crate::table::Table;
use crate::timing::{Medians, scratch};
use one_basis::Ordinary;

/// What all measurements share.
struct Bars {
    programs: Programs,
    folder: TempDir,
    medians: Medians,
    table: Table,
}

/// Builds the programs, draws the country, measures everything and prints each ratio beside its bar.
///
/// # Errors
/// What the file system says, a program that cannot be built, or a run that fails.
pub fn measure(runs: usize, folder: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let programs = Programs::build()?;
    let folder = scratch(folder)?;
    let medians = Medians::new(runs, folder.path());
    let mut bars = Bars { programs, folder, medians, table: Table::default() };
    // Its beginning is the country, and its sizes are those of the country, ten times.
    let ten_countries = Country { bases: 10 * Country::NORWAY.bases, ..Country::NORWAY };
    let bases = ten_countries.write(&bars.folder.path().join("country"))?;
    let country = &bases[..Country::NORWAY.bases];
    let ordinary = Ordinary::of(country)?;
    bars.country(country)?;
    bars.one_as_tables(&ordinary)?;
    bars.one_as_workbook(&ordinary)?;
    bars.peak_memory(&[country, &bases])?;
    bars.more_bases(&ordinary, &bases)?;
    bars.more_meetings(&ordinary)?;
    bars.medians.print();
    println!();
    bars.table.print();
    Ok(())
}

impl Bars {
    fn country(&mut self, bases: &[PathBuf]) -> Result<(), Box<dyn Error>> {
        let tokenise = self.programs.tokenise("tokenise the country", bases);
        let run = self.programs.run("run the country", &[], bases);
        let one_thread = self.programs.run("run the country, one thread", &["--threads", "1"], bases);
        let earlier = self.folder.path().join("earlier");
        run.run(&earlier)?;
        let floor = self.programs.floor("floor of the country", &earlier, bases);
        self.medians.take(&[&tokenise, &run, &one_thread, &floor])?;
        let mut ratio = |name, one, other, bar| self.table.add(name, self.medians.ratio(one, other), bar);
        ratio("a country: run / tokenise", &run, &tokenise, "at most 2.5");
        ratio("a country: floor / tokenise", &floor, &tokenise, "");
        ratio("a country: run / floor", &run, &floor, "");
        ratio("a country: one thread / two", &one_thread, &run, "at least 1.8");
        Ok(())
    }
}

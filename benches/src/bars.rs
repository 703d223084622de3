//! `honorar run` on a country, against what its files take merely to read.

use std::error::Error;
use std::path::{Path, PathBuf};

use crate::country::Country;
use crate::programs::Programs;
use crate::timing::{Medians, scratch};

/// Builds the programs, draws the country, times everything and prints the ratios.
///
/// # Errors
/// What the file system says, a program that cannot be built, or a run that fails.
pub fn measure(runs: usize, folder: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let programs = Programs::build()?;
    let folder = scratch(folder)?;
    let bases: Vec<PathBuf> = Country::NORWAY.write(&folder.path().join("country"))?;
    let ordinary = &bases[..1];
    let commands = [
        programs.tokenise("tokenise the country", &bases),
        programs.run("run the country", &[], &bases),
        programs.run("run the country, 1 thread", &["--threads", "1"], &bases),
        programs.tokenise("tokenise one basis", ordinary),
        programs.run("run one basis", &[], ordinary),
    ];
    let [tokenise, run, one_thread, tokenise_one, run_one] = commands;
    let mut medians = Medians::new(runs, folder.path());
    medians.take(&[&tokenise, &run, &one_thread])?;
    medians.take(&[&tokenise_one, &run_one])?;
    medians.print();
    println!();
    medians.print_ratio("a country: run / tokenise", &run, &tokenise);
    medians.print_ratio("a country: 1 thread / 2 threads", &one_thread, &run);
    medians.print_ratio("one basis: run / tokenise", &run_one, &tokenise_one);
    Ok(())
}

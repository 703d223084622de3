//! `honorar run` on a country, against what its files take merely to read.

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::country::{Country, YEAR};
use crate::timing::{OUT, Timed, medians};

/// Builds the programs, draws the country, times everything and prints the ratios.
///
/// # Errors
/// What the file system says, a program that cannot be built, or a run that fails.
pub fn measure(runs: usize, folder: Option<PathBuf>) -> Result<(), Box<dyn Error>> {
    let programs = build()?;
    let folder = match folder {
        Some(folder) => tempfile::tempdir_in(folder)?,
        None => tempfile::tempdir()?,
    };
    let bases = Country::NORWAY.write(&folder.path().join("country"))?;
    let tokenise = |name: &str, bases: &[PathBuf]| Timed {
        name: name.to_owned(),
        program: programs.join("tokenise").into(),
        arguments: bases.iter().map(OsString::from).collect(),
    };
    let run = |name: &str, options: &[&str], bases: &[PathBuf]| {
        let period = format!("{YEAR}-H1");
        let head = ["run", "--period", &period, "--out", OUT].map(OsString::from);
        Timed {
            name: name.to_owned(),
            program: programs.join("honorar").into(),
            arguments: (head.into_iter())
                .chain(options.iter().map(OsString::from))
                .chain(bases.iter().map(OsString::from))
                .collect(),
        }
    };
    let ordinary = &bases[..1];
    let commands = [
        tokenise("tokenise the country", &bases),
        run("run the country", &[], &bases),
        run("run the country, 1 thread", &["--threads", "1"], &bases),
        tokenise("tokenise one basis", ordinary),
        run("run one basis", &[], ordinary),
    ];
    let times = medians(&commands, runs, folder.path())?;
    for (command, time) in commands.iter().zip(&times) {
        println!("{:<28}{:>9} ms", command.name, decimal(time.as_micros() / 100, 1));
    }
    println!();
    let ratio = |name: &str, over: usize, under: usize| {
        println!("{name:<52}{:>6}", decimal(times[over].as_nanos() * 100 / times[under].as_nanos(), 2));
    };
    ratio("a country: run / tokenise", 1, 0);
    ratio("a country: 1 thread / 2 threads", 2, 1);
    ratio("one basis: run / tokenise", 4, 3);
    Ok(())
}

/// A number of tenths, hundredths and so on, with a decimal point.
fn decimal(parts: u128, decimals: u32) -> String {
    let whole = 10_u128.pow(decimals);
    format!("{}.{:0width$}", parts / whole, parts % whole, width = decimals as usize)
}

/// Builds everything that is measured; the folder of the programs.
fn build() -> Result<PathBuf, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let built = Command::new("cargo")
        .args(["build", "--release", "--quiet", "--locked", "-p", "honorar", "-p", "honorar-benches"])
        .current_dir(&root)
        .status()?;
    if built.success() { Ok(root.join("target/release")) } else { Err("the programs cannot be built".into()) }
}

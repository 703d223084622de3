//! `cargo run --release -p honorar-benches [BASES]`: the time of one `honorar run` over so many
//! municipalities of the size of `testdata/aurland-2014`.
//!
//! It measures and prints; it fails only when a run does.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 7;

fn main() -> Result<(), Box<dyn Error>> {
    let bases: usize = env::args().nth(1).map_or(Ok(360), |number| number.parse())?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let built = Command::new("cargo")
        .args(["build", "--release", "--quiet", "-p", "honorar"])
        .current_dir(&root)
        .status()?;
    if !built.success() {
        return Err("the program cannot be built".into());
    }
    let folder = tempfile::tempdir()?;
    let inputs = copies(&root.join("testdata/aurland-2014/canonical"), folder.path(), bases)?;
    let program = root.join("target/release/honorar");
    println!("{bases} bases of testdata/aurland-2014, 2014-H1, median of {RUNS} runs");
    for (what, arguments) in [
        ("check", vec!["check"]),
        ("run, 1 thread", vec!["run", "--period", "2014-H1", "--threads", "1"]),
        ("run", vec!["run", "--period", "2014-H1"]),
    ] {
        let mut times = Vec::new();
        for run in 0..RUNS {
            let mut command = Command::new(&program);
            command.args(&arguments).args(&inputs).stdout(Stdio::null()).stderr(Stdio::null());
            if arguments.contains(&"run") {
                command.arg("--out").arg(folder.path().join(format!("out-{run}-{}", what.len())));
            }
            times.push(time(&mut command)?);
        }
        times.sort();
        println!("{what:<16}{:>8} ms", times.get(RUNS / 2).map_or(0, Duration::as_millis));
    }
    Ok(())
}

fn time(command: &mut Command) -> Result<Duration, Box<dyn Error>> {
    let start = Instant::now();
    let status = command.status()?;
    if status.success() { Ok(start.elapsed()) } else { Err("a run failed".into()) }
}

fn copies(basis: &Path, folder: &Path, number: usize) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for number in 0..number {
        let copy = folder.join(format!("municipality-{number:04}"));
        fs::create_dir(&copy)?;
        for entry in fs::read_dir(basis)? {
            let entry = entry?;
            fs::copy(entry.path(), copy.join(entry.file_name()))?;
        }
        paths.push(copy);
    }
    Ok(paths)
}

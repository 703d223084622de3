//! Whole programs, timed in turn.

use std::error::Error;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A command that is timed, from its start to its end with all it writes.
#[derive(Debug, Clone)]
pub(crate) struct Timed {
    pub(crate) name: String,
    pub(crate) program: OsString,
    /// The arguments; each [`OUT`] stands for a folder that no other run has.
    pub(crate) arguments: Vec<OsString>,
}

/// Stands in arguments for a new folder.
pub(crate) const OUT: &str = "{out}";

/// The median of so many runs of each command. The commands take turns, so that what slows the machine for a while
/// slows all of them; each is run once before, so that its files are in memory. What they write is removed only
/// after the last run: a file system that is busy removing is slow to write.
pub(crate) fn medians(
    commands: &[Timed],
    runs: usize,
    folder: &Path,
) -> Result<Vec<Duration>, Box<dyn Error>> {
    let outputs = tempfile::tempdir_in(folder)?;
    let mut times = vec![Vec::new(); commands.len()];
    for run in 0..=runs {
        for (place, command) in commands.iter().enumerate() {
            let out = outputs.path().join(format!("{place}-{run}"));
            let time = time(command, &out)?;
            if run > 0 {
                times[place].push(time);
            }
        }
    }
    for times in &mut times {
        times.sort_unstable();
    }
    Ok(times.iter().map(|times| times[times.len() / 2]).collect())
}

fn time(command: &Timed, out: &Path) -> Result<Duration, Box<dyn Error>> {
    let arguments = command.arguments.iter();
    let arguments = arguments.map(|argument| if *argument == *OUT { out.as_os_str() } else { argument });
    let mut process = Command::new(&command.program);
    process.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = process.status()?;
    let time = start.elapsed();
    if status.success() { Ok(time) } else { Err(format!("{} failed", command.name).into()) }
}

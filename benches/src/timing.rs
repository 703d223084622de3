//! Whole programs, timed in turn.

use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::table::decimal;

/// A command that is timed, from its start to its end with all it writes.
#[derive(Debug, Clone)]
pub(crate) struct Timed {
    pub(crate) name: String,
    pub(crate) program: OsString,
    /// The arguments; each [`OUT`] stands for a folder or file that no other run has.
    pub(crate) arguments: Vec<OsString>,
}

/// Stands in arguments for a new place to write to.
pub(crate) const OUT: &str = "{out}";

impl Timed {
    /// Its arguments, where it writes to `out`.
    pub(crate) fn arguments_to<'t>(&'t self, out: &'t Path) -> impl Iterator<Item = &'t OsStr> {
        self.arguments.iter().map(move |argument| if *argument == *OUT { out.as_os_str() } else { argument })
    }

    /// The process that it is, with everything it says thrown away.
    pub(crate) fn process(&self, out: &Path) -> Command {
        let mut process = Command::new(&self.program);
        process.args(self.arguments_to(out)).stdout(Stdio::null()).stderr(Stdio::null());
        process
    }

    /// Runs it, with everything it says thrown away.
    pub(crate) fn run(&self, out: &Path) -> Result<Duration, Box<dyn Error>> {
        let mut process = self.process(out);
        let start = Instant::now();
        let status = process.status()?;
        let time = start.elapsed();
        if status.success() { Ok(time) } else { Err(format!("{}: it failed", self.name).into()) }
    }
}

/// A temporary folder, in one that is given.
pub(crate) fn scratch(folder: Option<&Path>) -> io::Result<TempDir> {
    folder.map_or_else(tempfile::tempdir, tempfile::tempdir_in)
}

/// What is shorter takes more turns, and how many times as many.
const SHORT: Duration = Duration::from_millis(50);
const TURNS_OF_SHORT: usize = 7;

/// The medians of commands that took turns.
pub(crate) struct Medians {
    runs: usize,
    folder: PathBuf,
    times: Vec<(String, Duration)>,
}

impl Medians {
    /// Of so many runs each, which write into a folder.
    pub(crate) fn new(runs: usize, folder: &Path) -> Self {
        Self { runs, folder: folder.to_owned(), times: Vec::new() }
    }

    /// Times some commands. They take turns, so that what slows the machine for a while slows all of them; each is
    /// run once before, so that its files are in memory. Short ones take more turns: a thread that the system lets wait
    /// makes a great difference to them. What they write is removed only after the last run: a file system that is busy
    /// removing is slow to write.
    pub(crate) fn take(&mut self, commands: &[&Timed]) -> Result<(), Box<dyn Error>> {
        let outputs = tempfile::tempdir_in(&self.folder)?;
        let turn = |number: usize| {
            let timed = commands
                .iter()
                .enumerate()
                .map(|(place, command)| command.run(&outputs.path().join(format!("{place}-{number}"))));
            timed.collect::<Result<Vec<Duration>, _>>()
        };
        let is_short = turn(0)?.iter().all(|time| *time < SHORT);
        let turns = if is_short { self.runs * TURNS_OF_SHORT } else { self.runs };
        let mut times = vec![Vec::new(); commands.len()];
        for number in 1..=turns {
            times.iter_mut().zip(turn(number)?).for_each(|(times, time)| times.push(time));
        }
        for (command, mut times) in commands.iter().zip(times) {
            times.sort_unstable();
            self.times.push((command.name.clone(), times[times.len() / 2]));
        }
        Ok(())
    }

    pub(crate) fn print(&self) {
        for (name, median) in &self.times {
            println!("{name:<52}{:>10} ms", decimal(median.as_micros() / 100, 1));
        }
    }

    /// How many times as long one takes as another.
    pub(crate) fn print_ratio(&self, name: &str, one: &Timed, other: &Timed) {
        println!("{name:<44}{:>8}", self.ratio(one, other));
    }

    /// The same, with two decimals.
    pub(crate) fn ratio(&self, one: &Timed, other: &Timed) -> String {
        self.ratio_per((one, 1), (other, 1))
    }

    /// How many times as long one takes as another for each piece of its work, with two decimals.
    pub(crate) fn ratio_per(&self, one: (&Timed, u64), other: (&Timed, u64)) -> String {
        let hundredths = self.of(one.0).as_nanos() * u128::from(other.1) * 100;
        let whole = self.of(other.0).as_nanos() * u128::from(one.1);
        decimal(hundredths / whole.max(1), 2)
    }

    fn of(&self, command: &Timed) -> Duration {
        let median = self.times.iter().find(|(name, _)| *name == command.name);
        median.map_or(Duration::ZERO, |(_, median)| *median)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_of_medians_and_of_work() {
        let timed =
            |name: &str| Timed { name: name.to_owned(), program: OsString::new(), arguments: Vec::new() };
        let (slow, fast) = (timed("slow"), timed("fast"));
        let times = [("slow", 2_100), ("fast", 200)];
        let times = times.map(|(name, micros)| (name.to_owned(), Duration::from_micros(micros)));
        let medians = Medians { times: times.into(), ..Medians::new(1, Path::new("")) };
        assert_eq!(medians.ratio(&slow, &fast), "10.50");
        assert_eq!(medians.ratio(&fast, &slow), "0.09");
        // Seven times the work, in ten and a half times the time.
        assert_eq!(medians.ratio_per((&slow, 7), (&fast, 1)), "1.50");
        assert_eq!(medians.ratio_per((&slow, 7), (&fast, 10)), "15.00");
    }
}

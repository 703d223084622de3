//! The stages of a run, each timed by itself, one basis after the other and within one process.

use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use honorar_engine::Period;
use honorar_exporters::{Run, files, publish};
use honorar_intake::{Cut, Source, pay};
use rayon::ThreadPoolBuilder;

use crate::country::Country;
use crate::files::{tables, tokenise};
use crate::programs::period;
use crate::table::decimal;
use crate::timing::scratch;

/// Runs bases, those of the country where none is named, so many times, and prints what each stage took: the median
/// of all runs, after one that is not counted unless it is the only one.
///
/// # Errors
/// What the file system says; a basis that cannot be paid.
pub fn measure(
    runs: usize,
    threads: usize,
    folder: Option<&Path>,
    bases: &[PathBuf],
) -> Result<(), Box<dyn Error>> {
    let folder = scratch(folder)?;
    let country =
        if bases.is_empty() { Country::NORWAY.write(&folder.path().join("country"))? } else { Vec::new() };
    let bases = if bases.is_empty() { &country } else { bases };
    let period = period().parse().map_err(|error| format!("{error:?}"))?;
    let threads = ThreadPoolBuilder::new().num_threads(threads).build()?;
    let warm_up = usize::from(runs > 1);
    let mut clocks = Vec::new();
    for run in 0..runs + warm_up {
        let out = folder.path().join(format!("run-{run}"));
        let mut clock = Clock::default();
        threads.install(|| {
            let mut each = bases.iter().zip(0..);
            each.try_for_each(|(basis, at)| clock.run(basis, period, &out.join(format!("{at}"))))
        })?;
        if run >= warm_up {
            clocks.push(clock);
        }
    }
    print(&clocks);
    Ok(())
}

/// How long each stage took, in the order of a run.
#[derive(Default)]
struct Clock(Vec<(Stage, Duration)>);

/// A stage of a run, or what is timed beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    /// Reading the tables with the `csv` crate and no more, for comparison.
    Tokenise,
    Read,
    Cut,
    Understand,
    Check,
    Compute,
    /// Every line's sentence once more; they are made while the files are laid out.
    Explain,
    LayOut,
    Write,
    LetGo,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Tokenise => "(beside it: tokenise with the `csv` crate)",
            Self::Read => "read the files",
            Self::Cut => "cut them into cells, and read profile and regulation",
            Self::Understand => "understand the rows",
            Self::Check => "check them against each other",
            Self::Compute => "compute",
            Self::Explain => "(beside it: the sentences alone)",
            Self::LayOut => "lay out the files with their sentences and hashes",
            Self::Write => "write them",
            Self::LetGo => "let go of the memory",
        }
    }

    fn is_of_run(self) -> bool {
        !matches!(self, Self::Tokenise | Self::Explain)
    }
}

impl Clock {
    fn run(&mut self, basis: &Path, period: Period, out: &Path) -> Result<(), String> {
        self.time(Stage::Tokenise, || tokenise_all(basis)).map_err(|error| error.to_string())?;
        let source = self.time(Stage::Read, || Source::find(basis, None));
        let cut = self.time(Stage::Cut, || Cut::of(source));
        let understood = self.time(Stage::Understand, || cut.understood());
        let reading = self.time(Stage::Check, || understood.checked());
        let paid = self.time(Stage::Compute, || pay(reading, period));
        let run = paid.payout.as_ref().and_then(|payout| Run::of(&paid.reading, period, payout));
        let run = run.ok_or_else(|| format!("{} cannot be paid: see `honorar check`", basis.display()))?;
        let (basis, regulation) = (&run.content.basis, &run.content.regulation);
        self.time(Stage::Explain, || {
            for line in run.payout.all() {
                black_box(run.words().how(line, basis, regulation));
            }
        });
        let refused = |_| "payroll refuses it: see `honorar run`".to_owned();
        let files = self.time(Stage::LayOut, || files(&run)).map_err(refused)?;
        self.time(Stage::Write, || publish(&run, &files, out)).map_err(|error| error.to_string())?;
        self.time(Stage::LetGo, || drop((files, paid)));
        Ok(())
    }

    fn time<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        let time = start.elapsed();
        match self.0.iter_mut().find(|(known, _)| *known == stage) {
            Some((_, sum)) => *sum += time,
            None => self.0.push((stage, time)),
        }
        done
    }
}

/// Cuts the tables of a folder; a workbook has none.
fn tokenise_all(basis: &Path) -> io::Result<()> {
    for table in if basis.is_dir() { tables(basis)? } else { Vec::new() } {
        black_box(tokenise(File::open(table)?)?);
    }
    Ok(())
}

fn print(clocks: &[Clock]) {
    let Some(first) = clocks.first() else { return };
    let medians = first.0.iter().zip(0..).map(|((stage, _), at)| {
        let mut times: Vec<Duration> = clocks.iter().map(|clock| clock.0[at].1).collect();
        times.sort_unstable();
        (*stage, times[times.len() / 2])
    });
    let medians: Vec<(Stage, Duration)> = medians.collect();
    let of_run = medians.iter().filter(|(stage, _)| stage.is_of_run()).map(|(_, time)| *time);
    let all: Duration = of_run.sum();
    println!("| stage | ms | of all |\n|---|---|---|");
    for (stage, time) in medians {
        let share = time.as_nanos() * 1_000 / all.as_nanos().max(1);
        println!("| {} | {} | {} % |", stage.name(), milliseconds(time), decimal(share, 1));
    }
    println!("| all | {} | |", milliseconds(all));
}

fn milliseconds(time: Duration) -> String {
    decimal(time.as_micros() / 10, 2)
}

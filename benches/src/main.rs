//! `honorar-benches`: draws a country, and measures `honorar` on it.

use std::error::Error;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use honorar_benches::country::Country;
use honorar_benches::{bars, instructions, peers, stages};

#[derive(Parser)]
#[command(about = "Draws a country of invented municipalities, and measures honorar on it")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes a country's bases into a folder
    Country {
        /// A folder that is not there yet
        folder: PathBuf,
        /// How many municipalities
        #[arg(long, default_value_t = Country::NORWAY.bases)]
        bases: usize,
        /// How many times the meetings of an ordinary year each has
        #[arg(long, default_value_t = 1)]
        meetings_times: usize,
        /// Another number draws another country
        #[arg(long, default_value_t = Country::NORWAY.seed)]
        seed: u64,
    },
    /// Measures `honorar run` beside its bars: its time against what the same files take merely to read, both in
    /// turn, its memory, and how both grow with the work
    Bars {
        /// How often each program is run, and seven times as often where it takes milliseconds; the medians are shown
        #[arg(long, default_value_t = 7)]
        runs: usize,
        /// Where the countries and the results are written, with room for 7 GB; a temporary folder where not given
        #[arg(long)]
        folder: Option<PathBuf>,
    },
    /// Times each stage of a run by itself, one basis after the other
    Stages {
        /// Bases; the country where none is named
        bases: Vec<PathBuf>,
        /// How many threads share the work within a basis
        #[arg(long, default_value_t = 1)]
        threads: usize,
        /// How often they are run; the medians are shown
        #[arg(long, default_value_t = 7)]
        runs: usize,
        /// Where the country and the results are written; a temporary folder where not given
        #[arg(long)]
        folder: Option<PathBuf>,
    },
    /// Counts the instructions of a run, and fails where they are 5 % more or fewer than noted
    Instructions {
        /// Notes the count instead
        #[arg(long)]
        note: bool,
    },
    /// Has DuckDB, polars, Python and LibreOffice compute the same, and times them beside honorar where they agree
    Peers {
        /// How often each program is run; the medians are shown
        #[arg(long, default_value_t = 7)]
        runs: usize,
        /// Where the country and the results are written; a temporary folder where not given
        #[arg(long)]
        folder: Option<PathBuf>,
    },
}

fn main() -> Result<(), Box<dyn Error>> {
    match Arguments::parse().command {
        Command::Country { folder, bases, meetings_times, seed } => {
            Country { bases, meetings_times, seed }.write(&folder)?;
            Ok(())
        }
        Command::Bars { runs, folder } => bars::measure(runs, folder.as_deref()),
        Command::Stages { bases, threads, runs, folder } => {
            stages::measure(runs, threads, folder.as_deref(), &bases)
        }
        Command::Instructions { note } => instructions::check(note),
        Command::Peers { runs, folder } => peers::measure(runs, folder.as_deref()),
    }
}

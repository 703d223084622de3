//! `honorar`: arguments and words. Everything else is in the other crates.
//!
//! Standard output carries results only; everything else goes to standard error.

mod archive;
mod arguments;
mod check;
mod close;
mod diff;
mod explain;
mod export;
mod groups;
mod paid;
mod rates;
mod reconcile;
mod run;
mod screen;
mod shown;
mod simulate;
mod statements;
mod verify;

use std::path::Path;
use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;
use honorar_rates::prepare_state_rates;

/// How a command ended; the exit status is documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// All went well.
    Done,
    /// A basis has errors, or its results could not be written.
    Errors,
    /// The command was used wrongly.
    WrongUse,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        Self::from(match ending {
            Ending::Done => 0,
            Ending::Errors => 1,
            Ending::WrongUse => 2,
        })
    }
}

fn main() -> ExitCode {
    // A panic would be a bug; its message may hold people's data, so only its place is printed.
    // What a library makes of a damaged workbook is reported as a problem of that workbook.
    std::panic::set_hook(Box::new(|panic| {
        let own = panic.location().filter(|place| Path::new(place.file()).is_relative());
        if let Some(place) = own {
            screen::say(&format!("error: Honorar has a fault at {}:{}", place.file(), place.line()));
        }
    }));
    let arguments = Arguments::parse();
    // This thread is one of those that work, so that a single basis need not wait until another has begun. 0 stands for
    // as many as the machine has cores. Only a second pool could fail to be built, and this is the first.
    let threads = arguments.threads.map_or(0, usize::from);
    let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).use_current_thread().build_global();
    // Every regulation needs them, and the other threads have nothing to do until the first files are in memory.
    rayon::spawn(prepare_state_rates);
    let ending = match &arguments.command {
        Command::Run(run) => run::run(run, arguments.format),
        Command::Check(bases) => check::check(bases, arguments.format),
        Command::Explain(explain) => explain::explain(explain, arguments.format),
        Command::Close(close) => close::close(close, arguments.format),
        Command::Verify(verify) => verify::verify(verify, arguments.format),
        Command::Archive(archive) => archive::archive(archive, arguments.format),
        Command::Export(export) => export::export(export, arguments.format),
        Command::Statements(statements) => statements::statements(statements, arguments.format),
        Command::Diff(diff) => diff::diff(diff, arguments.format),
        Command::Reconcile(reconcile) => reconcile::reconcile(reconcile, arguments.format),
        Command::Groups(groups) => groups::groups(groups, arguments.format),
        Command::Simulate(simulate) => simulate::simulate(simulate, arguments.format),
        Command::Rates(rates) => rates::rates(rates, arguments.format),
    };
    ending.into()
}

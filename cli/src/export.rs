//! `honorar export`.

use honorar_exporters::KeptRun;
use honorar_problems::Problem;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::run::print_as_json;
use crate::screen::{count, print, say_problems};

#[derive(Serialize)]
struct Report {
    receiver: &'static str,
    written: Vec<String>,
    transactions: usize,
    problems: Vec<Problem>,
}

pub(crate) fn export(arguments: &arguments::Export, format: Format) -> Ending {
    let exported = KeptRun::open(&arguments.run).and_then(|run| run.export(arguments.to));
    let mut report =
        Report { receiver: arguments.to.name(), written: Vec::new(), transactions: 0, problems: Vec::new() };
    let ending = match exported {
        Ok((paths, transactions)) => {
            report.written = paths.iter().map(|path| path.display().to_string()).collect();
            report.transactions = transactions;
            Ending::Done
        }
        Err(problems) => {
            report.problems = problems;
            Ending::Errors
        }
    };
    match format {
        Format::Json => print_as_json(&report),
        Format::Text => {
            say_problems(None, &report.problems);
            if ending == Ending::Done {
                let transactions = count(report.transactions, "transaction", "transactions");
                print(&format!("{transactions} for {}\n", report.receiver));
                report.written.iter().for_each(|path| print(&format!("written to {path}\n")));
            }
        }
    }
    ending
}

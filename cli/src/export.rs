//! `honorar export`.

use std::path::PathBuf;

use honorar_archive::{LocalDisk, is_entry};
use honorar_closing::export as export_closed;
use honorar_exporters::KeptRun;
use honorar_problems::Problem;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::screen::{count, print, print_as_json, say_problems};

#[derive(Serialize)]
struct Report {
    receiver: &'static str,
    written: Vec<String>,
    transactions: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<String>,
    problems: Vec<Problem>,
}

pub(crate) fn export(arguments: &arguments::Export, format: Format) -> Ending {
    let exported = exported(arguments);
    let mut report = Report {
        receiver: arguments.to.name(),
        written: Vec::new(),
        transactions: 0,
        head: None,
        problems: Vec::new(),
    };
    let ending = match exported {
        Ok((paths, transactions, head)) => {
            report.written = paths.iter().map(|path| path.display().to_string()).collect();
            report.transactions = transactions;
            report.head = head;
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
                report.head.iter().for_each(|head| print(&format!("head {head}\n")));
            }
        }
    }
    ending
}

/// The files that were written, how many transactions there are, and the new head of the archive where the run is
/// in one.
type Written = (Vec<PathBuf>, usize, Option<String>);

fn exported(arguments: &arguments::Export) -> Result<Written, Vec<Problem>> {
    let again = arguments.again.as_deref().filter(|why| !why.trim().is_empty());
    if let Some((archive, number)) = is_entry(&arguments.run) {
        let exported = export_closed(&archive, number, arguments.to, again, &LocalDisk)?;
        return Ok((exported.paths, exported.transactions, Some(exported.head.to_string())));
    }
    let (paths, transactions) = KeptRun::open(&arguments.run)?.export(arguments.to, again)?;
    Ok((paths, transactions, None))
}

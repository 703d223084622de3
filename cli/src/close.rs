//! `honorar close`.

use honorar_archive::LocalDisk;
use honorar_closing::{Approval, Closed, close as close_run};
use honorar_problems::Problem;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::screen::{count, print, print_as_json, say, say_problems};

#[derive(Serialize)]
struct Report {
    closed: Option<u32>,
    head: Option<String>,
    head_sha256: Option<String>,
    lines: usize,
    control_total: Option<String>,
    problems: Vec<Problem>,
}

pub(crate) fn close(arguments: &arguments::Close, format: Format) -> Ending {
    let approval = Approval {
        prepared_by: arguments.prepared_by.clone(),
        approved_by: arguments.approved_by.clone(),
        approved_on: arguments.approved_on,
    };
    let (closed, problems) = match close_run(&arguments.run, &arguments.archive, &approval, &LocalDisk) {
        Ok(closed) => (Some(closed), Vec::new()),
        Err(problems) => (None, problems),
    };
    match format {
        Format::Json => print_as_json(&Report {
            closed: closed.as_ref().map(|closed| closed.number),
            head: closed.as_ref().map(|closed| closed.head.to_string()),
            head_sha256: closed.as_ref().map(|closed| closed.head.hex()),
            lines: closed.as_ref().map_or(0, |closed| closed.lines),
            control_total: closed.as_ref().map(|closed| closed.control_total.to_string()),
            problems,
        }),
        Format::Text => {
            say_problems(None, &problems);
            match &closed {
                Some(closed) => print_closed(closed),
                None => say("nothing was closed"),
            }
        }
    }
    if closed.is_some() { Ending::Done } else { Ending::Errors }
}

fn print_closed(closed: &Closed) {
    let Closed { number, head, basis, period, lines, control_total } = closed;
    let lines = count(*lines, "line", "lines");
    print(&format!("{basis}, {period}: closed as no. {number}, {lines}, {control_total}\nhead {head}\n"));
    say("note the head in the approval; send the payroll file to payroll now");
}

//! `honorar archive prune`.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Days, NaiveDate};
use honorar_archive::LocalDisk;
use honorar_closing::{Pruned, prune as prune_archive};
use honorar_problems::Problem;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::screen::{print, print_as_json, ranges, say, say_problems};

#[derive(Serialize)]
struct Report {
    removed: Vec<u32>,
    head: Option<String>,
    problems: Vec<Problem>,
}

pub(crate) fn archive(arguments: &arguments::Archive, format: Format) -> Ending {
    let arguments::Archive::Prune(arguments) = arguments;
    let pruned = prune_archive(&arguments.archive, arguments.older_than, today(), &LocalDisk);
    let (pruned, problems) = match pruned {
        Ok(pruned) => (Some(pruned), Vec::new()),
        Err(problems) => (None, problems),
    };
    match format {
        Format::Json => print_as_json(&Report {
            removed: pruned.as_ref().map(|pruned| pruned.entries.clone()).unwrap_or_default(),
            head: pruned.as_ref().map(|pruned| pruned.head.to_string()),
            problems,
        }),
        Format::Text => {
            say_problems(None, &problems);
            match &pruned {
                Some(pruned) => print_pruned(pruned),
                None if is_half_removed(&problems) => say("look at the archive with `honorar verify`"),
                None => say("nothing was removed"),
            }
        }
    }
    if pruned.is_some() { Ending::Done } else { Ending::Errors }
}

/// Whether the archive says that contents are removed, and some may still be there.
fn is_half_removed(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| matches!(problem.code, "not_removed" | "not_durable"))
}

fn print_pruned(pruned: &Pruned) {
    if pruned.entries.is_empty() {
        print("nothing is that old\n");
    } else {
        print(&format!("contents removed of {}; their hashes stay\n", ranges(&pruned.entries)));
    }
    print(&format!("head {}\n", pruned.head));
}

/// Today, by the machine's clock: the one thing that what may be removed depends on besides the archive.
fn today() -> NaiveDate {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs() / 86_400);
    NaiveDate::default().checked_add_days(Days::new(days)).unwrap_or_default()
}

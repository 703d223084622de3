//! `honorar rates`.

mod check;
mod list;
mod show;

use std::path::Path;

use honorar_problems::{Place, Problem};
use honorar_rates::{RegulationText, find_regulation};
use serde::Serialize;

use crate::Ending;
use crate::arguments::{Format, Rates};
use crate::run::print_as_json;
use crate::screen::say_problems;

pub(crate) fn rates(rates: &Rates, format: Format) -> Ending {
    match rates {
        Rates::List => list::list(format),
        Rates::Show(arguments) => show::show(arguments, format),
        Rates::Check(arguments) => check::check(arguments, format),
    }
}

#[derive(Serialize)]
struct Refused<'p> {
    problems: &'p [Problem],
}

/// The regulation that an argument names.
fn find(name_or_path: &str) -> Result<RegulationText, Problem> {
    find_regulation(name_or_path, Path::new(""), &Place::file(name_or_path))
}

/// Says why there is nothing to print.
fn refuse(problems: &[Problem], format: Format, ending: Ending) -> Ending {
    match format {
        Format::Json => print_as_json(&Refused { problems }),
        Format::Text => say_problems(None, problems),
    }
    ending
}

/// `from 2014-01-01`, `from 2014-01-01 to 2015-12-31`.
fn in_force(from: &str, to: Option<&str>) -> String {
    match to {
        Some(to) => format!("in force from {from} to {to}"),
        None => format!("in force from {from}"),
    }
}

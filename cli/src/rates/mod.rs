//! `honorar rates`.

mod check;
mod list;
mod show;

use std::fs;
use std::path::Path;

use honorar_problems::{Place, Problem};
use honorar_rates::{Profile, RegulationText, find_regulation, read_profile};
use serde::Serialize;

use crate::Ending;
use crate::arguments::{Format, Rates};
use crate::screen::{print_as_json, say_problems};

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
pub(crate) fn find(name_or_path: &str) -> Result<RegulationText, Problem> {
    find_regulation(name_or_path, Path::new(""), &Place::file(name_or_path))
}

/// The profile of an argument, with what is wrong in it.
///
/// Errors: a file that cannot be read.
pub(crate) fn read_config(path: &Path) -> Result<(Option<Profile>, Vec<Problem>), Problem> {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let text = fs::read_to_string(path).map_err(|error| {
        let message = format!("the municipality's profile cannot be read ({})", error.kind());
        Problem::error("no_profile", Place::file(&*file), message)
            .expected("a file with the municipality, its regulation, parameters and wage types")
    })?;
    Ok(read_profile(&file, text.trim_start_matches('\u{feff}')))
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

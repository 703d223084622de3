//! The regulations that ship with the program, and those that a municipality brings.

use std::fs;
use std::path::Path;

use honorar_problems::{Place, Problem, did_you_mean};

const SHIPPED: [(&str, &str); 1] = [("aurland", include_str!("../regulations/aurland.toml"))];

/// A regulation's file as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegulationText {
    /// The file's name.
    pub file: String,
    /// Its content.
    pub text: String,
}

impl RegulationText {
    /// The regulations that ship with the program.
    pub fn shipped() -> Vec<Self> {
        let text =
            |(name, text): &(&str, &str)| Self { file: format!("{name}.toml"), text: (*text).to_owned() };
        SHIPPED.iter().map(text).collect()
    }
}

/// The regulation of a name that ships with the program, or of a path seen from a folder.
///
/// Errors: no such regulation, or a file that cannot be read.
pub fn find_regulation(name_or_path: &str, folder: &Path, place: &Place) -> Result<RegulationText, Problem> {
    let is_named = |text: &RegulationText| text.file.strip_suffix(".toml") == Some(name_or_path);
    if let Some(shipped) = RegulationText::shipped().into_iter().find(is_named) {
        return Ok(shipped);
    }
    let path = folder.join(name_or_path);
    let file =
        path.file_name().map_or_else(|| name_or_path.to_owned(), |name| name.to_string_lossy().into_owned());
    fs::read_to_string(&path).map(|text| RegulationText { file, text }).map_err(|error| {
        let names = SHIPPED.iter().map(|(name, _)| *name);
        Problem::error(
            "unknown_regulation",
            place.clone(),
            format!("the regulation cannot be read ({})", error.kind()),
        )
        .value(name_or_path)
        .expected("the name of a regulation that ships with the program (`aurland`), or the path of a file")
        .maybe_hint(did_you_mean(name_or_path, names))
    })
}

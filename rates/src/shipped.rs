//! The regulations that ship with the program, and those that a municipality brings; each with its
//! pack of cases.

use std::fs;
use std::io;
use std::path::Path;

use honorar_problems::{Place, Problem, did_you_mean};

// The regulations that ship with the program, by name (`SHIPPED`), and the cases in the folder that each has
// beside it (`PACKS`).
include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// A regulation's file as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegulationText {
    /// The file's name.
    pub file: String,
    /// Its content.
    pub text: String,
}

/// A file of cases as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseText {
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

    /// The one of a name.
    pub fn shipped_as(name: &str) -> Option<Self> {
        let (name, text) = SHIPPED.iter().find(|(shipped, _)| *shipped == name)?;
        Some(Self { file: format!("{name}.toml"), text: (*text).to_owned() })
    }

    /// Its name, where it is one that ships with the program: that of the file without its ending.
    pub fn name(&self) -> &str {
        self.file.strip_suffix(".toml").unwrap_or(&self.file)
    }
}

/// A municipality's name as files have it: `Øygarden` is `oygarden`.
fn without_special_letters(name: &str) -> String {
    name.to_lowercase().replace('æ', "ae").replace('ø', "o").replace('å', "a")
}

/// The regulation of a name that ships with the program, or of a path seen from a folder.
///
/// Errors: no such regulation, or a file that cannot be read.
pub fn find_regulation(name_or_path: &str, folder: &Path, place: &Place) -> Result<RegulationText, Problem> {
    let named = without_special_letters(name_or_path);
    if let Some(shipped) = RegulationText::shipped_as(&named) {
        return Ok(shipped);
    }
    let path = folder.join(name_or_path);
    let file =
        path.file_name().map_or_else(|| name_or_path.to_owned(), |name| name.to_string_lossy().into_owned());
    fs::read_to_string(&path).map(|text| RegulationText { file, text }).map_err(|error| {
        let names = SHIPPED.iter().map(|(name, _)| *name);
        let known: Vec<String> = names.clone().map(|name| format!("`{name}`")).collect();
        Problem::error(
            "unknown_regulation",
            place.clone(),
            format!("the regulation cannot be read ({})", error.kind()),
        )
        .value(name_or_path)
        .expected(format!(
            "the name of a regulation that ships with the program ({}), or the path of a file",
            known.join(", ")
        ))
        .maybe_hint(did_you_mean(name_or_path, names))
    })
}

/// The files of cases of a regulation, in the order of their names: those that ship with it, or those
/// in the folder beside its file that has its name. What cannot be read is a problem.
pub fn find_pack(name_or_path: &str) -> (Vec<CaseText>, Vec<Problem>) {
    let named = without_special_letters(name_or_path);
    if SHIPPED.iter().any(|(name, _)| *name == named) {
        let files = PACKS.iter().filter(|(name, _)| *name == named).flat_map(|(_, files)| *files);
        let text =
            |(file, text): &(&str, &str)| CaseText { file: (*file).to_owned(), text: (*text).to_owned() };
        return (files.map(text).collect(), Vec::new());
    }
    let folder = Path::new(name_or_path).with_extension("");
    match files_in(&folder) {
        Ok(read) => read,
        Err(error) => {
            let message = match error.kind() {
                io::ErrorKind::NotFound => {
                    "there is no folder of cases beside the regulation's file".to_owned()
                }
                kind => format!("the folder of cases cannot be read ({kind})"),
            };
            let place = Place::file(name_or_path);
            let problem = Problem::warning("no_cases", place, message).value(folder.display().to_string());
            (Vec::new(), vec![problem.expected("a folder with the name of the file, and files *.toml in it")])
        }
    }
}

fn files_in(folder: &Path) -> io::Result<(Vec<CaseText>, Vec<Problem>)> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match fs::read_to_string(&path) {
            Ok(text) => files.push(CaseText { file, text }),
            Err(error) => {
                let message = format!("the file of cases cannot be read ({})", error.kind());
                problems.push(
                    Problem::error("unreadable", Place::file(file), message).expected("a file in UTF-8"),
                );
            }
        }
    }
    Ok((files, problems))
}

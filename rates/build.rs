//! Puts the regulations into the library, each with its pack of cases: the folder of its name beside it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let regulations = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("regulations");
    println!("cargo::rerun-if-changed={}", regulations.display());
    let mut shipped = String::new();
    let mut packs = String::new();
    for file in toml_files(&regulations)? {
        let folder = file.with_extension("");
        writeln!(shipped, "    {},", included(&folder, &file)).map_err(io::Error::other)?;
        let cases: Vec<String> =
            toml_files(&folder)?.iter().map(|file| format!("        {},\n", included(file, file))).collect();
        writeln!(packs, "    ({:?}, &[\n{}    ]),", name(&folder), cases.concat())
            .map_err(io::Error::other)?;
    }
    let text = format!(
        "pub(crate) const SHIPPED: &[(&str, &str)] = &[\n{shipped}];\n\n\
         const PACKS: &[(&str, &[(&str, &str)])] = &[\n{packs}];\n"
    );
    fs::write(Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("shipped.rs"), text)
}

/// A pair of a name and a file's text.
fn included(named: &Path, file: &Path) -> String {
    format!("({:?}, include_str!({:?}))", name(named), file.display().to_string())
}

/// The TOML files in a folder, in the order of their names.
fn toml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

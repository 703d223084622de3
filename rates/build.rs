//! Puts the packs of cases into the library: each folder beside a regulation's file is one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let regulations = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("regulations");
    println!("cargo::rerun-if-changed={}", regulations.display());
    let mut text = "const PACKS: &[(&str, &[(&str, &str)])] = &[\n".to_owned();
    for folder in entries(&regulations)?.into_iter().filter(|path| path.is_dir()) {
        let _ = writeln!(text, "    ({:?}, &[", name(&folder));
        for file in entries(&folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml"))
        {
            let _ = writeln!(
                text,
                "        ({:?}, include_str!({:?})),",
                name(&file),
                file.display().to_string()
            );
        }
        text += "    ]),\n";
    }
    text += "];\n";
    fs::write(Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("packs.rs"), text)
}

/// What a folder holds, in the order of its names.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

//! The forms of `testdata/aurland-2014` that are derived from its canonical folder: a workbook, and
//! Windows-1252 files as a Norwegian spreadsheet saves them.

mod basis;
mod nynorsk;
mod windows;
mod workbook;

use basis::Basis;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const WORKBOOK: &str = "aurland-2014.xlsx";
const WORKBOOK_SETTINGS: &str = "aurland-2014.toml";
const WINDOWS: &str = "windows-1252";
const SETTINGS: &str = "honorar.toml";

/// The folder that holds the year in all its forms.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("testdata").join("aurland-2014")
}

/// Writes every derived file, and returns their paths within `folder`.
pub(crate) fn write(folder: &Path) -> Result<Vec<PathBuf>> {
    let derived = derive(folder)?;
    let windows = folder.join(WINDOWS);
    fs::create_dir_all(&windows).map_err(|error| format!("{}: {error}", windows.display()))?;
    for (name, bytes) in &derived {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    for stray in strays(folder, &derived)? {
        eprintln!("note: {} is not derived, and was left alone", stray.display());
    }
    Ok(derived.into_keys().collect())
}

/// The paths within `folder` where what stands is not what would be written: files that differ or are missing,
/// and files among the derived ones that nothing writes.
pub(crate) fn differing(folder: &Path) -> Result<Vec<PathBuf>> {
    let derived = derive(folder)?;
    let mut differing = strays(folder, &derived)?;
    for (name, bytes) in derived {
        let path = folder.join(&name);
        let same = match fs::read(&path) {
            Ok(standing) => standing == bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Err(error) => return Err(format!("{}: {error}", path.display()).into()),
        };
        if !same {
            differing.push(name);
        }
    }
    differing.sort();
    Ok(differing)
}

fn derive(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let canonical = folder.join("canonical");
    let basis = Basis::read(&canonical)?;
    let settings = canonical.join(SETTINGS);
    let settings = fs::read(&settings).map_err(|error| format!("{}: {error}", settings.display()))?;

    let mut derived = BTreeMap::new();
    derived.insert(PathBuf::from(WORKBOOK), workbook::bytes(&basis)?);
    derived.insert(PathBuf::from(WORKBOOK_SETTINGS), settings.clone());
    derived.insert(Path::new(WINDOWS).join(SETTINGS), settings);
    for (name, bytes) in windows::files(&basis)? {
        derived.insert(Path::new(WINDOWS).join(name), bytes);
    }
    Ok(derived)
}

fn strays(folder: &Path, derived: &BTreeMap<PathBuf, Vec<u8>>) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder.join(WINDOWS)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(format!("{WINDOWS}: {error}").into()),
    };
    let mut strays = Vec::new();
    for entry in entries {
        let name = Path::new(WINDOWS).join(entry?.file_name());
        if !derived.contains_key(&name) {
            strays.push(name);
        }
    }
    Ok(strays)
}

#[cfg(test)]
mod tests {
    use super::{WORKBOOK, derive, differing, folder};
    use std::path::{Path, PathBuf};

    #[test]
    fn what_stands_is_what_would_be_written() {
        assert_eq!(differing(&folder()).unwrap(), Vec::<PathBuf>::new());
    }

    #[test]
    fn the_bytes_are_the_same_every_time() {
        assert_eq!(derive(&folder()).unwrap(), derive(&folder()).unwrap());
    }

    #[test]
    fn every_table_has_its_file_and_there_is_a_workbook() {
        let derived = derive(&folder()).unwrap();
        for name in [
            WORKBOOK,
            "aurland-2014.toml",
            "windows-1252/personar.csv",
            "windows-1252/møte.csv",
            "windows-1252/frammøte.csv",
        ] {
            assert!(derived.contains_key(Path::new(name)), "{name}");
        }
        assert_eq!(derived.len(), 11);
    }
}

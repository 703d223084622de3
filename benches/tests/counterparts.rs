//! The programs that `honorar` is held against do what they are said to do.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use csv::ReaderBuilder;
use honorar_benches::country::Country;
use honorar_benches::files::{files, rows, tables};
use honorar_benches::workbook;

/// What a program says of some paths.
fn said(program: &str, paths: &[&Path]) -> String {
    let output = Command::new(program).args(paths).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// All cells of a basis's tables.
fn cells(basis: &Path) -> Vec<String> {
    let mut cells = Vec::new();
    for table in tables(basis).unwrap() {
        for record in ReaderBuilder::new().has_headers(false).from_path(table).unwrap().records() {
            cells.extend(record.unwrap().iter().map(str::to_owned));
        }
    }
    cells
}

/// The files below a folder, and how long they are.
fn lengths(folder: &Path) -> BTreeMap<PathBuf, u64> {
    let mut lengths = BTreeMap::new();
    for path in files(folder).unwrap() {
        let name = PathBuf::from(path.file_name().unwrap());
        if path.is_dir() {
            lengths
                .extend(self::lengths(&path).into_iter().map(|(below, length)| (name.join(below), length)));
        } else {
            lengths.insert(name, fs::metadata(path).unwrap().len());
        }
    }
    lengths
}

#[test]
fn all_cells_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let basis = Country::NORWAY.write_one(1, folder.path()).unwrap();
    let workbook = workbook::write(&basis, folder.path()).unwrap();
    let (all, sheets) = (cells(&basis), tables(&basis).unwrap().len());
    let filled = all.iter().filter(|cell| !cell.is_empty()).count();
    let all_rows = rows(&basis).unwrap() + sheets as u64;
    assert_eq!(said(env!("CARGO_BIN_EXE_cells"), &[&workbook]), format!("{sheets} sheets, {filled} cells\n"));
    let tokenised = format!("{all_rows} rows, {} cells\n", all.len());
    assert_eq!(said(env!("CARGO_BIN_EXE_tokenise"), &[&basis]), tokenised);
}

#[test]
fn the_floor_writes_as_much_as_the_earlier_run() {
    let folder = tempfile::tempdir().unwrap();
    let bases = Country { bases: 2, ..Country::NORWAY }.write(&folder.path().join("country")).unwrap();
    let (run, out) = (folder.path().join("run"), folder.path().join("out"));
    for (basis, length) in bases.iter().zip([3, 2_500_000]) {
        let below = run.join(basis.file_name().unwrap()).join("below");
        fs::create_dir_all(&below).unwrap();
        fs::write(below.with_file_name("lines.csv"), vec![b'1'; length]).unwrap();
        fs::write(below.join("empty.csv"), "").unwrap();
    }
    let said = said(env!("CARGO_BIN_EXE_floor"), &[&run, &out, &bases[0], &bases[1]]);
    let read = cells(&bases[0]).len() + cells(&bases[1]).len();
    assert_eq!(said, format!("{read} cells, 2500003 bytes written\n"));
    assert_eq!(lengths(&out), lengths(&run));
    assert_eq!(lengths(&out).len(), 4);
}

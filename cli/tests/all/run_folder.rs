//! The run's folder: whole or not at all, readable by its owner only.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::tables::{names, testdata};

fn run(basis: &str, period: &str, out: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_honorar"))
        .args(["run", basis, "--period", period, "--out"])
        .arg(out)
        .current_dir(testdata())
        .output()
        .expect("the binary runs")
}

const FILES: [&str; 7] = [
    "input.zip",
    "lines.csv",
    "payables.csv",
    "problems.json",
    "run.json",
    "visma-lonn.csv",
    "visma-lonn.receipt.csv",
];

#[cfg(unix)]
#[test]
fn it_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path().join("deep/down/run");
    assert!(run("aurland-cases", "2014-H1", &folder).status.success());
    assert_eq!(names(&folder), FILES);
    assert_eq!((mode(&folder), mode(&temporary.path().join("deep"))), (0o700, 0o700));
    for file in FILES {
        assert_eq!(mode(&folder.join(file)), 0o600, "{file}");
    }
}

#[test]
fn an_earlier_run_of_the_same_is_replaced_as_a_whole() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path().join("run");
    assert!(run("aurland-cases", "2014-H1", &folder).status.success());
    fs::write(folder.join("stale.csv"), "from an older version").expect("a file");
    assert!(run("aurland-cases", "2014-H1", &folder).status.success());
    assert_eq!(names(&folder), FILES);
    assert_eq!(names(temporary.path()), ["run"], "nothing is left beside it");
}

#[test]
fn any_other_folder_is_left_alone() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path().join("run");
    assert!(run("aurland-cases", "2014-H1", &folder).status.success());
    let before = fs::read(folder.join("lines.csv")).expect("the lines");
    let other_period = run("aurland-cases", "2014-H2", &folder);
    assert_eq!(other_period.status.code(), Some(1));
    assert_eq!(fs::read(folder.join("lines.csv")).expect("the lines"), before);

    let foreign = temporary.path().join("foreign");
    fs::create_dir(&foreign).expect("a folder");
    fs::write(foreign.join("letter.txt"), "dear").expect("a file");
    let refused = run("aurland-cases", "2014-H1", &foreign);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).expect("UTF-8");
    assert!(said.contains("is not empty and holds no earlier run of this basis and period"), "{said}");
    assert_eq!(names(&foreign), ["letter.txt"]);

    let file = temporary.path().join("file");
    fs::write(&file, "a file").expect("a file");
    assert_eq!(run("aurland-cases", "2014-H1", &file).status.code(), Some(1));
    assert_eq!(fs::read(&file).expect("the file"), b"a file");
    assert_eq!(names(temporary.path()), ["file", "foreign", "run"], "nothing is left beside them");
}

#[test]
fn an_empty_folder_is_filled() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = temporary.path().join("run");
    fs::create_dir(&folder).expect("a folder");
    assert!(run("aurland-cases", "2014-H1", &folder).status.success());
    assert_eq!(names(&folder), FILES);
}

#[test]
fn errors_leave_an_earlier_run_as_it_was() {
    let temporary = tempfile::tempdir().expect("a folder");
    let basis = temporary.path().join("basis");
    fs::create_dir(&basis).expect("a folder");
    for entry in fs::read_dir(testdata().join("aurland-cases")).expect("the example") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), basis.join(entry.file_name())).expect("a copy");
    }
    let folder = temporary.path().join("run");
    let basis_path = basis.to_str().expect("a path");
    assert!(run(basis_path, "2014-H1", &folder).status.success());
    let before = fs::read(folder.join("run.json")).expect("the record");
    fs::write(basis.join("leave.csv"), "person_id,from,to\n9999,2014-01-01,2014-01-02\n").expect("a file");
    assert_eq!(run(basis_path, "2014-H1", &folder).status.code(), Some(1));
    assert_eq!(fs::read(folder.join("run.json")).expect("the record"), before);
}

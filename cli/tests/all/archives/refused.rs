//! What is refused, in words that help; whatever is refused leaves everything as it was, and no problem shows a name,
//! an income or a document.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use super::support::{
    PRIVATE, change, close, copy, files, honorar, run, set, small_archive, without_hashes, write_basis,
};

/// What the binary says when it refuses: nothing in the folder has changed, and nobody is named.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let before = files(folder);
    let said = honorar(folder, arguments);
    assert!(said.status > 0, "{arguments:?}: {}", said.text());
    assert!(files(folder) == before, "{arguments:?} leaves everything as it was");
    let text = without_hashes(&said.text());
    for private in PRIVATE.iter().chain(&["Kvittering", "kvittering", "450.00"]) {
        assert!(!text.contains(private), "{arguments:?} shows {private}: {text}");
    }
    text
}

fn close_refused(folder: &Path, run: &str, people: [&str; 2]) -> String {
    let people = ["--prepared-by", people[0], "--approved-by", people[1]];
    refused(folder, &[&["close", run, "--archive", "archive"], &people[..]].concat())
}

const TWO: [&str; 2] = ["Kari Nes", "Ola Vik"];

#[test]
fn a_run_is_closed_by_two_people() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write_basis(folder);
    run(folder, "2014-H1");
    assert_snapshot!("close-one-person", close_refused(folder, "2014-H1", ["Kari Nes", " kari  NES"]));
    assert_snapshot!("close-nobody", close_refused(folder, "2014-H1", ["Kari Nes", "  "]));
    let nobody_named = ["close", "2014-H1", "--archive", "archive", "--prepared-by", "Kari Nes"];
    assert_snapshot!("close-not-approved", refused(folder, &nobody_named));
    assert!(!folder.join("archive").exists());
}

#[test]
fn a_run_is_closed_as_it_was_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write_basis(folder);
    run(folder, "2014-H1");
    assert_snapshot!("close-no-run", close_refused(folder, "basis", TWO));
    set(&folder.join("2014-H1/notat.txt"), b"approved on the phone");
    assert_snapshot!("close-strange-file", close_refused(folder, "2014-H1", TWO));
    fs::remove_file(folder.join("2014-H1/notat.txt")).expect("a file");
    let lines = folder.join("2014-H1/lines.csv");
    let before = fs::read(&lines).expect("the lines");
    change(&lines, "450.00", "540.00");
    assert_snapshot!("close-changed", close_refused(folder, "2014-H1", TWO));
    let (old, new) =
        (super::support::sha256(&before), super::support::sha256(&fs::read(&lines).expect("the lines")));
    change(&folder.join("2014-H1/run.json"), &old, &new);
    assert_snapshot!("close-forged", close_refused(folder, "2014-H1", TWO));
    set(&lines, &before);
    change(&folder.join("2014-H1/run.json"), &new, &old);
    close(folder, "2014-H1");
    assert_snapshot!("close-twice", close_refused(folder, "2014-H1", TWO));
    assert_snapshot!("close-from-archive", close_refused(folder, "archive/0001/run", TWO));
    assert_snapshot!("close-entry", close_refused(folder, "archive/0001", TWO));
}

/// A run that was made before another was closed does not know what is paid.
#[test]
fn a_run_has_to_know_what_is_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write_basis(folder);
    run(folder, "2014-H1");
    run(folder, "2014-H2");
    close(folder, "2014-H1");
    assert_snapshot!("close-stale", close_refused(folder, "2014-H2", TWO));
    // A run that knows an archive does not go into another one.
    run(folder, "2014-H2");
    let elsewhere =
        ["close", "2014-H2", "--archive", "elsewhere", "--prepared-by", "A", "--approved-by", "B"];
    assert_snapshot!("close-elsewhere", refused(folder, &elsewhere));
    assert!(!folder.join("elsewhere").exists(), "no archive is made for a run that is refused");
    close(folder, "2014-H2");
}

/// An archive is one municipality's, is a folder, and is no place for runs.
#[test]
fn an_archive_is_an_archive() {
    let (folder, _) = small_archive();
    let folder = folder.path();
    let run = |more: &[&str]| refused(folder, &[&["run", "basis", "--period", "2014-H2"], more].concat());
    assert_snapshot!("run-into-archive", run(&["--archive", "archive", "--out", "archive/0001/run"]));
    assert_snapshot!("run-into-entry", run(&["--archive", "archive", "--out", "archive/0002/more"]));
    assert_snapshot!("run-beside-entries", run(&["--archive", "archive", "--out", "archive/deep/h2"]));
    assert_snapshot!("run-archive-is-run", run(&["--archive", "2014-H1"]));
    assert_snapshot!("run-archive-is-basis", run(&["--archive", "basis"]));
    set(&folder.join("file"), b"no folder");
    assert_snapshot!("run-archive-is-file", run(&["--archive", "file"]));
    let several = ["run", "basis", "2014-H1", "--period", "2014-H2", "--archive", "archive"];
    assert_snapshot!("run-archive-several", refused(folder, &several));
    for archive in ["2014-H1", "basis", "file", "archive/0001"] {
        let people = ["--prepared-by", "A", "--approved-by", "B"];
        let text = refused(folder, &[&["close", "2014-H1", "--archive", archive], &people[..]].concat());
        assert_snapshot!(format!("close-archive-is-{}", archive.replace('/', "-")), text);
    }

    copy(&folder.join("basis"), &folder.join("storefjell"));
    change(
        &folder.join("storefjell/honorar.toml"),
        "municipality = \"lillefjell\"",
        "municipality = \"storefjell\"",
    );
    let other = ["run", "storefjell", "--period", "2014-H1", "--archive", "archive", "--out", "other"];
    assert_snapshot!("run-other-municipality", refused(folder, &other));
    let json = [&other[..], &["--format", "json"]].concat();
    assert_snapshot!("run-other-municipality-json", refused(folder, &json));
    honorar(folder, &["run", "storefjell", "--period", "2016-H1", "--out", "other"]);
    assert_snapshot!("close-other-municipality", close_refused(folder, "other", TWO));
}

/// What may be paid twice is an error that names both, and no document.
#[test]
fn what_was_paid_is_not_paid_again() {
    let (folder, _) = small_archive();
    let folder = folder.path();
    // The same bill, in the next year and with another id.
    copy(&folder.join("basis"), &folder.join("next"));
    change(&folder.join("next/claims.csv"), "K1,11,care,KST-1,2014-02-06", "K9,11,care,KST-1,2015-02-06");
    change(&folder.join("next/meetings.csv"), "KST-1,KST,2014", "KST-1,KST,2015");
    let next = ["run", "next", "--period", "2015-H1", "--archive", "archive", "--out", "twice"];
    assert_snapshot!("run-paid-twice", refused(folder, &next));
    assert_snapshot!("run-paid-twice-json", refused(folder, &[&next[..], &["--format", "json"]].concat()));
    // Somebody was paid who is not in the basis any more.
    let run = ["run", "basis", "--period", "2014-H2", "--archive", "archive", "--out", "twice"];
    change(&folder.join("basis/persons.csv"), "13,Siv Dulgt,employed\n", "");
    change(&folder.join("basis/attendance.csv"), "KST-1,13,present,substitute\n", "");
    assert_snapshot!("run-person-gone", refused(folder, &run));
}

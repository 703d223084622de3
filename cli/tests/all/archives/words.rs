//! What the commands print of an archive, for people and for machines.

use std::path::Path;

use insta::assert_snapshot;

use super::support::{
    change, close, copy, done, files, head, honorar, run, said, set, small_archive, without_hashes,
    write_basis,
};
use crate::tables::testdata;
use crate::worked_example::blocks;

/// What the binary prints and says, without hashes.
fn shown(folder: &Path, arguments: &[&str]) -> String {
    without_hashes(&honorar(folder, arguments).text())
}

const PEOPLE: [&str; 6] =
    ["--prepared-by", " Kari  Nes ", "--approved-by", "Ola Vik", "--approved-on", "2014-07-05"];

#[test]
fn a_run_is_closed_and_the_next_corrects_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write_basis(folder);
    run(folder, "2014-H1");
    let arguments = [&["close", "2014-H1", "--archive", "archive"], &PEOPLE[..]].concat();
    assert_snapshot!("close", shown(folder, &arguments));
    change(&folder.join("basis/claims.csv"), "450.00", "405.00");
    run(folder, "2014-H2");
    let explain = ["explain", "basis", "--period", "2014-H2", "--person", "11", "--archive", "archive"];
    assert_snapshot!("explain-corrections", shown(folder, &explain));
    let arguments = [&["close", "2014-H2", "--archive", "archive", "--format", "json"], &PEOPLE[..]].concat();
    assert_snapshot!("close-json", shown(folder, &arguments));
    assert_snapshot!("close-again-json", shown(folder, &arguments));
}

#[test]
fn an_archive_is_verified() {
    let (folder, head) = small_archive();
    let folder = folder.path();
    assert_snapshot!("verify", shown(folder, &["verify", "archive"]));
    assert_snapshot!("verify-head", shown(folder, &["verify", "archive", "--head", &head]));
    let arguments = ["verify", "archive", "--head", &head, "--format", "json"];
    assert_snapshot!("verify-json", shown(folder, &arguments));
    assert_snapshot!("verify-entry", shown(folder, &["verify", "archive/0002"]));
    let other = "0123-4567-89ab-cdef-0123";
    assert_snapshot!("verify-other-head", shown(folder, &["verify", "archive", "--head", other]));
    assert_snapshot!("verify-no-head", shown(folder, &["verify", "archive", "--head", "0123"]));
    assert_snapshot!("verify-head-of-run", shown(folder, &["verify", "archive/0001", "--head", &head]));
    assert_snapshot!("verify-none", shown(folder, &["verify", "basis"]));
    assert_snapshot!("verify-nothing", shown(folder, &["verify", "no-such"]));
}

#[test]
fn a_damaged_archive_is_said_to_be_so() {
    let (folder, _) = small_archive();
    let folder = folder.path();
    copy(&folder.join("archive"), &folder.join("damaged"));
    change(&folder.join("damaged/0001/run/lines.csv"), "450.00", "540.00");
    assert_snapshot!("verify-damaged", shown(folder, &["verify", "damaged"]));
    let arguments = ["verify", "damaged", "--format", "json"];
    assert_snapshot!("verify-damaged-json", shown(folder, &arguments));
    change(&folder.join("damaged/0001/manifest.json"), "Kari Nes", "Kari Ness");
    assert_snapshot!("verify-broken-chain", shown(folder, &["verify", "damaged"]));
    let again = ["run", "basis", "--period", "2014-H2", "--archive", "damaged", "--out", "again"];
    assert_snapshot!("run-damaged-archive", shown(folder, &again));
    let arguments = [&["close", "2014-H1", "--archive", "damaged"], &PEOPLE[..]].concat();
    assert_snapshot!("close-damaged-archive", shown(folder, &arguments));
}

#[test]
fn old_contents_are_removed_and_young_ones_are_not() {
    let (folder, head) = small_archive();
    let folder = folder.path();
    let prune =
        |older_than: &str| shown(folder, &["archive", "prune", "archive", "--older-than", older_than]);
    assert_snapshot!("prune-too-young", without_day(&prune("2199")));
    assert_snapshot!("prune-nothing", prune("2014"));
    assert_snapshot!("prune", prune("2014-07-01"));
    assert_snapshot!("prune-again", prune("2014-07-01"));
    let kept: Vec<String> = files(&folder.join("archive/0001")).into_keys().collect();
    assert_eq!(kept, ["manifest.json", "manifest.sha256"]);
    assert_snapshot!("verify-pruned", shown(folder, &["verify", "archive", "--head", &head]));
    let json = ["archive", "prune", "archive", "--older-than", "2015", "--format", "json"];
    assert_snapshot!("prune-json", shown(folder, &json));
    assert_snapshot!(
        "run-pruned",
        shown(folder, &["run", "basis", "--period", "2014-H2", "--archive", "archive"])
    );
    assert_snapshot!("export-pruned", shown(folder, &["export", "archive/0001", "--to", "unimicro"]));
    assert_snapshot!("statements-pruned", shown(folder, &["statements", "archive/0001", "--out", "letters"]));
    let none = ["archive", "prune", "no-such", "--older-than", "2014"];
    assert_snapshot!("prune-no-archive", shown(folder, &none));
    assert!(!folder.join("no-such").exists(), "nothing is made where there is no archive");
}

/// The first day that the law requires depends on today.
fn without_day(text: &str) -> String {
    let day = text.split_once("younger than ").and_then(|(_, rest)| rest.get(..10));
    text.replace(day.expect("a day"), "DAY")
}

#[test]
fn a_receiver_gets_its_file_once() {
    let (folder, _) = small_archive();
    let folder = folder.path();
    let export = |run: &str, more: &[&str]| shown(folder, &[&["export", run], more].concat());
    assert_snapshot!("export-run-again", export("2014-H1", &["--to", "visma_lonn"]));
    assert_snapshot!("export-run-blank", export("2014-H1", &["--to", "visma_lonn", "--again", " "]));
    let why = ["--to", "visma_lonn", "--again", "the mail was lost"];
    assert_snapshot!("export-run-why", export("2014-H1", &why));
    let record = std::fs::read_to_string(folder.join("2014-H1/run.json")).expect("the record");
    assert!(record.contains("\"why\": \"the mail was lost\""), "{record}");
    assert_snapshot!("verify-run-exported-again", shown(folder, &["verify", "2014-H1"]));
    assert_snapshot!("export-closed", export("archive/0001", &["--to", "unimicro"]));
    assert_snapshot!("export-closed-again", export("archive/0001/run", &["--to", "unimicro"]));
    assert_snapshot!("export-closed-own", export("archive/0002", &["--to", "visma_lonn"]));
    assert_snapshot!("export-closed-why", export("archive/0002", &why));
    let json = ["--to", "unimicro", "--again", "once more", "--format", "json"];
    assert_snapshot!("export-closed-json", export("archive/0001", &json));
    assert_snapshot!("export-of-export", export("archive/0003", &["--to", "unimicro"]));
    assert_snapshot!("verify-exports", shown(folder, &["verify", "archive"]));
}

#[test]
fn statements_of_a_closed_run_are_written_outside() {
    let (folder, head) = small_archive();
    let folder = folder.path();
    let before = files(&folder.join("archive"));
    let statements =
        |more: &[&str]| shown(folder, &[&["statements", "archive/0002", "--person", "11"], more].concat());
    assert_snapshot!("statements-closed", statements(&[]));
    assert_snapshot!("statements-closed-within", statements(&["--out", "archive/0002/letters"]));
    assert_snapshot!("statements-closed-out", statements(&["--out", "letters"]));
    assert_snapshot!("statements-closed-again", statements(&["--out", "letters"]));
    assert_snapshot!("statements-closed-json", statements(&["--out", "other", "--format", "json"]));
    assert!(files(&folder.join("archive")) == before, "the archive is as it was");
    done(folder, &["verify", "archive", "--head", &head]);
}

/// Statements that a run keeps are made again byte by byte; that to the finance office too, unless somebody named
/// the run before.
#[test]
fn statements_in_a_run_are_verified() {
    let (folder, _) = small_archive();
    let folder = folder.path();
    done(folder, &["statements", "2014-H2"]);
    let said = honorar(folder, &["verify", "2014-H2"]);
    assert!(said.status == 0 && !said.out.contains("by their hashes"), "{}", said.text());
    done(folder, &["statements", "2014-H2", "--finance", "--before", "2014-H1"]);
    assert_snapshot!("verify-run-statements", shown(folder, &["verify", "2014-H2"]));
    let page = folder.join("2014-H2/statements/en/person-11.html");
    let (before, hash) = (std::fs::read(&page).expect("a page"), super::support::sha256);
    let after = [&before[..], b"<p>and 100.00 more</p>"].concat();
    set(&page, &after);
    change(&folder.join("2014-H2/run.json"), &hash(&before), &hash(&after));
    assert_snapshot!("verify-run-forged-statement", shown(folder, &["verify", "2014-H2"]));
}

#[test]
fn a_new_run_is_closed_with_its_statements() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write_basis(folder);
    run(folder, "2014-H1");
    done(folder, &["statements", "2014-H1"]);
    done(folder, &["export", "2014-H1", "--to", "unimicro"]);
    close(folder, "2014-H1");
    assert_snapshot!("verify-with-statements", shown(folder, &["verify", "archive"]));
}

/// What the guide shows is what happens.
#[cfg(unix)]
#[test]
fn a_half_year_is_closed_as_the_guide_says() {
    let folder = tempfile::tempdir().expect("a folder");
    for ending in ["xlsx", "toml"] {
        let from = testdata().join("aurland-2014/aurland-2014").with_extension(ending);
        std::fs::copy(from, folder.path().join("h1").with_extension(ending)).expect("a basis");
    }
    let blocks = blocks("archive.md");
    let (_, commands) = blocks.iter().find(|(words, _)| words[0] == "sh").expect("the commands");
    let binary = Path::new(env!("CARGO_BIN_EXE_honorar")).parent().expect("its folder");
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap_or_default());
    let mut shell = std::process::Command::new("sh");
    shell.args(["-e", "-c", commands]).current_dir(folder.path()).env("PATH", path);
    let said = said(&shell.output().expect("a shell"), folder.path());
    assert_eq!(said.status, 0, "{}", said.text());
    let closed = said.out.lines().find(|line| line.contains("closed as no. 1")).expect("what was closed");
    let guide = std::fs::read_to_string(testdata().join("../docs/archive.md")).expect("the guide");
    assert!(guide.contains(closed), "{closed}");
    done(folder.path(), &["verify", "archive", "--head", &head(&said.out)]);
}

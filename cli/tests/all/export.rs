//! `honorar export`: another payroll system's file of a run that stands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::tables::{names, testdata};

/// Runs the binary: whether all went well, what it printed, and what it said with `RUN` for the folder.
fn honorar(arguments: &[&str], folder: &Path) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_honorar"))
        .args(arguments)
        .current_dir(testdata())
        .output()
        .expect("the binary runs");
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
    (output.status.success(), said.concat().replace(&folder.display().to_string(), "RUN"))
}

/// The folder of a run of the example, whose profile has some more.
fn run(folder: &Path, more: &str) -> PathBuf {
    let profile = fs::read_to_string(testdata().join("aurland-cases/honorar.toml")).expect("a profile");
    let config = folder.join("more.toml");
    fs::write(&config, format!("{profile}\n{more}")).expect("a profile");
    let out = folder.join("run");
    let arguments = ["run", "aurland-cases", "--period", "2014-H1", "--out"];
    let paths = [out.to_str().expect("UTF-8"), "--config", config.to_str().expect("UTF-8")];
    let (done, said) = honorar(&[&arguments[..], &paths[..]].concat(), folder);
    assert!(done, "{said}");
    out
}

fn export(run: &Path, to: &str) -> (bool, String) {
    honorar(&["export", run.to_str().expect("UTF-8"), "--to", to], run)
}

fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    names(folder)
        .into_iter()
        .map(|name| (name.clone(), fs::read(folder.join(name)).expect("a file")))
        .collect()
}

#[test]
fn a_file_is_added_and_what_stands_there_stays() {
    let temporary = tempfile::tempdir().expect("a folder");
    let run = run(temporary.path(), "[tripletex]\nmonth = \"2014-07\"\n");
    let before = bytes(&run);
    let (done, said) = export(&run, "tripletex");
    assert!(done);
    assert_eq!(
        said,
        "38 transactions for tripletex\nwritten to RUN/tripletex.csv\nwritten to RUN/tripletex.receipt.csv\n"
    );
    for (name, bytes) in before.iter().filter(|(name, _)| name != "run.json") {
        assert_eq!(&fs::read(run.join(name)).expect("it still stands"), bytes, "{name}");
    }
    let record = fs::read_to_string(run.join("run.json")).expect("the record");
    assert!(record.contains("tripletex.csv") && record.contains("tripletex.receipt.csv"), "{record}");
    assert!(export(&run, "unimicro").0, "and the next one");
    assert_eq!(names(temporary.path()), ["more.toml", "run"], "nothing is left beside it");
}

/// It is the file that the run itself would have made.
#[test]
fn it_is_the_file_that_a_run_makes() {
    let temporary = tempfile::tempdir().expect("a folder");
    let later = run(temporary.path(), "");
    assert!(export(&later, "unimicro").0);
    let other = tempfile::tempdir().expect("a folder");
    let at_once = run(other.path(), "[payroll]\nreceivers = [\"visma_lonn\", \"unimicro\"]\n");
    for file in ["unimicro.csv", "unimicro.receipt.csv", "visma-lonn.csv"] {
        let of = |run: &Path| fs::read(run.join(file)).expect("a file");
        assert_eq!(of(&later), of(&at_once), "{file}");
    }
}

#[test]
fn a_batch_is_exported_once() {
    let temporary = tempfile::tempdir().expect("a folder");
    let run = run(temporary.path(), "");
    assert!(export(&run, "unimicro").0);
    let before = bytes(&run);
    for (receiver, file) in [("visma_lonn", "visma-lonn.csv"), ("unimicro", "unimicro.csv")] {
        let (done, said) = export(&run, receiver);
        assert!(!done);
        assert_eq!(
            said,
            format!(
                "error: RUN/{file}: `{receiver}` has had its file of this run\n  expected: a batch is exported \
                 once: payroll would pay it twice\n  hint: take the file that stands there; if \
                 payroll never got it, say so with --again \"…\"\n"
            )
        );
    }
    assert_eq!(bytes(&run), before);
}

#[test]
fn what_the_receiver_would_refuse_is_not_written() {
    let temporary = tempfile::tempdir().expect("a folder");
    let run = run(temporary.path(), "");
    let before = bytes(&run);
    let (done, said) = export(&run, "tripletex");
    assert!(!done);
    assert_eq!(
        said,
        "error: more.toml: Tripletex wants the month of payment, and the regulation does not say it\n  expected: \
         `month = \"2014-07\"` under [tripletex]\n  hint: the run keeps the profile that it was made with: mend \
         the profile, and run the basis again\n"
    );
    assert_eq!(bytes(&run), before);
}

/// What a damaged folder gets: the first line of what is said.
fn damaged(damage: impl Fn(&Path)) -> String {
    let temporary = tempfile::tempdir().expect("a folder");
    let run = run(temporary.path(), "");
    damage(&run);
    let (before, (done, said)) = (bytes(&run), export(&run, "unimicro"));
    assert!(!done, "{said}");
    assert_eq!(bytes(&run), before, "nothing is written");
    said.lines().next().unwrap_or_default().to_owned()
}

/// Puts other bytes in the place of a file, and their hash into the record.
fn exchange(run: &Path, name: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) {
    let hash =
        |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let old = fs::read(run.join(name)).expect("a file");
    let new = change(old.clone());
    let record = fs::read_to_string(run.join("run.json")).expect("the record");
    assert!(record.contains(&hash(&old)), "{name} is in the record");
    fs::write(run.join("run.json"), record.replace(&hash(&old), &hash(&new))).expect("the record");
    fs::write(run.join(name), new).expect("a file");
}

#[test]
fn a_folder_that_is_no_run_or_was_changed_is_refused() {
    let no_run = "error: RUN: the folder holds no run";
    let no_input = "error: RUN/input.zip: this is no input that a run keeps";
    assert_eq!(damaged(|run| fs::remove_file(run.join("run.json")).expect("it is gone")), no_run);
    assert_eq!(damaged(|run| fs::write(run.join("run.json"), "{}").expect("a record")), no_run);
    assert_eq!(damaged(|run| fs::write(run.join("run.json"), [0xff]).expect("a record")), no_run);
    assert_eq!(
        damaged(|run| fs::write(run.join("payables.csv"), "").expect("a file")),
        "error: RUN/payables.csv: the file is not the one that was written"
    );
    assert_eq!(
        damaged(|run| fs::remove_file(run.join("input.zip")).expect("it is gone")),
        "error: RUN/input.zip: the file is gone"
    );
    assert_eq!(damaged(|run| exchange(run, "input.zip", |_| b"no archive".to_vec())), no_input);
    let other_lines = "error: RUN/lines.csv: the kept input does not give these lines";
    assert_eq!(
        damaged(|run| exchange(run, "lines.csv", |old| [&old[..], b"one more\n"].concat())),
        other_lines
    );
    assert_eq!(damaged(|run| exchange(run, "payables.csv", |_| Vec::new())), other_lines);
}

/// A record that names a file outside its folder does not get it.
#[test]
fn a_record_is_no_way_out_of_its_folder() {
    let said = damaged(|run| {
        let record = fs::read_to_string(run.join("run.json")).expect("the record");
        fs::write(run.join("run.json"), record.replace("\"payables.csv\"", "\"../more.toml\""))
            .expect("a record");
    });
    assert_eq!(said, "error: RUN/../more.toml: the file is gone");
}

/// The folder changes as a whole: what somebody else put there is never lost.
#[test]
fn a_file_of_somebody_else_is_not_lost() {
    let temporary = tempfile::tempdir().expect("a folder");
    let run = run(temporary.path(), "");
    fs::create_dir(run.join("notes")).expect("a folder");
    fs::write(run.join("notes/why.txt"), "approved on the phone").expect("a file");
    let (done, said) = export(&run, "unimicro");
    assert!(!done);
    assert_eq!(
        said,
        "error: RUN/notes/why.txt: the run did not write this file\n  expected: files of the run only: its folder is \
         changed, and closed, as a whole\n  hint: move the file out of the folder\n"
    );
    assert!(run.join("notes/why.txt").exists() && !run.join("unimicro.csv").exists());
    fs::remove_dir_all(run.join("notes")).expect("it is gone");
    assert!(export(&run, "unimicro").0);
}

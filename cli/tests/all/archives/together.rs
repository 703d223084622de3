//! Two people at once: one of them is told to try again, or both are done in order.

use std::path::Path;
use std::process::{Output, Stdio};

use honorar_archive::Archive;
use honorar_closing::verify_archive;

use super::support::{binary, done, said, write_basis};

/// How often each pair is started.
const TIMES: usize = 12;

/// Closes two runs at the same time. How many were closed, and what the others were told.
fn at_once(folder: &Path, runs: [&str; 2]) -> (usize, Vec<String>) {
    let started = runs.map(|run| {
        let people = ["--prepared-by", "Kari Nes", "--approved-by", "Ola Vik"];
        let arguments = [&["close", run, "--archive", "archive"], &people[..]].concat();
        let mut command = binary(folder, &arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
    });
    let ended: Vec<Output> =
        started.into_iter().map(|child| child.wait_with_output().expect("it ends")).collect();
    let closed = ended.iter().filter(|output| output.status.success()).count();
    let others = ended.iter().filter(|output| !output.status.success());
    let others = others.map(|output| said(output, folder)).map(|said| {
        assert_eq!((said.status, said.out.as_str()), (1, ""), "{}", said.err);
        assert!(said.err.ends_with("nothing was closed\n"), "{}", said.err);
        said.err
    });
    let others = others.collect();
    let archive = folder.join("archive");
    let verified = verify_archive(&archive, None).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert!(verified.holds(), "{:#?}", verified.problems);
    assert_eq!(Archive::open(&archive).expect("an archive").entries().len(), closed);
    (closed, others)
}

/// A folder with runs that were made before any was closed.
fn with_runs(periods: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write_basis(folder.path());
    for period in periods {
        done(folder.path(), &["run", "basis", "--period", period, "--archive", "archive", "--out", period]);
    }
    folder
}

const BUSY: &str = "somebody else is closing a run in this archive\n  hint: try again when they are done";

#[test]
fn runs_of_different_years_are_both_closed_in_order() {
    for _ in 0..TIMES {
        let folder = with_runs(&["2015-H1", "2016-H1"]);
        let (closed, others) = at_once(folder.path(), ["2015-H1", "2016-H1"]);
        assert!(closed == 2 || closed == 1 && others[0].contains(BUSY), "{closed}: {others:?}");
    }
}

#[test]
fn of_two_runs_of_a_year_the_second_has_to_know_the_first() {
    for _ in 0..TIMES {
        let folder = with_runs(&["2014-H1", "2014-H2"]);
        let (closed, others) = at_once(folder.path(), ["2014-H1", "2014-H2"]);
        assert_eq!(closed, 1);
        let told = "run the basis again with `--archive archive`, look at it and close that";
        assert!(others[0].contains(BUSY) || others[0].contains(told), "{others:?}");
    }
}

#[test]
fn one_run_is_closed_once() {
    for _ in 0..TIMES {
        let folder = with_runs(&["2014-H1"]);
        let (closed, others) = at_once(folder.path(), ["2014-H1", "2014-H1"]);
        assert_eq!(closed, 1);
        assert!(others[0].contains(BUSY) || others[0].contains("closed already, as no. 1"), "{others:?}");
    }
}

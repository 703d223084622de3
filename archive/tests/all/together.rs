//! Several writers at once: every success is in the chain, and nothing else is.

use std::collections::BTreeSet;
use std::env;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use honorar_archive::{Archive, Disk, EntryKind, Head, LocalDisk, Writer};

use crate::rigged::{Fate, Rigged, Step};
use crate::support::{append_on, assert_spotless, codes};

const CHILD: &str = "HONORAR_ARCHIVE_WRITES";
const EACH: usize = 15;

/// Puts entries in until so many are there, whoever else is at it.
fn write(disk: &dyn Disk, folder: &Path, name: &str) -> Vec<Head> {
    let mut heads = Vec::new();
    while heads.len() < EACH {
        match append_on(disk, folder, &format!("{name}-{}", heads.len())) {
            Ok(head) => heads.push(head),
            Err(problems) => {
                assert_eq!(codes(&problems), ["busy"], "{problems:#?}");
                thread::yield_now();
            }
        }
    }
    heads
}

fn bases(archive: &Archive) -> Vec<String> {
    let basis = |entry: &honorar_archive::Entry| match &entry.manifest.entry {
        EntryKind::ClosedRun { basis, .. } => basis.clone(),
        other => panic!("{other:?}"),
    };
    archive.entries().iter().map(basis).collect()
}

fn assert_all_are_there(folder: &Path, writers: &[&str]) {
    let archive = Archive::open(folder).unwrap();
    let found: BTreeSet<String> = bases(&archive).into_iter().collect();
    let expected: BTreeSet<String> =
        writers.iter().flat_map(|name| (0..EACH).map(move |number| format!("{name}-{number}"))).collect();
    assert_eq!(found, expected);
    assert_eq!(archive.entries().len(), expected.len());
    assert_spotless(folder, "");
}

#[test]
fn threads_lose_nothing() {
    let above = tempfile::tempdir().unwrap();
    // Not even the folder is there when they begin.
    let folder = above.path().join("archive");
    let heads: Vec<Head> = thread::scope(|scope| {
        let writers = ["a", "b", "c"].map(|name| scope.spawn(|| write(&LocalDisk, &folder, name)));
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    assert_all_are_there(&folder, &["a", "b", "c"]);
    let archive = Archive::open(&folder).unwrap();
    assert!(heads.iter().all(|head| archive.with_head(&(*head).into()).is_some()));
}

#[test]
fn threads_lose_nothing_where_there_are_no_locks() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("archive");
    let without_locks = |_, step: &Step| {
        if step.kind == "lock" { Fate::Fails(ErrorKind::Unsupported) } else { Fate::Spared }
    };
    thread::scope(|scope| {
        for name in ["a", "b", "c"] {
            let folder = &folder;
            scope.spawn(move || write(&Rigged::new(without_locks), folder, name));
        }
    });
    assert_all_are_there(&folder, &["a", "b", "c"]);
}

/// No test of its own, but what the next one starts as a process.
#[test]
fn writes_when_it_is_told_to() {
    let Ok(told) = env::var(CHILD) else { return };
    let (name, folder) = told.split_once(' ').unwrap();
    write(&LocalDisk, &PathBuf::from(folder), name);
}

#[test]
fn processes_lose_nothing() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("archive");
    let start = |name: &str| {
        Command::new(env::current_exe().unwrap())
            .args(["--exact", "together::writes_when_it_is_told_to"])
            .env(CHILD, format!("{name} {}", folder.display()))
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    };
    let children = ["a", "b"].map(start);
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_all_are_there(&folder, &["a", "b"]);
}

#[test]
fn a_second_writer_is_told_to_wait_and_a_reader_is_not() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("archive");
    let writer = Writer::begin(&folder, &LocalDisk).unwrap();
    let problems = Writer::begin(&folder, &LocalDisk).err().unwrap();
    assert_eq!(
        problems[0].to_string(),
        format!(
            "error: {}: somebody else is closing a run in this archive\n  hint: try again when they are done",
            folder.display()
        )
    );
    assert_eq!(Archive::open_or_empty(&folder).unwrap().entries(), []);
    drop(writer);
    Writer::begin(&folder, &LocalDisk).unwrap();
}

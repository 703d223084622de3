//! Contents that are removed: what goes, and what stays.

use std::fs;
use std::io::ErrorKind;

use honorar_archive::{Archive, EntryKind, LocalDisk, Writer};

use crate::rigged::{Fate, Rigged, Step};
use crate::support::{
    VERSION, append, archive_of, assert_spotless, closed, codes, copy_tree, export_of, files, prune_on,
    quick, snapshot,
};

#[test]
fn manifests_stay_when_contents_go() {
    let (_above, folder) = archive_of(2);
    Writer::begin(&folder, &LocalDisk)
        .unwrap()
        .append("aurland", VERSION, export_of(1), &files("x"))
        .unwrap();
    let head = prune_on(&LocalDisk, &folder, &[3, 1]).unwrap();
    let archive = Archive::open(&folder).unwrap();
    assert_eq!(archive.head(), Some(head));
    let pruned = EntryKind::Prune { older_than: "2014-12-31".to_owned(), entries: vec![1, 3] };
    assert_eq!(archive.entries()[3].manifest.entry, pruned);
    assert_eq!([1, 2, 3, 4].map(|number| archive.is_pruned(number)), [true, false, true, false]);
    assert_eq!(archive.entries()[0].manifest.entry, closed("basis-1"));
    let names: Vec<String> =
        snapshot(&folder).into_keys().filter(|name| !name.starts_with("0002/")).collect();
    let expected =
        ["0001", "0003", "0004"].map(|entry| ["json", "sha256"].map(|end| format!("{entry}/manifest.{end}")));
    assert_eq!(names, expected.concat());
    assert!(!folder.join("0001/run").exists());
    assert_eq!(archive.files_of(2).unwrap().len(), 4);
    assert_eq!(
        archive.read(1, "run/lines.csv").unwrap_err().to_string(),
        format!(
            "error: {}/0001/run/lines.csv: the file is gone: the contents of this entry were removed as too old",
            folder.display()
        )
    );
    assert_spotless(&folder, "");
    append(&folder, "after").unwrap();
    assert_spotless(&folder, "");
}

#[test]
fn pruning_again_finishes_and_says_nothing_twice() {
    let (_above, folder) = archive_of(3);
    let before = tempfile::tempdir().unwrap();
    copy_tree(&folder, before.path());
    let head = prune_on(&LocalDisk, &folder, &[1]).unwrap();
    assert_eq!(prune_on(&LocalDisk, &folder, &[1]).unwrap(), head);
    // As after a crash, with one file still there.
    fs::create_dir(folder.join("0001/run")).unwrap();
    fs::copy(before.path().join("0001/run/lines.csv"), folder.join("0001/run/lines.csv")).unwrap();
    let archive = Archive::open(&folder).unwrap();
    assert_eq!(
        archive.check().iter().map(ToString::to_string).collect::<Vec<_>>(),
        [format!(
            "note: {}/0001: contents of this entry are still there, though a later entry says that they are \
             removed\n  hint: remove what is too old once more",
            folder.display()
        )]
    );
    // Nothing is handed out that the archive says is gone.
    assert_eq!(archive.read(1, "run/lines.csv").unwrap_err().code, "gone");
    assert_eq!(prune_on(&LocalDisk, &folder, &[]).unwrap(), head);
    assert_spotless(&folder, "");
    assert_ne!(prune_on(&LocalDisk, &folder, &[1, 2]).unwrap(), head);
    let pruned = EntryKind::Prune { older_than: "2014-12-31".to_owned(), entries: vec![2] };
    assert_eq!(Archive::open(&folder).unwrap().entries()[4].manifest.entry, pruned);
}

#[test]
fn contents_go_only_when_the_entry_that_says_so_is_there_for_good() {
    let (_above, folder) = archive_of(2);
    // The disk is asked to confirm the entry and does not.
    let archive = folder.clone();
    let refuses = move |_, step: &Step| {
        let is_it = step.kind == "sync_folder" && step.path == archive;
        if is_it { Fate::Fails(ErrorKind::Other) } else { Fate::Spared }
    };
    let disk = Rigged::new(refuses);
    for _ in 0..2 {
        assert_eq!(codes(&prune_on(&disk, &folder, &[1]).unwrap_err()), ["not_durable"]);
        assert!(disk.steps.borrow().iter().all(|step| step.kind != "remove_file"));
    }
    let disk = quick();
    prune_on(&disk, &folder, &[1]).unwrap();
    let steps = disk.steps.into_inner();
    let confirmed = steps.iter().position(|step| step.kind == "sync_folder" && step.path == folder);
    let removed = steps.iter().position(|step| step.kind == "remove_file");
    assert!(confirmed.unwrap() < removed.unwrap(), "{steps:#?}");
    assert_eq!(Archive::open(&folder).unwrap().entries().len(), 3);
    assert_spotless(&folder, "");
}

#[test]
fn what_cannot_be_pruned_is_left_alone() {
    let (_above, folder) = archive_of(2);
    prune_on(&LocalDisk, &folder, &[1]).unwrap();
    let before = snapshot(&folder);
    for numbers in [&[0][..], &[4], &[3], &[2, 3]] {
        assert_eq!(
            codes(&prune_on(&LocalDisk, &folder, numbers).unwrap_err()),
            ["wrong_entry"],
            "{numbers:?}"
        );
    }
    let mut writer = Writer::begin(&folder, &LocalDisk).unwrap();
    assert_eq!(codes(&writer.prune("some day", &[2], VERSION).unwrap_err()), ["wrong_entry"]);
    drop(writer);
    assert_eq!(snapshot(&folder), before);
    let (_above, empty) = archive_of(0);
    assert_eq!(codes(&prune_on(&LocalDisk, &empty, &[1]).unwrap_err()), ["no_archive"]);
}

#[test]
fn what_somebody_else_put_there_stays() {
    let (_above, folder) = archive_of(1);
    fs::write(folder.join("0001/run/note.txt"), "mine").unwrap();
    prune_on(&LocalDisk, &folder, &[1]).unwrap();
    assert_eq!(fs::read_to_string(folder.join("0001/run/note.txt")).unwrap(), "mine");
    assert!(!folder.join("0001/run/lines.csv").exists());
    assert!(codes(&Archive::open(&folder).unwrap().check()).contains(&"strange"));
}

#[cfg(unix)]
#[test]
fn pruning_follows_no_link() {
    let (above, folder) = archive_of(1);
    let elsewhere = above.path().join("elsewhere");
    fs::rename(folder.join("0001/run"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.join("0001/run")).unwrap();
    let problems = prune_on(&LocalDisk, &folder, &[1]).unwrap_err();
    assert_eq!(codes(&problems), ["strange"]);
    assert!(elsewhere.join("lines.csv").exists() && elsewhere.join("input/frammøte.csv").exists());
    assert!(!folder.join("0001/postings.csv").exists());
}

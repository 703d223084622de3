//! Disks that fail at some step: the archive is the old one or the new one, and says which.

use std::fs;
use std::io::ErrorKind;

use honorar_archive::{Archive, Writer};

use crate::rigged::{Fate, Rigged, Step};
use crate::support::{
    Deed, append, append_on, archive_of, assert_spotless, assert_whole, closed, codes, files, snapshot,
};

/// Does a deed with each step failing in turn, alone or with all that follow.
fn with_each_step_failing(deed: Deed, kind: ErrorKind, with_all_that_follow: bool) {
    let seen = deed.seen();
    assert!(seen.steps.len() >= 20, "{:#?}", seen.steps);
    for at in 0..=seen.steps.len() {
        let context = format!("{deed:?}, {kind:?} at {at}: {:?}", seen.steps.get(at));
        let (_above, folder) = deed.before();
        let fails = |step| if with_all_that_follow { step >= at } else { step == at };
        let disk = Rigged::new(|step, _| if fails(step) { Fate::Fails(kind) } else { Fate::Spared });
        let result = deed.on(&disk, &folder);
        let is_done = seen.is_done(deed, &folder, &context);
        match &result {
            Ok(head) => {
                assert!(is_done, "{context}");
                assert_eq!(Archive::open(&folder).unwrap().head(), Some(*head), "{context}");
            }
            Err(problems) => {
                // What is said of the archive is what is the case.
                let says_done =
                    codes(problems).iter().all(|code| matches!(*code, "not_durable" | "not_removed"));
                assert_eq!(is_done, says_done, "{context}: {problems:#?}");
            }
        }
        assert_eq!(at == seen.steps.len(), at >= disk.steps.borrow().len(), "{context}");
        if !with_all_that_follow && folder.exists() && !is_done {
            // One that could still be removed is removed at once.
            let archive = Archive::open_or_empty(&folder).unwrap();
            assert_eq!(archive.check(), [], "{context}");
        }
        seen.goes_on(deed, &folder, is_done, &context);
    }
}

#[test]
fn the_first_entry_is_put_in_whole_or_not_at_all() {
    with_each_step_failing(Deed::First, ErrorKind::StorageFull, true);
    with_each_step_failing(Deed::First, ErrorKind::StorageFull, false);
}

#[test]
fn a_later_entry_is_put_in_whole_or_not_at_all() {
    with_each_step_failing(Deed::Third, ErrorKind::StorageFull, true);
    with_each_step_failing(Deed::Third, ErrorKind::StorageFull, false);
}

#[test]
fn contents_are_removed_or_said_not_to_be() {
    with_each_step_failing(Deed::Prune, ErrorKind::StorageFull, true);
    with_each_step_failing(Deed::Prune, ErrorKind::StorageFull, false);
}

#[test]
fn a_disk_that_becomes_read_only_does_no_harm() {
    with_each_step_failing(Deed::Third, ErrorKind::ReadOnlyFilesystem, true);
    with_each_step_failing(Deed::Prune, ErrorKind::ReadOnlyFilesystem, true);
}

#[test]
fn a_right_that_is_taken_away_does_no_harm() {
    with_each_step_failing(Deed::First, ErrorKind::PermissionDenied, true);
    with_each_step_failing(Deed::Third, ErrorKind::PermissionDenied, true);
    with_each_step_failing(Deed::Prune, ErrorKind::PermissionDenied, true);
}

/// A disk on which one kind of step fails, for one path's last part where it is given.
fn failing(kind: &'static str, fate: Fate) -> Rigged<'static> {
    Rigged::new(move |_, step: &Step| if step.kind == kind { fate } else { Fate::Spared })
}

#[test]
fn a_full_disk_is_said_in_words_that_help() {
    let (_above, folder) = archive_of(1);
    let problems =
        append_on(&failing("write", Fate::Fails(ErrorKind::StorageFull)), &folder, "x").unwrap_err();
    let words = format!(
        "error: {}: entry 0002 cannot be written: no storage space\n  \
         hint: make room and try again; the archive is as it was",
        folder.display()
    );
    assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [words]);
}

#[test]
fn an_entry_that_the_disk_did_not_confirm_is_said_to_stand() {
    let (_above, folder) = archive_of(1);
    let archive = folder.clone();
    let disk = Rigged::new(move |_, step: &Step| {
        let is_last = step.kind == "sync_folder" && step.path == archive;
        if is_last { Fate::Fails(ErrorKind::Other) } else { Fate::Spared }
    });
    let problems = append_on(&disk, &folder, "x").unwrap_err();
    let words = format!(
        "error: {}: entry 0002 is in the archive, but the disk did not confirm it: other error\n  \
         hint: do not put it in again; look after the disk, and check the archive",
        folder.display()
    );
    assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [words]);
    assert_eq!(Archive::open(&folder).unwrap().entries().len(), 2);
    assert_spotless(&folder, "");
}

#[test]
fn a_rename_whose_answer_is_lost_is_not_done_twice() {
    let (_above, folder) = archive_of(1);
    let disk = failing("rename", Fate::DoneButFails(ErrorKind::NotFound));
    append_on(&disk, &folder, "x").unwrap();
    assert_eq!(Archive::open(&folder).unwrap().entries().len(), 2);
    assert_spotless(&folder, "");
}

#[test]
fn all_of_an_entry_is_on_the_disk_before_it_appears() {
    for deed in [Deed::First, Deed::Third] {
        let steps = deed.seen().steps;
        let at = |kind: &str| steps.iter().position(|step| step.kind == kind).unwrap();
        let rename = at("rename");
        let hidden = &steps[rename].path;
        let (mut files, mut folders) = (0, 0);
        for (number, step) in steps.iter().enumerate() {
            if step.kind == "create_file" && step.path.starts_with(hidden) {
                files += 1;
                // Everything about the file comes before it is synced, and that before the next file.
                let kinds: Vec<_> = steps[number + 1..rename]
                    .iter()
                    .map(|step| step.kind)
                    .take_while(|kind| *kind != "create_file")
                    .collect();
                let last = kinds.iter().position(|kind| *kind == "sync_file").unwrap();
                let is_about_it = |kind: &&str| matches!(*kind, "write" | "set_group" | "set_mode");
                assert!(kinds[..last].iter().all(is_about_it), "{kinds:?}");
            } else if step.kind == "create_folder" && step.path.starts_with(hidden) {
                folders += 1;
                let sync = steps[..rename]
                    .iter()
                    .rposition(|one| one.kind == "sync_folder" && one.path == step.path);
                let sync = sync.unwrap();
                let is_changed = |one: &Step| one.path.parent() == Some(&*step.path) || one.path == step.path;
                assert!(
                    !steps[sync + 1..rename].iter().any(|one| is_changed(one) && one.kind != "sync_folder")
                );
            } else if step.kind == "create_folder" {
                let (above, is_next) = (step.path.parent(), &steps[number + 1]);
                assert!(is_next.kind == "sync_folder" && Some(&*is_next.path) == above, "{is_next:?}");
            }
        }
        assert_eq!((files, folders), (6, 3));
        let last = steps.last().unwrap();
        assert_eq!((last.kind, Some(&*last.path)), ("sync_folder", hidden.parent()));
        assert_eq!(steps.len(), rename + 2);
    }
}

#[test]
fn only_what_a_crash_left_behind_is_removed() {
    let (_above, folder) = archive_of(1);
    let (leftover, other) = (folder.join(".0002-00000000000000ff"), folder.join(".2024-notes"));
    fs::create_dir_all(leftover.join("run")).unwrap();
    fs::write(leftover.join("run/lines.csv"), "half").unwrap();
    fs::write(&other, "mine").unwrap();
    let problems = Archive::open(&folder).unwrap().check();
    assert_eq!(codes(&problems), ["leftover", "strange"]);
    append(&folder, "x").unwrap();
    assert!(!leftover.exists() && other.exists());
}

#[cfg(unix)]
#[test]
fn removing_leftovers_follows_no_link() {
    let (above, folder) = archive_of(1);
    let elsewhere = above.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("kept"), "kept").unwrap();
    let leftover = folder.join(".0002-00000000000000ff");
    fs::create_dir(&leftover).unwrap();
    std::os::unix::fs::symlink(&elsewhere, leftover.join("run")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.join(".0002-0000000000000000")).unwrap();
    append(&folder, "x").unwrap();
    assert!(elsewhere.join("kept").exists());
    assert_spotless(&folder, "");
}

#[test]
fn without_locks_nobodys_work_is_removed() {
    let (_above, folder) = archive_of(1);
    let others = folder.join(".0002-00000000000000ff");
    fs::create_dir(&others).unwrap();
    let disk = failing("lock", Fate::Fails(ErrorKind::Unsupported));
    append_on(&disk, &folder, "x").unwrap();
    assert!(others.exists());
    assert_whole(&folder, "");
    assert_eq!(Archive::open(&folder).unwrap().entries().len(), 2);
}

#[test]
fn whoever_comes_second_to_a_number_takes_nothing() {
    let (_above, folder) = archive_of(1);
    let disk = failing("lock", Fate::Fails(ErrorKind::Unsupported));
    let mut slow = Writer::begin(&folder, &disk).unwrap();
    append(&folder, "quick").unwrap();
    let before = snapshot(&folder);
    let entry = closed("slow");
    let problems = slow.append("aurland", "0.1.0", entry, &files("slow")).unwrap_err();
    assert_eq!(codes(&problems), ["busy"]);
    assert_eq!(snapshot(&folder), before);
    assert_spotless(&folder, "");
}

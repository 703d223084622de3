//! Processes that die at some step, really: the archive is the old one or the new one.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::rigged::{Fate, Rigged};
use crate::support::Deed;

const CHILD: &str = "HONORAR_ARCHIVE_DIES";

/// No test of its own, but what the others start as a process: a deed, the step at which to die, and whether in
/// the middle of it.
#[test]
fn dies_when_it_is_told_to() {
    let Ok(told) = env::var(CHILD) else { return };
    let mut told = told.splitn(4, ' ');
    let mut next = || told.next().unwrap();
    let deed = Deed::named(next());
    let at: usize = next().parse().unwrap();
    let fate = if next() == "half" { Fate::DiesHalfway } else { Fate::Dies };
    let folder = PathBuf::from(next());
    let disk = Rigged::new(move |step, _| if step == at { fate } else { Fate::Spared });
    deed.on(&disk, &folder).unwrap();
}

/// Whether the process lived.
fn lives(deed: Deed, at: usize, how: &str, folder: &Path) -> bool {
    let status = Command::new(env::current_exe().unwrap())
        .args(["--exact", "crashes::dies_when_it_is_told_to", "--nocapture"])
        .env(CHILD, format!("{deed:?} {at} {how} {}", folder.display()))
        .current_dir(env::temp_dir())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    #[cfg(unix)]
    {
        // Killed by its own `abort`, not failed as a test.
        let signal = std::os::unix::process::ExitStatusExt::signal(&status);
        assert!(status.success() || signal == Some(6), "{deed:?} {at} {how}: {status}");
    }
    status.success()
}

fn dies_at_each_step(deed: Deed) {
    let seen = deed.seen();
    assert!(seen.steps.len() >= 20, "{:#?}", seen.steps);
    let (mut old, mut new) = (0, 0);
    for at in 0..=seen.steps.len() {
        let step = seen.steps.get(at);
        let is_write = step.is_some_and(|step| step.kind == "write");
        for how in if is_write { &["whole", "half"][..] } else { &["whole"] } {
            let context = format!("{deed:?}, dead at {at} ({how}): {step:?}");
            let (_above, folder) = deed.before();
            assert_eq!(lives(deed, at, how, &folder), step.is_none(), "{context}");
            let is_done = seen.is_done(deed, &folder, &context);
            *if is_done { &mut new } else { &mut old } += 1;
            seen.goes_on(deed, &folder, is_done, &context);
        }
    }
    // Dead before the last step of an entry, it stands; dead before the one before that, it does not.
    assert!(old >= 15 && new >= 2, "{old} {new}");
}

#[test]
fn a_crash_leaves_no_archive_or_its_first_entry() {
    dies_at_each_step(Deed::First);
}

#[test]
fn a_crash_leaves_the_old_archive_or_the_new_one() {
    dies_at_each_step(Deed::Third);
}

#[test]
fn a_crash_leaves_contents_that_are_removed_the_next_time() {
    dies_at_each_step(Deed::Prune);
}

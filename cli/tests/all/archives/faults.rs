//! Closing, exporting and removing on disks that fail or processes that die at any step: the old archive or the new
//! one, which verifies in full, and whoever does it again is done or told that it is done.

use std::collections::BTreeMap;
use std::env;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use honorar_archive::{Archive, Disk};
use honorar_closing::{Approval, close, export, prune, verify_archive};
use honorar_problems::Problem;
use honorar_rates::Receiver;

use super::rigged::{Fate, Rigged, Step};
use super::support::{self, copy, done, files, run, small_archive, write_basis};

/// What is done while the disk fails or the process dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// The first run is closed: the archive is not there yet.
    First,
    /// The next run is closed.
    Next,
    /// A payroll file is made of a closed run.
    Export,
    /// The contents of a closed run and of its payroll file are removed.
    Prune,
}

type Files = BTreeMap<String, Vec<u8>>;

impl Deed {
    const ALL: [Self; 4] = [Self::First, Self::Next, Self::Export, Self::Prune];

    /// A folder in which it can be done.
    fn before(self) -> tempfile::TempDir {
        let (first, next) = ("2014-H1", "2014-H2");
        let (folder, _) = match self {
            Self::First | Self::Next => (tempfile::tempdir().expect("a folder"), String::new()),
            Self::Export | Self::Prune => small_archive(),
        };
        match self {
            Self::First => {
                write_basis(folder.path());
                run(folder.path(), first);
            }
            Self::Next => {
                write_basis(folder.path());
                run(folder.path(), first);
                support::close(folder.path(), first);
                run(folder.path(), next);
            }
            Self::Export => {}
            Self::Prune => {
                done(folder.path(), &["export", "archive/0001", "--to", "unimicro"]);
            }
        }
        folder
    }

    fn on(self, disk: &dyn Disk, folder: &Path) -> Result<(), Vec<Problem>> {
        let archive = folder.join("archive");
        let day = |text: &str| text.parse().expect("a day");
        let closed = |period: &str| {
            let approval = Approval {
                prepared_by: "Kari Nes".to_owned(),
                approved_by: "Ola Vik".to_owned(),
                approved_on: None,
            };
            close(&folder.join(period), &archive, &approval, disk).map(drop)
        };
        match self {
            Self::First => closed("2014-H1"),
            Self::Next => closed("2014-H2"),
            Self::Export => export(&archive, 1, Receiver::Unimicro, None, disk).map(drop),
            Self::Prune => prune(&archive, day("2014-07-01"), day("2020-01-01"), disk).map(drop),
        }
    }

    /// What whoever does it again is told, where it is done already.
    fn said_again(self) -> &'static [&'static str] {
        match self {
            Self::First | Self::Next => &["closed"],
            Self::Export => &["exported"],
            Self::Prune => &[],
        }
    }

    fn seen(self) -> Seen {
        let folder = self.before();
        let copied = tempfile::tempdir().expect("a folder");
        copy(folder.path(), copied.path());
        let before = archive_of(copied.path());
        let disk = quick();
        self.on(&disk, copied.path()).unwrap_or_else(|problems| panic!("{self:?}: {problems:#?}"));
        let steps = disk.steps.borrow().clone();
        Seen { deed: self, folder, before, after: archive_of(copied.path()), steps }
    }
}

/// A disk that does everything but wait for the disk.
fn quick() -> Rigged<'static> {
    Rigged::new(|_, _| Fate::Spared)
}

/// The files of the archive; what a crash left behind is none of them.
fn archive_of(folder: &Path) -> Files {
    let archive = folder.join("archive");
    let mut found = if archive.exists() { files(&archive) } else { Files::new() };
    found.retain(|name, _| !name.starts_with('.'));
    found
}

fn codes(problems: &[Problem]) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.code).collect()
}

/// A deed, the archive before and after it, and the steps between.
struct Seen {
    deed: Deed,
    folder: tempfile::TempDir,
    before: Files,
    after: Files,
    steps: Vec<Step>,
}

impl Seen {
    /// A folder of its own in which to do it.
    fn copied(&self) -> tempfile::TempDir {
        let copied = tempfile::tempdir().expect("a folder");
        copy(self.folder.path(), copied.path());
        copied
    }

    /// Whether it is done, in an archive that verifies in full; and then it is done once more.
    fn is_done(&self, folder: &Path, context: &str) -> bool {
        let archive = folder.join("archive");
        let opened = Archive::open_or_empty(&archive);
        let entries = opened.unwrap_or_else(|problems| panic!("{context}: {problems:#?}")).entries().len();
        if entries > 0 {
            let verified =
                verify_archive(&archive, None).unwrap_or_else(|problems| panic!("{context}: {problems:#?}"));
            assert!(verified.holds(), "{context}: {:#?}", verified.problems);
        }
        let found = archive_of(folder);
        let is_done = found != self.before;
        if is_done && self.deed == Deed::Prune {
            // Something may be left of what is to be removed, and nothing else.
            let is_known = |(name, bytes): (&String, &Vec<u8>)| {
                [&self.before, &self.after].iter().any(|files| files.get(name) == Some(bytes))
            };
            assert!(found.iter().all(is_known), "{context}");
            assert!(self.after.iter().all(|(name, bytes)| found.get(name) == Some(bytes)), "{context}");
        } else if is_done {
            assert_eq!(found.keys().collect::<Vec<_>>(), self.after.keys().collect::<Vec<_>>(), "{context}");
            assert!(found == self.after, "{context}");
        }
        match self.deed.on(&quick(), folder) {
            Ok(()) => assert!(!is_done || self.deed == Deed::Prune, "{context}: done twice"),
            Err(problems) => {
                assert!(is_done, "{context}: {problems:#?}");
                assert_eq!(codes(&problems), self.deed.said_again(), "{context}");
            }
        }
        assert!(archive_of(folder) == self.after, "{context}");
        is_done
    }
}

fn with_each_step_failing(deed: Deed, kind: ErrorKind, with_all_that_follow: bool) {
    let seen = deed.seen();
    assert!(seen.steps.len() >= 15, "{:#?}", seen.steps);
    for at in 0..seen.steps.len() {
        let context = format!("{deed:?}, {kind:?} at {at}: {:?}", seen.steps[at]);
        let folder = seen.copied();
        let run = files(&folder.path().join("2014-H1"));
        let fails = |step| if with_all_that_follow { step >= at } else { step == at };
        let disk = Rigged::new(|step, _| if fails(step) { Fate::Fails(kind) } else { Fate::Spared });
        let result = deed.on(&disk, folder.path());
        assert_eq!(files(&folder.path().join("2014-H1")), run, "{context}: the run stays as it is");
        let is_done = seen.is_done(folder.path(), &context);
        match result {
            Ok(()) => assert!(is_done, "{context}"),
            Err(problems) => {
                let says_done =
                    codes(&problems).iter().all(|code| matches!(*code, "not_durable" | "not_removed"));
                assert_eq!(is_done, says_done, "{context}: {problems:#?}");
                assert!(problems.iter().all(|problem| problem.hint.is_some()), "{context}: {problems:#?}");
            }
        }
    }
}

#[test]
fn a_disk_that_is_full_does_no_harm() {
    for deed in Deed::ALL {
        with_each_step_failing(deed, ErrorKind::StorageFull, true);
        with_each_step_failing(deed, ErrorKind::StorageFull, false);
    }
}

#[test]
fn a_disk_that_becomes_read_only_does_no_harm() {
    for deed in Deed::ALL {
        with_each_step_failing(deed, ErrorKind::ReadOnlyFilesystem, true);
    }
}

const CHILD: &str = "HONORAR_DIES";

/// No test of its own, but what the next starts as a process: a deed, the step at which to die, and whether in the
/// middle of it.
#[test]
fn dies_when_it_is_told_to() {
    let Ok(told) = env::var(CHILD) else { return };
    let told: Vec<&str> = told.splitn(4, ' ').collect();
    let [deed, at, how, folder] = told[..] else { panic!("{told:?}") };
    let deed = Deed::ALL.into_iter().find(|one| format!("{one:?}") == deed).expect("a deed");
    let at: usize = at.parse().expect("a step");
    let fate = if how == "half" { Fate::DiesHalfway } else { Fate::Dies };
    let disk = Rigged::new(move |step, _| if step == at { fate } else { Fate::Spared });
    deed.on(&disk, &PathBuf::from(folder)).expect("nothing else is wrong");
}

/// Does the deed in a process that dies at a step.
fn dies(deed: Deed, at: usize, how: &str, folder: &Path) {
    let status = Command::new(env::current_exe().expect("these tests"))
        .args(["--exact", "archives::faults::dies_when_it_is_told_to", "--nocapture"])
        .env(CHILD, format!("{deed:?} {at} {how} {}", folder.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("it starts");
    assert!(!status.success(), "{deed:?} {at}");
    #[cfg(unix)]
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(6), "{deed:?} {at}: {status}");
}

fn dies_at_each_step(deed: Deed) {
    let seen = deed.seen();
    let (mut old, mut new) = (0, 0);
    for (at, step) in seen.steps.iter().enumerate() {
        for how in if step.kind == "write" { &["whole", "half"][..] } else { &["whole"] } {
            let folder = seen.copied();
            dies(deed, at, how, folder.path());
            let is_done = seen.is_done(folder.path(), &format!("{deed:?}, dead at {at} ({how}): {step:?}"));
            *if is_done { &mut new } else { &mut old } += 1;
        }
    }
    assert!(old > 0 && new > 0, "{deed:?}: {old} {new}");
}

#[test]
fn a_process_that_dies_closing_leaves_the_old_archive_or_the_new_one() {
    dies_at_each_step(Deed::First);
    dies_at_each_step(Deed::Next);
}

#[test]
fn a_process_that_dies_exporting_or_removing_leaves_the_old_archive_or_the_new_one() {
    dies_at_each_step(Deed::Export);
    dies_at_each_step(Deed::Prune);
}

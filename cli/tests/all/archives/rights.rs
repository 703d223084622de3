//! The rights of the archive's folder hold for what is put into it; nothing is readable by everybody.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::support::{done, small_archive, write_basis};

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).expect("it is there").permissions().mode() & 0o7777
}

/// Runs the binary for somebody whose new files are everybody's.
fn openly(folder: &Path, arguments: &[&str]) {
    let output = Command::new("sh")
        .args(["-c", "umask 0; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_honorar")])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the binary runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The modes of files and folders below a folder, each once.
fn modes(folder: &Path) -> (Vec<u32>, Vec<u32>) {
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    let mut left = vec![folder.to_owned()];
    while let Some(path) = left.pop() {
        for entry in fs::read_dir(&path).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(mode(&path));
                left.push(path);
            } else if !path.ends_with(".lock") {
                files.push(mode(&path));
            }
        }
    }
    for all in [&mut folders, &mut files] {
        all.sort_unstable();
        all.dedup();
    }
    (folders, files)
}

const PEOPLE: [&str; 4] = ["--prepared-by", "Kari Nes", "--approved-by", "Ola Vik"];

/// What is put in where an archive's folder has this mode.
fn put_into(of_archive: u32) -> (Vec<u32>, Vec<u32>, u32) {
    let folder = tempfile::tempdir().expect("a folder");
    write_basis(folder.path());
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).expect("a folder");
    fs::set_permissions(&archive, fs::Permissions::from_mode(of_archive)).expect("its rights");
    let run = ["run", "basis", "--period", "2014-H1", "--archive", "archive", "--out", "h1"];
    openly(folder.path(), &run);
    assert_eq!((mode(&folder.path().join("h1")), modes(&folder.path().join("h1")).1), (0o700, vec![0o600]));
    openly(folder.path(), &[&["close", "h1", "--archive", "archive"], &PEOPLE[..]].concat());
    openly(folder.path(), &["export", "archive/0001", "--to", "unimicro"]);
    assert_eq!(mode(&archive), of_archive, "the folder's own stay");
    let (folders, files) = modes(&archive);
    (folders, files, mode(&archive.join(".lock")))
}

#[test]
fn what_is_put_in_has_the_archives_rights_less_those_of_everybody() {
    assert_eq!(put_into(0o750), (vec![0o750], vec![0o440], 0o640));
    assert_eq!(put_into(0o2770), (vec![0o770], vec![0o440], 0o660));
    assert_eq!(put_into(0o2750), (vec![0o750], vec![0o440], 0o640));
    assert_eq!(put_into(0o700), (vec![0o700], vec![0o400], 0o600));
    assert_eq!(put_into(0o777), (vec![0o770], vec![0o440], 0o660), "nobody is everybody");
}

#[test]
fn a_new_archive_is_its_owners_only() {
    let folder = tempfile::tempdir().expect("a folder");
    write_basis(folder.path());
    let run = ["run", "basis", "--period", "2014-H1", "--archive", "deep/archive", "--out", "h1"];
    openly(folder.path(), &run);
    assert!(!folder.path().join("deep").exists(), "a run makes no archive");
    openly(folder.path(), &[&["close", "h1", "--archive", "deep/archive"], &PEOPLE[..]].concat());
    assert_eq!(mode(&folder.path().join("deep")), 0o700);
    assert_eq!(modes(&folder.path().join("deep")), (vec![0o700], vec![0o400]));
}

#[test]
fn statements_of_a_closed_run_are_their_owners_only() {
    let (folder, _) = small_archive();
    openly(folder.path(), &["statements", "archive/0001", "--out", "deep/letters"]);
    assert_eq!(mode(&folder.path().join("deep/letters")), 0o700);
    assert_eq!(modes(&folder.path().join("deep/letters")), (vec![0o700], vec![0o600]));
}

/// An archive on a stick that nobody can write to is read and verified all the same.
#[test]
fn a_read_only_archive_is_verified() {
    let (folder, head) = small_archive();
    let archive = folder.path().join("archive");
    fs::set_permissions(&archive, fs::Permissions::from_mode(0o500)).expect("its rights");
    done(folder.path(), &["verify", "archive", "--head", &head]);
    done(folder.path(), &["run", "basis", "--period", "2014-H2", "--archive", "archive", "--out", "again"]);
    fs::set_permissions(&archive, fs::Permissions::from_mode(0o700)).expect("its rights");
}

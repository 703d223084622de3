//! Who may read what is put in, while it is put in and afterwards.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use crate::rigged::{Fate, Rigged, Step};
use crate::support::{append, append_on, assert_spotless, codes, prune_on};

/// What is in a folder, with modes and groups.
fn all_in(folder: &Path) -> Vec<(PathBuf, fs::Metadata)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let metadata = fs::symlink_metadata(&path).unwrap();
        if metadata.is_dir() {
            found.extend(all_in(&path));
        }
        found.push((path, metadata));
    }
    found
}

fn with_mode(mode: u32) -> (tempfile::TempDir, PathBuf) {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("archive");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    (above, folder)
}

#[test]
fn what_is_put_in_has_the_rights_of_the_archive_minus_those_for_others() {
    for (mode, folders, files, lock) in [
        (0o700, 0o700, 0o400, 0o600),
        (0o750, 0o750, 0o440, 0o640),
        (0o770, 0o770, 0o440, 0o660),
        (0o755, 0o750, 0o440, 0o640),
        (0o777, 0o770, 0o440, 0o660),
        (0o2750, 0o750, 0o440, 0o640),
        (0o2770, 0o770, 0o440, 0o660),
    ] {
        let (_above, folder) = with_mode(mode);
        let group = fs::metadata(&folder).unwrap().gid();
        let look = || {
            for (path, metadata) in all_in(&folder) {
                assert_eq!(metadata.mode() & 0o007, 0, "{mode:o}: {}", path.display());
            }
        };
        let disk = Rigged::watched(look);
        append_on(&disk, &folder, "one").unwrap();
        append_on(&disk, &folder, "two").unwrap();
        prune_on(&disk, &folder, &[1]).unwrap();
        assert!(disk.steps.borrow().len() > 60);
        let found = all_in(&folder);
        assert!(found.len() > 15, "{found:?}");
        for (path, metadata) in found {
            let expected = match metadata.is_dir() {
                true => folders,
                false if path.ends_with(".lock") => lock,
                false => files,
            };
            assert_eq!(metadata.mode() & 0o7777, expected, "{mode:o}: {}", path.display());
            assert_eq!(metadata.gid(), group, "{mode:o}: {}", path.display());
        }
        assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o7777, mode);
    }
}

#[test]
fn an_entry_opens_to_its_group_only_when_it_is_whole() {
    let (_above, folder) = with_mode(0o750);
    let look = || {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let is_hidden = entry.file_name().to_str().unwrap().starts_with(".0");
            let is_whole = entry.path().join("manifest.sha256").exists();
            let mode = entry.metadata().unwrap().mode();
            assert!(!is_hidden || is_whole || mode & 0o777 == 0o700, "{entry:?}: {mode:o}");
        }
    };
    append_on(&Rigged::watched(look), &folder, "one").unwrap();
    assert_spotless(&folder, "");
}

#[test]
fn an_archive_that_is_not_there_is_made_for_its_owner_only() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("new/archive");
    append(&folder, "one").unwrap();
    for folder in [&folder, &above.path().join("new")] {
        assert_eq!(fs::metadata(folder).unwrap().mode() & 0o777, 0o700);
    }
    for (path, metadata) in all_in(&folder) {
        assert_eq!(metadata.mode() & 0o077, 0, "{}", path.display());
    }
}

#[test]
fn what_is_put_in_has_the_group_of_the_archive() {
    for mode in [0o750, 0o2750] {
        let (_above, folder) = with_mode(mode);
        if let Err(error) = chown(&folder, None, Some(54_321)) {
            eprintln!("LEFT OUT: this user may give nothing to another group: {error}");
            return;
        }
        // The change of group may have taken the bit away.
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        append(&folder, "one").unwrap();
        let found = all_in(&folder);
        assert!(found.len() > 8);
        for (path, metadata) in found {
            assert_eq!(metadata.gid(), 54_321, "{mode:o}: {}", path.display());
            assert_eq!(metadata.mode() & 0o7007, 0, "{mode:o}: {}", path.display());
        }
    }
}

#[test]
fn an_entry_without_the_group_does_not_appear() {
    let (_above, folder) = with_mode(0o750);
    append(&folder, "one").unwrap();
    if let Err(error) = chown(&folder, None, Some(54_321)) {
        eprintln!("LEFT OUT: this user may give nothing to another group: {error}");
        return;
    }
    let refuses = |_, step: &Step| {
        if step.kind == "set_group" { Fate::Fails(ErrorKind::PermissionDenied) } else { Fate::Spared }
    };
    let problems = append_on(&Rigged::new(refuses), &folder, "two").unwrap_err();
    assert_eq!(
        problems[0].to_string(),
        format!(
            "error: {}: entry 0002 cannot be given to the group of the archive's folder\n  hint: become a member \
             of that group, or let whoever owns the folder run `chmod g+s` on it",
            folder.display()
        )
    );
    assert!(!folder.join("0002").exists());
    assert_spotless(&folder, "");
    // Nor does a first one.
    let (_above, folder) = with_mode(0o750);
    chown(&folder, None, Some(54_321)).unwrap();
    assert_eq!(codes(&append_on(&Rigged::new(refuses), &folder, "one").unwrap_err()), ["no_group"]);
    assert!(!folder.join("0001").exists());
}

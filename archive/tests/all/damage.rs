//! Whatever is done to a byte or a file of an archive is noticed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use honorar_archive::{Archive, HeadPrefix, Writer};
use honorar_problems::{Problem, has_errors};
use tempfile::TempDir;

use crate::support::{VERSION, append, archive_of, closed, codes, copy_tree, quick, snapshot};

/// All that opening and checking find, without a head to compare with.
fn found(folder: &Path) -> Vec<Problem> {
    match Archive::open(folder) {
        Ok(archive) => archive.check(),
        Err(problems) => problems,
    }
}

/// Two small entries, in a copy that may be written to.
fn two_entries() -> (TempDir, PathBuf) {
    let above = tempfile::tempdir().unwrap();
    let (original, folder) = (above.path().join("original"), above.path().join("archive"));
    for mark in ["one", "two"] {
        let files = [("run/a.csv".to_owned(), mark.as_bytes().to_vec()), ("b".to_owned(), Vec::new())];
        Writer::begin(&original, &quick()).unwrap().append("aurland", VERSION, closed(mark), &files).unwrap();
    }
    copy_tree(&original, &folder);
    assert_eq!(found(&folder), []);
    (above, folder)
}

fn each_file(folder: &Path, damage: impl Fn(&str, &Path, &[u8])) {
    let files: BTreeMap<String, Vec<u8>> = snapshot(folder);
    assert_eq!(files.len(), 8);
    for (name, bytes) in files {
        let path = folder.join(&name);
        damage(&name, &path, &bytes);
        fs::write(&path, &bytes).unwrap();
    }
    assert_eq!(found(folder), []);
}

#[test]
fn a_change_of_any_byte_is_noticed() {
    let (_above, folder) = two_entries();
    each_file(&folder, |name, path, bytes| {
        for at in 0..bytes.len() {
            // A bit, the case of a letter, and what is no ASCII any more.
            for bits in [0x01, 0x20, 0x80] {
                let mut changed = bytes.to_vec();
                changed[at] ^= bits;
                fs::write(path, changed).unwrap();
                assert!(has_errors(&found(&folder)), "{name}, byte {at}, {bits:#x}");
            }
        }
    });
}

#[test]
fn a_byte_less_or_more_is_noticed() {
    let (_above, folder) = two_entries();
    each_file(&folder, |name, path, bytes| {
        for length in 0..bytes.len() {
            fs::write(path, &bytes[..length]).unwrap();
            assert!(has_errors(&found(&folder)), "{name}, {length} bytes");
        }
        for more in [b"\n".as_slice(), b" ", b"\0"] {
            fs::write(path, [bytes, more].concat()).unwrap();
            assert!(has_errors(&found(&folder)), "{name}, more");
            fs::write(path, [more, bytes].concat()).unwrap();
            assert!(has_errors(&found(&folder)), "{name}, more");
        }
    });
}

#[test]
fn a_file_that_is_taken_away_or_moved_is_noticed() {
    let (_above, folder) = two_entries();
    each_file(&folder, |name, path, _| {
        fs::remove_file(path).unwrap();
        assert!(has_errors(&found(&folder)), "{name}");
        fs::create_dir(path).unwrap();
        assert!(has_errors(&found(&folder)), "{name}");
        fs::remove_dir(path).unwrap();
    });
    fs::rename(folder.join("0001/b"), folder.join("0001/c")).unwrap();
    assert_eq!(codes(&found(&folder)), ["gone", "strange"]);
}

#[test]
fn a_file_or_folder_that_is_added_is_noticed() {
    let (_above, folder) = two_entries();
    for name in
        ["x", ".x", "lines.csv", "0001/x", "0001/.x", "0002/run/x", "0001/manifest.json~", "1", "00001"]
    {
        let path = folder.join(name);
        fs::write(&path, "").unwrap();
        assert_eq!(codes(&found(&folder)), ["strange"], "{name}");
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        fs::write(path.join("within"), "").unwrap();
        assert_eq!(codes(&found(&folder)), ["strange"], "{name}");
        fs::remove_dir_all(&path).unwrap();
    }
    fs::write(folder.join("0003"), "").unwrap();
    assert_eq!(codes(&found(&folder)), ["strange"]);
    fs::remove_file(folder.join("0003")).unwrap();
    fs::create_dir(folder.join("0003")).unwrap();
    assert_eq!(codes(&found(&folder)), ["gone"]);
    fs::remove_dir(folder.join("0003")).unwrap();
    fs::write(folder.join(".lock"), "x").unwrap();
    assert_eq!(codes(&found(&folder)), ["strange"]);
}

#[test]
fn what_is_strange_is_said_in_words_that_help() {
    let (_above, folder) = two_entries();
    fs::write(folder.join("0001/x"), "").unwrap();
    assert_eq!(
        found(&folder)[0].to_string(),
        format!(
            "error: {}/0001/x: this is no part of the archive\n  hint: move it elsewhere: an archive holds what \
             `manifest.json` of its entries names, and nothing else",
            folder.display()
        )
    );
}

#[cfg(unix)]
#[test]
fn links_are_noticed_even_where_they_lead_to_the_same() {
    use std::os::unix::fs::symlink;
    let (above, folder) = two_entries();
    for name in ["0001/b", "0001/run/a.csv", "0001/run", "0001/manifest.json", "0001/manifest.sha256", "0001"]
    {
        let away = above.path().join("away");
        fs::rename(folder.join(name), &away).unwrap();
        symlink(&away, folder.join(name)).unwrap();
        assert_eq!(codes(&found(&folder)), ["strange"], "{name}");
        let file = if name == "0001/b" { "b" } else { "run/a.csv" };
        if let Ok(archive) = Archive::open(&folder) {
            assert_eq!(archive.read(1, file).unwrap_err().code, "strange", "{name}");
        }
        fs::remove_file(folder.join(name)).unwrap();
        fs::rename(&away, folder.join(name)).unwrap();
    }
    symlink("/dev/null", folder.join("0001/x")).unwrap();
    symlink("nowhere", folder.join("x")).unwrap();
    assert_eq!(codes(&found(&folder)), ["strange"]);
}

#[test]
fn a_file_that_changed_is_not_handed_out() {
    let (_above, folder) = two_entries();
    let archive = Archive::open(&folder).unwrap();
    for (bytes, code) in [(Some("eno"), "changed"), (Some("on"), "changed"), (None, "gone")] {
        match bytes {
            Some(bytes) => fs::write(folder.join("0001/run/a.csv"), bytes).unwrap(),
            None => fs::remove_file(folder.join("0001/run/a.csv")).unwrap(),
        }
        assert_eq!(archive.read(1, "run/a.csv").unwrap_err().code, code);
        assert_eq!(codes(&archive.files_of(1).unwrap_err()), [code]);
        assert_eq!(archive.read(1, "b").unwrap(), b"");
    }
    // Also what changes after the archive was opened.
    fs::write(folder.join("0002/manifest.json"), "{}").unwrap();
    assert_eq!(codes(&archive.check()), ["gone", "changed"]);
}

#[test]
fn a_last_entry_that_is_taken_away_is_noticed_by_the_head() {
    let (_above, folder) = archive_of(3);
    let noted = HeadPrefix::from(Archive::open(&folder).unwrap().head().unwrap());
    fs::remove_dir_all(folder.join("0003")).unwrap();
    // Nothing is left that could say so.
    assert_eq!(found(&folder), []);
    assert_eq!(Archive::open(&folder).unwrap().with_head(&noted), None);
    // Not even another in its place.
    append(&folder, "another").unwrap();
    assert_eq!(Archive::open(&folder).unwrap().with_head(&noted), None);
}

#[test]
fn entries_that_change_places_are_noticed() {
    let (_above, folder) = archive_of(3);
    let swap = |one: &str, other: &str| {
        fs::rename(folder.join(one), folder.join("x")).unwrap();
        fs::rename(folder.join(other), folder.join(one)).unwrap();
        fs::rename(folder.join("x"), folder.join(other)).unwrap();
    };
    swap("0001", "0002");
    let codes = codes(&found(&folder));
    assert!(codes.contains(&"wrong_number") && codes.contains(&"wrong_previous"), "{codes:?}");
    swap("0001", "0002");
    assert_eq!(found(&folder), []);
}

#[test]
fn an_entry_of_another_archive_is_noticed() {
    let (_above, folder) = archive_of(2);
    let (_above, other) = archive_of(1);
    append(&other, "other").unwrap();
    fs::remove_dir_all(folder.join("0001")).unwrap();
    copy_tree(&other.join("0001"), &folder.join("0001"));
    // The same entry in both: the same bytes, so the same archive.
    assert_eq!(found(&folder), []);
    append(&folder, "third").unwrap();
    fs::remove_dir_all(folder.join("0002")).unwrap();
    copy_tree(&other.join("0002"), &folder.join("0002"));
    assert_eq!(codes(&found(&folder)), ["wrong_previous"]);
}

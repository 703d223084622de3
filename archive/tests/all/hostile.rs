//! Bytes and folders that mean harm: an error, and never a panic.

use std::fs;
use std::path::Path;

use honorar_archive::{Archive, Head, HeadPrefix};

use crate::support::{append, archive_of, codes, copy_tree};

/// Numbers that look random and are the same every time (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(most.max(1)).unwrap()).unwrap()
    }
}

/// Puts a manifest in with a seal that fits, so that it is read.
fn plant(folder: &Path, bytes: &[u8]) {
    fs::create_dir_all(folder.join("0001")).unwrap();
    fs::write(folder.join("0001/manifest.json"), bytes).unwrap();
    let seal = format!("{}  manifest.json\n", Head::of(bytes).hex());
    fs::write(folder.join("0001/manifest.sha256"), seal).unwrap();
}

fn read_all(folder: &Path) {
    if let Ok(archive) = Archive::open(folder) {
        archive.check();
        for entry in archive.entries() {
            let _ = archive.files_of(entry.manifest.number);
        }
    }
}

#[test]
fn random_bytes_are_no_manifest() {
    let above = tempfile::tempdir().unwrap();
    let mut random = Random(1);
    for _ in 0..500 {
        let bytes: Vec<u8> = (0..random.below(300)).map(|_| random.next().to_le_bytes()[0]).collect();
        plant(above.path(), &bytes);
        assert_eq!(codes(&Archive::open(above.path()).unwrap_err()), ["bad_manifest"]);
    }
}

#[test]
fn a_manifest_that_is_damaged_at_random_does_no_harm() {
    let (_original, original) = archive_of(1);
    let above = tempfile::tempdir().unwrap();
    copy_tree(&original, above.path());
    let manifest = fs::read(original.join("0001/manifest.json")).unwrap();
    let words: [&[u8]; 12] = [
        b"null",
        b"-1",
        b"18446744073709551616",
        b"1e999",
        b"[",
        b"{",
        b"\"",
        b"\\u0000",
        b"\"../../x\"",
        b"\xff",
        b"\"kind\": \"prune\"",
        b"\"format\": 9,",
    ];
    let mut random = Random(2);
    for _ in 0..1500 {
        let mut bytes = manifest.clone();
        for _ in 0..=random.below(3) {
            let (from, word) = (random.below(bytes.len()), words[random.below(words.len())]);
            let to = (from + random.below(12)).min(bytes.len());
            bytes.splice(from..to, word.iter().copied());
        }
        plant(above.path(), &bytes);
        read_all(above.path());
    }
}

#[test]
fn nesting_and_size_have_an_end() {
    let above = tempfile::tempdir().unwrap();
    for bytes in [b"[".repeat(1 << 20), b"{\"a\":".repeat(1 << 18), b"{\"format\":2,\"a\":".repeat(1 << 16)] {
        plant(above.path(), &bytes);
        assert_eq!(codes(&Archive::open(above.path()).unwrap_err()), ["bad_manifest"]);
    }
    let file = fs::File::create(above.path().join("0001/manifest.json")).unwrap();
    file.set_len(1 << 40).unwrap();
    assert_eq!(
        Archive::open(above.path()).unwrap_err()[0].to_string(),
        format!(
            "error: {}/0001/manifest.json: the file is larger than any that is put in\n  \
             expected: at most 16777216 bytes",
            above.path().display()
        )
    );
}

#[test]
fn a_high_number_is_one_gap() {
    let (_above, folder) = archive_of(1);
    fs::create_dir(folder.join("100000")).unwrap();
    let problems = Archive::open(&folder).unwrap_err();
    assert_eq!(problems.iter().filter(|one| one.code == "missing_entry").count(), 1, "{problems:#?}");
    fs::remove_dir(folder.join("100000")).unwrap();
    // Higher than any entry's: just strange.
    for name in ["100001", "4294967296", "99999999999999999999999999"] {
        fs::create_dir(folder.join(name)).unwrap();
    }
    assert_eq!(codes(&Archive::open(&folder).unwrap().check()), ["strange"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_strange_name_stops_nobody() {
    use std::os::unix::ffi::OsStrExt;
    let (_above, folder) = archive_of(1);
    let name = std::ffi::OsStr::from_bytes(b"0001/\xff\xfe");
    fs::write(folder.join(name), "").unwrap();
    fs::write(folder.join(std::ffi::OsStr::from_bytes(b"\xff")), "").unwrap();
    let lines = folder.join("0001/run/lines.csv");
    fs::remove_file(&lines).unwrap();
    // Whoever opened it would wait for somebody who writes.
    let made = std::process::Command::new("mkfifo").arg(&lines).status();
    let is_made = made.is_ok_and(|status| status.success());
    let archive = Archive::open(&folder).unwrap();
    let expected: &[&str] = if is_made { &["strange"] } else { &["strange", "gone"] };
    let mut codes = codes(&archive.check());
    codes.sort_unstable_by(|one, other| other.cmp(one));
    codes.dedup();
    assert_eq!(codes, expected);
    assert!(archive.read(1, "run/lines.csv").is_err());
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_a_link_leads_nowhere() {
    let (above, folder) = archive_of(1);
    let elsewhere = above.path().join("elsewhere");
    fs::remove_file(folder.join(".lock")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.join(".lock")).unwrap();
    assert_eq!(codes(&append(&folder, "x").unwrap_err()), ["not_written"]);
    assert!(!elsewhere.exists());
    assert_eq!(codes(&Archive::open(&folder).unwrap().check()), ["strange"]);
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_a_pipe_stops_nobody() {
    let (_above, folder) = archive_of(1);
    fs::remove_file(folder.join(".lock")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.join(".lock")).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("LEFT OUT: mkfifo does not run");
        return;
    }
    assert_eq!(codes(&append(&folder, "x").unwrap_err()), ["not_written"]);
    assert_eq!(codes(&Archive::open(&folder).unwrap().check()), ["strange"]);
}

#[test]
fn whatever_somebody_notes_as_a_head_is_read_or_refused() {
    let mut random = Random(3);
    for _ in 0..2000 {
        let text: String = (0..random.below(70))
            .map(|_| char::from_u32(u32::try_from(random.below(0x200)).unwrap()).unwrap_or('x'))
            .collect();
        let _ = text.parse::<HeadPrefix>();
    }
}

//! Whatever is done to an archive is found: a byte, a file, a line with every hash repaired, all of it made anew.

use std::fs;
use std::path::Path;

use honorar_archive::{Archive, HeadPrefix};
use honorar_closing::{Found, VerifiedArchive, verify_archive};
use honorar_problems::Severity;
use insta::assert_snapshot;

use super::support::{
    Forger, close, copy, done, files, head, honorar, run, set, set_value, small_archive, without_hashes,
    write_basis,
};

fn verified(archive: &Path) -> VerifiedArchive {
    verify_archive(archive, None).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// What is found of each entry, as a word.
fn found(archive: &Path) -> Vec<&'static str> {
    let word = |found: &Found| match found {
        Found::Holds(_) => "holds",
        Found::HoldsAsWritten => "as written",
        Found::Removed => "removed",
        Found::Damaged => "damaged",
        Found::OtherResult(_) => "other result",
        Found::DoesNotFollow(_) => "does not follow",
    };
    verified(archive).entries.iter().map(|entry| word(&entry.found)).collect()
}

/// The lines of a snapshot without hashes, of the binary's verification of an archive.
fn shown(folder: &Path, arguments: &[&str]) -> String {
    without_hashes(&honorar(folder, &[&["verify"], arguments].concat()).text())
}

/// A forger's own copy of the small archive, and the head that was noted.
fn forged() -> (tempfile::TempDir, Forger, String) {
    let (folder, head) = small_archive();
    copy(&folder.path().join("archive"), &folder.path().join("forged"));
    let archive = folder.path().join("forged");
    (folder, Forger { archive }, head)
}

/// Of so many bytes one is looked at by the whole verification, the others by the part of it that reads every byte.
const ONE_OF: usize = 61;

#[test]
fn each_byte_that_is_flipped_is_found() {
    let (folder, _) = small_archive();
    let archive = folder.path().join("copy");
    copy(&folder.path().join("archive"), &archive);
    assert!(verified(&archive).holds());
    let is_found = |at: usize| match Archive::open(&archive) {
        Err(_) => true,
        Ok(_) if at.is_multiple_of(ONE_OF) => !verified(&archive).holds(),
        Ok(opened) => opened.check().iter().any(|problem| problem.severity == Severity::Error),
    };
    let mut flipped = 0;
    for (name, bytes) in files(&archive) {
        let mut other = bytes.clone();
        for at in 0..bytes.len() {
            other[at] ^= 1 << (at % 8);
            set(&archive.join(&name), &other);
            assert!(is_found(at), "byte {at} of {name}");
            other[at] = bytes[at];
            flipped += 1;
        }
        set(&archive.join(&name), &bytes);
    }
    assert!(verified(&archive).holds() && flipped > 25_000, "{flipped}");
}

#[test]
fn a_file_that_is_gone_or_added_is_found() {
    let (folder, _) = small_archive();
    let archive = folder.path().join("copy");
    copy(&folder.path().join("archive"), &archive);
    for (name, bytes) in files(&archive) {
        fs::remove_file(archive.join(&name)).expect("a file");
        let holds = verify_archive(&archive, None).is_ok_and(|verified| verified.holds());
        assert!(!holds, "without {name}");
        set(&archive.join(&name), &bytes);
        let beside = archive.join(format!("{name}.more"));
        set(&beside, b"more");
        assert!(!verified(&archive).holds(), "with {}", beside.display());
        fs::remove_file(&beside).expect("a file");
    }
    assert!(verified(&archive).holds());
}

/// Every hash of an archive that the program made anew is right. The head that was noted is not in it.
#[test]
fn an_archive_made_anew_is_found_by_the_head_that_was_noted() {
    let (folder, noted) = small_archive();
    let anew = tempfile::tempdir().expect("a folder");
    write_basis(anew.path());
    super::support::change(&anew.path().join("basis/claims.csv"), "450.00", "950.00");
    run(anew.path(), "2014-H1");
    close(anew.path(), "2014-H1");
    run(anew.path(), "2014-H2");
    close(anew.path(), "2014-H2");
    assert!(verified(&anew.path().join("archive")).holds());
    assert_snapshot!("archive-made-anew", shown(anew.path(), &["archive", "--head", &noted]));
    let noted: HeadPrefix = noted.parse().expect("a head");
    let of = |folder: &Path| verify_archive(&folder.join("archive"), Some(&noted)).expect("an archive");
    assert!(!of(anew.path()).holds());
    assert!(of(folder.path()).holds());
}

/// Lines, totals, payroll file and postings say something else, and all hashes are right.
#[test]
fn a_line_that_was_changed_with_all_its_hashes_does_not_follow() {
    let (folder, forger, head) = forged();
    forger.change(1, "run/lines.csv", "900.00,900.00", "990.00,990.00");
    forger.change(
        1,
        "run/lines.csv",
        "a substitute's meeting fee: 900.00",
        "a substitute's meeting fee: 990.00",
    );
    forger.change(1, "postings.csv", "900.00,900.00", "990.00,990.00");
    forger.repair();
    assert_eq!(found(&forger.archive), ["does not follow", "does not follow"], "the next was told otherwise");
    assert_snapshot!("forged-line", shown(folder.path(), &["forged"]));
    assert_snapshot!("forged-line-json", shown(folder.path(), &["forged", "--format", "json"]));
    assert_snapshot!("forged-line-run", shown(folder.path(), &["forged/0001"]));
    assert!(shown(folder.path(), &["forged", "--head", &head]).contains("error: forged: no entry"));
}

#[test]
fn input_that_was_changed_with_all_its_hashes_does_not_follow() {
    for (from, to) in
        [("450.00", "950.00"), ("value = 900,", "value = 990,"), ("Einar Skjult", "Einar Skjuld")]
    {
        let (_folder, forger, _) = forged();
        let input = forger.archive.join("0001/run/input.zip");
        let bytes = fs::read(&input).expect("the input");
        set(&input, &in_zip(&bytes, from, to));
        forger.repair();
        assert_eq!(found(&forger.archive)[0], "does not follow", "{from}");
    }
}

/// The zip with a text of one of its files changed, every checksum right.
fn in_zip(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    for place in 0..old.len() {
        let mut file = old.by_index(place).expect("a file");
        let name = file.name().expect("a name").into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).expect("UTF-8");
        new.start_file(name, options).expect("a file");
        new.write_all(text.replace(from, to).as_bytes()).expect("a file");
    }
    new.finish().expect("a zip").into_inner()
}

/// Each file that follows from the lines, changed with every hash repaired.
#[test]
fn whatever_follows_from_the_lines_is_held_against_them() {
    for (file, from, to) in [
        ("postings.csv", "450.00", "540.00"),
        ("postings.csv", "kvittering-77", "kvittering-78"),
        ("about.txt", "None is ever", "None is often"),
        ("run/payables.csv", "line,", "lines,"),
        ("run/visma-lonn.csv", "1320", "1321"),
        ("run/visma-lonn.receipt.csv", "1320", "1321"),
        ("run/problems.json", "[]", "[\n]"),
        ("run/run.json", "\"control_total\": \"13350.00\"", "\"control_total\": \"13530.00\""),
        ("run/run.json", "\"period\": \"2014-H1\"", "\"period\": \"2014-H2\""),
        ("manifest.json", "\"period\": \"2014-H1\"", "\"period\": \"2014-H2\""),
        ("manifest.json", "\"basis\": \"basis\"", "\"basis\": \"basic\""),
    ] {
        let (_folder, forger, _) = forged();
        forger.change(1, file, from, to);
        forger.repair();
        assert_eq!(found(&forger.archive)[0], "does not follow", "{file}: {to}");
    }
}

/// A file more or less, in the record and the manifest too.
#[test]
fn a_file_that_the_run_never_wrote_does_not_follow() {
    let (_folder, forger, _) = forged();
    set(&forger.archive.join("0001/run/visma-lonn-2.csv"), b"paid once more\n");
    let record =
        |file: &str| format!("\"file\": \"{file}\",\n      \"sha256\": \"\"\n    }},\n    {{\n      ");
    let in_manifest = |file: &str| {
        format!("\"file\": \"{file}\",\n      \"bytes\": 0,\n      \"sha256\": \"\"\n    }},\n    {{\n      ")
    };
    let before = "\"file\": \"visma-lonn.csv\"";
    forger.change(1, "run/run.json", before, &format!("{}{before}", record("visma-lonn-2.csv")));
    let before = "\"file\": \"run/visma-lonn.csv\"";
    forger.change(1, "manifest.json", before, &format!("{}{before}", in_manifest("run/visma-lonn-2.csv")));
    forger.repair();
    assert_eq!(found(&forger.archive)[0], "does not follow");

    let (_folder, forger, _) = forged();
    set(&forger.archive.join("0001/decision.txt"), b"paid once more\n");
    let before = "\"file\": \"postings.csv\"";
    forger.change(1, "manifest.json", before, &format!("{}{before}", in_manifest("decision.txt")));
    forger.repair();
    assert_eq!(found(&forger.archive)[0], "does not follow");
}

/// A payroll file that is gone from the folder, the record and the manifest.
#[test]
fn a_file_that_the_run_wrote_is_missed() {
    let (_folder, forger, _) = forged();
    for (file, prefix) in [("run/run.json", ""), ("manifest.json", "run/")] {
        for name in ["visma-lonn.csv", "visma-lonn.receipt.csv"] {
            let path = forger.archive.join("0001").join(file);
            let text = fs::read_to_string(&path).expect("a file");
            let from = text.find(&format!("\"file\": \"{prefix}{name}\"")).expect("the file");
            let start = text[..from].rfind(",\n    {").expect("the one before");
            let end = from + text[from..].find('}').expect("its end") + 1;
            set(&path, format!("{}{}", &text[..start], &text[end..]).as_bytes());
        }
    }
    for name in ["visma-lonn.csv", "visma-lonn.receipt.csv"] {
        fs::remove_file(forger.archive.join("0001/run").join(name)).expect("a file");
    }
    forger.repair();
    assert_eq!(found(&forger.archive)[0], "does not follow");
}

/// A run that an older version closed, which worked something out otherwise: no tampering, and both results.
#[test]
fn another_result_of_an_older_version_is_told_from_tampering() {
    let (folder, forger, _) = forged();
    let older = |file: &str| set_value(&forger.archive.join(file), "version", "\"0.0.9\"");
    older("0001/run/run.json");
    older("0001/manifest.json");
    forger.repair();
    assert_eq!(found(&forger.archive), ["holds", "holds"], "an older version with the same result");
    older("0002/run/run.json");
    older("0002/manifest.json");
    forger.change(2, "run/lines.csv", "-3000.00,1311", "-2400.00,1311");
    forger.change(2, "run/lines.csv", "12000.00 × 25 % = 3000.00", "12000.00 × 20 % = 2400.00");
    forger.change(2, "postings.csv", "-3000.00", "-2400.00");
    forger.repair();
    assert_eq!(found(&forger.archive), ["holds", "other result"]);
    assert_snapshot!("older-version", shown(folder.path(), &["forged"]));
    assert_snapshot!("older-version-json", shown(folder.path(), &["forged", "--format", "json"]));
    assert_snapshot!("older-version-run", shown(folder.path(), &["forged/0002/run"]));
    // What no version works out is no matter of versions.
    forger.change(2, "manifest.json", "\"period\": \"2014-H2\"", "\"period\": \"2014-H1\"");
    forger.repair();
    assert_eq!(found(&forger.archive), ["holds", "does not follow"]);
}

/// Whoever closes a run works it out again: an older run that this version closed has this version's result.
#[test]
fn an_older_run_that_this_version_closed_has_to_follow() {
    let (_folder, forger, _) = forged();
    set_value(&forger.archive.join("0001/run/run.json"), "version", "\"0.0.9\"");
    forger.change(1, "run/lines.csv", "900.00,900.00", "890.00,890.00");
    forger.change(1, "postings.csv", "900.00,900.00", "890.00,890.00");
    forger.repair();
    assert_eq!(found(&forger.archive)[0], "does not follow");
}

/// A payroll file that was made later is held against the run that it is of.
#[test]
fn an_export_follows_from_its_run() {
    let (folder, _) = small_archive();
    let printed = done(folder.path(), &["export", "archive/0001", "--to", "unimicro"]);
    assert_eq!(head(&printed).len(), 24);
    copy(&folder.path().join("archive"), &folder.path().join("forged"));
    let forger = Forger { archive: folder.path().join("forged") };
    assert_eq!(found(&forger.archive), ["holds", "holds", "as written"]);
    for (file, from, to) in [
        ("unimicro.csv", "900", "990"),
        ("manifest.json", "\"receiver\": \"unimicro\"", "\"receiver\": \"nobody\""),
        ("manifest.json", "\"of\": 1", "\"of\": 2"),
    ] {
        copy(&folder.path().join("archive"), &forger.archive);
        forger.change(3, file, from, to);
        forger.repair();
        assert_eq!(found(&forger.archive), ["holds", "holds", "does not follow"], "{file}: {to}");
    }
    copy(&folder.path().join("archive"), &forger.archive);
    forger.change(3, "unimicro.csv", "900", "990");
    set_value(&forger.archive.join("0003/manifest.json"), "version", "\"0.0.9\"");
    forger.repair();
    assert_eq!(found(&forger.archive), ["holds", "holds", "other result"], "an older format");
}

/// A forger who says that contents were removed may say so of what was too old only.
#[test]
fn contents_are_removed_because_they_were_old() {
    let (folder, _) = small_archive();
    done(folder.path(), &["archive", "prune", "archive", "--older-than", "2014-07-01"]);
    copy(&folder.path().join("archive"), &folder.path().join("forged"));
    let forger = Forger { archive: folder.path().join("forged") };
    assert_eq!(found(&forger.archive), ["removed", "holds", "as written"]);
    forger.change(3, "manifest.json", "\"2014-07-01\"", "\"2014-06-30\"");
    forger.repair();
    assert_eq!(found(&forger.archive), ["removed", "holds", "does not follow"]);
}

/// A run that is not closed is verified as well, with the files that lie in its folder.
#[test]
fn a_run_that_is_not_closed_is_held_against_its_input() {
    let (folder, _) = small_archive();
    let run = folder.path().join("2014-H1");
    assert_snapshot!("run", shown(folder.path(), &["2014-H1"]));
    for (name, bytes) in files(&run) {
        for at in (0..bytes.len()).step_by(211) {
            let mut other = bytes.clone();
            other[at] ^= 2;
            set(&run.join(&name), &other);
            assert_eq!(honorar(folder.path(), &["verify", "2014-H1"]).status, 1, "byte {at} of {name}");
        }
        set(&run.join(&name), &bytes);
    }
    set(&run.join("why.txt"), b"approved on the phone");
    assert_snapshot!("run-strange-file", shown(folder.path(), &["2014-H1"]));
}

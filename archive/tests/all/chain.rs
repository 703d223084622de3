//! Manifests that do not fit their seals, their numbers or each other, in exact words.

use std::fs;
use std::path::Path;

use honorar_archive::{Archive, Head};

use crate::support::{append, archive_of, codes};

/// Changes an entry's manifest and makes the seal fit it, as somebody who means it would.
fn forge(folder: &Path, entry: &str, from: &str, to: &str) {
    let (manifest, seal) =
        (folder.join(entry).join("manifest.json"), folder.join(entry).join("manifest.sha256"));
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(text.contains(from), "{text}");
    let text = text.replacen(from, to, 1);
    let head = Head::of(text.as_bytes());
    // What is put in is not writable, so it is replaced.
    fs::remove_file(&manifest).unwrap();
    fs::remove_file(&seal).unwrap();
    fs::write(manifest, text).unwrap();
    fs::write(seal, format!("{}  manifest.json\n", head.hex())).unwrap();
}

/// The problems of an archive, its folder left out.
fn words(folder: &Path) -> Vec<String> {
    let problems = Archive::open(folder).unwrap_err();
    problems.iter().map(|one| one.to_string().replace(&format!("{}/", folder.display()), "")).collect()
}

const COPY: &str = "\n  hint: compare with a copy of the archive, and take it from there";

#[test]
fn a_forged_manifest_breaks_the_link_of_the_next() {
    let (_above, folder) = archive_of(3);
    let was = Archive::open(&folder).unwrap().entries()[1].head;
    forge(&folder, "0002", "2014 H1", "2015 H1");
    let is = Head::of(&fs::read(folder.join("0002/manifest.json")).unwrap());
    assert_eq!(
        words(&folder),
        [format!(
            "error: 0003/manifest.json: the entry does not follow entry 0002 as it stands\n  value: `{was}`\n  \
             expected: {is}\n  hint: one of the two was changed or exchanged: compare with a copy of the archive"
        )]
    );
}

#[test]
fn a_first_entry_that_follows_another_is_said() {
    let (_above, folder) = archive_of(1);
    let head = "ab".repeat(32);
    forge(&folder, "0001", "\"previous\": null", &format!("\"previous\": \"{head}\""));
    assert_eq!(
        words(&folder),
        [
            "error: 0001/manifest.json: the first entry follows another\n  value: `abab-abab-abab-abab-abab`\n  \
             expected: none\n  hint: one of the two was changed or exchanged: compare with a copy of the archive"
        ]
    );
}

#[test]
fn a_changed_manifest_or_seal_is_said() {
    for file in ["manifest.json", "manifest.sha256"] {
        let (_above, folder) = archive_of(1);
        let path = folder.join("0001").join(file);
        let mut bytes = fs::read(&path).unwrap();
        bytes.push(b'\n');
        fs::remove_file(&path).unwrap();
        fs::write(&path, bytes).unwrap();
        let expected = format!(
            "error: 0001: `manifest.json` and `manifest.sha256` do not belong together: one of them was changed{COPY}"
        );
        assert_eq!(words(&folder), [expected]);
    }
}

#[test]
fn a_manifest_or_seal_that_is_gone_is_said() {
    for file in ["manifest.json", "manifest.sha256"] {
        let (_above, folder) = archive_of(1);
        fs::remove_file(folder.join("0001").join(file)).unwrap();
        assert_eq!(words(&folder), [format!("error: 0001/{file}: the file is gone{COPY}")]);
    }
}

#[test]
fn a_gap_in_the_numbers_is_said() {
    let (_above, folder) = archive_of(4);
    fs::remove_dir_all(folder.join("0002")).unwrap();
    assert_eq!(words(&folder), [format!("error: 0002: entry 0002 is missing{COPY}")]);
    fs::remove_dir_all(folder.join("0001")).unwrap();
    assert_eq!(words(&folder), [format!("error: 0001: the entries 0001 to 0002 are missing{COPY}")]);
}

#[test]
fn an_entry_under_another_number_is_said() {
    let (_above, folder) = archive_of(2);
    fs::rename(folder.join("0002"), folder.join("0003")).unwrap();
    assert_eq!(
        words(&folder),
        [
            format!("error: 0002: entry 0002 is missing{COPY}"),
            format!(
                "error: 0003/manifest.json: the manifest is of another entry\n  value: `2`\n  expected: 3{COPY}"
            ),
        ]
    );
}

#[test]
fn a_newer_format_is_said_whatever_else_it_has() {
    let (_above, folder) = archive_of(1);
    forge(&folder, "0001", "\"format\": 1,", "\"format\": 2, \"signature\": {},");
    assert_eq!(
        words(&folder),
        ["error: 0001/manifest.json: the entry was written by a newer version of the program\n  \
             value: `format 2`\n  expected: format 1\n  hint: use the newest version of honorar"]
    );
}

#[test]
fn reading_is_strict() {
    for (from, to) in [
        ("\"number\": 1,", "\"number\": 1, \"more\": 1,"),
        ("\"number\": 1,", "\"number\": 1, \"number\": 1,"),
        ("\"number\": 1,", "\"number\": \"1\","),
        ("\"number\": 1,", ""),
        ("  \"previous\": null,\n", ""),
        ("\"format\": 1,", "\"format\": 0,"),
        ("\"format\": 1,", "\"format\": -1,"),
        ("\"format\": 1,", ""),
        ("\"program\": \"honorar\"", "\"program\": \"other\""),
        ("\"kind\": \"closed_run\"", "\"kind\": \"paid\""),
        ("\"kind\": \"closed_run\"", "\"kind\": \"export\""),
        ("\"kind\": \"closed_run\",", "\"kind\": \"closed_run\", \"more\": 1,"),
        ("\"kind\": \"closed_run\",", ""),
        (",\n    \"approved_on\": \"2014-07-01\"", ""),
        ("\"bytes\": 0", "\"bytes\": 0, \"more\": 1"),
        ("\"bytes\": 0", "\"bytes\": -1"),
        ("\"bytes\": 0", "\"bytes\": 0.5"),
        ("\"bytes\": 0", "\"bytes\": 99999999999999"),
        ("\"sha256\": \"e3b0", "\"sha256\": \"E3B0"),
        ("\"sha256\": \"e3b0", "\"sha256\": \"3b0"),
        ("\"file\": \"about.txt\"", "\"file\": \"../about.txt\""),
        ("\"file\": \"about.txt\"", "\"file\": \"/etc/passwd\""),
        ("\"file\": \"about.txt\"", "\"file\": \"zabout.txt\""),
        ("\"file\": \"about.txt\"", "\"file\": \"postings.csv\""),
        ("\"file\": \"about.txt\"", "\"file\": \"manifest.json\""),
        ("\"file\": \"postings.csv\"", "\"file\": \"run\""),
    ] {
        let (_above, folder) = archive_of(1);
        forge(&folder, "0001", from, to);
        let problems = Archive::open(&folder).unwrap_err();
        assert_eq!(codes(&problems), ["bad_manifest"], "{from} -> {to}: {problems:#?}");
        assert!(!problems[0].to_string().contains("saksbehandlar"));
    }
}

#[test]
fn what_is_no_manifest_is_said_with_its_line() {
    let (_above, folder) = archive_of(1);
    forge(&folder, "0001", "\"prepared_by\": \"saksbehandlar\"", "\"prepared_by\": 7");
    let line = words(&folder)[0].split_once('\n').unwrap().0.to_owned();
    // As far as what is read says where: an entry is known by its kind only when it ends.
    assert!(line.starts_with("error: 0001/manifest.json, row 1"), "{line}");
    assert!(line.ends_with(": this is not what a manifest looks like"), "{line}");
}

#[test]
fn another_municipality_is_said() {
    let (_above, folder) = archive_of(2);
    forge(&folder, "0002", "\"aurland\"", "\"askøy\"");
    assert_eq!(
        words(&folder),
        [
            "error: 0002/manifest.json: the entry is of another municipality than those before\n  value: `askøy`\n  \
             expected: aurland"
        ]
    );
}

#[test]
fn an_entry_that_refers_to_nothing_is_said() {
    let (_above, folder) = archive_of(2);
    let text = fs::read_to_string(folder.join("0002/manifest.json")).unwrap();
    let entry = &text[text.find("{\n    \"kind\"").unwrap()..text.find("\"files\"").unwrap()];
    let export = "{ \"kind\": \"export\", \"of\": 2, \"receiver\": \"tripletex\", \"why\": null },\n";
    forge(&folder, "0002", entry, export);
    let expected = "error: 0002/manifest.json: the export is of entry 0002, which does not come before it";
    assert_eq!(words(&folder), [format!("{expected}{COPY}")]);
}

#[test]
fn everything_wrong_is_said_at_once() {
    let (_above, folder) = archive_of(4);
    fs::remove_file(folder.join("0001/manifest.sha256")).unwrap();
    forge(&folder, "0002", "\"number\": 2", "\"number\": 7");
    forge(&folder, "0004", "\"kind\"", "\"sort\"");
    let problems = Archive::open(&folder).unwrap_err();
    assert_eq!(codes(&problems), ["gone", "wrong_number", "wrong_previous", "bad_manifest"]);
}

#[test]
fn nothing_is_added_to_a_broken_archive() {
    let (_above, folder) = archive_of(2);
    fs::remove_file(folder.join("0001/manifest.sha256")).unwrap();
    assert_eq!(codes(&append(&folder, "x").unwrap_err()), ["gone"]);
    assert!(!folder.join("0003").exists());
}

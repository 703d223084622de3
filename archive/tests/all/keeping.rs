//! What is put in is there, and nothing else can be put in.

use std::fs;
use std::path::Path;
use std::process::Command;

use honorar_archive::{
    Archive, Digest, EntryKind, Head, HeadPrefix, LocalDisk, Writer, is_entry, is_within_archive,
};
use honorar_problems::Problem;

use crate::support::{
    VERSION, append, archive_of, assert_spotless, closed, codes, export_of, files, snapshot,
};

fn put(folder: &Path, entry: EntryKind, files: &[(String, Vec<u8>)]) -> Result<Head, Vec<Problem>> {
    Writer::begin(folder, &LocalDisk)?.append("aurland", VERSION, entry, files)
}

#[test]
fn what_is_put_in_is_read_back() {
    let (_above, folder) = archive_of(0);
    let first = append(&folder, "one").unwrap();
    let second = put(&folder, export_of(1), &files("two")).unwrap();
    let archive = Archive::open(&folder).unwrap();
    assert_eq!(archive.municipality(), Some("aurland"));
    assert_eq!(archive.head(), Some(second));
    let [one, two] = archive.entries() else { panic!("{archive:?}") };
    assert_eq!((one.head, one.manifest.previous), (first, None));
    assert_eq!((two.head, two.manifest.previous), (second, Some(first)));
    assert_eq!(one.manifest.entry, closed("one"));
    assert_eq!(two.manifest.entry, export_of(1));
    assert_eq!(archive.read(1, "run/lines.csv").unwrap(), b"0106,1234.50,one\n");
    assert_eq!(archive.read(2, "about.txt").unwrap(), b"");
    let mut expected = files("two");
    expected.sort();
    assert_eq!(archive.files_of(2).unwrap(), expected);
    assert_eq!(archive.read(1, "run").unwrap_err().code, "no_file");
    assert_eq!(archive.read(3, "about.txt").unwrap_err().code, "no_entry");
    assert_eq!(archive.read(0, "about.txt").unwrap_err().code, "no_entry");
    assert_eq!(archive.check(), []);
}

#[test]
fn a_manifest_is_as_it_is_documented() {
    let (_above, folder) = archive_of(1);
    let text = fs::read_to_string(folder.join("0001/manifest.json")).unwrap();
    let expected = r#"{
  "format": 1,
  "number": 1,
  "previous": null,
  "program": "honorar",
  "version": "0.1.0",
  "municipality": "aurland",
  "entry": {
    "kind": "closed_run",
    "basis": "basis-1",
    "period": "2014 H1",
    "run_sha256": "RUN",
    "prepared_by": "saksbehandlar",
    "approved_by": "økonomisjef",
    "approved_on": "2014-07-01"
  },
  "files": [
    {
      "file": "about.txt",
      "bytes": 0,
      "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    },
    {
      "file": "postings.csv",
"#;
    let expected = expected.replace("RUN", &Digest::of(b"basis-1").to_string());
    assert!(text.starts_with(&expected), "{text}");
    assert!(text.ends_with("\n  ]\n}\n"), "{text}");
}

#[test]
fn the_seal_is_what_sha256sum_checks() {
    let (_above, folder) = archive_of(1);
    let command = Command::new("sha256sum")
        .args(["--check", "--strict", "manifest.sha256"])
        .current_dir(folder.join("0001"))
        .output();
    match command {
        Ok(output) => assert_eq!(String::from_utf8(output.stdout).unwrap(), "manifest.json: OK\n"),
        Err(error) => eprintln!("LEFT OUT: sha256sum does not run: {error}"),
    }
}

#[test]
fn a_head_is_short_and_found_again() {
    let (_above, folder) = archive_of(2);
    let old = Archive::open(&folder).unwrap().head().unwrap();
    append(&folder, "three").unwrap();
    let archive = Archive::open(&folder).unwrap();
    let shown = old.to_string();
    assert_eq!(shown.len(), 24, "{shown}");
    assert!(shown.split('-').all(|group| group.len() == 4), "{shown}");
    let hex = old.hex();
    let shouted = shown.to_uppercase();
    for noted in
        [&shown, &shouted, &hex, &hex[..20].to_owned(), &hex[..37].to_owned(), &format!(" {shown}\n")]
    {
        let noted: HeadPrefix = noted.parse().unwrap();
        assert!(noted.matches(&old) && !noted.matches(&archive.head().unwrap()));
        assert_eq!(archive.with_head(&noted).unwrap().manifest.number, 2);
        assert_eq!(noted.to_string(), shown);
    }
    for noted in ["", "3f2a", &hex[..19], &format!("{hex}0"), &hex.replace(&hex[..1], "g"), &"å".repeat(20)]
    {
        let error = noted.parse::<HeadPrefix>().unwrap_err();
        assert_eq!(error.to_string(), "a head is 20 to 64 hex digits, such as `3f2a-91bc-04d7-e811-5c60`");
    }
    let other: HeadPrefix = "0000-0000-0000-0000-0000".parse().unwrap();
    assert_eq!(archive.with_head(&other), None);
}

#[test]
fn a_folder_without_entries_is_no_archive_to_read() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("archive");
    let words = |folder: &Path| Archive::open(folder).unwrap_err()[0].to_string();
    let expected = format!(
        "error: {}: there is no archive here\n  expected: a folder with the entries `0001`, `0002` and so on",
        folder.display()
    );
    assert_eq!(words(&folder), expected);
    assert_eq!(Archive::open_or_empty(&folder).unwrap().entries(), []);
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(".lock"), "").unwrap();
    fs::create_dir(folder.join(".0001-00000000000000ff")).unwrap();
    assert_eq!(words(&folder), expected);
    assert_eq!(Archive::open_or_empty(&folder).unwrap().head(), None);
}

#[test]
fn a_folder_of_something_else_stays_as_it_is() {
    let above = tempfile::tempdir().unwrap();
    let expected = format!(
        "error: {}: the folder holds something else than an archive\n  \
         expected: an archive, an empty folder, or one that is not there yet\n  hint: name another folder",
        above.path().display()
    );
    fs::write(above.path().join("letter.txt"), "mine").unwrap();
    let read = Archive::open_or_empty(above.path()).unwrap_err();
    let write = append(above.path(), "x").unwrap_err();
    assert_eq!([read[0].to_string(), write[0].to_string()], [expected.clone(), expected]);
    assert_eq!(fs::read_dir(above.path()).unwrap().count(), 1);
    let file = above.path().join("letter.txt");
    assert_eq!(codes(&Archive::open_or_empty(&file).unwrap_err()), ["no_archive"]);
    assert_eq!(codes(&append(&file, "x").unwrap_err()), ["no_archive"]);
}

#[test]
fn one_archive_is_one_municipalitys() {
    let (_above, folder) = archive_of(1);
    let mut writer = Writer::begin(&folder, &LocalDisk).unwrap();
    let problems = writer.append("askøy", VERSION, closed("x"), &files("x")).unwrap_err();
    let expected = format!(
        "error: {}: this is another's archive\n  value: `askøy`\n  expected: aurland\n  \
         hint: every municipality has an archive of its own: name another folder",
        folder.display()
    );
    assert_eq!(problems[0].to_string(), expected);
    assert_eq!(writer.archive().entries().len(), 1);
}

#[test]
fn names_that_lead_elsewhere_are_not_put_in() {
    let (above, folder) = archive_of(1);
    let before = snapshot(above.path());
    for names in [
        &["../x"][..],
        &["/tmp/x"],
        &["a\\b"],
        &["C:x"],
        &[".x"],
        &[""],
        &["manifest.json"],
        &["Manifest.SHA256"],
        &["x", "x"],
        &["x", "x/y"],
        &["x", "x-y", "x/y"],
    ] {
        let files: Vec<_> = names.iter().map(|name| ((*name).to_owned(), b"x".to_vec())).collect();
        assert_eq!(codes(&put(&folder, closed("x"), &files).unwrap_err()), ["bad_names"], "{names:?}");
    }
    assert_eq!(snapshot(above.path()), before);
    assert_spotless(&folder, "");
}

#[test]
fn an_entry_refers_to_what_is_there() {
    let (_above, folder) = archive_of(1);
    put(&folder, export_of(1), &files("export")).unwrap();
    let prune = |older_than: &str, entries: &[u32]| EntryKind::Prune {
        older_than: older_than.to_owned(),
        entries: entries.to_vec(),
    };
    put(&folder, prune("2014-12-31", &[1]), &[]).unwrap();
    let files = files("x");
    for (entry, files, expected) in [
        (export_of(0), &files[..], "the export is of entry 0000, which does not come before it"),
        (export_of(4), &files, "the export is of entry 0004, which does not come before it"),
        (export_of(2), &files, "the export is of entry 0002, which is no closed run"),
        (prune("2014-12-31", &[]), &[], "the entries whose contents are removed are not in order, each once"),
        (
            prune("2014-12-31", &[2, 1]),
            &[],
            "the entries whose contents are removed are not in order, each once",
        ),
        (
            prune("2014-12-31", &[2, 2]),
            &[],
            "the entries whose contents are removed are not in order, each once",
        ),
        (prune("2014-12-31", &[4]), &[], "the contents of entry 0004 are removed before it is there"),
        (prune("2014-12-31", &[3]), &[], "entry 0003 has no contents that could be removed"),
        (prune("2014-12-31", &[2]), &files, "an entry that removes the contents of others has files"),
        (
            prune("31.12.2014", &[2]),
            &[],
            "the day before which contents are removed is no date such as 2014-12-31",
        ),
    ] {
        let problems = put(&folder, entry, files).unwrap_err();
        let expected = format!("error: {}: {expected}", folder.display());
        assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
    }
    assert_eq!(Archive::open(&folder).unwrap().entries().len(), 3);
}

#[test]
fn a_folder_in_an_archive_is_known_as_such() {
    let (above, folder) = archive_of(1);
    let real = folder.canonicalize().unwrap();
    for inside in
        ["0001", "0001/run", "0001/run/input", "0001/run/lines.csv", "0001/new/er", "0001/run/../run"]
    {
        assert_eq!(is_entry(&folder.join(inside)), Some((real.clone(), 1)), "{inside}");
    }
    for outside in ["", "0002", ".lock", "new"] {
        assert_eq!(is_entry(&folder.join(outside)), None, "{outside}");
        assert!(is_within_archive(&folder.join(outside)), "{outside}");
    }
    assert!(!is_within_archive(&above.path().join("new")), "beside the archive");
    fs::create_dir(above.path().join("0001")).unwrap();
    assert_eq!(is_entry(&above.path().join("0001")), None);
    let problems = append(&folder.join("0001/run"), "x").unwrap_err();
    assert_eq!(
        problems[0].to_string(),
        format!(
            "error: {}: this is within entry 0001 of an archive\n  hint: name the archive's own folder, `{}`",
            folder.join("0001/run").display(),
            real.display()
        )
    );
    assert_spotless(&folder, "");
}

#[cfg(unix)]
#[test]
fn a_link_stands_for_the_folder_that_it_means() {
    use std::os::unix::fs::symlink;
    let (above, folder) = archive_of(1);
    let (run, archive, elsewhere) =
        (above.path().join("latest"), above.path().join("archive-too"), folder.join("elsewhere"));
    symlink(folder.join("0001/run"), &run).unwrap();
    assert_eq!(is_entry(&run).unwrap().1, 1);
    symlink(&folder, &archive).unwrap();
    assert_eq!(is_entry(&archive.join("new")), None);
    assert!(is_within_archive(&archive.join("new")));
    symlink(above.path(), &elsewhere).unwrap();
    assert!(!is_within_archive(&elsewhere.join("new")), "what is written there leaves the archive as it was");
}

#[test]
fn a_relative_folder_will_do() {
    // The only test that needs a working directory has a process of its own.
    let above = tempfile::tempdir().unwrap();
    if let Ok(folder) = std::env::var("HONORAR_ARCHIVE_RELATIVE") {
        append(Path::new(&folder), "x").unwrap();
        return;
    }
    for folder in ["archive", "./new/archive"] {
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "keeping::a_relative_folder_will_do"])
            .env("HONORAR_ARCHIVE_RELATIVE", folder)
            .current_dir(above.path())
            .output()
            .unwrap();
        assert!(status.status.success(), "{status:?}");
        assert_spotless(&above.path().join(folder), folder);
        assert_eq!(Archive::open(&above.path().join(folder)).unwrap().entries().len(), 1);
    }
}

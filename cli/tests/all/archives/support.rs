//! A small municipality, the binary as users have it, and what a forger does to an archive.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sha2::{Digest, Sha256};

/// The version of the program.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What was printed and said, and how it ended.
pub(super) struct Said {
    pub(super) status: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Said {
    /// All of it, for a snapshot.
    pub(super) fn text(&self) -> String {
        format!(
            "exit status: {}\n--- standard output\n{}--- standard error\n{}",
            self.status, self.out, self.err
        )
    }
}

/// The binary in a folder, ready to be run.
pub(super) fn binary(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_honorar"));
    command.args(arguments).current_dir(folder);
    command
}

/// Runs the binary in a folder. Heads, which stand for every byte, are `HEAD` in what is said.
pub(super) fn honorar(folder: &Path, arguments: &[&str]) -> Said {
    said(&binary(folder, arguments).output().expect("the binary runs"), folder)
}

pub(super) fn said(output: &Output, folder: &Path) -> Said {
    let shown = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        text.replace(&folder.display().to_string(), "HERE")
    };
    let err = shown(&output.stderr);
    // Whatever is said: problems and what goes to a log name nobody.
    assert!(!PRIVATE.iter().any(|private| err.contains(private)), "{err}");
    Said { status: output.status.code().expect("it ended by itself"), out: shown(&output.stdout), err }
}

/// Runs the binary, which has to be done with it. What it printed.
pub(super) fn done(folder: &Path, arguments: &[&str]) -> String {
    let said = honorar(folder, arguments);
    assert_eq!(said.status, 0, "{arguments:?}: {}{}", said.out, said.err);
    said.out
}

/// Closes a run in `archive`, and gives the head that is printed.
pub(super) fn close(folder: &Path, run: &str) -> String {
    let people = ["--prepared-by", "Kari Nes", "--approved-by", "Ola Vik", "--approved-on", "2024-07-05"];
    let out = done(folder, &[&["close", run, "--archive", "archive"], &people[..]].concat());
    head(&out)
}

/// The head in what was printed.
pub(super) fn head(printed: &str) -> String {
    let line = printed.lines().find_map(|line| line.strip_prefix("head "));
    line.unwrap_or_else(|| panic!("a head in {printed}")).to_owned()
}

/// A text with its heads and hashes taken out: they stand for every byte, and every version has others.
pub(super) fn without_hashes(text: &str) -> String {
    let is_hash = |word: &str| {
        let digits = word.chars().filter(char::is_ascii_hexdigit).count();
        let is_head = word.len() == 24 && word.matches('-').count() == 4 && digits == 20;
        is_head || (word.len() == 64 && digits == 64)
    };
    let is_part = |c: char| c.is_alphanumeric() || c == '-';
    let mut shown = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        shown.push_str(if is_hash(word) { "HASH" } else { word });
        let sign = after.chars().next();
        shown.extend(sign);
        rest = &after[sign.map_or(0, char::len_utf8)..];
    }
    shown.replace(VERSION, "VERSION")
}

const REGULATION: &str = r#"name = "lillefjell"
municipality = "Lillefjell kommune"
title = "Forskrift om godtgjøring"
source = "lokal forskrift"
act = "kommuneloven 2018 kapittel 8"
adopted = "KST 31/11"
in_force_from = 2012-01-01
provenance = "document"
[bodies]
KST = { name = "kommunestyre", class = "council", seats = 3 }
[fixed_fees.council_member]
point = "§ 3"
class = "council"
roles = ["leader", "deputy_leader", "member"]
per_year = { value = 12000, meaning = "a council member's fee a year" }
[meeting_fees.substitute]
point = "§ 4"
classes = ["council"]
seats = ["substitute"]
per_meeting = { value = 900, meaning = "a substitute's fee a meeting" }
[fees]
point = "§ 5"
meeting_fees_and_claims = "half_yearly"
fixed_fee_shuts_out = ["own_body"]
payment = "half_yearly"
reduced_for_absence = true
[absence]
point = "§ 6"
threshold = { value = "25 %", meaning = "a reduction when absence passes 25 %" }
size = { value = "part_over_threshold" }
[length]
point = "§ 7"
whole_day_over_minutes = { value = 240, meaning = "a whole day" }
[cover.care]
point = "§ 8"
kinds = ["care"]
per_day = { value = 2500, meaning = "care, as documented, a day" }
"#;

const PROFILE: &str = r#"municipality = "lillefjell"
regulation = "lillefjell.toml"
[wage_types]
fixed_fee = { code = "1310", send = "amount" }
meeting_fee = { code = "1320", send = "amount" }
absence_reduction = { code = "1311", send = "amount" }
care = { code = "1420", send = "amount" }
"#;

/// The names and the voucher of the small municipality, which no problem shows.
pub(super) const PRIVATE: [&str; 4] = ["Turid Hemmeleg", "Einar Skjult", "Siv Dulgt", "Kvittering-77"];

/// The tables of the small municipality: a year with a meeting in each half.
fn tables() -> [(&'static str, String); 7] {
    let [one, two, three, bill] = PRIVATE;
    [
        ("lillefjell.toml", REGULATION.to_owned()),
        ("honorar.toml", PROFILE.to_owned()),
        ("persons.csv", format!("person_id,name,employment\n11,{one},employed\n12,{two},employed\n13,{three},employed\n")),
        ("offices.csv", "person_id,body,role,from,to\n11,KST,member,2012-01-01,\n12,KST,member,2012-01-01,\n".to_owned()),
        (
            "meetings.csv",
            "meeting_id,body,date,start,end\nKST-1,KST,2014-02-06,10:00,12:00\nKST-2,KST,2014-10-09,10:00,12:00\n".to_owned(),
        ),
        (
            "attendance.csv",
            "meeting_id,person_id,status,capacity\nKST-1,11,present,\nKST-1,12,absent_valid,\nKST-1,13,present,substitute\n\
             KST-2,11,present,\nKST-2,12,present,\n"
                .to_owned(),
        ),
        (
            "claims.csv",
            format!("claim_id,person_id,kind,meeting_id,date,amount,document\nK1,11,care,KST-1,2014-02-06,450.00,{bill}\n"),
        ),
    ]
}

/// Writes the basis of the small municipality as `basis`.
pub(super) fn write_basis(folder: &Path) {
    fs::create_dir_all(folder.join("basis")).expect("a folder");
    for (name, text) in tables() {
        fs::write(folder.join("basis").join(name), text).expect("a file");
    }
}

/// Changes a text file.
pub(super) fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert!(text.contains(from), "`{from}` in {}:\n{text}", file.display());
    set(file, text.replacen(from, to, 1).as_bytes());
}

/// Runs the basis for a period, held against `archive`.
pub(super) fn run(folder: &Path, period: &str) {
    done(folder, &["run", "basis", "--period", period, "--archive", "archive", "--out", period]);
}

/// A small archive: both halves of a year, with a correction in the second. The folder that holds it, with the
/// runs beside it, and the head.
pub(super) fn small_archive() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    write_basis(folder.path());
    run(folder.path(), "2014-H1");
    close(folder.path(), "2014-H1");
    change(&folder.path().join("basis/claims.csv"), "450.00", "405.00");
    run(folder.path(), "2014-H2");
    let head = close(folder.path(), "2014-H2");
    (folder, head)
}

/// The files below a folder by their names with `/`, but for the lock.
pub(super) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_owned()];
    while let Some(path) = left.pop() {
        for entry in fs::read_dir(&path).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("below").to_str().expect("UTF-8").to_owned();
            if path.is_dir() {
                left.push(path);
            } else if name != ".lock" {
                found.insert(name, fs::read(path).expect("a file"));
            }
        }
    }
    found
}

/// Copies a folder; the copy can be written to.
pub(super) fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

/// Puts bytes into a file that may be closed to writing.
pub(super) fn set(file: &Path, bytes: &[u8]) {
    let _ = fs::remove_file(file);
    fs::write(file, bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to memory");
        text
    })
}

/// Somebody who knows the format: whatever is changed, every hash that is about it is repaired.
pub(super) struct Forger {
    pub(super) archive: PathBuf,
}

impl Forger {
    fn entry(&self, number: u32) -> PathBuf {
        self.archive.join(format!("{number:04}"))
    }

    /// Exchanges a text in a file of an entry.
    pub(super) fn change(&self, number: u32, file: &str, from: &str, to: &str) {
        change(&self.entry(number).join(file), from, to);
    }

    /// Makes every hash right again: of files in the record and the manifest, of the record, of each manifest in the
    /// next, and the seals.
    pub(super) fn repair(&self) {
        let mut previous = None;
        for number in 1.. {
            let entry = self.entry(number);
            if !entry.exists() {
                return;
            }
            let (record, manifest) = (entry.join("run/run.json"), entry.join("manifest.json"));
            if record.exists() {
                repair_files(&record, &entry.join("run"));
                let hash = sha256(&fs::read(&record).expect("the record"));
                set_value(&manifest, "run_sha256", &format!("\"{hash}\""));
            }
            repair_files(&manifest, &entry);
            if let Some(previous) = previous {
                set_value(&manifest, "previous", &format!("\"{previous}\""));
            }
            let hash = sha256(&fs::read(&manifest).expect("the manifest"));
            set(&entry.join("manifest.sha256"), format!("{hash}  manifest.json\n").as_bytes());
            previous = Some(hash);
        }
    }
}

/// Makes the hashes and lengths right that a record or manifest has of files in a folder. Nothing else is touched.
fn repair_files(file: &Path, folder: &Path) {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut about: Option<Vec<u8>> = None;
    let repaired: Vec<String> = text
        .lines()
        .map(|line| match (key_and_value(line), &about) {
            (Some(("file", name)), _) => {
                about = fs::read(folder.join(name.trim_matches('"'))).ok();
                line.to_owned()
            }
            (Some(("bytes", old)), Some(bytes)) => line.replace(old, &bytes.len().to_string()),
            (Some(("sha256", old)), Some(bytes)) => line.replace(old, &format!("\"{}\"", sha256(bytes))),
            _ => line.to_owned(),
        })
        .collect();
    set(file, format!("{}\n", repaired.join("\n")).as_bytes());
}

/// Gives a key of a JSON file another value, in its first line.
pub(super) fn set_value(file: &Path, key: &str, value: &str) {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let line = text.lines().find(|line| key_and_value(line).is_some_and(|(one, _)| one == key));
    let line = line.unwrap_or_else(|| panic!("no `{key}` in {text}"));
    let old = key_and_value(line).map(|(_, old)| old).expect("a value");
    change(file, line, &line.replace(old, value));
}

/// The key and the value of a line of JSON as the program writes it.
fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim().split_once(": ")?;
    Some((key.trim_matches('"'), value.trim_end_matches(',')))
}

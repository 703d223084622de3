//! Bad input gets all its errors, each with its place, what was expected and a hint:
//! `testdata/bad-input`, one small file a mistake, with the exact words.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use honorar_intake::{InputFile, read_source};
use honorar_problems::Problem;

use crate::tables::{case_files, source, testdata};

/// What a case changes is added to these rows, or replaces them.
const SOUND: [(&str, &str); 5] = [
    ("persons", "0101, employed\n0102, self_employed, 480000\n0103, pay_kept\n0104, none"),
    (
        "offices",
        "0101, KST, member, 2011-10-01\n0102, KST, member, 2011-10-01\n0102, FSK, member, 2011-10-01\n0103, OOK, leader, 2011-10-01",
    ),
    ("meetings", "KST-1, KST, 2014-02-06, 16:00, 18:30\nOOK-1, OOK, 2014-03-06, 10:00, 12:00"),
    (
        "attendance",
        "KST-1, 0101, present\nKST-1, 0102, absent_valid\nOOK-1, 0103, present\nOOK-1, 0104, present, substitute",
    ),
    ("claims", "K1, 0101, lost_income_undocumented, KST-1"),
];

const PROFILE: &str = "municipality = \"aurland\"\nregulation = \"aurland\"\n";

#[test]
fn every_mistake_gets_its_exact_words() {
    let mut failures = String::new();
    for path in case_files("bad-input", "toml") {
        let text = std::fs::read_to_string(&path).expect("a case file");
        let case: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let expected = case.get("problems").and_then(toml::Value::as_str).unwrap_or_default().trim();
        let found = problems(&case);
        if expected != found.trim() && std::env::var_os("HONORAR_UPDATE").is_some() {
            std::fs::write(&path, text.replace(expected, found.trim())).expect("a case file");
        } else if expected != found.trim() {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            write!(failures, "\n=== {file}\n--- expected\n{expected}\n--- found\n{found}\n")
                .expect("writing to memory");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn what_the_cases_change_is_sound() {
    assert_eq!(problems(&toml::Table::new()), "");
}

/// `[rows]` replaces a table's rows, `[add]` adds to them, `[files]` replaces or adds whole files;
/// `profile` replaces the profile; `regulation` is added to Aurland's file, and `[changes]` replaces in it.
fn problems(case: &toml::Table) -> String {
    let mut rows: BTreeMap<String, String> =
        SOUND.iter().map(|(table, rows)| ((*table).to_owned(), (*rows).to_owned())).collect();
    for (table, text) in texts(case, "rows") {
        rows.insert(table, text);
    }
    for (table, text) in texts(case, "add") {
        let rows = rows.entry(table).or_default();
        rows.push('\n');
        rows.push_str(&text);
    }
    let profile = case.get("profile").and_then(toml::Value::as_str).unwrap_or(PROFILE);
    let mut source = source(&rows, profile);
    for (name, text) in texts(case, "files") {
        let stem = name.split('.').next().unwrap_or_default().to_owned();
        source.tables.retain(|file| !file.name.starts_with(&format!("{stem}.")));
        if !text.is_empty() {
            source.tables.push(InputFile { name, bytes: text.into_bytes() });
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let lines_before = write_regulation(case, folder.path());
    folder.path().clone_into(&mut source.folder);
    let problems = read_source(source).problems;
    let shown = |problem: &Problem| from_line(&problem.to_string(), lines_before);
    problems.iter().map(shown).collect::<Vec<_>>().join("\n")
}

/// The regulation of a case, where it has one; and how many lines stand before what the case adds.
fn write_regulation(case: &toml::Table, folder: &Path) -> usize {
    let Some(added) = case.get("regulation").and_then(toml::Value::as_str) else { return 0 };
    let aurland = testdata().join("../rates/regulations/aurland.toml");
    let aurland = std::fs::read_to_string(aurland).expect("Aurland's regulation");
    let changed = texts(case, "changes").into_iter().fold(aurland, |text, (old, new)| {
        assert!(text.contains(&old), "`{old}` is in Aurland's file");
        text.replace(&old, &new)
    });
    std::fs::write(folder.join("regulation.toml"), format!("{changed}{added}")).expect("a file");
    changed.lines().count()
}

/// Lines of a regulation are counted from where the case's part begins, so that Aurland's may grow; of one in
/// Aurland's part the number is left out.
fn from_line(problem: &str, lines_before: usize) -> String {
    let counted = problem.split_once("regulation.toml, line ").and_then(|(before, rest)| {
        let (line, rest) = rest.split_once(|c: char| !c.is_ascii_digit())?;
        let line = line.parse::<usize>().ok()?.checked_sub(lines_before);
        let line = line.map_or_else(|| "…".to_owned(), |line| line.to_string());
        let rest = problem.get(problem.len() - rest.len() - 1..)?;
        Some(format!("{before}regulation.toml, line {line}{rest}"))
    });
    counted.unwrap_or_else(|| problem.to_owned())
}

fn texts(case: &toml::Table, key: &str) -> Vec<(String, String)> {
    let table = case.get(key).and_then(toml::Value::as_table);
    let entries = table.into_iter().flatten();
    entries
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.trim_start_matches('\n').to_owned())))
        .collect()
}

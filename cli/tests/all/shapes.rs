//! Every shape that a regulation may have: invented regulations in `testdata/shapes`, each with a pack of
//! cases that were worked out by hand, and what the law's and the engine's edges make of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use honorar_casebook::{Case, Pack, read_pack};
use honorar_intake::Source;
use honorar_rates::{CaseText, RegulationText, empty_profile, read_regulation};
use rayon::prelude::*;

use crate::pocket_calculator::check_sentence;
use crate::tables::{case_files, files_of, records, source};

/// Each regulation of a shape, with its pack.
pub(crate) fn shapes() -> Vec<(RegulationText, Pack)> {
    let with_pack = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).expect("a regulation");
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (pack, problems) = read_pack(&cases_beside(path));
        assert_eq!(problems, [], "{file}");
        (RegulationText { file, text }, pack)
    };
    let shapes: Vec<_> = case_files("shapes", "toml").iter().map(with_pack).collect();
    assert!(!shapes.is_empty());
    shapes
}

fn cases_beside(regulation: &Path) -> Vec<CaseText> {
    let folder = regulation.with_extension("");
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut files: Vec<CaseText> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .map(|path| CaseText {
            file: format!("{name}/{}", path.file_name().unwrap_or_default().to_string_lossy()),
            text: std::fs::read_to_string(&path).expect("a file of cases"),
        })
        .collect();
    files.sort_by(|a, b| a.file.cmp(&b.file));
    files
}

#[test]
fn every_case_of_every_shape_gives_its_lines() {
    let mut failures = String::new();
    for (regulation, pack) in shapes() {
        let cases: Vec<&Case> = pack.cases().collect();
        assert!(!cases.is_empty(), "{}: no case", regulation.file);
        let failed: Vec<String> = cases.par_iter().filter_map(|case| failure(case, &regulation)).collect();
        failures.extend(failed);
    }
    assert!(failures.is_empty(), "{failures}");
}

/// What differs in a case; that a sentence of it is wrong on a pocket calculator; or that two of its lines
/// are alike.
fn failure(case: &Case, regulation: &RegulationText) -> Option<String> {
    let outcome = case.run(regulation);
    let mut text = String::new();
    let mut say = |line: String| writeln!(text, "  {line}").expect("writing to memory");
    for line in &outcome.missing {
        say(format!("expected {line}"));
    }
    for line in &outcome.unexpected {
        say(format!("found    {line}"));
    }
    for problem in &outcome.problems {
        say(problem.to_string());
    }
    for line in &outcome.found {
        if let Some(amount) = line.amount
            && let Err(wrong) = check_sentence(&line.how, &amount.to_string())
        {
            say(wrong);
        }
    }
    let different: BTreeSet<&str> = outcome.found.iter().map(|line| &*line.text).collect();
    if different.len() < outcome.found.len() {
        say("two of its lines are alike".to_owned());
    }
    (!text.is_empty()).then(|| format!("{}: {}\n{text}", case.place, case.name))
}

#[test]
fn every_file_of_a_shape_says_what_it_is_about() {
    for (regulation, pack) in shapes() {
        for file in &pack.files {
            let is_said = !file.says.is_empty() && file.cases.iter().all(|case| !case.point.is_empty());
            assert!(is_said, "{}: {} has no `point` or `says`", regulation.file, file.file);
        }
    }
}

#[test]
fn every_shape_is_a_regulation_without_problems() {
    let profile = empty_profile().expect("a profile");
    for (regulation, _) in shapes() {
        let (read, problems) = read_regulation(&regulation, &profile);
        assert_eq!(problems, [], "{}", regulation.file);
        assert!(read.is_some());
    }
}

/// Care that is paid to a supplier is in `payables.csv` and in no total of what the persons get; the same
/// kind without a supplier is the person's.
#[test]
fn what_a_supplier_is_paid_is_a_payable() {
    let (regulation, _) =
        shapes().into_iter().find(|(one, _)| one.file == "covers.toml").expect("it is there");
    let rows = [
        ("persons", "1, employed"),
        ("offices", "1, HEL, member, 2023-10-01"),
        ("meetings", "H1, HEL, 2024-03-05, 09:00, 15:00"),
        ("attendance", "H1, 1, present"),
        (
            "claims",
            "C1, 1, care, H1, , , , 500, B1, , Barnevakt AS, 15032080119\nC2, 1, care, H1, , , , 400, B2",
        ),
    ];
    let rows = rows.map(|(table, rows)| (table.to_owned(), rows.to_owned())).into_iter().collect();
    let profile = "municipality = \"m\"\nregulation = \"r\"\n[wage_types]\n\
                   care = { code = \"1420\", send = \"amount\" }\n";
    let source = Source { regulation: Some(regulation), ..source(&rows, profile) };
    let period = "2024-H1".parse().expect("a period");
    let files = files_of(source, period);
    let of_file = |name: &str| {
        let rows = records(&files[name]).into_iter();
        rows.map(|row| (row["claim_id"].clone(), row["amount"].clone())).collect::<Vec<_>>()
    };
    let line = |claim: &str, amount: &str| (claim.to_owned(), amount.to_owned());
    assert_eq!(of_file("payables.csv"), [line("C1", "500.00")]);
    assert_eq!(of_file("lines.csv"), [line("C2", "300.00")]);
    let record: serde_json::Value = serde_json::from_slice(&files["run.json"]).expect("JSON");
    let totals = serde_json::json!([
        { "kind": "care", "to_others": false, "lines": 1, "people": 1, "sum": "300.00" },
        { "kind": "care", "to_others": true, "lines": 1, "people": 1, "sum": "500.00" },
    ]);
    assert_eq!(record["totals"], totals);
    assert_eq!(record["control_total"], "300.00");
}

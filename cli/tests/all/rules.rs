//! The rules R1 to R25 and every setting, as tables of cases that a person can read and check by
//! hand: `testdata/rules`, one file a rule or setting.
//!
//! A case gives rows and expects every line, to the øre. Its amounts are worked out from the
//! specification, without the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use honorar_engine::money::RoundingMode;
use honorar_engine::{Period, compute};
use honorar_exporters::language::how;
use honorar_intake::{read_source, shortfall_problems};
use rayon::prelude::*;

use crate::pocket_calculator::check_sentence;

use crate::tables::{case_files, source, testdata};

const PARAMETERS: [(&str, &str); 6] = [
    ("mayor", "850000"),
    ("deputy_mayor_supplement", "20608"),
    ("council_member", "10304"),
    ("executive_member", "15456"),
    ("planning_leader", "12880"),
    ("standing_leader", "15456"),
];

/// The cases of all files, with the files' names.
fn cases() -> Vec<(String, toml::Table)> {
    let of_file = |path: &PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let all = case_file(path).get("case").and_then(toml::Value::as_array).cloned();
        let all = all.unwrap_or_else(|| panic!("{file}: no case"));
        all.into_iter().map(move |case| (file.clone(), case.as_table().expect("a case is a table").clone()))
    };
    case_files("rules", "toml").iter().flat_map(of_file).collect()
}

fn case_file(path: &Path) -> toml::Table {
    let text = std::fs::read_to_string(path).expect("a case file");
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_case_gives_its_lines() {
    let mut failures = String::new();
    for (file, case) in cases() {
        let (expected, found) = (expected_lines(&case), found_lines(&case, None));
        if expected != found {
            write!(failures, "\n{file}: {}\n", text(&case, "name")).expect("writing to memory");
            for line in expected.difference(&found) {
                writeln!(failures, "  expected {line}").expect("writing to memory");
            }
            for line in found.difference(&expected) {
                writeln!(failures, "  found    {line}").expect("writing to memory");
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_rule_and_every_setting_has_its_cases() {
    let about: BTreeSet<String> = case_files("rules", "toml")
        .iter()
        .flat_map(|path| {
            let about =
                case_file(path).get("about").and_then(toml::Value::as_array).cloned().unwrap_or_default();
            about.into_iter().filter_map(|word| word.as_str().map(str::to_owned)).collect::<Vec<_>>()
        })
        .collect();
    let rules = (1..=25).map(|number| format!("R{number}"));
    let settings =
        settings().into_iter().map(|(name, _)| name).filter(|name| !name.starts_with("fixed_fees"));
    let missing: Vec<String> = rules.chain(settings).filter(|name| !about.contains(name)).collect();
    assert!(missing.is_empty(), "no case is about {}", missing.join(", "));
}

/// A setting that could be changed without a case noticing would be a setting without a meaning.
#[test]
fn another_value_of_any_setting_changes_a_case_or_is_refused() {
    let cases: Vec<_> = cases().into_iter().map(|(_, case)| (expected_lines(&case), case)).collect();
    let unnoticed: Vec<String> = settings()
        .into_par_iter()
        .filter(|(name, value)| {
            let other = other_value(value);
            let changes = |(expected, case): &(BTreeSet<String>, toml::Table)| {
                let changes = case.get("changes").and_then(toml::Value::as_table);
                let is_its_own = changes.is_some_and(|changes| changes.contains_key(name));
                !is_its_own && found_lines(case, Some((name, &other))) != *expected
            };
            !cases.iter().any(changes)
        })
        .map(|(name, _)| name)
        .collect();
    assert!(unnoticed.is_empty(), "no case notices {}", unnoticed.join(", "));
}

/// Another value than the one that stands: one that is known where there is one.
fn other_value(value: &str) -> String {
    match value {
        "true" => "false".to_owned(),
        "false" => "true".to_owned(),
        "\"monthly\"" => "\"half_yearly\"".to_owned(),
        "\"half_yearly\"" => "\"monthly\"".to_owned(),
        "\"all\"" => "\"invalid_only\"".to_owned(),
        "\"part_over_threshold\"" => "\"all_absence\"".to_owned(),
        "\"oere_half_away_from_zero\"" => "\"oere_half_to_even\"".to_owned(),
        "\"none\"" => "1".to_owned(),
        share if share.contains('/') || share.contains('%') => "\"1/3\"".to_owned(),
        list if list.starts_with('[') => "[]".to_owned(),
        number if number.parse::<u32>().is_ok() => format!("{number}1"),
        _ => "\"no_such_word\"".to_owned(),
    }
}

/// The settings and amounts of Aurland's regulation with their values, such as
/// `absence.threshold`.
fn settings() -> Vec<(String, String)> {
    let mut section = String::new();
    let mut settings = Vec::new();
    for line in regulation().lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name.clone_into(&mut section);
        } else if let Some((key, rest)) = line.split_once(" = { value = ") {
            let (value, _) = rest.split_once(", point = ").expect("a setting has a point");
            settings.push((format!("{section}.{key}"), value.to_owned()));
        }
    }
    assert!(settings.len() > 70, "{} settings", settings.len());
    settings
}

fn regulation() -> String {
    let path = testdata().join("../rates/regulations/aurland.toml");
    std::fs::read_to_string(path).expect("Aurland's regulation")
}

fn text<'c>(case: &'c toml::Table, key: &str) -> &'c str {
    case.get(key).and_then(toml::Value::as_str).unwrap_or_default()
}

/// `person_id, kind, body, meeting_id, claim_id, amount`, or `problem, code`.
fn expected_lines(case: &toml::Table) -> BTreeSet<String> {
    let tidy = |line: &str| line.split(',').map(str::trim).collect::<Vec<_>>().join(", ");
    text(case, "expected").lines().map(str::trim).filter(|line| !line.is_empty()).map(tidy).collect()
}

/// The lines that a case gives, with another value of a setting where one is named; its problems
/// where it gives none; its warnings too where it asks for them.
fn found_lines(case: &toml::Table, change: Option<(&str, &str)>) -> BTreeSet<String> {
    let rows: BTreeMap<String, String> =
        case.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let mut basis = source(&rows, &profile(case, change, folder.path()));
    folder.path().clone_into(&mut basis.folder);
    let reading = read_source(basis);
    let Some(content) = &reading.content else {
        return reading
            .problems
            .iter()
            .map(|problem| format!("problem, {}, {}", problem.code, problem.message))
            .collect();
    };
    let period: Period = text(case, "period").parse().expect("a period");
    let payout = match compute(&content.basis, &content.regulation, period) {
        Ok(payout) => payout,
        Err(shortfalls) => {
            let problems = shortfall_problems(content, &shortfalls);
            return problems.iter().map(|problem| format!("problem, {}", problem.code)).collect();
        }
    };
    let register = content.basis.register();
    let lines: Vec<String> = payout
        .all()
        .map(|line| {
            let body = line.body.map_or("", |body| &*register.body(body).code);
            let meeting = line.meeting.map_or("", |meeting| &*register.meeting(meeting).id);
            let claim = line.origin.claim_id(&content.basis);
            let sentence = how(line, &content.basis, &content.regulation);
            // The calculator rounds a half away from zero, as people do.
            let rounding = content.regulation.fees.rounding.on(line.date).peek();
            if rounding.is_some_and(|rounding| rounding.mode() == RoundingMode::HalfAwayFromZero) {
                check_sentence(&sentence, &line.amount.to_string()).unwrap_or_else(|wrong| panic!("{wrong}"));
            }
            format!(
                "{}, {}, {body}, {meeting}, {claim}, {}",
                register.person(line.person).id,
                line.kind.name(),
                line.amount
            )
        })
        .collect();
    let number = lines.len();
    let mut lines: BTreeSet<String> = lines.into_iter().collect();
    assert_eq!(lines.len(), number, "two lines of a case are alike");
    if case.contains_key("warnings") {
        lines.extend(reading.problems.iter().map(|problem| format!("warning, {}", problem.code)));
    }
    lines
}

/// The profile of a case: the assumed parameters, changed as the case says, and a regulation
/// whose settings are changed as the case says.
fn profile(case: &toml::Table, changed: Option<(&str, &str)>, folder: &Path) -> String {
    let mut parameters: BTreeMap<&str, String> =
        PARAMETERS.iter().map(|(name, amount)| (*name, (*amount).to_owned())).collect();
    for (name, amount) in case.get("parameters").and_then(toml::Value::as_table).into_iter().flatten() {
        match amount.as_str() {
            Some("") => parameters.remove(name.as_str()),
            Some(amount) => parameters.insert(name, format!("\"{amount}\"")),
            None => parameters.insert(name, amount.to_string()),
        };
    }
    let mut profile = "municipality = \"aurland\"\nregulation = \"changed.toml\"\n[parameters]\n".to_owned();
    for (name, amount) in parameters {
        writeln!(profile, "{name} = {amount}").expect("writing to memory");
    }
    let changes = case.get("changes").and_then(toml::Value::as_table).into_iter().flatten();
    let changes = changes.map(|(name, value)| (name.as_str(), value.as_str().expect("a change is a text")));
    let regulation =
        changes.chain(changed).fold(regulation(), |text, (name, value)| change(&text, name, value));
    let mut file = std::fs::File::create(folder.join("changed.toml")).expect("a file");
    file.write_all(regulation.as_bytes()).expect("a file");
    profile
}

/// The regulation with another value of one setting.
fn change(regulation: &str, name: &str, value: &str) -> String {
    let (section, key) = name.rsplit_once('.').expect("a setting has a section");
    let mut here = false;
    let mut changed = 0;
    let lines: Vec<String> = regulation
        .lines()
        .map(|line| {
            if line.starts_with('[') {
                here = line == format!("[{section}]");
            }
            let rest = line.strip_prefix(&format!("{key} = {{ value = "));
            match rest.filter(|_| here).and_then(|rest| rest.split_once(", point = ")) {
                Some((_, rest)) => {
                    changed += 1;
                    format!("{key} = {{ value = {value}, point = {rest}")
                }
                None => line.to_owned(),
            }
        })
        .collect();
    assert_eq!(changed, 1, "`{name}` is one setting");
    lines.join("\n")
}

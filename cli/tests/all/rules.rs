//! The rules R1 to R24 and every setting, as tables of cases that a person can read and check by
//! hand: `testdata/rules`, one file a rule or setting.
//!
//! A case gives rows and expects every line, to the øre. Its amounts are worked out by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;

use honorar_engine::{Period, compute};
use honorar_intake::{read_source, shortfall_problems};

use crate::tables::{case_files, source, testdata};

const PARAMETERS: [(&str, &str); 6] = [
    ("mayor", "850000"),
    ("deputy_mayor_supplement", "20608"),
    ("council_member", "10304"),
    ("executive_member", "15456"),
    ("planning_leader", "12880"),
    ("standing_leader", "15456"),
];

#[test]
fn every_case_gives_its_lines() {
    let mut failures = String::new();
    let mut cases = 0;
    for path in case_files("rules", "toml") {
        let text = std::fs::read_to_string(&path).expect("a case file");
        let file: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let all = file
            .get("case")
            .and_then(toml::Value::as_array)
            .unwrap_or_else(|| panic!("{}: no case", path.display()));
        for case in all.iter().filter_map(toml::Value::as_table) {
            cases += 1;
            let (expected, found) = (expected_lines(case), found_lines(case));
            if expected != found {
                let name = case.get("name").and_then(toml::Value::as_str).unwrap_or("no name");
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                write!(failures, "\n{file}: {name}\n").expect("writing to memory");
                for line in expected.difference(&found) {
                    writeln!(failures, "  expected {line}").expect("writing to memory");
                }
                for line in found.difference(&expected) {
                    writeln!(failures, "  found    {line}").expect("writing to memory");
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(cases > 0, "no case was run");
}

#[test]
fn every_rule_and_every_setting_has_its_cases() {
    let about: BTreeSet<String> = case_files("rules", "toml")
        .iter()
        .flat_map(|path| {
            let text = std::fs::read_to_string(path).expect("a case file");
            let file: toml::Table = text.parse().expect("a case file");
            let about = file.get("about").and_then(toml::Value::as_array).cloned().unwrap_or_default();
            about.into_iter().filter_map(|word| word.as_str().map(str::to_owned)).collect::<Vec<_>>()
        })
        .collect();
    let rules = (1..=24).map(|number| format!("R{number}"));
    let missing: Vec<String> = rules.chain(settings()).filter(|name| !about.contains(name)).collect();
    assert!(missing.is_empty(), "no case is about {}", missing.join(", "));
}

/// The names of all settings of Aurland's regulation, such as `absence.threshold`.
fn settings() -> Vec<String> {
    let mut section = String::new();
    let mut names = Vec::new();
    for line in regulation().lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name.clone_into(&mut section);
        } else if let Some((key, _)) = line.split_once(" = { value = ") {
            names.push(format!("{section}.{key}"));
        }
    }
    names.retain(|name| !name.starts_with("bodies") && !name.starts_with("fixed_fees"));
    names
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

fn found_lines(case: &toml::Table) -> BTreeSet<String> {
    let rows: BTreeMap<String, String> =
        case.iter().filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let mut basis = source(&rows, &profile(case, folder.path()));
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
            format!(
                "{}, {}, {body}, {meeting}, {claim}, {}",
                register.person(line.person).id,
                line.kind.name(),
                line.amount
            )
        })
        .collect();
    let number = lines.len();
    let lines: BTreeSet<String> = lines.into_iter().collect();
    assert_eq!(lines.len(), number, "two lines of a case are alike");
    lines
}

/// The profile of a case: the assumed parameters, changed as the case says, and a regulation
/// whose settings are changed as the case says.
fn profile(case: &toml::Table, folder: &std::path::Path) -> String {
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
    let changes = case.get("changes").and_then(toml::Value::as_table);
    let regulation = changes.into_iter().flatten().fold(regulation(), |text, (name, value)| {
        change(&text, name, value.as_str().expect("a change is a text"))
    });
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

//! The packs of the regulations that ship, and what Aurland's has to have: the rules R1 to R25 and
//! every setting, as tables of cases that a person can read and check by hand.
//!
//! A case gives rows and expects every line, to the øre. Its amounts are worked out from the
//! specification, without the program.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use honorar_casebook::{Case, Outcome, Pack, changed, read_pack};
use honorar_rates::{RegulationText, find_pack};
use rayon::prelude::*;

use crate::pocket_calculator::check_sentence;

/// A regulation that ships, and its cases.
pub(crate) fn shipped() -> Vec<(RegulationText, Pack)> {
    let with_pack = |regulation: RegulationText| {
        let (files, problems) = find_pack(regulation.name());
        assert_eq!(problems, []);
        let (pack, problems) = read_pack(&files);
        assert_eq!(problems, []);
        (regulation, pack)
    };
    RegulationText::shipped().into_iter().map(with_pack).collect()
}

fn aurland() -> (RegulationText, Pack) {
    shipped().into_iter().find(|(regulation, _)| regulation.name() == "aurland").expect("it ships")
}

#[test]
fn every_case_of_every_regulation_gives_its_lines() {
    for (regulation, pack) in shipped() {
        let failures: Vec<String> = pack
            .cases()
            .collect::<Vec<_>>()
            .par_iter()
            .filter_map(|case| failure(case, &regulation))
            .collect();
        assert!(failures.is_empty(), "{}\n{}", regulation.file, failures.join("\n"));
        assert!(pack.cases().count() > 0, "{}: no case", regulation.file);
    }
}

/// What differs in a case, its sentences among it: each has to be right on a pocket calculator.
fn failure(case: &Case, regulation: &RegulationText) -> Option<String> {
    let outcome = case.run(regulation);
    // The calculator rounds a half away from zero, as people do.
    if !case.changes().any(|name| name == "fees.rounding") {
        let sentences = outcome.found.iter().filter_map(|line| Some((&line.how, line.amount?)));
        for (how, amount) in sentences.filter(|(how, _)| !how.is_empty()) {
            check_sentence(how, &amount.to_string()).unwrap_or_else(|wrong| panic!("{wrong}"));
        }
    }
    (!outcome.passed()).then(|| shown(case, &outcome))
}

fn shown(case: &Case, outcome: &Outcome) -> String {
    let mut text = format!("{}: {}\n", case.place, case.name);
    for line in &outcome.missing {
        writeln!(text, "  expected {line}").expect("writing to memory");
    }
    for line in &outcome.unexpected {
        writeln!(text, "  found    {line}").expect("writing to memory");
    }
    for problem in &outcome.problems {
        writeln!(text, "{problem}").expect("writing to memory");
    }
    text
}

#[test]
fn no_two_lines_of_a_case_are_alike() {
    for (regulation, pack) in shipped() {
        for case in pack.cases() {
            let found = case.run(&regulation).found;
            let different: BTreeSet<&str> = found.iter().map(|line| &*line.text).collect();
            assert_eq!(different.len(), found.len(), "{}: {}", case.place, case.name);
        }
    }
}

#[test]
fn every_file_of_a_pack_says_what_it_is_about() {
    for (regulation, pack) in shipped() {
        for file in &pack.files {
            let is_said = !file.says.is_empty() && file.cases.iter().all(|case| !case.point.is_empty());
            assert!(is_said, "{}: {} has no `point` or `says`", regulation.file, file.file);
        }
    }
}

#[test]
fn every_rule_and_every_setting_has_its_cases() {
    let (regulation, pack) = aurland();
    let about: BTreeSet<&str> = pack.files.iter().flat_map(|file| &file.about).map(String::as_str).collect();
    let rules = (1..=25).map(|number| format!("R{number}"));
    let settings = settings(&regulation)
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| !name.starts_with("fixed_fees"));
    let missing: Vec<String> = rules.chain(settings).filter(|name| !about.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "no case is about {}", missing.join(", "));
}

/// A setting that could be changed without a case noticing would be a setting without a meaning.
#[test]
fn another_value_of_any_setting_changes_a_case_or_is_refused() {
    let (regulation, pack) = aurland();
    let unnoticed: Vec<String> = settings(&regulation)
        .into_par_iter()
        .filter(|(name, value)| {
            let other = changed(&regulation, name, &other_value(value)).expect("a setting");
            let notices = |case: &Case| {
                let is_its_own = case.changes().any(|changed| changed == name);
                !is_its_own && !case.run(&other).passed()
            };
            !pack.cases().any(notices)
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
fn settings(regulation: &RegulationText) -> Vec<(String, String)> {
    let mut section = String::new();
    let mut settings = Vec::new();
    for line in regulation.text.lines() {
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

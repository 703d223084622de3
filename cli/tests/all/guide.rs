//! The guide to the format of regulations: what it shows is read, and what is read it names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use honorar_problems::Problem;
use honorar_rates::{RegulationText, empty_profile, read_regulation};

use crate::tables::testdata;
use crate::worked_example::blocks;

/// The least that a file has to hold, and what the guide's examples refer to.
const LEAST: &str = r#"
name = "example"
municipality = "Example kommune"
title = "Example"
source = "example"
act = "kommuneloven 2018"
adopted = "KST 1/20"
in_force_from = 2020-01-01
provenance = "document"
point = "1"

[bodies]
KST = { name = "kommunestyre", class = "council" }
FSK = { name = "formannskap", class = "executive" }
KU = { name = "kontrollutval", class = "standing" }

[amounts]
G = 118620
executive_member = 20000
planning_leader = 40000

[parameters]
index = { parameter = "index" }

[fixed_fees.mayor]
roles = ["mayor"]
per_year = 1200000
payment = "monthly"

[fees]
meeting_fees_and_claims = "half_yearly"
fixed_fee_shuts_out = []

[absence]
threshold = "25 %"
size = "all_absence"

[length]
whole_day_over_minutes = 240

[after_pay]
roles = ["mayor"]
per_month = "mayor / 12"
months_with_work = 1
months_without_work = 3
"#;

/// The least file with the tables of an example in place of its own; settings are replaced one by one.
fn with(example: &str) -> String {
    let mut file: toml::Table = LEAST.parse().expect("TOML");
    let example: toml::Table = example.parse().unwrap_or_else(|error| panic!("{error}: {example}"));
    for (key, value) in example {
        put(&mut file, key, value);
    }
    file.to_string()
}

/// Puts a value into a file, or a section's keys beside those that are there.
fn put(file: &mut toml::Table, key: String, value: toml::Value) {
    match (file.get_mut(&key).and_then(toml::Value::as_table_mut), value) {
        (Some(section), toml::Value::Table(more)) => section.extend(more),
        (_, value) => _ = file.insert(key, value),
    }
}

fn problems_of(text: String) -> Vec<Problem> {
    let profile = empty_profile().expect("an empty profile");
    let text = RegulationText { file: "example.toml".to_owned(), text };
    // An example shows a part: what another part would use is for nothing in it.
    let mut problems = read_regulation(&text, &profile).1;
    problems.retain(|problem| problem.code != "for_nothing");
    problems
}

#[test]
fn every_example_of_a_regulation_is_read_without_a_problem() {
    assert_eq!(problems_of(LEAST.to_owned()), []);
    let mut examples = 0;
    for (words, text) in blocks("regulations.md") {
        // Those with a name are files of the worked example.
        if words == ["toml"] {
            let problems = problems_of(with(&text));
            assert_eq!(problems, [], "{text}");
            examples += 1;
        }
    }
    assert!(examples > 15, "{examples}");
}

/// What «How do I say …» writes into a fixed fee, a meeting fee and a cover.
const IN_TABLES: [(&str, &str, &[&str]); 3] = [
    (
        "fixed_fees",
        "class = 'planning'\nroles = ['leader']\nper_year = 1000\npayment = 'yearly'",
        &[
            "roles",
            "per_year",
            "position_at_least",
            "position_below",
            "acting",
            "shuts_out",
            "covers_lost_income",
        ],
    ),
    (
        "meeting_fees",
        "class = 'planning'\nseats = ['member']\nper_meeting = 1000",
        &[
            "seats",
            "for_duty",
            "starts_before",
            "starts_from",
            "at_most_minutes",
            "longer_than_minutes",
            "extra_hours",
        ],
    ),
    (
        "cover",
        "kinds = ['care']\nper_day = 1000",
        &[
            "kinds",
            "per_day",
            "per_hour",
            "per_meeting",
            "per_short_meeting",
            "short_meeting_share",
            "hours_per_day",
            "whole_day_over_minutes",
            "at_limit",
            "social_costs_on_top",
            "paid_to_supplier",
        ],
    ),
];

/// What a row of «How do I say …» says, as a part of a file.
fn said(row: &str) -> toml::Table {
    let mut said = toml::Table::new();
    for code in row.split('`').skip(1).step_by(2).filter(|code| code.contains(" = ")) {
        let of_code: toml::Table = code.parse().unwrap_or_else(|error| panic!("{error}: {code}"));
        for (key, value) in of_code {
            let of_table = IN_TABLES.iter().find(|(_, _, keys)| keys.contains(&key.as_str()));
            let Some((table, usual, _)) = of_table else {
                put(&mut said, key, value);
                continue;
            };
            let tables = said.entry(*table).or_insert_with(|| {
                let usual: toml::Table = usual.parse().expect("TOML");
                toml::Table::from_iter([("of_row".to_owned(), usual.into())]).into()
            });
            tables["of_row"].as_table_mut().expect("a table").insert(key, value);
        }
    }
    said
}

#[test]
fn what_the_guide_says_of_each_shape_is_read() {
    let guide = prose("regulations.md");
    let (_, table) = guide.split_once("\n## How do I say …\n").expect("the table");
    let (table, _) = table.split_once("\n## ").expect("another section");
    let mut rows = 0;
    for row in table.lines().filter(|line| line.starts_with("| ")) {
        let said = said(row.splitn(3, '|').nth(2).unwrap_or_default());
        if !said.is_empty() {
            let text = with(&said.to_string());
            assert_eq!(problems_of(text.clone()), [], "{row}\n{text}");
            rows += 1;
        }
    }
    assert!(rows > 60, "{rows}");
}

/// The keys and words that the reader of regulations knows.
fn known_words() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rates/src");
    let files = fs::read_dir(folder.join("regulation_file")).expect("the reader of regulations");
    let mut paths: Vec<_> = files.map(|entry| entry.expect("an entry").path()).collect();
    paths.push(folder.join("words.rs"));
    let mut known = BTreeSet::new();
    for path in paths {
        let text = fs::read_to_string(path).expect("a source");
        // Tests come last.
        known.extend(words_of(text.split("#[cfg(test)]").next().unwrap_or_default()));
    }
    known
}

/// The texts of small letters and `_` in a source, but for the codes of problems: those stand in calls
/// of what makes a problem.
fn words_of(source: &str) -> Vec<String> {
    const MAKE_PROBLEMS: [&str; 5] = ["wrong", "wrong_day", "error", "warning", "problem"];
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut calls: Vec<&str> = Vec::new();
    let mut words = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '(', ')', '\'', '/']) {
        let (before, from) = rest.split_at(at);
        let mut length = 1;
        match from.as_bytes()[0] {
            b'(' => calls.push(before.rsplit(|c| !is_name(c)).next().unwrap_or_default()),
            b')' => _ = calls.pop(),
            b'/' if from.starts_with("//") => length = from.find('\n').unwrap_or(from.len()),
            // A character, such as a bracket.
            b'\'' if from.chars().nth(2) == Some('\'') => {
                length = from.char_indices().nth(3).expect("more").0;
            }
            b'"' => {
                let text = &from[1..];
                let mut quotes = text.match_indices('"').map(|(end, _)| end);
                let end = quotes.find(|end| !text[..*end].ends_with('\\')).expect("a text ends");
                let word = &text[..end];
                let is_word = word.starts_with(|c: char| c.is_ascii_lowercase())
                    && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
                let is_code = calls.last().is_some_and(|call| MAKE_PROBLEMS.contains(call));
                if is_word && !is_code {
                    words.push(word.to_owned());
                }
                length = end + 2;
            }
            _ => {}
        }
        rest = &from[length..];
    }
    words
}

/// A guide without its examples.
fn prose(guide: &str) -> String {
    let text = fs::read_to_string(testdata().join("../docs").join(guide)).expect("a guide");
    text.split("\n```").step_by(2).collect()
}

/// The words in the code of some lines.
fn words_in_code(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split('`').skip(1).step_by(2);
    code.flat_map(|code| code.split(|c: char| !(c.is_alphanumeric() || c == '_')))
}

#[test]
fn the_guide_names_every_key_and_word_of_a_regulation() {
    let guides = ["regulations.md", "group-support.md", "travel.md"].map(prose);
    let named: BTreeSet<&str> = guides.iter().flat_map(|guide| words_in_code(guide)).collect();
    let known = known_words();
    assert!(known.len() > 200, "{}", known.len());
    let missing: Vec<&String> = known.iter().filter(|word| !named.contains(word.as_str())).collect();
    assert!(missing.is_empty(), "docs/regulations.md does not name {missing:?}");
}

#[test]
fn the_guides_name_every_key_and_word_of_a_profile() {
    let rates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rates/src");
    let mut sources = vec![rates.join("hrm_mapping.rs")];
    for folder in ["profile", "profile/receivers"] {
        let files = fs::read_dir(rates.join(folder)).expect("the readers of a profile");
        sources.extend(files.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file()));
    }
    let root = testdata().join("..");
    let of_formats = honorar_rates::Receiver::ALL;
    let of_formats = of_formats.map(|receiver| format!("exporters/src/payroll/{}.md", receiver.name()));
    let guides =
        of_formats.into_iter().chain(["docs/profile.md", "docs/visma-expense.md"].map(str::to_owned));
    let guides: String = guides.map(|path| fs::read_to_string(root.join(path)).expect("a guide")).collect();
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let named: BTreeSet<&str> = guides.split(|c: char| !is_part(c)).collect();
    for source in sources {
        let text = fs::read_to_string(&source).expect("a source");
        let missing: Vec<String> =
            words_of(&text).into_iter().filter(|word| !named.contains(&**word)).collect();
        assert!(missing.is_empty(), "no guide names {missing:?} of {}", source.display());
    }
}

#[test]
fn the_guide_names_no_key_that_is_none() {
    let known = known_words();
    let mut of_keys = false;
    for guide in ["regulations.md", "group-support.md"] {
        for line in prose(guide).lines() {
            let Some(row) = line.strip_prefix("| ") else {
                of_keys = false;
                continue;
            };
            let first = row.split('|').next().unwrap_or_default();
            of_keys |= first.starts_with("key");
            let keys = words_in_code(first).filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()));
            let strange: Vec<&str> = keys.filter(|key| of_keys && !known.contains(*key)).collect();
            assert!(strange.is_empty(), "docs/{guide} names {strange:?}");
        }
    }
}

/// The words of the tables, columns and values of a basis, as the program knows them.
fn words_of_tables() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../intake/src/vocabulary.rs");
    let text = fs::read_to_string(path).expect("the vocabulary");
    let lists = text.split("\npub(crate) fn ").next().unwrap_or_default();
    let lists = lists.split("&[").skip(1).filter(|list| list.trim_start().starts_with('"'));
    let lists = lists.filter_map(|list| list.split(']').next());
    lists.flat_map(|list| list.split('"').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn the_guide_to_inputs_has_every_word_and_no_other() {
    let guide = prose("inputs.md");
    let (_, words) = guide.split_once("\n## Words\n").expect("a section about words");
    let (words, _) = words.split_once("\n## ").expect("another section");
    let rows = words.lines().filter_map(|line| line.strip_prefix("| "));
    let cells = rows.skip(1).flat_map(|row| row.split('|'));
    let words = cells.flat_map(|cell| cell.split([',', ';'])).flat_map(|words| words.split(" or "));
    let of_guide: BTreeSet<String> = words
        .map(|word| word.split('(').next().unwrap_or_default().replace('_', " ").trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let known = words_of_tables();
    assert!(known.len() > 200, "{}", known.len());
    let missing: Vec<&String> = known.difference(&of_guide).collect();
    assert!(missing.is_empty(), "docs/inputs.md lacks {missing:?}");
    let strange: Vec<&String> = of_guide.difference(&known).collect();
    assert!(strange.is_empty(), "docs/inputs.md has {strange:?}");
}

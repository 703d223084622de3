//! The rules of ARCHITECTURE.md and of the documents, as tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use honorar_engine::Kind;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn manifest(path: &str) -> toml::Table {
    read(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The dependencies of a crate, those of its tests left out.
fn dependencies(manifest: &toml::Table) -> BTreeSet<String> {
    let targets = manifest.get("target").and_then(toml::Value::as_table).into_iter().flatten();
    let tables =
        targets.filter_map(|(_, target)| target.get("dependencies")).chain(manifest.get("dependencies"));
    tables.filter_map(toml::Value::as_table).flatten().map(|(name, _)| name.clone()).collect()
}

/// The Rust sources below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn dependencies_point_one_way() {
    let allowed: [(&str, &[&str]); 9] = [
        ("engine", &[]),
        ("problems", &[]),
        ("rates", &["engine", "problems"]),
        ("intake", &["engine", "problems", "rates"]),
        ("archive", &["problems"]),
        ("exporters", &["archive", "engine", "intake", "problems", "rates"]),
        ("closing", &["archive", "engine", "exporters", "intake", "problems", "rates"]),
        ("casebook", &["engine", "exporters", "intake", "problems", "rates"]),
        ("recount", &[]),
    ];
    for (member, allowed) in allowed {
        let ours = dependencies(&manifest(&format!("{member}/Cargo.toml")));
        let ours = ours.iter().filter_map(|name| name.strip_prefix("honorar-"));
        let beyond: Vec<&str> = ours.filter(|name| !allowed.contains(name)).collect();
        assert!(beyond.is_empty(), "{member} depends on {beyond:?}");
    }
}

#[test]
fn the_engine_is_pure() {
    let engine = dependencies(&manifest("engine/Cargo.toml"));
    assert_eq!(engine, ["chrono", "rayon", "rust_decimal"].map(str::to_owned).into());
    let forbidden = [
        "std::fs",
        "std::io",
        "std::env",
        "std::time",
        "std::net",
        "std::process",
        "\nstatic ",
        "thread_local!",
        "println!",
        "Utc::",
        "Local::",
    ];
    for path in sources(&root().join("engine/src")) {
        let text = fs::read_to_string(&path).expect("a source");
        let found: Vec<&&str> = forbidden.iter().filter(|word| text.contains(**word)).collect();
        assert!(found.is_empty(), "{}: {found:?}", path.display());
    }
}

#[test]
fn no_rule_reads_a_setting_past_the_trail() {
    for path in sources(&root().join("engine/src/rules")) {
        let text = fs::read_to_string(&path).expect("a source");
        assert!(!text.contains(".peek()"), "{}", path.display());
    }
}

#[test]
fn floating_point_is_in_one_place() {
    for member in
        ["engine", "problems", "rates", "intake", "archive", "exporters", "closing", "casebook", "cli"]
    {
        for path in sources(&root().join(member).join("src")) {
            let text = fs::read_to_string(&path).expect("a source");
            let is_the_place = path.ends_with("intake/src/number_cell.rs");
            let has_floats = text.contains("f64") || text.contains("f32");
            assert!(!has_floats || is_the_place, "{}", path.display());
        }
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let workspace = manifest("Cargo.toml");
    let declared = workspace["workspace"]["dependencies"].as_table().expect("dependencies");
    let recount = dependencies(&manifest("recount/Cargo.toml"));
    let names: BTreeSet<&String> =
        declared.keys().chain(&recount).filter(|name| !name.starts_with("honorar")).collect();
    let decisions = read("DECISIONS.md");
    let table: Vec<&str> = decisions.lines().filter(|line| line.starts_with("| ")).collect();
    for name in names {
        let in_table = |line: &&str| {
            line.split('|').nth(1).is_some_and(|cell| cell.split(',').any(|one| one.trim() == name))
        };
        assert!(table.iter().any(in_table), "DECISIONS.md gives no reason for {name}");
    }
}

#[test]
fn the_readme_has_every_kind_of_line() {
    let readme = read("README.md");
    for kind in Kind::ALL {
        assert!(readme.contains(&format!("\n| `{}` |", kind.name())), "{} is not in the table", kind.name());
    }
}

#[test]
fn the_readmes_output_is_what_the_program_prints() {
    let readme = read("README.md");
    let block = readme
        .split("```text\n$ honorar ")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("an example");
    let (command, expected) = block.split_once('\n').expect("a command and its output");
    let output = Command::new(env!("CARGO_BIN_EXE_honorar"))
        .args(command.split(' '))
        .current_dir(root())
        .output()
        .expect("the binary runs");
    assert_eq!(String::from_utf8(output.stdout).expect("UTF-8"), expected);
}

#[test]
fn the_examples_of_a_profile_are_read_without_a_problem() {
    let guide = read("docs/profile.md");
    let examples: Vec<&str> =
        guide.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() > 3, "{examples:#?}");
    for example in examples {
        let head = "municipality = \"aurland\"\nregulation = \"aurland\"\n";
        let head = if example.starts_with("municipality") { "" } else { head };
        let (profile, problems) = honorar_rates::read_profile("honorar.toml", &format!("{head}{example}"));
        assert_eq!(problems, [], "{example}");
        assert!(profile.is_some());
    }
}

#[test]
fn the_guide_to_inputs_has_every_column_that_is_read() {
    let guide = read("docs/inputs.md");
    let is_part = |c: char| !(c.is_ascii_lowercase() || c == '_');
    // The columns stand in the rows of the first table, each behind its name in backticks.
    let rows = guide.lines().filter(|line| line.starts_with("| `"));
    let words: BTreeSet<&str> =
        rows.flat_map(|row| row.split('|').nth(2).unwrap_or_default().split(is_part)).collect();
    for path in sources(&root().join("intake/src/tables")) {
        let text = fs::read_to_string(&path).expect("a source");
        for call in ["must(\"", "may(\""] {
            for column in text.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(words.contains(column), "docs/inputs.md does not know the column {column}");
            }
        }
    }
}

#[test]
fn the_guide_to_cases_has_the_columns_of_every_table() {
    let guide = read("docs/cases.md");
    for (table, columns) in honorar_casebook::COLUMNS {
        let row = format!("\n| `{table}` | {columns} |\n");
        assert!(guide.contains(&row), "docs/cases.md has no row {row}");
    }
}

/// The anchor of a heading, as a page of the repository has it.
fn anchor(heading: &str) -> String {
    let lower = heading.trim().to_lowercase().replace(' ', "-");
    lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "DECISIONS.md",
        "benches/README.md",
        "docs/archive.md",
        "docs/cases.md",
        "docs/group-support.md",
        "docs/growing.md",
        "docs/inputs.md",
        "docs/profile.md",
        "docs/regulations.md",
        "docs/travel.md",
        "docs/visma-expense.md",
    ] {
        let text = read(document);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.starts_with("http")) {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let path = root().join(document);
            let path = if file.is_empty() { path } else { path.with_file_name(file) };
            let linked = fs::read_to_string(&path);
            let headings =
                || linked.iter().flat_map(|text| text.lines()).filter(|line| line.starts_with('#'));
            let leads =
                heading.is_empty() || headings().any(|line| anchor(line.trim_start_matches('#')) == heading);
            assert!(path.exists() && leads, "{document}: {target}");
        }
    }
}

#[test]
fn the_changelog_knows_this_version() {
    let heading = format!("\n## {}", env!("CARGO_PKG_VERSION"));
    assert!(read("CHANGELOG.md").contains(&heading), "no `{heading}`");
}

#[test]
fn no_file_grows_into_two() {
    let members = ["engine", "problems", "rates", "intake", "exporters", "casebook", "cli"];
    let lengths: BTreeMap<PathBuf, usize> = members
        .iter()
        .flat_map(|member| sources(&root().join(member).join("src")))
        .map(|path| (path.clone(), fs::read_to_string(&path).expect("a source").lines().count()))
        .collect();
    let long: Vec<_> = lengths.iter().filter(|(_, lines)| **lines > 600).collect();
    assert!(long.is_empty(), "{long:?}");
}

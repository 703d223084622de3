//! What the real binary prints and writes.

use std::path::Path;
use std::process::{Command, Output};

use insta::assert_snapshot;

use crate::tables::testdata;

/// Runs the binary in `testdata`; results go to a folder that is named `OUT` in what is printed.
pub(crate) fn honorar(arguments: &[&str], out: &Path) -> (Output, String) {
    let arguments: Vec<String> =
        arguments.iter().map(|argument| argument.replace("OUT", &out.display().to_string())).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_honorar"))
        .args(arguments)
        .current_dir(testdata())
        .output()
        .expect("the binary runs");
    let shown = |bytes: &[u8]| {
        String::from_utf8(bytes.to_vec()).expect("UTF-8").replace(&out.display().to_string(), "OUT")
    };
    let text = format!(
        "exit status: {}\n--- standard output\n{}--- standard error\n{}",
        output.status.code().expect("an exit status"),
        shown(&output.stdout),
        shown(&output.stderr)
    );
    (output, text)
}

fn written(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn the_half_years_and_a_month_of_aurland_2014() {
    for period in ["2014-H1", "2014-H2", "2014-11"] {
        let out = tempfile::tempdir().expect("a folder");
        let folder = out.path().join(period);
        let (_, text) =
            honorar(&["run", "aurland-2014/aurland-2014.xlsx", "--period", period, "--out", "OUT"], &folder);
        assert_snapshot!(format!("run-{period}"), text);
        assert_snapshot!(format!("lines-{period}"), written(&folder, "lines.csv"));
        if period == "2014-H1" {
            assert_snapshot!("payables", written(&folder, "payables.csv"));
            assert_snapshot!("visma-lonn", written(&folder, "visma-lonn.csv"));
            assert_snapshot!("visma-lonn-receipt", written(&folder, "visma-lonn.receipt.csv"));
            assert_snapshot!("problems-json", written(&folder, "problems.json"));
            assert_snapshot!("record", without_version(&written(&folder, "run.json")));
        }
    }
}

fn without_version(record: &str) -> String {
    record.replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn the_three_forms_of_a_year_give_the_same_bytes() {
    let out = tempfile::tempdir().expect("a folder");
    let forms = ["aurland-2014/canonical", "aurland-2014/windows-1252", "aurland-2014/aurland-2014.xlsx"];
    for period in ["2014-H1", "2014-H2", "2014-09"] {
        let folders: Vec<_> =
            (0..forms.len()).map(|form| out.path().join(format!("{period}-{form}"))).collect();
        for ((form, folder), threads) in forms.iter().zip(&folders).zip(["1", "2", "8"]) {
            let run = ["run", form, "--period", period, "--out", "OUT", "--threads", threads];
            let (output, text) = honorar(&run, folder);
            assert!(output.status.success(), "{text}");
        }
        for file in ["lines.csv", "payables.csv", "visma-lonn.csv"] {
            for folder in &folders[1..] {
                assert_eq!(written(&folders[0], file), written(folder, file), "{}", folder.display());
            }
        }
    }
}

#[test]
fn the_old_workbook_formats_give_the_same_bytes() {
    let out = tempfile::tempdir().expect("a folder");
    let mut lines = Vec::new();
    for basis in ["aurland-cases", "formats/aurland-cases.xls", "formats/aurland-cases.ods"] {
        let folder = out.path().join(basis);
        let (output, text) = honorar(&["run", basis, "--period", "2014-H1", "--out", "OUT"], &folder);
        assert!(output.status.success(), "{text}");
        lines.push(written(&folder, "lines.csv"));
    }
    assert_eq!(lines[0], lines[1], "XLS");
    assert_eq!(lines[0], lines[2], "ODS");
}

#[test]
fn a_mistake_in_each_table_is_reported_in_one_go_and_nothing_is_written() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().join("run");
    for (name, basis) in [("mistakes", "mistakes"), ("mistakes-xlsx", "mistakes-workbook/mistakes.xlsx")] {
        let (_, text) = honorar(&["run", basis, "--period", "2014-H1", "--out", "OUT"], &folder);
        assert_snapshot!(name, text);
        assert!(!folder.exists(), "nothing is written");
        assert_eq!(std::fs::read_dir(out.path()).expect("the folder").count(), 0, "nothing is left behind");
    }
}

#[test]
fn a_merge_and_a_formula_without_its_value_lose_nothing() {
    let out = tempfile::tempdir().expect("a folder");
    let (_, text) = honorar(&["check", "mistakes-workbook/workbook.xlsx"], out.path());
    assert_snapshot!("mistakes-workbook", text);
    let (_, text) = honorar(&["check", "mistakes-workbook/merged.ods"], out.path());
    assert_snapshot!("mistakes-workbook-ods", text);
}

#[test]
fn one_persons_lines_explained() {
    let out = tempfile::tempdir().expect("a folder");
    for (person, period) in [("0102", "2014-H1"), ("0103", "2014-H2"), ("103", "2014-H1")] {
        let arguments = ["explain", "aurland-cases", "--period", period, "--person", person];
        assert_snapshot!(format!("explain-{person}-{period}"), honorar(&arguments, out.path()).1);
    }
    let arguments = ["explain", "aurland-cases", "--period", "2014-H1", "--person", "9999"];
    assert_snapshot!("explain-nobody", honorar(&arguments, out.path()).1);
}

#[test]
fn several_bases_the_good_ones_are_written() {
    let out = tempfile::tempdir().expect("a folder");
    let bases =
        ["run", "aurland-cases", "mistakes", "aurland-2014/canonical", "--period", "2014-09", "--out", "OUT"];
    let (_, text) = honorar(&bases, out.path());
    let totals = text.split("--- standard error").next().expect("standard output");
    assert_snapshot!("several", totals);
    let mut folders: Vec<_> = std::fs::read_dir(out.path())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    folders.sort();
    assert_eq!(folders, ["aurland-cases", "canonical"]);
}

#[test]
fn for_machines() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().join("run");
    let run = ["run", "aurland-cases", "--period", "2014-09", "--out", "OUT", "--format", "json"];
    assert_snapshot!("json-run", honorar(&run, &folder).1);
    let check = ["check", "mistakes", "aurland-cases", "--format", "json"];
    let (output, _) = honorar(&check, &folder);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report[0]["basis"], "mistakes");
    assert!(report[0]["problems"].as_array().is_some_and(|problems| problems.len() > 20));
    assert_eq!(report[1]["problems"][0]["code"], "no_table");
}

#[test]
fn a_check_reports_and_writes_nothing() {
    let out = tempfile::tempdir().expect("a folder");
    assert_snapshot!("check", honorar(&["check", "aurland-2014/canonical", "aurland-cases"], out.path()).1);
}

/// A copy of the cases of Aurland in a folder, with other text in some files.
pub(crate) fn mended_cases(folder: &Path, changes: &[(&str, &str, &str)]) {
    std::fs::create_dir(folder).expect("a folder");
    for entry in std::fs::read_dir(testdata().join("aurland-cases")).expect("the basis") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let mut text = std::fs::read_to_string(&path).expect("a file");
        for (_, from, to) in changes.iter().filter(|(file, ..)| *file == name) {
            assert!(text.contains(from), "{name}: {from}");
            text = text.replace(from, to);
        }
        std::fs::write(folder.join(name), text).expect("a file");
    }
}

#[test]
fn what_has_changed_from_a_run_to_the_mended_one() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path();
    let changes = [
        ("attendance.csv", "KST-1,0104,present,,,,,45,", "KST-1,0104,present,,,,,15,"),
        (
            "claims.csv",
            "K7,0103,stand_in,FSK-3,2014-02-20,,,800.50",
            "K7b,0103,stand_in,FSK-3,2014-02-20,,,700.50",
        ),
        ("claims.csv", "K12,0105,care,KST-1,2014-02-06,,,2000.00,B-3,,,\n", ""),
        ("offices.csv", "0104,KST,member,2011-10-01,2014-05-12", "0104,KST,member,2011-10-01,2014-05-31"),
        ("honorar.toml", "executive_member = 15456", "executive_member = 16000"),
    ];
    mended_cases(&folder.join("mended"), &changes);
    for (basis, period, name) in [
        ("aurland-cases", "2014-H1", "before"),
        ("OUT/mended", "2014-H1", "now"),
        ("aurland-cases", "2014-H2", "autumn"),
    ] {
        let run = ["run", basis, "--period", period, "--out", &format!("OUT/{name}")];
        assert!(honorar(&run, folder).0.status.success());
    }
    assert_snapshot!("diff", honorar(&["diff", "OUT/before", "OUT/now"], folder).1);
    let of_one = ["diff", "OUT/before", "OUT/now", "--person", "104", "--language", "nn"];
    assert_snapshot!("diff-nn", honorar(&of_one, folder).1);
    let json = ["diff", "OUT/before", "OUT/now", "--person", "0104", "--format", "json"];
    assert_snapshot!("diff-json", honorar(&json, folder).1);
    assert_snapshot!("diff-same", honorar(&["diff", "OUT/now", "OUT/now"], folder).1);
    let periods = ["diff", "OUT/before", "OUT/autumn", "--person", "0106"];
    assert_snapshot!("diff-periods", honorar(&periods, folder).1);
    let nobody = ["diff", "OUT/before", "OUT/now", "--person", "9999"];
    assert_snapshot!("diff-nobody", honorar(&nobody, folder).1);
    assert_snapshot!("diff-no-run", honorar(&["diff", "OUT/before", "aurland-cases"], folder).1);
    let other = [("honorar.toml", "municipality = \"aurland\"", "municipality = \"vik\"")];
    mended_cases(&folder.join("vik"), &other);
    let run = ["run", "OUT/vik", "--period", "2014-H1", "--out", "OUT/other"];
    assert!(honorar(&run, folder).0.status.success());
    assert_snapshot!("diff-municipalities", honorar(&["diff", "OUT/before", "OUT/other"], folder).1);
}

#[test]
fn a_strict_run_refuses_what_is_assumed() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().join("run");
    let run = ["run", "aurland-cases", "--period", "2014-09", "--strict", "--out", "OUT"];
    assert_snapshot!("strict", honorar(&run, &folder).1);
    assert!(!folder.exists(), "nothing is written");
}

#[test]
fn the_support_to_party_groups() {
    let out = tempfile::tempdir().expect("a folder");
    let basis = out.path().join("lillestrom");
    std::fs::create_dir(&basis).expect("a folder");
    crate::groups::write_basis(&basis);
    let folder = out.path().join("written");
    let groups = ["groups", "OUT/lillestrom", "--year", "2023", "--out", "OUT/written"];
    assert_snapshot!("groups", honorar(&groups, out.path()).1);
    assert_snapshot!("groups-csv", written(&folder, "groups.csv"));
    assert_snapshot!("groups-payables", written(&folder, "payables.csv"));
    assert_snapshot!("groups-record", without_version(&written(&folder, "run.json")));
    let (output, text) = honorar(&groups, out.path());
    assert!(output.status.success(), "the folder of the same year is replaced: {text}");
    let other_year = ["groups", "OUT/lillestrom", "--year", "2022", "--out", "OUT/written"];
    assert_snapshot!("groups-other-year", honorar(&other_year, out.path()).1);
    let json = ["groups", "OUT/lillestrom", "--year", "2023", "--format", "json"];
    assert_snapshot!("groups-json", honorar(&json, out.path()).1);
    let run = ["run", "OUT/lillestrom", "--period", "2023-H1", "--out", "OUT/run"];
    assert_snapshot!("groups-run", honorar(&run, out.path()).1);
    assert_snapshot!("groups-lines", written(&out.path().join("run"), "lines.csv"));
    let none = ["groups", "aurland-cases", "--year", "2014"];
    assert_snapshot!("groups-none", honorar(&none, out.path()).1);
}

#[test]
fn what_is_registered_in_visma_expense() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().join("run");
    let run = ["run", "visma-expense", "--period", "2014-H1", "--out", "OUT"];
    assert_snapshot!("expense-run", honorar(&run, &folder).1);
    assert_snapshot!("expense-reconciliation", written(&folder, "reconciliation.csv"));
    assert_snapshot!("expense-lines", written(&folder, "lines.csv"));
    let json = ["run", "visma-expense", "--period", "2014-H1", "--out", "OUT", "--format", "json"];
    let report: serde_json::Value = serde_json::from_slice(&honorar(&json, &folder).0.stdout).expect("JSON");
    assert_eq!(report["bases"][0]["reconciliation"]["difference"], "605.50");
    let reconcile = ["reconcile", "visma-expense", "--period", "2014-H1"];
    let (inside, text) = honorar(&reconcile, out.path());
    assert_snapshot!("expense-reconcile", text);
    let json = ["reconcile", "visma-expense", "--period", "2014-H1", "--format", "json"];
    assert_snapshot!("expense-reconcile-json", honorar(&json, out.path()).1);
    let none = ["reconcile", "visma-expense", "--period", "2014-09"];
    let (output, text) = honorar(&none, out.path());
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert_snapshot!("expense-reconcile-none", text);
    let explain = ["explain", "visma-expense", "--period", "2014-H1", "--person", "101"];
    assert_snapshot!("expense-explain", honorar(&explain, out.path()).1);

    // The export lies elsewhere, and has another name.
    let basis = out.path().join("visma-expense");
    std::fs::create_dir(&basis).expect("a folder");
    for entry in std::fs::read_dir(testdata().join("visma-expense")).expect("the basis") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        let to = if name == "visma_expense.csv" { out.path().join("2014-06.csv") } else { basis.join(name) };
        std::fs::copy(&path, to).expect("a file");
    }
    let outside = ["reconcile", "OUT/visma-expense", "--period", "2014-H1", "--expense", "OUT/2014-06.csv"];
    let (outside, text) = honorar(&outside, out.path());
    assert_eq!(inside.stdout, outside.stdout, "{text}");
    let without = ["reconcile", "OUT/visma-expense", "--period", "2014-H1"];
    let (output, text) = honorar(&without, out.path());
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert_snapshot!("expense-reconcile-without", text);
    let missing = ["reconcile", "OUT/visma-expense", "--period", "2014-H1", "--expense", "OUT/no-such.csv"];
    let (output, text) = honorar(&missing, out.path());
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("no-such.csv") && output.stdout.is_empty(), "{text}");
}

#[test]
fn wrong_use() {
    let out = tempfile::tempdir().expect("a folder");
    for (name, arguments) in [
        ("period", vec!["run", "aurland-cases", "--period", "2014-H3"]),
        ("no-basis", vec!["run", "--period", "2014-H1"]),
        ("language", vec!["run", "aurland-cases", "--period", "2014-H1", "--language", "xx"]),
        ("same-name", vec!["run", "aurland-cases", "./aurland-cases/", "--period", "2014-H1"]),
    ] {
        let (output, text) = honorar(&arguments, out.path());
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert_snapshot!(format!("wrong-use-{name}"), text);
    }
    let missing = ["run", "no-such-folder", "--period", "2014-H1"];
    assert_snapshot!("missing-basis", honorar(&missing, out.path()).1);
    let too_early = ["run", "aurland-cases", "--period", "2013-H2"];
    assert_snapshot!("not-in-force", honorar(&too_early, out.path()).1);
    let no_rhythm = ["run", "aurland-cases", "--period", "2014-Q1"];
    assert_snapshot!("pays-nothing", honorar(&no_rhythm, out.path()).1);
}

/// The regulation and the cases of the guide, in `OUT`.
fn fjelldal() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    crate::worked_example::write(folder.path());
    folder
}

/// Puts a pack of `testdata/packs` among the cases.
fn add_pack(out: &Path, file: &str) {
    std::fs::copy(testdata().join("packs").join(file), out.join("fjelldal").join(file)).expect("a pack");
}

/// Changes the regulation.
fn change(out: &Path, from: &str, to: &str) {
    let text = written(out, "fjelldal.toml");
    assert!(text.contains(from), "{from}");
    std::fs::write(out.join("fjelldal.toml"), text.replacen(from, to, 1)).expect("a file");
}

#[test]
fn regulations_are_listed_and_shown() {
    let out = fjelldal();
    let folder = out.path();
    assert_snapshot!("rates-list", honorar(&["rates", "list"], folder).1);
    assert_snapshot!("rates-list-json", honorar(&["rates", "list", "--format", "json"], folder).1);
    let config = ["rates", "show", "aurland", "--config", "aurland-cases/honorar.toml"];
    assert_snapshot!("rates-show", honorar(&config, folder).1);
    change(
        folder,
        "per_year = { value = 12000, meaning = \"a council member's fee a year\" }",
        "per_year = [{ value = 12000 }, { from = 2024-01-01, value = \"1.3 % of storting_member\", decision = \"KST 90/23\" }]",
    );
    change(
        folder,
        "deadline = \"3 months\"",
        "deadline = [{ value = \"3 months\" }, { from = 2024-07-01, value = \"6 months\" }]",
    );
    let early = ["rates", "show", "OUT/fjelldal.toml", "--date", "2023-12-31"];
    assert_snapshot!("rates-show-date", honorar(&early, folder).1);
    let last = ["rates", "show", "OUT/fjelldal.toml", "--format", "json"];
    let (output, _) = honorar(&last, folder);
    let shown: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(shown["date"], "2024-07-01", "the day of the last change");
    let amounts = shown["amounts"].as_array().expect("a list");
    let council = amounts.iter().find(|amount| amount["name"] == "fixed_fees.council_member.per_year");
    let council = council.expect("the council member's fee");
    assert_eq!(council["amount"], "15223.00");
    assert_eq!(council["how"], "1.3 % of storting_member = 1.3 % × 1171000.00 = 15223.00");
    assert_eq!(council["decision"], "KST 90/23");
    let before = ["rates", "show", "OUT/fjelldal.toml", "--date", "2023-09-30"];
    let (output, text) = honorar(&before, folder);
    assert!(
        output.status.success() && text.contains("the regulation is not in force on 2023-09-30"),
        "{text}"
    );
}

#[test]
fn a_regulation_is_held_against_the_law_and_its_cases() {
    let out = fjelldal();
    let folder = out.path();
    let check = ["rates", "check", "OUT/fjelldal.toml"];
    add_pack(folder, "failing.toml");
    assert_snapshot!("rates-check-failing", honorar(&check, folder).1);
    let json = ["rates", "check", "OUT/fjelldal.toml", "--format", "json"];
    let (output, _) = honorar(&json, folder);
    assert_eq!(output.status.code(), Some(1));
    let checked: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&checked["passed"], &checked["failed"]), (&5.into(), &14.into()));
    assert_snapshot!("rates-check-failure-json", format!("{:#}", checked["failures"][0]));
    std::fs::remove_file(folder.join("fjelldal/failing.toml")).expect("a file");
    add_pack(folder, "malformed.toml");
    assert_snapshot!("rates-check-malformed", honorar(&check, folder).1);
    std::fs::write(folder.join("fjelldal/malformed.toml"), "[[case]\nname = 1").expect("a file");
    assert_snapshot!("rates-check-no-toml", honorar(&check, folder).1);
    change(folder, "per_day = { value = 4800", "per_day = { value = 2800");
    std::fs::remove_file(folder.join("fjelldal/malformed.toml")).expect("a file");
    assert_snapshot!("rates-check-law", honorar(&check, folder).1);
    change(folder, "\"part_over_threshold\"", "\"part_over_treshold\"");
    assert_snapshot!("rates-check-broken", honorar(&check, folder).1);
}

#[test]
fn a_regulation_without_cases_or_of_no_name() {
    let out = fjelldal();
    let folder = out.path();
    assert_snapshot!("rates-check", honorar(&["rates", "check", "aurland"], folder).1);
    std::fs::remove_dir_all(folder.join("fjelldal")).expect("a folder");
    assert_snapshot!("rates-check-no-cases", honorar(&["rates", "check", "OUT/fjelldal.toml"], folder).1);
    for command in ["check", "show"] {
        let (output, text) = honorar(&["rates", command, "aurlnd"], folder);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert_snapshot!("rates-unknown", text);
    }
    let no_date = ["rates", "show", "aurland", "--date", "01.02.2014"];
    assert_snapshot!("rates-show-no-date", honorar(&no_date, folder).1);
    let no_config = ["rates", "show", "aurland", "--config", "no-such.toml"];
    assert_snapshot!("rates-show-no-config", honorar(&no_config, folder).1);
    std::fs::write(folder.join("bad.toml"), "[wage_types]\nfixed_fee = { cod = \"1\" }\n").expect("a file");
    let bad_config = ["rates", "show", "aurland", "--config", "OUT/bad.toml"];
    assert_snapshot!("rates-show-bad-config", honorar(&bad_config, folder).1);
}

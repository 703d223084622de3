//! Small bases written into case files: rows without headings, as a person would jot them down.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use honorar_casebook::COLUMNS;
use honorar_intake::{InputFile, Source};
use honorar_rates::RegulationText;

pub(crate) fn testdata() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata")
}

/// Aurland's regulation, as it ships.
pub(crate) fn aurland() -> RegulationText {
    RegulationText::shipped_as("aurland").expect("it ships")
}

/// Aurland's regulation with other text in it.
pub(crate) fn aurland_with(changes: &[(&str, &str)]) -> RegulationText {
    let RegulationText { file, text } = aurland();
    let text = changes.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    RegulationText { file, text }
}

/// The files of a folder of cases, in the order of their names.
pub(crate) fn case_files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = testdata().join(folder);
    let entries = std::fs::read_dir(&folder).expect("the folder of cases is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|one| one == ending));
    files.sort();
    assert!(!files.is_empty(), "no case in {}", folder.display());
    files
}

/// A source of canonical CSV in memory: rows without headings by table, and a profile.
pub(crate) fn source(rows: &BTreeMap<String, String>, profile: &str) -> Source {
    let tables = COLUMNS.iter().filter_map(|(table, columns)| {
        let always = matches!(*table, "persons" | "offices" | "meetings" | "attendance");
        let rows = rows.get(*table).map(String::as_str);
        let text = rows.or(always.then_some("")).map(|rows| with_headings(table, columns, rows))?;
        Some(InputFile { name: format!("{table}.csv"), bytes: text.into_bytes() })
    });
    Source {
        name: "case".to_owned(),
        tables: tables.collect(),
        profile: Some(InputFile { name: "honorar.toml".to_owned(), bytes: profile.as_bytes().to_vec() }),
        ..Source::default()
    }
}

/// CSV with headings; persons get a name, and blanks around commas do not matter.
fn with_headings(table: &str, columns: &str, rows: &str) -> String {
    let is_persons = table == "persons";
    let columns = columns.replace(", ", ",");
    let mut text = if is_persons { format!("{columns},name\n") } else { format!("{columns}\n") };
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let mut cells: Vec<String> = row.split(',').map(|cell| cell.trim().to_owned()).collect();
        if is_persons {
            let id = cells.first().cloned().unwrap_or_default();
            cells.resize(5, String::new());
            cells.push(format!("Person {id}"));
        }
        writeln!(text, "{}", cells.join(",")).expect("writing to memory");
    }
    text
}

/// The profile of a basis under test, with the assumed parameters and a full set of wage types.
pub(crate) const PROFILE: &str = r#"
municipality = "aurland"
regulation = "aurland"

[parameters]
mayor = 850000
deputy_mayor_supplement = 20608
council_member = 10304
executive_member = 15456
planning_leader = 12880
standing_leader = 15456

[wage_types]
fixed_fee = { code = "1310", send = "amount" }
absence_reduction = { code = "1311", send = "amount" }
meeting_fee = { code = "1320", send = "quantity_rate" }
lost_income_undocumented = { code = "1410", send = "amount" }
lost_income_documented = { code = "1411", send = "amount" }
stand_in = { code = "1412", send = "amount" }
care = { code = "1420", send = "amount" }
travel_car = { code = "1510", send = "quantity_rate" }
travel_passenger = { code = "1511", send = "quantity_rate" }
travel_other = { code = "1512", send = "amount" }
after_pay = { code = "1330", send = "amount" }
subsistence = { code = "1520", send = "amount" }
"#;

/// A generated basis as the files that hold it.
pub(crate) fn source_of(tables: &honorar_recount::Tables) -> Source {
    let files = tables.tables.iter().map(|(name, table)| {
        let rows = std::iter::once(&table.columns).chain(&table.rows);
        let lines = rows.map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n");
        InputFile { name: format!("{name}.csv"), bytes: lines.collect::<String>().into_bytes() }
    });
    Source {
        name: "generated".to_owned(),
        tables: files.collect(),
        profile: Some(InputFile { name: "honorar.toml".to_owned(), bytes: PROFILE.as_bytes().to_vec() }),
        ..Source::default()
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// The files of a run of a source, by name.
pub(crate) fn files_of(source: Source, period: honorar_engine::Period) -> BTreeMap<String, Vec<u8>> {
    let reading = honorar_intake::read_source(source);
    let content = reading.content.as_ref().unwrap_or_else(|| panic!("{:#?}", reading.problems));
    let payout =
        honorar_engine::compute(&content.basis, &content.regulation, period).expect("nothing is missing");
    let run = honorar_exporters::Run::of(&reading, period, &payout).expect("a basis without errors");
    let files = honorar_exporters::files(&run).expect("every kind has a wage type");
    files.into_iter().map(|file| (file.name, file.bytes)).collect()
}

/// The names of what is in a folder, in order.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect();
    names.sort();
    names
}

/// The rows of a CSV file by heading.
pub(crate) fn records(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(bytes).deserialize().map(|record| record.expect("a record")).collect()
}

/// The øre of an amount as it is written.
pub(crate) fn oere(amount: &str) -> i64 {
    let (kroner, oere) = amount.split_once('.').unwrap_or_else(|| panic!("`{amount}` has two decimals"));
    assert_eq!(oere.len(), 2, "`{amount}` has two decimals");
    format!("{kroner}{oere}").parse().expect("an amount")
}

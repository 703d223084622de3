//! A basis's workbook holds what its tables hold, in cells of a spreadsheet's kinds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use honorar_benches::country::Country;
use honorar_benches::workbook;
use honorar_intake::canonical::tables;
use honorar_intake::{Reading, read};

/// What was read, as canonical tables.
fn content(reading: &Reading) -> Vec<(&'static str, String)> {
    let content = reading.content.as_ref().unwrap_or_else(|| panic!("{:#?}", reading.problems));
    tables(&content.basis).into_iter().map(|(name, csv)| (name, String::from_utf8(csv).unwrap())).collect()
}

#[test]
fn the_country_is_the_same_in_workbooks() {
    let folder = tempfile::tempdir().unwrap();
    let bases = Country { bases: 12, ..Country::NORWAY }.write(&folder.path().join("country")).unwrap();
    for basis in bases {
        let workbook = read(&workbook::write(&basis, folder.path()).unwrap(), None);
        assert_eq!(workbook.problems, [], "{}", basis.display());
        assert_eq!(content(&workbook), content(&read(&basis, None)), "{}", basis.display());
    }
}

/// A basis with leading zeros, and with days and times in one cell.
fn written_by_hand() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/aurland-2014/canonical"))
}

#[test]
fn a_basis_written_by_hand_is_the_same_in_a_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let workbook = workbook::write(written_by_hand(), folder.path()).unwrap();
    assert_eq!(content(&read(&workbook, None)), content(&read(written_by_hand(), None)));
}

#[test]
fn cells_are_of_the_kind_that_a_spreadsheet_makes_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = workbook::write(written_by_hand(), folder.path()).unwrap();
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let mut kinds: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for (sheet, range) in workbook.worksheets() {
        let headings: Vec<String> = range.rows().next().unwrap().iter().map(Data::to_string).collect();
        for (_, column, cell) in range.used_cells().filter(|(row, ..)| *row > 0) {
            let kind = match cell {
                Data::String(_) => "text",
                Data::Float(_) => "number",
                Data::DateTime(_) => "day or time",
                other => panic!("{sheet}: {other:?}"),
            };
            kinds.entry((sheet.clone(), headings[column].clone())).or_default().insert(kind);
        }
    }
    // An employee number with a leading zero is a text, one without is a number.
    let expected: [(&str, &str, &[&str]); 7] = [
        ("persons", "person_id", &["number", "text"]),
        ("persons", "annual_net_income", &["number"]),
        ("meetings", "date", &["day or time"]),
        ("meetings", "start", &["day or time"]),
        ("claims", "amount", &["number"]),
        ("claims", "document", &["text"]),
        ("trips", "departure", &["text"]),
    ];
    for (sheet, heading, expected) in expected {
        let found = &kinds[&(sheet.to_owned(), heading.to_owned())];
        assert!(found.iter().eq(expected), "{sheet}: {heading}: {found:?}");
    }
}

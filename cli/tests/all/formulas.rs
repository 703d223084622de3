//! Names and ids of a basis never become formulas in a spreadsheet.

use std::collections::BTreeMap;
use std::path::Path;

use crate::tables::{PROFILE, files_of, records, source};

#[test]
fn no_cell_of_a_csv_file_begins_as_a_formula() {
    let formula = |sign: char| format!("{sign}cmd|' /C calc'!A0");
    for sign in ['=', '+', '-', '@'] {
        let rows = BTreeMap::from(
            [
                ("persons", "0101, employed".to_owned()),
                ("offices", "0101, KST, member, 2011-10-01".to_owned()),
                ("meetings", format!("{sign}M1, KST, 2014-02-06, 16:00, 18:30")),
                ("attendance", format!("{sign}M1, 0101, present")),
                ("claims", format!("{sign}K1, 0101, lost_income_undocumented, {sign}M1")),
            ]
            .map(|(table, rows)| (table.to_owned(), rows)),
        );
        let mut source = source(&rows, PROFILE);
        let persons = source.tables.iter_mut().find(|file| file.name == "persons.csv").expect("persons");
        let text = String::from_utf8(persons.bytes.clone()).expect("UTF-8");
        persons.bytes = text.replace("Person 0101", &formula(sign)).into_bytes();
        let files = files_of(source, "2014-H1".parse().expect("a period"));
        let lines = records(&files["lines.csv"]);
        let fee = lines.iter().find(|line| !line["claim_id"].is_empty()).expect("the claim's line");
        assert_eq!(fee["name"], format!("'{}", formula(sign)));
        assert_eq!(
            (&*fee["meeting_id"], &*fee["claim_id"]),
            (&*format!("'{sign}M1"), &*format!("'{sign}K1"))
        );
        for (name, bytes) in
            files.iter().filter(|(name, _)| Path::new(name).extension().is_some_and(|ending| ending == "csv"))
        {
            for record in records(bytes) {
                for (column, cell) in record {
                    assert!(
                        is_number(&cell) || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                        "{name}, {column}: {cell}"
                    );
                }
            }
        }
    }
}

/// A number as pay lines have it.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

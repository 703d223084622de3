//! Each receiver's format document has the file that its writer writes: neither changes without the
//! other.

use std::fs;
use std::path::PathBuf;

use honorar_rates::Receiver;

use super::samples::{PROFILE, profile, transactions, written};

fn document_path(receiver: Receiver) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../exporters/src/payroll");
    PathBuf::from(folder).join(format!("{}.md", receiver.name()))
}

/// A document's parts: what stands between the fences under «A file», what is before it and after it.
fn parts(document: &str) -> [&str; 3] {
    let heading = document.find("\n## A file\n").expect("a heading `A file`");
    let fence = heading + document[heading..].find("```").expect("a fence");
    let start = fence + document[fence..].find('\n').expect("the fence's line") + 1;
    let end = start + document[start..].find("```").expect("the closing fence");
    [&document[start..end], &document[..start], &document[end..]]
}

fn without_ends(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn a_document_has_the_file_that_is_written() {
    let profile = profile(PROFILE);
    for receiver in Receiver::ALL {
        let path = document_path(receiver);
        let document = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is there", path.display()));
        let file = without_ends(&written(receiver, &transactions(), &profile.receivers));
        let [shown, before, after] = parts(&document);
        if std::env::var_os("HONORAR_UPDATE").is_some() {
            fs::write(&path, format!("{before}{file}{after}")).expect("it can be written");
        } else {
            assert_eq!(shown, file, "{}", path.display());
        }
        for heading in ["\n## Known\n", "\n## Settled here\n"] {
            assert!(document.contains(heading), "{}: {heading}", path.display());
        }
    }
}

#[test]
fn huldt_and_lilleviks_records_have_164_positions() {
    let file = written(Receiver::HuldtLillevik, &transactions(), &profile(PROFILE).receivers);
    for record in file.split_terminator("\r\n") {
        assert_eq!(record.chars().count(), 164, "{record}");
    }
    let document = fs::read_to_string(document_path(Receiver::HuldtLillevik)).expect("it is there");
    let lengths = document.lines().filter(|line| line.starts_with("| ") && line.contains('–'));
    let lengths = lengths.filter_map(|line| line.split('|').nth(2)?.trim().parse::<usize>().ok());
    assert_eq!(lengths.sum::<usize>(), 164, "the table's lengths");
}

/// The cells of a table's column, by its heading.
fn column(document: &str, heading: &str) -> Vec<String> {
    let is_row = |line: &&str| line.starts_with("| ");
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect()
    };
    let mut rows =
        document.lines().skip_while(|line| !(is_row(line) && cells(line).iter().any(|one| one == heading)));
    let place =
        cells(rows.next().expect("the table")).iter().position(|one| one == heading).expect("the column");
    rows.skip(1).take_while(is_row).map(|line| cells(line)[place].clone()).collect()
}

/// The tables name what the writers write, in its order.
#[test]
fn a_documents_table_has_the_fields_that_are_written() {
    let document = |receiver| fs::read_to_string(document_path(receiver)).expect("a document");
    let written = |receiver| written(receiver, &transactions(), &profile(PROFILE).receivers);
    let keys = column(&document(Receiver::VismaLonn), "key");
    let stated = format!("[visma_lonn]\ncolumns = {keys:?}\n");
    let text = format!("municipality = \"a\"\nregulation = \"aurland\"\n{stated}");
    assert_eq!(profile(&text).receivers.visma_lonn.columns, honorar_rates::VismaField::STANDARD);
    let tripletex = written(Receiver::Tripletex);
    let headings: Vec<&str> = tripletex.lines().next().expect("headings").split(';').collect();
    assert_eq!(column(&document(Receiver::Tripletex), "column"), headings);
    let unimicro = written(Receiver::Unimicro);
    // The profile adds the department.
    let fields = unimicro.lines().next().expect("a line").split(';').count();
    assert_eq!(column(&document(Receiver::Unimicro), "column").len() + 1, fields);
    let fint = written(Receiver::Fint);
    for field in column(&document(Receiver::Fint), "field").iter().filter(|field| *field != "opptjent") {
        assert!(fint.contains(&format!("\"{field}\"")), "{field}");
    }
    let mapping = column(&document(Receiver::VismaHrm), "key of the mapping");
    assert_eq!(mapping.len(), 9, "{mapping:?}");
}

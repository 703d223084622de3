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

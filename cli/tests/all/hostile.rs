//! Damaged input never makes the program panic, and never gets it to pay from what it could not
//! read: whatever happens to the bytes of a basis, it is read, or refused with an error.

use fastrand::Rng;
use honorar_engine::{Period, compute};
use honorar_exporters::{Run, files};
use honorar_intake::{Source, read_source};
use honorar_problems::has_errors;
use rayon::prelude::*;

use crate::tables::testdata;

const PIECES: [&[u8]; 22] = [
    b"",
    b";",
    b",",
    b"\t",
    b"\"",
    b"\n",
    b"\r\n",
    b"0",
    b"-1",
    b"1.234",
    b"99999999999999999999",
    b"2014-02-30",
    b"24:00",
    b"ja",
    b"\xff",
    b"\xe5",
    b"\0",
    b"KST",
    b"2199-12-31",
    b"1e309",
    b"=1+1",
    b"\xef\xbb\xbf",
];

/// Some places of some files replaced by pieces that are likely to hurt.
fn damaged(mut source: Source, rng: &mut Rng) -> Source {
    for _ in 0..rng.usize(1..6) {
        let with_profile = source.tables.iter_mut().chain(&mut source.profile);
        let mut files: Vec<_> = with_profile.collect();
        let file = rng.usize(..files.len());
        let bytes = &mut files[file].bytes;
        let at = rng.usize(..=bytes.len());
        let until = rng.usize(at..=(at + 12).min(bytes.len()));
        let piece = PIECES[rng.usize(..PIECES.len())];
        bytes.splice(at..until, piece.iter().copied());
        if rng.u8(..) < 8 {
            bytes.truncate(at);
        }
    }
    source
}

fn survives(basis: &str, seed: u64) {
    survives_in(Source::find(&testdata().join(basis), None), seed);
}

fn survives_in(source: Source, seed: u64) {
    let mut rng = Rng::with_seed(seed);
    let reading = read_source(damaged(source, &mut rng));
    assert_eq!(
        reading.content.is_none(),
        has_errors(&reading.problems),
        "seed {seed}: nothing without a reason"
    );
    if let Some(content) = &reading.content {
        for period in ["2014-H1", "2014-H2", "2014-09"] {
            let period: Period = period.parse().expect("a period");
            // A missing parameter or rate is an answer too; a panic is not.
            let Ok(payout) = compute(&content.basis, &content.regulation, period) else { continue };
            let run = Run::of(&reading, period, &payout).expect("a basis without errors");
            let _ = files(&run);
        }
    }
}

#[test]
fn damaged_tables_are_read_or_refused() {
    (0..3_000).into_par_iter().for_each(|seed| survives("aurland-cases", seed));
    (0..300).into_par_iter().for_each(|seed| survives("aurland-2014/windows-1252", seed));
}

#[test]
fn damaged_exports_are_read_or_refused() {
    (0..300).into_par_iter().for_each(|seed| survives("visma-expense", seed));
    let mut without_headings = Source::find(&testdata().join("visma-expense"), None);
    let export = without_headings.tables.iter_mut().find(|file| file.name == "visma_expense.csv");
    let export = export.expect("the export");
    let end = export.bytes.iter().position(|byte| *byte == b'\n').expect("a row of headings");
    export.bytes.drain(..=end);
    (0..600).into_par_iter().for_each(|seed| survives_in(without_headings.clone(), seed));
}

#[test]
fn damaged_workbooks_are_read_or_refused() {
    for basis in ["aurland-2014/aurland-2014.xlsx", "formats/aurland-cases.xls", "formats/aurland-cases.ods"]
    {
        (0..100).into_par_iter().for_each(|seed| survives(basis, seed));
    }
}

/// Files that made the library that reads workbooks run forever, fill the memory or abort.
#[test]
fn hostile_workbooks_are_refused() {
    let folder = testdata().join("hostile");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).expect("the hostile workbooks") {
        let path = entry.expect("an entry").path();
        let reading = read_source(Source::find(&path, Some(&testdata().join("aurland-cases/honorar.toml"))));
        let codes: Vec<&str> = reading.problems.iter().map(|problem| problem.code).collect();
        assert!(matches!(codes.as_slice(), ["unreadable" | "too_large"]), "{}: {codes:?}", path.display());
        files += 1;
    }
    assert!(files >= 6, "{files} files");
}

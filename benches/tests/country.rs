//! The country that is measured is one that `honorar` takes without a word, and the same each time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use honorar_benches::country::{Country, YEAR};
use honorar_engine::Period;
use honorar_intake::{pay, read};
use tempfile::TempDir;

fn files(basis: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(basis).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().into(), fs::read(&path).unwrap())).collect()
}

/// The bases, in a folder that is removed with the first value.
fn check(country: Country) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let bases = country.write(&folder.path().join("country")).unwrap();
    assert_eq!(bases.len(), country.bases);
    let period: Period = format!("{YEAR}-H1").parse().unwrap();
    for basis in &bases {
        let paid = pay(read(basis, None), period);
        assert_eq!(paid.reading.problems, [], "{}", basis.display());
        assert!(paid.payout.is_some_and(|payout| payout.lines.len() > 50));
    }
    (folder, bases)
}

#[test]
fn nothing_is_wrong_with_it() {
    check(Country { bases: 40, ..Country::NORWAY });
}

#[test]
fn nothing_is_wrong_with_many_times_the_meetings() {
    check(Country { bases: 2, meetings_times: 3, ..Country::NORWAY });
    check(Country { bases: 1, meetings_times: 100, ..Country::NORWAY });
}

#[test]
fn a_seed_draws_the_same_and_another_seed_another() {
    let country = Country { bases: 3, ..Country::NORWAY };
    let (first, again) = (check(country), check(country));
    let other = check(Country { seed: country.seed + 1, ..country });
    for ((first, again), other) in first.1.iter().zip(&again.1).zip(&other.1) {
        assert_eq!(files(first), files(again));
        assert_ne!(files(first), files(other));
    }
}

#[test]
fn a_part_of_it_is_its_beginning() {
    let (part, whole) = (Country { bases: 2, ..Country::NORWAY }, Country { bases: 4, ..Country::NORWAY });
    let (part, whole) = (check(part), check(whole));
    assert!(part.1.iter().zip(&whole.1).all(|(part, whole)| files(part) == files(whole)));
}

#[test]
fn a_municipality_drawn_alone_is_the_same() {
    let (_folder, bases) = check(Country { bases: 3, ..Country::NORWAY });
    let folder = tempfile::tempdir().unwrap();
    let alone = Country::NORWAY.write_one(2, folder.path()).unwrap();
    assert_eq!(files(&alone), files(&bases[2]));
}

//! The worked example must come out exactly.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use honorar_recount::{Parameters, Tables, amounts};

type Sums = BTreeMap<[String; 4], i64>;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/aurland-cases")
}

fn expected(period: &str) -> Sums {
    let path = example().join(format!("expected-{period}.csv"));
    let mut sums = Sums::new();
    for row in csv::Reader::from_path(path).unwrap().records() {
        let row = row.unwrap();
        let key = [0, 1, 2, 3].map(|i| row[i].to_string());
        let oere: i64 = row[4].replace('.', "").parse().unwrap();
        assert!(sums.insert(key, oere).is_none());
    }
    sums
}

fn recounted(period: &str) -> Sums {
    let tables = Tables::read_folder(&example()).unwrap();
    let mut sums = Sums::new();
    for line in amounts(&tables, &Parameters::default(), period) {
        let key = [line.person_id, line.kind, line.body, line.meeting_id];
        *sums.entry(key).or_insert(0) += line.oere;
    }
    sums.retain(|_, oere| *oere != 0);
    sums
}

#[test]
fn the_first_half_is_met() {
    assert_eq!(recounted("2014-H1"), expected("2014-H1"));
}

#[test]
fn the_second_half_is_met() {
    assert_eq!(recounted("2014-H2"), expected("2014-H2"));
}

#[test]
fn the_month_is_met() {
    assert_eq!(recounted("2014-09"), expected("2014-09"));
}

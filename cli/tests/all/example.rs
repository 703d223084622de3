//! `testdata/aurland-cases`: sums that were worked out independently of the program.

use std::collections::BTreeMap;

use honorar_engine::Period;
use honorar_intake::Source;

use crate::tables::{files_of, oere, records, testdata};

#[test]
fn the_sums_of_the_three_periods_are_met() {
    for period in ["2014-H1", "2014-H2", "2014-09"] {
        let folder = testdata().join("aurland-cases");
        let files = files_of(Source::find(&folder, None), period.parse::<Period>().expect("a period"));
        let expected =
            std::fs::read(folder.join(format!("expected-{period}.csv"))).expect("the expected sums");
        assert_eq!(sums(&files["lines.csv"]), sums(&expected), "{period}");
    }
}

/// The amounts of the invented year, against the calculation that shares no code with the program.
#[test]
fn the_year_of_the_test_data_is_what_the_independent_calculation_gives() {
    let folder = testdata().join("aurland-2014/canonical");
    let tables = honorar_recount::Tables::read_folder(&folder).expect("the year's tables");
    let halves = ["2014-H1", "2014-H2"].map(str::to_owned);
    let months = (1..=12).map(|month| format!("2014-{month:02}"));
    for period in halves.into_iter().chain(months) {
        let files = files_of(Source::find(&folder, None), period.parse::<Period>().expect("a period"));
        let written = ["lines.csv", "payables.csv"].into_iter().flat_map(|file| records(&files[file]));
        let mut found: Vec<[String; 3]> = written
            .map(|line| {
                [
                    line["person_id"].clone(),
                    format!("{} {} {}", line["kind"], line["body"], line["claim_id"]),
                    line["amount"].clone(),
                ]
            })
            .collect();
        let amounts = honorar_recount::amounts(&tables, &honorar_recount::Parameters::default(), &period);
        let mut expected: Vec<[String; 3]> = amounts
            .into_iter()
            .map(|a| {
                let sign = if a.oere < 0 { "-" } else { "" };
                let amount = format!("{sign}{}.{:02}", a.oere.abs() / 100, a.oere.abs() % 100);
                [a.person_id, format!("{} {} {}", a.kind, a.body, a.claim_id), amount]
            })
            .collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{period}");
    }
}

/// Sums over person, kind, body and meeting; those of 0.00 are left out.
fn sums(csv: &[u8]) -> BTreeMap<[String; 4], i64> {
    let mut sums: BTreeMap<[String; 4], i64> = BTreeMap::new();
    for record in records(csv) {
        let key = ["person_id", "kind", "body", "meeting_id"].map(|column| record[column].clone());
        *sums.entry(key).or_default() += oere(&record["amount"]);
    }
    sums.retain(|_, sum| *sum != 0);
    assert!(!sums.is_empty(), "there are sums");
    sums
}

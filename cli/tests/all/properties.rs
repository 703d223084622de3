//! Properties that hold on any basis, shown on thousands of generated ones.
//!
//! The crate `recount` generates the bases from seeds and calculates them independently, with
//! big rational numbers; a failure names its seed.

use std::collections::BTreeMap;

use honorar_engine::Period;
use honorar_recount::{Parameters, Tables, amounts, generate};
use rayon::prelude::*;

use crate::pocket_calculator::check_sentence;
use crate::tables::{files_of, oere, records, source_of};

const SEEDS: u64 = 2_000;

/// The periods with most in them: both halves of the year of most meetings, and a month.
pub(crate) fn periods(tables: &Tables, seed: u64) -> Vec<Period> {
    let meetings = &tables.tables["meetings"];
    let date = meetings.columns.iter().position(|column| column == "date").expect("meetings have dates");
    let mut years: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &meetings.rows {
        *years.entry(row[date].get(..4).expect("a year")).or_default() += 1;
    }
    let (year, _) = years.into_iter().max_by_key(|(_, meetings)| *meetings).expect("there are meetings");
    let month = seed % 12 + 1;
    let names = [format!("{year}-H1"), format!("{year}-H2"), format!("{year}-{month:02}")];
    names.iter().map(|name| name.parse().expect("a period")).collect()
}

#[test]
fn an_independent_calculation_agrees_line_by_line() {
    let lines: usize = (0..SEEDS)
        .into_par_iter()
        .map(|seed| {
            let tables = generate(seed);
            periods(&tables, seed).into_iter().map(|period| agree(&tables, seed, period)).sum::<usize>()
        })
        .sum();
    assert!(lines as u64 > SEEDS * 100, "{lines} lines are too few to show anything");
}

fn agree(tables: &Tables, seed: u64, period: Period) -> usize {
    let files = files_of(source_of(tables), period);
    let columns = ["person_id", "kind", "body", "meeting_id", "claim_id", "date"];
    let mut found: Vec<([String; 6], i64)> = Vec::new();
    for record in ["lines.csv", "payables.csv"].into_iter().flat_map(|file| records(&files[file])) {
        check_sentence(&record["how"], &record["amount"])
            .unwrap_or_else(|wrong| panic!("seed {seed}, {period}, {}: {wrong}", record["kind"]));
        found.push((columns.map(|column| record[column].clone()), oere(&record["amount"])));
    }
    let mut expected: Vec<([String; 6], i64)> = amounts(tables, &Parameters::default(), &period.to_string())
        .into_iter()
        .map(|a| ([a.person_id, a.kind, a.body, a.meeting_id, a.claim_id, a.date], a.oere))
        .collect();
    found.sort();
    expected.sort();
    let differing = expected
        .iter()
        .filter(|line| !found.contains(line))
        .chain(found.iter().filter(|line| !expected.contains(line)));
    let differing: Vec<_> = differing.collect();
    assert!(
        differing.is_empty() && found.len() == expected.len(),
        "seed {seed}, {period}: expected, then found: {differing:#?}"
    );
    found.len()
}

#[test]
fn no_cap_of_a_day_is_exceeded_and_only_one_of_its_sums_is_paid() {
    (0..SEEDS / 4).into_par_iter().for_each(|seed| {
        let tables = generate(seed);
        for period in periods(&tables, seed) {
            let files = files_of(source_of(&tables), period);
            let mut days: BTreeMap<(String, String, &str), i64> = BTreeMap::new();
            for record in ["lines.csv", "payables.csv"].into_iter().flat_map(|file| records(&files[file])) {
                let sum = match record["kind"].as_str() {
                    "lost_income_undocumented" => "undocumented",
                    "lost_income_documented" | "stand_in" => "documented",
                    "care" => "care",
                    "employer_refund" => "refund",
                    _ => continue,
                };
                let key = (record["person_id"].clone(), record["date"].clone(), sum);
                *days.entry(key).or_default() += oere(&record["amount"]);
            }
            for ((person, date, sum), oere) in &days {
                let cap = if *sum == "undocumented" { 103_000 } else { 309_100 };
                assert!(*oere <= cap, "seed {seed}: {person} on {date} has {oere} øre {sum}");
                let other = days.get(&(person.clone(), date.clone(), "documented"));
                let both = *sum == "undocumented" && *oere > 0 && other.is_some_and(|other| *other > 0);
                assert!(!both, "seed {seed}: {person} on {date} has both sums");
            }
        }
    });
}

#[test]
fn order_and_threads_change_no_byte() {
    for seed in 0..60 {
        let tables = generate(seed);
        for period in periods(&tables, seed) {
            let expected = files_of(source_of(&tables), period);
            for (threads, shuffle) in [(1, seed + 1), (2, seed + 2), (8, seed + 3)] {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
                let found = pool.install(|| files_of(source_of(&tables.shuffled(shuffle)), period));
                for file in ["lines.csv", "payables.csv", "visma-lonn.csv"] {
                    assert_eq!(
                        text(&expected[file]),
                        text(&found[file]),
                        "seed {seed}, {period}, {threads} threads: {file}"
                    );
                }
                assert_eq!(
                    content_hashes(&expected),
                    content_hashes(&found),
                    "seed {seed}: the content is the same"
                );
            }
        }
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn content_hashes(files: &BTreeMap<String, Vec<u8>>) -> serde_json::Value {
    let record: serde_json::Value = serde_json::from_slice(&files["run.json"]).expect("JSON");
    assert!(record["content"].as_array().is_some_and(|tables| tables.len() == 8));
    record["content"].clone()
}

#[test]
fn the_payroll_file_sums_to_the_pay_lines_it_carries() {
    (0..SEEDS / 4).into_par_iter().for_each(|seed| {
        let tables = generate(seed);
        for period in periods(&tables, seed) {
            let files = files_of(source_of(&tables), period);
            let lines: Vec<i64> =
                records(&files["lines.csv"]).iter().map(|line| oere(&line["amount"])).collect();
            let carried: Vec<i64> = lines.into_iter().filter(|oere| *oere != 0).collect();
            let visma: Vec<i64> =
                text(&files["visma-lonn.csv"]).split_terminator("\r\n").map(visma_amount).collect();
            assert_eq!(visma, carried, "seed {seed}, {period}: line by line");
            let receipt = records(&files["visma-lonn.receipt.csv"]);
            let total = |record: &str| {
                let row = receipt.iter().find(|row| row["record"] == record).expect("a total");
                row["key"].clone()
            };
            assert_eq!(oere(&total("control_sum")), carried.iter().sum::<i64>(), "seed {seed}, {period}");
            assert_eq!(total("count"), carried.len().to_string(), "seed {seed}, {period}");
        }
    });
}

/// What payroll pays for a line of Visma's file: the amount, else quantity × rate.
fn visma_amount(line: &str) -> i64 {
    let fields: Vec<&str> = line.split(';').collect();
    assert_eq!(fields.len(), 17, "{line}");
    let [quantity, rate, amount] = [fields[5], fields[6], fields[7]].map(oere);
    assert!(amount == 0 || (quantity == 0 && rate == 0), "{line}");
    let product = quantity * rate;
    assert_eq!(product % 100, 0, "{line}: quantity × rate is exact");
    amount + product / 100
}

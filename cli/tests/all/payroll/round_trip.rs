//! What a payroll file carries: each is read back as its format document says, by readers that know nothing
//! of the writers, and has to sum to its receipt.

use std::collections::BTreeMap;

use honorar_exporters::Run;
use honorar_intake::{Source, read_source};
use honorar_rates::Receiver;
use serde_json::Value;

use crate::tables::{PROFILE, oere, records, testdata};

/// What the invented year's municipality has set up, for all receivers.
fn everything() -> String {
    let payroll = r#"
care = { code = "1420", send = "amount", a_melding = "kontantytelse/annet" }
travel_other = { code = "1512", send = "amount" }

[payroll]
receivers = ["visma_lonn", "huldt_lillevik", "visma_hrm", "fint", "tripletex", "unimicro"]

[[accounting]]
kinds = ["travel_car", "travel_passenger", "travel_other", "subsistence"]
account = "11600"

[[accounting]]
bodies = ["KU"]
responsibility = "1100"
function = "110"

[[accounting]]
account = "10800"
responsibility = "1000"
function = "100"

[visma_lonn]
account = { from = "account" }
r1 = { from = "responsibility" }
r2 = { from = "function" }

[huldt_lillevik]
client = "0042"
department = { from = "responsibility" }
negative = "leading_minus"

[visma_hrm]
mapping = "example"

[tripletex]
month = "2014-07"

[unimicro]
department = { from = "responsibility" }
"#;
    let lines = PROFILE.lines().filter(|line| !line.starts_with("care") && !line.starts_with("travel_other"));
    lines.collect::<Vec<_>>().join("\n") + payroll
}

/// The files of the invented half-year, by name.
fn files() -> BTreeMap<String, Vec<u8>> {
    let mut source = Source::find(&testdata().join("aurland-2014/canonical"), None);
    source.profile.as_mut().expect("a profile").bytes = everything().into_bytes();
    let reading = read_source(source);
    let content = reading.content.as_ref().unwrap_or_else(|| panic!("{:#?}", reading.problems));
    let period = "2014-H1".parse().expect("a period");
    let payout =
        honorar_engine::compute(&content.basis, &content.regulation, period).expect("nothing is missing");
    let run = Run::of(&reading, period, &payout).expect("a basis without errors");
    let files = honorar_exporters::files(&run).unwrap_or_else(|problems| panic!("{problems:#?}"));
    files.into_iter().map(|file| (file.name, file.bytes)).collect()
}

/// A line of a payroll file: employee number, wage type, and øre.
type Line = (String, String, i64);

/// A reader of a payroll file.
type Read = fn(&[u8]) -> Vec<Line>;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Quantity × rate in øre, both of them with two decimals, written as whole hundredths.
fn product(quantity: i64, rate: i64) -> i64 {
    assert_eq!(quantity * rate % 100, 0, "{quantity} × {rate} is a whole number of øre");
    quantity * rate / 100
}

fn visma_lonn(bytes: &[u8]) -> Vec<Line> {
    let read = |line: &str| {
        let fields: Vec<&str> = line.split(';').collect();
        assert_eq!(fields.len(), 17, "{line}");
        let amount = match oere(fields[7]) {
            0 => product(oere(fields[5]), oere(fields[6])),
            amount => amount,
        };
        (fields[2].to_owned(), fields[3].to_owned(), amount)
    };
    text(bytes).split_terminator("\r\n").map(read).collect()
}

fn huldt_lillevik(bytes: &[u8]) -> Vec<Line> {
    let file = text(bytes);
    let read = |record: &str| {
        assert_eq!(record.len(), 164, "{record}");
        let (number, wage_type) = (&record[0..6], &record[6..11]);
        let amount: i64 = record[121..134].parse().expect("digits, after a minus");
        let (quantity, rate): (i64, i64) =
            (record[101..111].parse().expect("digits"), record[111..121].parse().expect("digits"));
        if quantity > 0 {
            assert_eq!(amount, product(quantity, rate), "{record}");
        }
        // Employee numbers and wage types have four digits in this year.
        (number[2..].to_owned(), wage_type[1..].to_owned(), amount)
    };
    file.split_terminator("\r\n").map(read).collect()
}

fn visma_hrm(bytes: &[u8]) -> Vec<Line> {
    let file = text(bytes);
    let between = |text: &str, name: &str| {
        let (_, after) = text.split_once(&format!("<{name}>"))?;
        after.split_once(&format!("</{name}>")).map(|(value, _)| value.to_owned())
    };
    let read = |transaction: &str| {
        let number = between(transaction, "Number").expect("an employee number");
        let wage_type = between(transaction, "WageType").expect("a wage type");
        let amount = between(transaction, "Amount").map_or_else(
            || {
                let of = |name| oere(&between(transaction, name).expect("a number"));
                product(of("Quantity"), of("Rate"))
            },
            |amount| oere(&amount),
        );
        (number, wage_type, amount)
    };
    let lines: Vec<Line> = file.split("<Transaction ").skip(1).map(read).collect();
    assert_eq!(between(&file, "Count"), Some(lines.len().to_string()));
    let sum: i64 = lines.iter().map(|(_, _, oere)| oere).sum();
    assert_eq!(between(&file, "ControlSum").map(|stated| oere(&stated)), Some(sum));
    lines
}

fn fint(bytes: &[u8]) -> Vec<Line> {
    let lines: Vec<Value> = serde_json::from_slice(bytes).expect("JSON");
    let mut ids: Vec<&str> = Vec::new();
    let end = |line: &Value, link: &str| {
        let href = line["_links"][link][0]["href"].as_str().expect("a link").to_owned();
        href.rsplit('/').next().expect("an end").to_owned()
    };
    let read = lines.iter().map(|line| {
        ids.push(line["kildesystemId"]["identifikatorverdi"].as_str().expect("an id"));
        for part in ["art", "ansvar", "funksjon"] {
            assert!(line["kontostreng"]["_links"][part][0]["href"].is_string(), "{part}: {line}");
        }
        (end(line, "arbeidsforhold"), end(line, "lonnsart"), line["antall"].as_i64().expect("a number"))
    });
    let read: Vec<Line> = read.collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "every line has an id of its own");
    read
}

/// A number with a decimal comma, in hundredths.
fn hundredths(text: &str) -> i64 {
    oere(&text.replace(',', "."))
}

fn tripletex(bytes: &[u8]) -> Vec<Line> {
    let file = text(bytes);
    let mut rows = file.split_terminator("\r\n").map(|line| line.split(';').collect::<Vec<_>>());
    assert_eq!(rows.next().expect("headings").len(), 9);
    let read = |row: Vec<&str>| {
        assert_eq!((row.len(), row[0], row[1]), (9, "2014", "7"));
        (row[2].to_owned(), row[3].to_owned(), product(hundredths(row[5]), hundredths(row[6])))
    };
    rows.map(read).collect()
}

fn unimicro(bytes: &[u8]) -> Vec<Line> {
    let file: String = bytes.iter().copied().map(char::from).collect();
    let read = |line: &str| {
        let row: Vec<&str> = line.split(';').collect();
        assert_eq!((row.len(), row[7].len()), (8, 4), "{line}");
        (row[0].to_owned(), row[1].to_owned(), product(hundredths(row[6]), hundredths(row[5])))
    };
    file.split_terminator("\r\n").map(read).collect()
}

#[test]
fn every_file_carries_what_its_receipt_says() {
    let files = files();
    let lines = records(&files["lines.csv"]);
    for receiver in Receiver::ALL {
        let (name, read): (&str, Read) = match receiver {
            Receiver::VismaLonn => ("visma-lonn.csv", visma_lonn),
            Receiver::HuldtLillevik => ("IT0042TRS.HLW", huldt_lillevik),
            Receiver::VismaHrm => ("visma-hrm.xml", visma_hrm),
            Receiver::Fint => ("fint.json", fint),
            Receiver::Tripletex => ("tripletex.csv", tripletex),
            Receiver::Unimicro => ("unimicro.csv", unimicro),
        };
        let carried = read(&files[name]);
        let receipt = records(&files[&format!("{}.receipt.csv", receiver.name().replace('_', "-"))]);
        let (of_lines, totals): (Vec<_>, Vec<_>) = receipt.iter().partition(|row| row["record"] == "line");
        let total = |record: &str| {
            let row = totals.iter().find(|row| row["record"] == record).expect("a total");
            row["key"].clone()
        };
        assert_eq!(total("count"), carried.len().to_string(), "{name}");
        assert_eq!(
            oere(&total("control_sum")),
            carried.iter().map(|(_, _, oere)| oere).sum::<i64>(),
            "{name}"
        );
        assert_eq!(total("priced_by_payroll"), "0", "{name}");
        for ((number, wage_type, amount), row) in carried.iter().zip(of_lines) {
            assert_eq!((number, wage_type), (&row["person_id"], &row["wage_type"]), "{name}");
            assert_eq!(*amount, oere(&row["amount"]), "{name}");
            let line = &lines[row["pay_line"].parse::<usize>().expect("a number") - 1];
            assert_eq!(line["person_id"], row["person_id"], "{name}");
            assert!(!row["key"].is_empty() && !row["rows"].is_empty(), "{name}: back to the basis");
            let is_travel =
                ["travel_car", "travel_passenger", "travel_other", "subsistence"].contains(&&*line["kind"]);
            assert_eq!(row["account"], if is_travel { "11600" } else { "10800" }, "{name}");
        }
    }
    let sent = lines.iter().filter(|line| line["amount"] != "0.00");
    let sum: i64 = sent.map(|line| oere(&line["amount"])).sum();
    let carried: i64 = visma_lonn(&files["visma-lonn.csv"]).iter().map(|(_, _, oere)| oere).sum();
    assert_eq!(carried, sum, "and all that is paid");
}

//! Group support, as tables of cases that a person can read and check by hand: `testdata/groups`, one
//! file a municipality or rule, with the section `[group_support]` that stands in its regulation.
//!
//! A case gives rows and expects every line, to the øre. Its amounts are worked out from the
//! specification, without the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use honorar_engine::groups::{SupportOfYear, support_of_year};
use honorar_exporters::language::Words;
use honorar_intake::{Reading, group_problems, notice_problems, read_source};
use honorar_problems::{Problem, Severity};
use honorar_rates::{Language, RegulationText};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use crate::pocket_calculator::{evaluate, number, plain, round_to};
use crate::tables::{aurland, case_files, oere, source, testdata};

/// A complete regulation with a section on group support: Aurland's with another name, and with the
/// section added.
pub(crate) fn regulation(support: &str, in_force_from: &str) -> String {
    let named = aurland().text.replacen("name = \"aurland\"", "name = \"test\"", 1);
    let dated = named.replacen("in_force_from = 2014-01-01", &format!("in_force_from = {in_force_from}"), 1);
    assert_ne!(dated.len(), 0);
    format!("{dated}\n{support}")
}

/// A case: the rows of its tables, the section, and what else it says.
fn read_case(rows: &BTreeMap<String, String>, support: &str, parameters: &str, in_force: &str) -> Reading {
    let profile =
        format!("municipality = \"test\"\nregulation = \"test.toml\"\n[parameters]\n{parameters}\n");
    let mut basis = source(rows, &profile);
    basis.regulation =
        Some(RegulationText { file: "test.toml".to_owned(), text: regulation(support, in_force) });
    read_source(basis)
}

fn text<'c>(case: &'c toml::Table, key: &str) -> &'c str {
    case.get(key).and_then(toml::Value::as_str).unwrap_or_default()
}

fn rows_of(case: &toml::Table) -> BTreeMap<String, String> {
    let tables = ["groups", "group_payments", "group_reports"];
    tables
        .iter()
        .filter(|table| case.contains_key(**table))
        .map(|table| ((*table).to_owned(), text(case, table).to_owned()))
        .collect()
}

#[test]
fn every_case_gives_its_lines() {
    let mut failures = String::new();
    for path in case_files("groups", "toml") {
        let file: toml::Table = std::fs::read_to_string(&path).expect("a case file").parse().expect("TOML");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let in_force = file.get("in_force_from").and_then(toml::Value::as_str).unwrap_or("2014-01-01");
        for case in file["case"].as_array().expect("cases").iter().filter_map(toml::Value::as_table) {
            assert!(!text(case, "point").is_empty(), "{name}: a case cites no rule");
            let support = changed(text(&file, "support"), case);
            let reading = read_case(&rows_of(case), &support, text(case, "parameters"), in_force);
            let year = case["year"].as_integer().and_then(|year| i32::try_from(year).ok()).expect("a year");
            let (expected, found) = (expected_lines(case), found_lines(&reading, year));
            if expected != found {
                write!(failures, "\n{name}: {}\n", text(case, "name")).expect("writing to memory");
                for line in expected.difference(&found) {
                    writeln!(failures, "  expected {line}").expect("writing to memory");
                }
                for line in found.difference(&expected) {
                    writeln!(failures, "  found    {line}").expect("writing to memory");
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// The section with a case's changes; each text that is changed stands there once at least.
fn changed(support: &str, case: &toml::Table) -> String {
    let changes = case.get("change").and_then(toml::Value::as_array).into_iter().flatten();
    changes.fold(support.to_owned(), |text, change| {
        let (from, to) = (change[0].as_str().expect("a text"), change[1].as_str().expect("a text"));
        assert!(text.contains(from), "`{from}` is not in the section");
        text.replacen(from, to, 1)
    })
}

fn expected_lines(case: &toml::Table) -> BTreeSet<String> {
    let tidy = |line: &str| line.split(',').map(str::trim).collect::<Vec<_>>().join(", ");
    text(case, "expected").lines().map(str::trim).filter(|line| !line.is_empty()).map(tidy).collect()
}

/// `group, months, part, amount` and `group, months, transferred, amount`; warnings, notes and
/// problems as `severity, code, message`.
fn found_lines(reading: &Reading, year: i32) -> BTreeSet<String> {
    let said = |problems: &[Problem]| -> Vec<String> {
        let said = problems.iter().map(|problem| {
            let severity = match problem.severity {
                Severity::Error => "problem",
                Severity::Warning => "warning",
                Severity::Note => "note",
            };
            format!("{severity}, {}, {}", problem.code, problem.message)
        });
        said.collect()
    };
    let mut found = said(&reading.problems);
    let Some(content) = &reading.content else { return found.into_iter().collect() };
    let support = match support_of_year(&content.basis, &content.regulation, year) {
        Ok(support) => support,
        Err(obstacle) => return said(&group_problems(content, year, &obstacle)).into_iter().collect(),
    };
    found.extend(said(&notice_problems(content, &support.notices)));
    for transfer in &support.transfers {
        for group in &transfer.groups {
            let name = &group.group;
            for line in &group.lines {
                found.push(format!("{name}, {}, {}, {}", transfer.months, line.part.name(), line.amount));
            }
            let sum: honorar_engine::Money = group.lines.iter().map(|line| line.amount).sum();
            assert_eq!(sum, group.transferred(), "the lines of {name} sum to what is transferred");
            found.push(format!("{name}, {}, transferred, {}", transfer.months, group.transferred()));
        }
    }
    check_sentences(reading, &support);
    found.into_iter().collect()
}

/// Every `a × b = c`, and every `≈` to four decimals, of each sentence is right in every language.
fn check_sentences(reading: &Reading, support: &SupportOfYear) {
    let content = reading.content.as_ref().expect("a basis without errors");
    for language in Language::ALL {
        for line in support.lines() {
            let how = Words::of(language).how_of_group(line, &content.basis, &content.regulation);
            let how = plain(language, &how).unwrap_or_else(|wrong| panic!("{wrong}"));
            for (sign, decimals) in [(" = ", 2), (" ≈ ", 4)] {
                for (at, _) in how.match_indices(sign) {
                    let result = how[at + sign.len()..].split([' ', ';', ',']).next().unwrap_or_default();
                    let found = evaluate(&how[..at]).unwrap_or_else(|| panic!("no sum: {how}"));
                    let expected = number(result).unwrap_or_else(|| panic!("no result: {how}"));
                    assert_eq!(round_to(&found, decimals), expected, "{how}");
                }
            }
            let amount = line.amount.to_string();
            let last = how.split(" (test").next().and_then(|how| how.rsplit(' ').next());
            assert_eq!(last, Some(amount.trim_start_matches('-')), "{how}");
        }
    }
}

/// A payment to a person is a pay line of the half-year that its day lies in, and of no month; one
/// to nobody is none.
#[test]
fn payments_to_persons_are_pay_lines_where_claims_are_paid() {
    let case_text = std::fs::read_to_string(testdata().join("groups/lillestrom.toml")).expect("the cases");
    let cases: toml::Table = case_text.parse().expect("TOML");
    let rows = [
        ("persons", "1, employed\n2, employed"),
        ("groups", "Ap, 2019-10-08, , 5"),
        (
            "group_payments",
            "Ap, 2022-01-01, buy_out, 100, 1, ,\nAp, 2022-06-30, fees, 200.50, 2, ,\nAp, 2022-07-01, fees, 300, 1, ,\n\
             Ap, 2022-03-01, buy_out, 400, , ,\nAp, 2022-03-01, other, 500, , B1",
        ),
    ];
    let rows = rows.into_iter().map(|(table, rows)| (table.to_owned(), rows.to_owned())).collect();
    let reading = read_case(&rows, text(&cases, "support"), "", "2014-01-01");
    let content = reading.content.as_ref().unwrap_or_else(|| panic!("{:#?}", reading.problems));
    let lines = |period: &str| -> Vec<String> {
        let period = period.parse().expect("a period");
        let payout = honorar_engine::compute(&content.basis, &content.regulation, period).expect("lines");
        let line = |line: &honorar_engine::PayLine| {
            let (table, rows) = line.origin.rows(&content.basis);
            let cite = content.regulation.items.get(line.cite.expect("a citation")).expect("an item");
            let person = &content.basis.register().person(line.person).id;
            format!("{person} {} {} {} {cite} {table} {rows:?}", line.date, line.kind.name(), line.amount)
        };
        payout.all().map(line).collect()
    };
    assert_eq!(
        lines("2022-H1"),
        [
            "1 2022-01-01 fixed_fee 100.00 test L5 group_payments [2]",
            "2 2022-06-30 meeting_fee 200.50 test L5 group_payments [3]",
        ]
    );
    assert_eq!(lines("2022-H2"), ["1 2022-07-01 meeting_fee 300.00 test L5 group_payments [4]"]);
    assert_eq!(lines("2022-01"), Vec::<String>::new());
}

/// The same rows in another order give the same bytes.
#[test]
fn the_order_of_rows_does_not_matter() {
    let support = POT.replace("BASE", "10 %").replace("UNIT", "oere");
    let files = |reversed: bool| {
        let turned = |rows: &str| -> String {
            let mut lines: Vec<&str> = rows.lines().collect();
            if reversed {
                lines.reverse();
            }
            lines.join("\n")
        };
        let rows = [
            ("groups", "B, 2019-10-08, , 3, 50\nA, 2019-10-08, , 3, 50\nC, 2019-10-08, , 3, 50"),
            ("group_payments", "A, 2022-01-02, fees, 5\nA, 2022-01-02, fees, 4\nB, 2022-01-02, other, 4"),
            ("group_reports", "A, 2021, 5, 5, 0\nB, 2021, 5, 5, 0"),
        ];
        let rows = rows.into_iter().map(|(table, rows)| (table.to_owned(), turned(rows))).collect();
        let reading = read_case(&rows, &support, "pot = 100", "2014-01-01");
        let content = reading.content.as_ref().unwrap_or_else(|| panic!("{:#?}", reading.problems));
        let support = support_of_year(&content.basis, &content.regulation, 2022).expect("support");
        let run = honorar_exporters::GroupRun::of(&reading, &support).expect("a basis without errors");
        let files = honorar_exporters::group_files(&run, false).expect("nothing is too large");
        let kept = files
            .into_iter()
            .filter(|file| matches!(&*file.name, "groups.csv" | "payables.csv"))
            .map(|file| file.bytes);
        (kept.collect::<Vec<_>>(), honorar_intake::canonical::tables(&content.basis))
    };
    assert_eq!(files(false), files(true));
}

/// The sections of the guide are sections that are read.
#[test]
fn the_sections_in_the_guide_are_read() {
    let guide = std::fs::read_to_string(testdata().join("../docs/group-support.md")).expect("the guide");
    let blocks: Vec<&str> =
        guide.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let [rates, pot] = blocks[..] else { panic!("{} sections", blocks.len()) };
    let rest: Vec<&str> = rates.lines().skip(4).collect();
    let of_pot = format!("[group_support]\n{pot}{}", rest.join("\n"));
    let rows = BTreeMap::from([("groups".to_owned(), "Ap, 2019-10-08, , 5, 300".to_owned())]);
    for (support, parameters, granted) in [(rates, "", "288000.00"), (&*of_pot, "group_pot = 7", "7.00")] {
        let reading = read_case(&rows, support, parameters, "2014-01-01");
        assert_eq!(reading.problems, []);
        assert!(found_lines(&reading, 2022).contains(&format!("Ap, 12, transferred, {granted}")));
    }
}

const POT: &str = r#"
[group_support]
pot = { parameter = "pot", point = "1", meaning = "the pot" }
base_share = { value = "BASE", point = "1", provenance = "document", meaning = "shared equally" }
by = { value = "votes", point = "1", provenance = "document", meaning = "by votes" }
whole = { value = "UNIT", point = "1", provenance = "document", meaning = "the unit" }
majority = { value = "unanimous", point = "1", provenance = "document", meaning = "the majority" }
transferred_in = { value = 6, point = "1", provenance = "document", meaning = "in June" }
first_part_months = { value = 10, point = "1", provenance = "document", meaning = "10 months first" }
payments_on_behalf = { value = "deducted_from_next_transfer", point = "1", provenance = "document", meaning = "deducted" }
break_outs = { value = "no_right", point = "1", provenance = "document", meaning = "no right" }
"#;

/// Random votes: the parts of a pot sum to the pot, and each is what an independent largest remainder
/// with big rationals gives.
#[test]
fn the_parts_of_a_pot_sum_to_the_pot() {
    let mut random = fastrand::Rng::with_seed(20_261_125);
    for round in 0..300 {
        let number = random.usize(1..=9);
        let few = random.bool();
        let votes: Vec<u32> =
            (0..number).map(|_| if few { random.u32(0..4) } else { random.u32(0..5_000_000) }).collect();
        if votes.iter().all(|votes| *votes == 0) {
            continue;
        }
        let (unit, unit_oere) = if random.bool() { ("kroner", 100) } else { ("oere", 1) };
        let pot_oere: i64 = random.i64(0..2_000_000) * if random.bool() { 1 } else { 4_999 } * 100
            + if unit_oere == 1 { random.i64(0..100) } else { 0 };
        let base = random.u32(0..=20);
        let is_election_year = random.bool();
        let names: Vec<String> = ('A'..).take(number).map(String::from).collect();
        let mut groups = String::new();
        for (name, votes) in names.iter().zip(&votes) {
            let to = if is_election_year { "2023-10-09" } else { "" };
            writeln!(groups, "{name}, 2019-10-08, {to}, 1, {votes}").expect("writing to memory");
            if is_election_year {
                writeln!(groups, "{name}, 2023-10-10, , 1, {votes}").expect("writing to memory");
            }
        }
        let support = POT.replace("BASE", &format!("{base} %")).replace("UNIT", unit);
        let parameters = format!("pot = \"{}.{:02}\"", pot_oere / 100, pot_oere % 100);
        let rows = BTreeMap::from([("groups".to_owned(), groups)]);
        let reading = read_case(&rows, &support, &parameters, "2014-01-01");
        let content = reading.content.as_ref().unwrap_or_else(|| panic!("{:#?}", reading.problems));
        let year = if is_election_year { 2023 } else { 2022 };
        let support = support_of_year(&content.basis, &content.regulation, year)
            .unwrap_or_else(|obstacle| panic!("round {round}: {obstacle:?}"));
        check_sentences(&reading, &support);
        let mut left = pot_oere;
        for (at, transfer) in support.transfers.iter().enumerate() {
            let is_last = at + 1 == support.transfers.len();
            let shared = if is_last { left } else { first_part(pot_oere, unit_oere) };
            let expected = largest_remainder(shared / unit_oere, base, &votes, &names);
            let found: Vec<i64> =
                transfer.groups.iter().map(|group| oere(&group.granted.to_string()) / unit_oere).collect();
            assert_eq!(found, expected, "round {round}: {votes:?} of {shared}, {base} %");
            left -= found.iter().sum::<i64>() * unit_oere;
        }
        assert_eq!(left, 0, "round {round}: the parts sum to the pot");
    }
}

/// 10/12 of a pot to the unit, a half up.
fn first_part(pot_oere: i64, unit_oere: i64) -> i64 {
    let units = ratio(pot_oere * 10, unit_oere * 12);
    let half_up = (units + ratio(1, 2)).floor().to_integer();
    i64::try_from(half_up).expect("a pot") * unit_oere
}

fn ratio(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

/// Written from the rule: exact shares, rounded down; the rest one by one to the largest remainder,
/// then the most votes, then the first name.
fn largest_remainder(units: i64, base: u32, votes: &[u32], names: &[String]) -> Vec<i64> {
    let all: i64 = votes.iter().map(|votes| i64::from(*votes)).sum();
    let lists = i64::try_from(votes.len()).expect("few lists");
    let base = ratio(i64::from(base), 100);
    let rest = ratio(1, 1) - &base;
    let exact: Vec<BigRational> = votes
        .iter()
        .map(|votes| {
            let share = &base / ratio(lists, 1) + &rest * ratio(i64::from(*votes), all);
            share * ratio(units, 1)
        })
        .collect();
    let mut parts: Vec<BigRational> = exact.iter().map(BigRational::floor).collect();
    let mut given: Vec<bool> = vec![false; votes.len()];
    while parts.iter().fold(BigRational::zero(), |sum, part| sum + part) < ratio(units, 1) {
        let better = |a: usize, b: usize| {
            let (ra, rb) = (&exact[a] - exact[a].floor(), &exact[b] - exact[b].floor());
            (ra, votes[a]) > (rb.clone(), votes[b])
                || (&exact[a] - exact[a].floor() == rb && votes[a] == votes[b] && names[a] < names[b])
        };
        let open = (0..votes.len()).filter(|at| !given[*at]);
        let next = open.reduce(|best, at| if better(at, best) { at } else { best }).expect("a list");
        given[next] = true;
        parts[next] += ratio(1, 1);
    }
    parts.iter().map(|part| i64::try_from(part.to_integer()).expect("a part")).collect()
}

/// The basis of the snapshots, on disk: 2023 in Lillestrøm's rates, with payments.
pub(crate) fn write_basis(folder: &Path) {
    let cases: toml::Table = std::fs::read_to_string(testdata().join("groups/lillestrom.toml"))
        .expect("the cases")
        .parse()
        .expect("TOML");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
    write("lillestrom-rates.toml", &regulation(text(&cases, "support"), "2014-01-01"));
    write("honorar.toml", "municipality = \"lillestrom\"\nregulation = \"lillestrom-rates.toml\"\n");
    write(
        "personer.csv",
        "ansattnr;navn;parti;arbeidsforhold\n0101;Person A;Ap;ansatt\n0102;Person B;V;ansatt\n",
    );
    write("verv.csv", "ansattnr;organ;rolle;fra;til\n");
    write("møter.csv", "møtenr;organ;dato;start;slutt\n");
    write("oppmøte.csv", "møtenr;ansattnr;status\n");
    write(
        "grupper.csv",
        "gruppe;fra;til;representanter;stemmer\n\
         Ap;08.10.2019;09.10.2023;14;10 412\n\
         H;08.10.2019;09.10.2023;13;9 877\n\
         Ny gruppe;01.02.2022;09.10.2023;1;\n\
         Ap;10.10.2023;;11;8 003\n\
         H;10.10.2023;;15;11 920\n",
    );
    write(
        "gruppeutbetalinger.csv",
        "gruppe;dato;type;beløp;ansattnr;bilag;varsel\n\
         Ap;12.02.2023;frikjøp;20 000,00;0101;;10.01.2023\n\
         Ap;12.03.2023;godtgjørelse;1 500,50;101;;10.01.2023\n\
         Ap;15.03.2023;annet;999,00;;Bilag 7;10.01.2023\n\
         H;20.11.2023;annet;150 000,00;;Bilag 8;20.09.2023\n",
    );
    write(
        "grupperapporter.csv",
        "gruppe;år;mottatt;brukt;gjenstår;rapportert\nAp;2022;711 000;700 000;11 000;02.03.2023\n",
    );
}

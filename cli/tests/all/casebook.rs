//! Packs of cases: what a case may say, and that no pack makes the program fail.

use honorar_casebook::{Outcome, changed, read_pack};
use honorar_exporters::{last_change, overview};
use honorar_rates::{
    CaseText, RegulationText, empty_profile, find_pack, law_problems, read_head, read_regulation,
};

use crate::groups::regulation;
use crate::tables::aurland;

fn outcomes(text: &str, regulation: &RegulationText) -> Vec<Outcome> {
    let file = CaseText { file: "pack.toml".to_owned(), text: text.to_owned() };
    let (pack, problems) = read_pack(&[file]);
    assert_eq!(problems, []);
    pack.cases().map(|case| case.run(regulation)).collect()
}

#[track_caller]
fn passes(text: &str, regulation: &RegulationText) {
    for outcome in outcomes(text, regulation) {
        assert!(outcome.passed(), "{outcome:#?}");
    }
}

const POT: &str = r#"
[group_support]
pot = { parameter = "group_pot", meaning = "the pot" }
base_share = "10 %"
by = "votes"
whole = "kroner"
majority = "simple"
transferred_in = 6
first_part_months = 10
payments_on_behalf = "deducted_from_next_transfer"
break_outs = "no_right"
report_by = "03-01"
point = "G"
provenance = "document"
"#;

/// 1 000 of 10 000 equally, 9 000 by votes: 500 + 6 000 and 500 + 3 000; a payment of 200 is deducted.
#[test]
fn a_case_may_be_about_support_to_party_groups() {
    let text = regulation(POT, "2014-01-01");
    let regulation = RegulationText { file: "test.toml".to_owned(), text };
    passes(
        r#"
[parameters]
group_pot = 10000

[[case]]
name = "a pot of 10 000, and a payment on behalf of B"
year = 2021
groups = """
A, 2019-10-08, , 6, 200
B, 2019-10-08, , 3, 100
"""
group_payments = "B, 2021-02-01, other, 200, , B1"
expected = """
A, 12, share, 6500.00
A, 12, transferred, 6500.00
B, 12, share, 3500.00
B, 12, payment, -200.00
B, 12, transferred, 3300.00
warning, missing_report, the group A has not reported on 2020
warning, missing_report
"""
"#,
        &regulation,
    );
}

#[test]
fn parameters_are_of_the_pack_the_file_and_the_case() {
    let file = |file: &str, text: &str| CaseText { file: file.to_owned(), text: text.to_owned() };
    let case = |name: &str, parameters: &str, amount: &str| {
        format!(
            "[[case]]\nname = \"{name}\"\nperiod = \"2014-H1\"\n{parameters}persons = \"1, employed\"\n\
             offices = \"1, KST, member, 2011-10-01\"\nexpected = \"1, fixed_fee, KST, , , {amount}\"\n"
        )
    };
    let own = "parameters = { council_member = \"30000.50\" }\n";
    let of_file = format!(
        "[parameters]\ncouncil_member = 20000\n{}{}",
        case("file", "", "10000.00"),
        case("case", own, "15000.25")
    );
    let files = [
        file("a.toml", &case("pack", "", "5000.00")),
        file("b.toml", &of_file),
        file("parameters.toml", "[parameters]\ncouncil_member = 10000\n"),
    ];
    let (pack, problems) = read_pack(&files);
    assert_eq!(problems, []);
    let failed: Vec<Outcome> =
        pack.cases().map(|case| case.run(&aurland())).filter(|outcome| !outcome.passed()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!(pack.cases().count(), 3);
}

#[test]
fn rows_may_name_their_columns_hold_quotes_and_end_in_any_line_break() {
    let text = r#"
[[case]]
name = "columns in another order, a name with a comma, a remark, and nothing left out"
period = "2014-H1"
persons = """
columns: employment, name, person_id

# a remark, with a comma
employed, "Vik, Person", 1
"""
meetings = "KST-1, KST, 2014-03-06, 10:00, 12:00"
attendance = "columns: person_id, meeting_id, capacity, status\n1, KST-1, substitute, present"
expected = """
# a remark
1, meeting_fee, KST, KST-1, , 696.00
"""
"#;
    passes(text, &aurland());
    passes(&text.replace('\n', "\r\n"), &aurland());
}

#[test]
fn a_setting_is_changed_whatever_its_form() {
    let text = "a = 1\nb = { value = \"x\", point = \"1\" }\nl = [{ value = 1 }, { from = 2014-01-01, value = 2 }]\n\
                [s.t]\nu = [\"KST\"]\np = { parameter = \"q\" }\n";
    let regulation = RegulationText { file: "r.toml".to_owned(), text: text.to_owned() };
    let change = |name: &str| changed(&regulation, name, "7").map(|changed| changed.text);
    assert_eq!(change("a"), Ok(text.replace("a = 1", "a = 7")));
    assert_eq!(change("b"), Ok(text.replace("\"x\"", "7")));
    assert_eq!(change("s.t.u"), Ok(text.replace("[\"KST\"]", "7")));
    let refused = [
        ("c", "the regulation has no `c`"),
        ("", "the regulation has no ``"),
        ("a.b", "the regulation has no `a.b`"),
        ("s.t", "`s.t` is no setting or amount"),
        ("l", "`l` changes in time, and has no one value"),
        ("s.t.p", "`s.t.p` is a parameter: give its value under [parameters]"),
    ];
    for (name, why) in refused {
        assert_eq!(change(name), Err(why.to_owned()));
    }
}

/// Bytes and lines of good packs, taken out, doubled and turned: what comes out may be anything but a
/// fault.
#[test]
fn no_damaged_pack_is_a_fault() {
    let (files, problems) = find_pack("aurland");
    assert_eq!(problems, []);
    let mut random = fastrand::Rng::with_seed(11);
    let regulation = aurland();
    let (mut read, mut refused) = (0, 0);
    for round in 0..300 {
        let mut file = files[round % files.len()].clone();
        for _ in 0..=random.usize(..3) {
            file.text = damaged(&file.text, &mut random);
        }
        let (pack, problems) = read_pack(&[file]);
        refused += usize::from(!problems.is_empty());
        for case in pack.cases().take(3) {
            let _ = case.run(&regulation);
            read += 1;
        }
    }
    assert!(read > 150 && refused > 50, "{read} cases were read, {refused} packs refused");
}

/// The same of regulations: whatever is still one can be shown on any day and held against the law.
#[test]
fn no_damaged_regulation_is_a_fault_to_whoever_looks_at_it() {
    let mut random = fastrand::Rng::with_seed(12);
    let whole = regulation(POT, "2004-01-01");
    let profile = empty_profile().expect("a profile");
    let mut shown = 0;
    for _ in 0..600 {
        let text = RegulationText { file: "test.toml".to_owned(), text: damaged(&whole, &mut random) };
        let (Some(regulation), _) = read_regulation(&text, &profile) else { continue };
        let head = read_head(&text);
        for day in ["0001-01-01", "2014-05-01", "9999-12-31"] {
            let shown = overview(&regulation, &head, day.parse().expect("a day"));
            assert_eq!(shown.amounts.len(), regulation.amounts.all().len());
        }
        let _ = (last_change(&regulation), law_problems(&regulation, &text.file));
        shown += 1;
    }
    assert!(shown > 100, "{shown} were shown");
}

fn damaged(text: &str, random: &mut fastrand::Rng) -> String {
    const PIECES: [&str; 14] = [
        "\"",
        "\"\"\"",
        "'",
        ",",
        "=",
        "[",
        "]]",
        "\n",
        "\r",
        "|",
        "\u{0}",
        "#",
        "columns:",
        "999999999999999999999",
    ];
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let Some(at) = random.choice(places.iter().copied()) else { return text.to_owned() };
    let (before, after) = text.split_at(at);
    let rest = || after.chars().skip(1).collect::<String>();
    match random.u8(..4) {
        0 => before.to_owned() + &rest(),
        1 => format!("{before}{}{after}", random.choice(PIECES).expect("a piece")),
        2 => format!("{before}{}{}", random.choice(PIECES).expect("a piece"), rest()),
        _ => {
            let mut lines: Vec<&str> = text.lines().collect();
            if lines.len() > 1 {
                let (from, to) = (random.usize(..lines.len()), random.usize(..lines.len()));
                lines.swap(from, to);
            }
            lines.join("\n")
        }
    }
}

//! A regulation held against the law, on both sides of each day and each limit.

use honorar_problems::Severity;
use honorar_rates::{RegulationText, empty_profile, law_problems, read_regulation};

use crate::tables::aurland;

/// What the law finds in Aurland's regulation with these changes and this section about party groups:
/// the severity, the code, and the words without their citation.
fn found(changes: &[(&str, &str)], section: &str) -> Vec<String> {
    let text = changes.iter().fold(aurland().text, |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    // After-pay has a test of its own.
    let (text, _) = text.split_once("[after_pay]").expect("the last section");
    let text = RegulationText { file: "aurland.toml".to_owned(), text: format!("{text}\n{section}") };
    let (regulation, problems) = read_regulation(&text, &empty_profile().expect("a profile"));
    let regulation = regulation.unwrap_or_else(|| panic!("{problems:#?}"));
    let said = law_problems(&regulation, &text.file).into_iter().map(|problem| {
        let severity = if problem.severity == Severity::Error { "error" } else { "note" };
        let words = problem.message.split(" (`").next().unwrap_or_default().to_owned();
        format!("{severity}, {}, {words}", problem.code)
    });
    said.collect()
}

const FROM: &str = "in_force_from = 2014-01-01";
const UNDOCUMENTED: &str = "per_day = { value = 1030, point = \"5.1\", provenance = \"document\"";
const DOCUMENTED: &str = "per_day = { value = 3091, point = \"5.1\", provenance = \"document\"";
const SAME: (&str, &str) =
    (DOCUMENTED, "per_day = { value = 1030, point = \"5.1\", provenance = \"document\"");

#[test]
fn the_two_kinds_of_lost_income_have_different_caps_from_october_2019() {
    let same = |day: &str| {
        vec![format!(
            "error, same_caps, from {day}, documented and undocumented loss have the same cap a day, 1030.00"
        )]
    };
    assert_eq!(found(&[], ""), [""; 0], "1030 and 3091");
    assert_eq!(found(&[SAME], ""), same("2019-10-01"), "in force since 2014, and still");
    let until = |day: &str| format!("{FROM}\nin_force_to = {day}");
    assert_eq!(found(&[SAME, (FROM, &until("2019-09-30"))], ""), [""; 0], "gone the day before");
    assert_eq!(
        found(&[SAME, (FROM, &until("2019-10-01"))], ""),
        same("2019-10-01"),
        "in force on one day of it"
    );
    let since = ("in_force_from = 2014-01-01", "in_force_from = 2023-10-12");
    assert_eq!(found(&[SAME, since], ""), same("2023-10-12"), "in force later");
    let an_oere = (DOCUMENTED, "per_day = { value = \"1030.01\", point = \"5.1\", provenance = \"document\"");
    assert_eq!(found(&[an_oere], ""), [""; 0], "an øre apart");
    let of_other = (
        DOCUMENTED,
        "per_day = { value = \"1 × undocumented_cap\", point = \"5.1\", provenance = \"document\"",
    );
    let amounts = (
        "[cover.undocumented]",
        "[amounts]\nundocumented_cap = { value = 1030, point = \"5.1\", provenance = \"document\" }\n\n[cover.undocumented]",
    );
    assert_eq!(found(&[of_other, amounts], ""), same("2019-10-01"), "the same by a reference");
}

#[test]
fn the_caps_of_whoever_has_income_to_lose_are_looked_at() {
    // The undocumented loss of employees has 1030 a day, that of others a cover of its own.
    let found_of = |others: &str, per_day: u32| {
        let stated = "point = \"5.1\", provenance = \"document\"";
        let kinds = "kinds = { value = [\"lost_income_undocumented\"], point";
        let covers = format!(
            "kinds = {{ value = [\"lost_income_undocumented\"], {stated} }}\n\
             employments = {{ value = [\"employed\"], {stated} }}\n\
             per_day = {{ value = 1030, {stated} }}\n\n\
             [cover.of_others]\n\
             employments = {{ value = [{others}], {stated} }}\n\
             {kinds}"
        );
        let cap = format!("per_day = {{ value = {per_day}, {stated}");
        found(&[(UNDOCUMENTED, &cap), (kinds, &covers)], "")
    };
    let all = "\"self_employed\", \"no_fixed_pay\", \"pay_kept\"";
    assert_eq!(
        found_of(all, 3091),
        [
            "error, same_caps, from 2019-10-01, documented and undocumented loss have the same cap a day, 3091.00"
        ]
    );
    assert_eq!(found_of(all, 3090), [""; 0]);
    assert_eq!(
        found_of("\"self_employed\", \"no_fixed_pay\"", 3090),
        ["error, no_cap, from 2019-10-01, undocumented loss of income has no cap a day above 0.00"],
        "whoever keeps the pay and has a day off has none"
    );
}

#[test]
fn caps_that_change_are_looked_at_on_each_day() {
    let changing = (
        "per_day = { value = 3091, point = \"5.1\", provenance = \"document\", meaning = \"with documentation, a day and one person's day in all; 5.5's lost cap is read from 5.1\" }",
        "point = \"5.1\"\nprovenance = \"document\"\nper_day = [{ value = 1030 }, { from = 2019-10-01, value = 3091 }, { from = 2021-01-01, value = 1030 }, { from = 2022-01-01, value = 3091 }]",
    );
    let expected = [
        "error, same_caps, from 2021-01-01, documented and undocumented loss have the same cap a day, 1030.00",
    ];
    assert_eq!(found(&[changing], ""), expected);
}

#[test]
fn a_cap_of_nothing_and_a_cap_that_is_not_known() {
    let zero =
        |from: &'static str| (from, "per_day = { value = 0, point = \"5.1\", provenance = \"document\"");
    let no_cap = |kind: &str| {
        [format!("error, no_cap, from 2019-10-01, {kind} loss of income has no cap a day above 0.00")]
    };
    assert_eq!(found(&[zero(UNDOCUMENTED)], ""), no_cap("undocumented"));
    assert_eq!(found(&[zero(DOCUMENTED)], ""), no_cap("documented"));
    assert_eq!(found(&[zero(UNDOCUMENTED), zero(DOCUMENTED)], ""), [""; 0], "lost income is not covered");
    let parameter =
        (DOCUMENTED, "per_day = { parameter = \"cap\", point = \"5.1\", provenance = \"document\"");
    let expected = [
        "note, not_judged, from 2019-10-01, a cap a day of lost income is not known, and is not held against the law",
    ];
    assert_eq!(found(&[parameter], ""), expected);
}

const OF_ALL: &str = r#"
whole = "oere"
transferred_in = 6
first_part_months = 12
payments_on_behalf = "deducted_from_next_transfer"
break_outs = "no_right"
point = "L"
provenance = "document"
"#;

fn pot(base_share: &str, majority: &str) -> String {
    format!(
        "[group_support]\npot = 20000\nbase_share = \"{base_share}\"\nby = \"votes\"\nmajority = \"{majority}\"{OF_ALL}"
    )
}

#[test]
fn the_base_share_of_a_pot_is_what_the_majority_allows() {
    let over = |share: &str, at_most: u32| {
        [format!(
            "error, base_share, from 2014-01-01, base support is {share} % of the whole or more, and the decision's majority allows {at_most} %"
        )]
    };
    assert_eq!(found(&[], &pot("10 %", "simple")), [""; 0]);
    assert_eq!(found(&[], &pot("1001/10000", "simple")), over("10.01", 10));
    assert_eq!(found(&[], &pot("20 %", "simple")), over("20.00", 10));
    assert_eq!(found(&[], &pot("20 %", "unanimous")), [""; 0]);
    assert_eq!(found(&[], &pot("2001/10000", "unanimous")), over("20.01", 20));
    assert_eq!(found(&[], &pot("1/3", "unanimous")), over("33.33", 20));
    let in_2006 = (FROM, "in_force_from = 2004-01-01\nin_force_to = 2006-12-31");
    assert_eq!(found(&[in_2006], &pot("50 %", "simple")), [""; 0], "before the decision of 2007");
    let in_2007 = (FROM, "in_force_from = 2004-01-01\nin_force_to = 2007-01-01");
    assert_eq!(found(&[in_2007], &pot("50 %", "simple")).len(), 1, "in its year");
}

fn rates(per_group: u32, per_representative: u32, at_most: &str) -> String {
    format!(
        "[group_support]\nper_group = {per_group}\nper_representative = {per_representative}\n{at_most}majority = \"unanimous\"{OF_ALL}"
    )
}

/// Aurland's council has 17 seats. With g groups, base support is g × a of g × a + 17 × b: more than a
/// fifth when g × a × 80 > 17 × b × 20.
#[test]
fn by_rates_the_number_of_groups_decides() {
    let from = |groups: u32| {
        [format!(
            "note, base_share_of_groups, from 2014-01-01, base support is more than 20 % of the whole with {groups} groups or more"
        )]
    };
    // 1 × 53 000 × 80 is less than 17 × 47 000 × 20 = 15 980 000, and 4 × 53 000 × 80 is 16 960 000.
    assert_eq!(found(&[], &rates(53_000, 47_000, "")), from(4));
    assert_eq!(found(&[], &rates(53_000, 47_000, "at_most_groups = 4\n")), from(4));
    assert_eq!(
        found(&[], &rates(53_000, 47_000, "at_most_groups = 3\n")),
        [""; 0],
        "3 groups are no more than a fifth"
    );
    let more_later = "at_most_groups = [{ value = 3 }, { from = 2021-01-01, value = 4 }]\n";
    assert_eq!(
        found(&[], &rates(53_000, 47_000, more_later)),
        [
            "note, base_share_of_groups, from 2021-01-01, base support is more than 20 % of the whole with 4 groups or more"
        ]
    );
    // 4 × 4 250 is exactly a fifth of 4 × 4 250 + 17 × 4 000.
    assert_eq!(found(&[], &rates(4_250, 4_000, "at_most_groups = 4\n")), [""; 0]);
    assert_eq!(found(&[], &rates(4_250, 4_000, "")), from(5));
    // 17 × 1 000 is exactly a fifth of 17 × 1 000 + 17 × 4 000: as many groups as seats.
    assert_eq!(found(&[], &rates(1_000, 4_000, "")), [""; 0]);
    assert_eq!(found(&[], &rates(0, 4_000, "")), [""; 0]);
    // One group has 17 001 of 85 001.
    let one = [
        "error, base_share, from 2014-01-01, base support is 20.00 % of the whole or more, and the decision's majority allows 20 %",
    ];
    assert_eq!(found(&[], &rates(17_001, 4_000, "")), one);
    assert_eq!(found(&[], &rates(17_000, 4_000, "")), from(2));
    let no_seats = ("class = \"council\", seats = 17", "class = \"council\"");
    let unknown = found(&[no_seats], &rates(53_000, 47_000, ""));
    assert!(unknown.len() == 1 && unknown[0].starts_with("note, not_judged"), "{unknown:?}");
}

#[test]
fn after_pay_is_no_longer_than_the_notice_period_from_october_2019() {
    let section = |months: &str, notice: &str| {
        let per_month = "per_month = { value = 1, point = \"1\", provenance = \"document\" }";
        format!(
            "[after_pay]\npoint = \"1\"\nprovenance = \"document\"\nroles = [\"mayor\"]\n{per_month}\n\
             months_with_work = \"1.5\"\nmonths_without_work = {months}\n{notice}"
        )
    };
    assert_eq!(found(&[], &section("3", "notice_period_months = 3")), [""; 0], "just as long");
    assert_eq!(
        found(&[], &section("\"3.5\"", "notice_period_months = 3")),
        ["error, after_pay_too_long, from 2019-10-01, after-pay is 3.5 months, and the notice period 3"]
    );
    let until = (FROM, "in_force_from = 2014-01-01\nin_force_to = 2019-09-30");
    assert_eq!(found(&[until], &section("12", "notice_period_months = 3")), [""; 0], "before the act");
    assert_eq!(
        found(&[], &section("3", "")),
        [
            "note, not_judged, from 2019-10-01, after-pay cannot be held against the notice period, which is not \
          stated"
        ]
    );
    assert_eq!(
        found(&[], &section("3", "notice_period_months = [{ value = 3 }, { from = 2021-01-01, value = 2 }]")),
        ["error, after_pay_too_long, from 2021-01-01, after-pay is 3 months, and the notice period 2"]
    );
    let unknown = "{ parameter = \"months\", meaning = \"how long\" }";
    assert_eq!(
        found(&[], &section(unknown, "notice_period_months = 3")),
        [
            "note, not_judged, from 2019-10-01, after-pay cannot be held against the notice period: how long it \
          lasts is not known"
        ]
    );
    assert_eq!(
        found(&[], &section(unknown, "notice_period_months = 1")),
        ["error, after_pay_too_long, from 2019-10-01, after-pay is 1.5 months, and the notice period 1"],
        "what is known is too long already"
    );
}

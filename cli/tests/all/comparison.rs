//! What has changed from one payout to another: the causes sum to the difference, and each is the right one.

use std::collections::BTreeMap;

use honorar_engine::comparison::{Cause, Comparison, LineChange, Paid, PersonChange, compare, sum_of_causes};
use honorar_engine::{Money, Payout, Period, compute};
use honorar_intake::{Reading, Source, read_source};
use honorar_rates::RegulationText;
use honorar_recount::{Tables, generate};
use rayon::prelude::*;

use crate::properties::periods;
use crate::tables::{PROFILE, aurland, aurland_with, source, source_of, testdata};

struct Run {
    reading: Reading,
    period: Period,
    payout: Payout,
}

impl Run {
    fn of(source: Source, period: Period) -> Self {
        let reading = read_source(source);
        let content = reading.content.as_ref().unwrap_or_else(|| panic!("{:#?}", reading.problems));
        let payout = compute(&content.basis, &content.regulation, period).expect("nothing is missing");
        Self { reading, period, payout }
    }

    fn paid(&self) -> Paid<'_> {
        let content = self.reading.content.as_ref().expect("a content");
        let (basis, regulation) = (&content.basis, &content.regulation);
        Paid { basis, regulation, period: self.period, payout: &self.payout }
    }
}

/// Holds two runs against one another, and the sums of what is found.
fn compared<'r>(before: &'r Run, now: &'r Run) -> Comparison<'r> {
    let comparison = compare(before.paid(), now.paid());
    let sum = |lines: &[honorar_engine::PayLine]| lines.iter().map(|line| line.amount).sum::<Money>();
    let parts = [
        (&comparison.pay, sum(&before.payout.lines), sum(&now.payout.lines)),
        (&comparison.payables, sum(&before.payout.payables), sum(&now.payout.payables)),
    ];
    for (all, of_before, of_now) in parts {
        for change in all {
            let difference = change.difference();
            assert_eq!(change.causes.values().copied().sum::<Money>(), difference, "{change:?}");
            let of_lines = change.lines.iter().map(LineChange::difference).sum::<Money>();
            assert_eq!(of_lines, difference, "{change:?}");
            assert_eq!(sum_of_causes(change.lines.iter().map(|line| &line.causes)), change.causes);
            assert!(change.causes.values().all(|difference| !difference.is_zero()));
        }
        let all_sum = |of: fn(&PersonChange<'_>) -> Money| all.iter().map(of).sum::<Money>();
        assert_eq!(all_sum(|change| change.before), of_before);
        assert_eq!(all_sum(|change| change.now), of_now);
    }
    comparison
}

fn has_no_change(comparison: &Comparison<'_>) -> bool {
    comparison.pay.iter().chain(&comparison.payables).all(|change| change.lines.is_empty())
}

#[test]
fn the_causes_sum_to_the_difference() {
    let of = |period: &str| {
        let source = Source::find(&testdata().join("aurland-2014/canonical"), None);
        Run::of(source, period.parse().expect("a period"))
    };
    let runs = ["2014-H1", "2014-H2", "2014-09"].map(of);
    for (before, now) in [(0, 1), (1, 0), (1, 2), (2, 2)] {
        compared(&runs[before], &runs[now]);
    }
    assert!(has_no_change(&compared(&runs[1], &runs[1])));
}

/// The place of a column in a table of a generated basis.
fn column(tables: &Tables, table: &str, column: &str) -> usize {
    tables.tables[table].columns.iter().position(|name| name == column).expect("a column")
}

/// A generated basis whose meetings, claims and journeys have other ids and stand in another order.
fn renamed(tables: &Tables, seed: u64) -> Tables {
    let mut renamed = tables.shuffled(seed);
    for (table, ids) in [
        ("meetings", "meeting_id"),
        ("attendance", "meeting_id"),
        ("claims", "meeting_id"),
        ("trips", "meeting_id"),
        ("claims", "claim_id"),
        ("trips", "trip_id"),
    ] {
        let ids = column(&renamed, table, ids);
        let rows = renamed.tables.get_mut(table).expect("a table").rows.iter_mut();
        rows.filter(|row| !row[ids].is_empty()).for_each(|row| row[ids] = format!("new-{}", row[ids]));
    }
    renamed
}

/// A generated basis with a claim less and one for another amount.
fn with_other_claims(tables: &Tables, seed: u64) -> Tables {
    let mut changed = tables.clone();
    let amount = column(tables, "claims", "amount");
    let claims = &mut changed.tables.get_mut("claims").expect("claims").rows;
    if let Some(claim) = claims.iter_mut().find(|row| !row[amount].is_empty()) {
        claim[amount] = "123.45".to_owned();
    }
    if !claims.is_empty() {
        claims.remove(usize::try_from(seed).expect("a seed") % claims.len());
    }
    changed
}

#[test]
fn the_causes_of_any_two_runs_sum_to_the_difference() {
    let of = |tables: &Tables, period| Run::of(source_of(tables), period);
    (0..24_u64).into_par_iter().for_each(|seed| {
        let tables = generate(seed);
        let with = |period, from: &str, to: &str| {
            Run::of(Source { regulation: Some(aurland_with(&[(from, to)])), ..source_of(&tables) }, period)
        };
        let periods = periods(&tables, seed);
        for period in &periods {
            let before = of(&tables, *period);
            let all_are = |now: &Run, cause: Cause| {
                let Comparison { pay, payables } = compared(&before, now);
                let causes = pay.iter().chain(&payables).flat_map(|change| change.causes.keys());
                assert_eq!(causes.copied().find(|found| *found != cause), None, "seed {seed}, {period}");
            };
            assert!(has_no_change(&compared(&before, &before)), "seed {seed}, {period}");
            let renamed = of(&renamed(&tables, seed), *period);
            assert!(has_no_change(&compared(&before, &renamed)), "seed {seed}, {period}");
            let dearer = with(*period, "value = 696", "value = \"701.50\"");
            all_are(&dearer, Cause::Rate);
            all_are(&with(*period, "oere_half_away_from_zero", "oere_half_to_even"), Cause::Rounding);
            let other_claims = of(&with_other_claims(&tables, seed), *period);
            all_are(&other_claims, Cause::Claims);
            compared(&dearer, &other_claims);
        }
        let [first, second, month] = [0, 1, 2].map(|place| of(&tables, periods[place]));
        compared(&first, &second);
        compared(&month, &second);
    });
}

/// A year in which 0101 is a member of the council and 0102 of the executive; with some rows instead of others.
fn year(changed: &[(&str, &str)], profile: &[(&str, &str)]) -> Run {
    year_under(aurland(), changed, profile)
}

fn year_under(regulation: RegulationText, changed: &[(&str, &str)], profile: &[(&str, &str)]) -> Run {
    let rows = [
        ("persons", "0101, employed\n0102, employed"),
        ("offices", "0101, KST, member, 2011-10-01\n0102, KST, member, 2011-10-01"),
        ("meetings", "K1, KST, 2014-02-06, 16:00, 18:30\nO1, OOK, 2014-03-06, 10:00, 12:00"),
        ("attendance", "K1, 0101, present\nK1, 0102, present\nO1, 0101, present, substitute"),
        ("claims", "C1, 0101, lost_income_undocumented, K1, , , , 500"),
    ];
    let mut rows: BTreeMap<String, String> =
        rows.iter().map(|(table, rows)| ((*table).to_owned(), (*rows).to_owned())).collect();
    rows.extend(changed.iter().map(|(table, rows)| ((*table).to_owned(), (*rows).to_owned())));
    let profile = profile.iter().fold(PROFILE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    let source = Source { regulation: Some(regulation), ..source(&rows, &profile) };
    Run::of(source, "2014-H1".parse().expect("a period"))
}

/// The differences from the year as it is, by cause, of one person after the other.
fn causes(now: &Run) -> Vec<(Cause, String)> {
    let before = year(&[], &[]);
    let all = compared(&before, now).pay;
    let causes = all.iter().flat_map(|change| &change.causes);
    causes.map(|(cause, difference)| (*cause, difference.to_string())).collect()
}

fn said(causes: &[(Cause, &str)]) -> Vec<(Cause, String)> {
    causes.iter().map(|(cause, difference)| (*cause, (*difference).to_owned())).collect()
}

const DEARER: (&str, &str) = ("council_member = 10304", "council_member = 12304");
const ENDED: (&str, &str) =
    ("offices", "0101, KST, member, 2011-10-01\n0102, KST, member, 2011-10-01, 2014-03-31");

#[test]
fn each_difference_has_its_cause() {
    let of = |changed: &[(&str, &str)]| causes(&year(changed, &[]));
    assert_eq!(of(&[]), []);
    // 10 304 / 2 × 90 / 181 = 2 561.767… of 5 152.
    assert_eq!(of(&[ENDED]), said(&[(Cause::Office, "-2590.23")]));
    let gone = ("attendance", "K1, 0101, present\nK1, 0102, present\nO1, 0101, absent_valid, substitute");
    assert_eq!(of(&[gone]), said(&[(Cause::Attendance, "-619.00")]));
    let by_phone =
        ("meetings", "K1, KST, 2014-02-06, 16:00, 18:30\nO1, OOK, 2014-03-06, 10:00, 12:00, phone");
    assert_eq!(of(&[by_phone]), said(&[(Cause::Attendance, "-309.50")]));
    // 500 is asked, and the cap is 170 × 150 / 60 = 425.
    let less = ("claims", "C1, 0101, lost_income_undocumented, K1, , , , 300");
    assert_eq!(of(&[less]), said(&[(Cause::Claims, "-125.00")]));
    assert_eq!(of(&[("claims", "")]), said(&[(Cause::Claims, "-425.00")]));
    let another = (
        "claims",
        "C1, 0101, lost_income_undocumented, K1, , , , 500\nC0, 0101, travel_other, K1, , , , 80, B-1",
    );
    assert_eq!(of(&[another]), said(&[(Cause::Claims, "80.00")]));
}

#[test]
fn a_claim_that_time_or_an_office_cuts_is_not_another_claim() {
    // The person left after an hour: 170 × 60 / 60 = 170 of 425.
    let left =
        ("attendance", "K1, 0101, present, , , , 17:00\nK1, 0102, present\nO1, 0101, present, substitute");
    assert_eq!(causes(&year(&[left], &[])), said(&[(Cause::Attendance, "-255.00")]));
    // A meeting of 2 hours: 340.
    let shorter = ("meetings", "K1, KST, 2014-02-06, 16:00, 18:00\nO1, OOK, 2014-03-06, 10:00, 12:00");
    assert_eq!(causes(&year(&[shorter], &[])), said(&[(Cause::Attendance, "-85.00")]));
    // A mayor has no income to lose, gets no meeting fee, and no other fixed fee.
    let mayor = (
        "offices",
        "0101, , mayor, 2011-10-01\n0101, KST, member, 2011-10-01\n0102, KST, member, 2011-10-01",
    );
    assert_eq!(causes(&year(&[mayor], &[])), said(&[(Cause::Office, "-6196.00")]));
}

#[test]
fn causes_of_several_kinds_are_told_apart() {
    assert_eq!(causes(&year(&[], &[DEARER])), said(&[(Cause::Rate, "1000.00"), (Cause::Rate, "1000.00")]));
    // The office ended: 2 561.77 of 5 152. Then the rate: 12 304 / 2 × 90 / 181 = 3 059.01 of 2 561.77.
    let both = [(Cause::Rate, "1000.00"), (Cause::Office, "-2590.23"), (Cause::Rate, "497.24")];
    assert_eq!(causes(&year(&[ENDED], &[DEARER])), said(&both));
    // By phone: half of 619; then half of 700 of that.
    let dearer = aurland_with(&[("value = 619", "value = 700")]);
    let by_phone =
        ("meetings", "K1, KST, 2014-02-06, 16:00, 18:30\nO1, OOK, 2014-03-06, 10:00, 12:00, phone");
    let both = [(Cause::Rate, "40.50"), (Cause::Attendance, "-309.50")];
    assert_eq!(causes(&year_under(dearer, &[by_phone], &[])), said(&both));
    // An hour of 171 kroner: 427.50 of 425.
    let dearer = aurland_with(&[("value = 170,", "value = 171,")]);
    assert_eq!(causes(&year_under(dearer, &[], &[])), said(&[(Cause::Rate, "2.50")]));
    // The reduction: 1 of 1 missed is 75 % over 25 %; another threshold is another rule.
    let absent = ("attendance", "K1, 0101, present\nK1, 0102, absent_valid\nO1, 0101, present, substitute");
    let ended_absent = year(&[ENDED, absent], &[]);
    let found = causes(&ended_absent);
    // 2 561.77 × 3/4 = 1 921.33.
    assert_eq!(found, said(&[(Cause::Office, "-2590.23"), (Cause::Absence, "-1921.33")]));
}

#[test]
fn rounding_is_a_cause_by_itself() {
    // An instalment of 10 305 / 2 = 5 152.50 in whole kroner is 5 153.
    let whole = aurland_with(&[(
        "\nproration =",
        "\nround_instalments = { value = \"nearest_krone\", point = \"3\", provenance = \"assumed\" }\nproration =",
    )]);
    let odd = ("council_member = 10304", "council_member = 10305");
    let (before, now) = (year(&[], &[odd]), year_under(whole, &[], &[odd]));
    let all = compared(&before, &now).pay;
    let found: Vec<_> = all.iter().flat_map(|change| &change.causes).collect();
    assert_eq!(format!("{found:?}"), "[(Rounding, 0.50), (Rounding, 0.50)]");
}

#[test]
fn what_one_regulation_lacks_a_value_for_is_compared_by_its_explanations() {
    // The deputy mayor's supplement is a parameter that the basis before did not need.
    let deputy = (
        "offices",
        "0101, KST, member, 2011-10-01\n0102, KST, member, 2011-10-01\n0102, , deputy_mayor, 2011-10-01",
    );
    let without = year(&[], &[("deputy_mayor_supplement = 20608\n", "")]);
    let with = year(&[deputy], &[DEARER]);
    let all = compared(&without, &with).pay;
    let of = |place: usize| format!("{:?}", all[place].causes);
    assert_eq!(of(0), "{Rate: 1000.00}");
    assert_eq!(of(1), "{Office: 10304.00, Rate: 1000.00}");
}

#[test]
fn lines_are_paired_by_what_they_are_for() {
    // Three claims of a kind on a day, in another order and with other ids; one of them is for more.
    let rows = |claims: &'static str| ("claims", claims);
    let before = year(
        &[rows(
            "C1, 0101, travel_other, K1, , , , 80, B-1\nC2, 0101, travel_other, K1, , , , 90, B-2\nC3, 0101, travel_other, K1, , , , 95, B-3",
        )],
        &[],
    );
    let now = year(
        &[rows(
            "A9, 0101, travel_other, K1, , , , 95, B-3\nC1, 0101, travel_other, K1, , , , 91, B-2\nC2, 0101, travel_other, K1, , , , 80, B-1",
        )],
        &[],
    );
    let all = compared(&before, &now).pay;
    let lines: Vec<String> = all
        .iter()
        .flat_map(|change| &change.lines)
        .map(|line| {
            format!("{:?} {:?}", line.before.map(|line| line.amount), line.now.map(|line| line.amount))
        })
        .collect();
    assert_eq!(lines, ["Some(90.00) Some(91.00)"]);
}

#[test]
fn payables_are_compared_apart() {
    let claims = (
        "claims",
        "C1, 0101, lost_income_undocumented, K1, , , , 500\nC2, 0101, companion, K1, , , , 700, B-1, , Taxi, 1",
    );
    let before = year(&[], &[]);
    let now = year(&[claims], &[]);
    let Comparison { pay, payables } = compared(&before, &now);
    assert!(pay.iter().all(|change| change.lines.is_empty()));
    assert_eq!(payables.len(), 1);
    assert_eq!(format!("{:?}", payables[0].causes), "{Claims: 700.00}");
}

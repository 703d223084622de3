//! What has changed from one payout to another: the causes sum to the difference, and each is the right one.

use std::collections::BTreeMap;

use honorar_engine::comparison::{Cause, Paid, PersonChange, changes};
use honorar_engine::{Money, Payout, compute};
use honorar_intake::{Reading, Source, read_source};

use crate::tables::{PROFILE, source, testdata};

struct Run {
    reading: Reading,
    payout: Payout,
}

impl Run {
    fn of(source: Source, period: &str) -> Self {
        let reading = read_source(source);
        let content = reading.content.as_ref().unwrap_or_else(|| panic!("{:#?}", reading.problems));
        let period = period.parse().expect("a period");
        let payout = compute(&content.basis, &content.regulation, period).expect("nothing is missing");
        Self { reading, payout }
    }

    fn paid(&self) -> Paid<'_> {
        Paid { basis: &self.reading.content.as_ref().expect("a content").basis, payout: &self.payout }
    }
}

#[test]
fn the_causes_sum_to_the_difference() {
    let of = |period: &str| Run::of(Source::find(&testdata().join("aurland-2014/canonical"), None), period);
    let runs = ["2014-H1", "2014-H2", "2014-09"].map(of);
    for (before, now) in [(0, 1), (1, 0), (1, 2), (2, 2)] {
        let (before, now) = (&runs[before], &runs[now]);
        let all = changes(before.paid(), now.paid());
        for change in &all {
            assert_eq!(change.causes.values().copied().sum::<Money>(), change.difference(), "{change:?}");
            assert!(change.causes.values().all(|difference| !difference.is_zero()));
        }
        let sum = |of: fn(&PersonChange) -> Money| all.iter().map(of).sum::<Money>();
        assert_eq!(sum(|change| change.before), before.payout.control_total());
        assert_eq!(sum(|change| change.now), now.payout.control_total());
    }
    let same = changes(runs[1].paid(), runs[1].paid());
    assert!(same.iter().all(|change| change.causes.is_empty()));
}

/// A year in which 0101 is a member of the council and 0102 of the executive; with some rows instead of others.
fn year(changed: &[(&str, &str)], profile: &[(&str, &str)]) -> Run {
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
    Run::of(source(&rows, &profile), "2014-H1")
}

#[test]
fn each_difference_has_its_cause() {
    let before = year(&[], &[]);
    let of = |changed: &[(&str, &str)], profile: &[(&str, &str)]| -> Vec<(Cause, String)> {
        let all = changes(before.paid(), year(changed, profile).paid());
        let causes = all.iter().flat_map(|change| &change.causes);
        causes.map(|(cause, difference)| (*cause, difference.to_string())).collect()
    };
    let said = |cause: Cause, difference: &str| vec![(cause, difference.to_owned())];
    assert_eq!(of(&[], &[]), []);
    // 10 304 / 2 × 90 / 181 = 2 561.767… of 5 152.
    let ended = ("offices", "0101, KST, member, 2011-10-01\n0102, KST, member, 2011-10-01, 2014-03-31");
    assert_eq!(of(&[ended], &[]), said(Cause::Office, "-2590.23"));
    let dearer = ("council_member = 10304", "council_member = 12304");
    let both = [(Cause::Rate, "1000.00".to_owned()), (Cause::Rate, "1000.00".to_owned())];
    assert_eq!(of(&[], &[dearer]), both);
    // 12 304 / 2 × 90 / 181 = 3 059.005…
    let both = [(Cause::Rate, "1000.00".to_owned()), (Cause::RateAndOffice, "-2092.99".to_owned())];
    assert_eq!(of(&[ended], &[dearer]), both);
    let gone = ("attendance", "K1, 0101, present\nK1, 0102, present\nO1, 0101, absent_valid, substitute");
    assert_eq!(of(&[gone], &[]), said(Cause::Attendance, "-619.00"));
    let by_phone =
        ("meetings", "K1, KST, 2014-02-06, 16:00, 18:30\nO1, OOK, 2014-03-06, 10:00, 12:00, phone");
    assert_eq!(of(&[by_phone], &[]), said(Cause::Attendance, "-309.50"));
    // 500 is asked, and the cap is 170 × 150 / 60 = 425.
    let less = ("claims", "C1, 0101, lost_income_undocumented, K1, , , , 300");
    assert_eq!(of(&[less], &[]), said(Cause::Claims, "-125.00"));
    let none = ("claims", "");
    assert_eq!(of(&[none], &[]), said(Cause::Claims, "-425.00"));
}

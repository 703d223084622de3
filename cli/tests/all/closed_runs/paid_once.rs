//! What may be paid twice, what is gone, and what is left as it was paid: the exact words.

use super::municipality::Municipality;
use crate::tables::records;

const FEES: [&str; 2] = ["1 0101 fixed_fee KST 5152.00", "2 0102 fixed_fee KST 5152.00"];

/// Travel by bus to the council, 200.00 on bill B-7, is paid.
fn closed() -> Municipality {
    Municipality::new().with("claims", "C1, 0101, travel_other, K1, , , , 200, B-7").closes(
        "2014-H1",
        &["1 0101 travel_other K1 C1 200.00", "2 0101 fixed_fee KST 5152.00", "3 0102 fixed_fee KST 5152.00"],
    )
}

#[track_caller]
fn assert_problems(municipality: &Municipality, period: &str, expected: &[&str]) {
    assert_eq!(municipality.problems(period), expected, "{period}");
}

/// What is said of a line that may be a second payment.
fn may_be_twice(place: &str, (person, kind, date): (&str, &str, &str), paid: &str) -> String {
    format!(
        "error: {place}: the {kind} of person {person} for {date} may be paid twice: what closed run 1 {paid}\n  \
         expected: each thing paid once\n  \
         hint: delete the row if it is the same; if both are to be paid, say so: `[[second_payments]]` with \
         `person = \"{person}\"`, `kind = \"{kind}\"`, `date = {date}` and `decision = \"…\"` in honorar.toml"
    )
}

/// The basis of the autumn only.
fn autumn(municipality: &Municipality) -> Municipality {
    municipality
        .clone()
        .with("meetings", "K2, KST, 2014-09-04, 16:00, 18:30")
        .with("attendance", "K2, 0101, present\nK2, 0102, present")
        .with("claims", "")
}

const LEFT: &str =
    "note: honorar.toml: 2014-H1 is closed and left as it was paid: the basis has no meetings of that time";

#[test]
fn a_bill_is_used_once() {
    // By another person, for another meeting, and in another half-year: the spring is no longer in the basis.
    let twice = autumn(&closed()).with("claims", "C2, 0102, travel_other, K2, , , , 200, b-7");
    let paid = "paid in its line 1 (person 101, travel_other for 2014-02-06, C1) is on the same bill";
    let place = "claims.csv, row 2 (C2), column `kind`";
    let asked = may_be_twice(place, ("0102", "travel_other", "2014-09-04"), paid);
    assert_problems(&twice, "2014-H2", &[&asked, LEFT]);
    let next_year = twice.with("meetings", "K2, KST, 2015-03-05, 16:00, 18:30");
    let asked = may_be_twice(place, ("0102", "travel_other", "2015-03-05"), paid);
    assert_problems(&next_year, "2015-H1", &[&asked]);
    // Another supplier may number its bills alike; where none is named it may be either.
    let other = autumn(&closed()).with("claims", "C2, 0102, travel_other, K2, , , , 200, B-8");
    assert_problems(&other, "2014-H2", &[LEFT]);
}

#[test]
fn one_more_claim_of_the_same_kind_for_the_same_meeting_is_asked_about() {
    let once = Municipality::new().with("claims", "C1, 0101, travel_car, K1, , , 20");
    let once = once.closes(
        "2014-H1",
        &["1 0101 travel_car K1 C1 81.00", "2 0101 fixed_fee KST 5152.00", "3 0102 fixed_fee KST 5152.00"],
    );
    let twice = once.and("claims", "C2, 0101, travel_car, K1, , , 30");
    let asked = may_be_twice(
        "claims.csv, row 3 (C2), column `kind`",
        ("0101", "travel_car", "2014-02-06"),
        "paid in its line 1 (person 101, travel_car for 2014-02-06, C1) is of the same kind, meeting or day",
    );
    assert_problems(&twice, "2014-H1", &[&asked]);
    assert_problems(&twice, "2014-H2", &[&asked]);
    // A decision lets it through, and is recorded: 30 × 4.05.
    let decided = twice.decides(
        "[[second_payments]]\nperson = \"101\"\nkind = \"travel_car\"\ndate = 2014-02-06\ndecision = \"two journeys, FSK 12/14\"",
    );
    let record: serde_json::Value =
        serde_json::from_slice(&decided.files("2014-H1")["run.json"]).expect("JSON");
    let expected = serde_json::json!([{
        "person_id": "0101",
        "kind": "travel_car",
        "date": "2014-02-06",
        "looks_like": "1/1",
        "decision": "two journeys, FSK 12/14",
    }]);
    assert_eq!(record["second_payments"], expected);
    let closed = decided.closes("2014-H1", &["1 0101 travel_car K1 C2 121.50 left out in 2014-H1"]);
    let unused = "warning: honorar.toml, line 27, column 1: the decision is about no line of this run\n  \
                  expected: a person, kind and day of a line that looks like a second payment\n  \
                  hint: delete it once the run that it was for is closed";
    assert_problems(&closed, "2014-H1", &[unused]);
}

#[test]
fn a_late_fee_for_another_meeting_of_the_day_is_asked_about() {
    let meetings = "K1, KST, 2014-02-06, 16:00, 18:30\nO1, OOK, 2014-03-06, 10:00, 12:00\nO2, OOK, 2014-03-06, 14:00, 16:00";
    let once = Municipality::new()
        .with("meetings", meetings)
        .with("attendance", "K1, 0101, present\nK1, 0102, present\nO1, 0101, present, substitute");
    let once = once.closes("2014-H1", &WITH_MEETING);
    let asked = may_be_twice(
        "attendance.csv, row 5, column `status`",
        ("0101", "meeting_fee", "2014-03-06"),
        "paid in its line 1 (person 101, meeting_fee for 2014-03-06) is of the same kind, meeting or day",
    );
    assert_problems(&once.and("attendance", "O2, 0101, present, substitute"), "2014-H1", &[&asked]);
}

#[test]
fn a_fee_for_days_of_the_same_office_is_asked_about() {
    // A council that is paid by the half-year, and then by the month.
    let mut regulation = crate::tables::aurland();
    for what in ["payment", "meeting_fees_and_claims"] {
        let (half_yearly, monthly) =
            ["half_yearly", "monthly"].map(|rhythm| format!("{what} = {{ value = \"{rhythm}\"")).into();
        regulation.text = regulation.text.replace(&half_yearly, &monthly);
    }
    let monthly = Municipality::new().closes("2014-H1", &FEES).by(regulation);
    let left = LEFT
        .replace("the basis has no meetings of that time", "the regulation of the basis did not pay in it");
    let asked = |row: u32, person: &str| {
        let paid = format!(
            "paid in its line {} (person {}, fixed_fee for 2014-06-30) is for days of the same office",
            row - 1,
            person.trim_start_matches('0')
        );
        may_be_twice(
            &format!("offices.csv, row {row}, column `role`"),
            (person, "fixed_fee", "2014-03-31"),
            &paid,
        )
    };
    assert_problems(&monthly, "2014-03", &[&left, &asked(2, "0101"), &asked(3, "0102")]);
}

#[test]
fn what_another_system_has_paid_is_not_paid_here_too() {
    let profile = "[visma_expense]\npay_codes = { 460 = \"travel_car\" }";
    let row = "0101, 9, 460, 20, 4.05, 81.00, 2014-02-06, K1";
    let registered = Municipality::new().decides(profile).registered(row).closes("2014-H1", &FEES);
    let here = registered.registered("").and("claims", "C1, 0101, travel_car, K1, , , 20");
    let asked = may_be_twice(
        "claims.csv, row 2 (C1), column `kind`",
        ("0101", "travel_car", "2014-02-06"),
        "knew to be registered elsewhere (person 101, travel_car for 2014-02-06, 9/1) is of the same kind, meeting or day",
    );
    assert_problems(&here, "2014-H1", &[&asked]);
}

/// A substitute's fee, 619.00 (3.4).
const WITH_MEETING: [&str; 3] =
    ["1 0101 meeting_fee O1 619.00", "2 0101 fixed_fee KST 5152.00", "3 0102 fixed_fee KST 5152.00"];

#[test]
fn what_is_gone_is_told() {
    let paid = Municipality::new().and("attendance", "O1, 0101, present, substitute");
    let paid = paid.closes("2014-H1", &WITH_MEETING);
    let no_meeting = paid
        .clone()
        .with("meetings", "K1, KST, 2014-02-06, 16:00, 18:30\nK2, KST, 2014-09-04, 16:00, 18:30")
        .with("attendance", "K1, 0101, present\nK1, 0102, present\nK2, 0101, present\nK2, 0102, present");
    let gone = "warning: meetings: closed runs paid for the meeting of OOK on 2014-03-06, which is not in the basis: 1 line taken back\n  \
                expected: every meeting that was held\n  \
                hint: if the meeting was held, put it back with its attendance";
    assert_problems(&no_meeting, "2014-H1", &[gone]);
    let fee = no_meeting.lines("2014-H1");
    assert_eq!(fee, ["1 0101 meeting_fee O1 -619.00 1/1 of 2014-H1"]);
    let no_claims = closed().with("claims", "");
    let gone = "warning: claims.csv: closed runs paid claims of 2014-H1 that are not in the basis: 1 line taken back, 200.00 in all\n  \
                expected: every claim that was paid, unless it is withdrawn\n  \
                hint: if they were not withdrawn, put the rows back: a period is worked out again from all of its claims";
    assert_problems(&no_claims, "2014-H2", &[gone]);
    let no_person = paid
        .with("persons", "0101, employed")
        .with("offices", "0101, KST, member, 2011-10-01")
        .with("attendance", "K1, 0101, present\nK2, 0101, present\nO1, 0101, present, substitute");
    let gone = "error: persons.csv: person 102 was paid fixed_fee for 2014-H1 in closed run 1 and is not in the basis\n  \
                expected: everybody who was paid for a period that is worked out again\n  \
                hint: put the person back into `persons`, with the rows as they were or as they should have been";
    assert_problems(&no_person, "2014-H2", &[gone]);
}

#[test]
fn what_the_basis_does_not_hold_is_left_as_it_was_paid() {
    let autumn = autumn(&closed());
    assert_problems(&autumn, "2014-H2", &[LEFT]);
    assert_eq!(autumn.lines("2014-H2"), FEES);
    let refused = |period: &str| {
        format!(
            "error: honorar.toml: {period} is closed, and cannot be worked out again: the basis does not hold its meetings\n  \
             expected: a period that is not closed, or the basis and regulation that it was paid by\n  \
             hint: what is closed and not worked out again stays as it was paid"
        )
    };
    assert_problems(&autumn, "2014-H1", &[&refused("2014-H1")]);
    let next_year = autumn.with("meetings", "K2, KST, 2015-03-05, 16:00, 18:30");
    assert_problems(&next_year, "2014-H1", &[&refused("2014-H1")]);
    assert_problems(&next_year, "2015-H1", &[]);
}

#[test]
fn a_correction_goes_to_payroll_as_what_it_corrects() {
    let accounting = "[[accounting]]\nkinds = [\"fixed_fee\"]\naccount = \"10800\"\nresponsibility = \"1000\"\nfunction = \"100\"\n[[accounting]]\naccount = \"11600\"\nresponsibility = \"1000\"\nfunction = \"100\"\n[payroll]\nreceivers = [\"visma_lonn\", \"fint\"]";
    let offices = "0101, KST, member, 2011-10-01";
    let paid = Municipality::new().decides(accounting).with("offices", offices);
    let paid = paid.with("attendance", "K1, 0101, present\nK2, 0101, present").closes("2014-H1", &FEES[..1]);
    let corrected = paid.instead("council_member = 10304", "council_member = 12304");
    let files = corrected.files("2014-H2");
    let text = |file: &str| String::from_utf8(files[file].clone()).expect("UTF-8");
    let visma =
        |amount: &str| format!("0;0;0101;1310;0.00;0.00;0.00;{amount};;;\"\";\"\";\"\";\"\";\"\";\"\";\r\n");
    assert_eq!(text("visma-lonn.csv"), ["-5152.00", "6152.00", "6152.00"].map(visma).concat());
    let how: Vec<String> = records(&files["lines.csv"]).into_iter().map(|row| row["how"].clone()).collect();
    let sum = "held all 181 days: 12304.00 / 2 = 6152.00";
    assert_eq!(how[0], "line 1/1 of 2014-H1 taken back: -5152.00");
    assert_eq!(how[1], format!("instead of line 1/1 of 2014-H1: member of KST, {sum}"));
    assert_eq!(how[2], format!("member of KST, {}", sum.replace("181", "184")));
    let receipt = records(&files["visma-lonn.receipt.csv"]);
    let cells = ["pay_line", "wage_type", "table", "rows", "key", "account"];
    let shown = receipt.iter().take(3).map(|row| cells.map(|column| &*row[column]).join(" "));
    let office = "1310 offices 2 0101/KST/2011-10-01 10800";
    let expected = ["1 1310 postings 2 1/1 10800".to_owned(), format!("2 {office}"), format!("3 {office}")];
    assert_eq!(shown.collect::<Vec<_>>(), expected);
    let fint: serde_json::Value = serde_json::from_slice(&files["fint.json"]).expect("JSON");
    let shown = fint.as_array().expect("a list").iter().map(|line| {
        let day =
            |period: &str| line[period]["start"].as_str().unwrap_or("-").get(..10).unwrap_or("-").to_owned();
        format!("{} {} {}", line["kildesystemId"]["identifikatorverdi"], day("periode"), day("opptjent"))
    });
    let key = "0101/fixed_fee";
    let office = "0101/KST/2011-10-01";
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            format!("\"aurland/2014-H1/correction after 1/{key}/1/1\" 2014-07-01 2014-01-01"),
            format!("\"aurland/2014-H1/correction after 1/{key}/{office}\" 2014-07-01 2014-01-01"),
            format!("\"aurland/2014-H2/{key}/{office}\" 2014-07-01 -"),
        ]
    );
}

//! Corrections of what closed runs paid, worked out by hand from the regulation.

use super::municipality::Municipality;
use crate::tables::aurland;

/// 10 304 / 2 for each member of the council (3.2).
const FEES: [&str; 2] = ["1 0101 fixed_fee KST 5152.00", "2 0102 fixed_fee KST 5152.00"];

fn closed_half_year() -> Municipality {
    Municipality::new().closes("2014-H1", &FEES)
}

#[test]
fn late_attendance_is_paid() {
    // A substitute in a body without fixed fees: 619.00 (3.4).
    let late = closed_half_year().and("attendance", "O1, 0101, present, substitute");
    late.closes("2014-H1", &["1 0101 meeting_fee O1 619.00 left out in 2014-H1"]);
}

#[test]
fn a_fee_that_is_raised_backwards_is_corrected_and_corrected_again() {
    // 12 304 / 2 = 6152; 11 304 / 2 = 5652 (3.2).
    let raised = closed_half_year().instead("council_member = 10304", "council_member = 12304").closes(
        "2014-H1",
        &[
            "1 0101 fixed_fee KST -5152.00 1/1 of 2014-H1",
            "2 0101 fixed_fee KST 6152.00 1/1 of 2014-H1",
            "3 0102 fixed_fee KST -5152.00 1/2 of 2014-H1",
            "4 0102 fixed_fee KST 6152.00 1/2 of 2014-H1",
        ],
    );
    let lowered = raised.instead("council_member = 12304", "council_member = 11304").closes(
        "2014-H2",
        &[
            "1 0101 fixed_fee KST -6152.00 2/2 of 2014-H1",
            "2 0101 fixed_fee KST 5652.00 2/2 of 2014-H1",
            "3 0101 fixed_fee KST 5652.00",
            "4 0102 fixed_fee KST -6152.00 2/4 of 2014-H1",
            "5 0102 fixed_fee KST 5652.00 2/4 of 2014-H1",
            "6 0102 fixed_fee KST 5652.00",
        ],
    );
    let as_it_was = lowered.instead("council_member = 11304", "council_member = 10304");
    assert_eq!(
        as_it_was.lines("2014-H1")[..2],
        ["1 0101 fixed_fee KST -5652.00 3/2 of 2014-H1", "2 0101 fixed_fee KST 5152.00 3/2 of 2014-H1"]
    );
}

#[test]
fn an_office_that_had_ended_is_taken_back_in_part_or_whole() {
    // 10 304 / 2 × 90 / 181 = 2561.77.
    let offices = "0101, KST, member, 2011-10-01\n0102, KST, member, 2011-10-01, 2014-03-31";
    closed_half_year()
        .with("offices", offices)
        .with("attendance", "K1, 0101, present\nK1, 0102, present\nK2, 0101, present")
        .closes(
            "2014-H1",
            &["1 0102 fixed_fee KST -5152.00 1/2 of 2014-H1", "2 0102 fixed_fee KST 2561.77 1/2 of 2014-H1"],
        );
    let gone = closed_half_year().with("offices", "0101, KST, member, 2011-10-01");
    let gone = gone.with("attendance", "K1, 0101, present\nK2, 0101, present");
    gone.closes("2014-H1", &["1 0102 fixed_fee KST -5152.00 1/2 of 2014-H1"]);
}

#[test]
fn a_claim_that_was_right_after_all_and_one_that_is_withdrawn() {
    // Nothing to somebody without income from work (5.1); the meeting's cap of 425.00 to somebody employed.
    let refused = Municipality::new()
        .with("persons", "0101, none\n0102, employed")
        .with("claims", "C1, 0101, lost_income_undocumented, K1")
        .closes(
            "2014-H1",
            &[
                "1 0101 lost_income_undocumented K1 C1 0.00",
                "2 0101 fixed_fee KST 5152.00",
                "3 0102 fixed_fee KST 5152.00",
            ],
        );
    let right = refused.with("persons", "0101, employed\n0102, employed");
    let right = right.closes("2014-H1", &["1 0101 lost_income_undocumented K1 C1 425.00 1/1 of 2014-H1"]);
    let withdrawn = right.with("claims", "");
    let withdrawn =
        withdrawn.closes("2014-H1", &["1 0101 lost_income_undocumented K1 C1 -425.00 2/1 of 2014-H1"]);
    let again = withdrawn.with("claims", "C1, 0101, lost_income_undocumented, K1");
    again.closes("2014-H1", &["1 0101 lost_income_undocumented K1 C1 425.00 left out in 2014-H1"]);
}

/// Two claims share the cap of 965.00: 700 of it is paid.
fn shared_cap() -> Municipality {
    Municipality::new().with("claims", "C2, 0101, lost_income_documented, K1, , , , 700, B-1").closes(
        "2014-H1",
        &[
            "1 0101 lost_income_documented K1 C2 700.00",
            "2 0101 fixed_fee KST 5152.00",
            "3 0102 fixed_fee KST 5152.00",
        ],
    )
}

#[test]
fn a_late_claim_gets_what_is_left_of_a_cap() {
    // 965.00 - 700.00, although its id comes before the other.
    let late = shared_cap().and("claims", "A1, 0101, lost_income_documented, K1, , , , 500, B-2");
    let late = late.closes("2014-H1", &["1 0101 lost_income_documented K1 A1 265.00 left out in 2014-H1"]);
    // Renamed and in another order, nothing changes.
    let renamed = "X1, 0101, lost_income_documented, K1, , , , 500, b-2\nX2, 0101, lost_income_documented, K1, , , , 700, B-1";
    assert_eq!(late.with("claims", renamed).lines("2014-H1"), [""; 0]);
}

#[test]
fn a_regulation_may_let_a_late_claim_share_anew() {
    let mut regulation = aurland();
    let keep = "[claims]\nclosed_keep_their_share = { value = false, point = \"5\", provenance = \"document\", meaning = \"late claims share anew\" }\n";
    assert!(regulation.text.contains("[claims]\n"));
    regulation.text = regulation.text.replace("[claims]\n", keep);
    // 500 of 965 first, and 465 is left: by the order of their ids.
    let late =
        shared_cap().by(regulation).and("claims", "A1, 0101, lost_income_documented, K1, , , , 500, B-2");
    late.closes(
        "2014-H1",
        &[
            "1 0101 lost_income_documented K1 A1 500.00 left out in 2014-H1",
            "2 0101 lost_income_documented K1 C2 -700.00 1/1 of 2014-H1",
            "3 0101 lost_income_documented K1 C2 465.00 1/1 of 2014-H1",
        ],
    );
}

/// 0101 drives 5 000 km in the spring and 7 000 in the autumn, and is in no office.
fn driver() -> Municipality {
    let drives = "C1, 0101, travel_car, , 2014-03-10, , 5000\nC2, 0101, travel_car, , 2014-09-10, , 5000\nC3, 0101, travel_car, , 2014-10-10, , 2000";
    Municipality::new()
        .with("offices", "0102, KST, member, 2011-10-01")
        .with("attendance", "K1, 0102, present\nK2, 0102, present")
        .with("claims", drives)
}

/// 4.05 to 10 000 km in the year, and 3.45 above: 5 000 × 4.05 twice, and 2 000 × 3.45.
const SPRING: [&str; 2] = ["1 0101 travel_car C1 20250.00", "2 0102 fixed_fee KST 5152.00"];
const AUTUMN: [&str; 3] =
    ["1 0101 travel_car C2 20250.00", "2 0101 travel_car C3 6900.00", "3 0102 fixed_fee KST 5152.00"];
const LATE_DRIVE: &str = "A1, 0101, travel_car, , 2014-02-01, , 1000";

#[test]
fn kilometres_of_a_late_drive_count_after_what_was_closed() {
    let spring = driver().closes("2014-H1", &SPRING);
    let both = spring.clone().closes("2014-H2", &AUTUMN);
    // After 12 000: 1 000 × 3.45, although it was driven first.
    both.and("claims", LATE_DRIVE).closes("2014-H2", &["1 0101 travel_car A1 3450.00 left out in 2014-H1"]);
    // After 5 000: 1 000 × 4.05, and before the autumn: 4 000 × 4.05 + 1 000 × 3.45.
    let lines = [
        "1 0101 travel_car A1 4050.00 left out in 2014-H1",
        "2 0101 travel_car C2 19650.00",
        "3 0101 travel_car C3 6900.00",
        "4 0102 fixed_fee KST 5152.00",
    ];
    spring.and("claims", LATE_DRIVE).closes("2014-H2", &lines);
}

#[test]
fn kilometres_count_by_day_whichever_half_year_is_closed_first() {
    // The spring is in the basis, and was paid before there was an archive.
    let autumn = driver().closes("2014-H2", &AUTUMN);
    autumn.closes("2014-H1", &SPRING);
    // Within a run by their days too, not by their ids: 5 000 and 4 000 × 4.05, 1 000 × 4.05 + 1 000 × 3.45.
    let drives = "C3, 0101, travel_car, , 2014-03-10, , 5000\nC2, 0101, travel_car, , 2014-05-10, , 4000\nC1, 0101, travel_car, , 2014-06-10, , 2000";
    let lines = [
        "1 0101 travel_car C3 20250.00",
        "2 0101 travel_car C2 16200.00",
        "3 0101 travel_car C1 7500.00",
        "4 0102 fixed_fee KST 5152.00",
    ];
    driver().with("claims", drives).closes("2014-H1", &lines);
}

#[test]
fn a_late_documented_loss_takes_the_place_of_an_undocumented_one() {
    // Of 425.00 and 600.00 the greater (5.1).
    let closed = Municipality::new().with("claims", "C1, 0101, lost_income_undocumented, K1").closes(
        "2014-H1",
        &[
            "1 0101 lost_income_undocumented K1 C1 425.00",
            "2 0101 fixed_fee KST 5152.00",
            "3 0102 fixed_fee KST 5152.00",
        ],
    );
    closed.and("claims", "C0, 0101, lost_income_documented, K1, , , , 600, B-1").closes(
        "2014-H1",
        &[
            "1 0101 lost_income_undocumented K1 C1 -425.00 1/1 of 2014-H1",
            "2 0101 lost_income_undocumented K1 C1 0.00 1/1 of 2014-H1",
            "3 0101 lost_income_documented K1 C0 600.00 left out in 2014-H1",
        ],
    );
}

#[test]
fn absence_that_was_none_is_given_back() {
    let attendance = |missed: usize| -> String {
        let row = |number: usize| {
            let status = if number <= missed { "absent_valid" } else { "present" };
            format!("D{number}, 0101, {status}")
        };
        (1..=8).map(row).collect::<Vec<_>>().join("\n")
    };
    let meetings: Vec<String> =
        (1..=8).map(|number| format!("D{number}, DEU, 2014-{number:02}-13, 10:00, 12:00")).collect();
    // 7 728 a year; 3 of 8 is 12.5 points over 25 %: 966.00 back (3.6).
    let closed = Municipality::new()
        .with("offices", "0101, DEU, member, 2011-10-01")
        .with("meetings", &meetings.join("\n"))
        .with("attendance", &attendance(3))
        .closes("2014-H2", &["1 0101 fixed_fee DEU 3864.00", "2 0101 absence_reduction DEU -966.00"]);
    // 2 of 8 is 25 %.
    closed
        .with("attendance", &attendance(2))
        .closes("2014-H2", &["1 0101 absence_reduction DEU 966.00 1/2 of 2014-H2"]);
}

const REFUND: &str = "C1, 0101, employer_refund, K1, , , , 900, B-1, , Arbeidsgjevaren, 98765432103";

/// The refund is a payable; at most 965.00.
fn refunded() -> Municipality {
    Municipality::new().with("claims", REFUND).closes(
        "2014-H1",
        &[FEES[0], FEES[1], "1 0101 employer_refund K1 C1 900.00 Arbeidsgjevaren 98765432103"],
    )
}

#[test]
fn what_was_paid_to_others_is_taken_back_from_those_it_was_paid_to() {
    let less = REFUND.replace("900", "500").replace("98765432103", "98765432111");
    let less = refunded().with("claims", &less).closes(
        "2014-H1",
        &[
            "1 0101 employer_refund K1 C1 -900.00 1/1 of 2014-H1 Arbeidsgjevaren 98765432103",
            "2 0101 employer_refund K1 C1 500.00 1/1 of 2014-H1 Arbeidsgjevaren 98765432111",
        ],
    );
    // The wrong employer: the same claim, paid to another.
    let other = REFUND.replace("900", "500").replace("Arbeidsgjevaren", "Ein annan");
    less.with("claims", &other).closes(
        "2014-H1",
        &[
            "1 0101 employer_refund K1 C1 -500.00 2/2 of 2014-H1 Arbeidsgjevaren 98765432111",
            "2 0101 employer_refund K1 C1 500.00 2/2 of 2014-H1 Ein annan 98765432103",
        ],
    );
}

#[test]
fn a_claim_to_another_payee_keeps_its_share() {
    let claims = "C1, 0101, stand_in, K1, , , , 700, B-1, , Vikarbyrået, 98765432103\nC2, 0101, lost_income_documented, K1, , , , 500, B-2";
    let closed = Municipality::new().with("claims", claims);
    let lines = closed.lines("2014-H1");
    let closed = closed.closes("2014-H1", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let other = closed.with("claims", &claims.replace("Vikarbyrået", "Vikarane"));
    let corrections = other.lines("2014-H1");
    assert!(corrections.iter().all(|line| line.contains("stand_in")), "{corrections:#?}");
}

#[test]
fn a_meeting_that_is_moved_takes_what_was_paid_for_it_along() {
    // Within the half-year: taken back, and paid for the other day. Into the autumn: taken back now, paid then.
    let closed = Municipality::new().and("attendance", "O1, 0101, present, substitute");
    let closed = closed.closes(
        "2014-H1",
        &["1 0101 meeting_fee O1 619.00", "2 0101 fixed_fee KST 5152.00", "3 0102 fixed_fee KST 5152.00"],
    );
    let meetings = |day: &str| {
        format!(
            "K1, KST, 2014-02-06, 16:00, 18:30\nO1, OOK, {day}, 10:00, 12:00\nK2, KST, 2014-09-04, 16:00, 18:30"
        )
    };
    closed.clone().with("meetings", &meetings("2014-03-20")).closes(
        "2014-H1",
        &["1 0101 meeting_fee O1 -619.00 1/1 of 2014-H1", "2 0101 meeting_fee O1 619.00 left out in 2014-H1"],
    );
    let to_autumn = closed.with("meetings", &meetings("2014-10-02"));
    let to_autumn = to_autumn.closes("2014-H1", &["1 0101 meeting_fee O1 -619.00 1/1 of 2014-H1"]);
    to_autumn.closes(
        "2014-H2",
        &["1 0101 meeting_fee O1 619.00", "2 0101 fixed_fee KST 5152.00", "3 0102 fixed_fee KST 5152.00"],
    );
}

#[test]
fn a_months_pay_is_corrected_by_the_run_for_a_half_year() {
    // The mayor has 850 000 / 12 a month, then 900 000 / 12 (3.1).
    let mayor =
        Municipality::new().with("offices", "0101, , mayor, 2011-10-01\n0102, KST, member, 2011-10-01");
    let mayor = mayor.with("attendance", "K1, 0102, present\nK2, 0102, present");
    let closed = mayor.closes("2014-03", &["1 0101 fixed_fee 70833.33"]);
    let raised = closed.instead("mayor = 850000", "mayor = 900000").closes(
        "2014-H1",
        &[
            "1 0101 fixed_fee -70833.33 1/1 of 2014-03",
            "2 0101 fixed_fee 75000.00 1/1 of 2014-03",
            "3 0102 fixed_fee KST 5152.00",
        ],
    );
    raised.closes("2014-04", &["1 0101 fixed_fee 75000.00"]);
}

#[test]
fn numbers_of_persons_meetings_and_claims_may_be_written_otherwise() {
    let closed = shared_cap();
    let renumbered = closed
        .with("persons", "101, employed\n00102, employed")
        .with("offices", "101, KST, member, 2011-10-01\n00102, KST, member, 2011-10-01")
        .with("meetings", "M9, KST, 2014-02-06, 16:00, 18:30\nM8, OOK, 2014-03-06, 10:00, 12:00\nM7, KST, 2014-09-04, 16:00, 18:30")
        .with("attendance", "M7, 101, present\nM7, 00102, present\nM9, 101, present\nM9, 00102, present")
        .with("claims", "Z9, 101, lost_income_documented, M9, , , , 700.00, b-1");
    assert_eq!(renumbered.lines("2014-H1"), [""; 0]);
}

#[test]
fn what_another_system_registers_late_gets_what_is_left_and_keeps_it() {
    // 965.00 - 700.00 for the one registered late; nothing is left for the one that comes after.
    let profile = "[visma_expense]\npay_codes = { 258 = \"lost_income_documented\" }";
    let row = "0101, 9, 258, 1, 500, 500, 2014-02-06, K1";
    let late = shared_cap().decides(profile).registered(row);
    let reconciled = late.files("2014-H1");
    let reconciled = crate::tables::records(&reconciled["reconciliation.csv"]);
    let claim = reconciled.iter().find(|row| row["record"] == "claim").expect("the claim");
    assert_eq!((&*claim["claimed"], &*claim["granted"]), ("500.00", "265.00"));
    let late = late.closes("2014-H1", &[]);
    let after = late.and("claims", "C3, 0101, lost_income_documented, K1, , , , 100, B-3");
    after.closes("2014-H1", &["1 0101 lost_income_documented K1 C3 0.00 left out in 2014-H1"]);
}

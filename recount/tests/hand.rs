//! Small cases worked out by hand, for what the worked example leaves open.

use std::collections::BTreeMap;

use honorar_recount::{Parameters, Table, Tables, amounts};

/// A basis from small tables written as CSV.
fn basis(texts: &[(&str, &str)]) -> Tables {
    let mut tables = Tables::default();
    for (name, text) in texts {
        let mut lines = text.trim().lines().map(|line| line.trim().split(',').map(str::to_string).collect());
        let columns = lines.next().unwrap();
        let rows = lines.collect();
        tables.tables.insert((*name).to_string(), Table { columns, rows });
    }
    tables
}

/// The øre of every line, by its claim, else by its kind, body and person.
fn lines(tables: &Tables, period: &str) -> BTreeMap<String, i64> {
    let mut found = BTreeMap::new();
    for line in amounts(tables, &Parameters::default(), period) {
        let key = if line.claim_id.is_empty() {
            format!("{} {} {}", line.kind, line.body, line.person_id)
        } else {
            line.claim_id
        };
        assert!(found.insert(key, line.oere).is_none());
    }
    found
}

fn assert_lines(tables: &Tables, period: &str, expected: &[(&str, i64)]) {
    let expected: BTreeMap<String, i64> =
        expected.iter().map(|(key, oere)| ((*key).to_string(), *oere)).collect();
    assert_eq!(lines(tables, period), expected);
}

#[test]
fn kilometres_beyond_10_000_get_the_second_rate() {
    let tables = basis(&[
        (
            "claims",
            "claim_id,person_id,kind,meeting_id,date,quantity
            K2,1,travel_car,,2014-03-02,1001
            K9,1,travel_car,,2014-03-01,5000
            K10,1,travel_car,,2014-03-01,4999.5
            K3,1,travel_car,,2014-06-30,0.5
            K4,1,travel_passenger,,2014-06-30,12.5
            K5,1,travel_car,,2014-07-01,100",
        ),
        (
            "persons",
            "person_id,employment
            1,employed",
        ),
    ]);
    // K2: 0.5 × 4.05 + 1000.5 × 3.45 = 2.025 + 3451.725; K3: 1.725.
    assert_lines(
        &tables,
        "2014-H1",
        &[("K9", 2_025_000), ("K10", 2_024_798), ("K2", 345_375), ("K3", 173), ("K4", 1_250)],
    );
    assert_lines(&tables, "2014-H2", &[("K5", 34_500)]);
}

#[test]
fn a_leap_year_has_182_days_in_its_first_half() {
    let tables = basis(&[(
        "offices",
        "person_id,body,role,from,to
        1,FSK,member,2012-03-01,",
    )]);
    // 7728 × 122 / 182 = 5180.3077
    assert_lines(&tables, "2012-H1", &[("fixed_fee FSK 1", 518_031)]);
}

#[test]
fn the_reduction_comes_with_the_last_day_held() {
    let tables = basis(&[
        (
            "offices",
            "person_id,body,role,from,to
            1,KST,member,2011-10-01,2014-05-12",
        ),
        (
            "meetings",
            "meeting_id,body,date,start,end
            A,KST,2014-01-10,10:00,12:00
            B,KST,2014-02-10,10:00,12:00
            C,KST,2014-05-12,10:00,12:00
            D,KST,2014-05-13,10:00,12:00
            E,KST,2013-12-31,10:00,12:00",
        ),
        (
            "attendance",
            "meeting_id,person_id,status
            A,1,present
            B,1,absent_valid
            C,1,absent_invalid
            E,1,absent_valid",
        ),
    ]);
    // 5152 × 132 / 181 = 3757.26; 3757.26 × (2/3 − 1/4) = 1565.525, away from zero.
    assert_lines(&tables, "2014-H1", &[("fixed_fee KST 1", 375_726), ("absence_reduction KST 1", -156_553)]);
    assert_lines(&tables, "2014-H2", &[]);
}

#[test]
fn unpaid_leave_across_the_half_years_takes_from_both() {
    let tables = basis(&[
        (
            "offices",
            "person_id,body,role,from,to
            1,KST,member,2011-10-01,",
        ),
        (
            "leave",
            "person_id,body,role,from,to,paid
            1,,,2014-06-16,2014-07-15,",
        ),
    ]);
    // 5152 × 166 / 181 = 4725.0387; 5152 × 169 / 184 = 4732
    assert_lines(&tables, "2014-H1", &[("fixed_fee KST 1", 472_504)]);
    assert_lines(&tables, "2014-H2", &[("fixed_fee KST 1", 473_200)]);
}

#[test]
fn leave_from_the_mayors_office_gives_nothing_else() {
    let tables = basis(&[
        (
            "persons",
            "person_id,employment
            1,employed",
        ),
        (
            "offices",
            "person_id,body,role,from,to
            1,,mayor,2011-10-01,
            1,KST,leader,2011-10-01,
            1,ELD,leader,2011-10-01,",
        ),
        (
            "leave",
            "person_id,body,role,from,to,paid
            1,,mayor,2014-03-01,2014-03-31,no",
        ),
        (
            "meetings",
            "meeting_id,body,date,start,end
            A,ELD,2014-03-10,10:00,12:00",
        ),
        (
            "attendance",
            "meeting_id,person_id,status
            A,1,present",
        ),
        (
            "claims",
            "claim_id,person_id,kind,meeting_id,amount
            K1,1,lost_income_undocumented,A,
            K2,1,stand_in,A,500
            K3,1,care,A,3000
            K4,1,care,A,100
            K5,1,employer_refund,A,500",
        ),
    ]);
    assert_lines(&tables, "2014-H1", &[("K1", 0), ("K2", 0), ("K3", 300_000), ("K4", 9_100), ("K5", 0)]);
    assert_lines(&tables, "2014-03", &[]);
    assert_lines(&tables, "2014-04", &[("fixed_fee  1", 7_083_333)]);
}

#[test]
fn refunds_share_the_documented_cap_in_sums_of_their_own() {
    let tables = basis(&[
        (
            "persons",
            "person_id,employment,annual_net_income
            1,pay_kept,
            2,self_employed,480000",
        ),
        (
            "meetings",
            "meeting_id,body,date,start,end,form
            A,OOK,2014-03-10,10:00,12:00,phone
            B,OOK,2014-03-10,13:00,15:20,",
        ),
        (
            "attendance",
            "meeting_id,person_id,status,capacity,extent
            A,1,present,substitute,
            B,2,present,substitute,some_cases",
        ),
        (
            "claims",
            "claim_id,person_id,kind,meeting_id,amount,day_off
            K10,1,employer_refund,A,500,
            K9,1,employer_refund,A,500,
            K1,1,lost_income_documented,A,700,yes
            K2,2,lost_income_documented,B,,",
        ),
    ]);
    // 386 × 2 = 772; 2000 / 8 × 2 1/3 = 583.33
    assert_lines(
        &tables,
        "2014-H1",
        &[
            ("meeting_fee OOK 1", 30_950),
            ("meeting_fee OOK 2", 30_950),
            ("K9", 50_000),
            ("K10", 27_200),
            ("K1", 70_000),
            ("K2", 58_333),
        ],
    );
}

#[test]
fn the_group_meeting_counts_for_members_and_whole_substitutes() {
    let tables = basis(&[
        (
            "persons",
            "person_id,employment
            1,employed
            2,employed
            3,employed
            4,employed",
        ),
        (
            "offices",
            "person_id,body,role,from,to
            1,ADM,substitute,2014-03-10,2014-03-10
            4,KU,leader,2011-10-01,2013-12-31
            4,KU,leader,2014-03-10,2014-03-10",
        ),
        (
            "meetings",
            "meeting_id,body,date,start,end,form,group_meeting
            A,KST,2014-03-10,23:00,01:00,phone,yes",
        ),
        (
            "attendance",
            "meeting_id,person_id,status,capacity,extent,arrived,left
            A,1,present,substitute,whole,00:30,
            A,2,present,substitute,,,00:15
            A,3,present,substitute,some_cases,,
            A,4,present,summoned,,,",
        ),
        (
            "claims",
            "claim_id,person_id,kind,meeting_id
            K1,1,lost_income_undocumented,A
            K2,2,lost_income_undocumented,A
            K3,3,lost_income_undocumented,A
            K4,4,lost_income_undocumented,A",
        ),
    ]);
    // 1.5, 2.25, 2 and 2 hours; the leader's fixed fee for one day is 7728 / 181.
    assert_lines(
        &tables,
        "2014-H1",
        &[
            ("meeting_fee KST 1", 34_800),
            ("meeting_fee KST 2", 34_800),
            ("meeting_fee KST 3", 17_400),
            ("meeting_fee KST 4", 34_800),
            ("fixed_fee KU 4", 4_270),
            ("K1", 25_500),
            ("K2", 38_250),
            ("K3", 34_000),
            ("K4", 34_000),
        ],
    );
}

#[test]
fn equal_numbers_fill_the_cap_in_the_order_of_the_text() {
    let tables = basis(&[
        (
            "persons",
            "person_id,employment
            1,employed",
        ),
        (
            "meetings",
            "meeting_id,body,date,start,end
            A,SAK,2014-03-10,10:00,14:01",
        ),
        (
            "bodies",
            "body,class,elected_by
            SAK,other,OOK",
        ),
        (
            "attendance",
            "meeting_id,person_id,status,capacity
            A,1,present,substitute",
        ),
        (
            "claims",
            "claim_id,person_id,kind,meeting_id,amount
            K10,1,lost_income_undocumented,A,500
            K010,1,lost_income_undocumented,A,500
            K9,1,lost_income_undocumented,A,100",
        ),
    ]);
    assert_lines(&tables, "2014-H1", &[("K9", 10_000), ("K010", 50_000), ("K10", 43_000)]);
}

//! Two hundred generated bases must show every kind of line, every refusal and the edges that rules turn on.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Row, rows};
use honorar_recount::{Amount, Parameters, Tables, amounts, generate};

type Seen = BTreeMap<&'static str, u32>;

const EXPECTED: [&str; 69] = [
    "1 January, a meeting",
    "30 June, a meeting",
    "1 July, a meeting",
    "31 December, a meeting over midnight",
    "29 February, a meeting",
    "absence_reduction",
    "absence_reduction in H1",
    "absence_reduction in H2",
    "a quarter of the rows absent",
    "acting mayor's month in part",
    "after_pay",
    "alternatives: documented lost to undocumented",
    "alternatives: undocumented lost to documented",
    "alternatives: a tie",
    "car: above 10 000 km",
    "car: across 10 000 km",
    "car: travel_car",
    "care",
    "care: cut by the day",
    "care: granted to a mayor",
    "care: granted to somebody without income",
    "companion",
    "day off: granted on a weekday",
    "day off: refused at the weekend",
    "documented: cut",
    "documented: from the income",
    "documented: nothing left",
    "employee representative, refused",
    "employer_refund",
    "employer_refund: cut",
    "employer_refund: pay kept",
    "ex officio, refused",
    "fee 90.25",
    "fee 128.75",
    "fee 154.75",
    "fee 174.00",
    "fee 180.50",
    "fee 232.00",
    "fee 257.50",
    "fee 309.50",
    "fee 348.00",
    "fee 361.00",
    "fee 464.00",
    "fee 515.00",
    "fee 619.00",
    "fee 696.00",
    "fee of somebody summoned",
    "fixed fee in part",
    "fixed fee of a deputy mayor",
    "fixed fee of two roles in one body",
    "journey: by car",
    "journey: day trip",
    "journey: less meals",
    "journey: meals leave nothing",
    "journey: passengers",
    "journey: too short",
    "journey: undocumented night",
    "journey: with nights",
    "mayor refused",
    "no income to lose, refused",
    "paid by somebody else, refused",
    "pay kept, refused",
    "claim ids of one number on one day",
    "stand_in: cut",
    "stand_in",
    "travel_other",
    "travel_passenger",
    "undocumented: cut",
    "undocumented: nothing left",
];

fn number(text: &str) -> u32 {
    text.trim_start_matches(['K', 'B']).parse().unwrap()
}

/// A cell of kroner as øre.
fn oere(text: &str) -> i64 {
    let (kroner, decimals) = text.split_once('.').unwrap_or((text, ""));
    format!("{kroner}{decimals:0<2}").parse().unwrap()
}

/// An amount's claim with what surrounds it.
struct Case<'a> {
    line: &'a Amount,
    claim: &'a Row,
    employment: &'a str,
    capacity: &'a str,
    mayor: bool,
    paid_by: bool,
}

impl Case<'_> {
    fn plain(&self) -> bool {
        let nobody = self.employment == "none" || self.employment == "pay_kept";
        let outside = ["ex_officio", "employee_representative"].contains(&self.capacity);
        !self.mayor && !self.paid_by && !nobody && !outside
    }

    fn labels(&self) -> Vec<&'static str> {
        let kind = self.line.kind.as_str();
        let refused = self.line.oere == 0;
        let asked = (!self.claim["amount"].is_empty()).then(|| oere(&self.claim["amount"]));
        let cut = asked.is_some_and(|asked| 0 < self.line.oere && self.line.oere < asked);
        let lost_income = kind.starts_with("lost_income") || kind == "stand_in";
        let day_off = self.claim["day_off"] == "yes";
        let asks = asked != Some(0);
        let mut labels = Vec::new();
        let mut label = |holds: bool, name: &'static str| {
            if holds {
                labels.push(name);
            }
        };
        let pay_kept = self.employment == "pay_kept";
        label(kind == "after_pay", "after_pay");
        label(kind == "care", "care");
        label(kind == "care" && cut, "care: cut by the day");
        label(kind == "care" && self.mayor && !refused, "care: granted to a mayor");
        let idle = self.employment == "none";
        label(kind == "care" && idle && !refused, "care: granted to somebody without income");
        label(kind == "companion", "companion");
        label(lost_income && pay_kept && day_off && !refused, "day off: granted on a weekday");
        label(
            lost_income && pay_kept && day_off && refused && asks && is_weekend(&self.line.date),
            "day off: refused at the weekend",
        );
        label(lost_income && pay_kept && !day_off && refused, "pay kept, refused");
        label(lost_income && idle && refused, "no income to lose, refused");
        label(lost_income && self.mayor && refused, "mayor refused");
        label(refused && asks && self.paid_by, "paid by somebody else, refused");
        label(refused && asks && self.capacity == "ex_officio", "ex officio, refused");
        label(
            refused && asks && self.capacity == "employee_representative",
            "employee representative, refused",
        );
        label(kind == "lost_income_documented" && cut, "documented: cut");
        label(kind == "lost_income_documented" && asked.is_none() && !refused, "documented: from the income");
        label(kind == "stand_in" && cut, "stand_in: cut");
        label(kind == "stand_in", "stand_in");
        label(kind == "lost_income_undocumented" && cut, "undocumented: cut");
        label(kind == "employer_refund", "employer_refund");
        label(kind == "employer_refund" && cut, "employer_refund: cut");
        label(kind == "employer_refund" && pay_kept && !refused, "employer_refund: pay kept");
        label(kind == "travel_car", "car: travel_car");
        label(kind == "travel_other", "travel_other");
        label(kind == "travel_passenger", "travel_passenger");
        labels
    }
}

/// Whether an ISO date is a Saturday or Sunday, by Zeller's congruence.
fn is_weekend(date: &str) -> bool {
    let part = |range: std::ops::Range<usize>| date[range].parse::<i32>().unwrap();
    let (mut year, mut month, day) = (part(0..4), part(5..7), part(8..10));
    if month < 3 {
        month += 12;
        year -= 1;
    }
    let weekday = (day + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400) % 7;
    weekday < 2
}

fn count(seen: &mut Seen, label: &'static str) {
    *seen.entry(label).or_insert(0) += 1;
}

fn covers(office: &Row, day: &str) -> bool {
    office["from"].as_str() <= day && (office["to"].is_empty() || day <= office["to"].as_str())
}

fn claim_labels(tables: &Tables, lines: &[Amount], seen: &mut Seen) {
    let by = |name: &str, column: &str| -> BTreeMap<String, Row> {
        rows(tables, name).into_iter().map(|row| (row[column].clone(), row)).collect()
    };
    let (persons, bodies, claims) =
        (by("persons", "person_id"), by("bodies", "body"), by("claims", "claim_id"));
    let (attendance, offices) = (rows(tables, "attendance"), rows(tables, "offices"));
    let mut days: BTreeMap<(&str, &str), Vec<Case>> = BTreeMap::new();
    for line in lines.iter().filter(|line| claims.contains_key(&line.claim_id)) {
        let row = attendance
            .iter()
            .find(|row| row["meeting_id"] == line.meeting_id && row["person_id"] == line.person_id);
        let case = Case {
            line,
            claim: &claims[&line.claim_id],
            employment: &persons[&line.person_id]["employment"],
            capacity: row.map_or("", |row| row["capacity"].as_str()),
            mayor: offices.iter().any(|office| {
                office["person_id"] == line.person_id
                    && ["mayor", "acting_mayor"].contains(&office["role"].as_str())
                    && covers(office, &line.date)
            }),
            paid_by: bodies.get(&line.body).is_some_and(|body| !body["paid_by"].is_empty()),
        };
        for label in case.labels() {
            count(seen, label);
        }
        days.entry((&line.person_id, &line.date)).or_default().push(case);
    }
    for cases in days.values() {
        day_labels(cases, seen);
    }
    car_labels(&claims, lines, seen);
    trip_labels(&by("trips", "trip_id"), lines, seen);
}

fn trip_labels(trips: &BTreeMap<String, Row>, lines: &[Amount], seen: &mut Seen) {
    for line in lines {
        let Some(trip) = trips.get(&line.claim_id) else { continue };
        let meals = ["breakfasts", "lunches", "dinners"].map(|meal| &trip[meal]);
        let has_meals = meals.iter().any(|count| !["", "0"].contains(&count.as_str()));
        match line.kind.as_str() {
            "travel_car" => count(seen, "journey: by car"),
            "travel_passenger" => count(seen, "journey: passengers"),
            _ if line.oere == 0 && has_meals => count(seen, "journey: meals leave nothing"),
            _ if line.oere == 0 => count(seen, "journey: too short"),
            _ if has_meals => count(seen, "journey: less meals"),
            _ if trip["lodging"] == "undocumented" => count(seen, "journey: undocumented night"),
            _ if trip["nights"].is_empty() => count(seen, "journey: day trip"),
            _ => count(seen, "journey: with nights"),
        }
    }
}

fn day_labels(cases: &[Case], seen: &mut Seen) {
    let of = |documented: bool| -> Vec<&Case> {
        cases
            .iter()
            .filter(|case| {
                let kind = case.line.kind.as_str();
                case.plain()
                    && case.claim["amount"] != "0"
                    && if documented {
                        ["lost_income_documented", "stand_in"].contains(&kind)
                    } else {
                        kind == "lost_income_undocumented"
                    }
            })
            .collect()
    };
    let sum = |cases: &[&Case]| cases.iter().map(|case| case.line.oere).sum::<i64>();
    let (undocumented, documented) = (of(false), of(true));
    let (declared, shown) = (sum(&undocumented), sum(&documented));
    assert!(declared == 0 || shown == 0);
    assert!(declared <= 103_000 && shown <= 309_100);
    if declared > 0 && !documented.is_empty() {
        count(seen, "alternatives: documented lost to undocumented");
    }
    if shown > 0 && !undocumented.is_empty() {
        count(seen, "alternatives: undocumented lost to documented");
        if shown == 103_000 && undocumented.iter().any(|case| case.claim["amount"].is_empty()) {
            count(seen, "alternatives: a tie");
        }
    }
    if declared > 0 && undocumented.iter().any(|case| case.line.oere == 0) {
        count(seen, "undocumented: nothing left");
    }
    if shown > 0 && documented.iter().any(|case| case.line.oere == 0) {
        count(seen, "documented: nothing left");
    }
    for shared in [undocumented, documented] {
        let numbers: BTreeSet<u32> = shared.iter().map(|case| number(&case.line.claim_id)).collect();
        if numbers.len() < shared.len() {
            count(seen, "claim ids of one number on one day");
        }
    }
}

fn car_labels(claims: &BTreeMap<String, Row>, lines: &[Amount], seen: &mut Seen) {
    let of_claims = lines.iter().filter(|line| claims.contains_key(&line.claim_id));
    for line in of_claims.filter(|line| line.kind == "travel_car") {
        let kilometres = oere(&claims[&line.claim_id]["quantity"]);
        if kilometres == 0 || line.oere == 0 {
            continue;
        }
        let (first, second) = match &line.date[..4] {
            "2012" => (390, 325),
            "2013" => (405, 340),
            "2014" => (405, 345),
            _ => (410, 345),
        };
        if line.oere == kilometres * second / 100 {
            count(seen, "car: above 10 000 km");
        } else if line.oere < kilometres * first / 100 {
            count(seen, "car: across 10 000 km");
        }
    }
}

fn fee_labels(tables: &Tables, lines: &[Amount], half: &str, seen: &mut Seen) {
    let attendance = rows(tables, "attendance");
    let mut offices_of = BTreeMap::new();
    for line in lines {
        match line.kind.as_str() {
            "meeting_fee" => {
                let text = format!("fee {}.{:02}", line.oere / 100, line.oere % 100);
                let known = EXPECTED.iter().find(|&&label| label == text);
                count(seen, known.unwrap_or_else(|| panic!("{text}")));
                if attendance.iter().any(|row| {
                    row["meeting_id"] == line.meeting_id
                        && row["person_id"] == line.person_id
                        && row["capacity"] == "summoned"
                }) {
                    count(seen, "fee of somebody summoned");
                }
            }
            "absence_reduction" => {
                assert!(line.oere < 0);
                count(seen, "absence_reduction");
                count(
                    seen,
                    match half {
                        "H1" => "absence_reduction in H1",
                        _ => "absence_reduction in H2",
                    },
                );
            }
            "fixed_fee" => {
                assert!(line.oere > 0);
                if line.body.is_empty() {
                    count(seen, "fixed fee of a deputy mayor");
                } else {
                    *offices_of.entry((&line.person_id, &line.body)).or_insert(0) += 1;
                }
                if ![515_200, 772_800, 257_600, 644_000, 386_400, 1_030_400].contains(&line.oere) {
                    count(seen, "fixed fee in part");
                }
            }
            _ => {}
        }
    }
    if offices_of.values().any(|&number| number > 1) {
        count(seen, "fixed fee of two roles in one body");
    }
}

fn meeting_labels(tables: &Tables, seen: &mut Seen) {
    for meeting in rows(tables, "meetings") {
        let date = meeting["date"].as_str();
        match &date[5..] {
            "01-01" => count(seen, "1 January, a meeting"),
            "02-29" => count(seen, "29 February, a meeting"),
            "06-30" => count(seen, "30 June, a meeting"),
            "07-01" => count(seen, "1 July, a meeting"),
            "12-31" if meeting["end"] < meeting["start"] => {
                count(seen, "31 December, a meeting over midnight");
            }
            _ => {}
        }
    }
    let mut rows_of: BTreeMap<(String, String), (u32, u32)> = BTreeMap::new();
    for row in rows(tables, "attendance") {
        let body = row["meeting_id"].split('-').next().unwrap().to_string();
        if row["capacity"].is_empty() && ["KST", "FSK", "PLU", "OOK"].contains(&body.as_str()) {
            let (missed, called) = rows_of.entry((row["person_id"].clone(), body)).or_default();
            *called += 1;
            *missed += u32::from(row["status"] != "present");
        }
    }
    if rows_of.values().any(|(missed, called)| missed * 4 == *called) {
        count(seen, "a quarter of the rows absent");
    }
}

#[test]
fn two_hundred_bases_show_everything() {
    let parameters = Parameters::default();
    let mut seen = Seen::new();
    for seed in 0..200 {
        let tables = generate(seed);
        meeting_labels(&tables, &mut seen);
        let mut years: BTreeMap<String, u32> = BTreeMap::new();
        for meeting in rows(&tables, "meetings") {
            *years.entry(meeting["date"][..4].to_string()).or_default() += 1;
        }
        let (year, _) = years.iter().max_by_key(|(_, number)| **number).unwrap();
        for half in ["H1", "H2"] {
            let lines = amounts(&tables, &parameters, &format!("{year}-{half}"));
            assert!(!lines.is_empty());
            claim_labels(&tables, &lines, &mut seen);
            fee_labels(&tables, &lines, half, &mut seen);
        }
        for month in ["02", "06", "07", "12"] {
            for line in amounts(&tables, &parameters, &format!("{year}-{month}")) {
                assert_eq!(line.kind, "fixed_fee");
                if line.oere != 7_083_333 {
                    count(&mut seen, "acting mayor's month in part");
                }
            }
        }
    }
    let missing: Vec<_> = EXPECTED.iter().filter(|label| !seen.contains_key(*label)).collect();
    assert!(missing.is_empty(), "never seen: {missing:?}\nseen: {seen:#?}");
    println!("{seen:#?}");
}

//! Generated bases must be valid: what the input rules call an error must not be in them.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Row, rows};
use honorar_recount::{Tables, generate};

const SEATS: [&str; 3] = ["leader", "deputy_leader", "member"];
const MAYORS: [&str; 3] = ["mayor", "deputy_mayor", "acting_mayor"];

// ISO dates compare as text.
fn covers(row: &Row, day: &str) -> bool {
    row["from"].as_str() <= day && (row["to"].is_empty() || day <= row["to"].as_str())
}

fn on_leave(leave: &[Row], office: &Row, day: &str) -> bool {
    leave.iter().any(|row| {
        row["person_id"] == office["person_id"]
            && covers(row, day)
            && (row["body"].is_empty() || row["body"] == office["body"])
            && (row["role"].is_empty() || row["role"] == office["role"])
    })
}

fn unique<'a>(table: &'a [Row], columns: &[&str]) -> BTreeSet<Vec<&'a str>> {
    let mut seen = BTreeSet::new();
    for row in table {
        let key: Vec<&str> = columns.iter().map(|&column| row[column].as_str()).collect();
        assert!(seen.insert(key.clone()), "twice: {key:?}");
    }
    seen
}

fn is_decimal(text: &str, decimals: usize) -> bool {
    let (whole, after) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(after) && after.len() <= decimals && whole.len() <= 6
}

struct Checked {
    tables: Tables,
    offices: Vec<Row>,
    leave: Vec<Row>,
    meetings: BTreeMap<String, Row>,
    attendance: Vec<Row>,
    bodies: BTreeMap<String, Row>,
}

impl Checked {
    fn new(tables: Tables) -> Checked {
        let by = |name: &str, column: &str| {
            rows(&tables, name).into_iter().map(|row| (row[column].clone(), row)).collect()
        };
        Checked {
            offices: rows(&tables, "offices"),
            leave: rows(&tables, "leave"),
            meetings: by("meetings", "meeting_id"),
            attendance: rows(&tables, "attendance"),
            bodies: by("bodies", "body"),
            tables,
        }
    }

    fn seat(&self, person_id: &str, body: &str, day: &str) -> Option<&Row> {
        self.offices.iter().find(|office| {
            office["person_id"] == person_id
                && office["body"] == body
                && SEATS.contains(&office["role"].as_str())
                && covers(office, day)
        })
    }

    fn persons_and_offices(&self) {
        let persons = rows(&self.tables, "persons");
        assert!((4..=12).contains(&persons.len()));
        let numbers: BTreeSet<u64> = persons.iter().map(|row| row["person_id"].parse().unwrap()).collect();
        assert_eq!(numbers.len(), persons.len());
        for (i, one) in self.offices.iter().enumerate() {
            assert!(one["to"].is_empty() || one["from"] <= one["to"]);
            assert_eq!(one["body"].is_empty(), MAYORS.contains(&one["role"].as_str()));
            for other in &self.offices[i + 1..] {
                let acting = one["role"] != other["role"]
                    && [one, other].iter().any(|row| row["role"] == "acting_mayor")
                    && [one, other].iter().any(|row| row["role"] == "deputy_mayor");
                let same = one["person_id"] == other["person_id"] && one["body"] == other["body"];
                let overlap = covers(one, &other["from"]) || covers(other, &one["from"]);
                assert!(!same || !overlap || acting, "{one:?} {other:?}");
            }
        }
        for row in &self.leave {
            assert!(row["from"] <= row["to"]);
        }
        unique(&self.leave, &["person_id", "body", "role", "from"]);
    }

    fn every_member_has_a_row(&self) {
        let called = unique(&self.attendance, &["meeting_id", "person_id"]);
        for meeting in self.meetings.values() {
            let day = &meeting["date"];
            let other_class = ["other", "no_fee"];
            let fixed = match self.bodies.get(&meeting["body"]) {
                Some(body) if other_class.contains(&body["class"].as_str()) => false,
                Some(body) if body["class"].is_empty() => ["KST", "DEU"].contains(&body["body"].as_str()),
                Some(_) | None => true,
            };
            for office in &self.offices {
                let duty = fixed
                    && office["body"] == meeting["body"]
                    && SEATS.contains(&office["role"].as_str())
                    && covers(office, day)
                    && !on_leave(&self.leave, office, day);
                let key = vec![meeting["meeting_id"].as_str(), office["person_id"].as_str()];
                assert!(!duty || called.contains(&key), "no row: {key:?}");
            }
        }
    }

    fn attendance_is_possible(&self) {
        for row in &self.attendance {
            let meeting = &self.meetings[&row["meeting_id"]];
            let day = &meeting["date"];
            let person = &row["person_id"];
            let seat = self.seat(person, &meeting["body"], day);
            let sits_as = self.bodies.get(&meeting["body"]).map_or("", |body| body["sits_as"].as_str());
            match row["capacity"].as_str() {
                "" => assert!(seat.or_else(|| self.seat(person, sits_as, day)).is_some()),
                "summoned" => {
                    assert_eq!(meeting["body"], "KST");
                    assert_eq!(self.seat(person, "KU", day).unwrap()["role"], "leader");
                    assert!(seat.is_none());
                }
                _ => assert!(seat.is_none()),
            }
            if row["status"] == "present" {
                for office in &self.offices {
                    let here = &office["person_id"] == person
                        && covers(office, day)
                        && (office["body"] == meeting["body"] || office["body"] == sits_as);
                    assert!(
                        office["body"].is_empty() || !here || !on_leave(&self.leave, office, day),
                        "present on leave: {row:?}"
                    );
                }
            }
            let after = |time: &str| {
                let (hours, minutes) = time.split_once(':').unwrap();
                let minute = hours.parse::<i32>().unwrap() * 60 + minutes.parse::<i32>().unwrap();
                (minute, time < meeting["start"].as_str())
            };
            let clock = |column: &str, otherwise: &str| {
                let text = &row[column];
                let (minute, next_day) = after(if text.is_empty() { &meeting[otherwise] } else { text });
                minute + if next_day { 24 * 60 } else { 0 }
            };
            let (start, end) = (after(&meeting["start"]).0, {
                let (minute, next_day) = after(&meeting["end"]);
                minute + if next_day { 24 * 60 } else { 0 }
            });
            let (arrived, left) = (clock("arrived", "start"), clock("left", "end"));
            assert!(start <= arrived && arrived < left && left <= end);
        }
    }

    fn claims_are_possible(&self) {
        let claims = rows(&self.tables, "claims");
        unique(&claims, &["claim_id"]);
        let mut documents = BTreeSet::new();
        let persons: BTreeMap<String, Row> =
            rows(&self.tables, "persons").into_iter().map(|row| (row["person_id"].clone(), row)).collect();
        for claim in &claims {
            let kind = claim["kind"].as_str();
            if claim["meeting_id"].is_empty() {
                assert!(!claim["date"].is_empty());
                assert!(kind.starts_with("travel") || ["companion", "after_pay"].contains(&kind));
            } else {
                let meeting = &self.meetings[&claim["meeting_id"]];
                assert!(claim["date"].is_empty() || claim["date"] == meeting["date"]);
                assert!(self.attendance.iter().any(|row| {
                    row["meeting_id"] == claim["meeting_id"]
                        && row["person_id"] == claim["person_id"]
                        && row["status"] == "present"
                }));
            }
            let needs_document = ["lost_income_documented", "stand_in", "care", "companion"].contains(&kind)
                || ["travel_other", "employer_refund"].contains(&kind);
            assert_eq!(needs_document, !claim["document"].is_empty());
            assert!(claim["document"].is_empty() || documents.insert(claim["document"].clone()));
            let person = &persons[&claim["person_id"]];
            let by_income = kind == "lost_income_documented"
                && ["self_employed", "no_fixed_pay"].contains(&person["employment"].as_str())
                && !person["annual_net_income"].is_empty();
            if claim["amount"].is_empty() {
                assert!(!needs_document || by_income, "{claim:?}");
            } else {
                assert!(is_decimal(&claim["amount"], 2), "{claim:?}");
            }
            let has_quantity = ["travel_car", "travel_passenger", "companion", "after_pay"].contains(&kind);
            assert_eq!(has_quantity, is_decimal(&claim["quantity"], 1), "{claim:?}");
            let has_supplier = ["companion", "employer_refund"].contains(&kind);
            assert_eq!(has_supplier, !claim["supplier"].is_empty());
            assert_eq!(has_supplier, !claim["supplier_account"].is_empty());
        }
    }
}

#[test]
fn generated_bases_are_valid() {
    for seed in 0..400 {
        let checked = Checked::new(generate(seed));
        checked.persons_and_offices();
        checked.every_member_has_a_row();
        checked.attendance_is_possible();
        checked.claims_are_possible();
    }
}

#[test]
fn a_seed_always_gives_the_same_basis() {
    assert_eq!(generate(7), generate(7));
    assert_ne!(generate(7), generate(8));
}

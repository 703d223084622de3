//! The rows of a basis with their meaning, and the questions about persons and days that every rule asks.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use num_rational::BigRational;

use crate::money::decimal;
use crate::tables::{Record, Tables};

pub(crate) struct Person {
    pub(crate) employment: String,
    pub(crate) annual_net_income: Option<BigRational>,
}

#[derive(Default)]
pub(crate) struct Body {
    pub(crate) class: String,
    pub(crate) elected_by: String,
    pub(crate) sits_as: String,
    pub(crate) paid_by: String,
}

#[derive(Clone)]
pub(crate) struct Office {
    pub(crate) person_id: String,
    pub(crate) body: String,
    pub(crate) role: String,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
}

impl Office {
    pub(crate) fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    pub(crate) fn is_seat(&self) -> bool {
        ["leader", "deputy_leader", "member"].contains(&self.role.as_str())
    }
}

#[derive(Clone)]
pub(crate) struct Leave {
    pub(crate) person_id: String,
    pub(crate) body: String,
    pub(crate) role: String,
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
    pub(crate) paid: bool,
}

impl Leave {
    pub(crate) fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    pub(crate) fn is_from(&self, person_id: &str, body: &str, role: &str) -> bool {
        self.person_id == person_id
            && (self.body.is_empty() || self.body == body)
            && (self.role.is_empty() || self.role == role)
    }
}

#[derive(Clone)]
pub(crate) struct Meeting {
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) date: NaiveDate,
    /// Minutes after midnight of `date`; the end may lie beyond 24 hours.
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) phone: bool,
    pub(crate) with_group: bool,
}

pub(crate) struct Attendance {
    pub(crate) meeting_id: String,
    pub(crate) person_id: String,
    pub(crate) present: bool,
    pub(crate) capacity: String,
    pub(crate) some_cases: bool,
    pub(crate) arrived: String,
    pub(crate) left: String,
    pub(crate) travel_minutes: i64,
}

pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) person_id: String,
    pub(crate) kind: String,
    pub(crate) meeting_id: String,
    /// The meeting's day, else the claim's own.
    pub(crate) day: NaiveDate,
    pub(crate) quantity: Option<BigRational>,
    pub(crate) amount: Option<BigRational>,
    pub(crate) day_off: bool,
}

pub(crate) struct Trip {
    pub(crate) id: String,
    pub(crate) person_id: String,
    pub(crate) departure: NaiveDateTime,
    pub(crate) back: NaiveDateTime,
    pub(crate) meeting_id: String,
    pub(crate) by_car: bool,
    pub(crate) km: BigRational,
    pub(crate) passengers: i64,
    pub(crate) forest_km: BigRational,
    pub(crate) nights: u64,
    pub(crate) undocumented: bool,
    /// Breakfasts, lunches and dinners.
    pub(crate) meals: [i64; 3],
}

pub(crate) struct Basis {
    pub(crate) persons: BTreeMap<String, Person>,
    pub(crate) bodies: BTreeMap<String, Body>,
    pub(crate) offices: Vec<Office>,
    pub(crate) leaves: Vec<Leave>,
    pub(crate) meetings: BTreeMap<String, Meeting>,
    pub(crate) attendance: Vec<Attendance>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) trips: Vec<Trip>,
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect("an ISO date")
}

fn optional<T>(text: &str, read: impl Fn(&str) -> T) -> Option<T> {
    (!text.is_empty()).then(|| read(text))
}

/// A clock time as minutes after midnight.
pub(crate) fn clock(text: &str) -> i64 {
    let (hours, minutes) = text.split_once(':').expect("hh:mm");
    let number = |digits: &str| digits.parse::<i64>().expect("digits of a time");
    number(hours) * 60 + number(minutes)
}

/// A clock time before the start of the meeting is the next day's.
fn clock_after(start: i64, text: &str) -> i64 {
    let time = clock(text);
    if time < start { time + 24 * 60 } else { time }
}

fn read_meeting(row: &Record) -> Meeting {
    let start = clock(row.get("start"));
    Meeting {
        id: row.get("meeting_id").to_string(),
        body: row.get("body").to_string(),
        date: date(row.get("date")),
        start,
        end: clock_after(start, row.get("end")),
        phone: row.get("form") == "phone",
        with_group: row.get("group_meeting") == "yes",
    }
}

fn read_attendance(row: &Record) -> Attendance {
    Attendance {
        meeting_id: row.get("meeting_id").to_string(),
        person_id: row.get("person_id").to_string(),
        present: row.get("status") == "present",
        capacity: row.get("capacity").to_string(),
        some_cases: row.get("extent") == "some_cases",
        arrived: row.get("arrived").to_string(),
        left: row.get("left").to_string(),
        travel_minutes: optional(row.get("travel_minutes"), |t| t.parse().expect("whole minutes"))
            .unwrap_or(0),
    }
}

fn read_claim(row: &Record, meetings: &BTreeMap<String, Meeting>) -> Claim {
    let meeting_id = row.get("meeting_id").to_string();
    let day = match meetings.get(&meeting_id) {
        Some(meeting) => meeting.date,
        None => date(row.get("date")),
    };
    Claim {
        id: row.get("claim_id").to_string(),
        person_id: row.get("person_id").to_string(),
        kind: row.get("kind").to_string(),
        meeting_id,
        day,
        quantity: optional(row.get("quantity"), decimal),
        amount: optional(row.get("amount"), decimal),
        day_off: row.get("day_off") == "yes",
    }
}

fn moment(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a date and a time")
}

fn read_trip(row: &Record) -> Trip {
    let count = |column: &str| optional(row.get(column), |t| t.parse().expect("a whole number")).unwrap_or(0);
    let km = |column: &str| optional(row.get(column), decimal).unwrap_or_else(|| decimal("0"));
    Trip {
        id: row.get("trip_id").to_string(),
        person_id: row.get("person_id").to_string(),
        departure: moment(row.get("departure")),
        back: moment(row.get("return")),
        meeting_id: row.get("meeting_id").to_string(),
        by_car: ["", "car"].contains(&row.get("vehicle")),
        km: km("km"),
        passengers: count("passengers"),
        forest_km: km("forest_km"),
        nights: count("nights").unsigned_abs(),
        undocumented: row.get("lodging") == "undocumented",
        meals: ["breakfasts", "lunches", "dinners"].map(count),
    }
}

impl Basis {
    pub(crate) fn read(tables: &Tables) -> Basis {
        let text = |row: &Record, column: &str| row.get(column).to_string();
        let meetings: BTreeMap<String, Meeting> = tables
            .records("meetings")
            .iter()
            .map(|row| (text(row, "meeting_id"), read_meeting(row)))
            .collect();
        Basis {
            persons: tables
                .records("persons")
                .iter()
                .map(|row| {
                    let person = Person {
                        employment: text(row, "employment"),
                        annual_net_income: optional(row.get("annual_net_income"), decimal),
                    };
                    (text(row, "person_id"), person)
                })
                .collect(),
            bodies: tables
                .records("bodies")
                .iter()
                .map(|row| {
                    let body = Body {
                        class: text(row, "class"),
                        elected_by: text(row, "elected_by"),
                        sits_as: text(row, "sits_as"),
                        paid_by: text(row, "paid_by"),
                    };
                    (text(row, "body"), body)
                })
                .collect(),
            offices: tables
                .records("offices")
                .iter()
                .map(|row| Office {
                    person_id: text(row, "person_id"),
                    body: text(row, "body"),
                    role: text(row, "role"),
                    from: date(row.get("from")),
                    to: optional(row.get("to"), date),
                })
                .collect(),
            leaves: tables
                .records("leave")
                .iter()
                .map(|row| Leave {
                    person_id: text(row, "person_id"),
                    body: text(row, "body"),
                    role: text(row, "role"),
                    from: date(row.get("from")),
                    to: date(row.get("to")),
                    paid: row.get("paid") == "yes",
                })
                .collect(),
            attendance: tables.records("attendance").iter().map(read_attendance).collect(),
            claims: tables.records("claims").iter().map(|row| read_claim(row, &meetings)).collect(),
            trips: tables.records("trips").iter().map(read_trip).collect(),
            meetings,
        }
    }

    /// Whether the person is mayor or acting mayor that day; leave from that office does not change it.
    pub(crate) fn is_mayor(&self, person_id: &str, day: NaiveDate) -> bool {
        self.offices.iter().any(|office| {
            office.person_id == person_id
                && (office.role == "mayor" || office.role == "acting_mayor")
                && office.covers(day)
        })
    }

    /// Whether the person has the role in the body that day, on leave or not.
    pub(crate) fn has_office(&self, person_id: &str, body: &str, role: &str, day: NaiveDate) -> bool {
        self.offices.iter().any(|office| {
            office.person_id == person_id && office.body == body && office.role == role && office.covers(day)
        })
    }

    pub(crate) fn on_leave(&self, person_id: &str, body: &str, role: &str, day: NaiveDate) -> bool {
        self.leaves.iter().any(|leave| leave.is_from(person_id, body, role) && leave.covers(day))
    }

    pub(crate) fn on_unpaid_leave(&self, person_id: &str, body: &str, role: &str, day: NaiveDate) -> bool {
        self.leaves
            .iter()
            .any(|leave| !leave.paid && leave.is_from(person_id, body, role) && leave.covers(day))
    }

    pub(crate) fn attendance_of(&self, meeting_id: &str, person_id: &str) -> Option<&Attendance> {
        self.attendance.iter().find(|row| row.meeting_id == meeting_id && row.person_id == person_id)
    }

    /// The minutes the person was in the meeting room.
    pub(crate) fn own_minutes(meeting: &Meeting, row: &Attendance) -> i64 {
        let arrived = optional(&row.arrived, |t| clock_after(meeting.start, t)).unwrap_or(meeting.start);
        let left = optional(&row.left, |t| clock_after(meeting.start, t)).unwrap_or(meeting.end);
        left - arrived
    }
}

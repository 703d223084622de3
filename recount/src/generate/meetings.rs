//! Meetings, and who came.

use super::{Draft, pick};
use crate::basis::{Attendance, Basis, Meeting, clock};

/// A clock time from minutes after midnight, also of the next day.
fn clock_text(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

impl Draft {
    pub(super) fn meetings(&mut self) {
        for body in self.bodies.clone() {
            let number = match body.as_str() {
                "KST" => self.pick(&[3, 4, 5, 8]),
                "FSK" => self.pick(&[4, 6, 7, 8]),
                _ => self.pick(&[1, 2, 3, 4, 4]),
            };
            for place in 1..=number {
                self.one_meeting(&format!("{body}-{place}"), &body);
            }
        }
    }

    fn one_meeting(&mut self, meeting_id: &str, body: &str) {
        let date = self.day();
        let start = clock(self.pick(&["08:30", "09:00", "10:00", "16:00", "18:15", "22:30"]));
        let random = self.rng.i64(20..420);
        // Four hours and three, with a minute on either side: the limit, and the limit less a group meeting.
        let minutes =
            self.pick(&[240, 240, 241, 239, 180, 180, 181, 179, 60, 120, 150, 360, 155, random, random]);
        let form = self.pick(&["in_person", "in_person", "", "", "video", "phone"]);
        let group = match body {
            "KST" => self.pick(&["yes", "yes", "no", ""]),
            _ => self.pick(&["no", ""]),
        };
        self.push_row(
            "meetings",
            &[
                meeting_id,
                body,
                &date.to_string(),
                &clock_text(start),
                &clock_text(start + minutes),
                form,
                group,
            ],
        );
        let meeting = Meeting {
            id: meeting_id.to_string(),
            body: body.to_string(),
            date,
            start,
            end: start + minutes,
            phone: form == "phone",
            with_group: group == "yes",
        };
        self.basis.meetings.insert(meeting_id.to_string(), meeting);
    }

    pub(super) fn attendance(&mut self) {
        let meetings: Vec<Meeting> = self.basis.meetings.values().cloned().collect();
        for place in 0..self.persons.len() {
            for body in self.bodies.clone() {
                // How often the person stays away from this body: around the quarter that decides, or far off.
                let missing = self.pick(&[0, 0, 25, 25, 40, 70, 100]);
                for meeting in meetings.iter().filter(|meeting| meeting.body == body) {
                    self.maybe_attend(place, meeting, missing);
                }
            }
        }
    }

    fn maybe_attend(&mut self, place: usize, meeting: &Meeting, missing: u32) {
        let person_id = self.persons[place].person_id.clone();
        let Some(role) = seat(&self.basis, &person_id, &meeting.body, meeting) else {
            self.attend_without_seat(&person_id, meeting);
            return;
        };
        if self.basis.on_leave(&person_id, &meeting.body, &role, meeting.date) {
            if self.chance(10) {
                self.absent(&person_id, meeting, "");
            }
            return;
        }
        let sits_as = self.sits_as(&meeting.body);
        if !sits_as.is_empty() && self.leave_touches(&person_id, &sits_as, meeting) {
            return;
        }
        if self.rng.u32(0..100) < missing {
            self.absent(&person_id, meeting, "");
        } else {
            self.present(&person_id, meeting, "", "");
        }
    }

    fn sits_as(&self, body: &str) -> String {
        self.basis.bodies.get(body).map_or_else(String::new, |body| body.sits_as.clone())
    }

    /// Whether any leave that day could be read as leave from this body, in whatever capacity.
    fn leave_touches(&self, person_id: &str, body: &str, meeting: &Meeting) -> bool {
        self.basis.leaves.iter().any(|leave| {
            leave.person_id == person_id
                && leave.covers(meeting.date)
                && (leave.body == body
                    || (leave.body.is_empty()
                        && (leave.role.is_empty()
                            || self.basis.has_office(person_id, body, &leave.role, meeting.date))))
        })
    }

    fn attend_without_seat(&mut self, person_id: &str, meeting: &Meeting) {
        let sits_as = self.sits_as(&meeting.body);
        if self.leave_touches(person_id, &meeting.body, meeting)
            || (!sits_as.is_empty() && self.leave_touches(person_id, &sits_as, meeting))
        {
            return;
        }
        if !sits_as.is_empty() && seat(&self.basis, person_id, &sits_as, meeting).is_some() {
            // The members of a body that sits as another need not be listed.
            if self.chance(60) {
                self.present(person_id, meeting, "", "");
            }
            return;
        }
        let leads_control = self.basis.has_office(person_id, "KU", "leader", meeting.date)
            && !self.leave_touches(person_id, "KU", meeting)
            && !self.basis.is_mayor(person_id, meeting.date);
        if meeting.body == "KST" && leads_control {
            if self.chance(60) {
                self.present(person_id, meeting, "summoned", "");
            }
            return;
        }
        match self.rng.u32(0..100) {
            0..14 => self.present(person_id, meeting, "substitute", "whole"),
            14..17 => self.present(person_id, meeting, "substitute", ""),
            17..26 => self.present(person_id, meeting, "substitute", "some_cases"),
            26..28 => self.absent(person_id, meeting, "substitute"),
            28..32 => self.present(person_id, meeting, "ex_officio", ""),
            32..50 if meeting.body == "ADM" => {
                self.present(person_id, meeting, "employee_representative", "");
            }
            _ => {}
        }
    }

    fn absent(&mut self, person_id: &str, meeting: &Meeting, capacity: &str) {
        let status = self.pick(&["absent_valid", "absent_invalid"]);
        self.push_row("attendance", &[&meeting.id, person_id, status, capacity, "", "", "", "", ""]);
        self.basis.attendance.push(Attendance {
            meeting_id: meeting.id.clone(),
            person_id: person_id.to_string(),
            present: false,
            capacity: capacity.to_string(),
            some_cases: false,
            arrived: String::new(),
            left: String::new(),
            travel_minutes: 0,
        });
    }

    fn present(&mut self, person_id: &str, meeting: &Meeting, capacity: &str, extent: &str) {
        let length = meeting.end - meeting.start;
        let mut arrived = String::new();
        let mut left = String::new();
        let mut after = 0;
        if self.chance(20) {
            after = self.rng.i64(0..length);
            arrived = clock_text(meeting.start + after);
        }
        if self.chance(20) {
            left = clock_text(meeting.start + self.rng.i64(after + 1..=length));
        }
        let travel = self.pick(&["", "0", "", "15", "45", "60", "7", "90", "240"]);
        let substitute_for = if capacity == "substitute" && self.chance(50) {
            self.somebody_absent(meeting)
        } else {
            String::new()
        };
        self.push_row(
            "attendance",
            &[&meeting.id, person_id, "present", capacity, extent, &arrived, &left, travel, &substitute_for],
        );
        self.basis.attendance.push(Attendance {
            meeting_id: meeting.id.clone(),
            person_id: person_id.to_string(),
            present: true,
            capacity: capacity.to_string(),
            some_cases: extent == "some_cases",
            arrived,
            left,
            travel_minutes: travel.parse().unwrap_or(0),
        });
    }

    fn somebody_absent(&mut self, meeting: &Meeting) -> String {
        let absent: Vec<String> = self
            .basis
            .attendance
            .iter()
            .filter(|row| row.meeting_id == meeting.id && !row.present && row.capacity.is_empty())
            .map(|row| row.person_id.clone())
            .collect();
        if absent.is_empty() { String::new() } else { pick(&mut self.rng, &absent) }
    }
}

/// The role as leader, deputy leader or member of the body on the meeting's day.
fn seat(basis: &Basis, person_id: &str, body: &str, meeting: &Meeting) -> Option<String> {
    basis
        .offices
        .iter()
        .find(|office| {
            office.person_id == person_id
                && office.body == body
                && office.is_seat()
                && office.covers(meeting.date)
        })
        .map(|office| office.role.clone())
}

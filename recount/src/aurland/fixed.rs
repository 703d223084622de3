//! Fixed fees, the mayor's pay, and the reduction for absence.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use num_rational::BigRational;

use super::body::{Class, paying_class};
use super::{Amount, Parameters, Span, first_half, second_half};
use crate::basis::Basis;
use crate::money::{fraction, from_oere, oere, whole};

/// One person's role in one body, whatever the number of its intervals.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Post {
    person_id: String,
    body: String,
    role: String,
}

impl Post {
    fn is_mayors(&self) -> bool {
        self.role == "mayor" || self.role == "acting_mayor"
    }

    /// Days in office; those on unpaid leave are not held, nor is another post than the mayor's on days as mayor.
    fn held_days(&self, basis: &Basis, span: Span) -> Vec<NaiveDate> {
        let mut held = Vec::new();
        for day in span.days() {
            let in_office = basis.has_office(&self.person_id, &self.body, &self.role, day);
            let unpaid = basis.on_unpaid_leave(&self.person_id, &self.body, &self.role, day);
            let displaced = !self.is_mayors() && basis.is_mayor(&self.person_id, day);
            if in_office && !unpaid && !displaced {
                held.push(day);
            }
        }
        held
    }

    fn amount(&self, kind: &str, date: NaiveDate, oere: i64) -> Amount {
        Amount {
            person_id: self.person_id.clone(),
            kind: kind.to_string(),
            body: self.body.clone(),
            meeting_id: String::new(),
            claim_id: String::new(),
            date: date.to_string(),
            oere,
        }
    }

    /// The yearly fee of section 3; none where the body or the role has no fixed fee.
    fn section_3(&self, basis: &Basis, parameters: &Parameters) -> Option<BigRational> {
        if !["leader", "deputy_leader", "member"].contains(&self.role.as_str()) {
            return None;
        }
        let leads = self.role == "leader";
        match paying_class(basis, &self.body) {
            Class::Council => Some(parameters.kroner("council_member")),
            Class::Executive => Some(parameters.kroner("executive_member")),
            Class::Planning if leads => Some(parameters.kroner("planning_leader")),
            Class::Planning => Some(whole(5_152)),
            Class::Standing if leads => Some(parameters.kroner("standing_leader")),
            Class::Standing => Some(whole(7_728)),
            Class::Other | Class::NoFee => None,
        }
    }
}

fn posts(basis: &Basis) -> BTreeSet<Post> {
    let mut posts = BTreeSet::new();
    for office in &basis.offices {
        posts.insert(Post {
            person_id: office.person_id.clone(),
            body: office.body.clone(),
            role: office.role.clone(),
        });
    }
    posts
}

fn instalment(full: &BigRational, held: &[NaiveDate], span: Span) -> i64 {
    oere(&(full * fraction(held.len(), span.days().len())))
}

/// A month of the mayor's pay, for the mayor and for whoever acted.
pub(super) fn mayors_pay(basis: &Basis, parameters: &Parameters, month: Span) -> Vec<Amount> {
    let full = parameters.kroner("mayor") / whole(12);
    let mut lines = Vec::new();
    for post in posts(basis) {
        if !post.is_mayors() {
            continue;
        }
        let held = post.held_days(basis, month);
        if let Some(&last) = held.last() {
            lines.push(post.amount("fixed_fee", last, instalment(&full, &held, month)));
        }
    }
    lines
}

/// The half-yearly fees of section 3 and the deputy mayor's supplement.
pub(super) fn half_yearly_fees(basis: &Basis, parameters: &Parameters, half: Span) -> Vec<Amount> {
    let mut lines = Vec::new();
    for post in posts(basis) {
        let annual = if post.role == "deputy_mayor" {
            parameters.kroner("deputy_mayor_supplement")
        } else if let Some(annual) = post.section_3(basis, parameters) {
            annual
        } else {
            continue;
        };
        let full = annual / whole(2);
        let held = post.held_days(basis, half);
        if let Some(&last) = held.last() {
            lines.push(post.amount("fixed_fee", last, instalment(&full, &held, half)));
        }
    }
    lines
}

/// The reductions that fall in this half of the year, each for absence over the whole year.
pub(super) fn absence_reductions(basis: &Basis, parameters: &Parameters, half: Span) -> Vec<Amount> {
    let year = half.first.year();
    let mut lines = Vec::new();
    for post in posts(basis) {
        let Some(annual) = post.section_3(basis, parameters) else {
            continue;
        };
        let full = annual / whole(2);
        let mut paid = 0;
        let mut last_held = None;
        for span in [first_half(year), second_half(year)] {
            let held = post.held_days(basis, span);
            paid += instalment(&full, &held, span);
            last_held = held.last().copied().or(last_held);
        }
        let Some(last_held) = last_held.filter(|&last| half.contains(last)) else {
            continue;
        };
        let (missed, duty) = attendance_of_the_year(basis, &post, year);
        if missed * 4 > duty {
            let over = fraction(missed, duty) - fraction(1, 4);
            let reduction = -oere(&(from_oere(paid) * over));
            lines.push(post.amount("absence_reduction", last_held, reduction));
        }
    }
    lines
}

/// How many meetings the holder missed, and how many there was a duty to attend.
fn attendance_of_the_year(basis: &Basis, post: &Post, year: i32) -> (usize, usize) {
    let mut missed = 0;
    let mut duty = 0;
    for meeting in basis.meetings.values() {
        if meeting.body != post.body || meeting.date.year() != year {
            continue;
        }
        let in_office = basis.has_office(&post.person_id, &post.body, &post.role, meeting.date);
        let on_leave = basis.on_leave(&post.person_id, &post.body, &post.role, meeting.date);
        if !in_office || on_leave || basis.is_mayor(&post.person_id, meeting.date) {
            continue;
        }
        duty += 1;
        let row = basis.attendance_of(&meeting.id, &post.person_id);
        if !row.expect("a row for everybody with a duty").present {
            missed += 1;
        }
    }
    (missed, duty)
}

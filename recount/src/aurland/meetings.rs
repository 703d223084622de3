//! Meeting fees, straight from the attendance list.

use num_rational::BigRational;

use super::body::{Class, paying_class};
use super::{Amount, Span};
use crate::basis::{Attendance, Basis, Meeting};
use crate::money::{oere, whole};

/// One line for each fee for a meeting in the period.
pub(super) fn meeting_fees(basis: &Basis, period: Span) -> Vec<Amount> {
    let mut lines = Vec::new();
    for row in &basis.attendance {
        let meeting = &basis.meetings[&row.meeting_id];
        if !row.present || !period.contains(meeting.date) {
            continue;
        }
        if let Some(fee) = fee(basis, meeting, row) {
            lines.push(Amount {
                person_id: row.person_id.clone(),
                kind: "meeting_fee".to_string(),
                body: meeting.body.clone(),
                meeting_id: meeting.id.clone(),
                claim_id: String::new(),
                date: meeting.date.to_string(),
                oere: oere(&fee),
            });
        }
    }
    lines
}

fn fee(basis: &Basis, meeting: &Meeting, row: &Attendance) -> Option<BigRational> {
    if basis.is_mayor(&row.person_id, meeting.date) {
        return None;
    }
    let mut fee = whole_fee(basis, meeting, row)?;
    if row.capacity == "substitute" && row.some_cases {
        fee /= whole(2);
    }
    if meeting.phone {
        fee /= whole(2);
    }
    Some(fee)
}

fn whole_fee(basis: &Basis, meeting: &Meeting, row: &Attendance) -> Option<BigRational> {
    let class = paying_class(basis, &meeting.body);
    let substitute_fee = match class {
        Class::Council | Class::Executive => 696,
        Class::Planning => 515,
        Class::Standing => 619,
        Class::Other => 361,
        Class::NoFee => return None,
    };
    match row.capacity.as_str() {
        "summoned" => Some(whole(696)),
        "substitute" => Some(whole(substitute_fee)),
        "" | "member" if class == Class::Other => {
            let leads = basis.has_office(&row.person_id, &meeting.body, "leader", meeting.date);
            Some(whole(if leads { 464 } else { 361 }))
        }
        "" | "member" | "ex_officio" | "employee_representative" => None,
        unknown => panic!("capacity {unknown}"),
    }
}

//! What kind of body a meeting or an office is in.

use crate::basis::Basis;

/// The class by which a body pays.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Council,
    Executive,
    Planning,
    Standing,
    Other,
    NoFee,
}

/// The class that fees follow: a body that sits as another, one that somebody else pays, and one that neither council
/// nor executive elected give no fee whatever their class.
pub(super) fn paying_class(basis: &Basis, code: &str) -> Class {
    let class = class(basis, code);
    let Some(body) = basis.bodies.get(code) else {
        return class;
    };
    let elected_elsewhere = !["", "KST", "FSK"].contains(&body.elected_by.as_str());
    if !body.sits_as.is_empty() || !body.paid_by.is_empty() || (class == Class::Other && elected_elsewhere) {
        Class::NoFee
    } else {
        class
    }
}

/// Whether somebody else pays the members, so that the chapter does not apply.
pub(super) fn paid_by_somebody_else(basis: &Basis, code: &str) -> bool {
    basis.bodies.get(code).is_some_and(|body| !body.paid_by.is_empty())
}

/// Nothing follows from a meeting that somebody else pays, or that one is at by virtue of a post or for the employees.
pub(super) fn chapter_covers(basis: &Basis, meeting_id: &str, person_id: &str) -> bool {
    let Some(meeting) = basis.meetings.get(meeting_id) else {
        return true;
    };
    let row = basis.attendance_of(meeting_id, person_id).expect("a claim or journey to a meeting one was at");
    !paid_by_somebody_else(basis, &meeting.body)
        && row.capacity != "ex_officio"
        && row.capacity != "employee_representative"
}

fn class(basis: &Basis, code: &str) -> Class {
    let stated = basis.bodies.get(code).map_or("", |body| body.class.as_str());
    match stated {
        "council" => Class::Council,
        "executive" => Class::Executive,
        "planning" => Class::Planning,
        "standing" => Class::Standing,
        "other" => Class::Other,
        "no_fee" => Class::NoFee,
        "" => match code {
            "KST" => Class::Council,
            "FSK" => Class::Executive,
            "PLU" => Class::Planning,
            "OOK" | "DEU" | "KU" | "ADM" => Class::Standing,
            _ => Class::Other,
        },
        unknown => panic!("class {unknown}"),
    }
}

//! Offices and leave: overlaps, seats, and the executive's members in the council.

use chrono::NaiveDate;
use honorar_engine::basis::{BodyIx, Class, Leave, Office, PersonIx, Role};
use honorar_engine::calendar::DateSpan;
use honorar_problems::Problem;

use super::Checked;
use crate::vocabulary::TableName;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    for (person, _) in checked.basis.register().persons() {
        overlaps(checked, person, problems);
        executive_in_council(checked, person, problems);
        leave_without_office(checked, person, problems);
    }
    seats(checked, problems);
    one_mayor_at_a_time(checked, problems);
    never_used(checked, problems);
}

/// A person's offices in one body do not overlap, nor two as mayor or acting mayor, which would
/// be paid twice. Leading a party group is no office in a body.
fn overlaps(checked: &Checked<'_>, person: PersonIx, problems: &mut Vec<Problem>) {
    let mut offices: Vec<&Office> = checked.basis.of_person(person).offices.iter().collect();
    offices.sort_by_key(|office| (office.term, office.row));
    for (at, later) in offices.iter().enumerate() {
        let conflicts = |earlier: &&&Office| {
            let same_role = earlier.role == later.role && earlier.body == later.body;
            // To lead a group, or to act as leader, is beside a seat.
            let is_beside = |role: Role| matches!(role, Role::GroupLeader | Role::ActingLeader);
            let both_seats = !is_beside(earlier.role) && !is_beside(later.role);
            let same_body = later.body.is_some() && earlier.body == later.body && both_seats;
            let both_mayor = earlier.role.is_mayor() && later.role.is_mayor();
            (same_role || same_body || both_mayor) && earlier.term.overlaps(later.term)
        };
        if let Some(earlier) = offices.iter().take(at).find(conflicts) {
            let place = checked.locators.at(TableName::Offices, later.row, "from");
            let what = later
                .body
                .map_or("of the municipality".to_owned(), |body| format!("in {}", checked.code(body)));
            let problem =
                Problem::error("overlapping_offices", place, format!("the person's offices {what} overlap"))
                    .value(later.term.first().to_string())
                    .expected(format!("an interval apart from that in row {}", earlier.row))
                    .hint("end the one before the other begins");
            problems.push(problem);
        }
    }
}

/// The executive is elected from the council.
fn executive_in_council(checked: &Checked<'_>, person: PersonIx, problems: &mut Vec<Problem>) {
    let offices = checked.basis.of_person(person).offices;
    let class = |office: &Office| office.body.map(|body| checked.basis.register().body(body).class);
    let of_class = |wanted: Class| {
        offices.iter().filter(move |office| office.role.is_seat() && class(office) == Some(wanted))
    };
    if checked.doubtful.offices(person) {
        return;
    }
    let council: Vec<DateSpan> = of_class(Class::Council).map(|office| office.term).collect();
    for office in of_class(Class::Executive) {
        if let Some(day) = first_day_outside(office.term, &council) {
            let place = checked.locators.at(TableName::Offices, office.row, "person_id");
            let problem = Problem::warning(
                "executive_outside_council",
                place,
                format!("the person is in the executive, and on {day} not in the council"),
            )
            .value(checked.id(person))
            .expected("the executive's members are members of the council");
            problems.push(problem);
        }
    }
}

/// The first day of a span that none of the others covers.
fn first_day_outside(span: DateSpan, covers: &[DateSpan]) -> Option<NaiveDate> {
    let mut day = span.first();
    loop {
        let cover = covers.iter().find(|cover| cover.contains(day));
        let Some(cover) = cover else { return Some(day) };
        let next = cover.last()?.succ_opt()?;
        if !span.contains(next) {
            return None;
        }
        day = next;
    }
}

/// Leave is from an office that the person holds on some day of it.
fn leave_without_office(checked: &Checked<'_>, person: PersonIx, problems: &mut Vec<Problem>) {
    let rows = checked.basis.of_person(person);
    let matches = |leave: &Leave| {
        rows.offices
            .iter()
            .any(|office| leave.is_from(office.body, office.role) && leave.days.overlaps(office.term))
    };
    if checked.doubtful.offices(person) {
        return;
    }
    for leave in rows.leave.iter().filter(|leave| !matches(leave)) {
        let place = checked.locators.at(TableName::Leave, leave.row, "person_id");
        let problem = Problem::warning(
            "leave_without_office",
            place,
            "the leave is from no office that the person holds then",
        )
        .value(checked.id(person))
        .expected("an office of the person in the body and role of the leave");
        problems.push(problem);
    }
}

/// No more holders than seats, on the first day on which there are more.
fn seats(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    let offices = &checked.basis.rows().offices;
    let mut by_body: Vec<Vec<&Office>> = Vec::new();
    by_body.resize_with(checked.basis.register().bodies().len(), Vec::new);
    let bodies: Vec<BodyIx> = checked.basis.register().bodies().map(|(ix, _)| ix).collect();
    for office in offices.iter().filter(|office| office.role.is_seat()) {
        let at = office.body.and_then(|body| bodies.binary_search(&body).ok());
        if let Some(holders) = at.and_then(|at| by_body.get_mut(at)) {
            holders.push(office);
        }
    }
    for ((_, body), holders) in checked.basis.register().bodies().zip(by_body) {
        let Some(seats) = body.seats else { continue };
        if let Some((office, count)) = first_excess(&holders, seats as usize) {
            let place = checked.locators.at(TableName::Offices, office.row, "from");
            let message = format!("{} has {count} holders on {}", body.code, office.term.first());
            let problem = Problem::warning("too_many_holders", place, message);
            problems.push(
                problem
                    .value(office.term.first().to_string())
                    .expected(format!("at most {seats}, as there are seats")),
            );
        }
    }
}

/// One mayor, and one acting mayor, at a time: each is paid in full.
fn one_mayor_at_a_time(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    for (role, word) in [(Role::Mayor, "mayor"), (Role::ActingMayor, "acting mayor")] {
        let holders: Vec<&Office> =
            checked.basis.rows().offices.iter().filter(|office| office.role == role).collect();
        if let Some((office, count)) = first_excess(&holders, 1) {
            let place = checked.locators.at(TableName::Offices, office.row, "from");
            let message = format!("{count} people hold the office of {word} on {}", office.term.first());
            let problem = Problem::warning("too_many_holders", place, message);
            problems.push(
                problem
                    .value(office.term.first().to_string())
                    .expected("one at a time: each of them is paid"),
            );
        }
    }
}

/// The office whose first day is the earliest with more holders than a limit, and how many.
fn first_excess<'o>(holders: &[&'o Office], limit: usize) -> Option<(&'o Office, usize)> {
    let mut starts: Vec<&Office> = holders.to_vec();
    starts.sort_by_key(|office| (office.term.first(), office.row));
    let mut ends: Vec<Option<NaiveDate>> = holders.iter().map(|office| office.term.last()).collect();
    // An office that still runs ends after all others.
    ends.sort_by_key(|end| end.unwrap_or(NaiveDate::MAX));
    let mut ended = 0;
    for (begun, office) in (1..).zip(&starts) {
        let first = office.term.first();
        while ends.get(ended).is_some_and(|end| end.is_some_and(|end| end < first)) {
            ended += 1;
        }
        if begun - ended > limit {
            return Some((office, begun - ended));
        }
    }
    None
}

/// Persons whom no row of another table names.
fn never_used(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    for (person_ix, person) in checked.basis.register().persons() {
        if !checked.doubtful.names(person_ix) && !checked.doubtful.any_table() {
            let place = checked.locators.at(TableName::Persons, person.row, "person_id");
            let problem =
                Problem::warning("never_used", place, "the person has no office, attendance or claim");
            problems.push(
                problem.value(&*person.id).hint("delete the row, or look for a misspelt number elsewhere"),
            );
        }
    }
}

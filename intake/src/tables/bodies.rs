//! `bodies`: bodies that the regulation does not list, and facts about those that it does.

use std::collections::{BTreeMap, HashSet};

use honorar_engine::basis::{Body, Class};

use super::{TableReader, unknown_body};
use crate::columns::{Column, Columns, may, must};
use crate::field::Field;
use crate::table::Table;
use crate::vocabulary::{CLASSES, TableName};

const COLUMNS: [Column; 7] = [
    must("body").key(),
    may("name"),
    may("class"),
    may("seats"),
    may("elected_by"),
    may("sits_as"),
    may("paid_by"),
];

/// The bodies of the regulation, changed and added to by the table.
pub(super) fn read(reading: &mut TableReader<'_>, table: Option<&Table>) -> Vec<Body> {
    let listed = reading.regulation.bodies.iter().map(|(code, listed)| {
        let body = Body {
            code: code.as_str().into(),
            name: listed.name.as_str().into(),
            class: listed.class,
            seats: listed.seats,
            elected_by: None,
            sits_as: None,
            paid_by: None,
        };
        (Box::from(code.as_str()), body)
    });
    let mut bodies: BTreeMap<Box<str>, Body> = listed.collect();
    let Some(table) = table else { return bodies.into_values().collect() };
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Bodies, &columns);
    let mut seen = HashSet::new();
    for (_, [code_field, name, class, seats, elected_by, sits_as, paid_by]) in columns.rows() {
        let code = reading.new_key(&code_field, &mut seen);
        let class = class.word(CLASSES, &mut reading.problems);
        let seats = seats.whole(1_000, "seats", &mut reading.problems);
        let (name, elected_by, sits_as, paid_by) =
            (reading.text(&name), reading.text(&elected_by), reading.text(&sits_as), reading.text(&paid_by));
        let Ok(code) = code else { continue };
        let (Ok(class), Ok(seats)) = (class, seats) else {
            reading.doubtful.bodies.insert(code.into_string());
            continue;
        };
        let body = bodies.entry(code.clone()).or_insert_with(|| Body {
            code,
            name: Box::default(),
            class: Class::Other,
            seats: None,
            elected_by: None,
            sits_as: None,
            paid_by: None,
        });
        body.class = class.unwrap_or(body.class);
        body.seats = seats.or(body.seats);
        if !name.is_empty() {
            body.name = name;
        }
        let given = |text: Box<str>| (!text.is_empty()).then_some(text);
        body.elected_by = given(elected_by);
        body.sits_as = given(sits_as);
        body.paid_by = given(paid_by);
    }
    for (_, [code_field, _, _, _, elected_by, sits_as, _]) in columns.rows() {
        check_reference(reading, &bodies, &elected_by);
        check_reference(reading, &bodies, &sits_as);
        check_sits_as(reading, &bodies, &code_field, &sits_as);
    }
    bodies.into_values().collect()
}

fn check_reference(reading: &mut TableReader<'_>, bodies: &BTreeMap<Box<str>, Body>, field: &Field<'_>) {
    let code = reading.text(field);
    if !code.is_empty() && !bodies.contains_key(&code) && !reading.doubtful.bodies.contains(&*code) {
        reading.problems.push(unknown_body(field, &code, bodies.keys().map(|code| &**code)));
    }
}

/// A body sits as another that has members of its own.
fn check_sits_as(
    reading: &mut TableReader<'_>,
    bodies: &BTreeMap<Box<str>, Body>,
    body: &Field<'_>,
    sits_as: &Field<'_>,
) {
    let (code, other) = (reading.text(body), reading.text(sits_as));
    let chained = code == other || bodies.get(&other).is_some_and(|other| other.sits_as.is_some());
    if !other.is_empty() && chained {
        let problem = sits_as
            .error("sits_as_chain", "a body cannot sit as one that itself sits as another, or as itself");
        reading.problems.push(problem.expected("the body whose members it is"));
    }
}

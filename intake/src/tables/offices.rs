//! `offices`: who holds which office (verv), from when to when.

use honorar_engine::basis::{BodyIx, Office, Register, Role};
use honorar_engine::calendar::DateSpan;
use rust_decimal::Decimal;

use super::TableReader;
use crate::columns::{Column, Columns, may, must};
use crate::field::{Field, Reported};
use crate::table::Table;
use crate::vocabulary::{ROLES, TableName};

const FULL_TIME_PER_CENT: u32 = 100;

const COLUMNS: [Column; 6] =
    [must("person_id").key(), must("body").key(), must("role"), must("from"), may("to"), may("position")];

pub(super) fn read(reading: &mut TableReader<'_>, table: &Table, register: &Register) -> Vec<Office> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Offices, &columns);
    let mut offices = Vec::new();
    for (row, fields) in columns.rows() {
        let person = reading.person(&fields[0], register);
        let person = fields[0].needed(person, &mut reading.problems);
        match read_office(reading, fields, register) {
            Ok(OfficeRead { body, role, position, term }) => {
                offices.extend(person.map(|person| Office { person, body, role, position, term, row }));
            }
            Err(Reported) => reading.doubtful.offices_of.extend(person),
        }
    }
    offices
}

struct OfficeRead {
    body: Option<BodyIx>,
    role: Role,
    position: Option<Decimal>,
    term: DateSpan,
}

/// An office, but for whose it is.
fn read_office(
    reading: &mut TableReader<'_>,
    [_, body, role, from, to, position]: [Field<'_>; 6],
    register: &Register,
) -> Result<OfficeRead, Reported> {
    let term = reading.span(&from, &to);
    let position = position.quantity(FULL_TIME_PER_CENT, "per cent", &mut reading.problems);
    let in_body = reading.body(&body, register);
    let as_role = role.word(ROLES, &mut reading.problems);
    let as_role = role.needed(as_role, &mut reading.problems)?;
    let in_body = in_body?;
    if as_role.is_municipal() && in_body.is_some() {
        let problem = body.error("body_of_municipal_office", "this office is of the whole municipality");
        reading.problems.push(problem.expected("an empty body for mayor, deputy mayor and acting mayor"));
        return Err(Reported);
    }
    if !as_role.is_municipal() && as_role != Role::GroupLeader && in_body.is_none() {
        let problem = body.error("empty", "`body` is empty");
        reading.problems.push(
            problem.expected("the body of the office; empty is for mayor, deputy mayor and acting mayor"),
        );
        return Err(Reported);
    }
    Ok(OfficeRead { body: in_body, role: as_role, position: position?, term: term? })
}

//! `leave`: leave from offices.

use std::collections::HashSet;

use honorar_engine::basis::{Leave, Register};

use super::TableReader;
use crate::columns::{Column, Columns, may, must};
use crate::table::Table;
use crate::vocabulary::{ROLES, TableName, YES_NO};

const COLUMNS: [Column; 6] =
    [must("person_id").key(), may("body"), may("role"), must("from"), must("to"), may("paid")];

pub(super) fn read(reading: &mut TableReader<'_>, table: &Table, register: &Register) -> Vec<Leave> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Leave, &columns);
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    for (row, [person_field, body, role, from, to, paid]) in columns.rows() {
        let person = reading.person(&person_field, register);
        let person = person_field.needed(person, &mut reading.problems);
        let body = reading.body(&body, register);
        let role = role.word(ROLES, &mut reading.problems);
        let days = reading.span(&from, &to);
        let ends = to.needed(Ok((!to.is_empty()).then_some(())), &mut reading.problems);
        let days = ends.and(days);
        let paid = paid.word(YES_NO, &mut reading.problems);
        let Ok(person) = person else { continue };
        let (Ok(body), Ok(role), Ok(days), Ok(paid)) = (body, role, days, paid) else {
            reading.doubtful.offices_of.insert(person);
            continue;
        };
        let leave = Leave { person, body, role, days, paid: paid.unwrap_or(false), row };
        if seen.insert((person, body, role, days, leave.paid)) {
            all.push(leave);
        } else {
            let problem = person_field.error("double_row", "the same leave is there twice");
            reading.problems.push(problem.expected("each once").hint("delete one of the rows"));
        }
    }
    all
}

//! `incomes`: what people earned in earlier years; `other_income`: what they earn beside the office.

use std::collections::HashMap;

use honorar_engine::basis::{OtherIncome, PersonIx, Register, Row, YearIncome};

use super::{KRONER_LIMIT, TableReader};
use crate::columns::{Column, Columns, may, must};
use crate::table::Table;
use crate::vocabulary::{OTHER_INCOME_KINDS, TableName};

const COLUMNS: [Column; 4] =
    [must("person_id").key(), must("year").key(), may("net").private(), may("gross").private()];

const OTHER_COLUMNS: [Column; 5] =
    [must("person_id").key(), must("from"), may("to"), must("kind"), must("amount").private()];

/// The greatest income a year, in kroner.
const INCOME_LIMIT: u32 = 100_000_000;

pub(super) fn read(reading: &mut TableReader<'_>, table: &Table, register: &Register) -> Vec<YearIncome> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Incomes, &columns);
    let mut incomes = Vec::new();
    let mut seen: HashMap<(PersonIx, i32), Row> = HashMap::new();
    for (row, [person_field, year_field, net, gross]) in columns.rows() {
        let person = reading.person(&person_field, register);
        let person = person_field.needed(person, &mut reading.problems);
        let year = reading.year(&year_field);
        let year = year_field.needed(year, &mut reading.problems);
        let net = net.kroner(INCOME_LIMIT, &mut reading.problems);
        let gross = gross.kroner(INCOME_LIMIT, &mut reading.problems);
        let Ok(person) = person else { continue };
        let (Ok(year), Ok(net), Ok(gross)) = (year, net, gross) else {
            reading.doubtful.incomes_of.insert(person);
            continue;
        };
        if let Some(first) = seen.insert((person, year), row) {
            let message = format!("the person's income of {year} is already in row {first}");
            let problem = year_field.error("double_row", message);
            reading
                .problems
                .push(problem.expected("one row for a person and year").hint("delete one of the rows"));
            continue;
        }
        incomes.push(YearIncome { person, year, net, gross, row });
    }
    incomes
}

pub(super) fn read_other(
    reading: &mut TableReader<'_>,
    table: &Table,
    register: &Register,
) -> Vec<OtherIncome> {
    let columns = Columns::find(table, OTHER_COLUMNS, &mut reading.problems);
    reading.opened(TableName::OtherIncome, &columns);
    let mut incomes = Vec::new();
    for (row, [person_field, from, to, kind_field, amount_field]) in columns.rows() {
        let person = reading.person(&person_field, register);
        let person = person_field.needed(person, &mut reading.problems);
        let days = reading.span(&from, &to);
        let kind = kind_field.word(OTHER_INCOME_KINDS, &mut reading.problems);
        let kind = kind_field.needed(kind, &mut reading.problems);
        let amount = amount_field.kroner(KRONER_LIMIT, &mut reading.problems);
        let amount = amount_field.needed(amount, &mut reading.problems);
        if let (Ok(person), Ok(days), Ok(kind), Ok(amount_per_month)) = (person, days, kind, amount) {
            incomes.push(OtherIncome { person, days, kind, amount_per_month, row });
        }
    }
    incomes
}

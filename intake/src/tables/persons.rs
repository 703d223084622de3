//! `persons`, and `employees` (the payroll's register).

use std::collections::{HashMap, HashSet};

use honorar_engine::basis::Person;

use super::{KRONER_LIMIT, TableReader};
use crate::columns::{Column, Columns, may, must};
use crate::field::{Field, Reported};
use crate::table::Table;
use crate::vocabulary::{EMPLOYMENTS, TableName};

const COLUMNS: [Column; 7] = [
    must("person_id").key(),
    must("name").private(),
    may("group").private(),
    must("employment"),
    may("annual_net_income").private(),
    may("employer").private(),
    may("day_wage").private(),
];

const EMPLOYEE_COLUMNS: [Column; 1] = [must("person_id")];

/// The greatest net business income a year, in kroner.
const INCOME_LIMIT: u32 = 100_000_000;

pub(super) fn read(
    reading: &mut TableReader<'_>,
    table: &Table,
    employees: Option<&HashSet<String>>,
) -> Vec<Person> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Persons, &columns);
    let mut persons = Vec::new();
    let mut seen: HashMap<String, String> = HashMap::new();
    for (row, [person_id, name, group, employment, income, employer, day_wage]) in columns.rows() {
        let id = new_id(reading, &person_id, &mut seen, employees);
        let named = name.text(&mut reading.problems);
        let named = name.needed(named, &mut reading.problems);
        let employed = employment.word(EMPLOYMENTS, &mut reading.problems);
        let employed = employment.needed(employed, &mut reading.problems);
        let annual_net_income = income.kroner(INCOME_LIMIT, &mut reading.problems);
        let day_wage = day_wage.kroner(KRONER_LIMIT, &mut reading.problems);
        let (group, employer) = (reading.text(&group), reading.text(&employer));
        let Ok(id) = id else { continue };
        let whole = || -> Result<Person, Reported> {
            Ok(Person {
                id: id.as_str().into(),
                name: named?.into(),
                group,
                employment: employed?,
                annual_net_income: annual_net_income?,
                employer,
                day_wage: day_wage?,
                row,
            })
        };
        match whole() {
            Ok(person) => persons.push(person),
            Err(Reported) => {
                reading.doubtful.persons.insert(id.trim_start_matches('0').to_owned());
            }
        }
    }
    persons
}

/// An employee number that no other equals as a number, and that payroll knows.
fn new_id(
    reading: &mut TableReader<'_>,
    field: &Field<'_>,
    seen: &mut HashMap<String, String>,
    employees: Option<&HashSet<String>>,
) -> Result<String, Reported> {
    let id = employee_number(reading, field, seen)?;
    let number = id.trim_start_matches('0');
    if employees.is_some_and(|employees| !employees.contains(number)) {
        let problem = field.error("not_in_payroll", "payroll does not know this employee number");
        reading.problems.push(problem.expected("a person_id of the table `employees`"));
    }
    Ok(id)
}

/// An employee number of 1 to 10 digits that none before it equals as a number.
fn employee_number(
    reading: &mut TableReader<'_>,
    field: &Field<'_>,
    seen: &mut HashMap<String, String>,
) -> Result<String, Reported> {
    let id = field.text(&mut reading.problems);
    let id = field.needed(id, &mut reading.problems)?;
    let number = id.trim_start_matches('0').to_owned();
    if id.len() > 10 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        let problem = field
            .error("not_an_id", "this is no employee number")
            .expected("1 to 10 digits, as payroll has them");
        reading.problems.push(problem);
        reading.doubtful.persons.insert(number);
        return Err(Reported);
    }
    if let Some(other) = seen.insert(number.clone(), id.clone().into_owned()) {
        let (code, message) = if other == *id {
            ("double_key", "this `person_id` is there twice".to_owned())
        } else {
            ("equal_numbers", format!("this employee number equals `{other}` as a number"))
        };
        let problem = field
            .error(code, message)
            .expected("each person once")
            .hint("one row a person: leading zeros do not tell two people apart");
        reading.problems.push(problem);
        return Err(Reported);
    }
    Ok(id.into_owned())
}

/// The employee numbers of payroll's register, without leading zeros.
pub(super) fn read_employees(reading: &mut TableReader<'_>, table: &Table) -> HashSet<String> {
    let columns = Columns::find(table, EMPLOYEE_COLUMNS, &mut reading.problems);
    let mut seen = HashMap::new();
    for (_, [person_id]) in columns.rows() {
        // What is wrong is reported; the register has what is right.
        let _ = employee_number(reading, &person_id, &mut seen);
    }
    seen.into_keys().collect()
}

//! `group_payments`: what the municipality paid on a group's behalf.

use std::collections::HashMap;

use honorar_engine::basis::{GroupPayment, GroupPaymentKind, Register, Row};

use super::groups::KnownGroups;
use super::{KRONER_LIMIT, TableReader};
use crate::columns::{Column, Columns, may, must};
use crate::field::{Field, Reported};
use crate::table::Table;
use crate::vocabulary::{GROUP_PAYMENT_KINDS, TableName};

const COLUMNS: [Column; 7] = [
    must("group").key(),
    must("date").key(),
    must("kind"),
    must("amount").private(),
    may("person_id"),
    may("document").private(),
    may("notice"),
];

pub(super) fn read(
    reading: &mut TableReader<'_>,
    table: &Table,
    register: &Register,
    known: &KnownGroups,
) -> Vec<GroupPayment> {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::GroupPayments, &columns);
    let mut payments = Vec::new();
    let mut seen: HashMap<_, Row> = HashMap::new();
    for (row, fields) in columns.rows() {
        let [group_field, ..] = fields;
        let Ok(payment) = read_payment(reading, row, fields, register, known) else { continue };
        let key = (
            payment.group.clone(),
            payment.date,
            payment.kind,
            payment.amount,
            payment.person,
            payment.document.clone(),
        );
        if let Some(first) = seen.insert(key, row) {
            let problem = group_field
                .error("double_row", format!("the same payment is already in row {first}"))
                .expected("each payment once")
                .hint("if there are two payments, give each a document of its own");
            reading.problems.push(problem);
            continue;
        }
        payments.push(payment);
    }
    payments
}

fn read_payment(
    reading: &mut TableReader<'_>,
    row: Row,
    [group_field, date_field, kind_field, amount_field, person_field, document, notice]: [Field<'_>; 7],
    register: &Register,
    known: &KnownGroups,
) -> Result<GroupPayment, Reported> {
    let group = reading.group(&group_field, known);
    let group = group_field.needed(group, &mut reading.problems);
    let date = date_field.date(&mut reading.problems);
    let date = date_field.needed(date, &mut reading.problems);
    let kind = kind_field.word(GROUP_PAYMENT_KINDS, &mut reading.problems);
    let kind = kind_field.needed(kind, &mut reading.problems);
    let amount = amount_field.kroner(KRONER_LIMIT, &mut reading.problems);
    let amount = amount_field.needed(amount, &mut reading.problems);
    let person = reading.person(&person_field, register);
    let document = reading.text(&document);
    let notice = notice.date(&mut reading.problems);
    if kind == Ok(GroupPaymentKind::Other) && !person_field.is_empty() {
        let message = "a payment of the kind `other` is paid to no person";
        let problem = person_field.error("person_of_other_payment", message);
        reading
            .problems
            .push(problem.expected("`buy_out` or `fees` for a payment to a person, else an empty person_id"));
        return Err(Reported);
    }
    Ok(GroupPayment {
        group: group?,
        date: date?,
        kind: kind?,
        amount: amount?,
        person: person?,
        document,
        notice: notice?,
        row,
    })
}

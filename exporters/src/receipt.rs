//! The batch receipt beside a payroll file: every line back to its pay line and its basis row.

use honorar_engine::Money;
use honorar_engine::line::Origin;
use honorar_engine::wage_type::Send;

use crate::encode::{csv_bytes, sha256};
use crate::run::Run;
use crate::visma_lonn::SentLine;

const COLUMNS: [&str; 12] = [
    "record",
    "file_line",
    "pay_line",
    "person_id",
    "wage_type",
    "send",
    "quantity",
    "rate",
    "amount",
    "table",
    "rows",
    "key",
];

/// The receipt: a row for each line of the file, then count, control sum and SHA-256.
///
/// The control sum is that of the pay lines carried; what payroll prices itself is left out of it
/// and counted apart.
pub(crate) fn receipt(run: &Run<'_>, sent: &[SentLine<'_>], file: &[u8]) -> Vec<u8> {
    let header = COLUMNS.iter().map(ToString::to_string).collect();
    let lines = (1_usize..).zip(sent).map(|(file_line, sent)| row(run, file_line, sent));
    let priced_by_payroll = sent.iter().filter(|sent| sent.send == Send::Quantity).count();
    let totals = [
        ("count", sent.len().to_string()),
        ("control_sum", control_sum(sent).to_string()),
        ("priced_by_payroll", priced_by_payroll.to_string()),
        ("sha256", sha256(file)),
    ];
    let totals = totals.into_iter().map(|(record, value)| {
        let mut row = vec![String::new(); COLUMNS.len()];
        if let Some(first) = row.first_mut() {
            record.clone_into(first);
        }
        if let Some(last) = row.last_mut() {
            *last = value;
        }
        row
    });
    csv_bytes(std::iter::once(header).chain(lines).chain(totals))
}

/// The sum of the pay lines that a file carries with their amounts.
pub(crate) fn control_sum(sent: &[SentLine<'_>]) -> Money {
    sent.iter().filter(|sent| sent.send != Send::Quantity).map(|sent| sent.amount).sum()
}

fn row(run: &Run<'_>, file_line: usize, sent: &SentLine<'_>) -> Vec<String> {
    let SentLine { record, send, number, line, amount } = sent;
    let (table, rows) = line.origin.rows(&run.content.basis);
    let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
    let send = match send {
        Send::QuantityRate => "quantity_rate",
        Send::Amount => "amount",
        Send::Quantity => "quantity",
    };
    vec![
        "line".to_owned(),
        file_line.to_string(),
        number.to_string(),
        record.employee_number.clone(),
        record.wage_type.clone(),
        send.to_owned(),
        format!("{:.2}", record.quantity),
        record.rate.to_string(),
        amount.to_string(),
        table.to_owned(),
        rows.join(" "),
        key(run, line.origin),
    ]
}

/// What tells the basis row apart, whatever its place: `KST-1/0104`, `K7`, `0102/FSK/2011-10-01`.
fn key(run: &Run<'_>, origin: Origin) -> String {
    let basis = &run.content.basis;
    let register = basis.register();
    match origin {
        Origin::Office(first, count) => {
            let offices = basis.intervals(first, count).iter().map(|office| {
                let body = office.body.map_or("", |body| &*register.body(body).code);
                format!("{}/{body}/{}", register.person(office.person).id, office.term.first())
            });
            offices.collect::<Vec<_>>().join(" ")
        }
        Origin::Attendance(attendance) => {
            let row = basis.attendance(attendance);
            format!("{}/{}", register.meeting(row.meeting).id, register.person(row.person).id)
        }
        Origin::GroupPayment(payment) => {
            let payment = basis.group_payment(payment);
            let person = payment.person.map_or("", |person| &*register.person(person).id);
            format!("{}/{person}/{}", payment.group, payment.date)
        }
        Origin::Claim(_) | Origin::Trip(_) => origin.claim_id(basis).to_owned(),
    }
}

//! The batch receipt beside a payroll file: every line back to its pay line and its basis row.

use honorar_engine::Money;
use honorar_engine::digits::Digits;
use honorar_intake::csv_text::CsvText;
use honorar_rates::{AccountingPart, Send};

use super::batch::{Batch, row_key};
use super::transaction::Transaction;
use crate::encode::{sha256, text_cell};
use crate::run::Run;

const COLUMNS: [&str; 16] = [
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
    "account",
    "responsibility",
    "function",
    "project",
];

/// What a row takes, for the room of the receipt.
const BYTES_PER_ROW: usize = 96;

/// The column of the totals' values.
const VALUE: usize = 11;

/// The receipt: a row for each line of the file, then count, control sum and SHA-256.
///
/// The control sum is that of the pay lines carried; what payroll prices itself is left out of it
/// and counted apart.
pub(crate) fn receipt(run: &Run<'_>, batch: &Batch<'_>, file: &[u8]) -> Vec<u8> {
    let mut csv = CsvText::with_room(5 + batch.transactions.len(), BYTES_PER_ROW);
    csv.texts(&COLUMNS).end_row();
    let lines = (1_usize..).zip(batch.transactions.iter().zip(&batch.lines));
    for (file_line, (transaction, (number, line))) in lines {
        let (table, rows) = line.origin.rows(&run.content.basis);
        csv.text("line").value(file_line).value(*number);
        add_sent(&mut csv, transaction);
        csv.text(table);
        match rows.as_slice() {
            [row] => csv.value(*row),
            several => csv.text(&several.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        };
        csv.text(&text_cell(&row_key(run, line.origin)));
        csv.texts(&AccountingPart::ALL.map(|part| transaction.accounting.part(part))).end_row();
    }
    let is_priced_by_payroll = |one: &&Transaction<'_>| one.handed_over.send() == Send::Quantity;
    let totals = [
        ("count", batch.transactions.len().to_string()),
        ("control_sum", control_sum(&batch.transactions).to_string()),
        ("priced_by_payroll", batch.transactions.iter().filter(is_priced_by_payroll).count().to_string()),
        ("sha256", sha256(file)),
    ];
    for (record, value) in &totals {
        let mut row = [""; COLUMNS.len()];
        for (at, text) in [(0, *record), (VALUE, value)] {
            if let Some(cell) = row.get_mut(at) {
                *cell = text;
            }
        }
        csv.texts(&row).end_row();
    }
    csv.into_bytes()
}

/// The sum of the pay lines that a file carries with their amounts.
pub(super) fn control_sum(transactions: &[Transaction<'_>]) -> Money {
    transactions.iter().filter(|one| one.handed_over.send() != Send::Quantity).map(|one| one.amount).sum()
}

/// Adds what of a transaction payroll gets, in the order of [`COLUMNS`].
fn add_sent(csv: &mut CsvText, transaction: &Transaction<'_>) {
    csv.text(transaction.employee_number)
        .text(transaction.wage_type)
        .text(transaction.handed_over.send().name())
        .value(Digits::decimal(transaction.quantity().unwrap_or_default(), 2))
        .value(transaction.rate().unwrap_or_default())
        .value(transaction.amount);
}

//! The batch receipt beside a payroll file: every line back to its pay line and its basis row.

use honorar_engine::Money;
use honorar_rates::{AccountingPart, Send};

use super::batch::{Batch, row_key};
use super::transaction::Transaction;
use crate::encode::{csv_bytes, sha256, text_cell};
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

/// The column of the totals' values.
const VALUE: usize = 11;

/// The receipt: a row for each line of the file, then count, control sum and SHA-256.
///
/// The control sum is that of the pay lines carried; what payroll prices itself is left out of it
/// and counted apart.
pub(crate) fn receipt(run: &Run<'_>, batch: &Batch<'_>, file: &[u8]) -> Vec<u8> {
    let header = COLUMNS.iter().map(ToString::to_string).collect();
    let lines = (1_usize..).zip(batch.transactions.iter().zip(&batch.lines));
    let lines = lines.map(|(file_line, (transaction, (number, line)))| {
        let (table, rows) = line.origin.rows(&run.content.basis);
        let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
        let mut row = vec!["line".to_owned(), file_line.to_string(), number.to_string()];
        row.extend(sent(transaction));
        row.extend([table.to_owned(), rows.join(" "), text_cell(&row_key(run, line.origin))]);
        row.extend(AccountingPart::ALL.map(|part| transaction.accounting.part(part).to_owned()));
        row
    });
    let is_priced_by_payroll = |one: &&Transaction<'_>| one.handed_over.send() == Send::Quantity;
    let totals = [
        ("count", batch.transactions.len().to_string()),
        ("control_sum", control_sum(&batch.transactions).to_string()),
        ("priced_by_payroll", batch.transactions.iter().filter(is_priced_by_payroll).count().to_string()),
        ("sha256", sha256(file)),
    ];
    let totals = totals.into_iter().map(|(record, value)| {
        let mut row = vec![String::new(); COLUMNS.len()];
        for (at, text) in [(0, record.to_owned()), (VALUE, value)] {
            if let Some(cell) = row.get_mut(at) {
                *cell = text;
            }
        }
        row
    });
    csv_bytes(std::iter::once(header).chain(lines).chain(totals))
}

/// The sum of the pay lines that a file carries with their amounts.
pub(super) fn control_sum(transactions: &[Transaction<'_>]) -> Money {
    transactions.iter().filter(|one| one.handed_over.send() != Send::Quantity).map(|one| one.amount).sum()
}

fn sent(transaction: &Transaction<'_>) -> [String; 6] {
    [
        transaction.employee_number.to_owned(),
        transaction.wage_type.to_owned(),
        transaction.handed_over.send().name().to_owned(),
        format!("{:.2}", transaction.quantity().unwrap_or_default()),
        transaction.rate().unwrap_or_default().to_string(),
        transaction.amount.to_string(),
    ]
}

//! `lines.csv`, the canonical result, and `payables.csv`.

use honorar_engine::{Basis, PayLine};
use rust_decimal::Decimal;

use crate::encode::{csv_bytes, text_cell};
use crate::language::Words;
use crate::run::Run;

pub(crate) const COLUMNS: [&str; 19] = [
    "line",
    "person_id",
    "name",
    "kind",
    "body",
    "meeting_id",
    "claim_id",
    "date",
    "quantity",
    "rate",
    "amount",
    "wage_type",
    "cite",
    "how",
    "tax_free",
    "taxable",
    "earned",
    "corrects",
    "corrected_kind",
];

/// The pay lines: UTF-8, comma, decimal point, ISO dates, LF.
pub(crate) fn lines(run: &Run<'_>) -> Vec<u8> {
    let words = run.words();
    let rows = (1_usize..).zip(&run.payout.lines);
    let rows = rows.map(|(number, line)| fields(run, words, number, line).to_vec());
    csv_bytes(std::iter::once(header(&[])).chain(rows))
}

/// What goes to others: the same columns, plus payee and account.
pub(crate) fn payables(run: &Run<'_>) -> Vec<u8> {
    let words = run.words();
    let rows = (1_usize..).zip(&run.payout.payables).map(|(number, line)| {
        let (payee, account) = line.payee(&run.content.basis);
        let mut row = fields(run, words, number, line).to_vec();
        row.extend([text_cell(payee), text_cell(account)]);
        row
    });
    csv_bytes(std::iter::once(header(&["payee", "account"])).chain(rows))
}

pub(crate) fn header(more: &[&str]) -> Vec<String> {
    COLUMNS.iter().chain(more).map(ToString::to_string).collect()
}

/// The number of the posting that a line reverses or stands in place of.
fn corrects(basis: &Basis, line: &PayLine) -> String {
    line.corrects().map(|posting| basis.ledger().posting(posting).number.to_string()).unwrap_or_default()
}

fn fields(run: &Run<'_>, words: Words, number: usize, line: &PayLine) -> [String; 19] {
    let basis = &run.content.basis;
    let person = basis.register().person(line.person);
    let regulation = &run.content.regulation;
    let (quantity, rate) =
        line.units.map(|units| (quantity(units.quantity), units.rate.to_string())).unwrap_or_default();
    [
        number.to_string(),
        person.id.to_string(),
        text_cell(&person.name),
        line.listed_as().name().to_owned(),
        text_cell(line.body_code(basis)),
        text_cell(line.meeting_id(basis)),
        text_cell(line.origin.claim_id(basis)),
        line.date.to_string(),
        quantity,
        rate,
        line.amount.to_string(),
        run.wage_type(line).map(|wage_type| wage_type.code.clone()).unwrap_or_default(),
        line.cite(basis, regulation),
        words.how(line, basis, regulation),
        line.tax.map(|tax| tax.tax_free.to_string()).unwrap_or_default(),
        line.tax.map(|tax| tax.taxable.to_string()).unwrap_or_default(),
        line.correction.map(|correction| correction.earned.to_string()).unwrap_or_default(),
        corrects(basis, line),
        line.correction.map(|_| line.kind.name().to_owned()).unwrap_or_default(),
    ]
}

fn quantity(quantity: Decimal) -> String {
    quantity.normalize().to_string()
}

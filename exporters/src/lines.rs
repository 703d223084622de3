//! `lines.csv`, the canonical result, and `payables.csv`.

use honorar_engine::PayLine;
use rust_decimal::Decimal;

use crate::encode::{csv_bytes, text_cell};
use crate::language::Words;
use crate::run::Run;

pub(crate) const COLUMNS: [&str; 16] = [
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
        let (payee, account) = payee(run, line);
        let mut row = fields(run, words, number, line).to_vec();
        row.extend([payee, account]);
        row
    });
    csv_bytes(std::iter::once(header(&["payee", "account"])).chain(rows))
}

pub(crate) fn header(more: &[&str]) -> Vec<String> {
    COLUMNS.iter().chain(more).map(ToString::to_string).collect()
}

fn payee(run: &Run<'_>, line: &PayLine) -> (String, String) {
    match line.origin {
        honorar_engine::line::Origin::Claim(claim) => {
            let claim = run.content.basis.claim(claim);
            (text_cell(&claim.supplier), text_cell(&claim.supplier_account))
        }
        _ => Default::default(),
    }
}

fn fields(run: &Run<'_>, words: Words, number: usize, line: &PayLine) -> [String; 16] {
    let basis = &run.content.basis;
    let register = basis.register();
    let person = register.person(line.person);
    let regulation = &run.content.regulation;
    let (quantity, rate) =
        line.units.map(|units| (quantity(units.quantity), units.rate.to_string())).unwrap_or_default();
    [
        number.to_string(),
        person.id.to_string(),
        text_cell(&person.name),
        line.kind.name().to_owned(),
        line.body.map(|body| text_cell(&register.body(body).code)).unwrap_or_default(),
        line.meeting.map(|meeting| text_cell(&register.meeting(meeting).id)).unwrap_or_default(),
        text_cell(line.origin.claim_id(basis)),
        line.date.to_string(),
        quantity,
        rate,
        line.amount.to_string(),
        run.content.profile.wage_type(line.kind).map(|wage_type| wage_type.code.clone()).unwrap_or_default(),
        regulation.items.cite(line.cite),
        words.how(line, basis, regulation),
        line.tax.map(|tax| tax.tax_free.to_string()).unwrap_or_default(),
        line.tax.map(|tax| tax.taxable.to_string()).unwrap_or_default(),
    ]
}

fn quantity(quantity: Decimal) -> String {
    quantity.normalize().to_string()
}

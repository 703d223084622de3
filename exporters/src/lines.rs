//! `lines.csv`, the canonical result, and `payables.csv`.

use honorar_engine::PayLine;
use honorar_intake::csv_text::CsvText;

use crate::encode::text_cell;
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

/// What a row takes with its sentence, for the room of a table.
const BYTES_PER_ROW: usize = 192;

/// The pay lines: UTF-8, comma, decimal point, ISO dates, LF.
pub(crate) fn lines(run: &Run<'_>) -> Vec<u8> {
    let words = run.words();
    let mut csv = CsvText::with_room(1 + run.payout.lines.len(), BYTES_PER_ROW);
    csv.texts(&COLUMNS).end_row();
    for (number, line) in (1_usize..).zip(&run.payout.lines) {
        add(&mut csv, run, words, number, line);
        csv.end_row();
    }
    csv.into_bytes()
}

/// What goes to others: the same columns, plus payee and account.
pub(crate) fn payables(run: &Run<'_>) -> Vec<u8> {
    let words = run.words();
    let mut csv = CsvText::with_room(1 + run.payout.payables.len(), BYTES_PER_ROW);
    csv.texts(&COLUMNS).texts(&["payee", "account"]).end_row();
    for (number, line) in (1_usize..).zip(&run.payout.payables) {
        add(&mut csv, run, words, number, line);
        let (payee, account) = line.payee(&run.content.basis);
        csv.text(&text_cell(payee)).text(&text_cell(account)).end_row();
    }
    csv.into_bytes()
}

pub(crate) fn header(more: &[&str]) -> Vec<String> {
    COLUMNS.iter().chain(more).map(ToString::to_string).collect()
}

/// Adds the cells of a line, in the order of [`COLUMNS`].
fn add(csv: &mut CsvText, run: &Run<'_>, words: Words, number: usize, line: &PayLine) {
    let (basis, regulation) = (&run.content.basis, &run.content.regulation);
    let person = basis.register().person(line.person);
    let earned = line.correction.map(|correction| correction.earned.to_string());
    let corrects = line.corrects().map(|posting| basis.ledger().posting(posting).number.to_string());
    csv.value(number)
        .text(&person.id)
        .text(&text_cell(&person.name))
        .text(line.listed_as().name())
        .text(&text_cell(line.body_code(basis)))
        .text(&text_cell(line.meeting_id(basis)))
        .text(&text_cell(line.origin.claim_id(basis)))
        .value(line.date)
        .maybe(line.units.map(|units| units.quantity.normalize()))
        .maybe(line.units.map(|units| units.rate))
        .value(line.amount)
        .text(run.wage_type(line).map_or("", |wage_type| &wage_type.code))
        .text(&line.cite(basis, regulation))
        .text(&words.how(line, basis, regulation))
        .maybe(line.tax.map(|tax| tax.tax_free))
        .maybe(line.tax.map(|tax| tax.taxable))
        .text(&earned.unwrap_or_default())
        .text(&corrects.unwrap_or_default())
        .text(line.correction.map_or("", |_| line.kind.name()));
}

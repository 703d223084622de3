//! `unimicro.csv`: Unimicro's import of pay items, as `unimicro.md` has it.

use chrono::NaiveDate;
use encoding_rs::WINDOWS_1252;
use honorar_problems::Problem;

use super::delimited::{cell, number};
use super::{Dimensions, Setup, Transaction, unless};

/// The file: Windows-1252, semicolons, decimal commas, CR LF.
///
/// Errors: a dimension without a text for a line.
pub(super) fn write(transactions: &[Transaction<'_>], setup: &Setup<'_>) -> Result<Vec<u8>, Vec<Problem>> {
    let profile = &setup.receivers.unimicro;
    let (mut file, mut dimensions) = (String::new(), Dimensions::default());
    for transaction in transactions {
        let (quantity, rate) = transaction.as_quantity_and_rate();
        let date = |date: NaiveDate| date.format("%d.%m.%Y").to_string();
        let (first, last) = days(transaction);
        let mut fields = vec![
            transaction.employee_number.to_owned(),
            transaction.wage_type.to_owned(),
            cell(&transaction.text),
            date(first),
            date(last),
            rate.map(|rate| number(rate.decimal(), ',')).unwrap_or_default(),
            number(quantity, ','),
        ];
        let more = [&profile.department, &profile.project].into_iter().flatten();
        fields.extend(more.map(|dimension| dimensions.text(dimension, transaction).to_owned()));
        file += &fields.join(";");
        file += "\r\n";
    }
    unless(dimensions.problems(setup), in_windows_1252(&file))
}

/// The days that it was earned on: an office's in the period, else the day it belongs to.
fn days(transaction: &Transaction<'_>) -> (NaiveDate, NaiveDate) {
    match transaction.traits.office {
        Some(_) => (transaction.earned.first(), transaction.earned.last().unwrap_or(transaction.date)),
        None => (transaction.date, transaction.date),
    }
}

/// Only a text for people can have other letters: they become question marks.
fn in_windows_1252(text: &str) -> Vec<u8> {
    let has_place = |c: char| !WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).2;
    let text: String = text.chars().map(|c| if has_place(c) { c } else { '?' }).collect();
    WINDOWS_1252.encode(&text).0.into_owned()
}

//! `tripletex.csv`: Tripletex's salary import, as `tripletex.md` has it.

use chrono::Datelike;
use honorar_engine::Period;
use honorar_problems::Problem;
use honorar_rates::DecimalMark;

use super::delimited::{cell, number};
use super::{Dimensions, Setup, Transaction, unless};

const COLUMNS: [&str; 9] = [
    "YEAR",
    "MONTH",
    "EMPLOYEE NUMBER",
    "WAGE TYPE NUMBER",
    "COMMENT",
    "QUANTITY",
    "RATE",
    "PROJECT NUMBER",
    "DEPARTMENT NUMBER",
];

/// The file: UTF-8, semicolons, CR LF.
///
/// Errors: no month, and a dimension without a text for a line.
pub(super) fn write(transactions: &[Transaction<'_>], setup: &Setup<'_>) -> Result<Vec<u8>, Vec<Problem>> {
    let profile = &setup.receivers.tripletex;
    let mark = if profile.decimal_mark == DecimalMark::Comma { ',' } else { '.' };
    let (mut file, mut dimensions, mut without_month) =
        (COLUMNS.join(";") + "\r\n", Dimensions::default(), false);
    for transaction in transactions {
        let month = profile.month.map(Period::first_day).or(transaction.paid);
        without_month |= month.is_none();
        let (quantity, rate) = transaction.as_quantity_and_rate();
        let fields = [
            month.map(|month| month.year().to_string()).unwrap_or_default(),
            month.map(|month| month.month().to_string()).unwrap_or_default(),
            transaction.employee_number.to_owned(),
            transaction.wage_type.to_owned(),
            cell(&transaction.text),
            number(quantity, mark),
            rate.map(|rate| number(rate.decimal(), mark)).unwrap_or_default(),
            dimensions.text(&profile.project, transaction).to_owned(),
            dimensions.text(&profile.department, transaction).to_owned(),
        ];
        file += &fields.join(";");
        file += "\r\n";
    }
    let mut problems = dimensions.problems(setup);
    if without_month {
        let message = "Tripletex wants the month of payment, and the regulation does not say it".to_owned();
        problems.push(setup.refused(message).expected("`month = \"2014-07\"` under [tripletex]"));
    }
    unless(problems, file.into_bytes())
}

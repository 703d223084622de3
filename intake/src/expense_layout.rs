//! Visma Expense's payroll CSV where it has no row of headings: its columns in the published order.
//!
//! Known: the columns and their order. Decided by this project, because nothing is published: how a row
//! of headings is told from one of values, and that the cost units are what stands between the VAT code and
//! the transaction's date.

use crate::vocabulary::{self, TableName};

/// The columns before the cost units.
const BEFORE: [&str; 13] = [
    "person_id",
    "claim_id",
    "description",
    "transfer_date",
    "pay_code",
    "quantity",
    "unit_price",
    "total_value",
    "debit_account",
    "debit_amount",
    "credit_account",
    "credit_amount",
    "vat_code",
];

/// The one column behind them.
const LAST: &str = "transaction_date";

/// One known heading may be a description or a cost unit by chance; two are headings.
const LEAST_HEADINGS: usize = 2;

/// Whether a table of this name may come without headings.
pub(crate) fn is_expense(table: &str) -> bool {
    vocabulary::table(table) == Some(TableName::VismaExpense)
}

/// Whether so many known headings make a row of headings.
pub(crate) fn are_headings(known: usize) -> bool {
    known >= LEAST_HEADINGS
}

/// Whether a heading is one of the export's.
pub(crate) fn is_heading(heading: &str) -> bool {
    vocabulary::column(heading).is_some_and(|name| BEFORE.contains(&name) || name == LAST)
}

/// The headings of so many columns; nothing where they are too few.
pub(crate) fn headings(columns: usize) -> Option<Vec<String>> {
    let cost_units = columns.checked_sub(BEFORE.len() + 1)?;
    let cost_units = (1..=cost_units).map(|number| format!("cost_unit {number}"));
    let before = BEFORE.into_iter().map(str::to_owned);
    Some(before.chain(cost_units).chain([LAST.to_owned()]).collect())
}

/// The separator that parts each of the first lines into the most cells.
pub(crate) fn separator(text: &str) -> u8 {
    const LINES: usize = 20;
    let least = |separator: &u8| {
        let lines = text.lines().filter(|line| !line.trim().is_empty()).take(LINES);
        lines.map(|line| separators_of(line, *separator)).min()
    };
    [b'\t', b',', b';'].into_iter().max_by_key(least).unwrap_or(b';')
}

/// How many separators a line has outside quotation marks.
fn separators_of(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let outside = line.bytes().filter(|byte| {
        quoted ^= *byte == b'"';
        !quoted && *byte == separator
    });
    outside.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_parts_every_line() {
        let norwegian = "101;7;Bil, møte;06.03.2014;460;12,5;4,05;50,63;;;;;;06.03.2014\n";
        assert_eq!(separator(norwegian), b';');
        assert_eq!(separator(&norwegian.replace(',', ".").replace(';', ",")), b',');
        assert_eq!(separator(&norwegian.replace(';', "\t")), b'\t');
        let quoted = "101,7,\"a;b;c;d;e;f;g;h;i;j;k;l;m;n;o\",,460,1,4,4,,,,,,2014-03-06\n";
        assert_eq!(separator(quoted), b',');
    }

    #[test]
    fn the_last_column_is_the_date_whatever_the_cost_units() {
        assert_eq!(headings(13), None);
        let least = headings(14).expect("14 columns are enough");
        assert_eq!((least.len(), least.last().map(String::as_str)), (14, Some("transaction_date")));
        let more = headings(17).expect("more are cost units");
        assert_eq!(
            more.get(13..),
            Some(&["cost_unit 1", "cost_unit 2", "cost_unit 3", LAST].map(str::to_owned)[..])
        );
        assert!(more.iter().all(|heading| is_heading(heading) || heading.starts_with("cost_unit")));
    }
}

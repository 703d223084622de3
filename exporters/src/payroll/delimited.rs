//! Cells of files with semicolons between them.

use rust_decimal::Decimal;

use crate::encode::text_cell;

/// A text in a cell: one that needs no quotes, and that no spreadsheet takes for a formula.
pub(super) fn cell(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c == ';' || c == '"' || c.is_control() { ' ' } else { c }).collect();
    text_cell(text.trim()).into_owned()
}

/// A number with two decimals.
pub(super) fn number(number: Decimal, decimal_mark: char) -> String {
    format!("{number:.2}").replace('.', &decimal_mark.to_string())
}

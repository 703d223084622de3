//! Cells of files with semicolons between them.

use rust_decimal::Decimal;

/// A text in a cell: one that needs no quotes, and that no spreadsheet takes for a formula.
pub(super) fn cell(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c == ';' || c == '"' || c.is_control() { ' ' } else { c }).collect();
    let text = text.trim();
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}

/// A number with two decimals.
pub(super) fn number(number: Decimal, decimal_mark: char) -> String {
    format!("{number:.2}").replace('.', &decimal_mark.to_string())
}

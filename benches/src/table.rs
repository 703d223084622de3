//! What was measured, each beside its bar, as a table for a page of Markdown.

/// The table's rows: what is measured, what it came to, and its bar.
#[derive(Debug, Default)]
pub(crate) struct Table(Vec<[String; 3]>);

impl Table {
    /// Adds a row; what has no bar is only told.
    pub(crate) fn add(&mut self, measured: impl Into<String>, value: String, bar: &str) {
        self.0.push([measured.into(), value, bar.to_owned()]);
    }

    pub(crate) fn print(&self) {
        println!("| measured | ratio | bar |\n|---|---|---|");
        for [measured, value, bar] in &self.0 {
            println!("| {measured} | {value} | {bar} |");
        }
    }
}

/// A number of tenths or hundredths, with a decimal point.
pub(crate) fn decimal(parts: u128, decimals: usize) -> String {
    let digits = format!("{parts:0width$}", width = decimals + 1);
    let (whole, parts) = digits.split_at(digits.len() - decimals);
    format!("{whole}.{parts}")
}

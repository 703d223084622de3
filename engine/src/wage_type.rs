//! Wage types (lønnsarter): how payroll knows a kind of pay line.

use std::collections::BTreeMap;

use crate::line::Kind;

/// How a line is handed to payroll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Send {
    /// Quantity and rate; payroll multiplies.
    QuantityRate,
    /// The amount.
    Amount,
    /// The quantity; payroll holds the rate.
    Quantity,
}

/// A wage type of the municipality's payroll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WageType {
    /// Its number, digits only, as payroll has it.
    pub code: String,
    /// The number of the part that is taxed, where payroll wants it apart.
    pub taxable_code: Option<String>,
    /// How its lines are handed over.
    pub send: Send,
}

/// The wage types by kind of pay line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WageTypes(pub BTreeMap<Kind, WageType>);

impl WageTypes {
    /// The wage type of a kind of line.
    pub fn of(&self, kind: Kind) -> Option<&WageType> {
        self.0.get(&kind)
    }
}

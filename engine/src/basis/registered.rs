//! What another system knows of a claim that is registered there.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::money::Money;

/// A claim's row in another system, which payroll is paid from: Visma Expense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The system's pay code (lønnsart), as the municipality's profile writes it.
    pub pay_code: Box<str>,
    /// How many, of what the pay code counts.
    pub quantity: Option<Decimal>,
    /// Kroner for each, with as many decimals as the system has.
    pub price_per_unit: Option<Decimal>,
    /// The kroner that are claimed there, and that payroll gets from there.
    pub amount: Money,
    /// The account that is debited.
    pub debit_account: Box<str>,
    /// The account that is credited.
    pub credit_account: Box<str>,
    /// When it was handed over to payroll, where that is known.
    pub transferred: Option<NaiveDate>,
}

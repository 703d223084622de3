//! What payroll is told of a pay line, whichever system takes it.

use chrono::NaiveDate;
use honorar_engine::Money;
use honorar_engine::calendar::DateSpan;
use honorar_engine::line::Units;
use honorar_rates::{AccountingString, Send, Traits};
use rust_decimal::Decimal;

/// One transaction of a payroll file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction<'r> {
    /// The employee number, as payroll has it: digits.
    pub employee_number: &'r str,
    /// The wage type, as payroll has it: digits.
    pub wage_type: &'r str,
    /// How the amount is handed over.
    pub handed_over: HandedOver,
    /// The part of the pay line that it carries.
    pub amount: Money,
    /// The day it belongs to.
    pub date: NaiveDate,
    /// The days in which it was earned.
    pub earned: DateSpan,
    /// The day on which it is paid, where the regulation says it.
    pub paid: Option<NaiveDate>,
    /// What it is, for people: a text of one line. Empty where no receiver takes it.
    pub text: String,
    /// What tells it apart from all others of the municipality, where a receiver takes it.
    pub key: String,
    /// What dimensions may follow from.
    pub traits: Traits<'r>,
    /// Where it is posted.
    pub accounting: AccountingString,
}

/// How an amount is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandedOver {
    /// A quantity, of at most two decimals, and a rate: payroll multiplies.
    QuantityRate(Units),
    /// The amount.
    Amount,
    /// A quantity, of at most two decimals: payroll holds the rate.
    Quantity(Decimal),
}

impl HandedOver {
    /// The way, without its numbers.
    pub fn send(self) -> Send {
        match self {
            Self::QuantityRate(_) => Send::QuantityRate,
            Self::Amount => Send::Amount,
            Self::Quantity(_) => Send::Quantity,
        }
    }
}

impl Transaction<'_> {
    /// How many; nothing where the amount is handed over.
    pub fn quantity(&self) -> Option<Decimal> {
        match self.handed_over {
            HandedOver::QuantityRate(units) => Some(units.quantity),
            HandedOver::Quantity(quantity) => Some(quantity),
            HandedOver::Amount => None,
        }
    }

    /// Kroner for each; nothing where payroll holds the rate or the amount is handed over.
    pub fn rate(&self) -> Option<Money> {
        match self.handed_over {
            HandedOver::QuantityRate(units) => Some(units.rate),
            HandedOver::Quantity(_) | HandedOver::Amount => None,
        }
    }

    /// The amount, where it is handed over as such.
    pub fn lump_sum(&self) -> Option<Money> {
        match self.handed_over {
            HandedOver::Amount => Some(self.amount),
            HandedOver::QuantityRate(_) | HandedOver::Quantity(_) => None,
        }
    }

    /// For systems that know quantities and rates only: an amount is one of itself.
    pub fn as_quantity_and_rate(&self) -> (Decimal, Option<Money>) {
        match self.handed_over {
            HandedOver::QuantityRate(units) => (units.quantity, Some(units.rate)),
            HandedOver::Quantity(quantity) => (quantity, None),
            HandedOver::Amount => (Decimal::ONE, Some(self.amount)),
        }
    }
}

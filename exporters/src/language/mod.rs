//! Explanations as sentences. An explanation is data; a language is a file here.

mod english;
mod group_support;

use chrono::NaiveDate;
use honorar_engine::basis::{Basis, Class};
use honorar_engine::groups::{GroupLine, GroupTransfer};
use honorar_engine::regulation::{AmountIx, Statement, Worth};
use honorar_engine::{Money, PayLine, Regulation};

/// Why a line has its amount, in one English sentence that a pocket calculator can check.
pub fn how(line: &PayLine, basis: &Basis, regulation: &Regulation) -> String {
    english::how(line, basis, regulation)
}

/// Why a line of a party group has its amount, in one English sentence that a pocket calculator can
/// check.
pub fn how_of_group(line: &GroupLine, basis: &Basis, regulation: &Regulation) -> String {
    group_support::how(line, basis, regulation)
}

/// What is transferred of a party group's grant, in one English sentence.
pub fn how_of_transfer(group: &GroupTransfer) -> String {
    group_support::transfer(group)
}

/// How an amount of a regulation comes about on a day, as a pocket calculator takes it; nothing where it
/// is stated in kroner. `nearly` is the amount where it is no whole øre.
pub fn how_of_amount(statement: &Statement, written: &str, worth: &Worth, nearly: Money) -> Option<String> {
    english::how_of_amount(statement, written, worth, nearly)
}

/// Whose a fee is on a day; nothing for an amount that is no fee.
pub fn whose(amount: AmountIx, regulation: &Regulation, day: NaiveDate) -> Option<String> {
    english::whose(amount, regulation, day)
}

/// A body's class.
pub fn class(class: Class) -> &'static str {
    english::class(class)
}

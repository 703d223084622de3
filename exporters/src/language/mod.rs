//! Explanations as sentences. An explanation is data; a language is a file here.

mod english;
mod group_support;

use honorar_engine::groups::{GroupLine, GroupTransfer};
use honorar_engine::{PayLine, Regulation, basis::Basis};

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

//! Explanations as sentences. An explanation is data; a language is a file here.

mod english;

use honorar_engine::{PayLine, Regulation, basis::Basis};

/// Why a line has its amount, in one English sentence that a pocket calculator can check.
pub fn how(line: &PayLine, basis: &Basis, regulation: &Regulation) -> String {
    english::how(line, basis, regulation)
}

//! The sentence of a correction: what it takes back, or in place of what it stands.

use honorar_engine::line::{Correction, Origin};
use honorar_engine::{Basis, PayLine};

use super::catalogue::Catalogue;

/// What is corrected, and then why the amount is what it is.
pub(super) fn sentence(
    say: &Catalogue,
    correction: Correction,
    how: &str,
    line: &PayLine,
    basis: &Basis,
) -> String {
    let say = &say.correction;
    let earned = correction.earned.to_string();
    let corrected = correction.corrects.map(|posting| basis.ledger().posting(posting).number.to_string());
    let what = match (corrected, line.origin) {
        (Some(number), Origin::Posting(_)) => say.taken_back(&number, &earned),
        (Some(number), _) => say.instead_of(&number, &earned),
        (None, _) => say.left_out(&earned),
    };
    format!("{what}: {how}")
}

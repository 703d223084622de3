//! A basis, read and paid: what `run`, `check` and `explain` share.

use std::path::Path;

use honorar_engine::{Payout, Period, compute};
use honorar_intake::{Content, Reading, payout_warnings, read, shortfall_problems};
use honorar_problems::{Problem, in_order};

/// A basis that was read, and paid where it has no errors.
pub(crate) struct Paid {
    pub(crate) reading: Reading,
    pub(crate) payout: Option<Payout>,
}

impl Paid {
    /// The content and the payout of a basis without errors.
    pub(crate) fn result(&self) -> Option<(&Content, &Payout)> {
        self.reading.content.as_ref().zip(self.payout.as_ref())
    }
}

/// Reads a basis and pays it for a period. What is missing joins the problems.
pub(crate) fn pay(path: &Path, config: Option<&Path>, period: Period) -> Paid {
    let mut reading = read(path, config);
    let result = reading.content.as_ref().map(|content| {
        content.pays_in(period).map_err(|problem| vec![problem]).and_then(|()| computed(content, period))
    });
    match result {
        Some(Ok(payout)) => {
            let warnings = reading.content.as_ref().map(|content| payout_warnings(content, &payout, period));
            reading.problems.extend(warnings.into_iter().flatten());
            reading.problems = in_order(reading.problems);
            Paid { reading, payout: Some(payout) }
        }
        Some(Err(problems)) => {
            reading.problems.extend(problems);
            Paid { reading, payout: None }
        }
        None => Paid { reading, payout: None },
    }
}

/// The payout of a content, or what is missing for it.
pub(crate) fn computed(content: &Content, period: Period) -> Result<Payout, Vec<Problem>> {
    compute(&content.basis, &content.regulation, period)
        .map_err(|shortfalls| shortfall_problems(content, &shortfalls))
}

//! A basis, read and paid: what `run`, `check`, `explain` and `reconcile` share.

use std::path::Path;

use honorar_engine::{Payout, Period, compute};
use honorar_intake::{Content, Reading, payout_warnings, read, read_with_expense, shortfall_problems};
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
    pay_reading(read(path, config), period)
}

/// The same with Visma Expense's export, which lies elsewhere.
pub(crate) fn pay_with_expense(path: &Path, config: Option<&Path>, expense: &Path, period: Period) -> Paid {
    pay_reading(read_with_expense(path, config, expense), period)
}

fn pay_reading(mut reading: Reading, period: Period) -> Paid {
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

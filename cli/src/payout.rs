//! A basis, read and paid: what `run`, `check` and `explain` share.

use std::path::Path;

use honorar_engine::{Payout, Period, compute};
use honorar_intake::{Content, Reading, read, shortfall_problems};
use honorar_problems::{Place, Problem};

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
    let result = reading
        .content
        .as_ref()
        .map(|content| in_force(content, period).and_then(|()| computed(content, period)));
    match result {
        Some(Ok(payout)) => Paid { reading, payout: Some(payout) },
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

/// The regulation is in force on every day of the period.
fn in_force(content: &Content, period: Period) -> Result<(), Vec<Problem>> {
    let in_force = content.regulation.in_force;
    if in_force.contains(period.first_day()) && in_force.contains(period.last_day()) {
        return Ok(());
    }
    let until = in_force.last().map(|last| format!(" until {last}")).unwrap_or_default();
    let place = content.profile.place().clone();
    let message = format!("the regulation `{}` is not in force in all of {period}", content.regulation.name);
    let problem = Problem::error("not_in_force", Place { ..place }, message)
        .expected(format!("a period from {}{until}", in_force.first()))
        .hint("name the regulation of that time in honorar.toml, or another period");
    Err(vec![problem])
}

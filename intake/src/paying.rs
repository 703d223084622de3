//! A basis that was read, paid for a period.

use honorar_engine::{Payout, Period, compute};
use honorar_problems::{Problem, has_errors, in_order};

use crate::paid_before::paid_before_problems;
use crate::payout_warnings::payout_warnings;
use crate::reading::{Content, Reading};
use crate::shortfalls::shortfall_problems;

/// A basis that was read, and paid where nothing stood in the way.
#[derive(Debug)]
pub struct Paid {
    /// What was read, with the problems of paying it among its own.
    pub reading: Reading,
    /// What it gives; nothing where there is an error.
    pub payout: Option<Payout>,
}

impl Paid {
    /// The content and the payout of a basis without errors.
    pub fn result(&self) -> Option<(&Content, &Payout)> {
        self.reading.content.as_ref().zip(self.payout.as_ref())
    }
}

/// Pays what was read for a period. What is missing, and what there is to look at, joins the problems.
pub fn pay(mut reading: Reading, period: Period) -> Paid {
    let Some(content) = &reading.content else { return Paid { reading, payout: None } };
    let paid =
        content.pays_in(period).map_err(|problem| vec![problem]).and_then(|()| computed(content, period));
    let (payout, problems) = match paid {
        Ok(payout) => {
            let mut problems = payout_warnings(content, &payout, period);
            problems.extend(paid_before_problems(content, &payout, period));
            (Some(payout), problems)
        }
        Err(problems) => (None, problems),
    };
    let payout = payout.filter(|_| !has_errors(&problems));
    reading.problems.extend(problems);
    if payout.is_some() {
        reading.problems = in_order(reading.problems);
    }
    Paid { reading, payout }
}

/// The payout of a content, or what is missing for it.
pub fn computed(content: &Content, period: Period) -> Result<Payout, Vec<Problem>> {
    compute(&content.basis, &content.regulation, period)
        .map_err(|shortfalls| shortfall_problems(content, &shortfalls))
}

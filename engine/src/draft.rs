//! One person's lines on their way, and what they lack.

use std::collections::BTreeSet;

use crate::basis::ClaimIx;
use crate::line::{Origin, PayLine};
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{Amount, ItemId, Stated, Trail};

/// Something that a line needs and that is not there: nothing is paid before it is supplied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shortfall {
    /// A parameter of the regulation without a value.
    MissingParameter {
        /// Its name.
        name: String,
        /// Where the regulation has it.
        item: ItemId,
    },
    /// No travel rate is known for the day of a claim, or above the yearly limit on that day.
    NoTravelRate {
        /// The claim.
        claim: ClaimIx,
        /// Whether it is the rate above the yearly limit that is not known.
        above_limit: bool,
    },
}

/// A stated amount, or the parameter that is missing.
pub(crate) fn known(amount: &Stated<Amount>, trail: &mut Trail) -> Result<Money, Shortfall> {
    match trail.read(amount) {
        Amount::Known(amount) => Ok(*amount),
        Amount::Missing(name) => Err(Shortfall::MissingParameter { name: name.clone(), item: amount.item() }),
    }
}

/// The lines of one person on their way.
pub(crate) struct Draft<'a> {
    pub(crate) year: PersonYear<'a>,
    pub(crate) lines: Vec<PayLine>,
    pub(crate) shortfalls: BTreeSet<Shortfall>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(year: PersonYear<'a>) -> Self {
        Self { year, lines: Vec::new(), shortfalls: BTreeSet::new() }
    }

    /// Takes a line, or what it lacked.
    pub(crate) fn take(&mut self, line: Result<PayLine, Shortfall>) {
        match line {
            Ok(mut line) => {
                if !matches!(line.origin, Origin::Office(..)) {
                    line.trail.read(&self.year.regulation.fees.meeting_fees_and_claims);
                }
                self.lines.push(line);
            }
            Err(shortfall) => {
                self.shortfalls.insert(shortfall);
            }
        }
    }

    /// Whether meeting fees and claims are paid in this run.
    pub(crate) fn pays_meetings_and_claims(&self) -> bool {
        *self.year.regulation.fees.meeting_fees_and_claims.peek() == self.year.period.payment()
    }
}

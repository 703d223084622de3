//! What a line needs and what is not there.

use chrono::NaiveDate;

use crate::basis::{ClaimIx, PersonIx, Row};
use crate::regulation::{ItemId, StateAmount};

/// Something that a line needs and that is not there: nothing is paid before it is supplied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shortfall {
    /// A parameter of the regulation without a value on a day.
    MissingParameter {
        /// Where the regulation has it; the item bears the parameter's name.
        item: ItemId,
    },
    /// The state's amount, such as a Storting member's pay, is not known for a day.
    NoStateAmount {
        /// Which amount.
        amount: StateAmount,
        /// The day.
        day: NaiveDate,
    },
    /// No travel rate is known for the day of a claim, or above the yearly limit on that day.
    NoTravelRate {
        /// The claim.
        claim: ClaimIx,
        /// Whether it is the rate above the yearly limit that is not known.
        above_limit: bool,
    },
    /// The position of an office is not given, and its fee depends on it.
    MissingPosition {
        /// The office's row.
        office: Row,
    },
    /// A person's own day's wage is not given, and a cap depends on it; nobody where there is no person.
    MissingDayWage {
        /// Whose.
        person: Option<PersonIx>,
    },
    /// The income of a year that a claim's loss is worked out from is not given.
    MissingIncome {
        /// The claim.
        claim: ClaimIx,
        /// The year.
        year: i32,
    },
    /// The regulation does not say how a claim of this kind is covered.
    NotCovered {
        /// The claim.
        claim: ClaimIx,
    },
    /// Two provisions would both pay the same thing.
    Conflict {
        /// The one.
        first: ItemId,
        /// The other.
        second: ItemId,
    },
}

//! What a line needs and what is not there.

use chrono::NaiveDate;

use crate::basis::ClaimIx;
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
    /// Two provisions would both pay the same thing.
    Conflict {
        /// The one.
        first: ItemId,
        /// The other.
        second: ItemId,
    },
}

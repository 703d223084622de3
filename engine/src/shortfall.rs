//! What a line needs and what is not there.

use chrono::NaiveDate;

use crate::basis::{ClaimIx, PersonIx, Row};
use crate::ledger::PostingIx;
use crate::line::Origin;
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
    /// No travel rate is known for a day of a claim or journey.
    NoTravelRate {
        /// The claim or journey.
        origin: Origin,
        /// Which rate.
        rate: TravelRate,
        /// The day.
        day: NaiveDate,
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
    /// A person's group is not given, and a fee depends on how many it has.
    MissingGroup {
        /// Whose.
        person: PersonIx,
    },
    /// An amount has more digits than can be worked out exactly.
    TooManyDigits {
        /// Where the regulation has it.
        item: ItemId,
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
    /// Somebody who is not in the basis was paid for a period that is worked out again.
    PaidPersonNotInBasis {
        /// What was paid.
        posting: PostingIx,
    },
    /// Two provisions would both pay the same thing.
    Conflict {
        /// The one.
        first: ItemId,
        /// The other.
        second: ItemId,
    },
}

/// A rate of the state's that a line may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TravelRate {
    /// A kilometre by car.
    Car,
    /// A kilometre by car above the yearly limit.
    CarAboveLimit,
    /// A kilometre by electric car.
    ElectricCar,
    /// A kilometre with a passenger.
    Passenger,
    /// A kilometre of forest and farm roads.
    Forest,
    /// A day trip.
    Day,
    /// 24 hours with a night.
    Overnight,
    /// The hours beyond whole days.
    BegunDay,
    /// A night without documentation.
    UndocumentedNight,
    /// What is taken off for meals.
    Meals,
}

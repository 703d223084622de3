//! Why an amount: the explanation of a line as data, rendered in a language elsewhere.

mod claims;
mod fees;
mod travel;

pub use self::claims::{
    Asked, CappedWhy, Filled, Income, MeetingCap, MeetingLength, MeetingTime, PerHour, Refusal, RefusedWhy,
    SocialCosts, Sums,
};
pub use self::fees::{
    AbsenceMeeting, AbsenceReduction, AbsenceWhy, AfterPayMonth, AfterPayWhy, ExtraHoursWhy, FixedFeeWhy,
    InstalmentPart, MeetingFeeWhy, MeetingSeat, NotHeld, NotPaid, OtherPayWhy, Remote, RoundedTo,
};
pub use self::travel::{
    AboveWhy, DayOfTrip, DaysWhy, DistanceWhy, MealWhy, NoTravelWhy, SubsistenceWhy, TakenOff,
};
use crate::basis::GroupPaymentKind;
use crate::money::{Money, Rounding, Unrounded};
use crate::regulation::Sign;

/// The reason of a line's amount.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// An instalment of a yearly fee.
    FixedFee(FixedFeeWhy),
    /// Absence over the threshold.
    Absence(AbsenceWhy),
    /// A fee for a meeting.
    MeetingFee(MeetingFeeWhy),
    /// A claim held against caps.
    Capped(CappedWhy),
    /// A claim refused as a whole.
    Refused(RefusedWhy),
    /// Kilometres at the state's rates.
    Distance(DistanceWhy),
    /// Subsistence on a journey, at the state's rates.
    Subsistence(SubsistenceWhy),
    /// A journey, or a distance, that gives nothing.
    NoTravel(NoTravelWhy),
    /// A documented cost, as it is.
    DocumentedCost(Money),
    /// Months' pay after an office.
    AfterPay(AfterPayWhy),
    /// What was paid, taken back in full.
    Reversal,
    /// Paid on a party group's behalf, and deducted from its support.
    GroupPayment(GroupPaymentKind),
}

/// An amount of the regulation as a sentence shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// How it is made of others; empty where it is stated in kroner.
    pub signs: Vec<Sign>,
    /// The amount, where it is one of whole øre.
    pub kroner: Option<Money>,
    /// How it was rounded where it is stated.
    pub rounding: Option<Rounding>,
}

impl Rate {
    pub(crate) fn new(exact: Unrounded, signs: Vec<Sign>, rounding: Option<Rounding>) -> Self {
        Self { kroner: exact.in_whole_oere(), signs, rounding }
    }
}

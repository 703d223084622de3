//! Why an amount: the explanation of a line as data, rendered in a language elsewhere.

use std::num::NonZeroU32;

use rust_decimal::Decimal;

use crate::basis::{GroupPaymentKind, Role};
use crate::money::{Money, Rounding, Unrounded};
use crate::regulation::{Share, Sign};

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
    /// A documented cost, as it is.
    DocumentedCost(Money),
    /// A kind that this version does not calculate.
    NotCalculated(NotCalculatedWhy),
    /// Paid on a party group's behalf, and deducted from its support.
    GroupPayment(GroupPaymentKind),
}

/// A claim that this version does not calculate: what it stated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NotCalculatedWhy {
    /// Months of after-pay.
    pub months: Option<Decimal>,
    /// Kroner.
    pub amount: Option<Money>,
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

/// An amount that was rounded on the way to a line, because the regulation says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoundedTo {
    /// The amount.
    pub amount: Money,
    /// How it was rounded.
    pub rounding: Rounding,
}

/// The days of a period that have one rate.
#[derive(Debug, Clone, PartialEq)]
pub struct InstalmentPart {
    /// The year's fee.
    pub rate: Rate,
    /// The whole instalment, where it is rounded by itself.
    pub rounded: Option<RoundedTo>,
    /// How many days were held at that rate.
    pub days_held: u32,
}

/// An instalment: the year's fee, divided, and in proportion to the days held.
#[derive(Debug, Clone, PartialEq)]
pub struct FixedFeeWhy {
    /// The role it is paid for.
    pub role: Role,
    /// The rates that the fee had, in the order of their days.
    pub parts: Vec<InstalmentPart>,
    /// In how many instalments.
    pub instalments: u32,
    /// Days of the period.
    pub days_in_period: u32,
    /// Days in office that were not held for unpaid leave.
    pub days_on_leave: u32,
    /// Days in office that were not held for being mayor or acting mayor.
    pub days_as_mayor: u32,
}

/// A reduction: the part of the absence that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AbsenceWhy {
    /// Meetings missed.
    pub missed: u32,
    /// Meetings that there was a duty to attend.
    pub duty: NonZeroU32,
    /// The threshold.
    pub threshold: Share,
    /// Whether only the part over the threshold counts.
    pub only_part_over: bool,
    /// The year's instalments.
    pub fee_of_year: Money,
}

/// As what somebody gets a meeting fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingSeat {
    /// The elected leader.
    Leader,
    /// A member.
    Member,
    /// A substitute.
    Substitute,
    /// Called by a right of its own.
    Summoned,
}

/// A meeting fee and what it was reduced by.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingFeeWhy {
    /// As what.
    pub seat: MeetingSeat,
    /// The fee for a whole meeting.
    pub rate: Rate,
    /// The share for particular cases only.
    pub particular_cases: Option<Share>,
    /// The share by phone or video, and which.
    pub remote: Option<(Remote, Share)>,
}

/// Not in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remote {
    /// By phone.
    Phone,
    /// By video.
    Video,
}

/// What a claim asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Asked {
    /// A stated amount.
    Stated(Money),
    /// Nothing was stated: the meeting's cap is meant.
    Cap,
    /// Nothing was stated: the loss of a whole day, from the yearly income.
    IncomeOfDay {
        /// The net income a year.
        income: Money,
        /// The days a year.
        days_per_year: NonZeroU32,
        /// The loss.
        loss: Money,
    },
    /// Nothing was stated: the loss of some hours, from the yearly income.
    IncomeOfHours {
        /// The net income a year.
        income: Money,
        /// The days a year.
        days_per_year: NonZeroU32,
        /// The hours a day.
        hours_per_day: NonZeroU32,
        /// The time.
        time: MeetingTime,
        /// The loss, at most a day's.
        loss: Money,
        /// Whether a day's loss is less than that of the hours.
        at_most_a_day: bool,
    },
}

/// A person's time for one meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeetingTime {
    /// In the meeting.
    pub own_minutes: u32,
    /// In a group meeting before it.
    pub group_minutes: u32,
    /// On the way.
    pub travel_minutes: u32,
}

impl MeetingTime {
    /// All of it.
    pub fn minutes(self) -> u32 {
        self.own_minutes + self.group_minutes + self.travel_minutes
    }
}

/// How long a meeting counts, against the length above which it is a whole day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeetingLength {
    /// Its own length.
    pub own_minutes: u32,
    /// What a group meeting adds to it.
    pub group_minutes: u32,
    /// The limit.
    pub limit_minutes: u32,
    /// Whether it counts as a whole day.
    pub is_whole_day: bool,
}

impl MeetingLength {
    /// All of it.
    pub fn minutes(self) -> u32 {
        self.own_minutes + self.group_minutes
    }
}

/// What one person can get for one meeting in one sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MeetingCap {
    /// A long meeting: the cap of a day.
    WholeDay {
        /// The meeting's length.
        length: MeetingLength,
        /// The cap.
        cap: Money,
    },
    /// A short meeting: by the hour, at most the cap of a day.
    Hours {
        /// The meeting's length.
        length: MeetingLength,
        /// The rate an hour.
        rate_per_hour: Money,
        /// The time.
        time: MeetingTime,
        /// The cap.
        cap: Money,
        /// Whether the cap of a day is less than that of the hours.
        at_most_a_day: bool,
    },
}

impl MeetingCap {
    /// The cap.
    pub fn cap(self) -> Money {
        match self {
            Self::WholeDay { cap, .. } | Self::Hours { cap, .. } => cap,
        }
    }
}

/// A cap, and how much of it earlier claims have taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Filled {
    /// The cap.
    pub cap: Money,
    /// Taken by claims before this one.
    pub taken: Money,
}

impl Filled {
    /// What is left of it.
    pub fn left(self) -> Money {
        self.cap.left_after(self.taken)
    }
}

/// A claim held against the caps of its meeting and its day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CappedWhy {
    /// What it asks for.
    pub asked: Asked,
    /// What can be had for the meeting, and how much of it is taken; nothing for care.
    pub meeting: Option<(MeetingCap, Filled)>,
    /// What can be had for the day.
    pub day: Filled,
    /// Where the day's other sum is paid instead.
    pub other_sum_paid: Option<Sums>,
}

impl CappedWhy {
    /// The amount asked for.
    pub fn amount_asked(&self) -> Money {
        match self.asked {
            Asked::Stated(amount) => amount,
            Asked::IncomeOfDay { loss, .. } | Asked::IncomeOfHours { loss, .. } => loss,
            Asked::Cap => self.meeting.map_or(self.day.cap, |(cap, _)| cap.cap()),
        }
    }

    /// What is left of the meeting's cap; nothing where there is none.
    fn left_of_meeting(&self) -> Option<Money> {
        self.meeting.map(|(_, filled)| filled.left())
    }

    /// Whether the day's cap leaves less than the meeting's, and less than is asked.
    pub fn is_bound_by_day(&self) -> bool {
        let left = self.day.left();
        left < self.amount_asked() && self.left_of_meeting().is_none_or(|of_meeting| left < of_meeting)
    }

    /// What the caps allow: the least of what is asked and what is left of them.
    pub fn within_caps(&self) -> Money {
        let left =
            self.left_of_meeting().map_or(self.day.left(), |of_meeting| of_meeting.min(self.day.left()));
        self.amount_asked().min(left)
    }

    /// The amount granted.
    pub fn granted(&self) -> Money {
        if self.other_sum_paid.is_some() { Money::ZERO } else { self.within_caps() }
    }
}

/// The two sums of one person's day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sums {
    /// Without documentation.
    pub undocumented: Money,
    /// With documentation.
    pub documented: Money,
}

/// A claim refused as a whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RefusedWhy {
    /// The amount it stated.
    pub asked: Option<Money>,
    /// Why it is refused.
    pub reason: Refusal,
}

/// Why a claim is refused as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else pays the body.
    BodyPaidByOthers,
    /// There by virtue of a post, or for the employees.
    PostNotCovered,
    /// A mayor or acting mayor has no income to lose.
    Mayor,
    /// No earned income.
    NoEarnedIncome,
    /// The employer keeps paying, and it was no day off in a rota.
    PayKept,
    /// The employer keeps paying, and the day off was a Saturday or Sunday.
    DayOffAtWeekend,
}

/// Kilometres at the state's rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistanceWhy {
    /// Kilometres at the first rate.
    pub km: Decimal,
    /// The first rate.
    pub rate_per_km: Money,
    /// Kilometres above the yearly limit, and what holds there.
    pub above: Option<AboveWhy>,
}

/// Kilometres above the yearly limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AboveWhy {
    /// The limit of a year.
    pub limit_km: Decimal,
    /// Kilometres above it.
    pub km: Decimal,
    /// Their rate.
    pub rate_per_km: Money,
}

//! Why fees and after-pay have their amounts.

use std::num::NonZeroU32;

use rust_decimal::Decimal;

use super::Rate;
use crate::basis::{Duty, Event, MeetingIx, Role, Status};
use crate::calendar::DateSpan;
use crate::money::{Money, Rounding};
use crate::regulation::{AbsenceStep, FeeSeat, Share};

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
    /// Days in office that were not held, by reason.
    pub not_held: Vec<(NotHeld, u32)>,
    /// The instalment before anything is deducted.
    pub instalment: Money,
    /// Pay for an office in another public body, where it is deducted.
    pub other_pay: Option<OtherPayWhy>,
}

/// Why a day in office is not held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotHeld {
    /// On unpaid leave.
    OnLeave,
    /// Mayor or acting mayor.
    AsMayor,
    /// Not acting long enough.
    ActingTooShort,
    /// Somebody else acts, and has the fee.
    AnotherActs,
    /// Acting leader of the same body, whose fee stands instead of the member's.
    AsActingLeader,
    /// Another office of the person has a higher fee.
    OtherOfficeIsHigher,
    /// The fee for another office of the person covers this one too.
    CoveredByOtherFee,
}

/// Pay for an office in another public body that is deducted from fixed fees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OtherPayWhy {
    /// What it is in the period.
    pub of_period: Money,
    /// What other instalments have taken of it.
    pub before: Money,
    /// What is deducted from this one.
    pub deducted: Money,
}

/// A meeting that there was a duty to attend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AbsenceMeeting {
    /// Which.
    pub meeting: MeetingIx,
    /// Whether the person was there; nothing where the basis does not say it.
    pub status: Option<Status>,
    /// Whether it counts as missed.
    pub is_missed: bool,
}

/// A reduction: the part of the absence that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct AbsenceWhy {
    /// The time over which absence is measured, where it is not the calendar year.
    pub span: Option<DateSpan>,
    /// Meetings missed.
    pub missed: u32,
    /// Meetings that there was a duty to attend.
    pub duty: NonZeroU32,
    /// The threshold.
    pub threshold: Share,
    /// By how much it reduces.
    pub reduction: AbsenceReduction,
    /// The instalments of that time.
    pub fee: Money,
    /// The meetings, in the order of their days within each office.
    pub meetings: Vec<AbsenceMeeting>,
}

/// By how much absence reduces a fee.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum AbsenceReduction {
    /// In proportion to the part over the threshold.
    PartOver,
    /// In proportion to all absence.
    All,
    /// By a step.
    Step(AbsenceStep),
    /// By a sum for each missed meeting, at most the fee.
    PerMissedMeeting {
        /// The sum.
        amount: Money,
        /// The meetings missed in the office itself.
        missed: u32,
        /// Whether the fee is less than all sums.
        at_most_fee: bool,
    },
}

/// As what somebody gets a meeting fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingSeat {
    /// As one of the body.
    Seat(FeeSeat),
    /// As a leader who is called to another body by a right of its own.
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
    /// What is paid for a duty on top.
    pub for_duty: Option<(Duty, Rate)>,
    /// What a long meeting adds.
    pub extra_hours: Option<ExtraHoursWhy>,
    /// Why it is not paid after all, and what it would have been.
    pub not_paid: Option<(NotPaid, Money)>,
}

/// What hours begun over a limit add to a meeting fee.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtraHoursWhy {
    /// The person's time in the meeting.
    pub minutes: u32,
    /// The limit.
    pub over_minutes: u32,
    /// The hours begun over it.
    pub started_hours: u32,
    /// The amount for each.
    pub rate: Rate,
}

/// Why a meeting fee is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPaid {
    /// The person was not formally called.
    NotCalled,
    /// The event gives no fee.
    NoFeeFor(Event),
    /// The event has given its fee on an earlier day, or earlier that day.
    PaidOnce(Event),
    /// It counts as one with another meeting.
    OneWith(MeetingIx),
    /// So many fees a day at most.
    MostADay(u32),
}

/// Not in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remote {
    /// By phone.
    Phone,
    /// By video.
    Video,
}

/// Months' pay after an office.
#[derive(Debug, Clone, PartialEq)]
pub struct AfterPayWhy {
    /// The months asked for, where the claim says it.
    pub months_asked: Option<Decimal>,
    /// The most months.
    pub most: Decimal,
    /// The months paid.
    pub months: Decimal,
    /// The pay a month.
    pub rate: Rate,
    /// What is deducted in each.
    pub each_month: Vec<AfterPayMonth>,
}

/// One month of after-pay, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AfterPayMonth {
    /// How much of a month it is.
    pub part: Decimal,
    /// The income that is deducted.
    pub income: Money,
    /// Whether that is more than the pay, so that nothing is paid.
    pub is_more: bool,
}

//! Why an amount: the explanation of a line as data, rendered in a language elsewhere.

mod travel;

use std::num::NonZeroU32;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use self::travel::{
    AboveWhy, DayOfTrip, DaysWhy, DistanceWhy, MealWhy, NoTravelWhy, SubsistenceWhy, TakenOff,
};
use crate::basis::{Duty, Event, GroupPaymentKind, MeetingIx, Role};
use crate::calendar::DateSpan;
use crate::money::{Money, Rounding, Unrounded};
use crate::regulation::{AbsenceStep, FeeSeat, Share, Sign};

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
    /// Paid on a party group's behalf, and deducted from its support.
    GroupPayment(GroupPaymentKind),
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

/// A reduction: the part of the absence that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// What a claim asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Asked {
    /// A stated amount.
    Stated(Money),
    /// Nothing was stated: the meeting's cap is meant.
    Cap,
    /// Nothing was stated: the loss of a whole day, from the yearly income.
    IncomeOfDay {
        /// The income a year.
        income: Income,
        /// The days a year.
        days_per_year: NonZeroU32,
        /// The loss.
        loss: Money,
    },
    /// Nothing was stated: the loss of some hours, from the yearly income.
    IncomeOfHours {
        /// The income a year.
        income: Income,
        /// The days a year.
        days_per_year: NonZeroU32,
        /// How an hour's loss follows.
        per_hour: PerHour,
        /// The time.
        time: MeetingTime,
        /// The loss, at most a day's.
        loss: Money,
        /// Whether a day's loss is less than that of the hours.
        at_most_a_day: bool,
    },
}

/// A yearly income.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Income {
    /// Of one year.
    OfYear(Money),
    /// The mean of three.
    MeanOfThree([Money; 3]),
}

/// How an hour's loss follows from a yearly income.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PerHour {
    /// From a day's loss.
    OfDay {
        /// The days a year.
        days_per_year: NonZeroU32,
        /// The hours a day.
        hours_per_day: NonZeroU32,
    },
    /// From the hours of a year.
    OfYear {
        /// The hours.
        hours_per_year: NonZeroU32,
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
    /// A part of the day's cap, by hours.
    PartOfDay {
        /// The day's cap.
        per_day: Money,
        /// The hours that it is for.
        hours_per_day: Decimal,
        /// The time.
        time: MeetingTime,
        /// The cap.
        cap: Money,
        /// Whether the cap of a day is less than that of the hours.
        at_most_a_day: bool,
    },
    /// A short meeting: an amount.
    Short {
        /// The meeting's length.
        length: MeetingLength,
        /// The cap.
        cap: Money,
    },
    /// A short meeting: a share of the day's cap.
    ShareOfDay {
        /// The meeting's length.
        length: MeetingLength,
        /// The day's cap.
        per_day: Money,
        /// The share.
        share: Share,
        /// The cap.
        cap: Money,
    },
    /// By the hour, however long.
    ByHour {
        /// The rate an hour.
        rate_per_hour: Money,
        /// The time.
        time: MeetingTime,
        /// The cap.
        cap: Money,
    },
    /// An amount a meeting, however long.
    Amount {
        /// The cap.
        cap: Money,
    },
}

impl MeetingCap {
    /// The cap.
    pub fn cap(self) -> Money {
        match self {
            Self::WholeDay { cap, .. }
            | Self::Hours { cap, .. }
            | Self::PartOfDay { cap, .. }
            | Self::Short { cap, .. }
            | Self::ShareOfDay { cap, .. }
            | Self::ByHour { cap, .. }
            | Self::Amount { cap } => cap,
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
    /// What can be had for the meeting, and how much of it is taken.
    pub meeting: Option<(MeetingCap, Filled)>,
    /// What can be had for the day, and how much of it is taken.
    pub day: Option<Filled>,
    /// Social costs that are covered on top.
    pub social_costs: Option<Money>,
    /// Where the day's other sum is paid instead.
    pub other_sum_paid: Option<Sums>,
}

impl CappedWhy {
    /// The amount asked for.
    pub fn amount_asked(&self) -> Money {
        match self.asked {
            Asked::Stated(amount) => amount,
            Asked::IncomeOfDay { loss, .. } | Asked::IncomeOfHours { loss, .. } => loss,
            Asked::Cap => {
                let of_day = self.day.map_or(Money::ZERO, |day| day.cap);
                self.meeting.map_or(of_day, |(cap, _)| cap.cap())
            }
        }
    }

    /// What is left of the meeting's cap; nothing where there is none.
    fn left_of_meeting(&self) -> Option<Money> {
        self.meeting.map(|(_, filled)| filled.left())
    }

    /// Whether the day's cap leaves less than the meeting's, and less than is asked.
    pub fn is_bound_by_day(&self) -> bool {
        let Some(left) = self.day.map(Filled::left) else { return false };
        left < self.amount_asked() && self.left_of_meeting().is_none_or(|of_meeting| left < of_meeting)
    }

    /// What the caps allow: the least of what is asked and what is left of them.
    pub fn within_caps(&self) -> Money {
        let left = self.left_of_meeting().into_iter().chain(self.day.map(Filled::left)).min();
        left.map_or(self.amount_asked(), |left| self.amount_asked().min(left))
    }

    /// The amount granted, without social costs.
    pub fn granted(&self) -> Money {
        if self.other_sum_paid.is_some() { Money::ZERO } else { self.within_caps() }
    }

    /// The social costs that follow what is granted; nothing where there are none.
    pub fn social_costs(&self) -> Option<SocialCosts> {
        let (granted, asked) = (self.granted(), self.amount_asked());
        let costs = self.social_costs.filter(|costs| !costs.is_zero() && !asked.is_zero())?;
        Some(SocialCosts { costs, granted, asked })
    }
}

/// Social costs of a claim, in proportion to what is granted of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SocialCosts {
    /// What the claim states.
    pub costs: Money,
    /// What is granted of the claim.
    pub granted: Money,
    /// What it asks for.
    pub asked: Money,
}

/// The two sums of one person's day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
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
    /// A fixed fee covers lost income too.
    CoveredByFee,
    /// Not formally called to what the claim is about.
    NotCalled,
    /// The regulation covers no such claim.
    NotCovered,
    /// Meeting fees follow from the attendance list.
    FromAttendance,
    /// Another claim has the meeting's fee.
    ClaimedTwice,
    /// The meeting gives the person no fee.
    NoFeeAtMeeting,
    /// After-pay beside the office's own pay.
    StillInOffice,
    /// No office that gives after-pay has ended.
    NoFormerOffice,
    /// No earned income.
    NoEarnedIncome,
    /// The employer keeps paying, and it was no day off in a rota.
    PayKept,
    /// The employer keeps paying, and the day off was a Saturday or Sunday.
    DayOffAtWeekend,
    /// It came in too late.
    ReceivedLate {
        /// When it was received.
        received: NaiveDate,
        /// The last day on which it could be.
        deadline: NaiveDate,
    },
}

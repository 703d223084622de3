//! Why claims have their amounts.

use std::num::NonZeroU32;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::money::Money;
use crate::regulation::Share;

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

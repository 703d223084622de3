//! Yearly fees, fees a meeting, and how they are paid.

use std::num::NonZeroU32;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::amount::AmountIx;
use super::recipients::BodySelector;
use super::stated::{Dated, Trail};
use crate::basis::{Body, Class, Duty, Meeting, Role};
use crate::calendar::Payment;
use crate::money::Rounding;
use crate::shortfall::Shortfall;

/// A part of a whole, as a fraction in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Above the line.
    pub numerator: u32,
    /// Below the line.
    pub denominator: NonZeroU32,
}

impl Share {
    /// Whether it is all of it.
    pub fn is_whole(self) -> bool {
        self.numerator == self.denominator.get()
    }
}

/// A yearly fee for an office.
#[derive(Debug, Clone)]
pub struct FixedFee {
    /// Its name in the file.
    pub name: String,
    /// The bodies in which it is paid; nothing for an office of the whole municipality.
    pub bodies: Option<BodySelector>,
    /// The roles it is paid for.
    pub roles: Vec<Role>,
    /// The amount a year.
    pub amount_per_year: AmountIx,
    /// How often it is paid.
    pub payment: Dated<Payment>,
    /// Whether absence reduces it.
    pub reduced_for_absence: Dated<bool>,
    /// Whether it stands beside the pay of a mayor or acting mayor on the same days.
    pub beside_mayor: Dated<bool>,
    /// What it shuts out, where it is not what fixed fees do.
    pub shuts_out: Option<Dated<ShutOut>>,
    /// How much of a full-time office it is paid for.
    pub position: PositionRange,
    /// Whether it covers lost income too, as for those who are bought out (frikjøpt).
    pub covers_lost_income: Option<Dated<bool>>,
    /// Whether it covers the person's other offices too, so that they give no fixed fee beside it.
    pub covers_other_offices: Option<Dated<bool>>,
    /// How somebody who acts in another's place comes to it, for the fee of an acting office.
    pub acting: Option<Acting>,
}

/// For which positions a fee is paid; without limits for all, stated or not.
#[derive(Debug, Clone, Default)]
pub struct PositionRange {
    /// From so much of a full-time office.
    pub at_least: Option<Dated<Share>>,
    /// Up to less than so much.
    pub below: Option<Dated<Share>>,
}

impl PositionRange {
    /// Whether it has a limit, so that the position of an office has to be known.
    pub fn is_limited(&self) -> bool {
        self.at_least.is_some() || self.below.is_some()
    }

    /// Whether it takes a position, in per cent.
    pub fn takes(&self, position: Decimal, day: NaiveDate, trail: &mut Trail) -> Result<bool, Shortfall> {
        let reaches = |share: &Share| {
            position * Decimal::from(share.denominator.get())
                >= Decimal::from(share.numerator) * Decimal::ONE_HUNDRED
        };
        let from = match &self.at_least {
            Some(at_least) => reaches(trail.read_on(at_least, day)?),
            None => true,
        };
        let up_to = match &self.below {
            Some(below) => !reaches(trail.read_on(below, day)?),
            None => true,
        };
        Ok(from && up_to)
    }
}

/// How somebody who acts in another's place comes to the fee.
#[derive(Debug, Clone)]
pub struct Acting {
    /// Only after so many days of acting.
    pub after_days: Dated<u32>,
    /// Which days these are.
    pub counted: Dated<ActingDays>,
    /// Whether the one who is replaced loses the fee for the days.
    pub moves_fee: Dated<bool>,
}

/// Which days of acting are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActingDays {
    /// Those of one stretch.
    InARow,
    /// Those of a calendar year.
    InCalendarYear,
}

/// What a fixed fee shuts out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShutOut {
    /// Meeting fees in its own body.
    pub own_body: bool,
    /// Meeting fees everywhere.
    pub everywhere: bool,
    /// Meeting fees in the bodies of some classes.
    pub classes: Vec<Class>,
    /// Meeting fees in some bodies, by code.
    pub bodies: Vec<String>,
}

impl ShutOut {
    /// Whether it shuts out the meeting fees of a body, of which the office may be.
    pub fn meeting_fees_in(&self, body: &Body, is_own: bool) -> bool {
        self.everywhere
            || (self.own_body && is_own)
            || self.classes.contains(&body.class)
            || self.bodies.iter().any(|code| **code == *body.code)
    }
}

/// What a person who meets is there as, where it decides a fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeeSeat {
    /// The elected leader.
    Leader,
    /// The elected deputy leader.
    DeputyLeader,
    /// Whoever leads the meeting in the leader's absence.
    Chair,
    /// Any other member.
    Member,
    /// A substitute.
    Substitute,
}

/// A fee a meeting.
#[derive(Debug, Clone)]
pub struct MeetingFee {
    /// Its name in the file.
    pub name: String,
    /// The bodies in which it is paid.
    pub bodies: BodySelector,
    /// Who gets it.
    pub seats: Vec<FeeSeat>,
    /// The amount a meeting.
    pub amount_per_meeting: AmountIx,
    /// What it is paid for on top of another fee.
    pub for_duty: Option<Duty>,
    /// From which minute of the day a meeting has to begin.
    pub starts_from: Option<Dated<u32>>,
    /// Before which minute of the day a meeting has to begin.
    pub starts_before: Option<Dated<u32>>,
    /// Only for meetings that last longer.
    pub longer_than_minutes: Option<Dated<u32>>,
    /// Only for meetings that last no longer.
    pub at_most_minutes: Option<Dated<u32>>,
    /// What long meetings add.
    pub extra_hours: Option<ExtraHours>,
}

impl MeetingFee {
    /// Whether it is for a meeting that begins when this one does, and lasts as long.
    pub fn is_for(&self, meeting: &Meeting, trail: &mut Trail) -> Result<bool, Shortfall> {
        let mut mine = Trail::default();
        let mut limit = |limit: &Option<Dated<u32>>| match limit {
            Some(limit) => mine.read_on(limit, meeting.date).copied().map(Some),
            None => Ok(None),
        };
        let (start, length) = (meeting.start_minute, meeting.length_minutes);
        let is_for = limit(&self.starts_from)?.is_none_or(|from| from <= start)
            && limit(&self.starts_before)?.is_none_or(|before| start < before)
            && limit(&self.longer_than_minutes)?.is_none_or(|limit| length > limit)
            && limit(&self.at_most_minutes)?.is_none_or(|limit| length <= limit);
        if is_for {
            trail.join(&mine);
        }
        Ok(is_for)
    }
}

/// What each hour that is begun over a limit adds to a meeting fee.
#[derive(Debug, Clone)]
pub struct ExtraHours {
    /// The limit of a person's time in the meeting.
    pub over_minutes: Dated<u32>,
    /// The amount for each.
    pub amount_per_started_hour: AmountIx,
}

/// The fee of an office that has a right to be called to another body's meetings.
#[derive(Debug, Clone)]
pub struct SummonedFee {
    /// The body whose leader is called.
    pub leader_of: String,
    /// The body he or she is called to.
    pub called_to: String,
    /// The amount a meeting.
    pub amount_per_meeting: AmountIx,
}

/// What pay for an office in another public body changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherOfficePay {
    /// Nothing.
    Beside,
    /// It is deducted from the fixed fees.
    Deducted,
}

/// Which fees of a day are paid, where not all are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptFees {
    /// The highest; of equal ones the earliest.
    Highest,
    /// The earliest.
    Earliest,
}

/// Which meetings without a break between them count as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinedBodies {
    /// Those of the same body.
    Same,
    /// Those of any.
    Any,
}

/// What an event that is no meeting of the body gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventFee {
    /// The same as a meeting.
    AsMeeting,
    /// One fee for all of it, on its first day.
    Once,
    /// No fee.
    Nothing,
}

/// How a fee is counted for a part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proration {
    /// By the calendar days held of the days of the period.
    CalendarDays,
}

/// What a leader or deputy leader gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaderFee {
    /// The leader's fee instead of the member's; where none is given, the member's.
    InsteadOfMember,
}

/// Whose fee a phone meeting reduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneFor {
    /// Everybody's, that of the summoned too.
    Everybody,
}

/// How two shares of one fee combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shares {
    /// They are multiplied: two halves make a quarter.
    Multiply,
}

/// What an instalment is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstalmentOf {
    /// The year's fee as it is rounded.
    RoundedYear,
    /// The year's fee before it is rounded.
    UnroundedYear,
}

/// Settings of fixed fees and meeting fees.
#[derive(Debug, Clone)]
pub struct FeeSettings {
    /// In which runs meeting fees and claims are paid.
    pub meeting_fees_and_claims: Dated<Payment>,
    /// How a part of a period is paid.
    pub proration: Dated<Proration>,
    /// How a whole instalment is rounded; nothing rounds lines only.
    pub instalment_rounding: Option<Dated<Rounding>>,
    /// What an instalment is a part of.
    pub instalment_of: Dated<InstalmentOf>,
    /// What a leader or deputy leader gets.
    pub leader: Dated<LeaderFee>,
    /// Whether several offices' fees add up; otherwise the highest is paid.
    pub offices_add_up: Dated<bool>,
    /// What pay for an office in another public body changes.
    pub other_office_pay: Dated<OtherOfficePay>,
    /// Whether days on paid leave are held.
    pub paid_leave_is_held: Dated<bool>,
    /// Whether a mayor or acting mayor is shut out from meeting fees.
    pub mayor_gets_no_meeting_fee: Dated<bool>,
    /// Whether the days of a mayor on leave still shut out.
    pub mayor_on_leave_is_mayor: Dated<bool>,
    /// What a fixed fee shuts out.
    pub fixed_fee_shuts_out: Dated<ShutOut>,
    /// Whether meeting fees follow from the attendance list, without a claim.
    pub from_attendance: Dated<bool>,
    /// The bodies whose elected bodies are paid under class other.
    pub elected_by: Dated<Vec<String>>,
    /// How the fees of one day go together.
    pub day: DayOfFees,
    /// What a fee is paid for.
    pub events: EventSettings,
    /// Whether a body that sits as another gives a fee.
    pub sits_as_gives_fee: Dated<bool>,
    /// Whether a body that somebody else pays is covered.
    pub paid_by_others_is_covered: Dated<bool>,
    /// Whether those who meet by virtue of a post, or for the employees, are covered.
    pub posts_are_covered: Dated<bool>,
    /// When a part of a fee is paid.
    pub parts: PartFees,
    /// How a line is rounded.
    pub rounding: Dated<Rounding>,
}

/// How one person's meeting fees of one day go together.
#[derive(Debug, Clone)]
pub struct DayOfFees {
    /// How many are paid; nothing for all.
    pub most_a_day: Option<Dated<u32>>,
    /// Which fees these are.
    pub kept: Dated<KeptFees>,
    /// Meetings with at most so long a break between them count as one; nothing for none.
    pub joined_within_minutes: Option<Dated<u32>>,
    /// Which meetings these are.
    pub joined_bodies: Dated<JoinedBodies>,
}

/// What a meeting fee is paid for.
#[derive(Debug, Clone)]
pub struct EventSettings {
    /// Whether a fee needs a formal call.
    pub needs_call: Dated<bool>,
    /// What a seminar gives.
    pub seminar: Dated<EventFee>,
    /// What a party's or group's meeting gives.
    pub party_meeting: Dated<EventFee>,
}

/// When a part of a fee is paid.
#[derive(Debug, Clone)]
pub struct PartFees {
    /// The share for particular cases only.
    pub particular_cases: Dated<Share>,
    /// Who gets that share instead of the whole.
    pub particular_cases_for: Dated<Vec<FeeSeat>>,
    /// The share by phone.
    pub phone: Dated<Share>,
    /// Who gets that share: everybody.
    pub phone_for: Dated<PhoneFor>,
    /// How two shares of one fee combine.
    pub shares: Dated<Shares>,
    /// The share by video.
    pub video: Dated<Share>,
}

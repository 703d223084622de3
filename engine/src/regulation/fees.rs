//! Yearly fees, fees a meeting, and how they are paid.

use std::num::NonZeroU32;

use super::amount::AmountIx;
use super::recipients::BodySelector;
use super::stated::Dated;
use crate::basis::{Body, Class, Role};
use crate::calendar::Payment;
use crate::money::Rounding;

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
    /// Whether several offices' fees add up.
    pub offices_add_up: Dated<bool>,
    /// Whether days on paid leave are held.
    pub paid_leave_is_held: Dated<bool>,
    /// Whether a mayor or acting mayor is shut out from meeting fees.
    pub mayor_gets_no_meeting_fee: Dated<bool>,
    /// Whether the days of a mayor on leave still shut out.
    pub mayor_on_leave_is_mayor: Dated<bool>,
    /// What a fixed fee shuts out.
    pub fixed_fee_shuts_out: Dated<ShutOut>,
    /// Whether meeting fees need a claim.
    pub from_attendance: Dated<bool>,
    /// The bodies whose elected bodies are paid under class other.
    pub elected_by: Dated<Vec<String>>,
    /// Whether a body that sits as another gives a fee.
    pub sits_as_gives_fee: Dated<bool>,
    /// Whether a body that somebody else pays is covered.
    pub paid_by_others_is_covered: Dated<bool>,
    /// Whether those who meet by virtue of a post, or for the employees, are covered.
    pub posts_are_covered: Dated<bool>,
    /// The share of a fee for particular cases only.
    pub particular_cases: Dated<Share>,
    /// Who gets that share instead of the whole.
    pub particular_cases_for: Dated<Vec<FeeSeat>>,
    /// The share of a fee by phone.
    pub phone: Dated<Share>,
    /// Who gets that share: everybody.
    pub phone_for: Dated<PhoneFor>,
    /// How two shares of one fee combine.
    pub shares: Dated<Shares>,
    /// The share of a fee by video.
    pub video: Dated<Share>,
    /// How a line is rounded.
    pub rounding: Dated<Rounding>,
}

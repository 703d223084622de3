//! A regulation as the engine reads it: what is paid to whom, at which rate, and how.
//!
//! A regulation comes from a file (the crate `rates` reads it). Every amount and every setting
//! is [`Stated`]: it has its point in the text and its provenance, and whoever reads it leaves a
//! mark on the line's [`Trail`].

mod stated;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use self::stated::{Item, ItemId, Items, Provenance, Stated, Trail};
use crate::basis::{Body, Class, Meeting, PersonRows, Register, Role};
use crate::calendar::{DateSpan, Payment};
use crate::money::{Money, Rounding};

/// The regulation of one municipality, with the parameters of one run.
#[derive(Debug, Clone)]
pub struct Regulation {
    /// Its short name, as citations have it: `aurland`.
    pub name: String,
    /// Its version: the decision that adopted it.
    pub adopted: String,
    /// The days on which it is in force.
    pub in_force: DateSpan,
    /// Everything that it states.
    pub items: Items,
    /// The bodies that it lists, by code.
    pub bodies: BTreeMap<String, ListedBody>,
    /// The yearly fees.
    pub fixed_fees: Vec<FixedFee>,
    /// The fees a meeting.
    pub meeting_fees: Vec<MeetingFee>,
    /// The fee of the office that has a right to be called, where there is one.
    pub summoned: Option<SummonedFee>,
    /// How fees are paid.
    pub fees: FeeSettings,
    /// How absence reduces a fixed fee.
    pub absence: AbsenceSettings,
    /// How long a meeting counts.
    pub length: LengthSettings,
    /// How lost income is covered.
    pub lost_income: LostIncomeSettings,
    /// How claims are treated.
    pub claims: ClaimSettings,
    /// The state's travel rates.
    pub travel_rates: TravelRates,
}

/// A body that a regulation lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedBody {
    /// Its name, as the regulation has it.
    pub name: String,
    /// The class that decides its fees.
    pub class: Class,
    /// Its seats, where the regulation gives them.
    pub seats: Option<u32>,
}

/// An amount that the regulation states, or a parameter that the municipality has to supply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// Known.
    Known(Money),
    /// The parameter of this name was not supplied.
    Missing(String),
}

/// A yearly fee for an office.
#[derive(Debug, Clone)]
pub struct FixedFee {
    /// The class of body it is paid in; nothing for an office of the whole municipality.
    pub class: Option<Class>,
    /// The roles it is paid for.
    pub roles: Vec<Role>,
    /// The amount a year.
    pub amount_per_year: Stated<Amount>,
    /// How often it is paid.
    pub payment: Stated<Payment>,
    /// Whether absence reduces it.
    pub reduced_for_absence: Stated<bool>,
    /// Whether it stands beside the pay of a mayor or acting mayor on the same days.
    pub beside_mayor: Stated<bool>,
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

/// A fee a meeting in a class of bodies, or in one body of the class.
#[derive(Debug, Clone)]
pub struct MeetingFee {
    /// The class of body.
    pub class: Class,
    /// In this body only, before what its class says.
    pub body: Option<String>,
    /// Who gets it.
    pub seats: Vec<FeeSeat>,
    /// The amount a meeting.
    pub amount_per_meeting: Stated<Amount>,
}

/// The fee of an office that has a right to be called to another body's meetings.
#[derive(Debug, Clone)]
pub struct SummonedFee {
    /// The body whose leader is called.
    pub leader_of: String,
    /// The body he or she is called to.
    pub called_to: String,
    /// The amount a meeting.
    pub amount_per_meeting: Stated<Amount>,
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

/// A part of a whole, as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Above the line.
    pub numerator: u32,
    /// Below the line.
    pub denominator: NonZeroU32,
}

/// Settings of fixed fees and meeting fees.
#[derive(Debug, Clone)]
pub struct FeeSettings {
    /// In which runs meeting fees and claims are paid.
    pub meeting_fees_and_claims: Stated<Payment>,
    /// How a part of a period is paid.
    pub proration: Stated<Proration>,
    /// What a leader or deputy leader gets.
    pub leader: Stated<LeaderFee>,
    /// Whether several offices' fees add up.
    pub offices_add_up: Stated<bool>,
    /// Whether days on paid leave are held.
    pub paid_leave_is_held: Stated<bool>,
    /// Whether a mayor or acting mayor is shut out from meeting fees.
    pub mayor_gets_no_meeting_fee: Stated<bool>,
    /// Whether the days of a mayor on leave still shut out.
    pub mayor_on_leave_is_mayor: Stated<bool>,
    /// Whether a fixed fee shuts out the meeting fee in its body.
    pub fixed_fee_shuts_out: Stated<bool>,
    /// Whether meeting fees need a claim.
    pub from_attendance: Stated<bool>,
    /// The bodies whose elected bodies are paid under class other.
    pub elected_by: Stated<Vec<String>>,
    /// Whether a body that sits as another gives a fee.
    pub sits_as_gives_fee: Stated<bool>,
    /// Whether a body that somebody else pays is covered.
    pub paid_by_others_is_covered: Stated<bool>,
    /// Whether those who meet by virtue of a post, or for the employees, are covered.
    pub posts_are_covered: Stated<bool>,
    /// The share of a fee for particular cases only.
    pub particular_cases: Stated<Share>,
    /// Who gets that share instead of the whole.
    pub particular_cases_for: Stated<Vec<FeeSeat>>,
    /// The share of a fee by phone.
    pub phone: Stated<Share>,
    /// Who gets that share: everybody.
    pub phone_for: Stated<PhoneFor>,
    /// How two shares of one fee combine.
    pub shares: Stated<Shares>,
    /// The share of a fee by video.
    pub video: Stated<Share>,
    /// How a line is rounded.
    pub rounding: Stated<Rounding>,
}

/// Settings of the reduction for absence.
#[derive(Debug, Clone)]
pub struct AbsenceSettings {
    /// Over which meetings absence is measured.
    pub scope: Stated<AbsenceScope>,
    /// Which absence counts.
    pub counted: Stated<AbsenceCounted>,
    /// The share of missed meetings from which a fee is reduced.
    pub threshold: Stated<Share>,
    /// Whether absence of exactly the threshold reduces.
    pub at_threshold: Stated<bool>,
    /// By how much a fee is reduced.
    pub size: Stated<AbsenceSize>,
    /// In which payout.
    pub payout: Stated<AbsencePayout>,
}

/// Over which meetings absence is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceScope {
    /// Each office by itself, over the calendar year.
    OfficeAndCalendarYear,
}

/// Which absence counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceCounted {
    /// Valid and invalid absence.
    All,
    /// Invalid absence only.
    InvalidOnly,
}

/// By how much a fee is reduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsenceSize {
    /// In proportion to the part over the threshold.
    PartOverThreshold,
    /// In proportion to all absence.
    AllAbsence,
}

/// In which payout absence is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsencePayout {
    /// The one with the last day held in the year.
    LastDayHeld,
}

/// Settings of how long a meeting counts.
#[derive(Debug, Clone)]
pub struct LengthSettings {
    /// The length above which a meeting counts as a whole day.
    pub whole_day_over_minutes: Stated<u32>,
    /// Whether a meeting of exactly that length is a whole day.
    pub at_limit: Stated<bool>,
    /// Whether a group meeting's time counts towards that length.
    pub group_meeting_in_limit: Stated<bool>,
    /// What a group meeting adds, in minutes.
    pub group_meeting_minutes: Stated<u32>,
    /// The bodies whose meetings a group meeting may precede.
    pub group_meeting_bodies: Stated<Vec<String>>,
    /// Who gets the group meeting's time among their hours.
    pub group_meeting_for: Stated<GroupMeetingFor>,
    /// Whether travel counts among a person's hours.
    pub travel_counts: Stated<bool>,
}

/// Who gets the group meeting's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupMeetingFor {
    /// Members, and substitutes of the whole meeting.
    MembersAndWholeSubstitutes,
}

/// The caps of one of the two sums of lost income.
#[derive(Debug, Clone)]
pub struct Caps {
    /// For a whole day.
    pub cap_per_day: Stated<Amount>,
    /// For each hour of a short meeting.
    pub cap_per_hour: Stated<Amount>,
}

/// Settings of lost income.
#[derive(Debug, Clone)]
pub struct LostIncomeSettings {
    /// The caps without documentation.
    pub undocumented: Caps,
    /// The caps with documentation, a stand-in's bill among it.
    pub documented: Caps,
    /// Whether a person's claims on one meeting share its cap.
    pub meeting_cap_is_shared: Stated<bool>,
    /// What an undocumented claim without an amount asks for.
    pub empty_amount: Stated<EmptyAmount>,
    /// Whether a mayor or acting mayor has income to lose.
    pub mayor_is_covered: Stated<bool>,
    /// Whether those without earned income have income to lose.
    pub no_income_is_covered: Stated<bool>,
    /// Whether those who keep their pay lose income on other days than days off.
    pub kept_pay_is_covered: Stated<bool>,
    /// The weekdays on which a day off is compensated.
    pub day_off: Stated<DayOff>,
    /// How many days a yearly business income is divided by.
    pub income_days_per_year: Stated<NonZeroU32>,
    /// How many hours a day of business income has.
    pub income_hours_per_day: Stated<NonZeroU32>,
    /// Whether a stand-in counts in the sums of documented lost income.
    pub stand_in_as_documented: Stated<bool>,
    /// Which of a day's two sums is paid.
    pub day_sums: Stated<DaySums>,
    /// How claims fill a cap.
    pub order: Stated<ClaimOrder>,
}

/// What an undocumented claim without an amount asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyAmount {
    /// The cap of its meeting.
    Cap,
}

/// When a day off is compensated where pay is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOff {
    /// On Monday to Friday.
    MondayToFriday,
}

/// Which of the sums of one person's day is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DaySums {
    /// The greater of undocumented and documented; documented on a tie.
    GreaterDocumentedOnTie,
}

/// How claims fill a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimOrder {
    /// In the natural order of their ids.
    NaturalId,
}

/// Settings of claims.
#[derive(Debug, Clone)]
pub struct ClaimSettings {
    /// The cap of care in one person's day.
    pub care_cap_per_day: Stated<Amount>,
    /// How travel is covered.
    pub travel: Stated<TravelCover>,
    /// How a companion is covered.
    pub companion: Stated<CostCover>,
    /// How an employer's refund is capped.
    pub employer_refund: Stated<RefundCover>,
    /// Which day a claim belongs to.
    pub day_of_claim: Stated<DayOfClaim>,
    /// By when a claim has to be received.
    pub deadline_months: Stated<Deadline>,
    /// The point of after-pay.
    pub after_pay: Stated<AfterPay>,
    /// The point of subsistence.
    pub subsistence: Stated<Subsistence>,
}

/// How travel is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TravelCover {
    /// By the state's rates; other travel by its documented cost.
    StateRates,
}

/// How a cost is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostCover {
    /// The documented cost.
    DocumentedCost,
}

/// How an employer's refund is capped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundCover {
    /// As documented lost income, in sums of its own.
    DocumentedCaps,
}

/// Which day a claim belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOfClaim {
    /// Its meeting's, else its own date.
    MeetingElseOwn,
}

/// By when a claim has to be received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// There is no deadline.
    None,
    /// So many months after the claim's day.
    Months(u32),
}

/// How after-pay is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterPay {
    /// Shown, not paid: this version does not calculate it.
    NotCalculated,
}

/// How subsistence is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subsistence {
    /// Shown, not paid: this version does not calculate it.
    NotCalculated,
}

/// The state's travel rates, by date.
#[derive(Debug, Clone, Default)]
pub struct TravelRates {
    /// The rates a kilometre by car.
    pub car: Vec<CarRate>,
    /// The rates a passenger and kilometre.
    pub passenger: Vec<PassengerRate>,
}

/// A rate a kilometre by car.
#[derive(Debug, Clone)]
pub struct CarRate {
    /// The days on which it holds.
    pub in_force: DateSpan,
    /// The rate up to the limit.
    pub rate_per_km: Stated<Money>,
    /// The rate above it.
    pub above: AboveLimit,
}

/// What holds above a yearly limit of kilometres.
#[derive(Debug, Clone)]
pub enum AboveLimit {
    /// The same rate.
    SameRate,
    /// Another rate.
    Rate {
        /// The limit of one person in a calendar year, in kilometres.
        limit_km: Decimal,
        /// The rate above it.
        rate_per_km: Stated<Money>,
    },
    /// A rate that no source here gives.
    Unknown {
        /// The limit of one person in a calendar year, in kilometres.
        limit_km: Decimal,
    },
}

/// A rate a kilometre for a passenger.
#[derive(Debug, Clone)]
pub struct PassengerRate {
    /// The days on which it holds.
    pub in_force: DateSpan,
    /// The rate.
    pub rate_per_km: Stated<Money>,
}

impl TravelRates {
    /// The rate by car on a day.
    pub fn car_on(&self, day: NaiveDate) -> Option<&CarRate> {
        self.car.iter().find(|rate| rate.in_force.contains(day))
    }

    /// The rate of a passenger on a day.
    pub fn passenger_on(&self, day: NaiveDate) -> Option<&PassengerRate> {
        self.passenger.iter().find(|rate| rate.in_force.contains(day))
    }
}

impl Regulation {
    /// How often it pays: a run for a period of any other rhythm would pay nothing.
    pub fn payments(&self) -> BTreeSet<Payment> {
        let of_fees = self.fixed_fees.iter().map(|fee| *fee.payment.peek());
        of_fees.chain([*self.fees.meeting_fees_and_claims.peek()]).collect()
    }

    /// The yearly fee of a role in a body, or of a role of the whole municipality.
    pub fn fixed_fee(&self, body: Option<&Body>, role: Role, trail: &mut Trail) -> Option<&FixedFee> {
        if body.is_some_and(|body| self.gives_no_fee(body, trail)) {
            return None;
        }
        let class = body.map(|body| body.class);
        self.fixed_fees.iter().find(|fee| fee.class == class && fee.roles.contains(&role))
    }

    /// Whether a body gives no fee at all, because somebody else pays it or it sits as another.
    pub fn gives_no_fee(&self, body: &Body, trail: &mut Trail) -> bool {
        (body.paid_by.is_some() && !trail.read(&self.fees.paid_by_others_is_covered))
            || (body.sits_as.is_some() && !trail.read(&self.fees.sits_as_gives_fee))
    }

    /// The fee of a person who has a right to be called to a meeting, and no seat in the body.
    pub fn summons(
        &self,
        register: &Register,
        person: &PersonRows<'_>,
        meeting: &Meeting,
    ) -> Option<&SummonedFee> {
        let fee = self.summoned.as_ref().filter(|fee| *fee.called_to == *register.body(meeting.body).code)?;
        let led = person.seat(register.find_body(&fee.leader_of)?, meeting.date)?;
        let has_right = led.role == Role::Leader && person.seat(meeting.body, meeting.date).is_none();
        has_right.then_some(fee)
    }

    /// The fee a meeting of a seat in a body: the body's own, else that of its class.
    pub fn meeting_fee(&self, body: &Body, seat: FeeSeat) -> Option<&MeetingFee> {
        let fees =
            || self.meeting_fees.iter().filter(|fee| fee.class == body.class && fee.seats.contains(&seat));
        fees()
            .find(|fee| fee.body.as_deref() == Some(&*body.code))
            .or_else(|| fees().find(|fee| fee.body.is_none()))
    }
}

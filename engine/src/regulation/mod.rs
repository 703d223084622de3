//! A regulation as the engine reads it: what is paid to whom, at which rate, and how.
//!
//! A regulation comes from a file (the crate `rates` reads it). Every amount and every setting
//! is [`Stated`]: it has its point in the text and its provenance, and whoever reads it leaves a
//! mark on the line's [`Trail`]. What may change in time is [`Dated`].

mod absence;
mod after_pay;
mod amount;
mod claims;
mod cover;
mod deadlines;
mod fees;
mod group_support;
mod length;
mod lost_income;
mod payments;
mod recipients;
mod stated;
mod travel;
mod travel_settings;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use self::absence::*;
pub use self::after_pay::*;
pub use self::amount::*;
pub use self::claims::*;
pub use self::cover::*;
pub use self::deadlines::*;
pub use self::fees::*;
pub use self::group_support::*;
pub use self::length::*;
pub use self::lost_income::*;
pub use self::payments::*;
pub use self::recipients::*;
pub use self::stated::{Dated, Item, ItemId, Items, Provenance, Stated, Trail};
pub use self::travel::*;
pub use self::travel_settings::*;
use crate::basis::{Body, Class, Duty, Meeting, Office, PersonRows, Register, Role};
use crate::calendar::{DateSpan, Payment};
use crate::shortfall::Shortfall;

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
    /// Its amounts.
    pub amounts: Amounts,
    /// The yearly fees.
    pub fixed_fees: Vec<FixedFee>,
    /// The fees a meeting.
    pub meeting_fees: Vec<MeetingFee>,
    /// The fee of the office that has a right to be called, where there is one.
    pub summoned: Option<SummonedFee>,
    /// How fees are paid.
    pub fees: FeeSettings,
    /// How absence reduces a fixed fee, where it does.
    pub absence: Option<AbsenceSettings>,
    /// How long a meeting counts.
    pub length: LengthSettings,
    /// What is covered up to which caps.
    pub covers: Vec<Cover>,
    /// How lost income is covered.
    pub lost_income: LostIncomeSettings,
    /// How claims are treated.
    pub claims: ClaimSettings,
    /// After-pay, where there is any.
    pub after_pay: Option<AfterPay>,
    /// When it pays, where it says so.
    pub payment_calendar: Option<PaymentCalendar>,
    /// How travel and subsistence are covered.
    pub travel: TravelSettings,
    /// The support to party groups, where there is one.
    pub group_support: Option<GroupSupport>,
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

impl Regulation {
    /// How often it pays: a run for a period of any other rhythm would pay nothing.
    pub fn payments(&self) -> BTreeSet<Payment> {
        let of_fees = self.fixed_fees.iter().flat_map(|fee| fee.payment.all());
        let all = of_fees.chain(self.fees.meeting_fees_and_claims.all());
        all.filter_map(|payment| payment.peek().copied()).collect()
    }

    /// The same regulation, rounding as another does: what differs from it then differs by rounding only.
    #[must_use]
    pub fn rounded_as(&self, other: &Self) -> Self {
        let mut rounded = Self { amounts: self.amounts.rounded_as(&other.amounts), ..self.clone() };
        rounded.fees.rounding = other.fees.rounding.clone();
        rounded.fees.instalment_rounding = other.fees.instalment_rounding.clone();
        rounded
    }

    /// The amounts that are parameters and have one value on all days, each with the parameter's name.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, AmountIx)> {
        self.amounts.iter().filter_map(|(ix, amount)| {
            let item = self.items.get(amount.statement.only()?.item())?;
            item.is_parameter.then_some((item.name.as_str(), ix))
        })
    }

    /// Gives an amount that is a parameter, and has a number already, another number as it is written; nothing where
    /// it is none.
    pub fn give_parameter(&mut self, amount: AmountIx, number: Decimal, written: String) -> Option<()> {
        let item = self.amounts.restate(amount, number)?;
        self.items.give(item, written)
    }

    /// The yearly fee of an office on a day; its body, where it has one, is given.
    pub fn fixed_fee(
        &self,
        office: &Office,
        body: Option<&Body>,
        day: NaiveDate,
        trail: &mut Trail,
    ) -> Result<Option<&FixedFee>, Shortfall> {
        if let Some(body) = body
            && self.gives_no_fee(body, day, trail)?
        {
            return Ok(None);
        }
        let mut found: Option<&FixedFee> = None;
        for fee in self.fixed_fees.iter().filter(|fee| fee.roles.contains(&office.role)) {
            let takes = match (&fee.bodies, body) {
                (None, None) => true,
                // A group is led in the whole municipality, also where the council's code is given.
                (None, Some(_)) => office.role == Role::GroupLeader,
                (Some(selector), Some(body)) => selector.takes(body, day, trail)?,
                _ => false,
            };
            let takes = takes
                && (!fee.position.is_limited() || {
                    let position =
                        office.position.ok_or(Shortfall::MissingPosition { office: office.row })?;
                    fee.position.takes(position, day, trail)?
                });
            if takes && let Some(first) = found.replace(fee) {
                let item = |fee: &FixedFee| self.amounts.get(fee.amount_per_year).statement.on(day).item();
                return Err(Shortfall::Conflict { first: item(first), second: item(fee) });
            }
        }
        Ok(found)
    }

    /// Whether a body gives no fee at all, because somebody else pays it or it sits as another.
    pub fn gives_no_fee(&self, body: &Body, day: NaiveDate, trail: &mut Trail) -> Result<bool, Shortfall> {
        let paid = body.paid_by.is_some() && !*trail.read_on(&self.fees.paid_by_others_is_covered, day)?;
        Ok(paid || (body.sits_as.is_some() && !*trail.read_on(&self.fees.sits_as_gives_fee, day)?))
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

    /// The fee of a seat at a meeting of a body; or what is paid on top of it for a duty there.
    pub fn meeting_fee(
        &self,
        meeting: &Meeting,
        body: &Body,
        seat: FeeSeat,
        for_duty: Option<Duty>,
        trail: &mut Trail,
    ) -> Result<Option<&MeetingFee>, Shortfall> {
        let day = meeting.date;
        let mut found: Option<&MeetingFee> = None;
        let of_seat = |fee: &&MeetingFee| fee.seats.contains(&seat) && fee.for_duty == for_duty;
        for fee in self.meeting_fees.iter().filter(of_seat) {
            if fee.bodies.takes(body, day, trail)?
                && fee.is_for(meeting, trail)?
                && let Some(first) = found.replace(fee)
            {
                let item =
                    |fee: &MeetingFee| self.amounts.get(fee.amount_per_meeting).statement.on(day).item();
                return Err(Shortfall::Conflict { first: item(first), second: item(fee) });
            }
        }
        Ok(found)
    }
}

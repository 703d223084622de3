//! When a regulation pays.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::Regulation;
use super::deadlines::{ClaimsDue, ReceivedBy};
use super::stated::{Dated, ItemId};
use crate::calendar::{NotABankDay, PayDay, Payment, Period};

/// When a regulation pays.
#[derive(Debug, Clone)]
pub struct PaymentCalendar {
    /// When fixed fees are paid.
    pub fixed_fees: PayDays,
    /// When meeting fees and claims are paid.
    pub meeting_fees_and_claims: PayDays,
    /// By when claims have to be in for their payment, where it is said.
    pub claims_by: Option<Dated<ReceivedBy>>,
    /// What becomes of a payment whose day is no bank day.
    pub not_a_bank_day: Dated<NotABankDay>,
}

/// The days of payments by their rhythm: one for every period, or one for each period of a year in turn.
pub type PayDays = BTreeMap<Payment, Dated<Vec<PayDay>>>;

/// What is paid together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaidTogether {
    /// Fixed fees.
    FixedFees,
    /// Meeting fees and claims.
    MeetingFeesAndClaims,
}

impl PaidTogether {
    /// Both, in the order in which they stand.
    pub const ALL: [Self; 2] = [Self::FixedFees, Self::MeetingFeesAndClaims];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::FixedFees => "fixed_fees",
            Self::MeetingFeesAndClaims => "meeting_fees_and_claims",
        }
    }
}

/// A payment of what is paid for a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentDate {
    /// What is paid.
    pub what: PaidTogether,
    /// The period that it is paid for.
    pub period: Period,
    /// The claims in it, and by when they have to be received.
    pub claims: Option<ClaimsDue>,
    /// The day on which it is paid.
    pub paid: NaiveDate,
    /// The day that the regulation states, where that is no bank day and the payment is moved.
    pub moved_from: Option<NaiveDate>,
    /// What states the day.
    pub stated_by: ItemId,
    /// What moves it.
    pub moved_by: Option<ItemId>,
}

impl PaymentDate {
    /// What states the day and, where it is moved, what moves it.
    pub fn items(&self) -> impl Iterator<Item = ItemId> {
        std::iter::once(self.stated_by).chain(self.moved_by)
    }
}

impl Regulation {
    /// When what is paid in a run for a period is paid. A day that the regulation does not state, or that is a
    /// parameter without a value, is not known.
    pub fn payments_of(&self, period: Period) -> Vec<PaymentDate> {
        PaidTogether::ALL.into_iter().filter_map(|what| self.payment_date(what, period)).collect()
    }

    /// All payments that are made in a calendar year, in order.
    pub fn payment_dates(&self, year: i32) -> Vec<PaymentDate> {
        // What is paid in a year may be for the year before it or after it.
        let years = [year.checked_sub(1), Some(year), year.checked_add(1)].into_iter().flatten();
        let periods = years.flat_map(|year| {
            Payment::ALL.into_iter().flat_map(move |payment| Period::all_of_year(year, payment))
        });
        let in_force = periods.filter(|period| {
            [period.first_day(), period.last_day()].iter().all(|day| self.in_force.contains(*day))
        });
        let mut dates: Vec<PaymentDate> = in_force
            .flat_map(|period| self.payments_of(period))
            .filter(|date| date.paid.year() == year)
            .collect();
        dates.sort_by_key(|date| (date.paid, date.what, date.period));
        dates
    }

    fn payment_date(&self, what: PaidTogether, period: Period) -> Option<PaymentDate> {
        let calendar = self.payment_calendar.as_ref()?;
        let days = match what {
            PaidTogether::FixedFees => &calendar.fixed_fees,
            PaidTogether::MeetingFeesAndClaims => &calendar.meeting_fees_and_claims,
        };
        let days = days.get(&period.payment()).filter(|_| self.pays(what, period))?.on(period.last_day());
        let stated = day_of(days.peek()?, period)?;
        let not_a_bank_day = calendar.not_a_bank_day.on(period.last_day());
        let paid = not_a_bank_day.peek()?.paid_on(stated);
        let claims = match what {
            PaidTogether::FixedFees => None,
            PaidTogether::MeetingFeesAndClaims => calendar.claims_due(days.peek()?, period, stated),
        };
        let is_moved = paid != stated;
        Some(PaymentDate {
            what,
            period,
            claims,
            paid,
            moved_from: is_moved.then_some(stated),
            stated_by: days.item(),
            moved_by: is_moved.then(|| not_a_bank_day.item()),
        })
    }

    fn pays(&self, what: PaidTogether, period: Period) -> bool {
        let in_rhythm =
            |payment: &Dated<Payment>| payment.on(period.last_day()).peek() == Some(&period.payment());
        match what {
            PaidTogether::FixedFees => self.fixed_fees.iter().any(|fee| in_rhythm(&fee.payment)),
            PaidTogether::MeetingFeesAndClaims => in_rhythm(&self.fees.meeting_fees_and_claims),
        }
    }
}

impl PaymentCalendar {
    /// The claims that have to be in between the payment before and this one.
    fn claims_due(&self, days: &[PayDay], period: Period, stated: NaiveDate) -> Option<ClaimsDue> {
        let received_by = self.claims_by.as_ref()?.on(period.last_day()).peek()?;
        received_by.due(day_of(days, period.before()?)?, stated)
    }
}

/// The day for a period: that of its place in the year, or the one for all.
fn day_of(days: &[PayDay], period: Period) -> Option<NaiveDate> {
    let place = usize::try_from(period.number()).ok()?.checked_sub(1)?;
    let day = if days.len() == 1 { days.first() } else { days.get(place) };
    day?.of(period)
}

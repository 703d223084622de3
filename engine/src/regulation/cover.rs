//! Covers: which claims share which caps.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::amount::AmountIx;
use super::fees::Share;
use super::stated::{Dated, Trail};
use crate::basis::{ClaimKind, Employment};
use crate::shortfall::Shortfall;

/// Claims of some kinds, and the caps that one person's claims of these kinds share.
#[derive(Debug, Clone)]
pub struct Cover {
    /// Its name in the file.
    pub name: String,
    /// The kinds of claim.
    pub kinds: Dated<Vec<ClaimKind>>,
    /// Whose claims, by where they earn their income; nothing for everybody's.
    pub employments: Option<Dated<Vec<Employment>>>,
    /// The cap of one person's day.
    pub cap_per_day: Option<AmountIx>,
    /// The cap of one meeting.
    pub meeting: MeetingCover,
    /// Whether social costs that a claim states are covered on top of its cap.
    pub social_costs_on_top: Option<Dated<bool>>,
    /// Whether a supplier that a claim names is paid instead of the person.
    pub paid_to_supplier: Option<Dated<bool>>,
}

/// How much there is for one meeting.
#[derive(Debug, Clone)]
pub enum MeetingCover {
    /// As much as for a day.
    Day,
    /// An amount.
    Amount(AmountIx),
    /// So much an hour, however long it is.
    PerHour(AmountIx),
    /// A part of the day's cap, by the hours of a day that it is for.
    PartOfDay {
        /// The hours.
        hours_per_day: Dated<Decimal>,
    },
    /// The day's cap for a long meeting, and less for a short one.
    ByLength {
        /// What there is for a short meeting.
        short: ShortMeeting,
        /// The limit, where it is not that of the regulation's section on length.
        limit: Option<LengthLimit>,
    },
}

/// How much there is for a short meeting.
#[derive(Debug, Clone)]
pub enum ShortMeeting {
    /// So much an hour, at most the day's cap.
    PerHour(AmountIx),
    /// An amount, at most the day's cap.
    Amount(AmountIx),
    /// A share of the day's cap.
    ShareOfDay(Dated<Share>),
}

/// The length above which a meeting is a whole day.
#[derive(Debug, Clone)]
pub struct LengthLimit {
    /// The length.
    pub whole_day_over_minutes: Dated<u32>,
    /// Whether a meeting of exactly that length is a whole day.
    pub at_limit: Dated<bool>,
}

impl Cover {
    /// Its amounts.
    pub fn amounts(&self) -> impl Iterator<Item = AmountIx> {
        let of_meeting = match &self.meeting {
            MeetingCover::Amount(amount)
            | MeetingCover::PerHour(amount)
            | MeetingCover::ByLength {
                short: ShortMeeting::PerHour(amount) | ShortMeeting::Amount(amount),
                ..
            } => Some(*amount),
            MeetingCover::Day | MeetingCover::PartOfDay { .. } | MeetingCover::ByLength { .. } => None,
        };
        self.cap_per_day.into_iter().chain(of_meeting)
    }

    /// Whether claims of a kind, of somebody with such an employment, are in it on a day.
    pub fn takes(
        &self,
        kind: ClaimKind,
        employment: Employment,
        day: NaiveDate,
        trail: &mut Trail,
    ) -> Result<bool, Shortfall> {
        if !trail.read_on(&self.kinds, day)?.contains(&kind) {
            return Ok(false);
        }
        match &self.employments {
            Some(employments) => Ok(trail.read_on(employments, day)?.contains(&employment)),
            None => Ok(true),
        }
    }
}

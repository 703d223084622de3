//! The line of a journey or a distance, and of one that gives nothing.

use super::claim_line;
use crate::basis::{Claim, ClaimIx, Trip, TripIx};
use crate::ledger::Settled;
use crate::line::{Kind, Origin, PayLine};
use crate::money::Money;
use crate::person_year::PersonYear;
use crate::regulation::{ItemId, Trail};
use crate::shortfall::Shortfall;
use crate::why::{NoTravelWhy, Refusal, RefusedWhy, Why};

/// What asks for travel: a claim, or a journey.
#[derive(Clone, Copy)]
pub(super) enum Asks<'a> {
    Claim(ClaimIx, &'a Claim),
    Trip(TripIx, &'a Trip),
}

impl<'a> Asks<'a> {
    pub(super) fn origin(self) -> Origin {
        match self {
            Self::Claim(claim, _) => Origin::Claim(claim),
            Self::Trip(trip, _) => Origin::Trip(trip),
        }
    }

    /// Whether it is a claim that payroll has from another system.
    pub(super) fn is_registered(self) -> bool {
        matches!(self, Self::Claim(_, claim) if claim.registered.is_some())
    }

    /// The place that a closed run gave it.
    pub(super) fn settled(self) -> Option<Settled> {
        match self {
            Self::Claim(_, claim) => claim.settled,
            Self::Trip(_, trip) => trip.settled,
        }
    }

    pub(super) fn id(self) -> &'a str {
        match self {
            Self::Claim(_, claim) => &claim.id,
            Self::Trip(_, trip) => &trip.id,
        }
    }
}

/// The line of a kind.
pub(super) fn line(
    year: &PersonYear<'_>,
    asks: Asks<'_>,
    kind: Kind,
    amount: Money,
    cite: ItemId,
    why: Why,
    trail: Trail,
) -> Result<PayLine, Shortfall> {
    match asks {
        Asks::Claim(claim_ix, claim) => claim_line::line(year, claim_ix, claim, amount, cite, why, trail),
        Asks::Trip(_, trip) => Ok(PayLine {
            person: year.person,
            kind,
            body: trip.meeting.map(|meeting| year.meeting(meeting).body),
            meeting: trip.meeting,
            origin: asks.origin(),
            date: trip.date,
            units: None,
            amount,
            cite: Some(cite),
            why: Box::new(why),
            trail,
            to_supplier: false,
            tax: None,
            correction: None,
        }),
    }
}

/// The line of what is refused as a whole, by an item of the regulation.
pub(super) fn refused(
    year: &PersonYear<'_>,
    asks: Asks<'_>,
    kind: Kind,
    (reason, cite): (Refusal, ItemId),
    trail: Trail,
) -> Result<PayLine, Shortfall> {
    let asked = match asks {
        Asks::Claim(_, claim) => claim.amount,
        Asks::Trip(..) => None,
    };
    line(year, asks, kind, Money::ZERO, cite, Why::Refused(RefusedWhy { asked, reason }), trail)
}

/// The line of a journey or distance that gives nothing, by an item of the regulation.
pub(super) fn nothing(
    year: &PersonYear<'_>,
    asks: Asks<'_>,
    kind: Kind,
    (reason, cite): (NoTravelWhy, ItemId),
    trail: Trail,
) -> Result<PayLine, Shortfall> {
    line(year, asks, kind, Money::ZERO, cite, Why::NoTravel(reason), trail)
}

//! Which of several payments for the same is which.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::identity::Identity;
use super::posting::Posting;
use super::settled::Settled;
use crate::basis::Basis;
use crate::line::{Origin, PayLine};
use crate::money::Money;

/// One of several things with the same identity, and what tells it from the others as far as anything does.
#[derive(Debug, Clone)]
pub(super) struct OneOf<T> {
    pub(super) what: T,
    pub(super) identity: Identity,
    /// The place that it keeps among claims and journeys.
    pub(super) settled: Option<Settled>,
    pub(super) start_minute: Option<u32>,
    pub(super) asked: Option<Decimal>,
    /// What else it says.
    pub(super) particulars: Box<str>,
    /// What it gives, where that is known.
    pub(super) amount: Option<Money>,
}

impl<T> OneOf<T> {
    /// What was paid, as it was posted.
    pub(super) fn paid(what: T, posting: &Posting) -> Self {
        Self {
            what,
            identity: posting.identity.clone(),
            settled: posting.settled,
            start_minute: posting.start_minute,
            asked: posting.asked,
            particulars: posting.particulars.clone(),
            amount: Some(posting.amount),
        }
    }

    /// What is paid by a line that follows from a basis.
    pub(super) fn now(what: T, line: &PayLine, basis: &Basis) -> Self {
        let settled = match line.origin {
            Origin::Claim(claim) => basis.claim(claim).settled,
            Origin::Trip(trip) => basis.trip(trip).settled,
            _ => None,
        };
        Self {
            what,
            identity: Identity::of(line, basis),
            settled,
            start_minute: start_minute(line, basis),
            asked: asked(line.origin, basis),
            particulars: particulars(line.origin, basis),
            amount: Some(line.amount),
        }
    }
}

/// When a line's meeting or journey started, in minutes after midnight.
pub(super) fn start_minute(line: &PayLine, basis: &Basis) -> Option<u32> {
    match line.origin {
        Origin::Trip(trip) => Some(basis.trip(trip).departure_minute),
        Origin::Posting(posting) => basis.ledger().posting(posting).start_minute,
        _ => line.meeting.map(|meeting| basis.register().meeting(meeting).start_minute),
    }
}

/// The number that whatever a line follows from asks for: kroner, kilometres, hours or months.
pub(super) fn asked(origin: Origin, basis: &Basis) -> Option<Decimal> {
    match origin {
        Origin::Claim(claim) => basis.claim(claim).asked(),
        Origin::GroupPayment(payment) => Some(basis.group_payment(payment).amount.decimal().normalize()),
        Origin::Posting(posting) => basis.ledger().posting(posting).asked,
        Origin::Office(..) | Origin::Attendance(_) | Origin::Trip(_) => None,
    }
}

/// What else a claim says that may decide what it gives; nothing for what is no claim.
pub(super) fn particulars(origin: Origin, basis: &Basis) -> Box<str> {
    match origin {
        Origin::Claim(claim) => basis.claim(claim).particulars().into(),
        Origin::Posting(posting) => basis.ledger().posting(posting).particulars.clone(),
        Origin::Office(..) | Origin::Attendance(_) | Origin::Trip(_) | Origin::GroupPayment(_) => {
            Box::default()
        }
    }
}

/// What was paid and what there is now, each where it has no counterpart by itself.
pub(super) type Pair<P, N> = (Option<P>, Option<N>);

/// Things with one identity: those that were paid, and those that there are now.
struct Alike<P, N> {
    paid: Vec<OneOf<P>>,
    now: Vec<OneOf<N>>,
}

/// Pairs what was paid with what there is: those that are alike and give the same first, for there nothing is to be
/// corrected; then those that were told to be the same when claims got their places, and those that are alike, by
/// what they ask, by when they started, and by their order. What has no counterpart then may have one to which
/// somebody else is paid. No id takes part, for an id may be renamed.
pub(super) fn pairs<P: Copy, N: Copy>(paid: Vec<OneOf<P>>, now: Vec<OneOf<N>>) -> Vec<Pair<P, N>> {
    let mut found = Vec::new();
    let left = pairs_by(Identity::clone, Alike { paid, now }, &mut found);
    let left = pairs_by(Identity::whoever_is_paid, left, &mut found);
    found.extend(left.paid.into_iter().map(|one| (Some(one.what), None)));
    found.extend(left.now.into_iter().map(|one| (None, Some(one.what))));
    found
}

/// Pairs what is alike in something, and gives what is left.
fn pairs_by<P: Copy, N: Copy>(
    alike_in: impl Fn(&Identity) -> Identity,
    all: Alike<P, N>,
    found: &mut Vec<Pair<P, N>>,
) -> Alike<P, N> {
    let mut by_identity: BTreeMap<Identity, Alike<P, N>> = BTreeMap::new();
    let nothing = || Alike { paid: Vec::new(), now: Vec::new() };
    for one in all.paid {
        by_identity.entry(alike_in(&one.identity)).or_insert_with(nothing).paid.push(one);
    }
    for one in all.now {
        by_identity.entry(alike_in(&one.identity)).or_insert_with(nothing).now.push(one);
    }
    let mut left = nothing();
    for mut alike in by_identity.into_values() {
        alike.pairs(found);
        left.paid.extend(alike.paid);
        left.now.extend(alike.now);
    }
    left
}

/// How far two things of one identity have to agree to be the same, the closest first.
#[derive(Clone, Copy)]
enum AgreeIn {
    AllThatIsSaidAndGiven,
    Place,
    AllThatIsSaidAndStart,
    AllThatIsSaid,
    WhatIsAsked,
    Start,
    Nothing,
}

impl AgreeIn {
    const CLOSEST_FIRST: [Self; 7] = [
        Self::AllThatIsSaidAndGiven,
        Self::Place,
        Self::AllThatIsSaidAndStart,
        Self::AllThatIsSaid,
        Self::WhatIsAsked,
        Self::Start,
        Self::Nothing,
    ];

    fn holds<P, N>(self, paid: &OneOf<P>, now: &OneOf<N>) -> bool {
        let asks = paid.asked == now.asked;
        let says = asks && paid.particulars == now.particulars;
        let starts = paid.start_minute == now.start_minute;
        match self {
            Self::AllThatIsSaidAndGiven => says && paid.amount == now.amount,
            Self::Place => paid.settled.is_some() && paid.settled == now.settled,
            Self::AllThatIsSaidAndStart => says && starts,
            Self::AllThatIsSaid => says,
            Self::WhatIsAsked => asks,
            Self::Start => starts,
            Self::Nothing => true,
        }
    }
}

impl<P: Copy, N: Copy> Alike<P, N> {
    /// Takes out what has a counterpart.
    fn pairs(&mut self, found: &mut Vec<Pair<P, N>>) {
        for agree in AgreeIn::CLOSEST_FIRST {
            self.paid.retain(|paid| match self.now.iter().position(|now| agree.holds(paid, now)) {
                Some(place) => {
                    found.push((Some(paid.what), Some(self.now.remove(place).what)));
                    false
                }
                None => true,
            });
        }
    }
}

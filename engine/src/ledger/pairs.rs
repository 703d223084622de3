//! Which of several payments for the same is which.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::identity::Identity;

/// One of several things with the same identity, and what tells it from the others as far as anything does.
#[derive(Debug, Clone)]
pub(super) struct OneOf<T> {
    pub(super) what: T,
    pub(super) identity: Identity,
    pub(super) start_minute: Option<u32>,
    pub(super) asked: Option<Decimal>,
}

/// What was paid and what there is now, each where it has no counterpart by itself.
pub(super) type Pair<P, N> = (Option<P>, Option<N>);

/// Things with one identity: those that were paid, and those that there are now.
struct Alike<P, N> {
    paid: Vec<OneOf<P>>,
    now: Vec<OneOf<N>>,
}

/// Pairs what was paid with what there is: those that are alike in everything first, then by what they ask, by
/// when their meeting started, and by their order. No id takes part, for an id may be renamed.
pub(super) fn pairs<P: Copy, N: Copy>(paid: Vec<OneOf<P>>, now: Vec<OneOf<N>>) -> Vec<Pair<P, N>> {
    let mut all: BTreeMap<Identity, Alike<P, N>> = BTreeMap::new();
    let nothing = || Alike { paid: Vec::new(), now: Vec::new() };
    for one in paid {
        all.entry(one.identity.clone()).or_insert_with(nothing).paid.push(one);
    }
    for one in now {
        all.entry(one.identity.clone()).or_insert_with(nothing).now.push(one);
    }
    all.into_values().flat_map(Alike::pairs).collect()
}

/// How far two things of one identity have to agree to be the same, the closest first.
#[derive(Clone, Copy)]
enum AgreeIn {
    All,
    WhatIsAsked,
    Start,
    Nothing,
}

impl AgreeIn {
    fn holds<P, N>(self, paid: &OneOf<P>, now: &OneOf<N>) -> bool {
        let asks = paid.asked == now.asked;
        let starts = paid.start_minute == now.start_minute;
        match self {
            Self::All => asks && starts,
            Self::WhatIsAsked => asks,
            Self::Start => starts,
            Self::Nothing => true,
        }
    }
}

impl<P: Copy, N: Copy> Alike<P, N> {
    fn pairs(mut self) -> Vec<Pair<P, N>> {
        let mut found = Vec::new();
        for agree in [AgreeIn::All, AgreeIn::WhatIsAsked, AgreeIn::Start, AgreeIn::Nothing] {
            self.paid.retain(|paid| match self.now.iter().position(|now| agree.holds(paid, now)) {
                Some(place) => {
                    found.push((Some(paid.what), Some(self.now.remove(place).what)));
                    false
                }
                None => true,
            });
        }
        found.extend(self.paid.into_iter().map(|one| (Some(one.what), None)));
        found.extend(self.now.into_iter().map(|one| (None, Some(one.what))));
        found
    }
}

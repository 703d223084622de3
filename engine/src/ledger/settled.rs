//! What was closed keeps its place: the order in which claims fill caps and count kilometres.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::identity::Identity;
use super::pairs::{OneOf, pairs};
use super::{Ledger, List};
use crate::basis::{Basis, Claim, ClaimIx, MeetingIx, PersonIx, Rows, Trip, TripIx};
use crate::calendar::{Payment, Period};
use crate::line::{Kind, Origin};
use crate::natural::natural_order;
use crate::regulation::Regulation;

/// The place of a claim or journey that was closed: claims of an earlier run come before those of a later one,
/// and within a run in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Settled {
    /// The closed run that had it first.
    pub run: u32,
    /// Its place among the person's claims and journeys there.
    pub place: u32,
}

/// The rows of a basis, its claims and journeys marked with their places where a closed run had them and the
/// regulation lets them keep those.
pub(crate) fn settle_rows(basis: &Basis, ledger: &Ledger, regulation: &Regulation) -> Rows {
    let mut rows = basis.rows().clone();
    let keeps =
        |day: &NaiveDate| regulation.claims.closed_keep_their_share.on(*day).peek().copied().unwrap_or(true);
    // What is registered elsewhere and what is claimed here are never the same claim.
    for is_registered in [true, false] {
        let paid = ledger.standing().filter(|(_, posting)| {
            (posting.number.list == List::Registered) == is_registered
                && ledger.is_closed(posting.earned)
                && keeps(&posting.date)
        });
        let paid = paid.filter_map(|(_, posting)| {
            let one = OneOf::paid(posting.settled?, posting);
            Some(OneOf { identity: Identity { to_others: false, ..one.identity }, ..one })
        });
        let asking = asking(basis).into_iter().filter(|one| one.what.is_registered(basis) == is_registered);
        for (settled, asking) in pairs(paid.collect(), asking.collect()) {
            match asking {
                Some(Asking::Claim(claim)) => set(rows.claims.get_mut(claim.place()), |one| {
                    one.settled = settled;
                }),
                // A journey has lines of several kinds, which have one place.
                Some(Asking::Trip(trip)) => set(rows.trips.get_mut(trip.place()), |one| {
                    one.settled = one.settled.or(settled);
                }),
                None => {}
            }
        }
    }
    rows
}

fn set<T>(row: Option<&mut T>, change: impl FnOnce(&mut T)) {
    if let Some(row) = row {
        change(row);
    }
}

/// What asks for money, and has a place among the others.
#[derive(Clone, Copy)]
enum Asking {
    Claim(ClaimIx),
    Trip(TripIx),
}

impl Asking {
    fn is_registered(self, basis: &Basis) -> bool {
        matches!(self, Self::Claim(claim) if basis.claim(claim).registered.is_some())
    }
}

/// All claims and journeys; a journey for each kind of line that it may have. Who is paid is not known before
/// the claim is worked out, and tells no two claims apart.
fn asking(basis: &Basis) -> Vec<OneOf<Asking>> {
    let start_minute =
        |meeting: Option<MeetingIx>| meeting.map(|meeting| basis.register().meeting(meeting).start_minute);
    let claims = (0..).map(ClaimIx::new).zip(&basis.rows().claims).map(|(ix, claim)| OneOf {
        what: Asking::Claim(ix),
        identity: Identity { to_others: false, ..Identity::of_claim(claim, basis) },
        settled: None,
        start_minute: start_minute(claim.meeting),
        asked: claim.asked(),
        particulars: claim.particulars().into(),
        amount: None,
    });
    let trips = (0..).map(TripIx::new).zip(&basis.rows().trips).flat_map(|(ix, trip)| {
        [Kind::TravelCar, Kind::TravelPassenger, Kind::Subsistence].map(|kind| OneOf {
            what: Asking::Trip(ix),
            identity: Identity { to_others: false, ..Identity::of_trip(trip, kind, basis) },
            settled: None,
            start_minute: Some(trip.departure_minute),
            asked: None,
            particulars: Box::default(),
            amount: None,
        })
    });
    claims.chain(trips).collect()
}

/// The order of claims that share a cap: closed ones in their places; then those that are registered in another
/// system, which payroll has paid; then by the natural order of ids.
pub(crate) fn order_of_claims(a: &Claim, b: &Claim) -> Ordering {
    let registered = |claim: &Claim| claim.registered.is_none();
    closed_first(a.settled, b.settled)
        .then_with(|| registered(a).cmp(&registered(b)))
        .then_with(|| natural_order(&a.id, &b.id))
}

/// Whatever was closed, in its order, before what was not.
pub(crate) fn closed_first(a: Option<Settled>, b: Option<Settled>) -> Ordering {
    (a.is_none(), a).cmp(&(b.is_none(), b))
}

/// As of when something counts towards a year, before what counts later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Counts {
    day: NaiveDate,
    /// The closed run in which it came late, the last for one that comes now; 0 for what came in time.
    late_in: u32,
}

impl Ledger {
    /// When something of a day counts that is paid in runs for such periods: on its day; what came after its
    /// period was closed counts at the end of everything that was closed before it came.
    pub(crate) fn counts(&self, day: NaiveDate, settled: Option<Settled>, payment: Payment) -> Counts {
        let came_in = settled.map_or(u32::MAX, |settled| settled.run);
        let own = Period::of_day(day, payment);
        let before = self.closed().iter().filter(|run| run.number < came_in);
        let periods: Vec<Period> =
            before.map(|run| run.period).filter(|period| period.payment() == payment).collect();
        if !periods.contains(&own) {
            return Counts { day, late_in: 0 };
        }
        let of_year = periods.iter().filter(|period| period.year() == own.year());
        let last = of_year.map(|period| period.last_day()).max();
        Counts { day: last.unwrap_or(day), late_in: came_in }
    }
}

/// The place that a line's claim or journey keeps once the run is closed under a number.
pub(super) fn place_of(origin: Origin, basis: &Basis, run: u32) -> Option<Settled> {
    let (person, settled) = match origin {
        Origin::Claim(claim) => (basis.claim(claim).person, basis.claim(claim).settled),
        Origin::Trip(trip) => (basis.trip(trip).person, basis.trip(trip).settled),
        Origin::Posting(posting) => return basis.ledger().posting(posting).settled,
        Origin::Office(..) | Origin::Attendance(_) | Origin::GroupPayment(_) => return None,
    };
    settled.or_else(|| {
        let place = asking_of(basis, person).iter().position(|one| *one == origin)?;
        Some(Settled { run, place: u32::try_from(place + 1).unwrap_or(u32::MAX) })
    })
}

/// A person's claims and journeys in their order.
fn asking_of(basis: &Basis, person: PersonIx) -> Vec<Origin> {
    let rows = basis.of_person(person);
    let claims = rows.claims().map(|(ix, claim)| (claim.registered.is_none(), &*claim.id, Origin::Claim(ix)));
    let trips = rows.trips().map(|(ix, trip): (TripIx, &Trip)| (true, &*trip.id, Origin::Trip(ix)));
    let mut all: Vec<(bool, &str, Origin)> = claims.chain(trips).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| natural_order(a.1, b.1)).then_with(|| a.2.cmp(&b.2)));
    all.into_iter().map(|(_, _, origin)| origin).collect()
}

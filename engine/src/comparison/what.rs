//! What a line is paid for, whichever basis it is of; and lines for the same, paired.

use std::collections::{BTreeMap, VecDeque};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::basis::{Basis, Role};
use crate::calendar::Period;
use crate::ledger::Identity;
use crate::line::{Kind, Origin, PayLine};
use crate::money::Money;

/// What a line is paid for. Ids of meetings and claims are no part of it: they may be renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct What<'p> {
    pub(super) kind: Kind,
    pub(super) correction: Option<Corrected>,
    pub(super) body: &'p str,
    /// The office's role, of a line that follows from an office.
    role: Option<Role>,
    /// The day, of a line that follows from anything else.
    pub(super) day: Option<NaiveDate>,
    /// What tells apart lines of one kind, body and day.
    detail: Detail<'p>,
}

/// What a correction is about: the period in which it was earned, and whether it takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Corrected {
    earned: Period,
    is_reversal: bool,
}

/// What is said of a claim, a journey, a meeting or a payment beside its kind, body and day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Detail<'p> {
    document: &'p str,
    /// Who is paid: a supplier, or the person on a party group's behalf.
    supplier: &'p str,
    /// Minutes after midnight at which the meeting or the journey starts.
    start_minute: Option<u32>,
    asked: Asked,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    amount: Option<Money>,
    quantity: Option<Decimal>,
    social_costs: Option<Money>,
    received: Option<NaiveDate>,
}

impl<'p> What<'p> {
    pub(super) fn of(line: &PayLine, basis: &'p Basis) -> Self {
        let register = basis.register();
        let meeting = line.meeting.map(|meeting| register.meeting(meeting));
        let start_minute = meeting.map(|meeting| meeting.start_minute);
        let plain = Detail { start_minute, ..Detail::default() };
        let detail = match line.origin {
            Origin::Office(..) | Origin::Attendance(_) => plain,
            Origin::Claim(claim) => {
                let claim = basis.claim(claim);
                let asked = Asked {
                    amount: claim.amount,
                    quantity: claim.quantity,
                    social_costs: claim.social_costs,
                    received: claim.received,
                };
                Detail { document: &claim.document, supplier: &claim.supplier, asked, ..plain }
            }
            Origin::Trip(trip) => {
                let trip = basis.trip(trip);
                let asked = Asked { quantity: trip.km, ..Asked::default() };
                Detail { start_minute: Some(trip.departure_minute), asked, ..plain }
            }
            Origin::GroupPayment(payment) => {
                let payment = basis.group_payment(payment);
                let asked = Asked { amount: Some(payment.amount), ..Asked::default() };
                Detail { supplier: &payment.group, asked, ..plain }
            }
            Origin::Posting(posting) => {
                let posting = basis.ledger().posting(posting);
                let asked = Asked { quantity: posting.asked, ..Asked::default() };
                let Identity { document, supplier, .. } = &posting.identity;
                Detail { document, supplier, start_minute: posting.start_minute, asked }
            }
        };
        let role = line.office(basis);
        let correction = line
            .correction
            .map(|correction| Corrected { earned: correction.earned, is_reversal: line.is_reversal() });
        Self {
            kind: line.kind,
            correction,
            body: line.body_code(basis),
            role,
            day: role.is_none().then_some(line.date),
            detail,
        }
    }

    /// Whether another claim of the kind, body and day says the same in all.
    pub(super) fn says_the_same(self, other: Self) -> bool {
        self.detail == other.detail
    }

    fn whatever_is_asked(self) -> Self {
        Self { detail: Detail { asked: Asked::default(), ..self.detail }, ..self }
    }

    fn of_the_day(self) -> Self {
        Self { detail: Detail::default(), ..self }
    }

    fn of_any_day(self) -> Self {
        Self { day: None, ..self.of_the_day() }
    }
}

/// How close a look tells lines apart.
pub(super) type Look = for<'p> fn(What<'p>) -> What<'p>;

/// Lines of one period: those alike in all first; then those that ask for something else; then those of the
/// same kind, body and day.
pub(super) const OF_THE_DAY: [Look; 3] =
    [|what| what, |what| what.whatever_is_asked(), |what| what.of_the_day()];

/// Lines of different periods, in the order of their days.
pub(super) const OF_ANY_DAY: [Look; 1] = [|what| what.of_any_day()];

/// A line with what it is for.
pub(super) type For<'p, L> = (What<'p>, L);

/// Two lines for the same, or one that has no pair.
pub(super) type Pair<'p, A, B> = (Option<For<'p, A>>, Option<For<'p, B>>);

/// Lines for the same, and those that have no pair. Of several for the same, the first is the first's.
pub(super) fn paired<'p, A, B>(
    mut before: Vec<For<'p, A>>,
    mut now: Vec<For<'p, B>>,
    looks: &[Look],
) -> Vec<Pair<'p, A, B>> {
    let mut pairs = Vec::new();
    for look in looks {
        let mut by_what: BTreeMap<What<'p>, VecDeque<For<'p, B>>> = BTreeMap::new();
        for line in now {
            by_what.entry(look(line.0)).or_default().push_back(line);
        }
        let mut alone = Vec::new();
        for line in before {
            match by_what.get_mut(&look(line.0)).and_then(VecDeque::pop_front) {
                Some(same) => pairs.push((Some(line), Some(same))),
                None => alone.push(line),
            }
        }
        before = alone;
        now = by_what.into_values().flatten().collect();
    }
    pairs.extend(before.into_iter().map(|line| (Some(line), None)));
    pairs.extend(now.into_iter().map(|line| (None, Some(line))));
    pairs
}

//! What has changed from one payout to another, person by person and by cause.

use std::collections::{BTreeMap, BTreeSet};

use crate::basis::{Basis, Role};
use crate::line::{Kind, Origin, PayLine};
use crate::money::Money;
use crate::payout::Payout;
use crate::why::Why;

/// Why somebody is paid more or less than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// An office that began or ended, or was held on more or fewer days.
    Office,
    /// Another fee for the same.
    Rate,
    /// Another fee, on more or fewer days.
    RateAndOffice,
    /// More or fewer meetings with a fee, or more or less of one.
    Attendance,
    /// Absence from meetings.
    Absence,
    /// What was claimed: lost income, care, travel.
    Claims,
    /// A correction of what was paid earlier.
    Correction,
}

/// A payout and the basis that it is of.
#[derive(Clone, Copy)]
pub struct Paid<'p> {
    /// The basis.
    pub basis: &'p Basis,
    /// What it gives.
    pub payout: &'p Payout,
}

/// What has changed for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonChange {
    /// The person's id.
    pub person_id: String,
    /// What was paid before.
    pub before: Money,
    /// What is paid now.
    pub now: Money,
    /// The difference by cause; those of 0.00 are left out.
    pub causes: BTreeMap<Cause, Money>,
}

impl PersonChange {
    /// How much more is paid now.
    pub fn difference(&self) -> Money {
        self.now - self.before
    }
}

/// What has changed from one payout to another for each person who is paid in either, in the order of ids. The
/// causes of a person sum to the difference. Payables are left out.
pub fn changes(before: Paid<'_>, now: Paid<'_>) -> Vec<PersonChange> {
    let (before, now) = (by_person(before), by_person(now));
    let ids: BTreeSet<&str> = before.keys().chain(now.keys()).copied().collect();
    let no_lines = Vec::new();
    let change = |id: &&str| {
        let [before, now] = [&before, &now].map(|lines| lines.get(id).unwrap_or(&no_lines).as_slice());
        let mut causes: BTreeMap<Cause, Money> = BTreeMap::new();
        for (cause, difference) in of_pairs(before, now) {
            *causes.entry(cause).or_default() += difference;
        }
        causes.retain(|_, difference| !difference.is_zero());
        let sum = |lines: &[PaidFor<'_>]| lines.iter().map(|line| line.line.amount).sum::<Money>();
        PersonChange { person_id: (*id).to_owned(), before: sum(before), now: sum(now), causes }
    };
    let mut all: Vec<PersonChange> = ids.iter().map(change).collect();
    all.sort_by(|a, b| crate::natural::natural_order(&a.person_id, &b.person_id));
    all
}

/// A pay line, and what it is paid for whichever basis it is of.
#[derive(Clone, Copy)]
struct PaidFor<'p> {
    line: &'p PayLine,
    body: &'p str,
    role: Option<Role>,
}

fn by_person(paid: Paid<'_>) -> BTreeMap<&str, Vec<PaidFor<'_>>> {
    let register = paid.basis.register();
    let mut all: BTreeMap<&str, Vec<PaidFor<'_>>> = BTreeMap::new();
    for line in &paid.payout.lines {
        let body = line.body.map_or("", |body| &*register.body(body).code);
        let role = match line.origin {
            Origin::Office(first, count) => {
                paid.basis.intervals(first, count).first().map(|office| office.role)
            }
            _ => None,
        };
        all.entry(&register.person(line.person).id).or_default().push(PaidFor { line, body, role });
    }
    all
}

/// The differences of lines for the same, paired in the order of their days; and those that have no pair.
fn of_pairs(before: &[PaidFor<'_>], now: &[PaidFor<'_>]) -> Vec<(Cause, Money)> {
    let what = |line: &PaidFor<'_>| (line.line.kind, line.body.to_owned(), line.role);
    let all: BTreeSet<_> = before.iter().chain(now).map(what).collect();
    let mut differences = Vec::new();
    for one in all {
        let [mut before, mut now] =
            [before, now].map(|lines| lines.iter().filter(|line| what(line) == one).map(|line| line.line));
        loop {
            differences.push(match (before.next(), now.next()) {
                (None, None) => break,
                (None, Some(line)) => (alone(line.kind), line.amount),
                (Some(line), None) => (alone(line.kind), -line.amount),
                (Some(old), Some(new)) => (of_pair(old, new), new.amount - old.amount),
            });
        }
    }
    differences
}

/// Why there is a line that was not there before, or no more.
fn alone(kind: Kind) -> Cause {
    match kind {
        Kind::FixedFee => Cause::Office,
        Kind::AbsenceReduction => Cause::Absence,
        Kind::MeetingFee => Cause::Attendance,
        Kind::Correction => Cause::Correction,
        _ => Cause::Claims,
    }
}

/// Why a line differs from the one for the same before it.
fn of_pair(old: &PayLine, new: &PayLine) -> Cause {
    match (&old.why, &new.why) {
        (Why::FixedFee(old), Why::FixedFee(new)) => {
            let rates = |why: &crate::why::FixedFeeWhy| -> Vec<_> {
                why.parts.iter().map(|part| part.rate.clone()).collect()
            };
            let share = |why: &crate::why::FixedFeeWhy| {
                let held: u32 = why.parts.iter().map(|part| part.days_held).sum();
                (u64::from(held), u64::from(why.days_in_period))
            };
            let ((held, of), (held_now, of_now)) = (share(old), share(new));
            match (rates(old) == rates(new), held * of_now == held_now * of) {
                (true, _) => Cause::Office,
                (false, true) => Cause::Rate,
                (false, false) => Cause::RateAndOffice,
            }
        }
        (Why::MeetingFee(old), Why::MeetingFee(new)) if old.rate != new.rate => Cause::Rate,
        _ => alone(new.kind),
    }
}

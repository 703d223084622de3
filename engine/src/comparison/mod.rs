//! What has changed from one payout to another, person by person and by cause.
//!
//! Payouts of one period are the same run before and after something was mended: the way from one to the other
//! is worked out in steps, so that each difference has its cause exactly. Those of different periods are held
//! against one another line by line.

mod between_periods;
mod facts;
mod same_period;
mod what;

use std::collections::BTreeMap;

use self::what::{For, What};
use crate::basis::{Basis, PersonIx};
use crate::calendar::Period;
use crate::line::PayLine;
use crate::money::Money;
use crate::payout::Payout;
use crate::regulation::Regulation;

/// Why somebody is paid more or less than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// An office that began or ended, or was held on more or fewer days.
    Office,
    /// Another amount or setting of the regulation for the same.
    Rate,
    /// Another fee, on more or fewer days.
    RateAndOffice,
    /// More or fewer meetings with a fee, or more or less of one.
    Attendance,
    /// Absence from meetings.
    Absence,
    /// What was claimed: lost income, care, travel.
    Claims,
    /// The same, rounded in another way.
    Rounding,
    /// A correction of what was paid earlier.
    Correction,
}

impl Cause {
    /// The cause's name for machines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Rate => "rate",
            Self::RateAndOffice => "rate_and_office",
            Self::Attendance => "attendance",
            Self::Absence => "absence",
            Self::Claims => "claims",
            Self::Rounding => "rounding",
            Self::Correction => "correction",
        }
    }
}

/// Differences by cause.
pub type Causes = BTreeMap<Cause, Money>;

/// A payout, and what it is of.
#[derive(Clone, Copy)]
pub struct Paid<'p> {
    /// The basis.
    pub basis: &'p Basis,
    /// The regulation.
    pub regulation: &'p Regulation,
    /// The period.
    pub period: Period,
    /// What they give.
    pub payout: &'p Payout,
}

/// A line that is another than before, or is there in one of the payouts only.
#[derive(Debug, Clone)]
pub struct LineChange<'p> {
    /// The line that was.
    pub before: Option<&'p PayLine>,
    /// The line that is.
    pub now: Option<&'p PayLine>,
    /// The difference by cause; those of 0.00 are left out.
    pub causes: Causes,
}

impl LineChange<'_> {
    /// How much more is paid now.
    pub fn difference(&self) -> Money {
        amount(self.now) - amount(self.before)
    }

    fn is_change(&self) -> bool {
        !self.causes.is_empty() || !self.difference().is_zero()
    }
}

/// What has changed for one person.
#[derive(Debug, Clone)]
pub struct PersonChange<'p> {
    /// The person's id.
    pub person_id: &'p str,
    /// What was paid before.
    pub before: Money,
    /// What is paid now.
    pub now: Money,
    /// The difference by cause; those of 0.00 are left out.
    pub causes: Causes,
    /// The lines that changed, in the order of their days.
    pub lines: Vec<LineChange<'p>>,
}

impl PersonChange<'_> {
    /// How much more is paid now.
    pub fn difference(&self) -> Money {
        self.now - self.before
    }
}

/// What has changed for everybody who is paid in either payout, in the order of ids. The causes of a person sum
/// to the difference.
#[derive(Debug, Clone)]
pub struct Comparison<'p> {
    /// What goes to the persons.
    pub pay: Vec<PersonChange<'p>>,
    /// What goes to employers and suppliers, by the person it is for.
    pub payables: Vec<PersonChange<'p>>,
}

/// What has changed from one payout to another.
pub fn compare<'p>(before: Paid<'p>, now: Paid<'p>) -> Comparison<'p> {
    let steps = (before.period == now.period).then(|| same_period::Steps::new(before, now)).flatten();
    let changes = |lines: Lines| {
        let changed = |person: OnePerson<'p>| {
            let lines = match &steps {
                Some(steps) => steps.changes(person, lines),
                None => between_periods::changes(person, lines),
            };
            person_change(person, lines)
        };
        persons(before, now, lines).into_iter().map(changed).collect()
    };
    Comparison { pay: changes(|payout| &payout.lines), payables: changes(|payout| &payout.payables) }
}

/// Which lines of a payout are looked at.
type Lines = for<'p> fn(&'p Payout) -> &'p [PayLine];

/// A person in the two bases; whoever is in one only has no lines in the other.
#[derive(Clone, Copy)]
struct OnePerson<'p> {
    id: &'p str,
    before: OfPerson<'p>,
    now: OfPerson<'p>,
}

/// A payout, and a person of its basis.
#[derive(Clone, Copy)]
struct OfPerson<'p> {
    paid: Paid<'p>,
    person: Option<PersonIx>,
}

impl<'p> OfPerson<'p> {
    /// The person's lines in the payout, each with what it is for.
    fn lines(self, lines: Lines) -> Vec<For<'p, &'p PayLine>> {
        self.lines_of(self.paid.payout, lines)
    }

    /// The same of another payout of the basis.
    fn lines_of<'l>(self, payout: &'l Payout, lines: Lines) -> Vec<For<'p, &'l PayLine>> {
        let of_person = lines(payout).iter().filter(|line| Some(line.person) == self.person);
        of_person.map(|line| (What::of(line, self.paid.basis), line)).collect()
    }
}

/// Everybody who has a line in either payout. An id may have leading zeros in one basis and none in the other.
fn persons<'p>(before: Paid<'p>, now: Paid<'p>, lines: Lines) -> Vec<OnePerson<'p>> {
    let with_lines = |paid: Paid<'p>| {
        let mut persons: Vec<PersonIx> = lines(paid.payout).iter().map(|line| line.person).collect();
        persons.sort_unstable();
        persons.dedup();
        persons.into_iter().map(move |person| &*paid.basis.register().person(person).id)
    };
    let mut ids: Vec<&str> = with_lines(now).chain(with_lines(before)).collect();
    ids.sort_by(|a, b| crate::natural::compare_numbers(a, b));
    ids.dedup_by(|a, b| crate::natural::compare_numbers(a, b).is_eq());
    let of = |paid: Paid<'p>, id| OfPerson { paid, person: paid.basis.register().find_person(id) };
    ids.into_iter().map(|id| OnePerson { id, before: of(before, id), now: of(now, id) }).collect()
}

fn person_change<'p>(person: OnePerson<'p>, mut lines: Vec<LineChange<'p>>) -> PersonChange<'p> {
    let causes = sum_of_causes(lines.iter().map(|line| &line.causes));
    let sum = |of: fn(&LineChange<'p>) -> Option<&'p PayLine>| {
        lines.iter().map(|line| amount(of(line))).sum::<Money>()
    };
    let (before, now) = (sum(|line| line.before), sum(|line| line.now));
    lines.retain(LineChange::is_change);
    lines.sort_by_key(|change| change.now.or(change.before).map(|line| (line.date, line.kind)));
    PersonChange { person_id: person.id, before, now, causes, lines }
}

/// The sums of differences by cause; those of 0.00 are left out.
pub fn sum_of_causes<'c>(all: impl IntoIterator<Item = &'c Causes>) -> Causes {
    let mut sums = Causes::new();
    for (cause, difference) in all.into_iter().flatten() {
        *sums.entry(*cause).or_default() += *difference;
    }
    sums.retain(|_, difference| !difference.is_zero());
    sums
}

fn amount(line: Option<&PayLine>) -> Money {
    line.map(|line| line.amount).unwrap_or_default()
}

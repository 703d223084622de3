//! What has changed in one period from a run before something was mended to the one after it.
//!
//! The way goes in three steps, and what each gives is worked out: the new basis under the old regulation, then
//! under the new one that still rounds as the old one did, then under the new one itself. What the first step
//! changes follows from the facts, the second from rates and settings, the third from rounding.

use std::collections::BTreeMap;

use super::what::{For, OF_THE_DAY, What, paired};
use super::{Cause, Causes, LineChange, Lines, OfPerson, OnePerson, Paid, amount, facts};
use crate::line::{Kind, Origin, PayLine};
use crate::payout::{Payout, compute};

/// The payouts between the one before and the one now.
pub(super) struct Steps {
    /// The basis of now under the regulation of before.
    other_facts: Payout,
    /// The basis and the regulation of now, with the rounding of before.
    other_rates: Payout,
}

/// A line of the basis of now in each of the steps that it is in.
#[derive(Default)]
struct Stepwise<'s, 'p> {
    other_facts: Option<&'s PayLine>,
    other_rates: Option<&'s PayLine>,
    now: Option<&'p PayLine>,
}

/// What tells a line apart from others of the same payout: of what it follows, and which of several.
type Place = (Kind, Origin, usize);

impl Steps {
    /// Nothing where a step lacks something, such as a parameter that only one of the regulations has: the
    /// explanations have to tell the causes then.
    pub(super) fn new(before: Paid<'_>, now: Paid<'_>) -> Option<Self> {
        let other_facts = compute(now.basis, before.regulation, now.period).ok()?;
        let rounded = now.regulation.rounded_as(before.regulation);
        Some(Self { other_facts, other_rates: compute(now.basis, &rounded, now.period).ok()? })
    }

    /// A person's lines, changed or not.
    pub(super) fn changes<'p>(&self, person: OnePerson<'p>, lines: Lines) -> Vec<LineChange<'p>> {
        let pairs = paired(person.before.lines(lines), self.lines_of_now(person.now, lines), &OF_THE_DAY);
        pairs.into_iter().map(|(before, now)| of_pair(person, before, now)).collect()
    }

    /// Every line that the person has in any of the steps.
    fn lines_of_now<'s, 'p>(&'s self, now: OfPerson<'p>, lines: Lines) -> Vec<For<'p, Stepwise<'s, 'p>>> {
        let mut all: BTreeMap<Place, For<'p, Stepwise<'s, 'p>>> = BTreeMap::new();
        for (place, what, line) in placed(now.lines_of(&self.other_facts, lines)) {
            all.entry(place).or_insert((what, Stepwise::default())).1.other_facts = Some(line);
        }
        for (place, what, line) in placed(now.lines_of(&self.other_rates, lines)) {
            all.entry(place).or_insert((what, Stepwise::default())).1.other_rates = Some(line);
        }
        for (place, what, line) in placed(now.lines(lines)) {
            all.entry(place).or_insert((what, Stepwise::default())).1.now = Some(line);
        }
        all.into_values().collect()
    }
}

fn of_pair<'p>(
    person: OnePerson<'p>,
    before: Option<For<'p, &'p PayLine>>,
    now: Option<For<'p, Stepwise<'_, 'p>>>,
) -> LineChange<'p> {
    let (what, step) = now.map_or((None, Stepwise::default()), |(what, step)| (Some(what), step));
    let old = before.map(|(_, line)| line);
    let by_facts = amount(step.other_facts) - amount(old);
    let mut causes = Causes::new();
    if !by_facts.is_zero() {
        causes.insert(facts::cause(person, before, what.zip(step.other_facts)), by_facts);
    }
    causes.insert(Cause::Rate, amount(step.other_rates) - amount(step.other_facts));
    causes.insert(Cause::Rounding, amount(step.now) - amount(step.other_rates));
    causes.retain(|_, difference| !difference.is_zero());
    LineChange { before: old, now: step.now, causes }
}

/// Lines with what tells each apart.
fn placed<'p, 'l>(lines: Vec<For<'p, &'l PayLine>>) -> Vec<(Place, What<'p>, &'l PayLine)> {
    let mut met: BTreeMap<(Kind, Origin), usize> = BTreeMap::new();
    let place = |(what, line): For<'p, &'l PayLine>| {
        let number = met.entry((line.kind, line.origin)).or_default();
        *number += 1;
        ((line.kind, line.origin, *number), what, line)
    };
    lines.into_iter().map(place).collect()
}

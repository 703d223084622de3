//! What has changed from one period to another: lines for the same in the order of their days, and the cause of
//! each difference as far as the two explanations show it.

use super::what::{For, OF_ANY_DAY, paired};
use super::{Cause, Causes, LineChange, Lines, OnePerson};
use crate::line::{Kind, PayLine};
use crate::why::{FixedFeeWhy, Rate, Why};

/// A person's lines, changed or not.
pub(super) fn changes<'p>(person: OnePerson<'p>, lines: Lines) -> Vec<LineChange<'p>> {
    let pairs = paired(person.before.lines(lines), person.now.lines(lines), &OF_ANY_DAY);
    let line = |line: Option<For<'p, &'p PayLine>>| line.map(|(_, line)| line);
    pairs.into_iter().map(|(before, now)| of_pair(line(before), line(now))).collect()
}

fn of_pair<'p>(before: Option<&'p PayLine>, now: Option<&'p PayLine>) -> LineChange<'p> {
    let mut change = LineChange { before, now, causes: Causes::new() };
    let cause = match (before, now) {
        (Some(before), Some(now)) => Some(cause(before, now)),
        (Some(line), None) | (None, Some(line)) => Some(alone(line)),
        (None, None) => None,
    };
    let difference = change.difference();
    change.causes.extend(cause.filter(|_| !difference.is_zero()).map(|cause| (cause, difference)));
    change
}

/// Why there is a line that was not there before, or no more.
fn alone(line: &PayLine) -> Cause {
    match line.listed_as() {
        Kind::FixedFee => Cause::Office,
        Kind::AbsenceReduction => Cause::Absence,
        Kind::MeetingFee => Cause::Attendance,
        Kind::Correction => Cause::Correction,
        _ => Cause::Claims,
    }
}

/// Why a line differs from the one for the same before it.
fn cause(old: &PayLine, new: &PayLine) -> Cause {
    match (&*old.why, &*new.why) {
        (Why::FixedFee(old), Why::FixedFee(new)) => {
            match (rates(old) == rates(new), has_the_same_share(old, new)) {
                (true, _) => Cause::Office,
                (false, true) => Cause::Rate,
                (false, false) => Cause::RateAndOffice,
            }
        }
        (Why::MeetingFee(old), Why::MeetingFee(new)) if old.rate != new.rate => Cause::Rate,
        _ => alone(new),
    }
}

fn rates(why: &FixedFeeWhy) -> Vec<&Rate> {
    why.parts.iter().map(|part| &part.rate).collect()
}

/// Whether an office is held for the same part of both periods.
fn has_the_same_share(old: &FixedFeeWhy, new: &FixedFeeWhy) -> bool {
    let held = |why: &FixedFeeWhy| why.parts.iter().map(|part| u64::from(part.days_held)).sum::<u64>();
    held(old) * u64::from(new.days_in_period) == held(new) * u64::from(old.days_in_period)
}

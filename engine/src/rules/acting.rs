//! Acting in another's place: from which day it counts, and what the one who is replaced loses.

use chrono::{Datelike, NaiveDate};

use super::held::fee_of;
use crate::basis::{BodyIx, Office, Role};
use crate::calendar::{DateSpan, Days};
use crate::person_year::PersonYear;
use crate::regulation::{Acting, ActingDays, Trail};
use crate::shortfall::Shortfall;

/// The days on which an office is held with all that follows from it; acting that is too short to give its
/// fee takes nothing from the person either. All intervals of the office count together.
pub(crate) fn days_in_effect(
    year: &PersonYear<'_>,
    office: &Office,
    trail: &mut Trail,
) -> Result<Days, Shortfall> {
    let is_same = |intervals: &[Office]| {
        intervals.first().is_some_and(|first| {
            (first.body, first.role, first.position) == (office.body, office.role, office.position)
        })
    };
    let whole = year.rows.whole_offices().map(|(_, intervals)| intervals).find(|all| is_same(all));
    let in_office = year.days_in_office(whole.unwrap_or_default());
    if !has_terms(year, office.role) {
        return Ok(in_office);
    }
    match fee_of(year, office, trail)?.and_then(|fee| fee.acting.as_ref()) {
        Some(terms) => entitled(year, terms, in_office, trail),
        None => Ok(in_office),
    }
}

/// Whether acting in a role gives its fee on terms.
fn has_terms(year: &PersonYear<'_>, role: Role) -> bool {
    year.regulation.fixed_fees.iter().any(|fee| fee.acting.is_some() && fee.roles.contains(&role))
}

/// The days of acting in another's place that give the fee.
pub(super) fn entitled(
    year: &PersonYear<'_>,
    acting: &Acting,
    in_office: Days,
    trail: &mut Trail,
) -> Result<Days, Shortfall> {
    let after_days = *year.read(&acting.after_days, trail)?;
    let counted = *year.read(&acting.counted, trail)?;
    let mut entitled = Days::none(year.window());
    let (mut so_far, mut before): (u32, Option<NaiveDate>) = (0, None);
    for day in in_office.iter() {
        let goes_on = before.is_some_and(|before| match counted {
            ActingDays::InARow => before.succ_opt() == Some(day),
            ActingDays::InCalendarYear => DateSpan::of_year(day.year()).contains(before),
        });
        so_far = if goes_on { so_far + 1 } else { 1 };
        if so_far > after_days {
            entitled.insert(day);
        }
        before = Some(day);
    }
    Ok(entitled)
}

/// The days on which somebody acts in the place of an office's holder, and has the fee instead.
pub(super) fn by_others(
    year: &PersonYear<'_>,
    office: &Office,
    trail: &mut Trail,
) -> Result<Days, Shortfall> {
    let mut days = Days::none(year.window());
    let acts_as = match office.role {
        Role::Mayor => Role::ActingMayor,
        Role::Leader => Role::ActingLeader,
        _ => return Ok(days),
    };
    if !has_terms(year, acts_as) {
        return Ok(days);
    }
    for acting in acting_offices(year, office.body, acts_as) {
        let Some(first) = acting.first() else { continue };
        let Some(fee) = fee_of(year, first, trail)? else { continue };
        let Some(terms) = &fee.acting else { continue };
        if *year.read(&terms.moves_fee, trail)? {
            days = days.or(entitled(year, terms, year.days_in_office(acting), trail)?);
        }
    }
    Ok(days)
}

/// The intervals of each person who acts in a body.
fn acting_offices<'a>(
    year: &PersonYear<'a>,
    body: Option<BodyIx>,
    role: Role,
) -> impl Iterator<Item = &'a [Office]> {
    let all =
        year.basis.rows().offices.chunk_by(|a, b| {
            (a.person, a.body, a.role, a.position) == (b.person, b.body, b.role, b.position)
        });
    let is_it = move |office: &Office| office.body == body && office.role == role;
    all.filter(move |intervals| intervals.first().is_some_and(is_it))
}

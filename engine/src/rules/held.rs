//! The days on which an office counts as held, and why other days in office do not.

use chrono::NaiveDate;

use super::acting;
use crate::basis::{Office, OfficeIx, Role};
use crate::calendar::{DateSpan, Days};
use crate::person_year::PersonYear;
use crate::regulation::{AmountIx, FixedFee, LeaderFee, Trail};
use crate::shortfall::Shortfall;
use crate::why::NotHeld;

/// An office with its fixed fee and the days on which it is held.
pub(super) struct Held<'a> {
    pub(super) fee: &'a FixedFee,
    pub(super) days: Days,
    /// The days in office that are not held.
    others: Vec<(NotHeld, Days)>,
}

impl<'a> Held<'a> {
    /// The days of an office with a fixed fee; nothing where it has none.
    pub(super) fn new(
        year: &PersonYear<'a>,
        first: OfficeIx,
        intervals: &[Office],
        trail: &mut Trail,
    ) -> Result<Option<Self>, Shortfall> {
        let Some(mut held) = Self::by_itself(year, intervals, trail)? else { return Ok(None) };
        held.leave_to_a_fee_that_covers_it(year, first, trail)?;
        if !*year.read(&year.regulation.fees.offices_add_up, trail)? {
            for (other_first, other) in year.rows.whole_offices() {
                if other_first != first && held.meets(year, other) {
                    let days = held.outranked(year, first, (other_first, other))?;
                    held.take_away(NotHeld::OtherOfficeIsHigher, days);
                }
            }
        }
        Ok(Some(held))
    }

    /// The days in some of the time for one reason.
    pub(super) fn not_held_within(&self, span: DateSpan) -> Vec<(NotHeld, u32)> {
        let counted = self.others.iter().map(|(reason, days)| (*reason, days.within(span).count()));
        counted.filter(|(_, days)| *days > 0).collect()
    }

    /// Whether another office is held on one of the days, as far as its terms tell.
    fn meets(&self, year: &PersonYear<'_>, other: &[Office]) -> bool {
        !self.days.and(year.days_in_office(other)).is_empty()
    }

    fn take_away(&mut self, reason: NotHeld, days: Days) {
        let days = self.days.and(days);
        if days.is_empty() {
            return;
        }
        self.days = self.days.minus(days);
        match self.others.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, all)) => *all = all.or(days),
            None => self.others.push((reason, days)),
        }
    }

    /// The days of an office, whatever other offices the person holds.
    fn by_itself(
        year: &PersonYear<'a>,
        intervals: &[Office],
        trail: &mut Trail,
    ) -> Result<Option<Self>, Shortfall> {
        let Some(office) = intervals.first() else { return Ok(None) };
        let Some(fee) = fee_of(year, office, trail)? else { return Ok(None) };
        let in_office = year.days_in_office(intervals);
        let mut held = Self { fee, days: in_office, others: Vec::new() };
        if !*year.read(&fee.beside_mayor, trail)? {
            held.take_away(NotHeld::AsMayor, year.days_as_mayor(trail)?);
        }
        let on_leave = year.days_on_leave(office.body, office.role, false).and(held.days);
        if !on_leave.is_empty() {
            let unpaid_only = *year.read(&year.regulation.fees.paid_leave_is_held, trail)?;
            let not_held = year.days_on_leave(office.body, office.role, unpaid_only);
            held.take_away(NotHeld::OnLeave, not_held);
        }
        if let Some(acting) = &fee.acting {
            let entitled = acting::entitled(year, acting, in_office, trail)?;
            held.take_away(NotHeld::ActingTooShort, in_office.minus(entitled));
        }
        held.take_away(NotHeld::AnotherActs, acting::by_others(year, office, trail)?);
        if matches!(office.role, Role::Member | Role::DeputyLeader) {
            held.take_away(NotHeld::AsActingLeader, days_as_acting_leader(year, office, trail)?);
        }
        Ok(Some(held))
    }

    /// The days on which the fee for another office of the person covers this one too are not held.
    fn leave_to_a_fee_that_covers_it(
        &mut self,
        year: &PersonYear<'a>,
        first: OfficeIx,
        trail: &mut Trail,
    ) -> Result<(), Shortfall> {
        if year.regulation.fixed_fees.iter().all(|fee| fee.covers_other_offices.is_none()) {
            return Ok(());
        }
        for (other_first, intervals) in year.rows.whole_offices() {
            if other_first == first || !self.meets(year, intervals) {
                continue;
            }
            let mut of_other = Trail::default();
            let Some(other) = Self::by_itself(year, intervals, &mut of_other)? else { continue };
            let both = self.days.and(other.days);
            if both.is_empty() || !other.covers_others(year, &mut of_other)? {
                continue;
            }
            // Of two that cover each other the higher is paid.
            let is_mutual = self.covers_others(year, &mut of_other)?;
            let covered =
                if is_mutual { self.outranked(year, first, (other_first, intervals))? } else { both };
            trail.join(&of_other);
            self.take_away(NotHeld::CoveredByOtherFee, covered);
        }
        Ok(())
    }

    fn covers_others(&self, year: &PersonYear<'_>, trail: &mut Trail) -> Result<bool, Shortfall> {
        match &self.fee.covers_other_offices {
            Some(covers) => Ok(*year.read(covers, trail)?),
            None => Ok(false),
        }
    }

    /// The days on which another office of the person has the higher fee; of equal ones the first is
    /// paid.
    fn outranked(
        &self,
        year: &PersonYear<'a>,
        first: OfficeIx,
        (other_first, other): (OfficeIx, &[Office]),
    ) -> Result<Days, Shortfall> {
        // What only decides between two offices is no ground of this one's amount.
        let mut trail = Trail::default();
        let none = Days::none(year.window());
        let Some(other) = Self::by_itself(year, other, &mut trail)? else { return Ok(none) };
        let both = self.days.and(other.days);
        let (mine, theirs) = (self.fee.amount_per_year, other.fee.amount_per_year);
        let mut changes = changes(year, mine, both);
        changes.extend(self::changes(year, theirs, both));
        let mut outranked = none;
        for days in stretches(both, changes) {
            let Some(day) = days.last() else { continue };
            let mine = year.worth(mine, day, &mut trail)?.exact;
            let theirs = year.worth(theirs, day, &mut trail)?.exact;
            let is_higher = theirs.is_more_than(mine);
            if is_higher || (!mine.is_more_than(theirs) && other_first < first) {
                outranked = outranked.or(days);
            }
        }
        Ok(outranked)
    }
}

/// The fixed fee of an office, where it has one.
pub(super) fn fee_of<'a>(
    year: &PersonYear<'a>,
    office: &Office,
    trail: &mut Trail,
) -> Result<Option<&'a FixedFee>, Shortfall> {
    let body = office.body.map(|body| year.body(body));
    let fee = year.regulation.fixed_fee(office, body, year.period.last_day(), trail)?;
    if fee.is_some() && matches!(office.role, Role::Leader | Role::DeputyLeader) {
        let LeaderFee::InsteadOfMember = year.read(&year.regulation.fees.leader, trail)?;
    }
    Ok(fee)
}

/// The days on which the person has the fee of acting leader of the same body, which stands instead of the
/// member's.
fn days_as_acting_leader(
    year: &PersonYear<'_>,
    office: &Office,
    trail: &mut Trail,
) -> Result<Days, Shortfall> {
    let mut days = Days::none(year.window());
    let acts = |acting: &Office| acting.role == Role::ActingLeader && acting.body == office.body;
    for (_, intervals) in
        year.rows.whole_offices().filter(|(_, intervals)| intervals.first().is_some_and(acts))
    {
        if let Some(held) = Held::by_itself(year, intervals, trail)? {
            let LeaderFee::InsteadOfMember = year.read(&year.regulation.fees.leader, trail)?;
            days = days.or(held.days);
        }
    }
    Ok(days)
}

/// The days on which a year's fee may change, among some days.
pub(super) fn changes(year: &PersonYear<'_>, fee: AmountIx, among: Days) -> Vec<NaiveDate> {
    let amounts = &year.regulation.amounts;
    if amounts.counts_heads(fee) { among.iter().collect() } else { amounts.changes(fee) }
}

/// Some days in stretches, a new one on each day of change.
pub(super) fn stretches(days: Days, mut changes: Vec<NaiveDate>) -> Vec<Days> {
    changes.sort_unstable();
    changes.dedup();
    let mut left = days;
    let mut stretches = Vec::new();
    for change in changes {
        let Some(last) = change.pred_opt() else { continue };
        let Some(first) = left.first() else { break };
        let here = DateSpan::new(first, last).map_or(left.minus(left), |span| left.within(span));
        left = left.minus(here);
        stretches.push(here);
    }
    stretches.push(left);
    stretches.retain(|days| !days.is_empty());
    stretches
}

/// Whether an office with a fixed fee gives it on a day: not on leave without pay, not while acting is too
/// short to give it, and not while somebody else acts and has it.
pub(super) fn gives_fee_on(
    year: &PersonYear<'_>,
    (office, fee): (&Office, &FixedFee),
    day: NaiveDate,
    trail: &mut Trail,
) -> Result<bool, Shortfall> {
    if year.days_on_leave(office.body, office.role, false).contains(day) {
        let unpaid_only = *year.read(&year.regulation.fees.paid_leave_is_held, trail)?;
        if year.days_on_leave(office.body, office.role, unpaid_only).contains(day) {
            return Ok(false);
        }
    }
    if fee.acting.is_some() && !acting::days_in_effect(year, office, trail)?.contains(day) {
        return Ok(false);
    }
    Ok(!acting::by_others(year, office, trail)?.contains(day))
}

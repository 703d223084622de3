//! The caps of meetings and days, and how claims fill them.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use chrono::NaiveDate;

use super::meeting_time;
use crate::basis::{ClaimIx, MeetingIx};
use crate::money::{Money, Unrounded};
use crate::person_year::{AtMeeting, PersonYear};
use crate::regulation::{AmountIx, Cover, ItemId, MeetingCover, ShortMeeting, Trail};
use crate::shortfall::Shortfall;
use crate::why::{CappedWhy, Filled, MeetingCap};

pub(super) const MINUTES_PER_HOUR: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// A person's cap for one meeting, and the day's cap, with the items that set them.
pub(super) struct MeetingAndDay {
    pub(super) meeting: Option<MeetingCap>,
    pub(super) cap_per_day: Option<Money>,
    item_of_meeting: Option<ItemId>,
    item_of_day: Option<ItemId>,
    item_of_cover: ItemId,
}

impl MeetingAndDay {
    /// The item that decided a claim: the day's cap where that is what is left least of.
    pub(super) fn deciding_item(&self, why: &CappedWhy) -> ItemId {
        let (first, second) = if why.is_bound_by_day() {
            (self.item_of_day, self.item_of_meeting)
        } else {
            (self.item_of_meeting, self.item_of_day)
        };
        first.or(second).unwrap_or(self.item_of_cover)
    }
}

/// The caps of a cover at a meeting; without a meeting those of its day only, which an amount a meeting is
/// where there is no other.
pub(super) fn of_cover(
    year: &PersonYear<'_>,
    cover: &Cover,
    (claim_ix, day): (ClaimIx, NaiveDate),
    at: Option<AtMeeting<'_>>,
    trail: &mut Trail,
) -> Result<MeetingAndDay, Shortfall> {
    let mut caps = MeetingAndDay {
        meeting: None,
        cap_per_day: None,
        item_of_meeting: None,
        item_of_day: None,
        item_of_cover: cover.kinds.on(day).item(),
    };
    let without_meeting = match &cover.meeting {
        MeetingCover::Amount(amount) if at.is_none() => Some(*amount),
        // Nobody knows how many hours there are.
        MeetingCover::PerHour(_) if at.is_none() => return Err(Shortfall::NotCovered { claim: claim_ix }),
        _ => None,
    };
    if let Some(amount) = cover.cap_per_day.or(without_meeting) {
        caps.cap_per_day = Some(year.cap(amount, day, trail)?);
        caps.item_of_day = Some(year.item_of(amount, day));
    }
    if let Some(at) = at {
        let of_meeting = of_meeting(year, cover, at, caps.cap_per_day, trail)?;
        caps.meeting = of_meeting.map(|(cap, _)| cap);
        caps.item_of_meeting = of_meeting.and_then(|(_, item)| item).or(caps.item_of_day);
    }
    Ok(caps)
}

/// The cap of a meeting, and the item that sets it where it is not the day's cap.
fn of_meeting(
    year: &PersonYear<'_>,
    cover: &Cover,
    at: AtMeeting<'_>,
    cap_per_day: Option<Money>,
    trail: &mut Trail,
) -> Result<Option<(MeetingCap, Option<ItemId>)>, Shortfall> {
    let day = at.meeting.date;
    let item_of = |amount: AmountIx, is_bound_by_day: bool| {
        if is_bound_by_day { None } else { Some(year.item_of(amount, day)) }
    };
    if let MeetingCover::Amount(amount) = &cover.meeting {
        let cap = year.cap(*amount, day, trail)?;
        return Ok(Some((MeetingCap::Amount { cap }, item_of(*amount, false))));
    }
    if let MeetingCover::PerHour(amount) = &cover.meeting {
        let rate_per_hour = year.cap(*amount, day, trail)?;
        let time = meeting_time::of_person(year, at, trail)?;
        let exact = Unrounded::from(rate_per_hour).times(time.minutes()).over(MINUTES_PER_HOUR);
        let cap = year.round(exact, day, trail)?;
        return Ok(Some((MeetingCap::ByHour { rate_per_hour, time, cap }, item_of(*amount, false))));
    }
    // Whoever reads a regulation asks for a day's cap where a meeting's is a part of it.
    let Some(per_day) = cap_per_day else { return Ok(None) };
    let (short, limit) = match &cover.meeting {
        MeetingCover::Day | MeetingCover::Amount(_) | MeetingCover::PerHour(_) => return Ok(None),
        MeetingCover::PartOfDay { hours_per_day } => {
            let item = hours_per_day.on(day);
            let hours_per_day = *trail.read(item)?;
            let time = meeting_time::of_person(year, at, trail)?;
            let exact = Unrounded::from(per_day).times(time.minutes()).over(MINUTES_PER_HOUR);
            let part = year.round(exact.over_decimal(hours_per_day), day, trail)?;
            let at_most_a_day = part > per_day;
            let cap = part.min(per_day);
            let meeting = MeetingCap::PartOfDay { per_day, hours_per_day, time, cap, at_most_a_day };
            return Ok(Some((meeting, (!at_most_a_day).then_some(item.item()))));
        }
        MeetingCover::ByLength { short, limit } => (short, limit),
    };
    let length = meeting_time::of_meeting(year, at, limit.as_ref(), trail)?;
    if length.is_whole_day {
        return Ok(Some((MeetingCap::WholeDay { length, cap: per_day }, None)));
    }
    Ok(Some(match short {
        ShortMeeting::PerHour(amount) => {
            let rate_per_hour = year.cap(*amount, day, trail)?;
            let time = meeting_time::of_person(year, at, trail)?;
            let of_hours = Unrounded::from(rate_per_hour).times(time.minutes()).over(MINUTES_PER_HOUR);
            let of_hours = year.round(of_hours, day, trail)?;
            let at_most_a_day = of_hours > per_day;
            let cap = of_hours.min(per_day);
            let meeting = MeetingCap::Hours { length, rate_per_hour, time, cap, at_most_a_day };
            (meeting, item_of(*amount, at_most_a_day))
        }
        ShortMeeting::Amount(amount) => {
            let cap = year.cap(*amount, day, trail)?;
            let meeting = MeetingCap::Short { length, cap: cap.min(per_day) };
            (meeting, item_of(*amount, cap > per_day))
        }
        ShortMeeting::ShareOfDay(share) => {
            let item = share.on(day).item();
            let share = *trail.read_on(share, day)?;
            let exact = Unrounded::from(per_day).times(share.numerator).over(share.denominator);
            let cap = year.round(exact, day, trail)?;
            (MeetingCap::ShareOfDay { length, per_day, share, cap }, Some(item))
        }
    }))
}

/// What one person's claims have taken of the caps of one day.
#[derive(Default)]
pub(super) struct Taken {
    of_day: Money,
    of_meetings: BTreeMap<MeetingIx, Money>,
}

impl Taken {
    /// A meeting's cap, and what is taken of it.
    pub(super) fn of_meeting(&self, meeting: MeetingIx, cap: Money) -> Filled {
        Filled { cap, taken: self.of_meetings.get(&meeting).copied().unwrap_or_default() }
    }

    /// The day's cap, and what is taken of it.
    pub(super) fn of_day(&self, cap: Money) -> Filled {
        Filled { cap, taken: self.of_day }
    }

    /// Takes a granted amount from both.
    pub(super) fn take(&mut self, meeting: Option<MeetingIx>, amount: Money) {
        self.of_day += amount;
        if let Some(meeting) = meeting {
            *self.of_meetings.entry(meeting).or_default() += amount;
        }
    }
}

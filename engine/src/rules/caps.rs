//! The caps of meetings and days, and how claims fill them (points 5.1, 5.5).

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use super::meeting_time;
use crate::basis::MeetingIx;
use crate::money::{Money, Unrounded};
use crate::person_year::{AtMeeting, PersonYear};
use crate::regulation::{Caps, ItemId, Trail};
use crate::shortfall::Shortfall;
use crate::why::{CappedWhy, Filled, MeetingCap};

pub(super) const MINUTES_PER_HOUR: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// A person's cap for one meeting, and the day's cap, with the items that set them.
pub(super) struct MeetingAndDay {
    pub(super) meeting: MeetingCap,
    pub(super) cap_per_day: Money,
    item_of_meeting: ItemId,
    item_of_day: ItemId,
}

impl MeetingAndDay {
    /// The item that decided a claim: the day's cap where that is what is left least of.
    pub(super) fn deciding_item(&self, why: &CappedWhy) -> ItemId {
        if why.is_bound_by_day() { self.item_of_day } else { self.item_of_meeting }
    }
}

/// The caps of a meeting in one of the two sums.
pub(super) fn at_meeting(
    year: &PersonYear<'_>,
    caps: &Caps,
    at: AtMeeting<'_>,
    trail: &mut Trail,
) -> Result<MeetingAndDay, Shortfall> {
    let day = at.meeting.date;
    let cap_per_day = year.cap(caps.cap_per_day, day, trail)?;
    let item_of_day = year.item_of(caps.cap_per_day, day);
    let length = meeting_time::of_meeting(year, at, trail)?;
    if length.is_whole_day {
        let meeting = MeetingCap::WholeDay { length, cap: cap_per_day };
        return Ok(MeetingAndDay { meeting, cap_per_day, item_of_meeting: item_of_day, item_of_day });
    }
    let rate_per_hour = year.cap(caps.cap_per_hour, day, trail)?;
    let time = meeting_time::of_person(year, at, trail)?;
    let of_hours = Unrounded::from(rate_per_hour).times(time.minutes()).over(MINUTES_PER_HOUR);
    let of_hours = year.round(of_hours, day, trail)?;
    let meeting = MeetingCap::Hours {
        length,
        rate_per_hour,
        time,
        cap: of_hours.min(cap_per_day),
        at_most_a_day: of_hours > cap_per_day,
    };
    let item_of_meeting =
        if of_hours > cap_per_day { item_of_day } else { year.item_of(caps.cap_per_hour, day) };
    Ok(MeetingAndDay { meeting, cap_per_day, item_of_meeting, item_of_day })
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

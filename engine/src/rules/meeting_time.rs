//! How long a meeting counts, and a person's time for it (points 4, 5.1, 5.5).

use crate::basis::{Capacity, Extent};
use crate::person_year::{AtMeeting, PersonYear};
use crate::regulation::{GroupMeetingFor, LengthLimit, Trail};
use crate::shortfall::Shortfall;
use crate::why::{MeetingLength, MeetingTime};

/// How long a meeting counts: the same for everybody in it.
pub(super) fn of_meeting(
    year: &PersonYear<'_>,
    at: AtMeeting<'_>,
    limit: Option<&LengthLimit>,
    trail: &mut Trail,
) -> Result<MeetingLength, Shortfall> {
    let day = at.meeting.date;
    let rules = &year.regulation.length;
    let own_minutes = at.meeting.length_minutes;
    let group_minutes = match group_minutes(year, at, trail)? {
        minutes if minutes > 0 && *trail.read_on(&rules.group_meeting_in_limit, day)? => minutes,
        _ => 0,
    };
    let minutes = own_minutes + group_minutes;
    let of_regulation = || rules.whole_day_over_minutes.as_ref().map(|over| (over, &rules.at_limit));
    let limit = limit.map(|limit| (&limit.whole_day_over_minutes, &limit.at_limit)).or_else(of_regulation);
    // Whoever reads a regulation asks for a limit where a cover depends on it.
    let (limit_minutes, is_whole_day) = match limit {
        Some((over, at_limit)) => {
            let limit_minutes = *trail.read_on(over, day)?;
            let is_at_limit = minutes == limit_minutes && *trail.read_on(at_limit, day)?;
            (limit_minutes, minutes > limit_minutes || is_at_limit)
        }
        None => (u32::MAX, false),
    };
    Ok(MeetingLength { own_minutes, group_minutes, limit_minutes, is_whole_day })
}

/// A person's time for a meeting.
pub(super) fn of_person(
    year: &PersonYear<'_>,
    at: AtMeeting<'_>,
    trail: &mut Trail,
) -> Result<MeetingTime, Shortfall> {
    let day = at.meeting.date;
    let rules = &year.regulation.length;
    let group_minutes = group_minutes(year, at, trail)?;
    let gets_group_time = group_minutes > 0
        && match trail.read_on(&rules.group_meeting_for, day)? {
            GroupMeetingFor::MembersAndWholeSubstitutes => match at.attendance.capacity {
                Capacity::Member => true,
                Capacity::Substitute => at.attendance.extent == Extent::Whole,
                Capacity::Summoned | Capacity::ExOfficio | Capacity::EmployeeRepresentative => false,
            },
        };
    let travels = at.attendance.travel_minutes > 0 && *trail.read_on(&rules.travel_counts, day)?;
    Ok(MeetingTime {
        own_minutes: counted_minutes(year, at, trail)?,
        group_minutes: if gets_group_time { group_minutes } else { 0 },
        travel_minutes: if travels { at.attendance.travel_minutes } else { 0 },
    })
}

fn group_minutes(year: &PersonYear<'_>, at: AtMeeting<'_>, trail: &mut Trail) -> Result<u32, Shortfall> {
    let (rules, day) = (&year.regulation.length, at.meeting.date);
    let counts = at.meeting.group_meeting
        && trail.read_on(&rules.group_meeting_bodies, day)?.iter().any(|code| **code == *at.body.code);
    if counts { trail.read_on(&rules.group_meeting_minutes, day).copied() } else { Ok(0) }
}

/// A person's minutes in the meeting: all, or those between two times of the day.
fn counted_minutes(year: &PersonYear<'_>, at: AtMeeting<'_>, trail: &mut Trail) -> Result<u32, Shortfall> {
    const MINUTES_PER_DAY: u32 = 24 * 60;
    let (rules, day) = (&year.regulation.length, at.meeting.date);
    if rules.counted_from_minute.is_none() && rules.counted_to_minute.is_none() {
        return Ok(at.attendance.own_minutes());
    }
    let counted_from = match &rules.counted_from_minute {
        Some(from) => *trail.read_on(from, day)?,
        None => 0,
    };
    let counted_to = match &rules.counted_to_minute {
        Some(to) => *trail.read_on(to, day)?,
        None => MINUTES_PER_DAY,
    };
    let arrived = at.meeting.start_minute + at.attendance.arrived_after_minutes;
    let left = at.meeting.start_minute + at.attendance.left_after_minutes;
    // A meeting may last into the next day.
    let of_day = |midnight: u32| {
        let from = arrived.max(midnight + counted_from);
        left.min(midnight + counted_to).saturating_sub(from)
    };
    Ok(of_day(0) + of_day(MINUTES_PER_DAY))
}

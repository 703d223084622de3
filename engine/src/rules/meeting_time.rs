//! How long a meeting counts, and a person's time for it (points 4, 5.1, 5.5).

use crate::basis::{Capacity, Extent};
use crate::person_year::{AtMeeting, PersonYear};
use crate::regulation::{GroupMeetingFor, Trail};
use crate::shortfall::Shortfall;
use crate::why::{MeetingLength, MeetingTime};

/// How long a meeting counts: the same for everybody in it.
pub(super) fn of_meeting(
    year: &PersonYear<'_>,
    at: AtMeeting<'_>,
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
    let limit_minutes = *trail.read_on(&rules.whole_day_over_minutes, day)?;
    let is_whole_day =
        minutes > limit_minutes || (minutes == limit_minutes && *trail.read_on(&rules.at_limit, day)?);
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
        own_minutes: at.attendance.own_minutes(),
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

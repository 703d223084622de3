//! How long a meeting counts, and a person's time for it (points 4, 5.1, 5.5).

use crate::basis::{Capacity, Extent};
use crate::person_year::{AtMeeting, PersonYear};
use crate::regulation::{GroupMeetingFor, Trail};
use crate::why::{MeetingLength, MeetingTime};

/// How long a meeting counts: the same for everybody in it.
pub(super) fn of_meeting(year: &PersonYear<'_>, at: AtMeeting<'_>, trail: &mut Trail) -> MeetingLength {
    let rules = &year.regulation.length;
    let own_minutes = at.meeting.length_minutes;
    let group_minutes = match group_minutes(year, at, trail) {
        minutes if minutes > 0 && *trail.read(&rules.group_meeting_in_limit) => minutes,
        _ => 0,
    };
    let minutes = own_minutes + group_minutes;
    let limit_minutes = *trail.read(&rules.whole_day_over_minutes);
    let is_whole_day = minutes > limit_minutes || (minutes == limit_minutes && *trail.read(&rules.at_limit));
    MeetingLength { own_minutes, group_minutes, limit_minutes, is_whole_day }
}

/// A person's time for a meeting.
pub(super) fn of_person(year: &PersonYear<'_>, at: AtMeeting<'_>, trail: &mut Trail) -> MeetingTime {
    let rules = &year.regulation.length;
    let group_minutes = group_minutes(year, at, trail);
    let gets_group_time = group_minutes > 0
        && match trail.read(&rules.group_meeting_for) {
            GroupMeetingFor::MembersAndWholeSubstitutes => match at.attendance.capacity {
                Capacity::Member => true,
                Capacity::Substitute => at.attendance.extent == Extent::Whole,
                Capacity::Summoned | Capacity::ExOfficio | Capacity::EmployeeRepresentative => false,
            },
        };
    let travels = at.attendance.travel_minutes > 0 && *trail.read(&rules.travel_counts);
    MeetingTime {
        own_minutes: at.attendance.own_minutes(),
        group_minutes: if gets_group_time { group_minutes } else { 0 },
        travel_minutes: if travels { at.attendance.travel_minutes } else { 0 },
    }
}

fn group_minutes(year: &PersonYear<'_>, at: AtMeeting<'_>, trail: &mut Trail) -> u32 {
    let rules = &year.regulation.length;
    let counts = at.meeting.group_meeting
        && trail.read(&rules.group_meeting_bodies).iter().any(|code| **code == *at.body.code);
    if counts { *trail.read(&rules.group_meeting_minutes) } else { 0 }
}

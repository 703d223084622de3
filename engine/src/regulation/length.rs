//! How long a meeting counts.

use super::stated::Dated;

/// Settings of how long a meeting counts.
#[derive(Debug, Clone)]
pub struct LengthSettings {
    /// The length above which a meeting counts as a whole day, where a cap depends on it.
    pub whole_day_over_minutes: Option<Dated<u32>>,
    /// Whether a meeting of exactly that length is a whole day.
    pub at_limit: Dated<bool>,
    /// Whether a group meeting's time counts towards that length.
    pub group_meeting_in_limit: Dated<bool>,
    /// What a group meeting adds, in minutes.
    pub group_meeting_minutes: Dated<u32>,
    /// The bodies whose meetings a group meeting may precede.
    pub group_meeting_bodies: Dated<Vec<String>>,
    /// Who gets the group meeting's time among their hours.
    pub group_meeting_for: Dated<GroupMeetingFor>,
    /// The minute of the day from which hours count.
    pub counted_from_minute: Option<Dated<u32>>,
    /// The minute of the day up to which hours count.
    pub counted_to_minute: Option<Dated<u32>>,
    /// Whether travel counts among a person's hours.
    pub travel_counts: Dated<bool>,
}

/// Who gets the group meeting's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupMeetingFor {
    /// Members, and substitutes of the whole meeting.
    MembersAndWholeSubstitutes,
}

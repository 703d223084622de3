//! How long a meeting is, and which of a person's hours count, in a regulation's file.

use honorar_engine::regulation::{Dated, GroupMeetingFor, LengthSettings, Stated};
use honorar_problems::Problem;

use super::RegulationFile;
use super::values::{if_read, minute_of_day, minutes};
use crate::toml_reader::{Node, Section};

impl<'t> RegulationFile<'t> {
    pub(super) fn length(&mut self, s: &mut Section<'t>) -> Option<LengthSettings> {
        let whole_day_over_minutes = self.maybe_setting(s, "whole_day_over_minutes", minutes);
        let at_limit = self.truth_or(s, "at_limit", false, "a meeting of exactly the limit is a short one");
        let meaning = "a group meeting counts towards the limit";
        let group_meeting_in_limit = self.truth_or(s, "group_meeting_in_limit", true, meaning);
        let meaning = "a group meeting counts into no meeting";
        let group_meeting_minutes = self.setting_or(s, "group_meeting_minutes", (0, "0"), meaning, minutes);
        let group_meeting_bodies = self.bodies_or(s, "group_meeting_bodies", (Vec::new(), ""), meaning);
        let usual = (GroupMeetingFor::MembersAndWholeSubstitutes, "members_and_whole_substitutes");
        let meaning = "a group meeting's time is for members, and for substitutes of the whole meeting";
        let group_meeting_for = self.setting_or(s, "group_meeting_for", usual, meaning, |r, n| {
            r.word(n, &[("members_and_whole_substitutes", GroupMeetingFor::MembersAndWholeSubstitutes)])
        });
        let counted_from_minute = self.maybe_setting(s, "counted_from", minute_of_day);
        let to_node = s.peek("counted_to").cloned();
        let counted_to_minute = self.maybe_setting(s, "counted_to", minute_of_day);
        if let (Some(node), Some(Some(from)), Some(Some(to))) =
            (to_node, &counted_from_minute, &counted_to_minute)
        {
            self.times_in_order(&node, from, to);
        }
        let travel_counts =
            self.truth_or(s, "travel_counts", true, "necessary travel counts among a person's hours");
        Some(LengthSettings {
            whole_day_over_minutes: if_read(whole_day_over_minutes)?,
            at_limit: at_limit?,
            group_meeting_in_limit: group_meeting_in_limit?,
            group_meeting_minutes: group_meeting_minutes?,
            group_meeting_bodies: group_meeting_bodies?,
            group_meeting_for: group_meeting_for?,
            counted_from_minute: if_read(counted_from_minute)?,
            counted_to_minute: if_read(counted_to_minute)?,
            travel_counts: travel_counts?,
        })
    }

    /// The time up to which hours count is after the one from which they do.
    fn times_in_order(&mut self, node: &Node<'t>, from: &Dated<u32>, to: &Dated<u32>) {
        let latest = from.all().filter_map(Stated::peek).max();
        let earliest = to.all().filter_map(Stated::peek).min();
        if latest.zip(earliest).is_some_and(|(latest, earliest)| earliest <= latest) {
            let expected = "a later time of the day; \"24:00\" is midnight";
            let message = format!("`{}` is not after `counted_from`", node.name);
            let problem = Problem::error("end_before_start", self.reader.place_of(node), message);
            self.reader.report(problem.expected(expected));
        }
    }
}

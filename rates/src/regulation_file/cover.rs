//! The covers of a regulation's file: what claims of some kinds are paid up to.

use std::collections::{BTreeMap, BTreeSet};

use honorar_engine::basis::Employment;
use honorar_engine::regulation::{Cover, LengthLimit, MeetingCover, ShortMeeting, Stated};
use honorar_problems::Problem;
use rust_decimal::Decimal;

use super::RegulationFile;
use super::values::{decimal, if_read, minutes, share};
use crate::toml_reader::{Section, TomlReader};
use crate::words::{COVERED_KINDS, EMPLOYMENTS};

/// The keys that say how much there is for a meeting.
const WAYS: [&str; 5] =
    ["per_meeting", "hours_per_day", "per_hour", "per_short_meeting", "short_meeting_share"];

impl<'t> RegulationFile<'t> {
    /// What claims of some kinds are covered up to.
    pub(super) fn cover(&mut self, name: &str, s: &mut Section<'t>) -> Option<Cover> {
        let kinds = self.setting(s, "kinds", |r, n| r.words(n, &COVERED_KINDS));
        let employments = self.maybe_setting(s, "employments", |r, n| r.words(n, &EMPLOYMENTS));
        let cap_per_day = s.peek("per_day").is_some().then(|| self.amount(s, "per_day"));
        let meeting = self.meeting_cover(s, cap_per_day.is_some());
        let social_costs_on_top = self.maybe_setting(s, "social_costs_on_top", TomlReader::truth);
        let paid_to_supplier = self.maybe_setting(s, "paid_to_supplier", TomlReader::truth);
        Some(Cover {
            name: name.to_owned(),
            kinds: kinds?,
            employments: if_read(employments)?,
            cap_per_day: if_read(cap_per_day)?,
            meeting: meeting?,
            social_costs_on_top: if_read(social_costs_on_top)?,
            paid_to_supplier: if_read(paid_to_supplier)?,
        })
    }

    /// The cap of a meeting: one of several ways, or none.
    fn meeting_cover(&mut self, s: &mut Section<'t>, has_day_cap: bool) -> Option<MeetingCover> {
        let cover = self.one_meeting_cover(s, has_day_cap);
        if cover.is_none() {
            // What is wrong is said; that its other keys are not used is no second mistake.
            for key in WAYS.into_iter().chain(["whole_day_over_minutes", "at_limit"]) {
                s.optional(key);
            }
        }
        cover
    }

    fn one_meeting_cover(&mut self, s: &mut Section<'t>, has_day_cap: bool) -> Option<MeetingCover> {
        let given: Vec<&'static str> = WAYS.into_iter().filter(|key| s.peek(key).is_some()).collect();
        let way = match given.as_slice() {
            [] => None,
            [way] => Some(*way),
            [_, second, ..] => {
                let node = s.peek(second).cloned()?;
                let expected = "one of per_meeting, hours_per_day, per_hour, per_short_meeting, \
                                short_meeting_share";
                self.reader.wrong(&node, "conflict", "is a second cap of a meeting", expected);
                return None;
            }
        };
        if !matches!(way, Some("per_meeting" | "per_hour")) && !has_day_cap {
            self.reader.required(s, "per_day");
            return None;
        }
        match way {
            Some("per_hour") if !has_day_cap => self.amount(s, "per_hour").map(MeetingCover::PerHour),
            Some("per_meeting") => self.amount(s, "per_meeting").map(MeetingCover::Amount),
            Some("hours_per_day") => {
                let hours_per_day = self.setting(s, "hours_per_day", |r, n| {
                    let hours = decimal(r, n)?;
                    if hours.is_zero() || hours > Decimal::from(24) {
                        r.wrong(
                            n,
                            "beyond_real",
                            "is no number of hours of a day",
                            "more than 0, at most 24",
                        );
                        return None;
                    }
                    Some(hours)
                });
                Some(MeetingCover::PartOfDay { hours_per_day: hours_per_day? })
            }
            Some(way) => {
                let short = match way {
                    "per_hour" => self.amount(s, "per_hour").map(ShortMeeting::PerHour),
                    "per_short_meeting" => self.amount(s, "per_short_meeting").map(ShortMeeting::Amount),
                    _ => self.setting(s, "short_meeting_share", share).map(ShortMeeting::ShareOfDay),
                };
                let limit = self.length_limit(s)?;
                Some(MeetingCover::ByLength { short: short?, limit })
            }
            None => Some(MeetingCover::Day),
        }
    }

    /// The limit of a whole day, where a cover has one of its own.
    #[expect(clippy::option_option, reason = "not there, and there but wrong, are two things")]
    fn length_limit(&mut self, s: &mut Section<'t>) -> Option<Option<LengthLimit>> {
        if s.peek("whole_day_over_minutes").is_none() {
            self.covers_need_length = true;
            return Some(None);
        }
        let whole_day_over_minutes = self.setting(s, "whole_day_over_minutes", minutes);
        let at_limit = self.truth_or(s, "at_limit", false, "a meeting of exactly the limit is a short one");
        Some(Some(LengthLimit { whole_day_over_minutes: whole_day_over_minutes?, at_limit: at_limit? }))
    }

    /// Two covers of one kind of claim would both pay it.
    pub(super) fn check_covers(&mut self, covers: &[Cover]) {
        let mut seen: BTreeMap<(&str, Employment), &str> = BTreeMap::new();
        let mut reported: BTreeSet<(&str, &str)> = BTreeSet::new();
        for cover in covers {
            let kinds: Vec<_> = cover.kinds.all().filter_map(Stated::peek).flatten().collect();
            let of_whom: Vec<Employment> = match &cover.employments {
                Some(employments) => employments.all().filter_map(Stated::peek).flatten().copied().collect(),
                None => EMPLOYMENTS.map(|(_, employment)| employment).to_vec(),
            };
            let words = COVERED_KINDS.iter().filter(|(_, kind)| kinds.contains(&kind));
            for (word, employment) in
                words.flat_map(|(word, _)| of_whom.iter().map(move |employment| (*word, *employment)))
            {
                let Some(earlier) = seen.insert((word, employment), &cover.name) else { continue };
                if !reported.insert((word, &cover.name)) {
                    continue;
                }
                let message = format!("`cover.{earlier}` and `cover.{}` would both pay `{word}`", cover.name);
                let place = self.cover_places.get(&cover.name).cloned().unwrap_or_default();
                self.reader.report(
                    Problem::error("conflict", place, message).expected("one cover for each kind of claim"),
                );
            }
        }
    }
}

//! How absence reduces fixed fees, in a regulation's file.

use honorar_engine::regulation::{
    AbsenceCounted, AbsencePayout, AbsenceScope, AbsenceSettings, AbsenceSize, AbsenceSpan, AbsenceStep,
};
use honorar_problems::Problem;

use super::RegulationFile;
use super::values::{day_of_year, days_of_every_year, if_read, share};
use crate::toml_reader::{Node, Section, TomlReader};

const SCOPES: [(&str, AbsenceScope); 2] =
    [("office", AbsenceScope::Office), ("all_offices", AbsenceScope::AllOffices)];
const COUNTED: [(&str, AbsenceCounted); 2] =
    [("all", AbsenceCounted::All), ("invalid_only", AbsenceCounted::InvalidOnly)];
const SIZES: [(&str, AbsenceSize); 4] = [
    ("part_over_threshold", AbsenceSize::PartOverThreshold),
    ("all_absence", AbsenceSize::AllAbsence),
    ("per_missed_meeting", AbsenceSize::PerMissedMeeting),
    ("steps", AbsenceSize::Steps),
];

impl<'t> RegulationFile<'t> {
    pub(super) fn absence(&mut self, s: &mut Section<'t>) -> Option<AbsenceSettings> {
        let usual = (AbsenceScope::Office, "office");
        let scope = self.setting_or(s, "scope", usual, "each office by itself", |r, n| r.word(n, &SCOPES));
        let usual = (AbsenceSpan::CalendarYear, "calendar_year");
        let span = self.setting_or(s, "span", usual, "over the calendar year", absence_span);
        let meetings_until = self.maybe_setting(s, "meetings_until", days_of_every_year);
        let usual = (AbsenceCounted::All, "all");
        let counted = self
            .setting_or(s, "counted", usual, "valid and invalid absence count", |r, n| r.word(n, &COUNTED));
        let threshold = self.setting(s, "threshold", share);
        let at_threshold =
            self.truth_or(s, "at_threshold", false, "exactly the threshold gives no reduction");
        let size = self.setting(s, "size", |r, n| r.word(n, &SIZES));
        let steps = self.maybe_setting(s, "steps", absence_steps);
        let per_missed = s.peek("per_missed_meeting").is_some().then(|| self.amount(s, "per_missed_meeting"));
        let payout = self.setting_or(
            s,
            "payout",
            (AbsencePayout::LastDayHeld, "last_day_held"),
            "in the payout with the last day held in that time",
            absence_payout,
        );
        let settings = AbsenceSettings {
            scope: scope?,
            span: span?,
            meetings_until: if_read(meetings_until)?,
            counted: counted?,
            threshold: threshold?,
            at_threshold: at_threshold?,
            size: size?,
            steps: if_read(steps)?,
            amount_per_missed_meeting: if_read(per_missed)?,
            payout: payout?,
        };
        self.sizes_have_their_numbers(s, &settings);
        Some(settings)
    }

    /// Steps and sums stand in the file where absence reduces by them, and nowhere else.
    fn sizes_have_their_numbers(&mut self, s: &mut Section<'t>, absence: &AbsenceSettings) {
        let numbers = [
            ("steps", AbsenceSize::Steps, absence.steps.is_some()),
            (
                "per_missed_meeting",
                AbsenceSize::PerMissedMeeting,
                absence.amount_per_missed_meeting.is_some(),
            ),
        ];
        for (key, size, is_there) in numbers {
            // A size that the municipality gives may be any.
            let may_be = absence.size.all().any(|stated| stated.peek().is_none_or(|known| *known == size));
            let must_be = absence.size.all().any(|stated| stated.peek() == Some(&size));
            if must_be && !is_there {
                self.reader.required(s, key);
            }
            if is_there && !may_be {
                let message = format!("`{}` is for nothing: no `size` is `{key}`", s.path(key));
                let problem = Problem::warning("for_nothing", self.reader.place_of_section(s), message);
                self.reader.report(problem.expected("no such key, or the size that needs it"));
            }
        }
    }
}

/// The time over which absence is measured: a word, or the day on which its year begins.
fn absence_span<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<AbsenceSpan> {
    match reader.plain(node).as_str() {
        "calendar_year" => Some(AbsenceSpan::CalendarYear),
        "half_year" => Some(AbsenceSpan::HalfYear),
        written => {
            let start = day_of_year(written).map(AbsenceSpan::YearFrom);
            if start.is_none() {
                let expected = "`calendar_year`, `half_year`, or the day on which the span's year begins, such as \"10-01\"";
                reader.wrong(node, "unknown_word", "is no span of absence", expected);
            }
            start
        }
    }
}

/// When absence is settled: with the last day held, or in a month, 1 to 12.
fn absence_payout<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<AbsencePayout> {
    if reader.plain(node) == "last_day_held" {
        return Some(AbsencePayout::LastDayHeld);
    }
    let month = reader.plain(node).parse().ok().filter(|month| (1..=12).contains(month));
    if month.is_none() {
        reader.wrong(
            node,
            "beyond_real",
            "is no payout of a reduction",
            "`last_day_held`, or a month, 1 to 12",
        );
    }
    month.map(AbsencePayout::Month)
}

/// The steps of a reduction: a list of `["25 %", "1/4"]`, from which share of missed meetings which part
/// of the fee is taken away; each from a greater share than the one before it.
fn absence_steps<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Vec<AbsenceStep>> {
    let mut steps: Vec<AbsenceStep> = Vec::new();
    for item in reader.list(node)? {
        let pair = reader.list(&item)?;
        let [from, reduction] = pair.as_slice() else {
            let expected = "two shares, such as [\"25 %\", \"1/4\"]";
            reader.wrong(&item, "not_a_share", "is no step", expected);
            return None;
        };
        let (from, reduction) = (share(reader, from)?, share(reader, reduction)?);
        let is_greater = |before: &AbsenceStep| {
            u64::from(from.numerator) * u64::from(before.from.denominator.get())
                > u64::from(before.from.numerator) * u64::from(from.denominator.get())
        };
        if !steps.last().is_none_or(is_greater) {
            reader.wrong(&item, "step_order", "is not above the step before it", "a greater share");
            return None;
        }
        steps.push(AbsenceStep { from, reduction });
    }
    Some(steps)
}

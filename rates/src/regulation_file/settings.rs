//! The settings of a regulation's file: how fees are paid, how absence counts, how claims are treated.

use std::num::NonZeroU32;

use honorar_engine::money::{Rounding, RoundingMode};
use honorar_engine::regulation::{
    AbsenceCounted, AbsencePayout, AbsenceScope, AbsenceSettings, AbsenceSize, AbsenceSpan, AbsenceStep,
    ClaimOrder, ClaimSettings, CostCover, Dated, DayOfClaim, DayOfFees, DayOff, DaySums, EmptyAmount,
    EventFee, EventSettings, FeeSettings, GroupMeetingFor, IncomeOf, IncomeToLose, IncomeYears, InstalmentOf,
    JoinedBodies, KeptFees, LeaderFee, LengthSettings, LostIncomeSettings, OtherOfficePay, PartFees,
    PhoneFor, Proration, RefundCover, Share, Shares, StandInIs, Stated, TravelCover,
};

use honorar_problems::Problem;

use super::RegulationFile;
use super::values::{
    always, day_of_year, days_of_every_year, if_read, minute_of_day, minutes, rounding, rounding_of_lines,
    share,
};
use crate::toml_reader::{Node, Section, TomlReader};
use crate::words::{COVERED_KINDS, FEE_SEATS, PAYMENTS};

const INSTALMENTS: [(&str, InstalmentOf); 2] =
    [("rounded_year", InstalmentOf::RoundedYear), ("unrounded_year", InstalmentOf::UnroundedYear)];
const EVENT_FEES: [(&str, EventFee); 3] =
    [("as_meeting", EventFee::AsMeeting), ("once", EventFee::Once), ("nothing", EventFee::Nothing)];
const OTHER_OFFICE_PAY: [(&str, OtherOfficePay); 2] =
    [("beside", OtherOfficePay::Beside), ("deducted", OtherOfficePay::Deducted)];
const KEPT: [(&str, KeptFees); 2] = [("highest", KeptFees::Highest), ("earliest", KeptFees::Earliest)];
const JOINED: [(&str, JoinedBodies); 2] = [("same", JoinedBodies::Same), ("any", JoinedBodies::Any)];
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

/// A whole fee.
const WHOLE: Share = Share { numerator: 1, denominator: NonZeroU32::MIN };

impl<'t> RegulationFile<'t> {
    pub(super) fn fees(&mut self, s: &mut Section<'t>) -> Option<FeeSettings> {
        let meeting_fees_and_claims = self.setting(s, "meeting_fees_and_claims", |r, n| r.word(n, &PAYMENTS));
        let meaning = "a part of a period is paid by the days held of its calendar days";
        let usual = (Proration::CalendarDays, "calendar_days");
        let proration = self.setting_or(s, "proration", usual, meaning, |r, n| {
            r.word(n, &[("calendar_days", Proration::CalendarDays)])
        });
        let instalment_rounding = self.maybe_setting(s, "round_instalments", rounding);
        let meaning = "an instalment is a part of the year's fee as it is rounded";
        let usual = (InstalmentOf::RoundedYear, "rounded_year");
        let instalment_of =
            self.setting_or(s, "instalment_of", usual, meaning, |r, n| r.word(n, &INSTALMENTS));
        let meaning = "a leader's fee stands instead of the member's";
        let usual = (LeaderFee::InsteadOfMember, "instead_of_member");
        let leader = self.setting_or(s, "leader", usual, meaning, |r, n| {
            r.word(n, &[("instead_of_member", LeaderFee::InsteadOfMember)])
        });
        let offices_add_up = self.truth_or(s, "offices_add_up", true, "the fees of several offices add up");
        let meaning = "pay for an office in another public body changes nothing";
        let usual = (OtherOfficePay::Beside, "beside");
        let other_office_pay =
            self.setting_or(s, "other_office_pay", usual, meaning, |r, n| r.word(n, &OTHER_OFFICE_PAY));
        let paid_leave_is_held = self.truth_or(s, "paid_leave_is_held", true, "days on paid leave are held");
        let meaning = "no meeting fee to the mayor or acting mayor";
        let mayor_gets_no_meeting_fee = self.truth_or(s, "mayor_gets_no_meeting_fee", true, meaning);
        let meaning =
            "days on leave from the mayor's office are days as mayor for what the mayor does not get";
        let mayor_on_leave_is_mayor = self.truth_or(s, "mayor_on_leave_is_mayor", true, meaning);
        let fixed_fee_shuts_out = self.reader.required(s, "fixed_fee_shuts_out");
        let fixed_fee_shuts_out = fixed_fee_shuts_out.and_then(|node| self.shuts_out(&node));
        let meaning = "meeting fees follow from the attendance list, without a claim";
        let from_attendance = self.truth_or(s, "from_attendance", true, meaning);
        let elected_by = self.electors(s);
        let day = self.fees_of_day(s);
        let events = self.events(s);
        let sits_as_gives_fee =
            self.truth_or(s, "sits_as_gives_fee", false, "a body that sits as another gives no fee");
        let paid_by_others_is_covered =
            self.truth_or(s, "paid_by_others_is_covered", false, "nothing where somebody else pays");
        let posts_are_covered = self.truth_or(
            s,
            "posts_are_covered",
            false,
            "nothing to those who meet by virtue of a post, or for the employees",
        );
        let parts = self.part_fees(s);
        let meaning = "each line to whole øre, half away from zero";
        let usual =
            (Rounding::to_unit(NonZeroU32::MIN, RoundingMode::HalfAwayFromZero), "oere_half_away_from_zero");
        let rounding = self.setting_or(s, "rounding", usual, meaning, rounding_of_lines);
        Some(FeeSettings {
            meeting_fees_and_claims: meeting_fees_and_claims?,
            proration: proration?,
            instalment_rounding: if_read(instalment_rounding)?,
            instalment_of: instalment_of?,
            leader: leader?,
            offices_add_up: offices_add_up?,
            other_office_pay: other_office_pay?,
            paid_leave_is_held: paid_leave_is_held?,
            mayor_gets_no_meeting_fee: mayor_gets_no_meeting_fee?,
            mayor_on_leave_is_mayor: mayor_on_leave_is_mayor?,
            fixed_fee_shuts_out: fixed_fee_shuts_out?,
            from_attendance: from_attendance?,
            elected_by: elected_by?,
            day: day?,
            events: events?,
            sits_as_gives_fee: sits_as_gives_fee?,
            paid_by_others_is_covered: paid_by_others_is_covered?,
            posts_are_covered: posts_are_covered?,
            parts: parts?,
            rounding: rounding?,
        })
    }

    /// Who elects bodies of the class other: by default any body that the regulation lists.
    fn electors(&mut self, s: &mut Section<'t>) -> Option<Dated<Vec<String>>> {
        if s.peek("elected_by").is_some() {
            return self.body_list(s, "elected_by");
        }
        let all: Vec<String> = self.bodies.keys().cloned().collect();
        let written = all.join(", ");
        let meaning = "other bodies give a fee when a body of the regulation elected them";
        self.setting_or(s, "elected_by", (all, &written), meaning, |_, _| None)
    }

    fn fees_of_day(&mut self, s: &mut Section<'t>) -> Option<DayOfFees> {
        let most_a_day = self.maybe_setting(s, "most_a_day", TomlReader::count);
        let meaning = "of a day's fees the highest are paid, of equal ones the earliest";
        let kept =
            self.setting_or(s, "kept", (KeptFees::Highest, "highest"), meaning, |r, n| r.word(n, &KEPT));
        let joined_within_minutes = self.maybe_setting(s, "joined_within_minutes", minutes);
        let meaning = "meetings of the same body without a notable break count as one";
        let usual = (JoinedBodies::Same, "same");
        let joined_bodies = self.setting_or(s, "joined_bodies", usual, meaning, |r, n| r.word(n, &JOINED));
        Some(DayOfFees {
            most_a_day: if_read(most_a_day)?,
            kept: kept?,
            joined_within_minutes: if_read(joined_within_minutes)?,
            joined_bodies: joined_bodies?,
        })
    }

    fn events(&mut self, s: &mut Section<'t>) -> Option<EventSettings> {
        let needs_call = self.truth_or(s, "needs_call", false, "a fee needs no formal call");
        let mut event =
            |key, usual, meaning| self.setting_or(s, key, usual, meaning, |r, n| r.word(n, &EVENT_FEES));
        let seminar = event(
            "seminar",
            (EventFee::AsMeeting, "as_meeting"),
            "a seminar gives the same fee as a meeting",
        );
        let party_meeting = event(
            "party_meeting",
            (EventFee::Nothing, "nothing"),
            "a party's or group's meeting gives no fee",
        );
        Some(EventSettings { needs_call: needs_call?, seminar: seminar?, party_meeting: party_meeting? })
    }

    fn part_fees(&mut self, s: &mut Section<'t>) -> Option<PartFees> {
        let whole = (WHOLE, "1/1");
        let particular_cases =
            self.setting_or(s, "particular_cases", whole, "a full fee for particular cases only", share);
        let everybody = FEE_SEATS.map(|(_, seat)| seat).to_vec();
        let written = FEE_SEATS.map(|(word, _)| word).join(", ");
        let meaning = "whom the share for particular cases only is for";
        let particular_cases_for =
            self.setting_or(s, "particular_cases_for", (everybody, &written), meaning, |r, n| {
                r.words(n, &FEE_SEATS)
            });
        let phone = self.setting_or(s, "phone", whole, "a full fee by phone", share);
        let usual = (PhoneFor::Everybody, "everybody");
        let meaning = "the share by phone is for everybody, the summoned too";
        let phone_for = self.setting_or(s, "phone_for", usual, meaning, |r, n| {
            r.word(n, &[("everybody", PhoneFor::Everybody)])
        });
        let usual = (Shares::Multiply, "multiply");
        let meaning = "two shares of one fee are multiplied";
        let shares =
            self.setting_or(s, "shares", usual, meaning, |r, n| r.word(n, &[("multiply", Shares::Multiply)]));
        let video = self.setting_or(s, "video", whole, "a full fee by video", share);
        Some(PartFees {
            particular_cases: particular_cases?,
            particular_cases_for: particular_cases_for?,
            phone: phone?,
            phone_for: phone_for?,
            shares: shares?,
            video: video?,
        })
    }

    /// Whether something is so, with what is usual.
    pub(super) fn truth_or(
        &mut self,
        s: &mut Section<'t>,
        key: &'static str,
        usual: bool,
        meaning: &str,
    ) -> Option<Dated<bool>> {
        let written = if usual { "true" } else { "false" };
        self.setting_or(s, key, (usual, written), meaning, TomlReader::truth)
    }

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

    /// Steps and sums stand in the file where absence reduces by them.
    fn sizes_have_their_numbers(&mut self, s: &mut Section<'t>, absence: &AbsenceSettings) {
        let needs = |size: AbsenceSize| absence.size.all().any(|stated| stated.peek() == Some(&size));
        if needs(AbsenceSize::Steps) && absence.steps.is_none() {
            self.reader.required(s, "steps");
        }
        if needs(AbsenceSize::PerMissedMeeting) && absence.amount_per_missed_meeting.is_none() {
            self.reader.required(s, "per_missed_meeting");
        }
    }

    pub(super) fn length(&mut self, s: &mut Section<'t>) -> Option<LengthSettings> {
        let whole_day_over_minutes = self.maybe_setting(s, "whole_day_over_minutes", minutes);
        let at_limit = self.truth_or(s, "at_limit", false, "a meeting of exactly the limit is a short one");
        let meaning = "a group meeting counts towards the limit";
        let group_meeting_in_limit = self.truth_or(s, "group_meeting_in_limit", true, meaning);
        let meaning = "a group meeting counts into no meeting";
        let group_meeting_minutes = self.setting_or(s, "group_meeting_minutes", (0, "0"), meaning, minutes);
        let group_meeting_bodies = if s.peek("group_meeting_bodies").is_some() {
            self.body_list(s, "group_meeting_bodies")
        } else {
            self.setting_or(s, "group_meeting_bodies", (Vec::new(), ""), meaning, |_, _| None)
        };
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

    pub(super) fn lost_income(&mut self, s: &mut Section<'t>) -> Option<LostIncomeSettings> {
        let meaning = "a person's claims on one meeting share its cap";
        let meeting_cap_is_shared =
            self.setting_or(s, "meeting_cap_is_shared", (true, "true"), meaning, always);
        let meaning = "an undocumented claim without an amount asks for the cap";
        let empty_amount = self.setting_or(s, "empty_amount", (EmptyAmount::Cap, "cap"), meaning, |r, n| {
            r.word(n, &[("cap", EmptyAmount::Cap)])
        });
        let meaning = "a mayor or acting mayor has no income to lose";
        let mayor_is_covered = self.truth_or(s, "mayor_is_covered", false, meaning);
        let meaning = "whoever has no earned income has none to lose";
        let no_income_is_covered = self.truth_or(s, "no_income_is_covered", false, meaning);
        let meaning = "whoever keeps the pay has no income to lose, but on a day off in a rota";
        let kept_pay_is_covered = self.truth_or(s, "kept_pay_is_covered", false, meaning);
        let meaning = "a day off in a rota on Monday to Friday is compensated like lost income";
        let usual = (DayOff::MondayToFriday, "monday_to_friday");
        let day_off = self.setting_or(s, "day_off", usual, meaning, |r, n| {
            r.word(n, &[("monday_to_friday", DayOff::MondayToFriday)])
        });
        let income = self.income_to_lose(s);
        let meaning = "a stand-in is documented loss, an alternative to undocumented loss";
        let usual = (StandInIs::DocumentedLoss, "documented_loss");
        let stand_in = self.setting_or(s, "stand_in", usual, meaning, |r, n| {
            r.word(n, &[("documented_loss", StandInIs::DocumentedLoss), ("expense", StandInIs::Expense)])
        });
        let meaning = "undocumented and documented are alternatives: the day's greater sum is paid";
        let usual = (DaySums::GreaterDocumentedOnTie, "greater_documented_on_tie");
        let day_sums = self.setting_or(s, "day_sums", usual, meaning, |r, n| {
            r.word(n, &[("greater_documented_on_tie", DaySums::GreaterDocumentedOnTie)])
        });
        let meaning = "claims fill a cap in the natural order of their ids";
        let usual = (ClaimOrder::NaturalId, "natural_id");
        let order = self.setting_or(s, "order", usual, meaning, |r, n| {
            r.word(n, &[("natural_id", ClaimOrder::NaturalId)])
        });
        Some(LostIncomeSettings {
            meeting_cap_is_shared: meeting_cap_is_shared?,
            empty_amount: empty_amount?,
            mayor_is_covered: mayor_is_covered?,
            no_income_is_covered: no_income_is_covered?,
            kept_pay_is_covered: kept_pay_is_covered?,
            day_off: day_off?,
            income: income?,
            stand_in: stand_in?,
            day_sums: day_sums?,
            order: order?,
        })
    }

    fn income_to_lose(&mut self, s: &mut Section<'t>) -> Option<IncomeToLose> {
        const INCOMES: [(&str, IncomeOf); 2] = [("net", IncomeOf::Net), ("gross", IncomeOf::Gross)];
        const YEARS: [(&str, IncomeYears); 2] =
            [("last", IncomeYears::Last), ("mean_of_three", IncomeYears::MeanOfThree)];
        let days = |days: u32| NonZeroU32::new(days).unwrap_or(NonZeroU32::MIN);
        let meaning = "a day's loss is the yearly income divided by 240";
        let days_per_year =
            self.setting_or(s, "income_days_per_year", (days(240), "240"), meaning, TomlReader::divisor);
        let meaning = "an hour's loss is an eighth of a day's, at most a day's in all";
        let hours_per_day =
            self.setting_or(s, "income_hours_per_day", (days(8), "8"), meaning, TomlReader::divisor);
        let hours_per_year = self.maybe_setting(s, "income_hours_per_year", TomlReader::divisor);
        let meaning = "a loss is worked out from the net business income";
        let income_of =
            self.setting_or(s, "income_of", (IncomeOf::Net, "net"), meaning, |r, n| r.word(n, &INCOMES));
        let meaning = "a loss is worked out from the income of the year before";
        let income_years =
            self.setting_or(s, "income_years", (IncomeYears::Last, "last"), meaning, |r, n| {
                r.word(n, &YEARS)
            });
        Some(IncomeToLose {
            of: income_of?,
            years: income_years?,
            days_per_year: days_per_year?,
            hours_per_day: hours_per_day?,
            hours_per_year: if_read(hours_per_year)?,
        })
    }

    pub(super) fn claims(&mut self, s: &mut Section<'t>) -> Option<ClaimSettings> {
        let usual = (TravelCover::StateRates, "state_rates");
        let meaning = "kilometres at the state's rates, other travel at its documented cost";
        let travel = self.setting_or(s, "travel", usual, meaning, |r, n| {
            r.word(n, &[("state_rates", TravelCover::StateRates)])
        });
        let companion = self.maybe_setting(s, "companion", |r, n| {
            r.word(n, &[("documented_cost", CostCover::DocumentedCost)])
        });
        let employer_refund = self.maybe_setting(s, "employer_refund", |r, n| {
            r.word(n, &[("documented_caps", RefundCover::DocumentedCaps)])
        });
        let not_covered = self.maybe_setting(s, "not_covered", |r, n| r.words(n, &COVERED_KINDS));
        let only_when_called = self.maybe_setting(s, "only_when_called", |r, n| r.words(n, &COVERED_KINDS));
        let meaning = "a claim belongs to its meeting's day, else to its own";
        let usual = (DayOfClaim::MeetingElseOwn, "meeting_else_own");
        let day_of_claim = self.setting_or(s, "day_of_claim", usual, meaning, |r, n| {
            r.word(n, &[("meeting_else_own", DayOfClaim::MeetingElseOwn)])
        });
        let deadline = self.claim_deadline(s);
        let late_claims = self.late_claims(s);
        Some(ClaimSettings {
            travel: travel?,
            companion: if_read(companion)?,
            employer_refund: if_read(employer_refund)?,
            not_covered: if_read(not_covered)?,
            only_when_called: if_read(only_when_called)?,
            day_of_claim: day_of_claim?,
            deadline: deadline?,
            late_claims: late_claims?,
        })
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

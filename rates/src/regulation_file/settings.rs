//! The settings of a regulation's file: how fees are paid, how absence counts, how claims are treated.

use honorar_engine::regulation::{
    AbsenceCounted, AbsencePayout, AbsenceScope, AbsenceSettings, AbsenceSize, AfterPay, Caps, ClaimOrder,
    ClaimSettings, CostCover, DayOfClaim, DayOff, DaySums, EmptyAmount, FeeSettings, GroupMeetingFor,
    InstalmentOf, LeaderFee, LengthSettings, LostIncomeSettings, PhoneFor, Proration, RefundCover, Shares,
    Subsistence, TravelCover,
};

use super::RegulationFile;
use super::values::{always, deadline, if_read, minutes, rounding, rounding_of_lines, share};
use crate::toml_reader::{Section, TomlReader};
use crate::words::{FEE_SEATS, PAYMENTS};

const INSTALMENTS: [(&str, InstalmentOf); 2] =
    [("rounded_year", InstalmentOf::RoundedYear), ("unrounded_year", InstalmentOf::UnroundedYear)];

impl<'t> RegulationFile<'t> {
    pub(super) fn fees(&mut self, s: &mut Section<'t>) -> Option<FeeSettings> {
        let meeting_fees_and_claims = self.setting(s, "meeting_fees_and_claims", |r, n| r.word(n, &PAYMENTS));
        let proration =
            self.setting(s, "proration", |r, n| r.word(n, &[("calendar_days", Proration::CalendarDays)]));
        let instalment_rounding = self.maybe_setting(s, "round_instalments", rounding);
        let meaning = "an instalment is a part of the year's fee as it is rounded";
        let usual = (InstalmentOf::RoundedYear, "rounded_year");
        let instalment_of =
            self.setting_or(s, "instalment_of", usual, meaning, |r, n| r.word(n, &INSTALMENTS));
        let leader =
            self.setting(s, "leader", |r, n| r.word(n, &[("instead_of_member", LeaderFee::InsteadOfMember)]));
        let offices_add_up = self.setting(s, "offices_add_up", always);
        let paid_leave_is_held = self.setting(s, "paid_leave_is_held", TomlReader::truth);
        let mayor_gets_no_meeting_fee = self.setting(s, "mayor_gets_no_meeting_fee", TomlReader::truth);
        let mayor_on_leave_is_mayor = self.setting(s, "mayor_on_leave_is_mayor", TomlReader::truth);
        let fixed_fee_shuts_out = self.reader.required(s, "fixed_fee_shuts_out");
        let fixed_fee_shuts_out = fixed_fee_shuts_out.and_then(|node| self.shuts_out(&node));
        let from_attendance = self.setting(s, "from_attendance", always);
        let elected_by = self.body_list(s, "elected_by");
        let sits_as_gives_fee = self.setting(s, "sits_as_gives_fee", TomlReader::truth);
        let paid_by_others_is_covered = self.setting(s, "paid_by_others_is_covered", TomlReader::truth);
        let posts_are_covered = self.setting(s, "posts_are_covered", TomlReader::truth);
        let particular_cases = self.setting(s, "particular_cases", share);
        let particular_cases_for = self.setting(s, "particular_cases_for", |r, n| r.words(n, &FEE_SEATS));
        let phone = self.setting(s, "phone", share);
        let phone_for = self.setting(s, "phone_for", |r, n| r.word(n, &[("everybody", PhoneFor::Everybody)]));
        let shares = self.setting(s, "shares", |r, n| r.word(n, &[("multiply", Shares::Multiply)]));
        let video = self.setting(s, "video", share);
        let rounding = self.setting(s, "rounding", rounding_of_lines);
        Some(FeeSettings {
            meeting_fees_and_claims: meeting_fees_and_claims?,
            proration: proration?,
            instalment_rounding: if_read(instalment_rounding)?,
            instalment_of: instalment_of?,
            leader: leader?,
            offices_add_up: offices_add_up?,
            paid_leave_is_held: paid_leave_is_held?,
            mayor_gets_no_meeting_fee: mayor_gets_no_meeting_fee?,
            mayor_on_leave_is_mayor: mayor_on_leave_is_mayor?,
            fixed_fee_shuts_out: fixed_fee_shuts_out?,
            from_attendance: from_attendance?,
            elected_by: elected_by?,
            sits_as_gives_fee: sits_as_gives_fee?,
            paid_by_others_is_covered: paid_by_others_is_covered?,
            posts_are_covered: posts_are_covered?,
            particular_cases: particular_cases?,
            particular_cases_for: particular_cases_for?,
            phone: phone?,
            phone_for: phone_for?,
            shares: shares?,
            video: video?,
            rounding: rounding?,
        })
    }

    pub(super) fn absence(&mut self, s: &mut Section<'t>) -> Option<AbsenceSettings> {
        let scope = self.setting(s, "scope", |r, n| {
            r.word(n, &[("office_and_calendar_year", AbsenceScope::OfficeAndCalendarYear)])
        });
        let counted = self.setting(s, "counted", |r, n| {
            r.word(n, &[("all", AbsenceCounted::All), ("invalid_only", AbsenceCounted::InvalidOnly)])
        });
        let threshold = self.setting(s, "threshold", share);
        let at_threshold = self.setting(s, "at_threshold", TomlReader::truth);
        let size = self.setting(s, "size", |r, n| {
            r.word(
                n,
                &[
                    ("part_over_threshold", AbsenceSize::PartOverThreshold),
                    ("all_absence", AbsenceSize::AllAbsence),
                ],
            )
        });
        let payout =
            self.setting(s, "payout", |r, n| r.word(n, &[("last_day_held", AbsencePayout::LastDayHeld)]));
        Some(AbsenceSettings {
            scope: scope?,
            counted: counted?,
            threshold: threshold?,
            at_threshold: at_threshold?,
            size: size?,
            payout: payout?,
        })
    }

    pub(super) fn length(&mut self, s: &mut Section<'t>) -> Option<LengthSettings> {
        let whole_day_over_minutes = self.setting(s, "whole_day_over_minutes", minutes);
        let at_limit = self.setting(s, "at_limit", TomlReader::truth);
        let group_meeting_in_limit = self.setting(s, "group_meeting_in_limit", TomlReader::truth);
        let group_meeting_minutes = self.setting(s, "group_meeting_minutes", minutes);
        let group_meeting_bodies = self.body_list(s, "group_meeting_bodies");
        let group_meeting_for = self.setting(s, "group_meeting_for", |r, n| {
            r.word(n, &[("members_and_whole_substitutes", GroupMeetingFor::MembersAndWholeSubstitutes)])
        });
        let travel_counts = self.setting(s, "travel_counts", TomlReader::truth);
        Some(LengthSettings {
            whole_day_over_minutes: whole_day_over_minutes?,
            at_limit: at_limit?,
            group_meeting_in_limit: group_meeting_in_limit?,
            group_meeting_minutes: group_meeting_minutes?,
            group_meeting_bodies: group_meeting_bodies?,
            group_meeting_for: group_meeting_for?,
            travel_counts: travel_counts?,
        })
    }

    fn caps(&mut self, s: &mut Section<'t>) -> Option<Caps> {
        let cap_per_day = self.amount(s, "per_day");
        let cap_per_hour = self.amount(s, "per_hour");
        Some(Caps { cap_per_day: cap_per_day?, cap_per_hour: cap_per_hour? })
    }

    pub(super) fn lost_income(&mut self, s: &mut Section<'t>) -> Option<LostIncomeSettings> {
        let undocumented = self.required_section(s, "undocumented", Self::caps);
        let documented = self.required_section(s, "documented", Self::caps);
        let meeting_cap_is_shared = self.setting(s, "meeting_cap_is_shared", always);
        let empty_amount = self.setting(s, "empty_amount", |r, n| r.word(n, &[("cap", EmptyAmount::Cap)]));
        let mayor_is_covered = self.setting(s, "mayor_is_covered", TomlReader::truth);
        let no_income_is_covered = self.setting(s, "no_income_is_covered", TomlReader::truth);
        let kept_pay_is_covered = self.setting(s, "kept_pay_is_covered", TomlReader::truth);
        let day_off =
            self.setting(s, "day_off", |r, n| r.word(n, &[("monday_to_friday", DayOff::MondayToFriday)]));
        let income_days_per_year = self.setting(s, "income_days_per_year", TomlReader::divisor);
        let income_hours_per_day = self.setting(s, "income_hours_per_day", TomlReader::divisor);
        let stand_in_as_documented = self.setting(s, "stand_in_as_documented", always);
        let day_sums = self.setting(s, "day_sums", |r, n| {
            r.word(n, &[("greater_documented_on_tie", DaySums::GreaterDocumentedOnTie)])
        });
        let order = self.setting(s, "order", |r, n| r.word(n, &[("natural_id", ClaimOrder::NaturalId)]));
        Some(LostIncomeSettings {
            undocumented: undocumented?,
            documented: documented?,
            meeting_cap_is_shared: meeting_cap_is_shared?,
            empty_amount: empty_amount?,
            mayor_is_covered: mayor_is_covered?,
            no_income_is_covered: no_income_is_covered?,
            kept_pay_is_covered: kept_pay_is_covered?,
            day_off: day_off?,
            income_days_per_year: income_days_per_year?,
            income_hours_per_day: income_hours_per_day?,
            stand_in_as_documented: stand_in_as_documented?,
            day_sums: day_sums?,
            order: order?,
        })
    }

    pub(super) fn claims(&mut self, s: &mut Section<'t>) -> Option<ClaimSettings> {
        let care_cap_per_day = self.amount(s, "care_per_day");
        let travel = self.setting(s, "travel", |r, n| r.word(n, &[("state_rates", TravelCover::StateRates)]));
        let companion =
            self.setting(s, "companion", |r, n| r.word(n, &[("documented_cost", CostCover::DocumentedCost)]));
        let employer_refund = self.setting(s, "employer_refund", |r, n| {
            r.word(n, &[("documented_caps", RefundCover::DocumentedCaps)])
        });
        let day_of_claim = self.setting(s, "day_of_claim", |r, n| {
            r.word(n, &[("meeting_else_own", DayOfClaim::MeetingElseOwn)])
        });
        let deadline_months = self.setting(s, "deadline_months", deadline);
        let after_pay =
            self.setting(s, "after_pay", |r, n| r.word(n, &[("not_calculated", AfterPay::NotCalculated)]));
        let subsistence = self
            .setting(s, "subsistence", |r, n| r.word(n, &[("not_calculated", Subsistence::NotCalculated)]));
        Some(ClaimSettings {
            care_cap_per_day: care_cap_per_day?,
            travel: travel?,
            companion: companion?,
            employer_refund: employer_refund?,
            day_of_claim: day_of_claim?,
            deadline_months: deadline_months?,
            after_pay: after_pay?,
            subsistence: subsistence?,
        })
    }
}

//! The settings of fees in a regulation's file: how they are paid, and what stands beside what.

use std::num::NonZeroU32;

use honorar_engine::money::{Rounding, RoundingMode};
use honorar_engine::regulation::{
    Dated, DayOfFees, EventFee, EventSettings, FeeSettings, InstalmentOf, JoinedBodies, KeptFees, LeaderFee,
    OtherOfficePay, PartFees, PhoneFor, Proration, Share, Shares,
};

use super::RegulationFile;
use super::values::{if_read, minutes, rounding, rounding_of_lines, share};
use crate::toml_reader::{Section, TomlReader};
use crate::words::{FEE_SEATS, PAYMENTS};

const INSTALMENTS: [(&str, InstalmentOf); 2] =
    [("rounded_year", InstalmentOf::RoundedYear), ("unrounded_year", InstalmentOf::UnroundedYear)];
const EVENT_FEES: [(&str, EventFee); 3] =
    [("as_meeting", EventFee::AsMeeting), ("once", EventFee::Once), ("nothing", EventFee::Nothing)];
const OTHER_OFFICE_PAY: [(&str, OtherOfficePay); 2] =
    [("beside", OtherOfficePay::Beside), ("deducted", OtherOfficePay::Deducted)];
const KEPT: [(&str, KeptFees); 2] = [("highest", KeptFees::Highest), ("earliest", KeptFees::Earliest)];
const JOINED: [(&str, JoinedBodies); 2] = [("same", JoinedBodies::Same), ("any", JoinedBodies::Any)];
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
        let all: Vec<String> = self.bodies.keys().cloned().collect();
        let written = all.join(", ");
        let meaning = "other bodies give a fee when a body of the regulation elected them";
        self.bodies_or(s, "elected_by", (all, &written), meaning)
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
}

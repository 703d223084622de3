//! How claims are treated, in a regulation's file.

use chrono::NaiveDate;
use honorar_engine::basis::ClaimKind;
use honorar_engine::regulation::{
    ClaimSettings, CostCover, Cover, Dated, DayOfClaim, RefundCover, TravelCover,
};
use honorar_problems::Problem;

use super::RegulationFile;
use super::values::if_read;
use crate::toml_reader::Section;
use crate::words::COVERED_KINDS;

impl<'t> RegulationFile<'t> {
    pub(super) fn claims(
        &mut self,
        s: &mut Section<'t>,
        covers: &[(String, Cover)],
    ) -> Option<ClaimSettings> {
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
        let meaning = "a late claim does not change how claims of a closed run shared a cap";
        let closed_keep_their_share = self.truth_or(s, "closed_keep_their_share", true, meaning);
        let claims = ClaimSettings {
            travel: travel?,
            companion: if_read(companion)?,
            employer_refund: if_read(employer_refund)?,
            not_covered: if_read(not_covered)?,
            only_when_called: if_read(only_when_called)?,
            day_of_claim: day_of_claim?,
            deadline: deadline?,
            late_claims: late_claims?,
            closed_keep_their_share: closed_keep_their_share?,
        };
        self.check_claims(s, &claims, covers);
        Some(claims)
    }

    /// Two provisions that say what a kind of claim gives, on one day, are a conflict; the covers among
    /// themselves are held against each other where they are read.
    fn check_claims(&mut self, s: &Section<'t>, claims: &ClaimSettings, covers: &[(String, Cover)]) {
        let Some(in_force) = self.in_force else { return };
        let mut days = vec![in_force.first()];
        days.extend(covers.iter().flat_map(|(_, cover)| cover.kinds.changes()));
        days.extend(claims.not_covered.iter().flat_map(Dated::changes));
        for (word, kind) in COVERED_KINDS {
            let has = |kinds: &Dated<Vec<ClaimKind>>, day: NaiveDate| {
                kinds.on(day).peek().is_some_and(|all| all.contains(&kind))
            };
            let is_paid = match kind {
                ClaimKind::Companion => claims.companion.is_some(),
                ClaimKind::EmployerRefund => claims.employer_refund.is_some(),
                _ => false,
            };
            let provisions = |day: &NaiveDate| -> Vec<String> {
                let cover = covers.iter().find(|(_, cover)| has(&cover.kinds, *day));
                let not_covered = claims.not_covered.as_ref().filter(|kinds| has(kinds, *day));
                let provisions = [
                    cover.map(|(name, _)| format!("cover.{name}")),
                    is_paid.then(|| format!("claims.{word}")),
                    not_covered.map(|_| "claims.not_covered".to_owned()),
                ];
                provisions.into_iter().flatten().collect()
            };
            for provisions in days.iter().map(provisions) {
                let [first, second, ..] = provisions.as_slice() else { continue };
                let message = format!("`{first}` and `{second}` both say what `{word}` gives");
                let problem = Problem::error("conflict", self.reader.place_of_section(s), message);
                self.reader.report(problem.expected("one of them"));
                break;
            }
        }
    }
}

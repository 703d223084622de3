//! Who has income to lose, and how a loss is worked out from it, in a regulation's file.

use std::num::NonZeroU32;

use honorar_engine::regulation::{
    ClaimOrder, DayOff, DaySums, EmptyAmount, IncomeOf, IncomeToLose, IncomeYears, LostIncomeSettings,
    StandInIs,
};

use super::RegulationFile;
use super::values::{always, if_read};
use crate::toml_reader::{Section, TomlReader};

impl<'t> RegulationFile<'t> {
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
}

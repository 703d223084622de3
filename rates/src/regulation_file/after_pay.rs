//! Pay after an office has ended, in a regulation's file.

use honorar_engine::regulation::{AfterPay, Dated};
use rust_decimal::Decimal;

use super::RegulationFile;
use super::values::{decimal, if_read};
use crate::toml_reader::Section;
use crate::words::ROLES;

impl<'t> RegulationFile<'t> {
    pub(super) fn after_pay(&mut self, s: &mut Section<'t>) -> Option<AfterPay> {
        let roles = self.reader.required(s, "roles").and_then(|node| self.reader.words(&node, &ROLES));
        let amount_per_month = self.amount(s, "per_month");
        let months_with_work = self.setting(s, "months_with_work", decimal);
        let months_without_work = self.setting(s, "months_without_work", decimal);
        let notice = self.maybe_setting(s, "notice_period_months", decimal);
        let needs_decision = self.truth_or(s, "needs_decision", false, "after-pay takes no decision");
        let meaning = "income of the same months is deducted, krone for krone; no pension from folketrygden";
        let income_is_deducted = self.truth_or(s, "income_is_deducted", true, meaning);
        let notice_period_months: Option<Dated<Decimal>> = if_read(notice)?;
        Some(AfterPay {
            roles: roles?,
            amount_per_month: amount_per_month?,
            months_with_work: months_with_work?,
            months_without_work: months_without_work?,
            notice_period_months,
            needs_decision: needs_decision?,
            income_is_deducted: income_is_deducted?,
        })
    }
}

//! The support to party groups, in a regulation's file.

use honorar_engine::regulation::{
    BreakOuts, GroupSupport, Majority, PaymentsOnBehalf, SharedBy, SupportForm, SupportPot, SupportRates,
    WholeUnit,
};

use super::RegulationFile;
use super::values::{every_year, if_read, share};
use crate::toml_reader::{Node, Section, TomlReader};

impl<'t> RegulationFile<'t> {
    /// Rates or a pot: the key `pot` tells them apart.
    pub(super) fn group_support(&mut self, s: &mut Section<'t>) -> Option<GroupSupport> {
        let form = if s.peek("pot").is_some() {
            self.support_pot(s).map(SupportForm::Pot)
        } else {
            self.support_rates(s).map(SupportForm::Rates)
        };
        let whole = self.setting(s, "whole", |r, n| {
            r.word(n, &[("oere", WholeUnit::Oere), ("kroner", WholeUnit::Kroner)])
        });
        let majority = self.setting(s, "majority", |r, n| {
            r.word(n, &[("unanimous", Majority::Unanimous), ("simple", Majority::Simple)])
        });
        let transferred_in = self.setting(s, "transferred_in", month);
        let first_part_months = self.setting(s, "first_part_months", month);
        let payments_on_behalf = self.setting(s, "payments_on_behalf", |r, n| {
            r.word(n, &[("deducted_from_next_transfer", PaymentsOnBehalf::DeductedFromNextTransfer)])
        });
        let notice_by = self.maybe_setting(s, "notice_by", every_year);
        let break_outs = self.setting(s, "break_outs", |r, n| r.word(n, &[("no_right", BreakOuts::NoRight)]));
        let report_by = self.maybe_setting(s, "report_by", every_year);
        Some(GroupSupport {
            form: form?,
            whole: whole?,
            majority: majority?,
            transferred_in: transferred_in?,
            first_part_months: first_part_months?,
            payments_on_behalf: payments_on_behalf?,
            notice_by: if_read(notice_by)?,
            break_outs: break_outs?,
            report_by: if_read(report_by)?,
        })
    }

    fn support_rates(&mut self, s: &mut Section<'t>) -> Option<SupportRates> {
        let amount_per_group = self.amount(s, "per_group");
        let amount_per_representative = self.amount(s, "per_representative");
        let at_most_groups = self.maybe_setting(s, "at_most_groups", TomlReader::count);
        Some(SupportRates {
            amount_per_group: amount_per_group?,
            amount_per_representative: amount_per_representative?,
            at_most_groups: if_read(at_most_groups)?,
        })
    }

    fn support_pot(&mut self, s: &mut Section<'t>) -> Option<SupportPot> {
        let amount = self.amount(s, "pot");
        let base_share = self.setting(s, "base_share", share);
        let by = self.setting(s, "by", |r, n| {
            r.word(n, &[("votes", SharedBy::Votes), ("representatives", SharedBy::Representatives)])
        });
        let vote_threshold = self.maybe_setting(s, "vote_threshold", share);
        Some(SupportPot {
            amount: amount?,
            base_share: base_share?,
            by: by?,
            vote_threshold: if_read(vote_threshold)?,
        })
    }
}

fn month<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<u32> {
    let month = reader.count(node)?;
    if !(1..=12).contains(&month) {
        reader.wrong(node, "beyond_real", "is no month, nor a number of months in a year", "1 to 12");
        return None;
    }
    Some(month)
}

//! Headings, totals and what else stands around lines.

use chrono::NaiveDate;
use honorar_engine::line::TaxParts;
use honorar_engine::regulation::PaymentDate;

use super::Words;

/// The headings of tables, and what stands at their totals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headings {
    /// Over claims that payroll has from Visma Expense.
    pub registered: &'static str,
    /// At what is registered there.
    pub claimed: &'static str,
    /// At what the regulation gives for it.
    pub regulation_gives: &'static str,
    /// At what is more or less than that.
    pub difference: &'static str,
    /// Over what lines pay.
    pub kind: &'static str,
    /// Over how many lines.
    pub lines: &'static str,
    /// Over how many people.
    pub people: &'static str,
    /// Over amounts.
    pub sum: &'static str,
    /// At the sum of all pay lines.
    pub control_total: &'static str,
    /// Over what goes to others than the person.
    pub to_others: &'static str,
    /// At what a person gets.
    pub total_to_person: &'static str,
    /// Over party groups.
    pub group: &'static str,
    /// Over their support.
    pub granted: &'static str,
    /// Over what is deducted of it.
    pub deducted: &'static str,
    /// Over what they get.
    pub transferred: &'static str,
    /// Over what they owe.
    pub debt: &'static str,
    /// At the sum of all groups.
    pub all_groups: &'static str,
    /// At what was paid before.
    pub before: &'static str,
    /// At what is paid now.
    pub now: &'static str,
    /// Over the sums of everybody.
    pub in_all: &'static str,
    /// Over what goes to persons.
    pub to_persons: &'static str,
    /// Over what a regulation costs.
    pub today: &'static str,
    /// Over what a proposal would cost.
    pub proposed: &'static str,
    /// Where two runs pay the same.
    pub nothing_changed: &'static str,
}

impl Words {
    /// The headings of tables, and what stands at their totals.
    pub fn headings(self) -> Headings {
        let words = &self.say.heading;
        Headings {
            registered: words.registered(),
            claimed: words.claimed(),
            regulation_gives: words.regulation_gives(),
            difference: words.difference(),
            kind: words.kind(),
            lines: words.lines(),
            people: words.people(),
            sum: words.sum(),
            control_total: words.control_total(),
            to_others: words.to_others(),
            total_to_person: words.total_to_person(),
            group: words.group(),
            granted: words.granted(),
            deducted: words.deducted(),
            transferred: words.transferred(),
            debt: words.debt(),
            all_groups: words.all_groups(),
            before: words.before(),
            now: words.now(),
            in_all: words.in_all(),
            to_persons: words.to_persons(),
            today: words.today(),
            proposed: words.proposed(),
            nothing_changed: words.nothing_changed(),
        }
    }

    /// What a comparison of two runs is called, by their periods.
    pub fn changed(self, before: &str, now: &str) -> String {
        let say = &self.say.heading;
        if before == now { say.changed(now) } else { say.changed_from(before, now) }
    }

    /// So many bases: `360 lønnsgrunnlag`.
    pub fn bases(self, count: impl Into<u64>) -> String {
        self.say.heading.bases(count)
    }

    /// What of an amount is free of tax and what is taxed.
    pub fn tax(self, tax: TaxParts) -> String {
        self.say.heading.tax(tax.tax_free, tax.taxable)
    }

    /// When something is paid, and why on that day: `utbetalt 12.07.2024`.
    pub fn paid(self, payment: &PaymentDate) -> String {
        self.say.heading.paid(&self.day_paid(payment))
    }

    /// When something is paid, and what it is.
    pub fn paid_what(self, payment: &PaymentDate) -> String {
        self.say.heading.paid_what(&self.day_paid(payment), self.paid_together(payment.what))
    }

    fn day_paid(self, payment: &PaymentDate) -> String {
        match payment.moved_from {
            Some(stated) => self.say.heading.moved(payment.paid, stated),
            None => self.date(payment.paid),
        }
    }

    /// What a basis's support to party groups is called in a year.
    pub fn group_support(self, basis: &str, year: i32) -> String {
        self.say.heading.group_support(basis, &year.to_string())
    }

    /// What a transfer is called: by when it is due, and for how many months.
    pub fn transfer(self, date: NaiveDate, months: u32) -> String {
        self.say.heading.transfer(date, months)
    }
}

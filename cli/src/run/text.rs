//! What a run says in words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use honorar_engine::Money;
use honorar_engine::line::Kind;
use honorar_engine::reconciliation::ReconciledSums;
use honorar_engine::regulation::PaymentDate;
use honorar_exporters::language::Words;
use honorar_problems::{Problem, Severity};
use honorar_rates::Language;

use super::{Outcome, Summary};
use crate::arguments;
use crate::paid::paid;
use crate::screen::{count, print, say, say_problems};
use crate::shown;

/// What is said of one basis, or of several together: of each what only that has, of all their sums.
#[derive(Default)]
pub(super) struct Report {
    bases: Vec<OfBasis>,
    sums: Sums,
}

struct OfBasis {
    name: String,
    problems: Vec<Problem>,
    /// Nothing where nothing was written.
    written: Option<Written>,
}

struct Written {
    folder: PathBuf,
    language: Language,
    /// When it is paid.
    paid: Vec<PaymentDate>,
}

/// What is added up over bases.
#[derive(Default)]
struct Sums {
    /// Of each kind, and whether others than the persons are paid: lines, people, and the sum.
    by_kind: BTreeMap<(Kind, bool), (usize, usize, Money)>,
    control_total: Money,
    /// People with claims in Visma Expense, and what those come to.
    registered: (usize, ReconciledSums),
    /// The most assumptions that one basis rests on.
    most_assumed: usize,
    without_payroll_file: usize,
}

impl Report {
    pub(super) fn of(outcome: Outcome) -> Self {
        let Outcome { basis, problems, summary } = outcome;
        let sums = summary.as_ref().map(Sums::of).unwrap_or_default();
        let written =
            summary.map(|Summary { folder, language, paid, .. }| Written { folder, language, paid });
        Self { bases: vec![OfBasis { name: basis, problems, written }], sums }
    }

    /// The report of these bases and those that follow.
    pub(super) fn and(mut self, following: Self) -> Self {
        self.bases.extend(following.bases);
        self.sums.add(following.sums);
        self
    }

    /// Whether every basis was paid and written.
    pub(super) fn all_paid(&self) -> bool {
        self.bases.iter().all(|basis| basis.written.is_some())
    }

    pub(super) fn print(&self, arguments: &arguments::Run) {
        let several = self.bases.len() > 1;
        for OfBasis { name, problems, written } in &self.bases {
            say_problems(several.then_some(&**name), problems);
            if written.is_none() {
                let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
                say(&format!("{name}: {}; nothing was written", count(errors, "error", "errors")));
            }
        }
        let written: Vec<(&str, &Written)> =
            self.bases.iter().filter_map(|basis| Some((&*basis.name, basis.written.as_ref()?))).collect();
        if written.is_empty() {
            return;
        }
        let words = common_words(&written);
        let name = if several {
            words.bases(written.len() as u64)
        } else {
            written.iter().map(|(name, _)| *name).collect()
        };
        let period = shown::period(words, arguments.period);
        print(&self.sums.table(words, &format!("{name}, {period}")));
        print(&payments(words, &written));
        self.say_after(&written, arguments.archive.as_deref());
    }

    /// Where the results are, and what they rest on.
    fn say_after(&self, written: &[(&str, &Written)], archive: Option<&Path>) {
        let several = written.len() > 1;
        for (basis, Written { folder, .. }) in written {
            let of_basis = if several { format!("{basis}: ") } else { String::new() };
            say(&format!("{of_basis}written to {}", folder.display()));
        }
        let Sums { most_assumed, without_payroll_file, .. } = self.sums;
        if without_payroll_file > 0 {
            let bases = if several {
                format!(" for {}", count(without_payroll_file, "basis", "bases"))
            } else {
                String::new()
            };
            say(&format!("note: no payroll file was written{bases}: honorar.toml has no [wage_types]"));
        }
        if most_assumed > 0 {
            let up_to = if several { "up to " } else { "" };
            say(&format!(
                "note: the lines rest on {up_to}{}; run.json lists them under `assumed`",
                count(most_assumed, "assumed amount or setting", "assumed amounts and settings")
            ));
        }
        if let (Some(archive), [(_, Written { folder, .. })]) = (archive, written) {
            say(&format!(
                "note: nothing is closed yet; once it is approved: honorar close {} --archive {} --prepared-by … --approved-by …",
                folder.display(),
                archive.display()
            ));
        }
    }
}

/// The words of the language that all bases have, or English ones.
fn common_words(written: &[(&str, &Written)]) -> Words {
    let mut languages = written.iter().map(|(_, written)| written.language);
    let first = languages.next().unwrap_or_default();
    Words::of(if languages.all(|language| language == first) { first } else { Language::English })
}

/// When the bases are paid: once where that is the same for all.
fn payments(words: Words, written: &[(&str, &Written)]) -> String {
    let of = |written: &Written| paid(words, &written.paid);
    let of_first = written.first().map(|(_, first)| of(first)).unwrap_or_default();
    let lines: Vec<String> = if written.iter().all(|(_, written)| of(written) == of_first) {
        of_first
    } else {
        let of_basis = |(basis, written): &(&str, &Written)| -> Vec<String> {
            of(written).iter().map(|line| format!("{basis}: {line}")).collect()
        };
        written.iter().flat_map(of_basis).collect()
    };
    if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join("\n")) }
}

impl Sums {
    fn of(summary: &Summary) -> Self {
        let totals = summary.totals.iter();
        let by_kind =
            totals.map(|total| ((total.kind, total.to_others), (total.lines, total.people, total.sum)));
        Self {
            by_kind: by_kind.collect(),
            control_total: summary.control_total,
            registered: summary.reconciled.unwrap_or_default(),
            most_assumed: summary.assumed,
            without_payroll_file: usize::from(!summary.has_payroll_file),
        }
    }

    fn add(&mut self, other: Self) {
        for (kind, (lines, people, sum)) in other.by_kind {
            let all = self.by_kind.entry(kind).or_default();
            *all = (all.0 + lines, all.1 + people, all.2 + sum);
        }
        self.control_total += other.control_total;
        self.registered = (self.registered.0 + other.registered.0, self.registered.1.and(other.registered.1));
        self.most_assumed = self.most_assumed.max(other.most_assumed);
        self.without_payroll_file += other.without_payroll_file;
    }

    /// The totals by kind, and the control total.
    fn table(&self, words: Words, title: &str) -> String {
        let headings = words.headings();
        let names = self.by_kind.keys().map(|(kind, _)| shown::kind(words, *kind).chars().count() + 2);
        let width = names.max().unwrap_or_default().max(26);
        let wide = |heading: &str| heading.chars().count() + 2;
        let (of_lines, of_people) = (wide(headings.lines).max(8), wide(headings.people).max(8));
        let row = |name: &str, [lines, people, sum]: [&str; 3]| {
            format!("{name:<width$}{lines:>of_lines$}{people:>of_people$}{sum:>16}\n")
        };
        let mut text = format!("{title}\n\n");
        text += &row(headings.kind, [headings.lines, headings.people, headings.sum]);
        let mut payables = String::new();
        for ((kind, to_others), (lines, people, sum)) in &self.by_kind {
            let cells = [words.count(*lines as u64), words.count(*people as u64), words.money(*sum)];
            let row = row(shown::kind(words, *kind), cells.each_ref().map(String::as_str));
            if *to_others { payables += &row } else { text += &row }
        }
        text += &row(headings.control_total, ["", "", &words.money(self.control_total)]);
        if !payables.is_empty() {
            text += &format!("\n{}\n{payables}", headings.to_others);
        }
        let (people, sums) = self.registered;
        if people > 0 {
            text += &format!("\n{}\n", headings.registered);
            let cells =
                [words.count(sums.claims as u64), words.count(people as u64), words.money(sums.claimed)];
            text += &row(headings.claimed, cells.each_ref().map(String::as_str));
            text += &row(headings.regulation_gives, ["", "", &words.money(sums.granted)]);
            text += &row(headings.difference, ["", "", &words.money(sums.difference())]);
        }
        text
    }
}

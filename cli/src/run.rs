//! `honorar run`.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};

use honorar_closing::read_with_archive;
use honorar_engine::Money;
use honorar_engine::line::Kind;
use honorar_engine::payout::KindTotal;
use honorar_engine::reconciliation::ReconciledSums;
use honorar_engine::regulation::PaymentDate;
use honorar_exporters::language::Words;
use honorar_exporters::{PaymentRecord, ReconciledTotal, Run, TotalRecord, files, publish, reconciled};
use honorar_intake::{basis_name, pay, read};
use honorar_problems::{Problem, Severity};
use honorar_rates::Language;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::paid::paid;
use crate::screen::{count, print, say, say_problems};
use crate::shown;

/// What became of one basis.
struct Outcome {
    basis: String,
    problems: Vec<Problem>,
    summary: Option<Summary>,
}

/// What was paid and where it is written.
struct Summary {
    folder: PathBuf,
    totals: Vec<KindTotal>,
    control_total: Money,
    /// How many people have claims in Visma Expense, and what they come to.
    reconciled: Option<(usize, ReconciledSums)>,
    /// When it is paid, as dates and for machines.
    paid: Vec<PaymentDate>,
    payments: Vec<PaymentRecord>,
    language: Language,
    assumed: usize,
    has_payroll_file: bool,
}

pub(crate) fn run(arguments: &arguments::Run, format: Format) -> Ending {
    let folders = match folders(arguments) {
        Ok(folders) => folders,
        Err(message) => {
            say(&format!("error: {message}"));
            return Ending::WrongUse;
        }
    };
    let progress = progress(folders.len());
    let outcomes: Vec<Outcome> = folders
        .par_iter()
        .map(|(basis, folder)| {
            let outcome = run_one(arguments, basis, folder);
            progress.inc(1);
            outcome
        })
        .collect();
    progress.finish_and_clear();
    match format {
        Format::Text => print_text(arguments, &outcomes),
        Format::Json => print_json(arguments, &outcomes),
    }
    if outcomes.iter().all(|outcome| outcome.summary.is_some()) { Ending::Done } else { Ending::Errors }
}

/// Where each basis's results go. Two bases that would share a folder are wrong use.
fn folders(arguments: &arguments::Run) -> Result<Vec<(&Path, PathBuf)>, String> {
    if arguments.archive.is_some() && arguments.bases.bases.len() > 1 {
        return Err(
            "an archive is one municipality's, and there are several bases\n  hint: run them one by one"
                .to_owned(),
        );
    }
    let mut taken: BTreeMap<PathBuf, &Path> = BTreeMap::new();
    let mut folders = Vec::new();
    for basis in arguments.bases.bases.iter().map(PathBuf::as_path) {
        let name = basis_name(basis);
        let folder = match &arguments.out {
            Some(out) if arguments.bases.bases.len() == 1 => out.clone(),
            Some(out) => out.join(&name),
            None => Path::new("out").join(&name).join(arguments.period.to_string()),
        };
        if let Some(other) = taken.insert(folder.clone(), basis) {
            return Err(format!(
                "`{}` and `{}` would both be written to `{}`\n  hint: give the bases different names, or run them one by one with --out",
                other.display(),
                basis.display(),
                folder.display()
            ));
        }
        folders.push((basis, folder));
    }
    Ok(folders)
}

fn run_one(arguments: &arguments::Run, basis: &Path, folder: &Path) -> Outcome {
    let config = arguments.bases.config.as_deref();
    let reading = match &arguments.archive {
        Some(archive) => read_with_archive(basis, config, archive, arguments.period),
        None => read(basis, config),
    };
    let paid = pay(reading, arguments.period);
    let run = paid.payout.as_ref().and_then(|payout| Run::of(&paid.reading, arguments.period, payout));
    let run = run.map(|run| run.in_language(arguments.language.wished()));
    let written = run.map(|run| write(arguments, &run, folder)).transpose();
    let mut outcome = Outcome { basis: basis_name(basis), problems: paid.reading.problems, summary: None };
    match written {
        Ok(summary) => outcome.summary = summary,
        Err(problems) => outcome.problems.extend(problems),
    }
    outcome
}

fn write(arguments: &arguments::Run, run: &Run<'_>, folder: &Path) -> Result<Summary, Vec<Problem>> {
    let assumed = run.payout.assumptions(&run.content.regulation).len();
    if arguments.strict && assumed > 0 {
        return Err(vec![assumed_problem(run)]);
    }
    let files = files(run)?;
    publish(run, &files, folder).map_err(|error| vec![error.problem(folder)])?;
    let payments = run.payments();
    Ok(Summary {
        folder: folder.to_owned(),
        totals: run.payout.totals_by_kind(),
        control_total: run.payout.control_total(),
        reconciled: reconciled(run),
        payments: payments.iter().map(|date| PaymentRecord::new(date, &run.content.regulation)).collect(),
        paid: payments,
        language: run.language,
        assumed,
        has_payroll_file: run.content.profile.wage_types.is_some(),
    })
}

/// Everything assumed that a strict run refuses.
fn assumed_problem(run: &Run<'_>) -> Problem {
    let assumptions = run.payout.assumptions(&run.content.regulation);
    let names: Vec<&str> = assumptions.iter().map(|assumption| &*assumption.item.name).collect();
    let message = format!(
        "the run rests on {}, and --strict refuses it",
        count(names.len(), "assumption", "assumptions")
    );
    Problem::error("assumed", run.content.profile.place().clone(), message)
        .expected(format!("a decision under [provenance] for each of: {}", names.join(", ")))
        .hint("`name = \"KST 104/13\"` names the decision that sets it")
}

fn progress(bases: usize) -> ProgressBar {
    if bases < 2 || !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} bases");
    ProgressBar::new(bases as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn print_text(arguments: &arguments::Run, outcomes: &[Outcome]) {
    let several = outcomes.len() > 1;
    for outcome in outcomes {
        say_problems(several.then_some(&*outcome.basis), &outcome.problems);
        if outcome.summary.is_none() {
            let errors =
                outcome.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
            say(&format!("{}: {}; nothing was written", outcome.basis, count(errors, "error", "errors")));
        }
    }
    let written: Vec<(&str, &Summary)> =
        outcomes.iter().filter_map(|outcome| Some((&*outcome.basis, outcome.summary.as_ref()?))).collect();
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
    print(&table(words, &format!("{name}, {period}"), &written));
    print(&payments(words, &written));
    say_after(&written, arguments.archive.as_deref());
}

/// The words of the language that all bases have, or English ones.
fn common_words(written: &[(&str, &Summary)]) -> Words {
    let mut languages = written.iter().map(|(_, summary)| summary.language);
    let first = languages.next().unwrap_or_default();
    Words::of(if languages.all(|language| language == first) { first } else { Language::English })
}

/// When the bases are paid: once where that is the same for all.
fn payments(words: Words, written: &[(&str, &Summary)]) -> String {
    let of = |summary: &Summary| paid(words, &summary.paid);
    let of_first = written.first().map(|(_, summary)| of(summary)).unwrap_or_default();
    let lines: Vec<String> = if written.iter().all(|(_, summary)| of(summary) == of_first) {
        of_first
    } else {
        let of_basis = |(basis, summary): &(&str, &Summary)| -> Vec<String> {
            of(summary).iter().map(|line| format!("{basis}: {line}")).collect()
        };
        written.iter().flat_map(of_basis).collect()
    };
    if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join("\n")) }
}

/// Where the results are, and what they rest on.
fn say_after(written: &[(&str, &Summary)], archive: Option<&Path>) {
    let several = written.len() > 1;
    for (basis, summary) in written {
        let of_basis = if several { format!("{basis}: ") } else { String::new() };
        say(&format!("{of_basis}written to {}", summary.folder.display()));
    }
    let without_file = written.iter().filter(|(_, summary)| !summary.has_payroll_file).count();
    if without_file > 0 {
        let bases =
            if several { format!(" for {}", count(without_file, "basis", "bases")) } else { String::new() };
        say(&format!("note: no payroll file was written{bases}: honorar.toml has no [wage_types]"));
    }
    let assumed = written.iter().map(|(_, summary)| summary.assumed).max().unwrap_or_default();
    if assumed > 0 {
        let up_to = if several { "up to " } else { "" };
        say(&format!(
            "note: the lines rest on {up_to}{}; run.json lists them under `assumed`",
            count(assumed, "assumed amount or setting", "assumed amounts and settings")
        ));
    }
    if let (Some(archive), [(_, summary)]) = (archive, written) {
        say(&format!(
            "note: nothing is closed yet; once it is approved: honorar close {} --archive {} --prepared-by … --approved-by …",
            summary.folder.display(),
            archive.display()
        ));
    }
}

/// The totals by kind, and the control total.
fn table(words: Words, title: &str, written: &[(&str, &Summary)]) -> String {
    let mut by_kind: BTreeMap<(Kind, bool), (usize, usize, Money)> = BTreeMap::new();
    for total in written.iter().flat_map(|(_, summary)| &summary.totals) {
        let (lines, people, sum) = by_kind.entry((total.kind, total.to_others)).or_default();
        *lines += total.lines;
        *people += total.people;
        *sum += total.sum;
    }
    let control_total: Money = written.iter().map(|(_, summary)| summary.control_total).sum();
    let headings = words.headings();
    let names = by_kind.keys().map(|(kind, _)| shown::kind(words, *kind).chars().count() + 2);
    let width = names.max().unwrap_or_default().max(26);
    let wide = |heading: &str| heading.chars().count() + 2;
    let (of_lines, of_people) = (wide(headings.lines).max(8), wide(headings.people).max(8));
    let row = |name: &str, [lines, people, sum]: [&str; 3]| {
        format!("{name:<width$}{lines:>of_lines$}{people:>of_people$}{sum:>16}\n")
    };
    let mut text = format!("{title}\n\n");
    text += &row(headings.kind, [headings.lines, headings.people, headings.sum]);
    let mut payables = String::new();
    for ((kind, to_others), (lines, people, sum)) in by_kind {
        let cells = [words.count(lines as u64), words.count(people as u64), words.money(sum)];
        let row = row(shown::kind(words, kind), cells.each_ref().map(String::as_str));
        if to_others { payables += &row } else { text += &row }
    }
    text += &row(headings.control_total, ["", "", &words.money(control_total)]);
    if !payables.is_empty() {
        text += &format!("\n{}\n{payables}", headings.to_others);
    }
    let reconciled: Vec<_> = written.iter().filter_map(|(_, summary)| summary.reconciled).collect();
    let people: usize = reconciled.iter().map(|(people, _)| people).sum();
    if people > 0 {
        let sums =
            reconciled.iter().map(|(_, sums)| *sums).fold(ReconciledSums::default(), ReconciledSums::and);
        text += &format!("\n{}\n", headings.registered);
        let cells = [words.count(sums.claims as u64), words.count(people as u64), words.money(sums.claimed)];
        text += &row(headings.claimed, cells.each_ref().map(String::as_str));
        text += &row(headings.regulation_gives, ["", "", &words.money(sums.granted)]);
        text += &row(headings.difference, ["", "", &words.money(sums.difference())]);
    }
    text
}

#[derive(Serialize)]
struct JsonReport<'o> {
    period: String,
    bases: Vec<JsonBasis<'o>>,
}

#[derive(Serialize)]
struct JsonBasis<'o> {
    basis: &'o str,
    written_to: Option<String>,
    payroll_file: Option<bool>,
    totals: Vec<TotalRecord>,
    control_total: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reconciliation: Option<ReconciledTotal>,
    payments: &'o [PaymentRecord],
    assumed: Option<usize>,
    problems: &'o [Problem],
}

fn print_json(arguments: &arguments::Run, outcomes: &[Outcome]) {
    let bases = outcomes.iter().map(|outcome| {
        let summary = outcome.summary.as_ref();
        JsonBasis {
            basis: &outcome.basis,
            written_to: summary.map(|summary| summary.folder.display().to_string()),
            payroll_file: summary.map(|summary| summary.has_payroll_file),
            totals: summary.into_iter().flat_map(|summary| &summary.totals).map(TotalRecord::from).collect(),
            control_total: summary.map(|summary| summary.control_total.to_string()),
            reconciliation: summary
                .and_then(|summary| summary.reconciled)
                .map(|(people, sums)| ReconciledTotal::new(people, sums)),
            payments: summary.map(|summary| &*summary.payments).unwrap_or_default(),
            assumed: summary.map(|summary| summary.assumed),
            problems: &outcome.problems,
        }
    });
    print_as_json(&JsonReport { period: arguments.period.to_string(), bases: bases.collect() });
}

/// Prints a value as JSON.
pub(crate) fn print_as_json(value: &impl Serialize) {
    // Structs with text keys always serialise.
    if let Ok(text) = serde_json::to_string_pretty(value) {
        print(&format!("{text}\n"));
    }
}

//! `honorar run`.

mod json;
mod text;

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};

use honorar_closing::read_with_archive;
use honorar_engine::Money;
use honorar_engine::payout::KindTotal;
use honorar_engine::reconciliation::ReconciledSums;
use honorar_engine::regulation::PaymentDate;
use honorar_exporters::language::Words;
use honorar_exporters::{PaymentRecord, Run, files, publish, reconciled};
use honorar_intake::{basis_name, pay, read};
use honorar_problems::Problem;
use honorar_rates::Language;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use self::text::Report;
use crate::Ending;
use crate::arguments::{self, Format};
use crate::screen::{count, say};

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
    let outcomes = folders.par_iter().map(|(basis, folder)| {
        let outcome = run_one(arguments, basis, folder);
        progress.inc(1);
        outcome
    });
    let all_paid = match format {
        Format::Text => {
            // Put together as they come, so that a country takes no more memory than a county.
            let report = outcomes.map(Report::of).reduce(Report::default, Report::and);
            progress.finish_and_clear();
            report.print(arguments);
            report.all_paid()
        }
        Format::Json => {
            let outcomes: Vec<Outcome> = outcomes.collect();
            progress.finish_and_clear();
            json::print(arguments, &outcomes);
            outcomes.iter().all(|outcome| outcome.summary.is_some())
        }
    };
    if all_paid { Ending::Done } else { Ending::Errors }
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
    let wished = arguments.language.wished();
    let language = wished.or_else(|| reading.content.as_ref().map(|content| content.profile.language));
    // A language's phrases are read once, before they are needed.
    let (paid, _) = rayon::join(|| pay(reading, arguments.period), || language.map(Words::of));
    let run = paid.payout.as_ref().and_then(|payout| Run::of(&paid.reading, arguments.period, payout));
    let run = run.map(|run| run.in_language(wished));
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

//! A run is closed: put into the archive for good.

use std::path::Path;

use chrono::NaiveDate;
use honorar_archive::{Archive, Digest, Disk, EntryKind, Head, Writer};
use honorar_engine::Money;
use honorar_exporters::KeptRun;
use honorar_intake::LedgerTexts;
use honorar_intake::ledger_tables::POSTINGS;
use honorar_problems::{Place, Problem};

use crate::contents::{ABOUT, VERSION, in_run};
use crate::ledger::{ledger, other_municipality};

/// Who stands behind a run (kommuneloven § 25-1): one prepares, another approves. Both are declared, not proven.
#[derive(Debug, Clone)]
pub struct Approval {
    /// Who prepared it.
    pub prepared_by: String,
    /// Who approved it.
    pub approved_by: String,
    /// The day of the approval, where it is given.
    pub approved_on: Option<NaiveDate>,
}

/// What was closed.
#[derive(Debug, Clone)]
pub struct Closed {
    /// The run's number in the archive.
    pub number: u32,
    /// The archive's head, to be noted in the approval.
    pub head: Head,
    /// The basis's name.
    pub basis: String,
    /// The period.
    pub period: String,
    /// How many lines and payables it has.
    pub lines: usize,
    /// The sum of the pay lines.
    pub control_total: Money,
}

/// Puts a run into an archive, which is created where it is not there. The run's folder stays as it is.
///
/// Errors: the same person twice, a run that does not follow from what it keeps or was held against another state of
/// the archive, and whatever the archive refuses. Then the archive is as it was.
pub fn close(
    run: &Path,
    archive: &Path,
    approval: &Approval,
    disk: &dyn Disk,
) -> Result<Closed, Vec<Problem>> {
    let (prepared_by, approved_by) = two_people(run, approval).map_err(|problem| vec![problem])?;
    let kept = KeptRun::open(run)?;
    let verification = kept.verification();
    if let Some(difference) = &verification.difference {
        let place = Place::file(run.join(&difference.file).display().to_string());
        let problem = Problem::error("other_lines", place, "the file does not follow from the kept input");
        return Err(vec![problem.hint("`honorar verify` shows where; run the basis again")]);
    }
    let files = kept.files()?;
    let record = kept.record_sha256();
    let run_sha256: Digest = record.parse().map_err(|_| Vec::new())?;
    if !archive.exists() {
        // None is made for a run that is refused.
        is_of_this_state(&Archive::open_or_empty(archive)?, run, &kept, run_sha256)?;
    }
    let mut writer = Writer::begin(archive, disk)?;
    let number = writer.archive().next_number();
    is_of_this_state(writer.archive(), run, &kept, run_sha256)?;
    let postings = kept.postings(number).ok_or_else(Vec::new)?;
    let mut contents: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|file| (in_run(&file.name), file.bytes)).collect();
    contents.push((POSTINGS.to_owned(), postings.into_bytes()));
    contents.push((ABOUT.0.to_owned(), ABOUT.1.as_bytes().to_vec()));
    let entry = EntryKind::ClosedRun {
        basis: kept.basis().to_owned(),
        period: kept.period().to_string(),
        run_sha256,
        prepared_by,
        approved_by,
        approved_on: approval.approved_on.map(|day| day.to_string()),
    };
    let head = writer.append(kept.municipality(), VERSION, entry, &contents)?;
    Ok(Closed {
        number,
        head,
        basis: kept.basis().to_owned(),
        period: kept.period().to_string(),
        lines: verification.lines,
        control_total: verification.control_total,
    })
}

/// The two names, without blanks around them.
fn two_people(run: &Path, approval: &Approval) -> Result<(String, String), Problem> {
    let name = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (prepared_by, approved_by) = (name(&approval.prepared_by), name(&approval.approved_by));
    let place = Place::file(run.display().to_string());
    if prepared_by.is_empty() || approved_by.is_empty() {
        return Err(Problem::error("no_approval", place, "a run is closed by two people who are named")
            .expected("--prepared-by and --approved-by with a name each"));
    }
    if prepared_by.to_lowercase() == approved_by.to_lowercase() {
        return Err(Problem::error("one_person", place, "the same person has prepared and approved the run")
            .expected("one who prepares and another who approves (kommuneloven § 25-1)"));
    }
    Ok((prepared_by, approved_by))
}

/// Whether the run is the municipality's and was told what the archive now says: nothing was closed since that it
/// does not know.
fn is_of_this_state(
    archive: &Archive,
    run: &Path,
    kept: &KeptRun,
    run_sha256: Digest,
) -> Result<(), Vec<Problem>> {
    if let Some(problem) = other_municipality(archive, kept.municipality()) {
        return Err(vec![problem]);
    }
    let place = || Place::file(run.display().to_string());
    let closed_as = archive.entries().iter().find(|entry| {
        matches!(&entry.manifest.entry, EntryKind::ClosedRun { run_sha256: known, .. } if *known == run_sha256)
    });
    if let Some(entry) = closed_as {
        let message = format!("the run is closed already, as no. {}", entry.manifest.number);
        return Err(vec![Problem::error("closed", place(), message).expected("each run closed once")]);
    }
    let paid_before = LedgerTexts::of(&ledger(archive)?.for_year(kept.period().year()));
    if kept.paid_before() == paid_before {
        return Ok(());
    }
    let message = "the run was not held against what the archive now has as paid";
    Err(vec![
        Problem::error("other_archive", place(), message)
            .expected("a run with --archive, made after the last run was closed")
            .hint(format!(
                "run the basis again with `--archive {}`, look at it and close that",
                archive.folder().display()
            )),
    ])
}

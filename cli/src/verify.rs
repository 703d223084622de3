//! `honorar verify`.

use honorar_archive::{EntryKind, is_entry};
use honorar_closing::{EntryFinding, Found, VerifiedArchive, verify_archive};
use honorar_exporters::{CellDifference, Corrected, Difference, RowDifference, Verification, verify_run};
use honorar_problems::Problem;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::screen::{count, print, print_as_json, ranges, say, say_problems};

#[derive(Serialize)]
struct Report {
    holds: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    municipality: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    noted_at: Option<u32>,
    entries: Vec<EntryReport>,
    problems: Vec<Problem>,
}

#[derive(Serialize)]
struct EntryReport {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    what: String,
    /// The version that put it in, or that wrote the run.
    version: String,
    found: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<RunReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<DifferenceReport>,
}

#[derive(Serialize)]
struct RunReport {
    version: String,
    lines: usize,
    control_total: String,
    corrected: Vec<CorrectedReport>,
    files_made_again: usize,
    files_by_hash: Vec<String>,
}

#[derive(Serialize)]
struct CorrectedReport {
    earned: String,
    lines: usize,
    sum: String,
    to_others: String,
}

#[derive(Serialize)]
struct DifferenceReport {
    file: String,
    line: usize,
    kept: String,
    now: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<RowReport>,
}

#[derive(Serialize)]
struct RowReport {
    about: Vec<(String, String)>,
    cells: Vec<CellReport>,
}

#[derive(Serialize)]
struct CellReport {
    column: String,
    kept: String,
    now: String,
}

pub(crate) fn verify(arguments: &arguments::Verify, format: Format) -> Ending {
    let is_run = is_entry(&arguments.path).is_some() || arguments.path.join("run.json").exists();
    if is_run && arguments.head.is_some() {
        say("error: a head is of an archive, and this is a run\n  hint: name the archive's own folder");
        return Ending::WrongUse;
    }
    let report = if is_run { of_run(arguments) } else { of_archive(arguments) };
    match format {
        Format::Json => print_as_json(&report),
        Format::Text => print_text(&report),
    }
    if report.holds { Ending::Done } else { Ending::Errors }
}

fn of_run(arguments: &arguments::Verify) -> Report {
    let (entries, problems) = match verify_run(&arguments.path) {
        Ok(mut verification) => {
            let difference = verification.difference.take();
            let what = format!("{}, {}", verification.basis, verification.period);
            let found = match &difference {
                None => HOLDS,
                Some(_) if verification.is_of_this_version => DOES_NOT_FOLLOW,
                Some(_) => OTHER_RESULT,
            };
            let run = Some(run(&verification));
            let difference = difference.map(DifferenceReport::from);
            let version = verification.version.clone();
            (vec![EntryReport { number: None, what, version, found, run, difference }], Vec::new())
        }
        Err(problems) => (Vec::new(), problems),
    };
    let holds = problems.is_empty() && entries.iter().all(|entry| entry.found == HOLDS);
    Report { holds, municipality: None, head: None, noted_at: None, entries, problems }
}

fn of_archive(arguments: &arguments::Verify) -> Report {
    match verify_archive(&arguments.path, arguments.head.as_ref()) {
        Ok(verified) => {
            let holds = verified.holds();
            let VerifiedArchive { municipality, head, noted, entries, problems } = verified;
            Report {
                holds,
                municipality: Some(municipality),
                head: Some(head.to_string()),
                noted_at: noted,
                entries: entries.into_iter().map(EntryReport::from).collect(),
                problems,
            }
        }
        Err(problems) => Report {
            holds: false,
            municipality: None,
            head: None,
            noted_at: None,
            entries: Vec::new(),
            problems,
        },
    }
}

const HOLDS: &str = "holds";
const AS_WRITTEN: &str = "as_written";
const REMOVED: &str = "removed";
const DAMAGED: &str = "damaged";
const OTHER_RESULT: &str = "other_result";
const DOES_NOT_FOLLOW: &str = "does_not_follow";

impl From<EntryFinding> for EntryReport {
    fn from(EntryFinding { entry, found }: EntryFinding) -> Self {
        let (word, run, difference) = match found {
            Found::Holds(verification) => (HOLDS, Some(run(&verification)), None),
            Found::HoldsAsWritten => (AS_WRITTEN, None, None),
            Found::Removed => (REMOVED, None, None),
            Found::Damaged => (DAMAGED, None, None),
            Found::OtherResult(difference) => (OTHER_RESULT, None, Some(difference)),
            Found::DoesNotFollow(difference) => (DOES_NOT_FOLLOW, None, Some(difference)),
        };
        Self {
            number: Some(entry.manifest.number),
            version: entry.manifest.version.clone(),
            what: what(&entry.manifest.entry),
            found: word,
            run,
            difference: difference.map(DifferenceReport::from),
        }
    }
}

/// What an entry is, in words.
fn what(entry: &EntryKind) -> String {
    match entry {
        EntryKind::ClosedRun { basis, period, prepared_by, approved_by, approved_on, .. } => {
            let on = approved_on.as_ref().map(|day| format!(" on {day}")).unwrap_or_default();
            format!("{basis}, {period}, prepared by {prepared_by}, approved by {approved_by}{on}")
        }
        EntryKind::Export { of, receiver, why } => {
            let why = why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            format!("file for {receiver} of no. {of}{why}")
        }
        EntryKind::Prune { older_than, entries } => {
            format!("contents older than {older_than} removed: {}", ranges(entries))
        }
    }
}

fn run(verification: &Verification) -> RunReport {
    let corrected = |one: &Corrected| CorrectedReport {
        earned: one.earned.to_string(),
        lines: one.lines,
        sum: one.sum.to_string(),
        to_others: one.to_others.to_string(),
    };
    RunReport {
        version: verification.version.clone(),
        lines: verification.lines,
        control_total: verification.control_total.to_string(),
        corrected: verification.corrected.iter().map(corrected).collect(),
        files_made_again: verification.made_again,
        files_by_hash: verification.by_hash.clone(),
    }
}

impl From<Difference> for DifferenceReport {
    fn from(Difference { file, line, kept, now, row }: Difference) -> Self {
        let cell = |CellDifference { column, kept, now }| CellReport { column, kept, now };
        let row = row.map(|RowDifference { about, cells }| RowReport {
            about,
            cells: cells.into_iter().map(cell).collect(),
        });
        Self { file, line, kept, now, row }
    }
}

fn print_text(report: &Report) {
    say_problems(None, &report.problems);
    if let Some(municipality) = &report.municipality {
        let entries = count(report.entries.len(), "entry", "entries");
        print(&format!("the archive of {municipality}, {entries}\n\n"));
    }
    for entry in &report.entries {
        let number = entry.number.map(|number| format!("{number:04}  ")).unwrap_or_default();
        print(&format!("{number}{}\n", entry.what));
        print(&format!("      {}\n", in_words(entry)));
        for CorrectedReport { earned, lines, sum, to_others } in corrected_by(entry) {
            let to_others = match to_others.as_str() {
                "0.00" => String::new(),
                sum => format!("; to others {sum}"),
            };
            let lines = count(*lines, "line", "lines");
            print(&format!("      corrects {earned}: {lines}, {sum}{to_others}\n"));
        }
        entry.difference.iter().for_each(print_difference);
    }
    if let Some(head) = &report.head {
        print(&format!("\nhead {head}\n"));
    }
    if let Some(noted) = report.noted_at {
        print(&format!(
            "the head that was noted is that of {noted:04}: up to there this is the archive as it was then\n"
        ));
    }
    say(if report.holds { "all holds" } else { "not all holds" });
}

/// What a run that holds corrects.
fn corrected_by(entry: &EntryReport) -> &[CorrectedReport] {
    entry.run.as_ref().filter(|_| entry.found == HOLDS).map(|run| &*run.corrected).unwrap_or_default()
}

/// The first line that differs, both ways.
fn print_difference(difference: &DifferenceReport) {
    let DifferenceReport { file, line, kept, now, row } = difference;
    let line = if *line == 0 { String::new() } else { format!(", line {line}") };
    let Some(RowReport { about, cells }) = row else {
        print(&format!("      {file}{line}\n        kept  {kept}\n        now   {now}\n"));
        return;
    };
    let about: Vec<String> = about.iter().map(|(column, cell)| format!("{column} {cell}")).collect();
    print(&format!("      {file}{line}: {}\n", about.join(", ")));
    let width = cells.iter().map(|cell| cell.column.chars().count()).max().unwrap_or_default();
    for CellReport { column, kept, now } in cells {
        print(&format!("        {column:<width$}  kept  {kept}\n        {:<width$}  now   {now}\n", ""));
    }
}

/// What was found of an entry.
fn in_words(entry: &EntryReport) -> String {
    match (entry.found, &entry.run) {
        (HOLDS, Some(RunReport { version, lines, control_total, files_made_again, files_by_hash, .. })) => {
            let lines = count(*lines, "line", "lines");
            let made = count(*files_made_again, "file", "files");
            let by_hash = match files_by_hash.as_slice() {
                [] => String::new(),
                several => format!("; known by their hashes only: {}", several.join(", ")),
            };
            format!(
                "holds: {lines}, {control_total}; {made} made again byte by byte{by_hash}; version {version}"
            )
        }
        (OTHER_RESULT, _) => format!(
            "every byte is as its hash says; version {} gave another result than this version {}",
            entry.version,
            env!("CARGO_PKG_VERSION")
        ),
        (REMOVED, _) => "contents removed; their hashes stand in the manifest".to_owned(),
        (DAMAGED, _) => "bytes are not as they were written".to_owned(),
        (DOES_NOT_FOLLOW, _) => "does not follow from the kept input and regulation".to_owned(),
        _ => "holds as it was written".to_owned(),
    }
}

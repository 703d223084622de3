//! `honorar groups`.

use honorar_engine::Money;
use honorar_engine::groups::{GroupTransfer, SupportOfYear, Transfer, support_of_year};
use honorar_exporters::language::{how_of_group, how_of_transfer};
use honorar_exporters::{GroupRun, group_files, publish_groups};
use honorar_intake::{Content, Reading, group_problems, notice_problems, read};
use honorar_problems::{Problem, Severity, in_order};
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::run::print_as_json;
use crate::screen::{count, print, say, say_problems};

pub(crate) fn groups(arguments: &arguments::Groups, format: Format) -> Ending {
    let mut reading = read(&arguments.basis, arguments.config.as_deref());
    let support = match worked_out(&reading, arguments.year) {
        Ok(support) => support,
        Err(problems) => {
            reading.problems.extend(problems);
            None
        }
    };
    if let Some((content, support)) = reading.content.as_ref().zip(support.as_ref()) {
        let notices = notice_problems(content, &support.notices);
        reading.problems.extend(notices);
        reading.problems = in_order(std::mem::take(&mut reading.problems));
    }
    let written = support.as_ref().map(|support| write(arguments, &reading, support));
    if let Some(Err(problem)) = &written {
        reading.problems.push(problem.clone());
    }
    let done = matches!(written, Some(Ok(())));
    let result = reading.content.as_ref().zip(support.as_ref()).filter(|_| done);
    match format {
        Format::Json => print_json(arguments, &reading, result),
        Format::Text => print_text(arguments, &reading, result),
    }
    if done { Ending::Done } else { Ending::Errors }
}

/// The support of a year; nothing where the basis has errors.
fn worked_out(reading: &Reading, year: i32) -> Result<Option<SupportOfYear>, Vec<Problem>> {
    let Some(content) = &reading.content else { return Ok(None) };
    support_of_year(&content.basis, &content.regulation, year)
        .map(Some)
        .map_err(|obstacle| group_problems(content, year, &obstacle))
}

/// Writes the folder, where one is asked for.
fn write(arguments: &arguments::Groups, reading: &Reading, support: &SupportOfYear) -> Result<(), Problem> {
    let (Some(folder), Some(run)) = (&arguments.out, GroupRun::of(reading, support)) else { return Ok(()) };
    publish_groups(&run, &group_files(&run), folder).map_err(|error| error.problem(folder))
}

fn print_text(arguments: &arguments::Groups, reading: &Reading, result: Option<(&Content, &SupportOfYear)>) {
    say_problems(None, &reading.problems);
    let Some((content, support)) = result else {
        let errors = reading.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        let what = if arguments.out.is_some() { "written" } else { "worked out" };
        say(&format!("{}: {}; nothing was {what}", reading.name, count(errors, "error", "errors")));
        return;
    };
    let mut text = format!("{}, group support {}\n", reading.name, support.year);
    for transfer in &support.transfers {
        text += &table(transfer);
    }
    for transfer in &support.transfers {
        text += &derivations(transfer, content);
    }
    print(&text);
    if let Some(folder) = &arguments.out {
        say(&format!("written to {}", folder.display()));
    }
    let assumed = support.assumptions(&content.regulation).len();
    if assumed > 0 {
        let what = count(assumed, "assumed amount or setting", "assumed amounts and settings");
        say(&format!("note: the support rests on {what}"));
    }
}

fn title(transfer: &Transfer) -> String {
    format!("by {}, for {}", transfer.date, count(transfer.months as usize, "month", "months"))
}

/// What each group gets by a transfer, and their sum.
fn table(transfer: &Transfer) -> String {
    let width = transfer.groups.iter().map(|group| group.group.chars().count()).max().unwrap_or_default();
    let width = width.max(5);
    let row = |name: &str, sums: [String; 4]| {
        let sums: String = sums.iter().map(|sum| format!("{sum:>16}")).collect();
        format!("{name:<width$}{sums}\n")
    };
    let heading = ["granted", "deducted", "transferred", "debt"].map(str::to_owned);
    let mut text = format!("\n{}\n\n{}", title(transfer), row("group", heading));
    let mut totals = [Money::ZERO; 4];
    for group in &transfer.groups {
        let sums = [group.granted, group.deducted, group.transferred(), group.debt()];
        for (total, sum) in totals.iter_mut().zip(sums) {
            *total += sum;
        }
        text += &row(&group.group, sums.map(|sum| sum.to_string()));
    }
    text + &row("all", totals.map(|sum| sum.to_string()))
}

/// The derivation of each group's grant.
fn derivations(transfer: &Transfer, content: &Content) -> String {
    let mut text = String::new();
    for group in &transfer.groups {
        text += &format!("\n{}, {}\n", group.group, title(transfer));
        for line in &group.lines {
            let how = how_of_group(line, &content.basis, &content.regulation);
            let cite = content.regulation.items.cite(line.cite);
            text += &format!("{:>14}  {} ({cite})\n{:>16}{how}\n", line.amount, line.part.name(), "");
        }
        text += &format!("{:>14}  transferred\n{:>16}{}\n", group.transferred(), "", how_of_transfer(group));
    }
    text
}

#[derive(Serialize)]
struct JsonReport<'r> {
    basis: &'r str,
    year: i32,
    written_to: Option<String>,
    transfers: Vec<JsonTransfer<'r>>,
    problems: &'r [Problem],
}

#[derive(Serialize)]
struct JsonTransfer<'r> {
    date: String,
    months: u32,
    groups: Vec<JsonGroup<'r>>,
}

#[derive(Serialize)]
struct JsonGroup<'r> {
    group: &'r str,
    granted: String,
    deducted: String,
    transferred: String,
    debt: String,
    lines: Vec<JsonLine>,
}

#[derive(Serialize)]
struct JsonLine {
    part: &'static str,
    quantity: Option<String>,
    rate: Option<String>,
    amount: String,
    cite: String,
    how: String,
}

fn print_json(arguments: &arguments::Groups, reading: &Reading, result: Option<(&Content, &SupportOfYear)>) {
    let transfers = result.into_iter().flat_map(|(content, support)| {
        support.transfers.iter().map(|transfer| JsonTransfer {
            date: transfer.date.to_string(),
            months: transfer.months,
            groups: transfer.groups.iter().map(|group| json_group(group, content)).collect(),
        })
    });
    let folder = arguments.out.as_ref().filter(|_| result.is_some());
    print_as_json(&JsonReport {
        basis: &reading.name,
        year: arguments.year,
        written_to: folder.map(|folder| folder.display().to_string()),
        transfers: transfers.collect(),
        problems: &reading.problems,
    });
}

fn json_group<'r>(group: &'r GroupTransfer, content: &Content) -> JsonGroup<'r> {
    let lines = group.lines.iter().map(|line| JsonLine {
        part: line.part.name(),
        quantity: line.units.map(|units| units.quantity.normalize().to_string()),
        rate: line.units.map(|units| units.rate.to_string()),
        amount: line.amount.to_string(),
        cite: content.regulation.items.cite(line.cite),
        how: how_of_group(line, &content.basis, &content.regulation),
    });
    JsonGroup {
        group: &group.group,
        granted: group.granted.to_string(),
        deducted: group.deducted.to_string(),
        transferred: group.transferred().to_string(),
        debt: group.debt().to_string(),
        lines: lines.collect(),
    }
}

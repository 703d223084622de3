//! `honorar groups`.

use honorar_engine::Money;
use honorar_engine::groups::{GroupTransfer, SupportOfYear, Transfer, support_of_year};
use honorar_exporters::language::Words;
use honorar_exporters::{GroupRun, group_files, publish_groups};
use honorar_intake::{Content, Reading, group_problems, notice_problems, read};
use honorar_problems::{Problem, Severity, in_order};
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::screen::{count, print, print_as_json, say, say_problems};
use crate::shown;

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
    if let Some(Err(problems)) = &written {
        reading.problems.extend(problems.iter().cloned());
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
fn write(
    arguments: &arguments::Groups,
    reading: &Reading,
    support: &SupportOfYear,
) -> Result<(), Vec<Problem>> {
    let (Some(folder), Some(run)) = (&arguments.out, GroupRun::of(reading, support)) else { return Ok(()) };
    let run = run.in_language(arguments.language.wished());
    let files = group_files(&run, arguments.statements)?;
    publish_groups(&run, &files, folder).map_err(|error| vec![error.problem(folder)])
}

fn print_text(arguments: &arguments::Groups, reading: &Reading, result: Option<(&Content, &SupportOfYear)>) {
    say_problems(None, &reading.problems);
    let Some((content, support)) = result else {
        let errors = reading.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        let what = if arguments.out.is_some() { "written" } else { "worked out" };
        say(&format!("{}: {}; nothing was {what}", reading.name, count(errors, "error", "errors")));
        return;
    };
    let words = words(arguments, content);
    let mut text = format!("{}\n", words.group_support(&reading.name, support.year));
    for transfer in &support.transfers {
        text += &table(transfer, words);
    }
    for transfer in &support.transfers {
        text += &derivations(transfer, words, content);
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

/// The words of the language that is asked for, or of the municipality's own.
fn words(arguments: &arguments::Groups, content: &Content) -> Words {
    Words::of(arguments.language.or(content.profile.language))
}

/// What each group gets by a transfer, and their sum.
fn table(transfer: &Transfer, words: Words) -> String {
    let headings = words.headings();
    let names = transfer.groups.iter().map(|group| &*group.group);
    let names = names.chain([headings.group, headings.all_groups]);
    let width = names.map(|name| name.chars().count()).max().unwrap_or_default();
    let row = |name: &str, sums: [String; 4]| {
        let sums: String = sums.iter().map(|sum| format!("{sum:>16}")).collect();
        format!("{name:<width$}{sums}\n")
    };
    let over = [headings.granted, headings.deducted, headings.transferred, headings.debt].map(str::to_owned);
    let title = words.transfer(transfer.date, transfer.months);
    let mut text = format!("\n{title}\n\n{}", row(headings.group, over));
    let mut totals = [Money::ZERO; 4];
    for group in &transfer.groups {
        let sums = [group.granted, group.deducted, group.transferred(), group.debt()];
        for (total, sum) in totals.iter_mut().zip(sums) {
            *total += sum;
        }
        text += &row(&group.group, sums.map(|sum| words.money(sum)));
    }
    text + &row(headings.all_groups, totals.map(|sum| words.money(sum)))
}

/// The derivation of each group's grant.
fn derivations(transfer: &Transfer, words: Words, content: &Content) -> String {
    let title = words.transfer(transfer.date, transfer.months);
    let derived = |amount: Money, what: &str, how: &str| {
        format!("{:>14}  {what}\n{:>16}{how}\n", words.money(amount), "")
    };
    let mut text = String::new();
    for group in &transfer.groups {
        text += &format!("\n{}, {title}\n", group.group);
        for line in &group.lines {
            let how = words.how_of_group(line, &content.basis, &content.regulation);
            let cite = content.regulation.items.cite(line.cite);
            text += &derived(line.amount, &format!("{} ({cite})", shown::part(words, line.part)), &how);
        }
        let how = words.how_of_transfer(group);
        text += &derived(group.transferred(), words.headings().transferred, &how);
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
            groups: transfer
                .groups
                .iter()
                .map(|group| json_group(group, words(arguments, content), content))
                .collect(),
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

fn json_group<'r>(group: &'r GroupTransfer, words: Words, content: &Content) -> JsonGroup<'r> {
    let lines = group.lines.iter().map(|line| JsonLine {
        part: line.part.name(),
        quantity: line.units.map(|units| units.quantity.normalize().to_string()),
        rate: line.units.map(|units| units.rate.to_string()),
        amount: line.amount.to_string(),
        cite: content.regulation.items.cite(line.cite),
        how: words.how_of_group(line, &content.basis, &content.regulation),
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

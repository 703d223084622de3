//! `honorar rates show`.

use honorar_exporters::{
    AmountShown, Overview, PaymentShown, SettingShown, SourceShown, last_change, overview,
};
use honorar_problems::{Place, Problem, has_errors};
use honorar_rates::{Profile, empty_profile, read_head, read_regulation};

use super::{find, in_force, read_config, refuse};
use crate::Ending;
use crate::arguments::{Format, ShowRates};
use crate::screen::{print, print_as_json, say_problems};

pub(super) fn show(arguments: &ShowRates, format: Format) -> Ending {
    let text = match find(&arguments.regulation) {
        Ok(text) => text,
        Err(problem) => return refuse(&[problem], format, Ending::WrongUse),
    };
    let (profile, mut problems) = match profile(arguments) {
        Ok((profile, problems)) => (profile, problems),
        Err(problem) => return refuse(&[problem], format, Ending::WrongUse),
    };
    let Some(profile) = profile else { return refuse(&problems, format, Ending::Errors) };
    let (regulation, wrong) = read_regulation(&text, &profile);
    problems.extend(wrong);
    let Some(regulation) = regulation.filter(|_| !has_errors(&problems)) else {
        return refuse(&problems, format, Ending::Errors);
    };
    let day = arguments.date.unwrap_or_else(|| last_change(&regulation));
    if !regulation.in_force.contains(day) {
        let message = format!("the regulation is not in force on {day}");
        let first = regulation.in_force.first().to_string();
        let last = regulation.in_force.last().map(|last| last.to_string());
        let problem = Problem::warning("not_in_force", Place::file(&*text.file), message);
        problems
            .push(problem.expected(format!("a day on which it is: {}", in_force(&first, last.as_deref()))));
    }
    let shown = overview(&regulation, &read_head(&text), day);
    say_problems(None, &problems);
    match format {
        Format::Json => print_as_json(&shown),
        Format::Text => print(&as_text(&shown)),
    }
    Ending::Done
}

/// The profile that gives the parameters, with what is wrong in it; one that gives none where none is
/// named. An error is that the file cannot be read.
fn profile(arguments: &ShowRates) -> Result<(Option<Profile>, Vec<Problem>), Problem> {
    arguments.config.as_deref().map_or_else(|| Ok((empty_profile(), Vec::new())), read_config)
}

fn as_text(shown: &Overview) -> String {
    let mut text = format!("{}: {}\n{}, {}\n", shown.name, shown.title, shown.municipality, shown.source);
    let days = in_force(&shown.in_force_from, shown.in_force_to.as_deref());
    text += &format!("adopted {}; {days}; under {}\n", shown.adopted, shown.act);
    text += &format!("as it stands on {}\n", shown.date);
    text += "\nBodies\n\n";
    let width = shown.bodies.iter().map(|body| body.code.chars().count()).max().unwrap_or_default();
    for body in &shown.bodies {
        let seats = body.seats.map(|seats| format!(", {seats} seats")).unwrap_or_default();
        text += &format!("  {:<width$}  {} ({}{seats})\n", body.code, body.name, body.class);
    }
    let mut section = "";
    for amount in &shown.amounts {
        let (of, name) = amount.name.split_once('.').unwrap_or(("", &amount.name));
        if of != section {
            section = of;
            text += &format!("\n{}\n", title_of_amounts(of));
        }
        text += &as_amount(amount, name, &shown.adopted);
    }
    text += "\nHow it is applied\n";
    let mut section = "";
    for setting in &shown.settings {
        let (of, name) = setting.name.split_once('.').unwrap_or(("", &setting.name));
        if of != section {
            section = of;
            text += &format!("\n{}\n", title_of_settings(of));
        }
        let source = source(&setting.source, &shown.adopted);
        text += &format!("  {}: {} ({source})\n", words(name), value(setting));
        if has_meaning(&setting.meaning, &setting.name) {
            text += &format!("      {}\n", setting.meaning);
        }
    }
    if !shown.payments.is_empty() {
        text += "\nWhen it is paid that year\n\n";
        for payment in &shown.payments {
            text += &as_payment(payment);
        }
    }
    if !shown.changes.is_empty() {
        text += "\nWhat changes later\n\n";
        for change in &shown.changes {
            let name = words(&change.name.replace('.', " "));
            text += &format!("  {}  {name}: {} → {}\n", change.date, change.before, change.after);
        }
    }
    if !shown.open_parameters.is_empty() {
        let names = shown.open_parameters.join(", ");
        text += &format!("\nLeft to the municipality, and without a value here: {names}\n");
    }
    text
}

fn as_payment(payment: &PaymentShown) -> String {
    let PaymentShown { paid, moved_from, what, period, claims_by } = payment;
    let moved = moved_from.as_ref().map(|day| format!(", because {day} is no bank day")).unwrap_or_default();
    let claims = claims_by.as_ref().map(|day| format!("; claims by {day}")).unwrap_or_default();
    format!("  {paid}  {} of {period}{moved}{claims}\n", words(what))
}

fn as_amount(amount: &AmountShown, name: &str, adopted: &str) -> String {
    let name = name.trim_end_matches(".per_year").trim_end_matches(".per_meeting").replace('.', " ");
    let value = amount.amount.as_deref().unwrap_or("no value");
    let mut text = format!("\n  {:<34}{value:>14}  ({})\n", words(&name), source(&amount.source, adopted));
    let mut say = |what: &str| text += &format!("      {what}\n");
    let parameter = amount.parameter.as_ref().map(|name| format!("the parameter `{name}`"));
    let how = amount.how.as_ref().or(amount.missing.as_ref());
    match (parameter, how) {
        (Some(parameter), Some(how)) => say(&format!("{parameter}: {how}")),
        (Some(parameter), None) => say(&format!("{parameter}, as the municipality has set it")),
        (None, Some(how)) => say(how),
        (None, None) => {}
    }
    if has_meaning(&amount.meaning, &amount.name) {
        say(&amount.meaning);
    }
    if let Some(whose) = &amount.whose {
        say(&format!("for: {whose}"));
    }
    for setting in &amount.settings {
        let (_, name) = setting.name.rsplit_once('.').unwrap_or(("", &setting.name));
        say(&format!("{}: {} ({})", words(name), self::value(setting), source(&setting.source, adopted)));
    }
    text
}

/// A value as a person reads it: `yes`, `half yearly`, `KST, FSK`.
fn value(setting: &SettingShown) -> String {
    match setting.value.as_deref() {
        None => "a parameter, which has no value here".to_owned(),
        Some("true") => "yes".to_owned(),
        Some("false") => "no".to_owned(),
        Some("[]") => "none".to_owned(),
        Some(written) => written.trim_matches(['[', ']']).replace('"', "").replace('_', " "),
    }
}

/// The point, who says so, and the decision where it is not the regulation's own.
fn source(source: &SourceShown, adopted: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let point = format!("point {}", source.point);
    if !source.point.is_empty() {
        parts.push(&point);
    }
    parts.push(&source.provenance);
    if source.decision != adopted && !source.decision.is_empty() {
        parts.push(&source.decision);
    }
    parts.join(", ")
}

/// A meaning that the file does not give is the name once more.
fn has_meaning(meaning: &str, name: &str) -> bool {
    meaning != words(&name.replace('.', " "))
}

/// A name of the file as words.
fn words(name: &str) -> String {
    name.replace('_', " ")
}

fn title_of_amounts(section: &str) -> String {
    match section {
        "fixed_fees" => "Fixed fees, kroner a year".to_owned(),
        "meeting_fees" => "Fees, kroner a meeting".to_owned(),
        "summoned" => "Whoever is called by right".to_owned(),
        "cover" => "Claims: at most, in kroner".to_owned(),
        "after_pay" => "After-pay, in kroner".to_owned(),
        "group_support" => "Support to party groups, kroner a year".to_owned(),
        "amounts" | "parameters" => "Amounts that others refer to".to_owned(),
        other => capitalised(&words(other)),
    }
}

fn title_of_settings(section: &str) -> String {
    match section {
        "" => "Amounts".to_owned(),
        "fees" => "Fees".to_owned(),
        "length" => "How long a meeting counts".to_owned(),
        "after_pay" => "After-pay".to_owned(),
        "group_support" => "Support to party groups".to_owned(),
        other => capitalised(&words(other)),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().collect::<String>() + letters.as_str())
        .unwrap_or_default()
}

//! `honorar explain`.

use honorar_closing::read_with_archive;
use honorar_engine::{Money, PayLine};
use honorar_exporters::language::{Words, about};
use honorar_intake::{Content, pay, read};
use honorar_problems::Problem;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::screen::{print, print_as_json, say, say_problems};
use crate::shown;

#[derive(Serialize)]
struct Explained<'e> {
    person_id: &'e str,
    period: String,
    lines: Vec<ExplainedLine<'e>>,
    total: String,
    /// What the regulation gives for claims that payroll has from Visma Expense.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    registered: Vec<ExplainedLine<'e>>,
}

#[derive(Serialize)]
struct Refused<'e> {
    problems: &'e [Problem],
}

#[derive(Serialize)]
struct ExplainedLine<'e> {
    kind: &'static str,
    date: String,
    body: &'e str,
    meeting_id: &'e str,
    claim_id: &'e str,
    amount: String,
    tax_free: Option<String>,
    taxable: Option<String>,
    cite: String,
    how: String,
}

pub(crate) fn explain(arguments: &arguments::Explain, format: Format) -> Ending {
    let config = arguments.config.as_deref();
    let reading = match &arguments.archive {
        Some(archive) => read_with_archive(&arguments.basis, config, archive, arguments.period),
        None => read(&arguments.basis, config),
    };
    let paid = pay(reading, arguments.period);
    let Some((content, payout)) = paid.result() else {
        match format {
            Format::Json => print_as_json(&Refused { problems: &paid.reading.problems }),
            Format::Text => say_problems(None, &paid.reading.problems),
        }
        return Ending::Errors;
    };
    let register = content.basis.register();
    let Some(person) = register.find_person(&arguments.person) else {
        say(&format!(
            "error: there is no person `{}` in this basis\n  expected: a person_id of the table `persons`",
            arguments.person
        ));
        return Ending::WrongUse;
    };
    let of_person: Vec<&PayLine> = payout.all().filter(|line| line.person == person).collect();
    let total: Money = of_person.iter().filter(|line| !line.is_payable()).map(|line| line.amount).sum();
    let words = Words::of(arguments.language.or(content.profile.language));
    let registered: Vec<&PayLine> = payout.registered.iter().filter(|line| line.person == person).collect();
    let person = register.person(person);
    match format {
        Format::Json => print_as_json(&Explained {
            person_id: &person.id,
            period: arguments.period.to_string(),
            lines: of_person.iter().map(|line| explained(line, words, content)).collect(),
            total: total.to_string(),
            registered: registered.iter().map(|line| explained(line, words, content)).collect(),
        }),
        Format::Text => {
            let period = shown::period(words, arguments.period);
            let mut text = format!("{} {}, {period}\n", person.id, person.name);
            text.extend(of_person.iter().map(|line| as_text(line, words, content)));
            text += &format!("\n{:>12}  {}\n", words.money(total), words.headings().total_to_person);
            if !registered.is_empty() {
                text += &format!("\n{}\n", words.headings().registered);
                text.extend(registered.iter().map(|line| as_text(line, words, content)));
            }
            print(&text);
        }
    }
    Ending::Done
}

fn explained<'e>(line: &PayLine, words: Words, content: &'e Content) -> ExplainedLine<'e> {
    let (basis, regulation) = (&content.basis, &content.regulation);
    ExplainedLine {
        kind: line.listed_as().name(),
        date: line.date.to_string(),
        body: line.body_code(basis),
        meeting_id: line.meeting_id(basis),
        claim_id: line.origin.claim_id(basis),
        amount: line.amount.to_string(),
        tax_free: line.tax.map(|tax| tax.tax_free.to_string()),
        taxable: line.tax.map(|tax| tax.taxable.to_string()),
        cite: line.cite(basis, regulation),
        how: words.how(line, basis, regulation),
    }
}

fn as_text(line: &PayLine, words: Words, content: &Content) -> String {
    let (basis, regulation) = (&content.basis, &content.regulation);
    let (amount, date, about) = (
        words.money(line.amount),
        words.date(line.date),
        about(line, basis, |kind| shown::kind(words, kind)),
    );
    let cite = line.cite(basis, regulation);
    let how = words.how(line, basis, regulation);
    let mut text = format!("\n{amount:>12}  {date} {about} ({cite})\n{:>14}{how}\n", "");
    if let Some(tax) = line.tax {
        text += &format!("{:>14}{}\n", "", words.tax(tax));
    }
    text
}

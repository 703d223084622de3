//! `honorar explain`.

use honorar_engine::{Money, PayLine};
use honorar_exporters::language::Words;
use honorar_intake::Content;
use honorar_problems::Problem;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::payout::pay;
use crate::run::print_as_json;
use crate::screen::{print, say, say_problems};
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
    let paid = pay(&arguments.basis, arguments.config.as_deref(), arguments.period);
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
    let register = content.basis.register();
    ExplainedLine {
        kind: line.kind.name(),
        date: line.date.to_string(),
        body: line.body.map_or("", |body| &register.body(body).code),
        meeting_id: line.meeting.map_or("", |meeting| &register.meeting(meeting).id),
        claim_id: line.origin.claim_id(&content.basis),
        amount: line.amount.to_string(),
        tax_free: line.tax.map(|tax| tax.tax_free.to_string()),
        taxable: line.tax.map(|tax| tax.taxable.to_string()),
        cite: content.regulation.items.cite(line.cite),
        how: words.how(line, &content.basis, &content.regulation),
    }
}

fn as_text(line: &PayLine, words: Words, content: &Content) -> String {
    let register = content.basis.register();
    let about: Vec<&str> = [
        shown::kind(words, line.kind),
        line.body.map_or("", |body| &register.body(body).code),
        line.meeting.map_or("", |meeting| &register.meeting(meeting).id),
        line.origin.claim_id(&content.basis),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect();
    let (amount, date, about) = (words.money(line.amount), words.date(line.date), about.join(" "));
    let cite = content.regulation.items.cite(line.cite);
    let how = words.how(line, &content.basis, &content.regulation);
    let mut text = format!("\n{amount:>12}  {date} {about} ({cite})\n{:>14}{how}\n", "");
    if let Some(tax) = line.tax {
        text += &format!("{:>14}{}\n", "", words.tax(tax));
    }
    text
}

//! `honorar explain`.

use honorar_engine::{Money, PayLine};
use honorar_exporters::language::how;
use honorar_intake::Content;
use honorar_problems::Problem;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::payout::pay;
use crate::run::print_as_json;
use crate::screen::{print, say, say_problems};

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
    let explained = Explained {
        person_id: &register.person(person).id,
        period: arguments.period.to_string(),
        lines: of_person.iter().map(|line| explained(line, content)).collect(),
        total: total.to_string(),
        registered: payout
            .registered
            .iter()
            .filter(|line| line.person == person)
            .map(|line| explained(line, content))
            .collect(),
    };
    match format {
        Format::Json => print_as_json(&explained),
        Format::Text => print_text(&explained, &register.person(person).name),
    }
    Ending::Done
}

fn explained<'e>(line: &PayLine, content: &'e Content) -> ExplainedLine<'e> {
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
        how: how(line, &content.basis, &content.regulation),
    }
}

fn print_text(explained: &Explained<'_>, name: &str) {
    let Explained { person_id, period, lines, total, registered } = explained;
    let mut text = format!("{person_id} {name}, {period}\n{}", text_of(lines));
    text += &format!("\n{total:>12}  total to the person\n");
    if !registered.is_empty() {
        text += &format!("\nregistered in Visma Expense, not paid here\n{}", text_of(registered));
    }
    print(&text);
}

fn text_of(lines: &[ExplainedLine<'_>]) -> String {
    let mut text = String::new();
    for line in lines {
        let about: Vec<&str> = [line.kind, line.body, line.meeting_id, line.claim_id]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        text += &format!("\n{:>12}  {} {} ({})\n", line.amount, line.date, about.join(" "), line.cite);
        text += &format!("{:>14}{}\n", "", line.how);
        if let (Some(tax_free), Some(taxable)) = (&line.tax_free, &line.taxable) {
            text += &format!("{:>14}free of tax {tax_free}, taxed {taxable}\n", "");
        }
    }
    text
}

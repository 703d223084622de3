//! `honorar reconcile`.

use honorar_engine::Period;
use honorar_engine::reconciliation::{ReconciledPerson, ReconciledSums, reconcile as by_person, sums_of_all};
use honorar_exporters::language::Words;
use honorar_exporters::{ReconciledClaim, ReconciledTotal};
use honorar_intake::{Content, pay, read, read_with_expense};
use honorar_problems::Problem;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::screen::{count, print, print_as_json, say, say_problems};

#[derive(Serialize)]
struct Report<'r> {
    basis: &'r str,
    period: String,
    people: Vec<PersonReport<'r>>,
    total: ReconciledTotal,
    problems: &'r [Problem],
}

#[derive(Serialize)]
struct PersonReport<'r> {
    person_id: &'r str,
    #[serde(skip)]
    name: &'r str,
    claims: Vec<ReconciledClaim>,
    claimed: String,
    granted: String,
    difference: String,
    #[serde(skip)]
    sums: ReconciledSums,
}

#[derive(Serialize)]
struct Refused<'r> {
    problems: &'r [Problem],
}

pub(crate) fn reconcile(arguments: &arguments::Reconcile, format: Format) -> Ending {
    let config = arguments.config.as_deref();
    let reading = match &arguments.expense {
        Some(expense) => read_with_expense(&arguments.basis, config, expense),
        None => read(&arguments.basis, config),
    };
    let paid = pay(reading, arguments.period);
    let problems = &paid.reading.problems;
    let Some((content, payout)) = paid.result() else {
        match format {
            Format::Json => print_as_json(&Refused { problems }),
            Format::Text => say_problems(None, problems),
        }
        return Ending::Errors;
    };
    if !content.has_visma_expense() {
        say(&format!(
            "error: {} has no claims from Visma Expense\n  expected: a table `visma_expense`, or its file with --expense",
            paid.reading.name
        ));
        return Ending::WrongUse;
    }
    if let Some(instead) = pays_no_claims(content, arguments.period) {
        say(&format!(
            "error: a run for {} pays no claims by the regulation `{}`\n  expected: {instead}",
            arguments.period, content.regulation.name
        ));
        return Ending::WrongUse;
    }
    let people = by_person(&content.basis, payout);
    let sums = sums_of_all(&people);
    let report = Report {
        basis: &paid.reading.name,
        period: arguments.period.to_string(),
        total: ReconciledTotal::new(people.len(), sums),
        people: people.iter().map(|person| of_person(person, content)).collect(),
        problems,
    };
    match format {
        Format::Json => print_as_json(&report),
        Format::Text => {
            say_problems(None, problems);
            print_text(&report, sums);
        }
    }
    Ending::Done
}

/// Which period to ask for instead, where a run for this one pays no claims.
fn pays_no_claims(content: &Content, period: Period) -> Option<String> {
    let rhythm = content.regulation.fees.meeting_fees_and_claims.on(period.last_day());
    let payment = rhythm.peek().copied().filter(|payment| *payment != period.payment())?;
    let periods = Period::all_of_year(period.year(), payment).into_iter();
    let of_day: Vec<String> = periods
        .filter(|other| other.contains(period.first_day()) || period.contains(other.first_day()))
        .map(|other| other.to_string())
        .collect();
    Some(of_day.join(" or "))
}

fn of_person<'r>(person: &ReconciledPerson<'_>, content: &'r Content) -> PersonReport<'r> {
    let sums = person.sums();
    let of_register = content.basis.register().person(person.person);
    PersonReport {
        person_id: &of_register.id,
        name: &of_register.name,
        claims: person
            .claims
            .iter()
            .map(|claim| ReconciledClaim::new(claim, Words::of(content.profile.language), content))
            .collect(),
        claimed: sums.claimed.to_string(),
        granted: sums.granted.to_string(),
        difference: sums.difference().to_string(),
        sums,
    }
}

fn print_text(report: &Report<'_>, sums: ReconciledSums) {
    let mut text = format!(
        "{}, {}: what Visma Expense has, less what the regulation gives\n",
        report.basis, report.period
    );
    for person in &report.people {
        text += &format!("\n{} {}\n", person.person_id, person.name);
        for claim in &person.claims {
            let about = [claim.kind, &claim.body, &claim.meeting_id, &claim.claim_id];
            let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
            text += &format!(
                "\n{:>12}  {} {}, pay code {}: {} − {} ({})\n{:>14}{}\n",
                claim.difference,
                claim.date,
                about.join(" "),
                claim.pay_code,
                claim.claimed,
                claim.granted,
                claim.cite,
                "",
                claim.how
            );
        }
        text += &format!("\n{}\n", total(person.sums));
    }
    let people = count(report.people.len(), "person", "people");
    text += &format!("\n{} of {people}\n{}\n", count(sums.claims, "claim", "claims"), total(sums));
    print(&text);
}

fn total(sums: ReconciledSums) -> String {
    format!("{:>12}  in all: {} − {}", sums.difference(), sums.claimed, sums.granted)
}

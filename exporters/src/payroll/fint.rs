//! `fint.json`: Variabellønn of the FINT information model, as `fint.md` has it.

use chrono::{Datelike, NaiveDate};
use honorar_engine::Period;
use honorar_engine::calendar::Payment;
use honorar_problems::Problem;
use honorar_rates::AccountingPart;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::{HandedOver, Setup, Transaction, unless};
use crate::encode::json;

#[derive(Serialize)]
struct Variabellonn<'r> {
    #[serde(rename = "kildesystemId")]
    kildesystem_id: Identifikator<'r>,
    beskrivelse: &'r str,
    antall: i64,
    periode: Periode,
    #[serde(skip_serializing_if = "Option::is_none")]
    opptjent: Option<Periode>,
    kontostreng: Kontostreng,
    #[serde(rename = "_links")]
    links: Links,
}

#[derive(Serialize)]
struct Identifikator<'r> {
    identifikatorverdi: &'r str,
}

#[derive(Serialize)]
struct Periode {
    start: String,
    slutt: String,
}

#[derive(Serialize)]
struct Kontostreng {
    #[serde(rename = "_links")]
    links: AccountLinks,
}

#[derive(Serialize)]
struct AccountLinks {
    art: [Link; 1],
    ansvar: [Link; 1],
    funksjon: [Link; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    prosjekt: Option<[Link; 1]>,
}

#[derive(Serialize)]
struct Links {
    lonnsart: [Link; 1],
    arbeidsforhold: [Link; 1],
}

#[derive(Serialize)]
struct Link {
    href: String,
}

impl Link {
    fn to(address: &str, code: &str) -> [Self; 1] {
        [Self { href: format!("{address}{code}") }]
    }
}

/// The file: a list of lines, as JSON.
///
/// Errors: a line without account, responsibility or function.
pub(super) fn write(transactions: &[Transaction<'_>], setup: &Setup<'_>) -> Result<Vec<u8>, Vec<Problem>> {
    let wanted = [AccountingPart::Account, AccountingPart::Responsibility, AccountingPart::Function];
    let problems: Vec<Problem> = wanted
        .into_iter()
        .filter(|part| transactions.iter().any(|one| one.accounting.part(*part).is_empty()))
        .map(|part| {
            let part = part.name();
            let message = format!("FINT wants the `{part}` of every line, and no rule states it");
            setup.refused(message).expected(format!("a rule of [[accounting]] with `{part}`"))
        })
        .collect();
    let lines: Vec<Variabellonn<'_>> = transactions.iter().map(|one| line(one, setup)).collect();
    unless(problems, json(&lines))
}

fn line<'r>(transaction: &'r Transaction<'_>, setup: &Setup<'_>) -> Variabellonn<'r> {
    let (profile, accounting) = (&setup.receivers.fint, &transaction.accounting);
    let earned = transaction.earned;
    let earned = periode(earned.first(), earned.last().unwrap_or(transaction.date));
    let (paid, earned) = match transaction.paid.map(|day| Period::of_day(day, Payment::Monthly)) {
        Some(month) => (periode(month.first_day(), month.last_day()), Some(earned)),
        None if transaction.earned == setup.period.span() => (earned, None),
        // What an earlier period is corrected by is paid with this one.
        None => (periode(setup.period.first_day(), setup.period.last_day()), Some(earned)),
    };
    Variabellonn {
        kildesystem_id: Identifikator { identifikatorverdi: &transaction.key },
        beskrivelse: &transaction.text,
        antall: hundredths(transaction),
        periode: paid,
        opptjent: earned,
        kontostreng: Kontostreng {
            links: AccountLinks {
                art: Link::to(&profile.art, &accounting.account),
                ansvar: Link::to(&profile.ansvar, &accounting.responsibility),
                funksjon: Link::to(&profile.funksjon, &accounting.function),
                prosjekt: (!accounting.project.is_empty())
                    .then(|| Link::to(&profile.prosjekt, &accounting.project)),
            },
        },
        links: Links {
            lonnsart: Link::to(&profile.lonnsart, transaction.wage_type),
            arbeidsforhold: Link::to(&profile.arbeidsforhold, transaction.employee_number),
        },
    }
}

fn periode(first: NaiveDate, last: NaiveDate) -> Periode {
    let midnight =
        |day: NaiveDate| format!("{:04}-{:02}-{:02}T00:00:00Z", day.year(), day.month(), day.day());
    Periode { start: midnight(first), slutt: midnight(last) }
}

/// Hundredths of what payroll has the rate for, else øre; no amount of a line is beyond them.
fn hundredths(transaction: &Transaction<'_>) -> i64 {
    let number = match transaction.handed_over {
        HandedOver::Quantity(quantity) => quantity,
        HandedOver::QuantityRate(_) | HandedOver::Amount => transaction.amount.decimal(),
    };
    (number * Decimal::ONE_HUNDRED).to_i64().unwrap_or_default()
}

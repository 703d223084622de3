//! The transactions of a run, and what payroll would refuse of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use honorar_engine::line::{Kind, Origin, Units};
use honorar_engine::regulation::{PaidTogether, PaymentDate};
use honorar_engine::{Money, PayLine};
use honorar_problems::{Problem, in_order};
use honorar_rates::{AccountingPart, AccountingString, Receiver, Send, Traits, WageType};

use super::format_of;
use super::transaction::{HandedOver, Transaction};
use crate::run::Run;

/// The transactions of a run, each with the pay line that it sends.
pub(crate) struct Batch<'r> {
    pub(crate) transactions: Vec<Transaction<'r>>,
    /// The pay lines, with their numbers, in the same order.
    pub(crate) lines: Vec<(usize, &'r PayLine)>,
}

/// The transactions to send to some receivers: pay lines of 0.00 stay out. They have texts and keys where one of the
/// receivers takes them.
///
/// Errors: a kind of line without a wage type, one sent by quantity that has none, and a part of the
/// accounting string that no rule states for a line.
pub(crate) fn batch<'r>(run: &Run<'r>, receivers: &[Receiver]) -> Result<Batch<'r>, Vec<Problem>> {
    let payments = run.payments();
    let with_texts =
        receivers.iter().any(|receiver| format_of(*receiver).is_some_and(|format| format.has_texts));
    let room = run.payout.lines.len();
    let mut batch = Batch { transactions: Vec::with_capacity(room), lines: Vec::with_capacity(room) };
    let (mut problems, mut without_part) = (Vec::new(), BTreeMap::new());
    for (number, line) in (1..).zip(&run.payout.lines).filter(|(_, line)| !line.amount.is_zero()) {
        let traits = traits(run, line);
        let accounting = run.content.profile.accounting.of(traits).unwrap_or_else(|parts| {
            for part in parts {
                *without_part.entry((part, traits.kind, traits.body)).or_insert(0_usize) += 1;
            }
            AccountingString::default()
        });
        let texts = with_texts.then(|| (text(run, line), key(run, line)));
        let sent = send(run, line, traits, (&accounting, texts), paid(&payments, line.kind), |transaction| {
            batch.lines.push((number, line));
            batch.transactions.push(transaction);
        });
        problems.extend(sent.err());
    }
    problems.extend(without_part.iter().map(|(key, lines)| no_accounting(run, *key, *lines)));
    if problems.is_empty() { Ok(batch) } else { Err(in_order(problems)) }
}

fn no_accounting(run: &Run<'_>, (part, kind, body): (AccountingPart, Kind, &str), lines: usize) -> Problem {
    let (part, kind) = (part.name(), kind.name());
    let of_body = if body.is_empty() { String::new() } else { format!(" of {body}") };
    let message = format!("no rule states the `{part}` of `{kind}`{of_body}");
    Problem::error("no_accounting", run.content.profile.place().clone(), message)
        .value(format!("{lines} lines"))
        .expected(format!("a rule of [[accounting]] with `{part}` that fits them"))
}

/// What is known of a pay line besides its person.
pub(crate) fn traits<'r>(run: &Run<'r>, line: &PayLine) -> Traits<'r> {
    let basis = &run.content.basis;
    Traits {
        kind: line.kind,
        body: line.body_code(basis),
        group: &basis.register().person(line.person).group,
        office: line.office(basis),
    }
}

/// Gives a pay line to `take` as payroll gets it: in one, or what is free of tax and what is taxed apart.
fn send<'r>(
    run: &Run<'r>,
    line: &'r PayLine,
    traits: Traits<'r>,
    (accounting, texts): (&AccountingString, Option<(String, String)>),
    paid: Option<NaiveDate>,
    mut take: impl FnMut(Transaction<'r>),
) -> Result<(), Problem> {
    let kind = line.kind.name();
    let place = run.content.profile.place();
    let wage_type: &'r WageType = run.wage_type(line).ok_or_else(|| {
        Problem::error(
            "no_wage_type",
            place.clone(),
            format!("`{kind}` has no wage type, and there are lines of it"),
        )
        .expected(format!("`{kind} = {{ code = \"…\", send = \"amount\" }}` under [wage_types]"))
    })?;
    let parts = match (&wage_type.taxable_code, line.tax) {
        (Some(taxable_code), Some(tax)) => {
            [Some((&wage_type.code, tax.tax_free, "")), Some((taxable_code, tax.taxable, "/taxable"))]
        }
        _ => [Some((&wage_type.code, line.amount, "")), None],
    };
    let register = run.content.basis.register();
    // A line of 0.00 is not sent, and no part of one is.
    for (code, amount, part) in parts.into_iter().flatten().filter(|(_, amount, _)| !amount.is_zero()) {
        let units = if amount == line.amount { line.units } else { units_of_part(line, amount) };
        let handed_over = hand_over(wage_type.send, units).ok_or_else(|| {
            let message = format!("`{kind}` is sent by quantity, and there are lines of it without one");
            Problem::error("no_quantity", place.clone(), message).expected("`send = \"amount\"`")
        })?;
        take(Transaction {
            employee_number: &register.person(line.person).id,
            wage_type: code,
            handed_over,
            amount,
            date: line.date,
            earned: line.earned_in(run.period).span(),
            paid,
            text: texts.as_ref().map(|(text, _)| text.clone()).unwrap_or_default(),
            key: texts.as_ref().map(|(_, key)| format!("{key}{part}")).unwrap_or_default(),
            traits,
            accounting: accounting.clone(),
        });
    }
    Ok(())
}

/// As many of something at the rate of a part, where that gives the part exactly.
fn units_of_part(line: &PayLine, amount: Money) -> Option<Units> {
    let quantity = line.units?.quantity;
    let rate = Money::new(amount.decimal().checked_div(quantity)?)?;
    Units::exactly(quantity, rate, amount)
}

/// How an amount is handed over; nothing where it is to be sent by a quantity that it does not have.
///
/// Numbers have two decimals in payroll: what has more is sent as an amount.
fn hand_over(send: Send, units: Option<Units>) -> Option<HandedOver> {
    let units = units.filter(|units| units.quantity.scale() <= 2);
    Some(match (send, units) {
        (Send::QuantityRate, Some(units)) => HandedOver::QuantityRate(units),
        (Send::Quantity, units) => HandedOver::Quantity(units?.quantity),
        (Send::Amount, _) | (Send::QuantityRate, None) => HandedOver::Amount,
    })
}

/// The day on which a kind of line is paid.
fn paid(payments: &[PaymentDate], kind: Kind) -> Option<NaiveDate> {
    let together = match kind {
        Kind::FixedFee | Kind::AbsenceReduction => PaidTogether::FixedFees,
        _ => PaidTogether::MeetingFeesAndClaims,
    };
    payments.iter().find(|payment| payment.what == together).map(|payment| payment.paid)
}

/// What a line is, as a text of one line.
fn text(run: &Run<'_>, line: &PayLine) -> String {
    let text = run.words().line(line, &run.content.basis);
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// What tells a transaction apart: the municipality, the period, the person, the kind and the row.
fn key(run: &Run<'_>, line: &PayLine) -> String {
    let person = &run.content.basis.register().person(line.person).id;
    let (municipality, period) = (&run.content.profile.municipality, run.period);
    let (kind, row) = (line.kind.name(), row_key(run, line.origin));
    let Some(correction) = line.correction else {
        return format!("{municipality}/{period}/{person}/{kind}/{row}");
    };
    // The same may be corrected again, in a later run for the same period.
    let (earned, after) = (correction.earned, run.content.basis.ledger().last_number());
    format!("{municipality}/{earned}/correction after {after}/{person}/{kind}/{row}")
}

/// What tells the basis row apart, whatever its place: `KST-1/0104`, `K7`, `0102/FSK/2011-10-01`.
pub(crate) fn row_key(run: &Run<'_>, origin: Origin) -> String {
    let basis = &run.content.basis;
    let register = basis.register();
    match origin {
        Origin::Office(first, count) => {
            let offices = basis.intervals(first, count).iter().map(|office| {
                let body = office.body.map_or("", |body| &*register.body(body).code);
                format!("{}/{body}/{}", register.person(office.person).id, office.term.first())
            });
            offices.collect::<Vec<_>>().join(" ")
        }
        Origin::Attendance(attendance) => {
            let row = basis.attendance(attendance);
            [&*register.meeting(row.meeting).id, "/", &*register.person(row.person).id].concat()
        }
        Origin::GroupPayment(payment) => {
            let payment = basis.group_payment(payment);
            let person = payment.person.map_or("", |person| &*register.person(person).id);
            format!("{}/{person}/{}", payment.group, payment.date)
        }
        Origin::Claim(_) | Origin::Trip(_) => origin.claim_id(basis).to_owned(),
        Origin::Posting(posting) => basis.ledger().posting(posting).number.to_string(),
    }
}

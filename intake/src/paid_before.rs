//! A run held against what closed runs have paid: what may be paid twice, what is taken back because it is gone,
//! and what is left as it was paid.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use honorar_engine::basis::{Basis, Row};
use honorar_engine::ledger::{Coverage, List, Reason, SecondPayment, second_payments};
use honorar_engine::line::Origin;
use honorar_engine::{Money, PayLine, Payout, Period};
use honorar_problems::{Place, Problem, in_order};
use honorar_rates::SecondPaymentDecision;

use crate::payout_warnings::is_about_travel;
use crate::reading::Content;
use crate::vocabulary::TableName;

/// What a payout has to be asked about, held against what closed runs have paid.
///
/// Errors among them: what may be a second payment of the same thing and that no decision lets through.
pub fn paid_before_problems(content: &Content, payout: &Payout, period: Period) -> Vec<Problem> {
    let ledger = content.basis.ledger();
    let decisions = &content.profile.second_payments;
    if ledger.is_empty() {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let mut used = BTreeSet::new();
    for second in second_payments(&content.basis, payout, period) {
        match decision_about(content, second.line) {
            Some((place, _)) => {
                used.insert(place);
            }
            None => problems.push(may_be_paid_twice(content, &second)),
        }
    }
    let unused = (0..).zip(decisions).filter(|(place, _)| !used.contains(place));
    problems.extend(unused.map(|(_, decision): (usize, _)| unused_decision(decision)));
    problems.extend(meetings_gone(&content.basis, payout));
    problems.extend(claims_gone(content, payout));
    problems.extend(left_as_paid(content, period));
    in_order(problems)
}

/// The lines that a decision of the municipality lets through although they look like a second payment.
pub fn decided_second_payments<'c>(
    content: &'c Content,
    payout: &'c Payout,
    period: Period,
) -> Vec<(SecondPayment<'c>, &'c SecondPaymentDecision)> {
    let second = second_payments(&content.basis, payout, period).into_iter();
    second.filter_map(|second| Some((second, decision_about(content, second.line)?.1))).collect()
}

/// The decision about a line, and its place among the others.
fn decision_about<'c>(content: &'c Content, line: &PayLine) -> Option<(usize, &'c SecondPaymentDecision)> {
    let person = &content.basis.register().person(line.person).id;
    let mut decisions = content.profile.second_payments.iter().enumerate();
    decisions.find(|(_, decision)| decision.is_about(person, line.kind, line.date))
}

fn may_be_paid_twice(content: &Content, second: &SecondPayment<'_>) -> Problem {
    let SecondPayment { line, paid, reason } = second;
    let posting = content.basis.ledger().posting(*paid);
    let id = |claim_id: &str| if claim_id.is_empty() { String::new() } else { format!(", {claim_id}") };
    let person = &content.basis.register().person(line.person).id;
    let same = match reason {
        Reason::SameBill => "is on the same bill",
        Reason::SameThing => "is of the same kind, meeting or day",
        Reason::SameDaysOfOffice => "is for days of the same office",
    };
    let (run, number) = (posting.number.run, posting.number.line);
    let what = match posting.number.list {
        List::Pay => format!("what closed run {run} paid in its line {number}"),
        List::Payables => format!("what closed run {run} paid to others in its line {number}"),
        List::Registered => format!("what closed run {run} knew to be registered elsewhere"),
    };
    let message = format!(
        "the {} of person {person} for {} may be paid twice: {what} (person {}, {} for {}{}) {same}",
        line.kind.name(),
        line.date,
        posting.identity.person,
        posting.identity.kind.name(),
        posting.date,
        id(&posting.claim_id),
    );
    let decision = format!(
        "`[[second_payments]]` with `person = \"{person}\"`, `kind = \"{}\"`, `date = {}` and `decision = \"…\"` in honorar.toml",
        line.kind.name(),
        line.date
    );
    Problem::error("paid_twice", place_of(content, line.origin), message)
        .expected("each thing paid once")
        .hint(format!("delete the row if it is the same; if both are to be paid, say so: {decision}"))
}

/// The row that a line follows from.
fn place_of(content: &Content, origin: Origin) -> Place {
    let at = |table: TableName, row: Option<&Row>, column| {
        row.map_or_else(Place::default, |row| content.place(table, *row, column))
    };
    let (_, rows) = origin.rows(&content.basis);
    match origin {
        Origin::Claim(claim) => content.place_of_claim(claim, "kind"),
        Origin::Trip(_) => content.place_of_travel(origin, "departure"),
        Origin::Attendance(_) => at(TableName::Attendance, rows.first(), "status"),
        Origin::Office(..) => at(TableName::Offices, rows.first(), "role"),
        Origin::GroupPayment(_) => at(TableName::GroupPayments, rows.first(), "kind"),
        Origin::Posting(_) => Place::default(),
    }
}

fn unused_decision(decision: &SecondPaymentDecision) -> Problem {
    Problem::warning("unused_decision", decision.place.clone(), "the decision is about no line of this run")
        .expected("a person, kind and day of a line that looks like a second payment")
        .hint("delete it once the run that it was for is closed")
}

/// A warning for each meeting that was paid for and that the basis no longer has.
fn meetings_gone(basis: &Basis, payout: &Payout) -> Vec<Problem> {
    let register = basis.register();
    let known: BTreeSet<(&str, NaiveDate)> =
        register.meetings().map(|(_, meeting)| (&*register.body(meeting.body).code, meeting.date)).collect();
    let mut gone: BTreeMap<(&str, NaiveDate), usize> = BTreeMap::new();
    for line in payout.all() {
        let Origin::Posting(posting) = line.origin else { continue };
        let posting = basis.ledger().posting(posting);
        // A journey may begin on another day than its meeting.
        let is_journey = is_about_travel(posting.identity.kind);
        let is_known = known.contains(&(&*posting.identity.body, posting.date))
            || is_journey && register.find_meeting(&posting.meeting_id).is_some();
        if !posting.meeting_id.is_empty() && !is_known {
            *gone.entry((&posting.identity.body, posting.date)).or_default() += 1;
        }
    }
    let problem = |((body, date), lines): ((&str, NaiveDate), usize)| {
        let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
        let message = format!(
            "closed runs paid for the meeting of {body} on {date}, which is not in the basis: {lines} taken back"
        );
        Problem::warning("paid_meeting_gone", Place::file("meetings"), message)
            .expected("every meeting that was held")
            .hint("if the meeting was held, put it back with its attendance")
    };
    gone.into_iter().map(problem).collect()
}

/// A warning for each closed period of which the basis no longer has claims that were paid: they were withdrawn, or
/// somebody has left the rows out.
fn claims_gone(content: &Content, payout: &Payout) -> Vec<Problem> {
    let is_reversal = |line: &&PayLine| line.is_reversal();
    let replaced: BTreeSet<_> =
        payout.all().filter(|line| !is_reversal(line)).filter_map(PayLine::corrects).collect();
    let mut gone: BTreeMap<Period, (usize, Money)> = BTreeMap::new();
    for line in payout.all().filter(is_reversal) {
        let Some(posting) = line.corrects().filter(|posting| !replaced.contains(posting)) else { continue };
        let posting = content.basis.ledger().posting(posting);
        if !posting.claim_id.is_empty() {
            let (lines, sum) = gone.entry(posting.earned).or_default();
            *lines += 1;
            *sum += posting.amount;
        }
    }
    let place = content.place_of_table(TableName::Claims).unwrap_or_else(|| Place::file("claims"));
    let problem = |(earned, (lines, sum)): (Period, (usize, Money))| {
        let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
        let message = format!(
            "closed runs paid claims of {earned} that are not in the basis: {lines} taken back, {sum} in all"
        );
        Problem::warning("paid_claims_gone", place.clone(), message)
            .expected("every claim that was paid, unless it is withdrawn")
            .hint("if they were not withdrawn, put the rows back: a period is worked out again from all of its claims")
    };
    gone.into_iter().map(problem).collect()
}

/// A note for each closed period of the year that the run leaves alone.
fn left_as_paid(content: &Content, period: Period) -> Vec<Problem> {
    let coverage = content.basis.ledger().coverage(&content.basis, &content.regulation, period.year());
    let note = |(closed, coverage): (Period, Coverage)| {
        let why = match coverage {
            Coverage::SettledAgain => return None,
            Coverage::NotInBasis => "the basis has no meetings of that time",
            Coverage::OtherRegulation => "the regulation of the basis did not pay in it",
            Coverage::NotKept => "the archive has removed what was paid",
        };
        let message = format!("{closed} is closed and left as it was paid: {why}");
        Some(Problem::note("left_as_paid", content.profile.place().clone(), message))
    };
    coverage.into_iter().filter_map(note).collect()
}

/// The closed periods that a run works out again, and those that it leaves as they were paid.
pub fn closed_periods(content: &Content, period: Period) -> (Vec<Period>, Vec<Period>) {
    let coverage = content.basis.ledger().coverage(&content.basis, &content.regulation, period.year());
    let (again, left): (Vec<_>, Vec<_>) =
        coverage.into_iter().partition(|(_, coverage)| *coverage == Coverage::SettledAgain);
    let periods = |all: Vec<(Period, Coverage)>| all.into_iter().map(|(period, _)| period).collect();
    (periods(again), periods(left))
}

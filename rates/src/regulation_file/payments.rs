//! When payments are made, and by when claims have to be received, in a regulation's file.

use std::collections::BTreeSet;

use honorar_engine::Period;
use honorar_engine::calendar::{DayOfYear, NotABankDay, PayDay, Payment};
use honorar_engine::regulation::{
    ClaimSpan, Dated, Deadline, FeeSettings, FixedFee, LateClaims, PayDays, PaymentCalendar, ReceivedBy,
    Stated,
};
use honorar_problems::Problem;

use super::RegulationFile;
use super::values::{day_of_year, if_read};
use crate::toml_reader::{Node, Section, TomlReader};
use crate::words::PAYMENTS;

const NOT_A_BANK_DAY: [(&str, NotABankDay); 3] = [
    ("bank_day_before", NotABankDay::BankDayBefore),
    ("bank_day_after", NotABankDay::BankDayAfter),
    ("as_it_is", NotABankDay::AsItIs),
];

const LATE_CLAIMS: [(&str, LateClaims); 2] = [("warn", LateClaims::Warn), ("refuse", LateClaims::Refuse)];

const A_PAY_DAY: &str = "a day of the period's last month such as \"12\", \"12 next month\" or \"12 previous month\"; \
                         or days of the year, one for each period, such as \"07-12\" or \"01-12 next year\"";

const A_RECEIVED_BY: &str = "a day of the month after the claims' such as \"10 next month\", or a list of spans of the \
                             year such as \"10-31 by 11-10\", in the order of their last days";

impl<'t> RegulationFile<'t> {
    /// The calendar.
    pub(super) fn payments(&mut self, s: &mut Section<'t>) -> Option<PaymentCalendar> {
        let meaning = "a payment whose day is no bank day is made on the last bank day before";
        let usual = (NotABankDay::BankDayBefore, "bank_day_before");
        let not_a_bank_day =
            self.setting_or(s, "not_a_bank_day", usual, meaning, |r, n| r.word(n, &NOT_A_BANK_DAY));
        let fixed_fees = s.optional("fixed_fees").map(|node| self.in_section(node, Self::pay_days));
        let mut claims_by = None;
        let meeting_fees = s.optional("meeting_fees_and_claims").map(|node| {
            self.in_section(node, |file, s| {
                claims_by = file.maybe_setting(s, "claims_by", received_by);
                file.pay_days(s)
            })
        });
        Some(PaymentCalendar {
            fixed_fees: if_read(fixed_fees)?.unwrap_or_default(),
            meeting_fees_and_claims: if_read(meeting_fees)?.unwrap_or_default(),
            claims_by: if_read(claims_by)?,
            not_a_bank_day: not_a_bank_day?,
        })
    }

    fn pay_days(&mut self, s: &mut Section<'t>) -> Option<PayDays> {
        // Every rhythm is read, so that everything wrong is found at once.
        let read: Vec<_> = PAYMENTS
            .into_iter()
            .filter_map(|(key, payment)| {
                let node = s.optional(key)?;
                self.pay_days_at.push((node.name.clone(), payment, self.reader.place_of(&node)));
                let days = self.dated(&node, &|r, n| days_of_payments(r, n, payment));
                Some(days.map(|days| (payment, days)))
            })
            .collect();
        read.into_iter().collect()
    }

    /// Days for a rhythm in which nothing is paid are a mistake.
    pub(super) fn check_pay_days(&mut self, fixed_fees: &[FixedFee], fees: &FeeSettings) {
        for (name, payment, place) in std::mem::take(&mut self.pay_days_at) {
            let of_fixed_fees = name.starts_with("payments.fixed_fees.");
            let rhythms = if of_fixed_fees {
                rhythms_of(fixed_fees.iter().map(|fee| &fee.payment))
            } else {
                rhythms_of([&fees.meeting_fees_and_claims])
            };
            let Some(rhythms) = rhythms.filter(|rhythms| !rhythms.contains(&payment)) else { continue };
            let what = if of_fixed_fees { "no fixed fee is" } else { "meeting fees and claims are not" };
            let words = |wanted: &BTreeSet<Payment>| {
                let words = PAYMENTS.iter().filter(|(_, payment)| wanted.contains(payment));
                words.map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ")
            };
            let message = format!("`{name}` is for nothing: {what} paid {}", words(&[payment].into()));
            let problem = Problem::error("pays_nothing", place, message);
            self.reader.report(problem.expected(words(&rhythms)));
        }
    }

    pub(super) fn claim_deadline(&mut self, s: &mut Section<'t>) -> Option<Dated<Deadline>> {
        let meaning = "claims have no deadline";
        self.setting_or(s, "deadline", (Deadline::None, "none"), meaning, deadline)
    }

    pub(super) fn late_claims(&mut self, s: &mut Section<'t>) -> Option<Dated<LateClaims>> {
        let meaning = "a claim that is received after its deadline is paid, with a warning";
        self.setting_or(s, "late_claims", (LateClaims::Warn, "warn"), meaning, |r, n| r.word(n, &LATE_CLAIMS))
    }
}

/// The rhythms of some fees at any time; nothing where one of them is a parameter without a value.
fn rhythms_of<'f>(payments: impl IntoIterator<Item = &'f Dated<Payment>>) -> Option<BTreeSet<Payment>> {
    payments.into_iter().flat_map(Dated::all).map(|stated| Stated::peek(stated).copied()).collect()
}

/// A day for every period, or a list with one for each period of a year.
fn days_of_payments<'t>(
    reader: &mut TomlReader<'t>,
    node: &Node<'t>,
    payment: Payment,
) -> Option<Vec<PayDay>> {
    let nodes = if node.is_list() { reader.list(node)? } else { vec![node.clone()] };
    let days: Vec<_> = nodes.iter().map(|node| pay_day(reader, node)).collect();
    let days: Vec<PayDay> = days.into_iter().collect::<Option<_>>()?;
    let is_one_for_all = matches!(days.as_slice(), [day] if day.is_of_any_period());
    let number = usize::try_from(payment.instalments()).ok()?;
    if !is_one_for_all && days.len() != number {
        let what = format!("has {} for {number} payments a year", counted(days.len()));
        let expected = format!("one day for every period such as \"12\", or a list of {number}");
        reader.wrong(node, "wrong_number", &what, &expected);
        return None;
    }
    // The order of the days is that of any year.
    let periods = Period::all_of_year(2024, payment);
    let in_a_year: Vec<_> = days.iter().zip(periods).map(|(day, period)| day.of(period)).collect();
    let pairs = in_a_year.iter().zip(in_a_year.iter().skip(1)).zip(nodes.iter().skip(1));
    let mut out_of_order = pairs.filter(|((before, after), _)| before >= after).map(|(_, node)| node);
    if let Some(node) = out_of_order.next() {
        let expected = "a later day: one of the year after is written \"01-12 next year\"";
        reader.wrong(node, "date_order", "is not after the day before it", expected);
        return None;
    }
    Some(days)
}

fn counted(days: usize) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn pay_day<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<PayDay> {
    let text = reader.text(node)?;
    let (day, of) = text.split_once(' ').unwrap_or((&text, ""));
    let pay_day = match of {
        "" => day_of_year(day).map(PayDay::OfYear).or_else(|| day_of_month(day).map(PayDay::OfLastMonth)),
        "next month" => day_of_month(day).map(PayDay::OfMonthAfter),
        "previous month" => day_of_month(day).map(PayDay::OfMonthBefore),
        "next year" => day_of_year(day).map(PayDay::OfYearAfter),
        _ => None,
    };
    if pay_day.is_none() {
        reader.wrong(node, "not_a_date", "is no day of a payment", A_PAY_DAY);
    }
    pay_day
}

fn day_of_month(text: &str) -> Option<u32> {
    let is_number = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

/// A deadline for claims: none, some months, or a day for the claims of some days.
fn deadline<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Deadline> {
    if node.is_list() {
        return received_by(reader, node).map(Deadline::Day);
    }
    let text = reader.text(node)?;
    let months = text.strip_suffix(" months").or_else(|| text.strip_suffix(" month"));
    let months = months.and_then(|months| months.parse::<u32>().ok());
    let deadline = match months {
        Some(months) => (1..=120).contains(&months).then_some(Deadline::Months(months)),
        None if text == "none" => Some(Deadline::None),
        None => next_month(&text).map(Deadline::Day),
    };
    if deadline.is_none() {
        let expected =
            format!("`none`, a number of months after the claim's day such as \"3 months\", {A_RECEIVED_BY}");
        reader.wrong(node, "not_a_deadline", "is no deadline", &expected);
    }
    deadline
}

/// A day by which the claims of some days have to be received.
fn received_by<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<ReceivedBy> {
    if !node.is_list() {
        let text = reader.text(node)?;
        let read = next_month(&text);
        if read.is_none() {
            reader.wrong(node, "not_a_deadline", "is no day by which claims are received", A_RECEIVED_BY);
        }
        return read;
    }
    let nodes = reader.list(node)?;
    let spans: Vec<_> = nodes.iter().map(|node| claim_span(reader, node)).collect();
    let spans: Vec<ClaimSpan> = spans.into_iter().collect::<Option<_>>()?;
    let in_order = spans.iter().zip(spans.iter().skip(1)).all(|(before, after)| before.until < after.until);
    if spans.is_empty() || !in_order {
        reader.wrong(node, "date_order", "has spans that are not in order", A_RECEIVED_BY);
        return None;
    }
    Some(ReceivedBy::Spans(spans))
}

fn next_month(text: &str) -> Option<ReceivedBy> {
    text.strip_suffix(" next month").and_then(day_of_month).map(ReceivedBy::DayOfNextMonth)
}

/// The claims up to a day of the year, and their own day.
fn claim_span<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<ClaimSpan> {
    let text = reader.text(node)?;
    let day = |text: &str| -> Option<DayOfYear> { day_of_year(text.trim()) };
    let span =
        text.split_once(" by ").and_then(|(until, by)| Some(ClaimSpan { until: day(until)?, by: day(by)? }));
    if span.is_none() {
        let expected =
            "the last day of the claims and the day by which they are received: \"10-31 by 11-10\"";
        reader.wrong(node, "not_a_deadline", "is no span of claims", expected);
    }
    span
}

//! English.

mod rate;

use honorar_engine::basis::{Basis, GroupPaymentKind, Role};
use honorar_engine::line::Origin;
use honorar_engine::regulation::{Regulation, Share};
use honorar_engine::why::{
    AbsenceWhy, Asked, CappedWhy, DistanceWhy, FixedFeeWhy, MeetingCap, MeetingFeeWhy, MeetingLength,
    MeetingSeat, MeetingTime, NotCalculatedWhy, Refusal, RefusedWhy, Remote, RoundedTo, Sums, Why,
};
use honorar_engine::{Kind, Money, PayLine};
use rust_decimal::Decimal;

pub(super) fn how(line: &PayLine, basis: &Basis, regulation: &Regulation) -> String {
    let cite = regulation.items.get(line.cite).map(ToString::to_string).unwrap_or_default();
    match &line.why {
        Why::FixedFee(why) => {
            let body = line.body.map(|body| &*basis.register().body(body).code);
            fixed_fee(why, body, line.amount)
        }
        Why::Absence(why) => absence(why, -line.amount),
        Why::MeetingFee(why) => meeting_fee(why, line.amount),
        Why::Capped(why) => capped(why, line.kind, &cite),
        Why::Refused(why) => refused(why, line.kind, &cite),
        Why::Distance(why) => distance(why, line.amount),
        Why::DocumentedCost(cost) => format!("the documented cost: {cost}"),
        Why::NotCalculated(why) => not_calculated(why, line.kind, &cite),
        Why::GroupPayment(kind) => {
            let group = match line.origin {
                Origin::GroupPayment(payment) => &*basis.group_payment(payment).group,
                _ => "",
            };
            format!("{}, on behalf of the group {group}: {}", group_payment(*kind), line.amount)
        }
    }
}

pub(super) fn group_payment(kind: GroupPaymentKind) -> &'static str {
    match kind {
        GroupPaymentKind::BuyOut => "bought-out time (frikjøp)",
        GroupPaymentKind::Fees => "fees",
        GroupPaymentKind::Other => "other costs",
    }
}

fn not_calculated(why: &NotCalculatedWhy, kind: Kind, cite: &str) -> String {
    let what = if kind == Kind::Subsistence { "subsistence" } else { "after-pay" };
    let months = why.months.map(|months| {
        let unit = if months == Decimal::ONE { "month" } else { "months" };
        format!("{} {unit}", months.normalize())
    });
    let asked: Vec<String> = months.into_iter().chain(why.amount.map(|amount| amount.to_string())).collect();
    let asked = if asked.is_empty() { String::new() } else { format!("asked {}; ", asked.join(", ")) };
    format!("{asked}{what} is not calculated by this version; granted 0.00 ({cite})")
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Mayor => "mayor",
        Role::DeputyMayor => "deputy mayor",
        Role::ActingMayor => "acting mayor",
        Role::Leader => "leader",
        Role::DeputyLeader => "deputy leader",
        Role::Member => "member",
        Role::Substitute => "substitute",
        Role::GroupLeader => "group leader",
    }
}

fn fixed_fee(why: &FixedFeeWhy, body: Option<&str>, amount: Money) -> String {
    let office =
        body.map_or_else(|| role(why.role).to_owned(), |body| format!("{} of {body}", role(why.role)));
    let days_in_period = why.days_in_period;
    let days_held: u32 = why.parts.iter().map(|part| part.days_held).sum();
    let reasons: Vec<String> =
        [(why.days_on_leave, "on leave"), (why.days_as_mayor, "as mayor or acting mayor")]
            .into_iter()
            .filter(|(days, _)| *days > 0)
            .map(|(days, reason)| format!("{days} {reason}"))
            .collect();
    let held = if days_held == days_in_period {
        format!("held all {days_held} days")
    } else if reasons.is_empty() {
        format!("held {days_held} of {days_in_period} days")
    } else {
        format!("held {days_held} of {days_in_period} days ({})", reasons.join(", "))
    };
    let mut clauses = Vec::new();
    let mut sum = Vec::new();
    for part in &why.parts {
        let in_sum = rate::in_sum(&part.rate);
        clauses.extend(in_sum.before);
        let mut term =
            if why.instalments == 1 { in_sum.text } else { format!("{} / {}", in_sum.text, why.instalments) };
        if let Some(RoundedTo { amount, rounding }) = part.rounded {
            clauses.push(rate::rounded(&term, amount, rounding));
            term = amount.to_string();
        }
        if part.days_held != days_in_period {
            term += &format!(" × {} / {days_in_period}", part.days_held);
        }
        sum.push(term);
    }
    let sum = sum.join(" + ");
    let amount = amount.to_string();
    // A sum that is the amount itself has been worked out in the clause before it.
    clauses.push(if sum == amount { sum } else { format!("{sum} = {amount}") });
    format!("{office}, {held}: {}", clauses.join("; "))
}

fn absence(why: &AbsenceWhy, reduction: Money) -> String {
    let AbsenceWhy { missed, threshold, fee_of_year, .. } = *why;
    let duty = why.duty.get();
    let meetings = if duty == 1 { "meeting" } else { "meetings" };
    let (above, below) = (missed * threshold.denominator.get(), threshold.numerator * duty);
    let common = duty * threshold.denominator.get();
    let over = above - below;
    let (counted, limit) = if why.only_part_over { (over, over) } else { (above, over) };
    match (per_cent(missed, duty), per_cent_of(threshold), per_cent(counted, common), per_cent(limit, common))
    {
        (Some(missed_share), Some(threshold), Some(counted), Some(points)) => format!(
            "{missed} of {duty} {meetings} missed is {missed_share} %, {points} points over {threshold} %: \
             {fee_of_year} × {counted} % = {reduction}"
        ),
        _ => {
            let (over, over_of) = reduced(limit, common);
            let (counted, counted_of) = reduced(counted, common);
            format!(
                "{missed} of {duty} {meetings} missed is {over}/{over_of} over {}/{}: \
                 {fee_of_year} × {counted} / {counted_of} = {reduction}",
                threshold.numerator, threshold.denominator
            )
        }
    }
}

/// A share as a per cent with at most two decimals, where that is exact.
fn per_cent(part: u32, whole: u32) -> Option<String> {
    let hundredths = u64::from(part) * 10_000;
    let whole = u64::from(whole);
    if whole == 0 || hundredths % whole != 0 {
        return None;
    }
    let hundredths = hundredths / whole;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    Some(text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

pub(super) fn per_cent_of(share: Share) -> Option<String> {
    per_cent(share.numerator, share.denominator.get())
}

fn reduced(part: u32, whole: u32) -> (u32, u32) {
    let (mut a, mut b) = (part, whole);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (part / a.max(1), whole / a.max(1))
}

fn meeting_fee(why: &MeetingFeeWhy, amount: Money) -> String {
    let seat = match why.seat {
        MeetingSeat::Leader => "leader's",
        MeetingSeat::Member => "member's",
        MeetingSeat::Substitute => "substitute's",
        MeetingSeat::Summoned => "summoned leader's",
    };
    let (mut words, mut factors) = (format!("a {seat} meeting fee"), String::new());
    let particular = why.particular_cases.map(|share| (share, "for particular cases only"));
    let remote = why.remote.map(|(remote, share)| match remote {
        Remote::Phone => (share, "by phone"),
        Remote::Video => (share, "by video"),
    });
    for (share, reason) in [particular, remote].into_iter().flatten() {
        let fraction = format!("{}/{}", share.numerator, share.denominator);
        words += &format!(", {} {reason}", if fraction == "1/2" { "half" } else { &fraction });
        factors += &format!(" × {} / {}", share.numerator, share.denominator);
    }
    let in_sum = rate::in_sum(&why.rate);
    let before = in_sum.before.map(|before| format!("{before}; ")).unwrap_or_default();
    let (sum, amount) = (format!("{}{factors}", in_sum.text), amount.to_string());
    if sum == amount {
        format!("{words}: {before}{amount}")
    } else {
        format!("{words}: {before}{sum} = {amount}")
    }
}

fn capped(why: &CappedWhy, kind: Kind, cite: &str) -> String {
    let mut parts = vec![asked(why)];
    let asked = why.amount_asked();
    if let Some((cap, filled)) = why.meeting {
        let mut part = meeting_cap(cap);
        if !filled.taken.is_zero() {
            part += &format!(", of which {} is taken by earlier claims", filled.taken);
        }
        parts.push(part);
    }
    if why.is_bound_by_day() {
        let taken = why.day.taken;
        parts.push(if taken.is_zero() {
            format!("at most {} a day", why.day.cap)
        } else {
            format!("at most {} a day, of which {taken} is taken by earlier claims", why.day.cap)
        });
    }
    let granted = why.granted();
    match why.other_sum_paid {
        Some(Sums { undocumented, documented }) => {
            let (other, mine) = if kind == Kind::LostIncomeUndocumented {
                (("documented", documented), undocumented)
            } else {
                (("undocumented", undocumented), documented)
            };
            let (name, sum) = other;
            let than = if sum == mine { "equal to" } else { "more than" };
            parts.push(format!(
                "the day's {name} sum of {sum} is {than} this sum of {mine} and is paid instead"
            ));
            parts.push(format!("granted 0.00 ({cite})"));
        }
        None if granted < asked => parts.push(format!("granted {granted} ({cite})")),
        None => parts.push(format!("granted {granted}")),
    }
    parts.join("; ")
}

fn asked(why: &CappedWhy) -> String {
    match why.asked {
        Asked::Stated(amount) => format!("asked {amount}"),
        Asked::Cap => "asked for the cap".to_owned(),
        Asked::IncomeOfDay { income, days_per_year, loss } => {
            format!("a day's loss of income: {income} / {days_per_year} = {loss}")
        }
        Asked::IncomeOfHours { income, days_per_year, hours_per_day, time, loss, at_most_a_day } => {
            let formula = format!("{income} / {days_per_year} / {hours_per_day} × {} / 60", time.minutes());
            if at_most_a_day {
                format!("loss of income: {formula}, at most a day's {income} / {days_per_year} = {loss}")
            } else {
                format!("loss of income: {formula} = {loss}")
            }
        }
    }
}

fn meeting_cap(cap: MeetingCap) -> String {
    match cap {
        MeetingCap::WholeDay { length, cap } => {
            let over = if length.minutes() > length.limit_minutes { "over" } else { "not under" };
            format!(
                "{}, {over} {}, is a whole day: at most {cap}",
                meeting_length(length),
                length.limit_minutes
            )
        }
        MeetingCap::Hours { length, rate_per_hour, time, cap, at_most_a_day } => {
            let (meeting, minutes, all) = (meeting_length(length), minutes(time), time.minutes());
            let formula = format!("at most {rate_per_hour} × {all} / 60");
            let limit = if at_most_a_day {
                format!("{formula}, and at most {cap}")
            } else {
                format!("{formula} = {cap}")
            };
            format!("{meeting} is short, {minutes}: {limit}")
        }
    }
}

fn meeting_length(length: MeetingLength) -> String {
    match length.group_minutes {
        0 => format!("a meeting of {} min", length.own_minutes),
        group => format!("a meeting of {} min + {group} min group meeting", length.own_minutes),
    }
}

fn minutes(time: MeetingTime) -> String {
    let parts = [
        (time.own_minutes, "present"),
        (time.group_minutes, "group meeting"),
        (time.travel_minutes, "travel"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(minutes, _)| *minutes > 0)
        .map(|(minutes, what)| format!("{minutes} min {what}"))
        .collect();
    parts.join(" + ")
}

fn refused(why: &RefusedWhy, kind: Kind, cite: &str) -> String {
    let asked = match why.asked {
        Some(amount) => format!("asked {amount}"),
        None => match kind {
            Kind::LostIncomeUndocumented => "asked for the cap".to_owned(),
            Kind::TravelCar | Kind::TravelPassenger => "asked for the distance".to_owned(),
            _ => "asked for the loss of income".to_owned(),
        },
    };
    let reason = match why.reason {
        Refusal::BodyPaidByOthers => "somebody else pays the body's members",
        Refusal::PostNotCovered => "there by virtue of a post, or for the employees",
        Refusal::Mayor => "a mayor or acting mayor has no income to lose",
        Refusal::NoEarnedIncome => "no earned income to lose",
        Refusal::PayKept => "the employer keeps paying, and it was no day off in a rota",
        Refusal::DayOffAtWeekend => "the employer keeps paying, and the day off was a Saturday or Sunday",
    };
    format!("{asked}; refused: {reason}; granted 0.00 ({cite})")
}

fn distance(why: &DistanceWhy, amount: Money) -> String {
    let below = format!("{} km × {}", why.km.normalize(), why.rate_per_km);
    let Some(above) = why.above else { return format!("{below} = {amount}") };
    let over = format!(
        "{} km above {} km in the year × {}",
        above.km.normalize(),
        above.limit_km,
        above.rate_per_km
    );
    if why.km.is_zero() { format!("{over} = {amount}") } else { format!("{below} + {over} = {amount}") }
}

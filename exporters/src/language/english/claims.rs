//! Sentences about claims held against caps, and after-pay.

use honorar_engine::why::{
    AfterPayWhy, Asked, CappedWhy, Income, MeetingCap, MeetingLength, MeetingTime, PerHour, Refusal,
    RefusedWhy, SocialCosts, Sums,
};
use honorar_engine::{Kind, Money};
use rust_decimal::Decimal;

use super::rate;

pub(super) fn capped(why: &CappedWhy, kind: Kind, amount: Money, cite: &str) -> String {
    let mut parts = vec![asked(why)];
    let asked = why.amount_asked();
    if let Some((cap, filled)) = why.meeting {
        let mut part = meeting_cap(cap);
        if !filled.taken.is_zero() {
            part += &format!(", of which {} is taken by earlier claims", filled.taken);
        }
        parts.push(part);
    }
    let is_the_cap = matches!(why.asked, Asked::Cap) && why.meeting.is_none();
    if let Some(day) = why.day.filter(|_| is_the_cap || why.is_bound_by_day()) {
        let taken = day.taken;
        parts.push(if taken.is_zero() {
            format!("at most {} a day", day.cap)
        } else {
            format!("at most {} a day, of which {taken} is taken by earlier claims", day.cap)
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
        None => match why.social_costs() {
            Some(SocialCosts { costs, granted, asked }) => {
                let share = if granted == asked { String::new() } else { format!(" × {granted} / {asked}") };
                parts.push(format!("with social costs: {granted} + {costs}{share} = {amount}"));
            }
            None if granted < asked => parts.push(format!("granted {granted} ({cite})")),
            None => parts.push(format!("granted {granted}")),
        },
    }
    parts.join("; ")
}

fn asked(why: &CappedWhy) -> String {
    match why.asked {
        Asked::Stated(amount) => format!("asked {amount}"),
        Asked::Cap => "asked for the cap".to_owned(),
        Asked::IncomeOfDay { income, days_per_year, loss } => {
            format!("a day's loss of income: {} / {days_per_year} = {loss}", yearly(income))
        }
        Asked::IncomeOfHours { income, days_per_year, per_hour, time, loss, at_most_a_day } => {
            let income = yearly(income);
            let of_hour = match per_hour {
                PerHour::OfDay { days_per_year, hours_per_day } => {
                    format!("{income} / {days_per_year} / {hours_per_day}")
                }
                PerHour::OfYear { hours_per_year } => format!("{income} / {hours_per_year}"),
            };
            let formula = format!("{of_hour} × {} / 60", time.minutes());
            if at_most_a_day {
                format!("loss of income: {formula}, at most a day's {income} / {days_per_year} = {loss}")
            } else {
                format!("loss of income: {formula} = {loss}")
            }
        }
    }
}

fn yearly(income: Income) -> String {
    match income {
        Income::OfYear(income) => income.to_string(),
        Income::MeanOfThree([last, second, third]) => format!("({last} + {second} + {third}) / 3"),
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
        MeetingCap::PartOfDay { per_day, hours_per_day, time, cap, at_most_a_day } => {
            let hours = hours_per_day.normalize();
            let formula = format!("{per_day} a day of {hours} hours, {}", minutes(time));
            if at_most_a_day {
                format!("{formula}: at most {cap}")
            } else {
                format!("{formula}: at most {per_day} × {} / 60 / {hours} = {cap}", time.minutes())
            }
        }
        MeetingCap::Short { length, cap } => format!("{} is short: at most {cap}", meeting_length(length)),
        MeetingCap::ShareOfDay { length, per_day, share, cap } => format!(
            "{} is short: at most {per_day} × {} / {} = {cap}",
            meeting_length(length),
            share.numerator,
            share.denominator
        ),
        MeetingCap::ByHour { rate_per_hour, time, cap } => {
            format!("{}: at most {rate_per_hour} × {} / 60 = {cap}", minutes(time), time.minutes())
        }
        MeetingCap::Amount { cap } => format!("at most {cap} a meeting"),
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
    if parts.is_empty() { "0 min present".to_owned() } else { parts.join(" + ") }
}

pub(super) fn refused(why: &RefusedWhy, kind: Kind, cite: &str) -> String {
    let asked = match why.asked {
        Some(amount) => format!("asked {amount}"),
        None => match kind {
            Kind::LostIncomeUndocumented => "asked for the cap".to_owned(),
            Kind::TravelCar | Kind::TravelPassenger => "asked for the distance".to_owned(),
            Kind::AfterPay => "asked for after-pay".to_owned(),
            Kind::Subsistence => "asked for subsistence".to_owned(),
            Kind::MeetingFee => "asked for the meeting fee".to_owned(),
            _ => "asked for the loss of income".to_owned(),
        },
    };
    let reason: &str = match why.reason {
        Refusal::BodyPaidByOthers => "somebody else pays the body's members",
        Refusal::PostNotCovered => "there by virtue of a post, or for the employees",
        Refusal::Mayor => "a mayor or acting mayor has no income to lose",
        Refusal::ReceivedLate { received, deadline } => {
            &format!("received on {received}, and its deadline was {deadline}")
        }
        Refusal::CoveredByFee => "a fixed fee of the person covers lost income too",
        Refusal::NotCalled => "not formally called to it",
        Refusal::NotCovered => "the regulation covers no such claim",
        Refusal::FromAttendance => "meeting fees follow from the attendance list, without a claim",
        Refusal::ClaimedTwice => "another claim has the meeting's fee",
        Refusal::NoFeeAtMeeting => "the meeting gives the person no fee",
        Refusal::StillInOffice => "the office has its own pay that day",
        Refusal::NoFormerOffice => "no office that gives after-pay has ended before it",
        Refusal::NoEarnedIncome => "no earned income to lose",
        Refusal::PayKept => "the employer keeps paying, and it was no day off in a rota",
        Refusal::DayOffAtWeekend => "the employer keeps paying, and the day off was a Saturday or Sunday",
    };
    format!("{asked}; refused: {reason}; granted 0.00 ({cite})")
}

pub(super) fn after_pay(why: &AfterPayWhy, amount: Money, cite: &str) -> String {
    let months = |months: Decimal| {
        let unit = if months == Decimal::ONE { "month" } else { "months" };
        format!("{} {unit}", months.normalize())
    };
    let mut clauses = Vec::new();
    clauses.push(match why.months_asked {
        Some(asked) if asked > why.most => {
            format!("asked {}, at most {} by {cite}", months(asked), months(why.most))
        }
        Some(asked) => format!("asked {}", months(asked)),
        None => format!("at most {}", months(why.most)),
    });
    let in_sum = rate::in_sum(&why.rate);
    clauses.extend(in_sum.before);
    let paid = || why.each_month.iter().filter(|month| !month.is_more);
    let more = why.each_month.iter().filter(|month| month.is_more);
    for month in more {
        clauses.push(format!("nothing for {} with an income of {}", months(month.part), month.income));
    }
    let paid_months: Decimal = paid().map(|month| month.part).sum();
    if paid_months.is_zero() {
        clauses.push(format!("granted {amount}"));
        return clauses.join("; ");
    }
    let incomes = paid().filter(|month| !month.income.is_zero());
    let deducted: String = incomes.map(|month| format!(" − {}", month.income)).collect();
    let sum = format!("{} × {}{deducted}", in_sum.text, paid_months.normalize());
    clauses.push(format!("{sum} = {amount}"));
    clauses.join("; ")
}

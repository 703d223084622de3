//! Sentences about fees: fixed fees, their reduction for absence, and fees a meeting.

use honorar_engine::Money;
use honorar_engine::basis::{Basis, Duty, Event};
use honorar_engine::regulation::{AbsenceStep, FeeSeat};
use honorar_engine::why::{
    AbsenceReduction, AbsenceWhy, ExtraHoursWhy, FixedFeeWhy, MeetingFeeWhy, MeetingSeat, NotHeld, NotPaid,
    OtherPayWhy, Remote, RoundedTo,
};

use super::{per_cent, per_cent_of, rate, reduced, role};

pub(super) fn fixed_fee(why: &FixedFeeWhy, body: Option<&str>, amount: Money) -> String {
    let office =
        body.map_or_else(|| role(why.role).to_owned(), |body| format!("{} of {body}", role(why.role)));
    let days_in_period = why.days_in_period;
    let days_held: u32 = why.parts.iter().map(|part| part.days_held).sum();
    let reasons: Vec<String> =
        why.not_held.iter().map(|(reason, days)| format!("{days} {}", not_held(*reason))).collect();
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
    let instalment = why.instalment.to_string();
    // A sum that is the amount itself has been worked out in the clause before it.
    clauses.push(if sum == instalment { sum } else { format!("{sum} = {instalment}") });
    if let Some(other) = why.other_pay {
        clauses.push(other_pay(other, why.instalment, amount));
    }
    format!("{office}, {held}: {}", clauses.join("; "))
}

fn not_held(reason: NotHeld) -> &'static str {
    match reason {
        NotHeld::OnLeave => "on leave",
        NotHeld::AsMayor => "as mayor or acting mayor",
        NotHeld::ActingTooShort => "before acting gives the fee",
        NotHeld::AnotherActs => "on which somebody acts instead",
        NotHeld::AsActingLeader => "as acting leader",
        NotHeld::OtherOfficeIsHigher => "with a higher fee for another office",
        NotHeld::CoveredByOtherFee => "covered by the fee for another office",
    }
}

fn other_pay(why: OtherPayWhy, instalment: Money, amount: Money) -> String {
    let OtherPayWhy { of_period, before, deducted } = why;
    let taken = if before.is_zero() {
        String::new()
    } else {
        format!(", of which {before} is deducted from other fees")
    };
    format!(
        "pay of {of_period} for an office in another public body{taken}: {instalment} − {deducted} = {amount}"
    )
}

pub(super) fn absence(why: &AbsenceWhy, reduction: Money) -> String {
    let sentence = absence_in_span(why, reduction);
    match why.span {
        Some(span) => {
            let last = span.last().map(|last| last.to_string()).unwrap_or_default();
            format!("from {} to {last}, {sentence}", span.first())
        }
        None => sentence,
    }
}

fn absence_in_span(why: &AbsenceWhy, reduction: Money) -> String {
    let AbsenceWhy { missed, threshold, fee, .. } = *why;
    let duty = why.duty.get();
    let meetings = if duty == 1 { "meeting" } else { "meetings" };
    let (above, below) = (missed * threshold.denominator.get(), threshold.numerator * duty);
    let common = duty * threshold.denominator.get();
    let over = above.saturating_sub(below);
    let counted = match why.reduction {
        AbsenceReduction::PartOver => over,
        AbsenceReduction::All => above,
        AbsenceReduction::Step(AbsenceStep { from, reduction: part }) => {
            let from = per_cent_of(from).map_or_else(
                || format!("{}/{}", from.numerator, from.denominator),
                |cent| format!("{cent} %"),
            );
            return format!(
                "{missed} of {duty} {meetings} missed, which is a step from {from}: \
                 {fee} × {} / {} = {reduction}",
                part.numerator, part.denominator
            );
        }
        AbsenceReduction::PerMissedMeeting { amount, missed: in_office, at_most_fee } => {
            let here = if in_office == missed {
                String::new()
            } else {
                format!(", {in_office} of them in this office")
            };
            let all = format!("{missed} of {duty} {meetings} missed{here}");
            return if at_most_fee {
                format!("{all}, {amount} for each is more than the fee: {fee} × 1 = {reduction}")
            } else {
                format!("{all}: {amount} × {in_office} = {reduction}")
            };
        }
    };
    match (per_cent(missed, duty), per_cent_of(threshold), per_cent(counted, common), per_cent(over, common))
    {
        (Some(missed_share), Some(threshold), Some(counted), Some(points)) => format!(
            "{missed} of {duty} {meetings} missed is {missed_share} %, {points} points over {threshold} %: \
             {fee} × {counted} % = {reduction}"
        ),
        _ => {
            let (over, over_of) = reduced(over, common);
            let (counted, counted_of) = reduced(counted, common);
            format!(
                "{missed} of {duty} {meetings} missed is {over}/{over_of} over {}/{}: \
                 {fee} × {counted} / {counted_of} = {reduction}",
                threshold.numerator, threshold.denominator
            )
        }
    }
}

pub(super) fn meeting_fee(why: &MeetingFeeWhy, basis: &Basis, amount: Money, cite: &str) -> String {
    let seat = match why.seat {
        MeetingSeat::Seat(FeeSeat::Leader) => "leader's",
        MeetingSeat::Seat(FeeSeat::DeputyLeader) => "deputy leader's",
        MeetingSeat::Seat(FeeSeat::Chair) => "chair's",
        MeetingSeat::Seat(FeeSeat::Member) => "member's",
        MeetingSeat::Seat(FeeSeat::Substitute) => "substitute's",
        MeetingSeat::Summoned => "summoned leader's",
    };
    let (mut words, mut factors) = (format!("a {seat} meeting fee"), String::new());
    let mut clauses = Vec::new();
    let in_sum = rate::in_sum(&why.rate);
    clauses.extend(in_sum.before);
    let mut terms = vec![in_sum.text];
    if let Some((duty, rate)) = &why.for_duty {
        words += match duty {
            Duty::Chair => ", and for leading the meeting",
            Duty::Secretary => ", and for keeping the minutes",
        };
        let in_sum = rate::in_sum(rate);
        clauses.extend(in_sum.before);
        terms.push(in_sum.text);
    }
    if let Some(ExtraHoursWhy { minutes, over_minutes, started_hours, rate }) = &why.extra_hours {
        let hours = if *started_hours == 1 { "hour" } else { "hours" };
        words += &format!(", {minutes} min present, {started_hours} {hours} begun over {over_minutes} min");
        let in_sum = rate::in_sum(rate);
        clauses.extend(in_sum.before);
        terms.push(format!("{} × {started_hours}", in_sum.text));
    }
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
    let whole = terms.join(" + ");
    let whole = if terms.len() > 1 && !factors.is_empty() { format!("({whole})") } else { whole };
    let sum = format!("{whole}{factors}");
    let fee = why.not_paid.map_or(amount, |(_, fee)| fee).to_string();
    clauses.push(if sum == fee { fee } else { format!("{sum} = {fee}") });
    if let Some((reason, _)) = why.not_paid {
        clauses.push(format!("not paid: {}", not_paid(reason, basis)));
        clauses.push(format!("granted 0.00 ({cite})"));
    }
    format!("{words}: {}", clauses.join("; "))
}

fn not_paid(reason: NotPaid, basis: &Basis) -> String {
    match reason {
        NotPaid::NotCalled => "not formally called".to_owned(),
        NotPaid::NoFeeFor(event) => format!("a {} gives no fee", event_word(event)),
        NotPaid::PaidOnce(event) => format!("the {} gives one fee, for its first part", event_word(event)),
        NotPaid::OneWith(meeting) => {
            format!("it counts as one with meeting {}", basis.register().meeting(meeting).id)
        }
        NotPaid::MostADay(1) => "at most 1 meeting fee a day".to_owned(),
        NotPaid::MostADay(most) => format!("at most {most} meeting fees a day"),
    }
}

fn event_word(event: Event) -> &'static str {
    match event {
        Event::Meeting => "meeting",
        Event::Seminar => "seminar",
        Event::PartyMeeting => "party meeting",
    }
}

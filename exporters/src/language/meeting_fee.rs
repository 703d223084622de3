//! Sentences about fees for meetings.

use honorar_engine::Money;
use honorar_engine::basis::{Basis, Duty, Event};
use honorar_engine::regulation::{FeeSeat, Share};
use honorar_engine::why::{ExtraHoursWhy, MeetingFeeWhy, MeetingSeat, NotPaid, Remote};

use super::catalogue::Catalogue;
use super::{rate, share};

pub(super) fn sentence(
    say: &Catalogue,
    why: &MeetingFeeWhy,
    basis: &Basis,
    amount: Money,
    cite: &str,
) -> String {
    let words = &say.meeting_fee;
    let mut head = vec![seat(say, why.seat).to_owned()];
    let mut factors = String::new();
    let mut clauses = Vec::new();
    let in_sum = rate::in_sum(say, &why.rate);
    clauses.extend(in_sum.before);
    let mut terms = vec![in_sum.text];
    if let Some((duty, rate)) = &why.for_duty {
        let duty = match duty {
            Duty::Chair => words.and_chairing(),
            Duty::Secretary => words.and_minutes(),
        };
        head.push(duty.to_owned());
        let in_sum = rate::in_sum(say, rate);
        clauses.extend(in_sum.before);
        terms.push(in_sum.text);
    }
    if let Some(ExtraHoursWhy { minutes, over_minutes, started_hours, rate }) = &why.extra_hours {
        head.push(words.extra_hours(*minutes, *started_hours, *over_minutes));
        let in_sum = rate::in_sum(say, rate);
        clauses.extend(in_sum.before);
        terms.push(in_sum.text + " × " + &say.count(*started_hours));
    }
    if let Some(part) = why.particular_cases {
        head.push(words.particular_cases(&part_in_words(say, part)));
        factors += &factor(say, part);
    }
    if let Some((remote, part)) = why.remote {
        let in_words = part_in_words(say, part);
        head.push(match remote {
            Remote::Phone => words.by_phone(&in_words),
            Remote::Video => words.by_video(&in_words),
        });
        factors += &factor(say, part);
    }
    let whole = terms.join(" + ");
    let whole = if terms.len() > 1 && !factors.is_empty() { format!("({whole})") } else { whole };
    let sum = whole + &factors;
    let fee = say.money(why.not_paid.map_or(amount, |(_, fee)| fee));
    clauses.push(if sum == fee { fee } else { sum + " = " + &fee });
    if let Some((reason, _)) = why.not_paid {
        clauses.push(words.not_paid(&not_paid(say, reason, basis)));
        clauses.push(say.granted.by(Money::ZERO, cite));
    }
    head.join(", ") + ": " + &clauses.join("; ")
}

fn seat(say: &Catalogue, seat: MeetingSeat) -> &str {
    let words = &say.meeting_fee;
    match seat {
        MeetingSeat::Seat(FeeSeat::Leader) => words.leader(),
        MeetingSeat::Seat(FeeSeat::DeputyLeader) => words.deputy_leader(),
        MeetingSeat::Seat(FeeSeat::Chair) => words.chair(),
        MeetingSeat::Seat(FeeSeat::Member) => words.member(),
        MeetingSeat::Seat(FeeSeat::Substitute) => words.substitute(),
        MeetingSeat::Summoned => words.summoned(),
    }
}

fn part_in_words(say: &Catalogue, part: Share) -> String {
    if part.numerator == 1 && part.denominator.get() == 2 {
        return say.meeting_fee.half().to_owned();
    }
    share::fraction(say, part, "/")
}

fn factor(say: &Catalogue, part: Share) -> String {
    format!(" × {}", share::fraction(say, part, " / "))
}

fn not_paid(say: &Catalogue, reason: NotPaid, basis: &Basis) -> String {
    let words = &say.meeting_fee;
    let reason = match reason {
        NotPaid::NotCalled => words.not_called(),
        NotPaid::NoFeeFor(Event::Meeting) => words.no_fee_for_meeting(),
        NotPaid::NoFeeFor(Event::Seminar) => words.no_fee_for_seminar(),
        NotPaid::NoFeeFor(Event::PartyMeeting) => words.no_fee_for_party_meeting(),
        NotPaid::PaidOnce(Event::Meeting) => words.one_fee_for_meeting(),
        NotPaid::PaidOnce(Event::Seminar) => words.one_fee_for_seminar(),
        NotPaid::PaidOnce(Event::PartyMeeting) => words.one_fee_for_party_meeting(),
        NotPaid::OneWith(meeting) => return words.one_with(&basis.register().meeting(meeting).id),
        NotPaid::MostADay(most) => return words.most_a_day(most),
    };
    reason.to_owned()
}

//! Sentences about claims held against caps, and claims that are refused.

use honorar_engine::why::{Asked, CappedWhy, Income, PerHour, Refusal, RefusedWhy, SocialCosts, Sums};
use honorar_engine::{Kind, Money};

use super::caps;
use super::catalogue::Catalogue;

pub(super) fn capped(say: &Catalogue, why: &CappedWhy, kind: Kind, amount: Money, cite: &str) -> String {
    let words = &say.claim;
    let mut parts = vec![asked(say, why)];
    let asked = why.amount_asked();
    let left_by_others = |cap: String, taken: Money| {
        if taken.is_zero() { cap } else { words.taken(&cap, taken) }
    };
    if let Some((cap, filled)) = why.meeting {
        parts.push(left_by_others(caps::meeting_cap(say, cap), filled.taken));
    }
    let is_the_cap = matches!(why.asked, Asked::Cap) && why.meeting.is_none();
    if let Some(day) = why.day.filter(|_| is_the_cap || why.is_bound_by_day()) {
        parts.push(left_by_others(words.at_most_a_day(day.cap), day.taken));
    }
    let granted = why.granted();
    match why.other_sum_paid {
        Some(sums) => {
            parts.push(other_sum_paid(say, sums, kind));
            parts.push(say.granted.by(Money::ZERO, cite));
        }
        None => match why.social_costs() {
            Some(SocialCosts { costs, granted, asked }) => {
                let (costs, of_costs) = (say.money(costs), granted == asked);
                let granted = say.money(granted);
                let share =
                    if of_costs { String::new() } else { format!(" × {granted} / {}", say.money(asked)) };
                let sum = format!("{granted} + {costs}{share} = {}", say.money(amount));
                parts.push(words.with_social_costs(&sum));
            }
            None if granted < asked => parts.push(say.granted.by(granted, cite)),
            None => parts.push(say.granted.amount(granted)),
        },
    }
    parts.join("; ")
}

/// The day's other sum stands instead of the one that the claim is part of.
fn other_sum_paid(say: &Catalogue, sums: Sums, kind: Kind) -> String {
    let words = &say.claim;
    let Sums { undocumented, documented } = sums;
    let is_undocumented = kind == Kind::LostIncomeUndocumented;
    match (is_undocumented, undocumented == documented) {
        (true, false) => words.documented_is_more(documented, undocumented),
        (true, true) => words.documented_is_equal(documented, undocumented),
        (false, false) => words.undocumented_is_more(undocumented, documented),
        (false, true) => words.undocumented_is_equal(undocumented, documented),
    }
}

fn asked(say: &Catalogue, why: &CappedWhy) -> String {
    let words = &say.claim;
    match why.asked {
        Asked::Stated(amount) => words.asked(amount),
        Asked::Cap => words.asked_for_cap().to_owned(),
        Asked::IncomeOfDay { income, days_per_year, loss } => {
            let (income, days) = (yearly(say, income), say.count(days_per_year.get()));
            words.loss_of_day(&format!("{income} / {days} = {}", say.money(loss)))
        }
        Asked::IncomeOfHours { income, days_per_year, per_hour, time, loss, at_most_a_day } => {
            let (income, loss) = (yearly(say, income), say.money(loss));
            let of_hour = match per_hour {
                PerHour::OfDay { days_per_year, hours_per_day } => {
                    let (days, hours) = (say.count(days_per_year.get()), say.count(hours_per_day.get()));
                    format!("{income} / {days} / {hours}")
                }
                PerHour::OfYear { hours_per_year } => {
                    format!("{income} / {}", say.count(hours_per_year.get()))
                }
            };
            let formula = format!("{of_hour} × {} / 60", say.count(time.minutes()));
            if at_most_a_day {
                let of_day = format!("{income} / {} = {loss}", say.count(days_per_year.get()));
                words.loss_at_most_a_day(&formula, &of_day)
            } else {
                words.loss(&format!("{formula} = {loss}"))
            }
        }
    }
}

fn yearly(say: &Catalogue, income: Income) -> String {
    match income {
        Income::OfYear(income) => say.money(income),
        Income::MeanOfThree(years) => {
            let [last, second, third] = years.map(|income| say.money(income));
            format!("({last} + {second} + {third}) / 3")
        }
    }
}

pub(super) fn refused(say: &Catalogue, why: &RefusedWhy, kind: Kind, cite: &str) -> String {
    let words = &say.refusal;
    let asked = match (why.asked, kind) {
        (Some(amount), _) => say.claim.asked(amount),
        (None, Kind::LostIncomeUndocumented) => say.claim.asked_for_cap().to_owned(),
        (None, Kind::TravelCar | Kind::TravelPassenger) => words.asked_for_distance().to_owned(),
        (None, Kind::AfterPay) => words.asked_for_after_pay().to_owned(),
        (None, Kind::Subsistence) => words.asked_for_subsistence().to_owned(),
        (None, Kind::MeetingFee) => words.asked_for_meeting_fee().to_owned(),
        (None, _) => words.asked_for_loss().to_owned(),
    };
    let reason: &str = match why.reason {
        Refusal::BodyPaidByOthers => words.body_paid_by_others(),
        Refusal::PostNotCovered => words.post_not_covered(),
        Refusal::Mayor => words.mayor(),
        Refusal::ReceivedLate { received, deadline } => &words.received_late(received, deadline),
        Refusal::CoveredByFee => words.covered_by_fee(),
        Refusal::NotCalled => words.not_called(),
        Refusal::NotCovered => words.not_covered(),
        Refusal::FromAttendance => words.by_attendance(),
        Refusal::ClaimedTwice => words.claimed_twice(),
        Refusal::NoFeeAtMeeting => words.no_fee_at_meeting(),
        Refusal::StillInOffice => words.still_in_office(),
        Refusal::NoFormerOffice => words.no_former_office(),
        Refusal::NoEarnedIncome => words.no_earned_income(),
        Refusal::PayKept => words.pay_kept(),
        Refusal::DayOffAtWeekend => words.day_off_at_weekend(),
    };
    format!("{asked}; {}; {}", words.refused(reason), say.granted.by(Money::ZERO, cite))
}

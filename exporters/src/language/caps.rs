//! What one person can get for one meeting in one sum.

use honorar_engine::Money;
use honorar_engine::why::{MeetingCap, MeetingLength, MeetingTime};

use super::catalogue::Catalogue;
use super::share;

pub(super) fn meeting_cap(say: &Catalogue, cap: MeetingCap) -> String {
    let words = &say.cap;
    match cap {
        MeetingCap::WholeDay { length, cap } => {
            let meeting = meeting(say, length);
            if length.minutes() > length.limit_minutes {
                words.whole_day_over(&meeting, length.limit_minutes, cap)
            } else {
                words.whole_day_from(&meeting, length.limit_minutes, cap)
            }
        }
        MeetingCap::Hours { length, rate_per_hour, time, cap, at_most_a_day } => {
            let meeting = words.short_with_time(&meeting(say, length), &minutes(say, time));
            let formula = of_hours(say, rate_per_hour, time);
            let limit = if at_most_a_day {
                words.at_most_and(&formula, cap)
            } else {
                words.at_most(&result(say, &formula, cap))
            };
            meeting + ": " + &limit
        }
        MeetingCap::PartOfDay { per_day, hours_per_day, time, cap, at_most_a_day } => {
            let day = words.part_of_day(per_day, hours_per_day, &minutes(say, time));
            let limit = if at_most_a_day {
                say.money(cap)
            } else {
                let formula = of_hours(say, per_day, time);
                result(say, &format!("{formula} / {}", say.number(hours_per_day)), cap)
            };
            format!("{day}: {}", words.at_most(&limit))
        }
        MeetingCap::Short { length, cap } => {
            format!("{}: {}", words.short(&meeting(say, length)), words.at_most(&say.money(cap)))
        }
        MeetingCap::ShareOfDay { length, per_day, share, cap } => {
            let formula = format!("{} × {}", say.money(per_day), share::fraction(say, share, " / "));
            let limit = words.at_most(&result(say, &formula, cap));
            format!("{}: {limit}", words.short(&meeting(say, length)))
        }
        MeetingCap::ByHour { rate_per_hour, time, cap } => {
            let limit = words.at_most(&result(say, &of_hours(say, rate_per_hour, time), cap));
            format!("{}: {limit}", minutes(say, time))
        }
        MeetingCap::Amount { cap } => words.at_most_a_meeting(cap),
    }
}

fn of_hours(say: &Catalogue, rate: Money, time: MeetingTime) -> String {
    say.money(rate) + " × " + &say.count(time.minutes()) + " / 60"
}

fn result(say: &Catalogue, formula: &str, cap: Money) -> String {
    [formula, " = ", &say.money(cap)].concat()
}

fn meeting(say: &Catalogue, length: MeetingLength) -> String {
    match length.group_minutes {
        0 => say.cap.meeting(length.own_minutes),
        group => say.cap.meeting_with_group(length.own_minutes, group),
    }
}

fn minutes(say: &Catalogue, time: MeetingTime) -> String {
    let words = &say.cap;
    let MeetingTime { own_minutes, group_minutes, travel_minutes } = time;
    let present = || words.present(own_minutes);
    let parts = [
        (own_minutes > 0).then(present),
        (group_minutes > 0).then(|| words.group_meeting(group_minutes)),
        (travel_minutes > 0).then(|| words.travel(travel_minutes)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { present() } else { parts.join(" + ") }
}

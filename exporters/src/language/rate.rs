//! Amounts of a regulation, and how they are made, as a pocket calculator takes them.

use chrono::Datelike;
use honorar_engine::Money;
use honorar_engine::money::{Rounding, RoundingMode};
use honorar_engine::regulation::{BaseDay, Heads, Sign, Statement, Worth};
use honorar_engine::why::Rate;

use super::catalogue::Catalogue;
use super::format::Value;
use super::names;

/// How a rate stands in a sum, and what has to be said before the sum.
pub(super) struct InSum {
    /// How a rounded amount comes about: `2.5 % × 987997.00 / 12 = 2058.00 to the nearest krone`.
    pub(super) before: Option<String>,
    /// The rate in the sum.
    pub(super) text: String,
}

pub(super) fn in_sum(say: &Catalogue, rate: &Rate) -> InSum {
    match (rate.kroner, rate.rounding) {
        (Some(kroner), Some(rounding)) if !rate.signs.is_empty() => {
            let before = rounded(say, &signs(say, &rate.signs), kroner, rounding);
            InSum { before: Some(before), text: say.money(kroner) }
        }
        (Some(kroner), _) if rate.signs.is_empty() => InSum { before: None, text: say.money(kroner) },
        _ => {
            let made = signs(say, &rate.signs);
            let text = if rate.signs.contains(&Sign::Plus) { format!("({made})") } else { made };
            InSum { before: None, text }
        }
    }
}

/// How an amount of a regulation comes about on a day: as it is written, the sum, and what that is;
/// nothing where it is stated in kroner. `nearly` is the amount where it is no whole øre.
pub(super) fn how_of_amount(
    say: &Catalogue,
    statement: &Statement,
    written: &str,
    worth: &Worth,
    nearly: Money,
) -> Option<String> {
    if worth.signs.is_empty() {
        return worth.rounding.zip(worth.exact.in_whole_oere()).and_then(|(rounding, amount)| {
            (worth.unrounded.in_whole_oere() != Some(amount)).then(|| rounded(say, written, amount, rounding))
        });
    }
    let made = signs(say, &worth.signs);
    let sum = match (worth.exact.in_whole_oere(), worth.rounding) {
        (Some(amount), Some(rounding)) => rounded(say, &made, amount, rounding),
        (Some(amount), None) => format!("{made} = {}", say.money(amount)),
        (None, _) => format!("{made} ≈ {}, {}", say.money(nearly), say.rate.rounded_where_paid()),
    };
    let base = match statement.base_on {
        None => String::new(),
        Some(BaseDay::SameDay) => format!(", {}", say.rate.base_same_day()),
        Some(BaseDay::DayOfYear(day)) => {
            let day = day.in_year(2024);
            let day = say.period.day_of_year(day.day(), names::month(say, day.month()));
            format!(", {}", say.rate.base_each_year(&day))
        }
        Some(BaseDay::Fixed(day)) => format!(", {}", say.rate.base_on(day)),
    };
    Some(if made == written { format!("{sum}{base}") } else { format!("{written} = {sum}{base}") })
}

/// A sum with its result, and to what it is rounded where that is not øre.
pub(super) fn rounded(say: &Catalogue, sum: &str, amount: Money, rounding: Rounding) -> String {
    let amount = say.money(amount);
    let is_up = rounding.mode() == RoundingMode::Up;
    let unit = match (rounding.unit_oere(), is_up) {
        (0 | 1, _) => return format!("{sum} = {amount}"),
        (100, true) => say.rate.up_to_the_next_krone().to_owned(),
        (100, false) => say.rate.to_the_nearest_krone().to_owned(),
        (oere, true) => say.rate.up_to_the_next(oere / 100),
        (oere, false) => say.rate.to_the_nearest(oere / 100),
    };
    format!("{sum} = {amount} {unit}")
}

fn signs(say: &Catalogue, signs: &[Sign]) -> String {
    let mut text = String::new();
    for sign in signs {
        let touches = text.is_empty() || text.ends_with('(') || *sign == Sign::Close;
        if !touches {
            text.push(' ');
        }
        match sign {
            Sign::Number(number) => say.marks.put(&mut text, Value::Number(*number)),
            Sign::Kroner(kroner) => say.marks.put(&mut text, Value::Money(*kroner)),
            Sign::PerCent(number) => say.marks.put(&mut text, Value::PerCent(*number)),
            Sign::PerMille(number) => say.marks.put(&mut text, Value::PerMille(*number)),
            Sign::Heads(Heads::CouncilMembersOfGroup, count) => {
                text += &say.rate.council_members(*count);
            }
            Sign::Times => text.push('×'),
            Sign::Over => text.push('/'),
            Sign::Plus => text.push('+'),
            Sign::Open => text.push('('),
            Sign::Close => text.push(')'),
        }
    }
    text
}

//! Amounts of a regulation, and how they are made, as a pocket calculator takes them.

use honorar_engine::Money;
use honorar_engine::money::{Rounding, RoundingMode};
use honorar_engine::regulation::{BaseDay, Heads, Sign, Statement, Worth};
use honorar_engine::why::Rate;

/// How a rate stands in a sum, and what has to be said before the sum.
pub(super) struct InSum {
    /// How a rounded amount comes about: `2.5 % × 987997.00 / 12 = 2058.00 to the nearest krone`.
    pub(super) before: Option<String>,
    /// The rate in the sum.
    pub(super) text: String,
}

pub(super) fn in_sum(rate: &Rate) -> InSum {
    let made = signs(&rate.signs);
    match (rate.kroner, rate.rounding) {
        (Some(kroner), Some(rounding)) if !rate.signs.is_empty() => {
            InSum { before: Some(rounded(&made, kroner, rounding)), text: kroner.to_string() }
        }
        (Some(kroner), _) if rate.signs.is_empty() => InSum { before: None, text: kroner.to_string() },
        _ => {
            let text = if rate.signs.contains(&Sign::Plus) { format!("({made})") } else { made };
            InSum { before: None, text }
        }
    }
}

/// How an amount of a regulation comes about on a day: as it is written, the sum, and what that is;
/// nothing where it is stated in kroner. `nearly` is the amount where it is no whole øre.
pub(in crate::language) fn how_of_amount(
    statement: &Statement,
    written: &str,
    worth: &Worth,
    nearly: Money,
) -> Option<String> {
    if worth.signs.is_empty() {
        return worth.rounding.zip(worth.exact.in_whole_oere()).and_then(|(rounding, amount)| {
            (worth.unrounded.in_whole_oere() != Some(amount)).then(|| rounded(written, amount, rounding))
        });
    }
    let made = signs(&worth.signs);
    let sum = match (worth.exact.in_whole_oere(), worth.rounding) {
        (Some(amount), Some(rounding)) => rounded(&made, amount, rounding),
        (Some(amount), None) => format!("{made} = {amount}"),
        (None, _) => format!("{made} ≈ {nearly}, rounded where it is paid"),
    };
    let base = match statement.base_on {
        None => String::new(),
        Some(BaseDay::SameDay) => ", the base as on the day itself".to_owned(),
        Some(BaseDay::DayOfYear(day)) => {
            format!(", the base as on {} of each year", day.in_year(2024).format("%-d %B"))
        }
        Some(BaseDay::Fixed(day)) => format!(", the base as on {day}"),
    };
    Some(if made == written { format!("{sum}{base}") } else { format!("{written} = {sum}{base}") })
}

/// A sum with its result, and to what it is rounded where that is not øre.
pub(super) fn rounded(sum: &str, amount: Money, rounding: Rounding) -> String {
    match to_unit(rounding) {
        Some(unit) => format!("{sum} = {amount} {unit}"),
        None => format!("{sum} = {amount}"),
    }
}

fn to_unit(rounding: Rounding) -> Option<String> {
    let unit = match rounding.unit_oere() {
        0 | 1 => return None,
        100 => "krone".to_owned(),
        oere => format!("{} kroner", oere / 100),
    };
    Some(match rounding.mode() {
        RoundingMode::Up => format!("up to the next {unit}"),
        RoundingMode::HalfAwayFromZero | RoundingMode::HalfToEven => format!("to the nearest {unit}"),
    })
}

fn signs(signs: &[Sign]) -> String {
    let mut text = String::new();
    for sign in signs {
        let word = match sign {
            Sign::Number(number) => number.normalize().to_string(),
            Sign::Kroner(kroner) => kroner.to_string(),
            Sign::PerCent(number) => format!("{} %", number.normalize()),
            Sign::PerMille(number) => format!("{} ‰", number.normalize()),
            Sign::Heads(Heads::CouncilMembersOfGroup, 1) => "1 council member".to_owned(),
            Sign::Heads(Heads::CouncilMembersOfGroup, count) => format!("{count} council members"),
            Sign::Times => "×".to_owned(),
            Sign::Over => "/".to_owned(),
            Sign::Plus => "+".to_owned(),
            Sign::Open => "(".to_owned(),
            Sign::Close => ")".to_owned(),
        };
        let touches = text.is_empty() || text.ends_with('(') || word == ")";
        if !touches {
            text.push(' ');
        }
        text += &word;
    }
    text
}

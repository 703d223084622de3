//! Amounts of a regulation, and how they are made, as a pocket calculator takes them.

use honorar_engine::Money;
use honorar_engine::money::{Rounding, RoundingMode};
use honorar_engine::regulation::{Heads, Sign};
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

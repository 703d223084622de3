//! Every explanation can be checked with a pocket calculator: a calculator that knows nothing of
//! the program reads the sentence and presses the keys.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// Every `a × b / c = d` in a line's sentence is right, and the sentence ends with the amount.
pub(crate) fn check_sentence(line: &BTreeMap<String, String>) -> Result<(), String> {
    let (how, amount) = (&line["how"], line["amount"].trim_start_matches('-'));
    let wrong = |what: &str| format!("{what}: {} {} `{how}`", line["kind"], line["amount"]);
    for (at, _) in how.match_indices(" = ") {
        let (before, after) = (&how[..at], &how[at + 3..]);
        let result = after.split([' ', ';', ',']).next().unwrap_or_default();
        let found = evaluate(before).ok_or_else(|| wrong("not a sum"))?;
        let expected = number(result).ok_or_else(|| wrong("not a result"))?;
        if round(&found) != expected {
            return Err(wrong("the sum is not right"));
        }
    }
    let without_cite = how.split(" (aurland").next().unwrap_or_default();
    let last = without_cite.rsplit([' ']).next().unwrap_or_default();
    if last != amount {
        return Err(wrong("the sentence does not end with the amount"));
    }
    Ok(())
}

/// The sum at the end of a text: numbers, per cents and `km`, with `×`, `/` and `+` between them.
fn evaluate(text: &str) -> Option<BigRational> {
    let mut keys: Vec<&str> = Vec::new();
    let plain = text.replace(" km above 10000 km in the year", "");
    let words: Vec<&str> = plain.split(' ').collect();
    for word in words.iter().rev() {
        if !matches!(*word, "×" | "/" | "+" | "km" | "%") && number(word).is_none() {
            break;
        }
        keys.push(word);
    }
    keys.reverse();
    let mut sum = BigRational::zero();
    for product in keys.split(|key| *key == "+") {
        let mut total: Option<BigRational> = None;
        let mut divide = false;
        for key in product {
            match *key {
                "×" => divide = false,
                "/" => divide = true,
                "km" => {}
                "%" => total = total.map(|total| total / whole(100)),
                digits => {
                    let operand = number(digits)?;
                    total = Some(match total {
                        None => operand,
                        Some(total) if divide => total / operand,
                        Some(total) => total * operand,
                    });
                }
            }
        }
        sum += total?;
    }
    Some(sum)
}

fn number(text: &str) -> Option<BigRational> {
    let (whole_part, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole_part}{decimals}");
    if whole_part.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let scale = u32::try_from(decimals.len()).ok()?;
    Some(BigRational::new(digits.parse().ok()?, BigInt::from(10).pow(scale)))
}

/// To øre, half away from zero.
fn round(amount: &BigRational) -> BigRational {
    let oere = amount.abs() * whole(100) + BigRational::new(BigInt::from(1), BigInt::from(2));
    BigRational::from_integer(oere.floor().to_integer()) / whole(100)
}

fn whole(number: i32) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

#[test]
fn the_calculator_can_tell_right_from_wrong() {
    let line = |how: &str, amount: &str| {
        let pairs = [("how", how), ("amount", amount), ("kind", "fixed_fee")];
        check_sentence(&pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    };
    assert_eq!(line("member: 10304.00 / 2 × 132 / 181 = 3757.26", "3757.26"), Ok(()));
    assert_eq!(line("missed: 10304.00 × 15 % = 1545.60", "-1545.60"), Ok(()));
    assert_eq!(line("9 km × 4.05 + 2 km above 10000 km in the year × 3.45 = 43.35", "43.35"), Ok(()));
    assert!(line("member: 10304.00 / 2 × 132 / 181 = 3757.27", "3757.27").is_err());
    assert!(line("member: 10304.00 / 2 = 5152.00", "5152.01").is_err());
}

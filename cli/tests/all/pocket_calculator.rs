//! Every explanation can be checked with a pocket calculator: a calculator that knows nothing of
//! the program reads the sentence and presses the keys.

use honorar_rates::Language;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;

/// Every `a × b / c = d` in a line's sentence is right, and the sentence ends with the amount.
pub(crate) fn check_sentence(how: &str, amount: &str) -> Result<(), String> {
    check_sentence_in(Language::English, how, amount)
}

/// The same of a sentence in a language. The amount is as in the files.
pub(crate) fn check_sentence_in(language: Language, how: &str, amount: &str) -> Result<(), String> {
    let how = &*plain(language, how)?;
    let (is_negative, amount) = (amount.starts_with('-'), amount.trim_start_matches('-'));
    let wrong = |what: &str| format!("{what}: {amount} `{how}`");
    for (at, _) in how.match_indices(" = ") {
        let (before, after) = (&how[..at], &how[at + 3..]);
        let result = after.split([' ', ';', ',']).next().unwrap_or_default();
        let found = evaluate(before).ok_or_else(|| wrong("not a sum"))?;
        let expected = number(result).ok_or_else(|| wrong("not a result"))?;
        if rounded_as_said(&found, &after[result.len()..]) != expected {
            return Err(wrong("the sum is not right"));
        }
    }
    let last = without_citation(how).rsplit([' ']).next().unwrap_or_default();
    // What is taken back is said with its sign, a reduction as what it takes away.
    let is_said_with_sign = is_negative && last.strip_prefix(['-', '−']) == Some(amount);
    if last != amount && !is_said_with_sign {
        return Err(wrong("the sentence does not end with the amount"));
    }
    Ok(())
}

/// A sentence with its numbers as a calculator shows them: `1 234,50` is `1234.50`. A number that is not as
/// its language has it is wrong.
pub(crate) fn plain(language: Language, how: &str) -> Result<String, String> {
    if language == Language::English {
        return if how.contains('\u{a0}') { Err(format!("no English: `{how}`")) } else { Ok(how.to_owned()) };
    }
    let letters: Vec<char> = how.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| letters.get(place)).copied().unwrap_or(' ');
    let is_digit = |place: Option<usize>| at(place).is_ascii_digit();
    let mut text = String::new();
    for (place, letter) in letters.iter().enumerate() {
        let between_digits = is_digit(place.checked_sub(1)) && is_digit(Some(place + 1));
        match letter {
            '\u{a0}' if between_digits => {}
            '\u{a0}' => text.push(' '),
            ',' if between_digits => text.push('.'),
            _ => text.push(*letter),
        }
    }
    let sums = without_citation(how).split(' ');
    let is_strange = |word: &str| {
        let word = word.trim_matches(['(', ')', ',', ';', ':']);
        let is_whole = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        let has_point = word.split_once('.').is_some_and(|(kroner, oere)| is_whole(kroner) && is_whole(oere));
        let has_long_part = word
            .split_once(',')
            .is_some_and(|(kroner, oere)| kroner.len() > 3 && is_whole(kroner) && is_whole(oere));
        has_point || has_long_part
    };
    match sums.into_iter().find(|word| is_strange(word)) {
        Some(word) => Err(format!("`{word}` is no number in {language}: `{how}`")),
        None => Ok(text),
    }
}

/// The sentence without the citation that it ends with.
fn without_citation(how: &str) -> &str {
    how.strip_suffix(')').and_then(|how| how.rsplit_once(" (")).map_or(how, |(how, _)| how)
}

/// Rounded to what the words behind a result say, else to øre.
fn rounded_as_said(amount: &BigRational, words: &str) -> BigRational {
    // `krone`, or `5 kroner`
    let unit = |words: &str| whole(words.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(1));
    let nearest = [" to the nearest ", " avrundet til nærmeste ", " avrunda til næraste "];
    let next = [" up to the next ", " avrundet opp til neste ", " avrunda opp til neste "];
    let behind = |said: [&str; 3]| said.into_iter().find_map(|said| words.strip_prefix(said));
    if let Some(words) = behind(nearest) {
        let unit = unit(words);
        round(&(amount / &unit / whole(100))) * whole(100) * unit
    } else if let Some(words) = behind(next) {
        let unit = unit(words);
        (amount / &unit).ceil() * unit
    } else {
        round(amount)
    }
}

/// The sum at the end of a text: numbers, per cents, units and brackets, with `×`, `/`, `+` and `−` between
/// them.
pub(crate) fn evaluate(text: &str) -> Option<BigRational> {
    let above = [
        "above 10000 km in the year",
        "above 9000 km in the year",
        "over 10000 km i året",
        "over 9000 km i året",
    ];
    let plain = above.iter().fold(text.to_owned(), |text, above| text.replace(&format!(" km {above}"), ""));
    let plain = plain.replace('(', "( ").replace(')', " )");
    let is_unit = |word: &str| {
        matches!(word, "km" | "council" | "member" | "members") || word.starts_with("kommunestyremedlem")
    };
    let is_key = |word: &&str| {
        matches!(*word, "×" | "/" | "+" | "−" | "%" | "‰" | "(" | ")")
            || number(word).is_some()
            || is_unit(word)
    };
    let mut keys: Vec<&str> =
        plain.split(' ').rev().take_while(is_key).filter(|word| !is_unit(word)).collect();
    let result = sum(&mut keys);
    result.filter(|_| keys.is_empty())
}

/// The keys stand in reverse, so that the next one is the last.
fn sum(keys: &mut Vec<&str>) -> Option<BigRational> {
    let mut total = product(keys)?;
    loop {
        match keys.last() {
            Some(&"+") => {
                keys.pop();
                total += product(keys)?;
            }
            Some(&"−") => {
                keys.pop();
                total -= product(keys)?;
            }
            _ => return Some(total),
        }
    }
}

fn product(keys: &mut Vec<&str>) -> Option<BigRational> {
    let mut total = factor(keys)?;
    loop {
        match keys.last() {
            Some(&"×") => {
                keys.pop();
                total *= factor(keys)?;
            }
            Some(&"/") => {
                keys.pop();
                total /= factor(keys)?;
            }
            _ => return Some(total),
        }
    }
}

fn factor(keys: &mut Vec<&str>) -> Option<BigRational> {
    let value = match keys.pop()? {
        "(" => {
            let inside = sum(keys)?;
            keys.pop().filter(|key| *key == ")")?;
            inside
        }
        digits => number(digits)?,
    };
    let parts = match keys.last() {
        Some(&"%") => 100,
        Some(&"‰") => 1_000,
        _ => return Some(value),
    };
    keys.pop();
    Some(value / whole(parts))
}

pub(crate) fn number(text: &str) -> Option<BigRational> {
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
    round_to(amount, 2)
}

/// To so many decimals, half away from zero.
pub(crate) fn round_to(amount: &BigRational, decimals: u32) -> BigRational {
    let power = BigRational::from_integer(BigInt::from(10).pow(decimals));
    let units = amount.abs() * &power + BigRational::new(BigInt::from(1), BigInt::from(2));
    BigRational::from_integer(units.floor().to_integer()) / power
}

fn whole(number: i32) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

#[test]
fn the_calculator_can_tell_right_from_wrong() {
    let line = |how: &str, amount: &str| check_sentence(how, amount);
    assert_eq!(line("member: 10304.00 / 2 × 132 / 181 = 3757.26", "3757.26"), Ok(()));
    assert_eq!(line("missed: 10304.00 × 15 % = 1545.60", "-1545.60"), Ok(()));
    assert_eq!(line("9 km × 4.05 + 2 km above 10000 km in the year × 3.45 = 43.35", "43.35"), Ok(()));
    assert_eq!(
        line("1.3 % × 865100.00 = 11246.00 to the nearest krone; 11246.00 / 2 = 5623.00", "5623.00"),
        Ok(())
    );
    assert_eq!(
        line("1.3 % × 865100.00 = 11250.00 up to the next 10 kroner; 11250.00 / 2 = 5625.00", "5625.00"),
        Ok(())
    );
    assert!(
        line("1.3 % × 865100.00 = 11250.00 to the nearest 5 kroner; 11250.00 / 2 = 5625.00", "5625.00")
            .is_err()
    );
    let in_nynorsk =
        |how: &str, amount: &str| check_sentence_in(Language::Nynorsk, &how.replace('_', "\u{a0}"), amount);
    assert_eq!(in_nynorsk("medlem: 10_304,00 / 2 × 132 / 181 = 3_757,26", "3757.26"), Ok(()));
    assert_eq!(in_nynorsk("fråvær: 10_304,00 × 15_% = 1_545,60", "-1545.60"), Ok(()));
    assert_eq!(in_nynorsk("9 km × 4,05 + 2 km over 10_000 km i året × 3,45 = 43,35", "43.35"), Ok(()));
    assert_eq!(
        in_nynorsk(
            "1,3_% × 865_100,00 = 11_246,00 avrunda til næraste krone; 11_246,00 / 2 = 5_623,00",
            "5623.00"
        ),
        Ok(())
    );
    assert!(in_nynorsk("medlem: 10_304,00 / 2 × 132 / 181 = 3_757,27", "3757.27").is_err());
    assert!(in_nynorsk("medlem: 10304,00 / 2 = 5152,00", "5152.00").is_err(), "no thousands");
    assert!(in_nynorsk("medlem: 10_304,00 / 2 = 5152.00", "5152.00").is_err(), "a decimal point");
    assert!(line("member: 10304.00 / 2 × 132 / 181 = 3757.27", "3757.27").is_err());
    assert!(line("member: 10304.00 / 2 = 5152.00", "5152.01").is_err());
}

//! Numbers as digits.
//!
//! A pay line is shown with a dozen numbers and dates, and a country has a hundred thousand lines. The general
//! formatting takes several times as long, so the digits are laid out here; a test holds them to it.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::money::Money;

/// A number or a date as a text in ASCII: `1234.50`, `-0.5`, `2014-03-06`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    text: [u8; ROOM],
    start: usize,
}

/// The 29 digits of the largest decimal, as many decimals behind them as a decimal can have, a sign and a point.
const ROOM: usize = 29 + MOST_DECIMALS as usize + 2;
const MOST_DECIMALS: u32 = 28;

impl Digits {
    const NONE: Self = Self { text: [b'0'; ROOM], start: ROOM };

    /// A whole number.
    pub fn whole(number: u64) -> Self {
        let mut digits = Self::NONE;
        digits.put_whole(u128::from(number), 1);
        digits
    }

    /// A decimal with the decimals that it has, and at least so many, up to 28. Zero has no sign.
    pub fn decimal(number: Decimal, least_decimals: u32) -> Self {
        let mut digits = Self::NONE;
        let decimals = number.scale().max(least_decimals.min(MOST_DECIMALS));
        for _ in number.scale()..decimals {
            digits.put(b'0');
        }
        let mut left = number.mantissa().unsigned_abs();
        if decimals > 0 {
            for _ in 0..number.scale() {
                left = digits.put_last_of(left);
            }
            digits.put(b'.');
        }
        digits.put_whole(left, 1);
        if number.is_sign_negative() && !number.is_zero() {
            digits.put(b'-');
        }
        digits
    }

    /// A day as `2014-03-06`.
    pub fn date(day: NaiveDate) -> Self {
        let mut digits = Self::NONE;
        digits.put_whole(u128::from(day.day()), 2);
        digits.put(b'-');
        digits.put_whole(u128::from(day.month()), 2);
        digits.put(b'-');
        digits.put_whole(u128::from(day.year().unsigned_abs()), 4);
        if day.year() < 0 {
            digits.put(b'-');
        }
        digits
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    /// The text as bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// Puts a whole number before what is there, with at least so many digits.
    fn put_whole(&mut self, number: u128, least_digits: usize) {
        let (mut left, end) = (number, self.start);
        while left > 0 || end - self.start < least_digits {
            left = self.put_last_of(left);
        }
    }

    /// Puts the last digit of a number before what is there, and gives the others.
    fn put_last_of(&mut self, number: u128) -> u128 {
        // Nearly every number is a small one, and those are divided much faster.
        let (others, last) = match u64::try_from(number) {
            Ok(number) => (u128::from(number / 10), number % 10),
            Err(_) => (number / 10, u64::try_from(number % 10).unwrap_or_default()),
        };
        self.put(b'0' + u8::try_from(last).unwrap_or_default());
        others
    }

    fn put(&mut self, sign: u8) {
        if let Some(place) = self.start.checked_sub(1)
            && let Some(first) = self.text.get_mut(place)
        {
            (*first, self.start) = (sign, place);
        }
    }
}

impl From<u32> for Digits {
    fn from(number: u32) -> Self {
        Self::whole(u64::from(number))
    }
}

impl From<usize> for Digits {
    fn from(number: usize) -> Self {
        Self::whole(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl From<i32> for Digits {
    fn from(number: i32) -> Self {
        Self::decimal(Decimal::from(number), 0)
    }
}

impl From<Decimal> for Digits {
    fn from(number: Decimal) -> Self {
        Self::decimal(number, 0)
    }
}

impl From<Money> for Digits {
    fn from(amount: Money) -> Self {
        Self::decimal(amount.decimal(), 2)
    }
}

impl From<NaiveDate> for Digits {
    fn from(day: NaiveDate) -> Self {
        Self::date(day)
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_shown_as_ever() {
        for number in [0, 1, 9, 10, 99, 100, 65_536, 1_000_000_000, u64::MAX] {
            assert_eq!(Digits::whole(number).as_str(), number.to_string());
        }
    }

    #[test]
    fn decimals_are_shown_as_ever() {
        let mantissas = [0, 1, 9, 10, 99, 100, 12_345, 100_000_000_000_000, u64::MAX.into()];
        let beyond = [u128::from(u64::MAX) + 1, Decimal::MAX.mantissa().unsigned_abs()];
        for mantissa in mantissas.into_iter().chain(beyond) {
            let mantissa = i128::try_from(mantissa).unwrap_or_default();
            for scale in [0, 1, 2, 3, 20, 28] {
                for number in [mantissa, -mantissa] {
                    let number = Decimal::from_i128_with_scale(number, scale);
                    assert_eq!(Digits::decimal(number, 0).as_str(), number.to_string());
                    let two = usize::try_from(scale.max(2)).unwrap_or_default();
                    assert_eq!(Digits::decimal(number, 2).as_str(), format!("{number:.two$}"));
                }
            }
        }
        for number in [Decimal::MAX, Decimal::MIN] {
            assert_eq!(Digits::decimal(number, 28).as_str(), format!("{number}.{:0<28}", ""));
            assert_eq!(Digits::decimal(number, 99), Digits::decimal(number, 28), "a decimal has no more");
        }
        assert_eq!(Digits::decimal(-Decimal::ZERO, 2).as_str(), "0.00");
        assert_eq!(format!("{:>8}", Digits::decimal(Decimal::from(-7), 2)), "   -7.00");
    }

    #[test]
    fn days_are_shown_as_ever() {
        for day in ["2014-03-06", "0001-01-01", "9999-12-31", "-0044-03-15"] {
            let day: NaiveDate = day.parse().unwrap_or_default();
            assert_eq!(Digits::date(day).as_str(), day.to_string());
        }
    }
}

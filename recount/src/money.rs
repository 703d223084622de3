//! Exact fractions of a krone, and the one rounding there is.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Pow, ToPrimitive};

pub(crate) fn whole(number: i64) -> BigRational {
    BigRational::from_integer(BigInt::from(number))
}

pub(crate) fn fraction(numerator: usize, denominator: usize) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

/// Reads `1234` or `1234.56`.
pub(crate) fn decimal(text: &str) -> BigRational {
    let (integer, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{integer}{decimals}").parse().expect("a decimal number");
    BigRational::new(digits, BigInt::from(10).pow(decimals.len()))
}

/// Kroner to whole øre, half away from zero.
pub(crate) fn oere(kroner: &BigRational) -> i64 {
    // `Ratio::round` is documented to round halves away from zero.
    (kroner * whole(100)).round().to_integer().to_i64().expect("an amount that fits")
}

pub(crate) fn from_oere(oere: i64) -> BigRational {
    whole(oere) / whole(100)
}

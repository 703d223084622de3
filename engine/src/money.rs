//! Kroner and øre, and the one place where an amount is rounded.

use std::fmt;
use std::iter::Sum;
use std::num::NonZeroU32;
use std::ops::{Add, AddAssign, Neg, Sub};

use rust_decimal::Decimal;

use crate::digits::Digits;

/// An amount in NOK, in whole øre.
///
/// Never beyond [`Money::LIMIT`], so that no sum or product in this crate can overflow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(Decimal);

impl Money {
    /// 0.00.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The largest amount, in kroner, that can be stated: far above a municipality's budget.
    pub const LIMIT: i64 = 1_000_000_000_000;

    /// A decimal of kroner with at most two decimals, within the limit; otherwise nothing.
    pub fn new(kroner: Decimal) -> Option<Self> {
        let normalized = kroner.normalize();
        let fits = normalized.scale() <= 2 && normalized.abs() <= Decimal::from(Self::LIMIT);
        fits.then(|| Self::from_oere(oere_of(normalized)))
    }

    /// Whole kroner.
    pub fn kroner(kroner: i32) -> Self {
        Self::from_oere(i128::from(kroner) * 100)
    }

    fn from_oere(oere: i128) -> Self {
        let limit = i128::from(Self::LIMIT) * 100;
        Self(Decimal::from_i128_with_scale(oere.clamp(-limit, limit), 2))
    }

    /// The amount as a decimal of kroner.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// The part of this amount that another has not used up; never below zero.
    #[must_use]
    pub fn left_after(self, used: Self) -> Self {
        (self - used).max(Self::ZERO)
    }

    /// Whether it is 0.00.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below 0.00.
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }
}

/// The øre of a decimal with at most two decimals.
fn oere_of(kroner: Decimal) -> i128 {
    kroner.mantissa() * 10_i128.pow(2 - kroner.scale().min(2))
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Digits::from(*self).fmt(f)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::from_oere(oere_of(self.0) + oere_of(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self::from_oere(-oere_of(self.0))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// An amount on its way to a line: exact, multiplied, divided and added but not yet rounded.
///
/// A fraction of kroner in lowest terms, so that it does not matter where in a formula a division
/// stands. Only a [`Rounding`] turns it into [`Money`]. What has more digits than it can hold is known to
/// be [inexact](Self::is_exact), and stays so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unrounded {
    numerator: i128,
    /// Above zero; zero where the digits did not suffice.
    denominator: i128,
}

impl Unrounded {
    /// Nothing.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// A number of kroner, or a factor.
    pub fn of_decimal(number: Decimal) -> Self {
        Self::reduced(number.mantissa(), 10_i128.pow(number.scale()))
    }

    const INEXACT: Self = Self { numerator: 1, denominator: 0 };

    /// How large either part may be, so that there is room for what a line does with an amount.
    const ROOMY: i128 = 10_i128.pow(33);

    /// Whether all digits are there.
    pub fn is_exact(self) -> bool {
        self.denominator > 0
    }

    /// Whether it can still be multiplied and divided as a line does, and be exact.
    pub fn is_roomy(self) -> bool {
        self.is_exact() && self.numerator.abs() <= Self::ROOMY && self.denominator <= Self::ROOMY
    }

    /// What does not fit is inexact, and what is made of it.
    fn checked(numerator: Option<i128>, denominator: Option<i128>) -> Self {
        match (numerator, denominator) {
            (Some(numerator), Some(denominator)) if denominator > 0 => Self { numerator, denominator },
            _ => Self::INEXACT,
        }
    }

    fn reduced(numerator: i128, denominator: i128) -> Self {
        let divisor = greatest_common_divisor(numerator, denominator);
        Self { numerator: numerator / divisor, denominator: denominator / divisor }
    }

    /// Multiplied by a whole number.
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        self.times_fraction(i128::from(factor), 1)
    }

    /// Multiplied by a decimal, such as kilometres.
    #[must_use]
    pub fn times_decimal(self, factor: Decimal) -> Self {
        self.times_exact(Self::of_decimal(factor))
    }

    /// Multiplied by another exact number.
    #[must_use]
    pub fn times_exact(self, factor: Self) -> Self {
        self.times_fraction(factor.numerator, factor.denominator)
    }

    /// Divided by a whole number.
    #[must_use]
    pub fn over(self, divisor: NonZeroU32) -> Self {
        self.times_fraction(1, i128::from(divisor.get()))
    }

    /// Divided by a decimal above zero; by nothing else.
    #[must_use]
    pub fn over_decimal(self, divisor: Decimal) -> Self {
        let Self { numerator, denominator } = Self::of_decimal(divisor);
        if numerator > 0 { self.times_fraction(denominator, numerator) } else { self }
    }

    /// The sum with another part of the same line.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let shared = greatest_common_divisor(self.denominator, other.denominator);
        let (mine, theirs) = (other.denominator / shared, self.denominator / shared);
        let parts = self.numerator.checked_mul(mine).zip(other.numerator.checked_mul(theirs));
        let numerator = parts.and_then(|(mine, theirs)| mine.checked_add(theirs));
        let sum = Self::checked(numerator, self.denominator.checked_mul(mine));
        Self::reduced(sum.numerator, sum.denominator)
    }

    /// The difference from another part of the same line.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self { numerator: other.numerator.saturating_neg(), ..other })
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Whether it is more than another amount.
    pub fn is_more_than(self, other: Self) -> bool {
        self.minus(other).numerator > 0
    }

    /// The amount, where it is one of whole øre already: no rounding is needed then.
    pub fn in_whole_oere(self) -> Option<Money> {
        let limit = i128::from(Money::LIMIT) * 100;
        let oere = self.numerator.checked_mul(100).filter(|_| self.is_exact())?;
        (oere % self.denominator == 0 && oere.abs() / self.denominator <= limit)
            .then(|| Money::from_oere(oere / self.denominator))
    }

    fn times_fraction(self, numerator: i128, denominator: i128) -> Self {
        let across = greatest_common_divisor(self.numerator, denominator);
        let down = greatest_common_divisor(numerator, self.denominator);
        Self::checked(
            (self.numerator / across).checked_mul(numerator / down),
            (self.denominator / down).checked_mul(denominator / across),
        )
    }
}

/// At least 1, so that it can be divided by.
fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a).unwrap_or(1).max(1)
}

impl From<Money> for Unrounded {
    fn from(amount: Money) -> Self {
        Self::reduced(oere_of(amount.0), 100)
    }
}

/// What happens to the part that is smaller than the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundingMode {
    /// To the nearest unit, a half away from zero.
    HalfAwayFromZero,
    /// To the nearest unit, a half to the even one.
    HalfToEven,
    /// Up to the next unit, away from zero.
    Up,
}

/// A regulation's way of rounding a line: to which unit, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rounding {
    unit_oere: NonZeroU32,
    mode: RoundingMode,
}

impl Rounding {
    /// Rounding to a unit given in øre: 1 for whole øre, 100 for whole kroner.
    pub fn to_unit(unit_oere: NonZeroU32, mode: RoundingMode) -> Self {
        Self { unit_oere, mode }
    }

    /// The unit, in øre.
    pub fn unit_oere(self) -> u32 {
        self.unit_oere.get()
    }

    /// What happens to the part that is smaller than the unit.
    pub fn mode(self) -> RoundingMode {
        self.mode
    }

    /// The line's amount. The only place where money is rounded. Of what is inexact it is the greatest
    /// amount there is: whoever may have such a one asks before.
    pub fn round(self, amount: Unrounded) -> Money {
        let unit = i128::from(self.unit_oere.get());
        // Kroner to units: × 100 / unit, reduced first so that nothing real overflows.
        let units = amount.times_fraction(100, unit);
        if !units.is_exact() {
            return Money::from_oere(i128::MAX);
        }
        let (dividend, divisor) = (units.numerator, units.denominator);
        let (whole, rest) = (dividend / divisor, dividend % divisor);
        let away = match self.mode {
            RoundingMode::HalfAwayFromZero => rest.abs() >= divisor - rest.abs(),
            RoundingMode::HalfToEven => {
                let twice = rest.abs().saturating_mul(2);
                twice > divisor || (twice == divisor && whole % 2 != 0)
            }
            RoundingMode::Up => rest != 0,
        };
        let units = if away { whole + dividend.signum() } else { whole };
        Money::from_oere(units.saturating_mul(unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kroner(text: &str) -> Money {
        text.parse().ok().and_then(Money::new).unwrap_or_else(|| panic!("{text} is an amount"))
    }

    fn rounding(unit_oere: u32, mode: RoundingMode) -> Rounding {
        Rounding::to_unit(NonZeroU32::new(unit_oere).unwrap_or(NonZeroU32::MIN), mode)
    }

    #[test]
    fn rounds_once_on_both_sides_of_a_half() {
        use RoundingMode::{HalfAwayFromZero, HalfToEven, Up};
        // amount, divisor, unit in øre, mode, expected
        let cases = [
            ("0.01", 2, 1, HalfAwayFromZero, "0.01"),
            ("-0.01", 2, 1, HalfAwayFromZero, "-0.01"),
            ("0.01", 3, 1, HalfAwayFromZero, "0.00"),
            ("0.05", 10, 1, HalfToEven, "0.00"),
            ("0.15", 10, 1, HalfToEven, "0.02"),
            ("0.01", 3, 1, Up, "0.01"),
            ("1000000.00", 3, 1, HalfAwayFromZero, "333333.33"),
            ("2000000.00", 3, 1, HalfAwayFromZero, "666666.67"),
            ("149.00", 2, 100, HalfAwayFromZero, "75.00"),
            ("148.98", 2, 100, HalfAwayFromZero, "74.00"),
            ("101.00", 1, 1000, Up, "110.00"),
            ("110.00", 1, 1000, Up, "110.00"),
        ];
        for (amount, divisor, unit_oere, mode, expected) in cases {
            let divisor = NonZeroU32::new(divisor).unwrap_or(NonZeroU32::MIN);
            let rounded = rounding(unit_oere, mode).round(Unrounded::from(kroner(amount)).over(divisor));
            assert_eq!(rounded, kroner(expected), "{amount} / {divisor} to {unit_oere} øre, {mode:?}");
        }
    }

    #[test]
    fn parts_add_up_exactly_before_they_are_rounded() {
        let third = |amount: &str| {
            Unrounded::from(kroner(amount)).over(NonZeroU32::new(3).unwrap_or(NonZeroU32::MIN))
        };
        let rounding = rounding(1, RoundingMode::HalfAwayFromZero);
        // 0.01/3 + 0.01/3 + 0.01/3 is an øre, though each of the three rounds to nothing.
        assert_eq!(rounding.round(third("0.01").plus(third("0.01")).plus(third("0.01"))), kroner("0.01"));
        assert_eq!(third("10.00").plus(third("20.00")).in_whole_oere(), Some(kroner("10.00")));
        assert_eq!(third("10.00").in_whole_oere(), None);
    }

    #[test]
    fn the_largest_amounts_neither_overflow_nor_panic() {
        let largest = Unrounded::from(Money(Decimal::from(Money::LIMIT)));
        let rounding = rounding(1, RoundingMode::HalfAwayFromZero);
        let huge = largest.times(u32::MAX).times(u32::MAX).times_decimal(Decimal::MAX);
        assert_eq!(rounding.round(huge).decimal(), Decimal::from(Money::LIMIT));
        let tiny = largest.over(NonZeroU32::MAX).over(NonZeroU32::MAX).over(NonZeroU32::MAX);
        assert_eq!(rounding.round(tiny), Money::ZERO);
    }

    #[test]
    fn what_has_more_digits_than_there_is_room_for_stays_inexact() {
        let index: Decimal = "1.0213".parse().unwrap_or_default();
        let chain = |years: usize| {
            (0..years).fold(Unrounded::from(kroner("12000.00")), |amount, _| amount.times_decimal(index))
        };
        assert!(chain(8).is_roomy());
        assert!(!chain(9).is_roomy());
        for inexact in
            [chain(12), chain(12).times(0), chain(12).plus(Unrounded::ZERO), Unrounded::ZERO.minus(chain(12))]
        {
            assert!(!inexact.is_exact());
            assert_eq!(inexact.in_whole_oere(), None);
            assert!(!inexact.is_zero());
        }
    }

    #[test]
    fn an_amount_has_at_most_two_decimals() {
        assert_eq!(Money::new(Decimal::new(1_005, 3)), None);
        assert_eq!(Money::new(Decimal::new(1_500, 3)), Some(kroner("1.50")));
        assert_eq!(kroner("7").to_string(), "7.00");
        assert_eq!(format!("{:>8}", kroner("-7.5")), "   -7.50");
    }
}

//! Largest remainder: a sum in whole units, shared so that the parts sum to it.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use crate::money::Money;

/// Who takes part, with what decides a tie: votes, then the name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entitled<'n> {
    /// The exact part of the sum, over the common divisor.
    pub(super) numerator: u128,
    pub(super) votes: u32,
    pub(super) name: &'n str,
}

/// What one of those who take part gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Portion {
    /// Whole units, rounded down.
    pub(super) whole: u128,
    /// Whether one more unit is this part's.
    pub(super) has_one_more: bool,
    /// Whether only the order among equal remainders decided that.
    pub(super) by_order: bool,
}

/// Parts of `total` units that sum to it, and how many units were left over when all were rounded
/// down. The numerators sum to the divisor.
///
/// Nothing where a product is too large for any real pot.
pub(super) fn largest_remainder(
    total: u128,
    divisor: u128,
    entitled: &[Entitled<'_>],
) -> Option<(Vec<Portion>, u32)> {
    let exact: Option<Vec<u128>> = entitled.iter().map(|one| total.checked_mul(one.numerator)).collect();
    let parts: Option<Vec<(u128, u128)>> = exact?
        .into_iter()
        .map(|product| Some((product.checked_div(divisor)?, product.checked_rem(divisor)?)))
        .collect();
    let parts = parts?;
    let given: u128 = parts.iter().map(|(whole, _)| whole).sum();
    let left_over = usize::try_from(total.checked_sub(given)?).ok()?;
    let mut order: Vec<(usize, u128, &Entitled<'_>)> =
        parts.iter().zip(entitled).enumerate().map(|(at, ((_, rest), one))| (at, *rest, one)).collect();
    order.sort_by_key(|(_, rest, one)| (Reverse(*rest), Reverse(one.votes), one.name));
    let rest_at = |place: Option<usize>| place.and_then(|at| order.get(at)).map(|(_, rest, _)| *rest);
    let tied = rest_at(left_over.checked_sub(1)).filter(|rest| rest_at(Some(left_over)) == Some(*rest));
    let mut portions: Vec<Portion> = parts
        .iter()
        .map(|(whole, rest)| Portion { whole: *whole, has_one_more: false, by_order: tied == Some(*rest) })
        .collect();
    for (at, _, _) in order.iter().take(left_over) {
        if let Some(portion) = portions.get_mut(*at) {
            portion.has_one_more = true;
        }
    }
    Some((portions, u32::try_from(left_over).ok()?))
}

/// An amount in øre.
pub(super) fn oere(amount: Money) -> Option<u128> {
    let decimal = amount.decimal();
    let up = 10_i128.pow(2_u32.checked_sub(decimal.scale())?);
    u128::try_from(decimal.mantissa().checked_mul(up)?).ok()
}

/// So many øre as an amount.
pub(super) fn money(oere: u128) -> Option<Money> {
    Money::new(Decimal::try_from_i128_with_scale(i128::try_from(oere).ok()?, 2).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(total: u128, votes: &[(u32, &str)]) -> Vec<u128> {
        let divisor: u128 = votes.iter().map(|(votes, _)| u128::from(*votes)).sum();
        let entitled: Vec<Entitled<'_>> = votes
            .iter()
            .map(|(votes, name)| Entitled { numerator: u128::from(*votes), votes: *votes, name })
            .collect();
        let (portions, _) = largest_remainder(total, divisor, &entitled).unwrap();
        portions.iter().map(|portion| portion.whole + u128::from(portion.has_one_more)).collect()
    }

    #[test]
    fn a_tie_goes_to_the_most_votes_and_then_to_the_first_name() {
        // 100 / 3 each, and one left over.
        assert_eq!(shared(100, &[(7, "B"), (7, "C"), (7, "A")]), [33, 33, 34]);
        // 10 × 6 / 8 = 7.5 and 10 × 2 / 8 = 2.5.
        assert_eq!(shared(10, &[(2, "A"), (6, "B")]), [2, 8]);
        assert_eq!(shared(0, &[(2, "A"), (6, "B")]), [0, 0]);
        assert_eq!(shared(8, &[(2, "A"), (6, "B")]), [2, 6]);
    }

    #[test]
    fn what_is_beyond_any_pot_is_refused() {
        let one = Entitled { numerator: u128::MAX, votes: 1, name: "A" };
        assert_eq!(largest_remainder(2, u128::MAX, &[one]), None);
    }
}

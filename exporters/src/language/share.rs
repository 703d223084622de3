//! Shares: as per cents where that is exact, else as fractions.

use honorar_engine::regulation::Share;
use rust_decimal::Decimal;

use super::catalogue::Catalogue;
use super::format::Value;

/// A part as per cents with at most two decimals, where that is exact.
pub(super) fn per_cent(part: u32, whole: u32) -> Option<Decimal> {
    let hundredths = u64::from(part) * 10_000;
    let whole = u64::from(whole);
    if whole == 0 || hundredths % whole != 0 {
        return None;
    }
    Some(Decimal::from_i128_with_scale(i128::from(hundredths / whole), 2))
}

pub(super) fn per_cent_of(share: Share) -> Option<Decimal> {
    per_cent(share.numerator, share.denominator.get())
}

/// `15 %`, or what a fraction of it looks like with something between its parts.
pub(super) fn shown(say: &Catalogue, share: Share, between: &str) -> String {
    match per_cent_of(share) {
        Some(number) => say.marks.shown(Value::PerCent(number)),
        None => fraction(say, share, between),
    }
}

/// The parts of a fraction, with something between them.
pub(super) fn fraction(say: &Catalogue, share: Share, between: &str) -> String {
    format!("{}{between}{}", say.count(share.numerator), say.count(share.denominator.get()))
}

/// The rest of the whole.
pub(super) fn rest_of(share: Share) -> Share {
    Share { numerator: share.denominator.get().saturating_sub(share.numerator), ..share }
}

/// A fraction in lowest terms.
pub(super) fn reduced(part: u32, whole: u32) -> (u32, u32) {
    let (mut a, mut b) = (part, whole);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (part / a.max(1), whole / a.max(1))
}

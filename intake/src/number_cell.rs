//! The one place where a spreadsheet's floating-point cell becomes a decimal.

#![expect(clippy::disallowed_types, reason = "a spreadsheet's number cell is a floating-point number")]

use calamine::ExcelDateTime;
use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::table::Typed;

/// The decimal that a spreadsheet shows for a number cell: its 15 significant digits.
pub(crate) fn number(value: f64) -> Typed {
    if let Some(whole) = whole(value) {
        return Typed::Number(whole.into());
    }
    // Spreadsheets hold 0.1 + 0.2 as 0.30000000000000004 and show 0.3: so does this.
    let shown = format!("{value:.14e}");
    Decimal::from_scientific(&shown).map_or(Typed::Broken, |decimal| Typed::Number(decimal.normalize()))
}

/// A whole number of at most 15 digits that is not negative, as most number cells are: what stands in the bits, shifted
/// by the power of two that stands beside it.
fn whole(value: f64) -> Option<u64> {
    const FRACTION_BITS: u32 = 52;
    const BIAS: u64 = 1_023;
    const DIGITS_LIMIT: u64 = 1_000_000_000_000_000;
    let bits = value.to_bits();
    if bits == 0 {
        return Some(0);
    }
    // The sign stands above the power: below zero it is too large.
    let power = u32::try_from((bits >> FRACTION_BITS).checked_sub(BIAS)?).ok()?;
    let below_the_point = FRACTION_BITS.checked_sub(power)?;
    let ones = (1 << FRACTION_BITS) | (bits & ((1 << FRACTION_BITS) - 1));
    let whole = ones >> below_the_point;
    (whole << below_the_point == ones && whole < DIGITS_LIMIT).then_some(whole)
}

/// The date, time, or both of a cell formatted as such.
pub(crate) fn moment(value: &ExcelDateTime) -> Typed {
    let (year, month, day, hour, minute, second, milli) = value.to_ymd_hms_milli();
    let rounded_up = u32::from(milli >= 500);
    let seconds = u32::from(hour) * 3_600 + u32::from(minute) * 60 + u32::from(second) + rounded_up;
    let is_time_only = (0.0..1.0).contains(&value.as_f64());
    if value.as_f64() < 0.0 || (value.is_duration() && !is_time_only) {
        return Typed::Broken;
    }
    let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    match date {
        _ if is_time_only => Typed::Moment { date: None, seconds },
        Some(date) => Typed::Moment { date: Some(date), seconds },
        None => Typed::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_the_spreadsheet_shows() {
        let cases = [
            (0.1 + 0.2, "0.3"),
            (1_234.56, "1234.56"),
            (102.0, "102"),
            (0.0, "0"),
            (-0.5, "-0.5"),
            (-0.0, "0"),
            (1.0, "1"),
            (-2.0, "-2"),
            (2_017.0, "2017"),
            (999_999_999_999_999.0, "999999999999999"),
            (999_999_999_999_999.5, "1000000000000000"),
            (1e15, "1000000000000000"),
            (800.505, "800.505"),
        ];
        for (value, expected) in cases {
            let Typed::Number(decimal) = number(value) else { panic!("{expected} is a number") };
            assert_eq!(decimal.to_string(), expected);
        }
        for broken in [f64::NAN, f64::INFINITY, 1e300, 1e-300] {
            assert_eq!(number(broken), Typed::Broken);
        }
    }
}

//! Numbers, amounts and dates as a language writes them. No number is rounded here.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use honorar_engine::Money;
use rust_decimal::Decimal;

use super::catalogue::{Pattern, Reader};

/// What stands in a placeholder, before a language has given it its form.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'v> {
    /// Kroner, always with two decimals.
    Money(Money),
    /// A number with the decimals that it has.
    Number(Decimal),
    /// A number with so many decimals, whether it has them or not.
    WithDecimals(Decimal, u32),
    /// A number of hundredths.
    PerCent(Decimal),
    /// A number of thousandths.
    PerMille(Decimal),
    /// How many of something.
    Count(u64),
    /// A day.
    Date(NaiveDate),
    /// A text as it is: a code, an id, a year, or what was made of other phrases.
    Text(&'v str),
}

impl Value<'_> {
    /// Whether a noun behind it stands in the singular.
    pub(super) fn is_one(&self) -> bool {
        match self {
            Self::Count(count) => *count == 1,
            Self::Number(number) => *number == Decimal::ONE,
            _ => false,
        }
    }
}

/// The marks of a language's numbers, and the order of a date's parts.
#[derive(Debug)]
pub(super) struct Marks {
    decimal: String,
    thousands: String,
    minus: String,
    /// What stands between a number and `%` or `‰`.
    before_per_cent: String,
    date: Pattern,
}

impl Marks {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let mut mark = |name| reader.text("marks", name);
        Self {
            decimal: mark("decimal"),
            thousands: mark("thousands"),
            minus: mark("minus"),
            before_per_cent: mark("before_per_cent"),
            date: reader.pattern("marks", "date", &["year", "month", "day"]),
        }
    }

    /// A value as a text of its own.
    pub(super) fn shown(&self, value: Value<'_>) -> String {
        let mut text = String::with_capacity(16);
        self.put(&mut text, value);
        text
    }

    /// Puts a value behind a text.
    pub(super) fn put(&self, text: &mut String, value: Value<'_>) {
        match value {
            Value::Money(money) => self.put_decimal(text, money.decimal(), 2),
            Value::Number(number) => self.put_decimal(text, number.normalize(), 0),
            Value::WithDecimals(number, decimals) => self.put_decimal(text, number.normalize(), decimals),
            Value::PerCent(number) => self.put_share(text, number, '%'),
            Value::PerMille(number) => self.put_share(text, number, '‰'),
            Value::Count(count) => self.put_whole(text, u128::from(count)),
            Value::Date(date) => self.put_date(text, date),
            Value::Text(words) => text.push_str(words),
        }
    }

    fn put_share(&self, text: &mut String, number: Decimal, sign: char) {
        self.put_decimal(text, number.normalize(), 0);
        text.push_str(&self.before_per_cent);
        text.push(sign);
    }

    /// A number with its own decimals, and at least so many.
    fn put_decimal(&self, text: &mut String, number: Decimal, least_decimals: u32) {
        if number.is_sign_negative() && !number.is_zero() {
            text.push_str(&self.minus);
        }
        let more = least_decimals.saturating_sub(number.scale());
        let decimals = number.scale() + more;
        // A decimal has 28 decimals and 96 bits at most; few amounts are lengthened, and by two.
        let digits = number.mantissa().unsigned_abs().saturating_mul(10_u128.saturating_pow(more));
        let unit = 10_u128.saturating_pow(decimals);
        self.put_whole(text, digits / unit);
        if decimals > 0 {
            text.push_str(&self.decimal);
            let width = usize::try_from(decimals).unwrap_or_default();
            // Writing to a text never fails.
            let _ = write!(text, "{:0width$}", digits % unit);
        }
    }

    fn put_whole(&self, text: &mut String, whole: u128) {
        if whole < 1_000 || self.thousands.is_empty() {
            let _ = match u64::try_from(whole) {
                Ok(whole) => write!(text, "{whole}"),
                Err(_) => write!(text, "{whole}"),
            };
        } else {
            self.put_whole(text, whole / 1_000);
            text.push_str(&self.thousands);
            let _ = write!(text, "{:03}", whole % 1_000);
        }
    }

    fn put_date(&self, text: &mut String, date: NaiveDate) {
        let parts =
            [format!("{:04}", date.year()), format!("{:02}", date.month()), format!("{:02}", date.day())];
        let [year, month, day] = parts.each_ref().map(|part| Value::Text(part));
        self.date.fill(text, self, &[year, month, day]);
    }
}

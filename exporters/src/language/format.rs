//! Numbers, amounts and dates as a language writes them. No number is rounded here.

use chrono::NaiveDate;
use honorar_engine::Money;
use honorar_engine::digits::Digits;
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
            Value::Count(count) => self.put_whole(text, Digits::whole(count).as_str()),
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
        let digits = Digits::decimal(number, least_decimals);
        let unsigned = digits.as_str().trim_start_matches('-');
        if unsigned.len() < digits.as_str().len() {
            text.push_str(&self.minus);
        }
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        self.put_whole(text, whole);
        if !decimals.is_empty() {
            text.push_str(&self.decimal);
            text.push_str(decimals);
        }
    }

    fn put_whole(&self, text: &mut String, digits: &str) {
        if digits.len() <= 3 || self.thousands.is_empty() {
            text.push_str(digits);
            return;
        }
        for (place, digit) in digits.char_indices() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push_str(&self.thousands);
            }
            text.push(digit);
        }
    }

    fn put_date(&self, text: &mut String, date: NaiveDate) {
        let digits = Digits::date(date);
        let mut parts = digits.as_str().rsplitn(3, '-');
        let [day, month, year] = std::array::from_fn(|_| Value::Text(parts.next().unwrap_or_default()));
        self.date.fill(text, self, &[year, month, day]);
    }
}

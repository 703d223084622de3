//! `ITxxxxTRS.HLW`: Huldt & Lillevik's fixed-length records, as `huldt_lillevik.md` has them.

use honorar_engine::Money;
use honorar_problems::Problem;
use honorar_rates::{HuldtLillevikProfile, Negative};
use rust_decimal::Decimal;

use super::{Dimensions, Setup, Transaction, unless};

const EMPLOYEE_NUMBER: usize = 6;
const WAGE_TYPE: usize = 5;
const DIMENSION: usize = 12;
const QUANTITY: usize = 10;
const RATE: usize = 10;
const AMOUNT: usize = 13;
const FILLER: usize = 30;

/// The file's name: the client's number stands in it.
pub(super) fn file_name(setup: &Setup<'_>) -> String {
    let client = setup.receivers.huldt_lillevik.as_ref().map_or("0000", |profile| &profile.client);
    format!("IT{client}TRS.HLW")
}

/// The file: 164 bytes and CR LF for each transaction.
///
/// Errors: what does not fit into its field, a negative amount that the profile says nothing about, and
/// a dimension without a text for a line.
pub(super) fn write(transactions: &[Transaction<'_>], setup: &Setup<'_>) -> Result<Vec<u8>, Vec<Problem>> {
    let Some(profile) = &setup.receivers.huldt_lillevik else {
        return Err(vec![setup.not_set_up("huldt_lillevik")]);
    };
    let (mut file, mut dimensions, mut problems) = (String::new(), Dimensions::default(), Vec::new());
    for transaction in transactions {
        let mut record = Record { text: String::new(), problem: None };
        record.digits("the employee number", transaction.employee_number, EMPLOYEE_NUMBER);
        record.digits("the wage type", transaction.wage_type, WAGE_TYPE);
        for dimension in &profile.dimensions {
            record.dimension(dimensions.text(dimension, transaction));
        }
        record.text += &transaction.date.format("%d%m%y").to_string();
        record.number("the quantity", transaction.quantity().unwrap_or_default(), QUANTITY);
        record.number("the rate", transaction.rate().unwrap_or_default().decimal(), RATE);
        record.amount(amount(transaction), profile);
        record.text += &" ".repeat(FILLER);
        file += &record.text;
        file += "\r\n";
        if let Some((what, expected)) = record.problem {
            let number = transaction.employee_number;
            let kind = transaction.traits.kind.name();
            let message = format!("Huldt & Lillevik cannot take `{kind}` of employee `{number}`: {what}");
            problems.push(setup.refused(message).expected(expected));
        }
    }
    problems.extend(dimensions.problems(setup));
    unless(problems, file.into_bytes())
}

/// What is written as the amount: all but what payroll prices itself.
fn amount(transaction: &Transaction<'_>) -> Money {
    match transaction.rate().or(transaction.lump_sum()) {
        Some(_) => transaction.amount,
        None => Money::ZERO,
    }
}

/// A record on its way, and the first that is wrong with it: what, and what was expected.
struct Record {
    text: String,
    problem: Option<(String, String)>,
}

impl Record {
    fn refuse(&mut self, what: String, expected: impl Into<String>) {
        self.problem.get_or_insert((what, expected.into()));
    }

    /// Digits with zeros on the left.
    fn digits(&mut self, what: &str, digits: &str, length: usize) {
        if digits.len() > length {
            self.refuse(format!("{what} has more than {length} digits"), format!("at most {length} digits"));
        }
        self.text += &format!("{digits:0>length$}");
    }

    /// Zeros on the left of a number, blanks on the right of another text.
    fn dimension(&mut self, text: &str) {
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        self.text += &if is_number { format!("{text:0>DIMENSION$}") } else { format!("{text:<DIMENSION$}") };
    }

    /// A number of at most two decimals, which are implied.
    fn number(&mut self, what: &str, number: Decimal, length: usize) {
        let hundredths = (number * Decimal::ONE_HUNDRED).normalize().to_string();
        self.digits(what, &hundredths, length);
    }

    fn amount(&mut self, amount: Money, profile: &HuldtLillevikProfile) {
        if !amount.is_negative() {
            return self.number("the amount", amount.decimal(), AMOUNT);
        }
        let before = self.text.len();
        self.number("the amount", -amount.decimal(), AMOUNT - 1);
        match profile.negative {
            Some(Negative::LeadingMinus) => self.text.insert(before, '-'),
            Some(Negative::TrailingMinus) => self.text.push('-'),
            None => self.refuse(
                "the format's description knows no negative amounts, and this one is".to_owned(),
                "`negative = \"leading_minus\"` or `\"trailing_minus\"` under [huldt_lillevik], once the \
                 supplier has said which",
            ),
        }
    }
}

//! Amounts as a regulation writes them: `5152`, `85 % of storting_member`, `2 × executive_member`,
//! `2.5 % of storting_member / 12`, `5000 + 500 per council_member_of_group`.

use honorar_engine::regulation::{Formula, Heads, StateAmount};
use rust_decimal::Decimal;

/// What a name in a formula stands for, or why it stands for nothing.
pub(super) type Named<'n> = &'n dyn Fn(&str) -> Result<Formula, String>;

/// The words that stand for no amount of the regulation: what the state sets, a person's own day's wage,
/// and what is counted.
const RESERVED: [(&str, Formula); 4] = [
    ("storting_member", Formula::State(StateAmount::StortingMember)),
    ("cabinet_member", Formula::State(StateAmount::CabinetMember)),
    ("own_day_wage", Formula::OwnDayWage),
    ("council_member_of_group", Formula::Heads(Heads::CouncilMembersOfGroup)),
];

/// The longest amount that is read, in bytes: what a person can read at one look.
const LONGEST: usize = 400;

/// What a reserved word stands for.
pub(super) fn reserved(name: &str) -> Option<Formula> {
    RESERVED.into_iter().find(|(word, _)| *word == name).map(|(_, formula)| formula)
}

/// The reserved words.
pub(super) fn reserved_words<'w>() -> impl Iterator<Item = &'w str> {
    RESERVED.into_iter().map(|(word, _)| word)
}

/// The formula of a text; otherwise what is wrong with it.
pub(super) fn formula(text: &str, named: Named<'_>) -> Result<Formula, String> {
    if text.len() > LONGEST {
        return Err("it is too long".to_owned());
    }
    let mut words = words(text)?.into_iter().peekable();
    let mut parser = Parser { words: &mut words, named };
    let formula = parser.sum()?;
    match words.next() {
        None => Ok(formula),
        Some(word) => Err(format!("`{}` is not expected there", word.text())),
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Word {
    Number(Decimal),
    Name(String),
    Sign(char),
}

impl Word {
    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Name(name) => name.clone(),
            Self::Sign(sign) => sign.to_string(),
        }
    }
}

/// A text as numbers, names and signs; `×`, `*`, `of` and `per` all multiply.
fn words(text: &str) -> Result<Vec<Word>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_')).unwrap_or(rest.len())
        } else if first.is_alphabetic() {
            rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(length);
        rest = after.trim_start();
        words.push(match word {
            "×" | "*" | "of" | "per" => Word::Sign('×'),
            "%" | "‰" | "/" | "+" | "(" | ")" => Word::Sign(first),
            _ if first.is_ascii_digit() => {
                let number = word.replace('_', "").parse();
                Word::Number(number.map_err(|_| format!("`{word}` is no number"))?)
            }
            _ if first.is_alphabetic() => Word::Name(word.to_owned()),
            "-" | "−" => return Err("an amount is never below zero".to_owned()),
            _ => return Err(format!("`{word}` has no meaning in an amount")),
        });
    }
    if words.is_empty() { Err("there is nothing in it".to_owned()) } else { Ok(words) }
}

struct Parser<'p, 'n> {
    words: &'p mut std::iter::Peekable<std::vec::IntoIter<Word>>,
    named: Named<'n>,
}

impl Parser<'_, '_> {
    fn takes(&mut self, sign: char) -> bool {
        self.words.next_if_eq(&Word::Sign(sign)).is_some()
    }

    fn sum(&mut self) -> Result<Formula, String> {
        let mut terms = vec![self.product()?];
        while self.takes('+') {
            terms.push(self.product()?);
        }
        Ok(single(terms, Formula::Sum))
    }

    fn product(&mut self) -> Result<Formula, String> {
        let mut factors = vec![self.factor()?];
        loop {
            if self.takes('×') {
                factors.push(self.factor()?);
            } else if self.takes('/') {
                let divisor = match self.words.next() {
                    Some(Word::Number(number)) if !number.is_zero() => number,
                    Some(word) => {
                        return Err(format!("`{}` stands where a number to divide by should", word.text()));
                    }
                    None => return Err("a number to divide by is missing".to_owned()),
                };
                let dividend = single(std::mem::take(&mut factors), Formula::Product);
                factors.push(Formula::Quotient(Box::new(dividend), divisor));
            } else {
                return Ok(single(factors, Formula::Product));
            }
        }
    }

    fn factor(&mut self) -> Result<Formula, String> {
        match self.words.next() {
            Some(Word::Number(number)) if self.takes('%') => Ok(Formula::PerCent(number)),
            Some(Word::Number(number)) if self.takes('‰') => Ok(Formula::PerMille(number)),
            Some(Word::Number(number)) => Ok(Formula::Number(number)),
            Some(Word::Name(name)) => (self.named)(&name),
            Some(Word::Sign('(')) => {
                let inside = self.sum()?;
                if self.takes(')') { Ok(inside) } else { Err("a bracket is not closed".to_owned()) }
            }
            Some(word) => Err(format!("`{}` stands where a number or a name should", word.text())),
            None => Err("it ends where a number or a name should stand".to_owned()),
        }
    }
}

fn single(mut parts: Vec<Formula>, together: impl Fn(Vec<Formula>) -> Formula) -> Formula {
    match (parts.len(), parts.pop()) {
        (1, Some(part)) => part,
        (_, last) => together(parts.into_iter().chain(last).collect()),
    }
}

#[cfg(test)]
mod tests {
    use honorar_engine::regulation::AmountIx;

    use super::*;

    fn read(text: &str) -> Result<Formula, String> {
        let mayor = Formula::Amount(AmountIx::new(0));
        formula(text, &|name| match name {
            "mayor" => Ok(mayor.clone()),
            "storting_member" => Ok(Formula::State(StateAmount::StortingMember)),
            _ => Err(format!("`{name}` is no amount")),
        })
    }

    #[test]
    fn amounts_are_read_as_regulations_write_them() {
        let number = |text: &str| Formula::Number(text.parse().unwrap_or_default());
        let per_cent = |text: &str| Formula::PerCent(text.parse().unwrap_or_default());
        let mayor = || Formula::Amount(AmountIx::new(0));
        let storting = || Formula::State(StateAmount::StortingMember);
        assert_eq!(read("5152"), Ok(number("5152")));
        assert_eq!(read("987_997.50"), Ok(number("987997.50")));
        assert_eq!(read("85 % of storting_member"), Ok(Formula::Product(vec![per_cent("85"), storting()])));
        assert_eq!(read("85% × mayor"), Ok(Formula::Product(vec![per_cent("85"), mayor()])));
        let monthly = Formula::Quotient(
            Box::new(Formula::Product(vec![per_cent("2.5"), storting()])),
            Decimal::from(12),
        );
        assert_eq!(read("2.5 % of storting_member / 12"), Ok(monthly));
        let sum = Formula::Sum(vec![number("5000"), Formula::Product(vec![number("500"), mayor()])]);
        assert_eq!(read("5000 + 500 per mayor"), Ok(sum.clone()));
        assert_eq!(read("2 * (5000 + 500 per mayor)"), Ok(Formula::Product(vec![number("2"), sum])));
    }

    #[test]
    fn what_is_no_amount_says_why() {
        let cases = [
            ("", "there is nothing in it"),
            ("85 % of", "it ends where a number or a name should stand"),
            ("85 % of mayer", "`mayer` is no amount"),
            ("85 % mayor", "`mayor` is not expected there"),
            ("mayor / 0", "`0` stands where a number to divide by should"),
            ("(5 + 6", "a bracket is not closed"),
            ("-5", "an amount is never below zero"),
            ("5 & 6", "`&` has no meaning in an amount"),
            ("1.2.3", "`1.2.3` is no number"),
            (&"(".repeat(LONGEST), "it ends where a number or a name should stand"),
            (&"(".repeat(LONGEST + 1), "it is too long"),
        ];
        for (text, why) in cases {
            assert_eq!(read(text), Err(why.to_owned()), "{text}");
        }
    }
}

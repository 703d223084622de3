//! `[wage_types]`: the register of wage types (lønnsarter), by kind of pay line.
//!
//! It is checked before anything is written: what payroll, or the tax authorities behind it, would
//! refuse is refused here.

use std::collections::BTreeMap;

use honorar_engine::line::Kind;
use honorar_problems::{Place, Problem};

use crate::toml_reader::{Node, Section, TomlReader};
use crate::words::kinds;

/// How a line is handed to payroll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Send {
    /// Quantity and rate; payroll multiplies.
    QuantityRate,
    /// The amount.
    Amount,
    /// The quantity; payroll holds the rate.
    Quantity,
}

impl Send {
    /// Its word in the profile and in receipts.
    pub fn name(self) -> &'static str {
        match self {
            Self::QuantityRate => "quantity_rate",
            Self::Amount => "amount",
            Self::Quantity => "quantity",
        }
    }
}

const SENDS: [(&str, Send); 3] =
    [("quantity_rate", Send::QuantityRate), ("amount", Send::Amount), ("quantity", Send::Quantity)];

/// Whether what goes under a wage type is taxed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tax {
    /// All of it.
    Taxable,
    /// Nothing of it.
    TaxFree,
    /// What is over the tax-free rate: payroll parts it.
    OverTaxFreeRate,
}

const TAXES: [(&str, Tax); 3] =
    [("taxable", Tax::Taxable), ("tax_free", Tax::TaxFree), ("over_tax_free_rate", Tax::OverTaxFreeRate)];

/// A wage type of the municipality's payroll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WageType {
    /// Its number, digits only, as payroll has it.
    pub code: String,
    /// The number of the part that is taxed, where payroll wants it apart.
    pub taxable_code: Option<String>,
    /// How its lines are handed over.
    pub send: Send,
    /// Whether it is taxed, where the register says it.
    pub tax: Option<Tax>,
    /// What it is reported as to the tax authorities: the a-melding's type of income and description,
    /// `kontantytelse/styrehonorarOgGodtgjoerelseVerv`, where the register says it.
    pub a_melding: Option<String>,
}

/// The wage types by kind of pay line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WageTypes(BTreeMap<Kind, WageType>);

impl WageTypes {
    /// The wage type of a kind of line.
    pub fn of(&self, kind: Kind) -> Option<&WageType> {
        self.0.get(&kind)
    }
}

/// What fees of elected officials are reported as.
const FEE: &str = "kontantytelse/styrehonorarOgGodtgjoerelseVerv";

/// What a kilometre's allowance by car is reported as, with its kilometres.
const KILOMETRES: &str = "utgiftsgodtgjoerelse/kilometergodtgjoerelseBil";

pub(super) fn wage_types<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> Option<WageTypes> {
    let mut section = top.optional("wage_types").and_then(|node| reader.section(node))?;
    let mut types: Vec<(Kind, WageType, Place)> = Vec::new();
    for (name, kind) in kinds() {
        let Some(node) = section.optional(name) else { continue };
        let place = reader.place_of(&node);
        if let Some(wage_type) = wage_type(reader, node, kind) {
            types.push((kind, wage_type, place));
        }
    }
    reader.finish(&section);
    for problem in conflicts(&types) {
        reader.report(problem);
    }
    Some(WageTypes(types.into_iter().map(|(kind, wage_type, _)| (kind, wage_type)).collect()))
}

fn wage_type<'t>(reader: &mut TomlReader<'t>, node: Node<'t>, kind: Kind) -> Option<WageType> {
    let mut section = reader.section(node)?;
    let code_node = reader.required(&mut section, "code");
    let code = code_node.and_then(|node| payroll_code(reader, &node));
    let send = reader.required(&mut section, "send").and_then(|node| reader.word(&node, &SENDS));
    let taxable_node = section.optional("taxable_code");
    let taxable_code = taxable_node.as_ref().map(|node| payroll_code(reader, node));
    let tax = section.optional("tax").and_then(|node| tax(reader, &node, kind));
    let a_melding = section.optional("a_melding").and_then(|node| a_melding(reader, &node, kind, send));
    reader.finish(&section);
    if let (Some(node), Some(Send::Quantity)) = (&taxable_node, send) {
        let expected =
            "`send = \"amount\"` or `\"quantity_rate\"`: what payroll prices itself is not parted here";
        reader.wrong(node, "not_parted", "does not go with `send = \"quantity\"`", expected);
        return None;
    }
    Some(WageType {
        code: code?,
        taxable_code: match taxable_code {
            Some(code) => Some(code?),
            None => None,
        },
        send: send?,
        tax,
        a_melding,
    })
}

fn payroll_code<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<String> {
    let code = reader.text(node)?;
    if code.is_empty() || code.len() > 10 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        reader.wrong(node, "not_a_wage_type", "is no wage type", "1 to 10 digits, as payroll has them");
        return None;
    }
    Some(code)
}

/// Fees are always taxed, and lost income that is paid to the person is its income.
fn tax<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>, kind: Kind) -> Option<Tax> {
    let tax = reader.word(node, &TAXES)?;
    let is_income = is_fee(kind)
        || matches!(kind, Kind::LostIncomeUndocumented | Kind::LostIncomeDocumented | Kind::AfterPay);
    if is_income && tax != Tax::Taxable {
        let message = "is not how this is taxed: fees and lost income are income";
        reader.wrong(node, "always_taxable", message, "`taxable`");
        return None;
    }
    Some(tax)
}

/// The code that a wage type is reported under, which never is `stipend`.
fn a_melding<'t>(
    reader: &mut TomlReader<'t>,
    node: &Node<'t>,
    kind: Kind,
    send: Option<Send>,
) -> Option<String> {
    let code = reader.text(node)?;
    if code.to_lowercase().contains("stipend") {
        let message = "is the code of scholarships, and elected officials get none";
        let expected = if is_fee(kind) { FEE } else { "another code of the a-melding" };
        reader.wrong(node, "stipend", message, expected);
        return None;
    }
    let (income, description) = code.split_once('/').unwrap_or_default();
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_word(income) || !is_word(description) {
        let expected = "the type of income and its description, such as \"kontantytelse/styrehonorarOgGodtgjoerelseVerv\"";
        return reader.wrong(node, "not_an_a_melding_code", "is no code of the a-melding", expected);
    }
    if is_fee(kind) && code != FEE {
        return reader.wrong(node, "not_an_a_melding_code", "is not what fees are reported as", FEE);
    }
    if code == KILOMETRES && send == Some(Send::Amount) {
        let message = "is reported with kilometres, which `send = \"amount\"` does not hand over";
        reader.wrong(node, "no_kilometres", message, "`send = \"quantity_rate\"` or `\"quantity\"`");
        return None;
    }
    Some(code)
}

fn is_fee(kind: Kind) -> bool {
    matches!(kind, Kind::FixedFee | Kind::AbsenceReduction | Kind::MeetingFee)
}

/// One number for two kinds is one wage type: it is sent, taxed and reported in one way.
fn conflicts(types: &[(Kind, WageType, Place)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, (kind, wage_type, place)) in types.iter().enumerate() {
        let conflict = |message: String, expected: &str| {
            Problem::error("wage_type_conflict", place.clone(), message)
                .value(&*wage_type.code)
                .expected(expected)
        };
        let name = kind.name();
        if wage_type.taxable_code.as_ref() == Some(&wage_type.code) {
            let message = format!("`{name}` has one wage type for what is free of tax and what is taxed");
            problems.push(conflict(message, "two wage types"));
        }
        for (other_kind, other, _) in types.iter().take(at) {
            let other_name = other_kind.name();
            let differs = if wage_type.code == other.code {
                let differences = [
                    ("`send`", wage_type.send != other.send),
                    ("`tax`", differ(wage_type.tax, other.tax)),
                    ("`a_melding`", differ(wage_type.a_melding.as_ref(), other.a_melding.as_ref())),
                ];
                differences.into_iter().find(|(_, differs)| *differs).map(|(what, _)| what)
            } else {
                // What is taxed of one is free of tax in the other.
                let parts = [(wage_type, other), (other, wage_type)];
                let is_part =
                    |(one, two): &(&WageType, &WageType)| one.taxable_code.as_ref() == Some(&two.code);
                parts.iter().any(is_part).then_some("`taxable_code`")
            };
            if let Some(what) = differs {
                let message = format!("`{name}` and `{other_name}` use one wage type, and differ in {what}");
                problems.push(conflict(message, "the same for both, or another wage type"));
            }
        }
    }
    problems
}

/// Whether two statements contradict each other; what is not stated does not.
fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

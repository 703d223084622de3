//! `[visma_expense]`: what the pay codes of Visma Expense are claims of.

use honorar_engine::basis::ClaimKind;
use honorar_problems::Problem;

use crate::toml_reader::{Node, Section, TomlReader};

/// The kinds of claim that a person may have registered in Visma Expense.
const KINDS: [(&str, ClaimKind); 10] = [
    ("lost_income_undocumented", ClaimKind::LostIncomeUndocumented),
    ("lost_income_documented", ClaimKind::LostIncomeDocumented),
    ("stand_in", ClaimKind::StandIn),
    ("care", ClaimKind::Care),
    ("care_transport", ClaimKind::CareTransport),
    ("meeting_fee", ClaimKind::MeetingFee),
    ("companion", ClaimKind::Companion),
    ("travel_car", ClaimKind::TravelCar),
    ("travel_passenger", ClaimKind::TravelPassenger),
    ("travel_other", ClaimKind::TravelOther),
];

/// What the rows of a pay code are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayCodeUse {
    /// Claims of a kind.
    Claim(ClaimKind),
    /// Nothing that the regulation is asked about.
    Ignored,
    /// What the profile says of it is wrong, and has been said to be.
    Wrong,
}

/// What the pay codes of Visma Expense are at the municipality.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VismaExpenseProfile {
    pay_codes: Vec<(String, PayCodeUse)>,
}

impl VismaExpenseProfile {
    /// What a pay code is, and how the profile writes it. Codes of digits that are equal as numbers are one
    /// code: a spreadsheet loses leading zeros.
    pub fn find(&self, code: &str) -> Option<(&str, PayCodeUse)> {
        let known = self.pay_codes.iter().find(|(known, _)| number(known) == number(code))?;
        Some((&known.0, known.1))
    }
}

/// A code without the zeros that lead its digits.
fn number(code: &str) -> &str {
    let is_number = code.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { code.trim_start_matches('0') } else { code }
}

pub(super) fn visma_expense<'t>(
    reader: &mut TomlReader<'t>,
    top: &mut Section<'t>,
) -> Option<VismaExpenseProfile> {
    let mut section = top.optional("visma_expense").and_then(|node| reader.section(node))?;
    let mut profile = VismaExpenseProfile::default();
    if let Some(node) = reader.required(&mut section, "pay_codes")
        && let Some(mut codes) = reader.section(node)
    {
        for (code, node) in codes.take_all() {
            let kind = reader.word(&node, &KINDS);
            let is = kind.map_or(PayCodeUse::Wrong, PayCodeUse::Claim);
            add(reader, &mut profile, &node, &code, is);
        }
    }
    let ignored = section.optional("ignore").and_then(|node| reader.list(&node));
    for node in ignored.into_iter().flatten() {
        if let Some(code) = reader.text(&node) {
            add(reader, &mut profile, &node, &code, PayCodeUse::Ignored);
        }
    }
    reader.finish(&section);
    Some(profile)
}

/// Adds a pay code, which is there once.
fn add<'t>(
    reader: &mut TomlReader<'t>,
    profile: &mut VismaExpenseProfile,
    node: &Node<'t>,
    code: &str,
    is: PayCodeUse,
) {
    let code = code.trim();
    let problem = |code: &'static str, message: &str, expected: &str| {
        Problem::error(code, reader.place_of(node), message.to_owned()).expected(expected)
    };
    if code.is_empty() {
        reader.report(problem("no_pay_code", "a pay code is empty", "a pay code as Visma Expense has it"));
    } else if profile.find(code).is_some() {
        let message = format!("the pay code `{code}` is there twice under [visma_expense]");
        reader.report(problem("double_pay_code", &message, "each pay code once, in `pay_codes` or `ignore`"));
    } else {
        profile.pay_codes.push((code.to_owned(), is));
    }
}

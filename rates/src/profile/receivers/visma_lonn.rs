//! `[visma_lonn]`: how Visma's standard format is laid out at the customer.

use crate::profile::dimension::{Alphabet, Dimension, dimension};
use crate::toml_reader::{Section, TomlReader};

/// A field of Visma's standard format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VismaField {
    /// Wage year.
    WageYear,
    /// Wage run.
    WageRun,
    /// Employee number.
    EmployeeNumber,
    /// Wage type.
    WageType,
    /// Base.
    Base,
    /// Quantity.
    Quantity,
    /// Rate.
    Rate,
    /// Amount.
    Amount,
    /// Account.
    Account,
    /// Contra account.
    ContraAccount,
    /// Dimension R1 to R6, by its number.
    Dimension(usize),
    /// Tax deduction.
    TaxDeduction,
}

impl VismaField {
    /// The 17 fields in Visma's order.
    pub const STANDARD: [Self; 17] = [
        Self::WageYear,
        Self::WageRun,
        Self::EmployeeNumber,
        Self::WageType,
        Self::Base,
        Self::Quantity,
        Self::Rate,
        Self::Amount,
        Self::Account,
        Self::ContraAccount,
        Self::Dimension(1),
        Self::Dimension(2),
        Self::Dimension(3),
        Self::Dimension(4),
        Self::Dimension(5),
        Self::Dimension(6),
        Self::TaxDeduction,
    ];
}

const VISMA_FIELDS: [(&str, VismaField); 17] = [
    ("wage_year", VismaField::WageYear),
    ("wage_run", VismaField::WageRun),
    ("employee_number", VismaField::EmployeeNumber),
    ("wage_type", VismaField::WageType),
    ("base", VismaField::Base),
    ("quantity", VismaField::Quantity),
    ("rate", VismaField::Rate),
    ("amount", VismaField::Amount),
    ("account", VismaField::Account),
    ("contra_account", VismaField::ContraAccount),
    ("r1", VismaField::Dimension(1)),
    ("r2", VismaField::Dimension(2)),
    ("r3", VismaField::Dimension(3)),
    ("r4", VismaField::Dimension(4)),
    ("r5", VismaField::Dimension(5)),
    ("r6", VismaField::Dimension(6)),
    ("tax_deduction", VismaField::TaxDeduction),
];

/// How Visma's file is laid out at the municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VismaLonnProfile {
    /// The columns, in order.
    pub columns: Vec<VismaField>,
    /// The wage year: `0` for Visma.net Payroll.
    pub wage_year: String,
    /// The wage run: `0` for Visma.net Payroll.
    pub wage_run: String,
    /// The account; empty takes it from the wage type.
    pub account: Dimension,
    /// The contra account; empty takes it from the wage type.
    pub contra_account: Dimension,
    /// The dimensions R1 to R6.
    pub dimensions: [Dimension; 6],
    /// The tax deduction: empty, or 0 full, 1 half, 2 none.
    pub tax_deduction: String,
}

impl Default for VismaLonnProfile {
    fn default() -> Self {
        Self {
            columns: VismaField::STANDARD.to_vec(),
            wage_year: "0".to_owned(),
            wage_run: "0".to_owned(),
            account: Dimension::fixed(""),
            contra_account: Dimension::fixed(""),
            dimensions: std::array::from_fn(|_| Dimension::fixed("")),
            tax_deduction: String::new(),
        }
    }
}

pub(super) fn read<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> VismaLonnProfile {
    let mut profile = VismaLonnProfile::default();
    let Some(mut section) = top.optional("visma_lonn").and_then(|node| reader.section(node)) else {
        return profile;
    };
    if let Some(columns) = section.optional("columns").and_then(|node| reader.words(&node, &VISMA_FIELDS)) {
        profile.columns = columns;
    }
    let digits = [
        ("wage_year", &mut profile.wage_year),
        ("wage_run", &mut profile.wage_run),
        ("tax_deduction", &mut profile.tax_deduction),
    ];
    for (key, value) in digits {
        let Some(node) = section.optional(key) else { continue };
        match reader.text(&node) {
            Some(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => *value = text,
            Some(_) => {
                reader.wrong(&node, "not_digits", "is not only digits", "digits in quotes, or an empty text");
            }
            None => {}
        }
    }
    for (key, value) in [("account", &mut profile.account), ("contra_account", &mut profile.contra_account)] {
        let node = section.optional(key);
        if let Some(account) = node.and_then(|node| dimension(reader, node, Alphabet::Digits)) {
            *value = account;
        }
    }
    for (key, value) in ["r1", "r2", "r3", "r4", "r5", "r6"].into_iter().zip(&mut profile.dimensions) {
        let node = section.optional(key);
        if let Some(text) = node.and_then(|node| dimension(reader, node, Alphabet::Quotable)) {
            *value = text;
        }
    }
    reader.finish(&section);
    profile
}

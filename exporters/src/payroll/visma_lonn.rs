//! `visma-lonn.csv`: Visma Lønn and Visma.net Payroll, "Lønnsregistrering Standard format", as
//! `visma_lonn.md` has it.

use std::fmt::{self, Write};

use honorar_engine::Money;
use honorar_problems::Problem;
use honorar_rates::VismaField;
use rust_decimal::Decimal;

use super::{Dimensions, Setup, Transaction, unless};

/// The file: ASCII, CR LF after every line.
///
/// Errors: a dimension without a text for a line.
pub(super) fn write(transactions: &[Transaction<'_>], setup: &Setup<'_>) -> Result<Vec<u8>, Vec<Problem>> {
    let profile = &setup.receivers.visma_lonn;
    let (mut file, mut dimensions) = (String::new(), Dimensions::default());
    for transaction in transactions {
        let mut put = |text: &dyn fmt::Display| {
            // Writing to memory does not fail.
            let _ = write!(file, "{text}");
        };
        for (at, field) in profile.columns.iter().enumerate() {
            if at > 0 {
                put(&";");
            }
            match field {
                VismaField::WageYear => put(&profile.wage_year),
                VismaField::WageRun => put(&profile.wage_run),
                VismaField::EmployeeNumber => put(&transaction.employee_number),
                VismaField::WageType => put(&transaction.wage_type),
                VismaField::Base => put(&Money::ZERO),
                VismaField::Quantity => {
                    put(&format_args!("{:.2}", transaction.quantity().unwrap_or(Decimal::ZERO)));
                }
                VismaField::Rate => put(&transaction.rate().unwrap_or(Money::ZERO)),
                VismaField::Amount => put(&transaction.lump_sum().unwrap_or(Money::ZERO)),
                VismaField::Account => put(&dimensions.text(&profile.account, transaction)),
                VismaField::ContraAccount => put(&dimensions.text(&profile.contra_account, transaction)),
                VismaField::Dimension(number) => {
                    let stated = number.checked_sub(1).and_then(|at| profile.dimensions.get(at));
                    let text = stated.map(|stated| dimensions.text(stated, transaction));
                    put(&format_args!("\"{}\"", text.unwrap_or_default()));
                }
                VismaField::TaxDeduction => put(&profile.tax_deduction),
            }
        }
        put(&"\r\n");
    }
    unless(dimensions.problems(setup), file.into_bytes())
}

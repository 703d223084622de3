//! `visma-lonn.csv`: Visma Lønn and Visma.net Payroll, "Lønnsregistrering Standard format", as
//! `visma_lonn.md` has it.

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
        let fields = profile.columns.iter().map(|field| match field {
            VismaField::WageYear => profile.wage_year.clone(),
            VismaField::WageRun => profile.wage_run.clone(),
            VismaField::EmployeeNumber => transaction.employee_number.to_owned(),
            VismaField::WageType => transaction.wage_type.to_owned(),
            VismaField::Base => Money::ZERO.to_string(),
            VismaField::Quantity => {
                format!("{:.2}", transaction.quantity().unwrap_or(Decimal::ZERO))
            }
            VismaField::Rate => transaction.rate().unwrap_or(Money::ZERO).to_string(),
            VismaField::Amount => transaction.lump_sum().unwrap_or(Money::ZERO).to_string(),
            VismaField::Account => dimensions.text(&profile.account, transaction),
            VismaField::ContraAccount => dimensions.text(&profile.contra_account, transaction),
            VismaField::Dimension(number) => {
                let stated = number.checked_sub(1).and_then(|at| profile.dimensions.get(at));
                {
                    let text = stated.map(|stated| dimensions.text(stated, transaction));
                    format!("\"{}\"", text.unwrap_or_default())
                }
            }
            VismaField::TaxDeduction => profile.tax_deduction.clone(),
        });
        let fields: Vec<String> = fields.collect();
        file += &fields.join(";");
        file += "\r\n";
    }
    unless(dimensions.problems(setup), file.into_bytes())
}

//! `visma-lonn.csv`: Visma Lønn and Visma.net Payroll, "Lønnsregistrering Standard format", as
//! `visma_lonn.md` has it.

use honorar_engine::Money;
use honorar_engine::digits::Digits;
use honorar_problems::Problem;
use honorar_rates::VismaField;
use rust_decimal::Decimal;

use super::{Dimensions, Setup, Transaction, unless};

/// What a line takes, for the room of the file.
const BYTES_PER_LINE: usize = 64;

/// The file: ASCII, CR LF after every line.
///
/// Errors: a dimension without a text for a line.
pub(super) fn write(transactions: &[Transaction<'_>], setup: &Setup<'_>) -> Result<Vec<u8>, Vec<Problem>> {
    let profile = &setup.receivers.visma_lonn;
    let (mut file, mut dimensions) =
        (String::with_capacity(BYTES_PER_LINE * transactions.len()), Dimensions::default());
    for transaction in transactions {
        for (at, field) in profile.columns.iter().enumerate() {
            if at > 0 {
                file.push(';');
            }
            match field {
                VismaField::WageYear => file += &profile.wage_year,
                VismaField::WageRun => file += &profile.wage_run,
                VismaField::EmployeeNumber => file += transaction.employee_number,
                VismaField::WageType => file += transaction.wage_type,
                VismaField::Base => file += number(Decimal::ZERO).as_str(),
                VismaField::Quantity => file += number(transaction.quantity().unwrap_or_default()).as_str(),
                VismaField::Rate => file += kroner(transaction.rate()).as_str(),
                VismaField::Amount => file += kroner(transaction.lump_sum()).as_str(),
                VismaField::Account => file += dimensions.text(&profile.account, transaction),
                VismaField::ContraAccount => file += dimensions.text(&profile.contra_account, transaction),
                VismaField::Dimension(number) => {
                    let stated = number.checked_sub(1).and_then(|at| profile.dimensions.get(at));
                    let text = stated.map(|stated| dimensions.text(stated, transaction));
                    file.extend(["\"", text.unwrap_or_default(), "\""]);
                }
                VismaField::TaxDeduction => file += &profile.tax_deduction,
            }
        }
        file += "\r\n";
    }
    unless(dimensions.problems(setup), file.into_bytes())
}

fn kroner(amount: Option<Money>) -> Digits {
    number(amount.unwrap_or_default().decimal())
}

/// A number with two decimals; what is sent has no more.
fn number(number: Decimal) -> Digits {
    Digits::decimal(number, 2)
}

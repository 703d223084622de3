//! `visma-lonn.csv`: Visma Lønn and Visma.net Payroll, "Lønnsregistrering Standard format".
//!
//! Known from published sources: 17 fields joined by semicolons, no header; decimal points; `0.00`
//! in an unused number; R1 to R6 always in quotes; year and run `0` for Visma.net Payroll. Decided
//! by this project: ASCII, CR LF after every line, negative as `-2.00`, no thousands separator,
//! and how a wage type is sent.

use honorar_engine::PayLine;
use honorar_engine::line::Units;
use honorar_engine::money::Money;
use honorar_engine::wage_type::Send;
use honorar_problems::Problem;
use honorar_rates::{VismaField, VismaLonnProfile};
use rust_decimal::Decimal;

use crate::run::Run;

/// One line of Visma's file. Texts are ASCII without quotes or semicolons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VismaRecord {
    /// The employee number, as payroll has it.
    pub employee_number: String,
    /// The wage type, as payroll has it.
    pub wage_type: String,
    /// How many, with at most two decimals; 0 where unused.
    pub quantity: Decimal,
    /// Kroner for each; 0 takes it from payroll.
    pub rate: Money,
    /// Kroner; 0 lets payroll multiply.
    pub amount: Money,
}

/// A line of the file, and which pay line it sends.
pub(crate) struct SentLine<'r> {
    pub(crate) record: VismaRecord,
    pub(crate) send: Send,
    /// The number of the pay line.
    pub(crate) number: usize,
    pub(crate) line: &'r PayLine,
    /// What it carries of the pay line: all of it, or a part that payroll wants apart.
    pub(crate) amount: Money,
}

/// The lines to send: those of 0.00 stay out.
///
/// Errors: a kind of line without a wage type, or one sent by quantity that has none.
pub(crate) fn sent_lines<'r>(run: &Run<'r>) -> Result<Vec<SentLine<'r>>, Vec<Problem>> {
    let (mut sent, mut problems) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(&run.payout.lines).filter(|(_, line)| !line.amount.is_zero()) {
        match send(run, number, line) {
            Ok(lines) => sent.extend(lines),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(sent) } else { Err(honorar_problems::in_order(problems)) }
}

/// A pay line as payroll gets it: in one, or what is free of tax and what is taxed apart.
fn send<'r>(run: &Run<'r>, number: usize, line: &'r PayLine) -> Result<Vec<SentLine<'r>>, Problem> {
    let kind = line.kind.name();
    let place = run.content.profile.place().clone();
    let wage_type = run.content.profile.wage_type(line.kind).ok_or_else(|| {
        Problem::error(
            "no_wage_type",
            place.clone(),
            format!("`{kind}` has no wage type, and there are lines of it"),
        )
        .expected(format!("`{kind} = {{ code = \"…\", send = \"amount\" }}` under [wage_types]"))
    })?;
    let parts = match (&wage_type.taxable_code, line.tax) {
        (Some(taxable_code), Some(tax)) => {
            let parts = [(&wage_type.code, tax.tax_free), (taxable_code, tax.taxable)];
            parts.into_iter().filter(|(_, amount)| !amount.is_zero()).collect()
        }
        _ => vec![(&wage_type.code, line.amount)],
    };
    let send_part = |(code, amount): (&String, Money)| {
        let units = if amount == line.amount { line.units } else { units_of_part(line, amount) };
        send_as(run, number, line, wage_type.send, code, amount, units).ok_or_else(|| {
            let message = format!("`{kind}` is sent by quantity, and there are lines of it without one");
            Problem::error("no_quantity", place.clone(), message).expected("`send = \"amount\"`")
        })
    };
    parts.into_iter().map(send_part).collect()
}

/// As many of something at the rate of a part, where that gives the part exactly.
fn units_of_part(line: &PayLine, amount: Money) -> Option<Units> {
    let quantity = line.units?.quantity;
    let rate = Money::new(amount.decimal().checked_div(quantity)?)?;
    Units::exactly(quantity, rate, amount)
}

/// A line of the file; nothing where it is to be sent by a quantity that it does not have.
fn send_as<'r>(
    run: &Run<'r>,
    number: usize,
    line: &'r PayLine,
    send: Send,
    code: &str,
    amount: Money,
    units: Option<Units>,
) -> Option<SentLine<'r>> {
    let empty = VismaRecord {
        employee_number: run.content.basis.register().person(line.person).id.to_string(),
        wage_type: code.to_owned(),
        quantity: Decimal::ZERO,
        rate: Money::ZERO,
        amount: Money::ZERO,
    };
    let units = units.filter(|units| units.quantity.scale() <= 2);
    let (record, send) = match (send, units) {
        (Send::QuantityRate, Some(units)) => {
            (VismaRecord { quantity: units.quantity, rate: units.rate, ..empty }, Send::QuantityRate)
        }
        (Send::Quantity, Some(units)) => (VismaRecord { quantity: units.quantity, ..empty }, Send::Quantity),
        (Send::Quantity, None) => return None,
        (Send::Amount | Send::QuantityRate, _) => (VismaRecord { amount, ..empty }, Send::Amount),
    };
    Some(SentLine { record, send, number, line, amount })
}

/// The file.
pub(crate) fn file(sent: &[SentLine<'_>], profile: &VismaLonnProfile) -> Vec<u8> {
    let lines = sent.iter().map(|sent| write_record(&sent.record, profile));
    lines.collect::<String>().into_bytes()
}

/// A line of the file with its CR LF, laid out as a profile says.
pub fn write_record(record: &VismaRecord, profile: &VismaLonnProfile) -> String {
    let field = |field: &VismaField| match field {
        VismaField::WageYear => profile.wage_year.clone(),
        VismaField::WageRun => profile.wage_run.clone(),
        VismaField::EmployeeNumber => record.employee_number.clone(),
        VismaField::WageType => record.wage_type.clone(),
        VismaField::Base => Money::ZERO.to_string(),
        VismaField::Quantity => format!("{:.2}", record.quantity),
        VismaField::Rate => record.rate.to_string(),
        VismaField::Amount => record.amount.to_string(),
        VismaField::Account => profile.account.clone(),
        VismaField::ContraAccount => profile.contra_account.clone(),
        VismaField::Dimension(number) => {
            let dimension = number.checked_sub(1).and_then(|at| profile.dimensions.get(at));
            format!("\"{}\"", dimension.map_or("", String::as_str))
        }
        VismaField::TaxDeduction => profile.tax_deduction.clone(),
    };
    let fields: Vec<String> = profile.columns.iter().map(field).collect();
    format!("{}\r\n", fields.join(";"))
}

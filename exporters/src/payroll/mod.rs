//! Payroll files: a table of receivers, each with its writer, its format document beside it, and one
//! batch receipt for all.

mod batch;
mod delimited;
mod fint;
mod huldt_lillevik;
mod receipt;
mod transaction;
mod tripletex;
mod unimicro;
mod visma_hrm;
mod visma_lonn;

use std::collections::BTreeSet;

use honorar_engine::Period;
use honorar_problems::{Place, Problem};
use honorar_rates::{Dimension, HrmFiles, NoText, Receiver, Receivers};

use self::batch::Batch;
pub(crate) use self::batch::{batch, row_key, traits};
pub use self::transaction::{HandedOver, Transaction};
use crate::run::{OutputFile, Run};

/// How the receivers are set up, and for what period the file is.
#[derive(Clone, Copy)]
pub struct Setup<'r> {
    /// The receivers' settings.
    pub receivers: &'r Receivers,
    /// The mapping and schema of Visma Enterprise HRM, where the profile names them.
    pub hrm: Option<&'r HrmFiles>,
    /// The municipality.
    pub municipality: &'r str,
    /// The period.
    pub period: Period,
    /// The profile, for problems.
    pub place: &'r Place,
}

/// A receiver of payroll files.
struct Format {
    receiver: Receiver,
    file_name: fn(&Setup<'_>) -> String,
    write: Write,
    /// Whether the file has a text and a key for each transaction.
    has_texts: bool,
}

/// Transactions as a file's bytes, or what the receiver would refuse of them.
type Write = fn(&[Transaction<'_>], &Setup<'_>) -> Result<Vec<u8>, Vec<Problem>>;

/// The receivers, in the order of [`Receiver::ALL`].
const FORMATS: [Format; 6] = [
    Format {
        receiver: Receiver::VismaLonn,
        file_name: |_| "visma-lonn.csv".to_owned(),
        write: visma_lonn::write,
        has_texts: false,
    },
    Format {
        receiver: Receiver::HuldtLillevik,
        file_name: huldt_lillevik::file_name,
        write: huldt_lillevik::write,
        has_texts: false,
    },
    Format {
        receiver: Receiver::VismaHrm,
        file_name: visma_hrm::file_name,
        write: visma_hrm::write,
        has_texts: true,
    },
    Format {
        receiver: Receiver::Fint,
        file_name: |_| "fint.json".to_owned(),
        write: fint::write,
        has_texts: true,
    },
    Format {
        receiver: Receiver::Tripletex,
        file_name: |_| "tripletex.csv".to_owned(),
        write: tripletex::write,
        has_texts: true,
    },
    Format {
        receiver: Receiver::Unimicro,
        file_name: |_| "unimicro.csv".to_owned(),
        write: unimicro::write,
        has_texts: true,
    },
];

/// A receiver's file of some transactions.
///
/// Errors: what the receiver would refuse.
pub fn write(
    receiver: Receiver,
    transactions: &[Transaction<'_>],
    setup: &Setup<'_>,
) -> Result<OutputFile, Vec<Problem>> {
    let Some(format) = format_of(receiver) else { return Err(vec![setup.not_set_up(receiver.name())]) };
    Ok(OutputFile { name: (format.file_name)(setup), bytes: (format.write)(transactions, setup)? })
}

/// The format of a receiver; the table has every one, which a test holds it to.
fn format_of(receiver: Receiver) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.receiver == receiver)
}

/// A receiver's file of a run, and its batch receipt.
pub(crate) fn file_and_receipt(
    run: &Run<'_>,
    receiver: Receiver,
    batch: &Batch<'_>,
) -> Result<[OutputFile; 2], Vec<Problem>> {
    let file = write(receiver, &batch.transactions, &run.payroll_setup())?;
    let receipt =
        OutputFile { name: receipt_name(receiver), bytes: receipt::receipt(run, batch, &file.bytes) };
    Ok([file, receipt])
}

/// The name of a receiver's batch receipt.
pub(crate) fn receipt_name(receiver: Receiver) -> String {
    format!("{}.receipt.csv", receiver.name().replace('_', "-"))
}

impl Setup<'_> {
    /// What a receiver would refuse.
    fn refused(&self, message: String) -> Problem {
        Problem::error("refused_by_payroll", self.place.clone(), message)
    }

    fn not_set_up(&self, section: &str) -> Problem {
        self.refused(format!("`{section}` is not set up")).expected(format!("a section `[{section}]`"))
    }
}

/// The dimensions of a file's lines, and the values that have no text.
#[derive(Default)]
struct Dimensions {
    missing: BTreeSet<NoText>,
}

impl Dimensions {
    /// A line's text; empty where there is none, which is an error in the end.
    fn text<'t>(&mut self, dimension: &'t Dimension, transaction: &'t Transaction<'_>) -> &'t str {
        dimension.of(transaction.traits, &transaction.accounting).unwrap_or_else(|none| {
            self.missing.insert(none);
            ""
        })
    }

    /// An error for each value that a dimension has no text for.
    fn problems(self, setup: &Setup<'_>) -> Vec<Problem> {
        let problem = |NoText { dimension, value }: NoText| {
            let message = format!("`{dimension}` has no text for a line");
            Problem::error("no_dimension", setup.place.clone(), message)
                .value(value)
                .expected("a text for it under `values`, or `otherwise`")
        };
        self.missing.into_iter().map(problem).collect()
    }
}

/// A file's bytes, unless something is wrong.
fn unless(problems: Vec<Problem>, bytes: Vec<u8>) -> Result<Vec<u8>, Vec<Problem>> {
    if problems.is_empty() { Ok(bytes) } else { Err(problems) }
}

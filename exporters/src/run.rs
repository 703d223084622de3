//! A run, and a file of its folder.

use honorar_engine::comparison::Paid;
use honorar_engine::regulation::PaymentDate;
use honorar_engine::{PayLine, Payout, Period};
use honorar_intake::{Content, InputFile, LedgerTexts, Reading};
use honorar_problems::Problem;
use honorar_rates::{Language, RegulationText, WageType};

use crate::language::Words;

use crate::payroll::Setup;

/// A basis, paid for a period.
#[derive(Clone, Copy)]
pub struct Run<'r> {
    /// The basis's name.
    pub name: &'r str,
    /// The files as they were handed in.
    pub inputs: &'r [InputFile],
    /// The regulation's file.
    pub regulation_text: &'r RegulationText,
    /// What closed runs have paid, where the run is held against an archive.
    pub ledger: Option<&'r LedgerTexts>,
    /// The names of what lies beside the tables and was left alone.
    pub left_alone: &'r [String],
    /// The basis, its regulation and the municipality's profile.
    pub content: &'r Content,
    /// The period.
    pub period: Period,
    /// The result.
    pub payout: &'r Payout,
    /// The warnings and notes.
    pub problems: &'r [Problem],
    /// The language of its explanations.
    pub language: Language,
}

impl<'r> Run<'r> {
    /// The run of what was read, with its payout, in the municipality's language; nothing where the basis
    /// had errors.
    pub fn of(reading: &'r Reading, period: Period, payout: &'r Payout) -> Option<Self> {
        let content = reading.content.as_ref()?;
        Some(Self {
            name: &reading.name,
            inputs: &reading.inputs,
            regulation_text: reading.regulation_text.as_ref()?,
            ledger: reading.ledger.as_ref(),
            left_alone: &reading.left_alone,
            content,
            period,
            payout,
            problems: &reading.problems,
            language: content.profile.language,
        })
    }

    /// The same run in a language, where one is wished for.
    #[must_use]
    pub fn in_language(self, wished: Option<Language>) -> Self {
        Self { language: wished.unwrap_or(self.language), ..self }
    }

    /// The run as it is held against others.
    pub fn paid(&self) -> Paid<'r> {
        let Content { basis, regulation, .. } = self.content;
        Paid { basis, regulation, period: self.period, payout: self.payout }
    }

    /// The words of its language.
    pub fn words(&self) -> Words {
        Words::of(self.language)
    }

    /// When it is paid, as far as the regulation says so.
    pub fn payments(&self) -> Vec<PaymentDate> {
        self.content.regulation.payments_of(self.period)
    }

    /// The wage type of a line. A correction has that of what it corrects, unless the profile has one of its own
    /// for corrections.
    pub(crate) fn wage_type(&self, line: &PayLine) -> Option<&'r WageType> {
        let profile = &self.content.profile;
        profile.wage_type(line.listed_as()).or_else(|| profile.wage_type(line.kind))
    }

    /// How its payroll files are set up.
    pub fn payroll_setup(&self) -> Setup<'r> {
        let Content { profile, hrm, .. } = self.content;
        Setup {
            receivers: &profile.receivers,
            hrm: hrm.as_ref(),
            municipality: &profile.municipality,
            period: self.period,
            place: profile.place(),
        }
    }
}

/// A file of a run's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl OutputFile {
    pub(crate) fn new(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), bytes }
    }
}

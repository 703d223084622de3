//! `honorar.toml`: the municipality's regulation, language, parameters, decisions and wage types.

mod accounting;
mod decisions;
mod dimension;
mod receivers;
mod second_payments;
mod statements;
mod visma_expense;
mod wage_types;

use std::collections::BTreeMap;

use honorar_engine::line::Kind;
use honorar_problems::{Place, Problem, did_you_mean};

pub use self::accounting::{Accounting, AccountingPart, AccountingString};
pub(crate) use self::decisions::Decision;
pub use self::dimension::{Dimension, NoText, Traits};
pub use self::receivers::{
    DecimalMark, FintProfile, HuldtLillevikProfile, Negative, Receiver, Receivers, TripletexProfile,
    UnimicroProfile, VismaField, VismaHrmProfile, VismaLonnProfile,
};
pub use self::second_payments::SecondPaymentDecision;
pub use self::statements::{StatementKind, StatementsProfile};
pub use self::visma_expense::{PayCodeUse, VismaExpenseProfile};
pub use self::wage_types::{Send, Tax, WageType, WageTypes};
use crate::language::Language;
use crate::toml_reader::{Node, Section, TomlReader};

/// What a municipality has decided for its runs.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The municipality's short name.
    pub municipality: String,
    /// The regulation: the name of one that ships with the program, or a path.
    pub regulation: String,
    /// Where the regulation is named.
    pub regulation_place: Place,
    /// The language of explanations and headings; English where none is named.
    pub language: Language,
    /// The decisions that set a parameter or setting.
    pub decisions: Vec<Decision>,
    /// The wage types; nothing where no payroll file is wanted.
    pub wage_types: Option<WageTypes>,
    /// The rules of the accounting string.
    pub accounting: Accounting,
    /// The payroll systems that get a file.
    pub receivers: Receivers,
    /// The statements.
    pub statements: StatementsProfile,
    /// What looks like a second payment and is none.
    pub second_payments: Vec<SecondPaymentDecision>,
    /// What Visma Expense's pay codes are; nothing where nobody says so.
    pub visma_expense: Option<VismaExpenseProfile>,
    parameter_places: BTreeMap<String, Place>,
    place: Place,
    file: String,
    text: String,
}

/// Reads a `honorar.toml`, and says everything that is wrong in it, unknown keys among it.
///
/// The profile is there whenever its municipality and regulation are, so that the rest of a basis
/// can be checked in the same go.
pub fn read_profile(file: &str, text: &str) -> (Option<Profile>, Vec<Problem>) {
    let (mut reader, mut top) = TomlReader::open(file, text);
    let profile = read(&mut reader, &mut top, file, text);
    reader.finish(&top);
    (profile, reader.into_problems())
}

fn read<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>, file: &str, text: &str) -> Option<Profile> {
    let municipality = reader.required(top, "municipality").and_then(|node| reader.text(&node));
    let regulation_node = reader.required(top, "regulation");
    let regulation = regulation_node.as_ref().and_then(|node| reader.text(node));
    let languages = Language::ALL.map(|language| (language.code(), language));
    let language = top.optional("language").and_then(|node| reader.word(&node, &languages));
    // What a parameter has to be is for the regulation to say: its values are read there.
    let parameter_places: BTreeMap<String, Place> = reader
        .entries(top, "parameters")
        .into_iter()
        .map(|(name, node)| (name, reader.place_of(&node)))
        .collect();
    let decisions = decisions::decisions(reader, top, &parameter_places);
    let wage_types = wage_types::wage_types(reader, top);
    let accounting = accounting::accounting(reader, top);
    let receivers = receivers::receivers(reader, top, wage_types.is_some());
    let statements = statements::statements(reader, top);
    let second_payments = second_payments::second_payments(reader, top);
    let visma_expense = visma_expense::visma_expense(reader, top);
    Some(Profile {
        municipality: municipality.unwrap_or_default(),
        regulation: regulation?,
        regulation_place: regulation_node.map(|node| reader.place_of(&node))?,
        language: language.unwrap_or_default(),
        decisions,
        wage_types,
        accounting,
        receivers,
        statements,
        second_payments,
        visma_expense,
        parameter_places,
        place: Place::file(file),
        file: file.to_owned(),
        text: text.to_owned(),
    })
}

impl Profile {
    /// The file's place, for problems about the profile as a whole.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The profile as a simulation reads a basis: what the tables need of the basis's own profile, and nothing of
    /// payroll and accounting, which are no part of a proposal.
    #[must_use]
    pub fn for_simulation(&self, of_basis: &Self) -> Self {
        Self {
            wage_types: None,
            accounting: Accounting::default(),
            receivers: Receivers::default(),
            visma_expense: of_basis.visma_expense.clone(),
            ..self.clone()
        }
    }

    /// The wage type of a kind of line.
    pub fn wage_type(&self, kind: Kind) -> Option<&WageType> {
        self.wage_types.as_ref().and_then(|types| types.of(kind))
    }

    /// The values of the parameters, and the reader that collects what is wrong with them.
    pub(crate) fn open_parameters(&self) -> (TomlReader<'_>, BTreeMap<String, Node<'_>>) {
        let (mut reader, mut top) = TomlReader::open_again(&self.file, &self.text);
        let parameters = reader.entries(&mut top, "parameters").into_iter().collect();
        (reader, parameters)
    }

    /// An error for each parameter that the regulation does not know.
    pub(crate) fn unknown_parameters(&self, known: &[String]) -> Vec<Problem> {
        let unknown = self.parameter_places.iter().filter(|(name, _)| !known.contains(name));
        unknown
            .map(|(name, place)| {
                Problem::error(
                    "unknown_key",
                    place.clone(),
                    format!("`parameters.{name}` is no parameter of the regulation"),
                )
                .expected(known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
                .maybe_hint(did_you_mean(name, known.iter().map(String::as_str)))
            })
            .collect()
    }
}

//! `honorar.toml`: the municipality's regulation, parameters, decisions and wage types.

use std::collections::BTreeMap;

use honorar_engine::line::Kind;
use honorar_engine::regulation::Provenance;
use honorar_engine::wage_type::{Send, WageType, WageTypes};
use honorar_problems::{Place, Problem, did_you_mean};

use crate::toml_reader::{Node, Section, TomlReader};
use crate::words::{SENDS, kinds};

/// What a municipality has decided for its runs.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The municipality's short name.
    pub municipality: String,
    /// The regulation: the name of one that ships with the program, or a path.
    pub regulation: String,
    /// Where the regulation is named.
    pub regulation_place: Place,
    /// The decisions that set a parameter or setting.
    pub decisions: Vec<Decision>,
    /// The wage types; nothing where no payroll file is wanted.
    pub wage_types: Option<WageTypes>,
    /// How Visma's file is laid out.
    pub visma_lonn: VismaLonnProfile,
    parameter_places: BTreeMap<String, Place>,
    place: Place,
    file: String,
    text: String,
}

/// What stands behind a parameter or a setting.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The parameter's or setting's name.
    pub name: String,
    /// Who says so.
    pub provenance: Provenance,
    /// Where it stands.
    pub place: Place,
}

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
    pub account: String,
    /// The contra account; empty takes it from the wage type.
    pub contra_account: String,
    /// The dimensions R1 to R6 of every line.
    pub dimensions: [String; 6],
    /// The tax deduction: empty, or 0 full, 1 half, 2 none.
    pub tax_deduction: String,
}

impl Default for VismaLonnProfile {
    fn default() -> Self {
        Self {
            columns: VismaField::STANDARD.to_vec(),
            wage_year: "0".to_owned(),
            wage_run: "0".to_owned(),
            account: String::new(),
            contra_account: String::new(),
            dimensions: Default::default(),
            tax_deduction: String::new(),
        }
    }
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
    // What a parameter has to be is for the regulation to say: its values are read there.
    let parameter_places: BTreeMap<String, Place> = reader
        .entries(top, "parameters")
        .into_iter()
        .map(|(name, node)| (name, reader.place_of(&node)))
        .collect();
    let decisions = decisions(reader, top, &parameter_places);
    let wage_types = wage_types(reader, top);
    let visma_lonn = visma_lonn(reader, top);
    Some(Profile {
        municipality: municipality.unwrap_or_default(),
        regulation: regulation?,
        regulation_place: regulation_node.map(|node| reader.place_of(&node))?,
        decisions,
        wage_types,
        visma_lonn,
        parameter_places,
        place: Place::file(file),
        file: file.to_owned(),
        text: text.to_owned(),
    })
}

/// The decisions: `parameters` for all of them first, then one by one.
fn decisions<'t>(
    reader: &mut TomlReader<'t>,
    top: &mut Section<'t>,
    parameters: &BTreeMap<String, Place>,
) -> Vec<Decision> {
    let mut decisions = Vec::new();
    let mut one_by_one = Vec::new();
    let mut nodes = reader.entries(top, "provenance");
    while let Some((name, node)) = nodes.pop() {
        if node.is_table() {
            let section = reader.section(node).map(|mut section| section.take_all()).unwrap_or_default();
            nodes.extend(section.into_iter().map(|(key, node)| (format!("{name}.{key}"), node)));
            continue;
        }
        let Some(provenance) = provenance(reader, &node) else { continue };
        let place = reader.place_of(&node);
        if name == "parameters" {
            let of = |name: &String| Decision {
                name: name.clone(),
                provenance: provenance.clone(),
                place: place.clone(),
            };
            decisions.extend(parameters.keys().map(of));
        } else {
            one_by_one.push(Decision { name, provenance, place });
        }
    }
    decisions.extend(one_by_one);
    decisions
}

fn provenance<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Provenance> {
    let text = reader.text(node)?;
    match text.trim() {
        "" => {
            reader.wrong(
                node,
                "no_decision",
                "names no decision",
                "`assumed`, or the decision, such as \"KST 104/13\"",
            );
            None
        }
        "assumed" => Some(Provenance::Assumed),
        "document" => {
            let message = format!("`{}` names no decision", node.name);
            let problem = Problem::warning("no_decision", reader.place_of(node), message).value("document");
            reader.report(problem.expected("the decision itself, such as \"KST 104/13\""));
            Some(Provenance::Document)
        }
        decision => Some(Provenance::Decision(decision.to_owned())),
    }
}

fn wage_types<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> Option<WageTypes> {
    let mut section = top.optional("wage_types").and_then(|node| reader.section(node))?;
    let kinds = kinds();
    let mut types = BTreeMap::new();
    for (name, kind) in &kinds {
        if let Some(wage_type) = section.optional(name).and_then(|node| wage_type(reader, node)) {
            types.insert(*kind, wage_type);
        }
    }
    reader.finish(&section);
    Some(WageTypes(types))
}

fn wage_type<'t>(reader: &mut TomlReader<'t>, node: Node<'t>) -> Option<WageType> {
    let mut section = reader.section(node)?;
    let code_node = reader.required(&mut section, "code");
    let code = code_node.and_then(|node| payroll_code(reader, &node));
    let send = reader.required(&mut section, "send").and_then(|node| reader.word(&node, &SENDS));
    let taxable_node = section.optional("taxable_code");
    let taxable_code = taxable_node.as_ref().map(|node| payroll_code(reader, node));
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

fn visma_lonn<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> VismaLonnProfile {
    let mut profile = VismaLonnProfile::default();
    let Some(mut section) = top.optional("visma_lonn").and_then(|node| reader.section(node)) else {
        return profile;
    };
    if let Some(columns) = section.optional("columns").and_then(|node| reader.words(&node, &VISMA_FIELDS)) {
        profile.columns = columns;
    }
    let digits: [(&'static str, &mut String); 5] = [
        ("wage_year", &mut profile.wage_year),
        ("wage_run", &mut profile.wage_run),
        ("account", &mut profile.account),
        ("contra_account", &mut profile.contra_account),
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
    for (key, value) in ["r1", "r2", "r3", "r4", "r5", "r6"].into_iter().zip(&mut profile.dimensions) {
        let Some(node) = section.optional(key) else { continue };
        match reader.text(&node) {
            Some(text)
                if text.is_ascii() && !text.contains(['"', ';']) && !text.contains(char::is_control) =>
            {
                *value = text;
            }
            Some(_) => {
                reader.wrong(
                    &node,
                    "not_a_dimension",
                    "is no dimension",
                    "a text without quotes, semicolons and letters beyond ASCII",
                );
            }
            None => {}
        }
    }
    reader.finish(&section);
    profile
}

impl Profile {
    /// The file's place, for problems about the profile as a whole.
    pub fn place(&self) -> &Place {
        &self.place
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

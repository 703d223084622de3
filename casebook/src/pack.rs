//! A pack: the files of cases of one regulation.

use std::collections::BTreeMap;

use honorar_engine::Period;
use honorar_problems::{Place, Problem, in_order};
use honorar_rates::CaseText;
use honorar_rates::toml_reader::{Node, Section, TomlReader};

use crate::expected::Expected;
use crate::tables::{COLUMNS, CaseTable};

/// The file of a pack that gives parameters to all its cases.
const PARAMETERS_FILE: &str = "parameters.toml";

/// The cases of one regulation.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// Its files, in the order of their names.
    pub files: Vec<CaseFile>,
}

/// A file of cases: all about one statement of the regulation.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// Its name.
    pub file: String,
    /// The settings and rules that it is about.
    pub about: Vec<String>,
    /// The point of the regulation.
    pub point: String,
    /// What the regulation says there.
    pub says: String,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One case: what is given, and what is expected.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name, a sentence.
    pub name: String,
    /// The point of the regulation, where it is not the file's.
    pub point: String,
    /// Where it begins.
    pub place: Place,
    pub(crate) when: When,
    pub(crate) tables: Vec<CaseTable>,
    pub(crate) parameters: Parameters,
    pub(crate) changes: Vec<Change>,
    pub(crate) has_warnings: bool,
    pub(crate) expected: Vec<Expected>,
}

/// What a case works out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum When {
    /// A run for a period.
    Period(Period),
    /// The support to party groups of a year.
    Year(i32),
}

/// The parameters of a case, by name, each as it is written and where.
pub(crate) type Parameters = BTreeMap<String, (String, Place)>;

/// Another value of a setting.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) place: Place,
}

impl Pack {
    /// All cases.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.files.iter().flat_map(|file| &file.cases)
    }
}

impl Case {
    /// The settings that the case itself changes.
    pub fn changes(&self) -> impl Iterator<Item = &str> {
        self.changes.iter().map(|change| &*change.name)
    }
}

/// Reads the files of a pack, and says everything that is wrong in them. A case with anything wrong in
/// it is left out.
pub fn read_pack(files: &[CaseText]) -> (Pack, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut around = Parameters::new();
    for text in files.iter().filter(|text| text.file == PARAMETERS_FILE) {
        let (mut reader, mut top) = TomlReader::open(&text.file, &text.text);
        around = parameters(&mut reader, &mut top, &around);
        reader.finish(&top);
        problems.extend(reader.into_problems());
    }
    let mut pack = Pack::default();
    for text in files.iter().filter(|text| text.file != PARAMETERS_FILE) {
        let (mut reader, mut top) = TomlReader::open(&text.file, &text.text);
        pack.files.push(case_file(&mut reader, &mut top, &text.file, &around));
        reader.finish(&top);
        problems.extend(reader.into_problems());
    }
    (pack, in_order(problems))
}

fn case_file<'t>(
    reader: &mut TomlReader<'t>,
    top: &mut Section<'t>,
    file: &str,
    around: &Parameters,
) -> CaseFile {
    let about = top.optional("about").and_then(|node| reader.texts(&node)).unwrap_or_default();
    let [point, says] = ["point", "says"].map(|key| text_of(reader, top, key));
    let around = parameters(reader, top, around);
    let nodes = reader.required(top, "case").and_then(|node| reader.list(&node)).unwrap_or_default();
    let mut cases: Vec<Case> = Vec::new();
    for node in nodes {
        let place = reader.place_of(&node);
        let Some(mut section) = reader.section(node) else { continue };
        let said = reader.problems().len();
        let case = case(reader, &mut section, place, &around);
        reader.finish(&section);
        let Some(mut case) = case.filter(|_| reader.problems().len() == said) else { continue };
        if case.point.is_empty() {
            case.point.clone_from(&point);
        }
        if cases.iter().any(|before| before.name == case.name) {
            let problem = Problem::error("double_case", case.place, "two cases of this file have one name");
            reader
                .report(problem.value(case.name).expected("a name that says what is special about the case"));
        } else {
            cases.push(case);
        }
    }
    CaseFile { file: file.to_owned(), about, point, says, cases }
}

fn case<'t>(
    reader: &mut TomlReader<'t>,
    section: &mut Section<'t>,
    place: Place,
    around: &Parameters,
) -> Option<Case> {
    let name = reader.required(section, "name").and_then(|node| reader.text(&node));
    let point = text_of(reader, section, "point");
    let when = when(reader, section, &place);
    let parameters = parameters(reader, section, around);
    let changes = changes(reader, section);
    let warnings = section.optional("warnings").and_then(|node| reader.truth(&node));
    let mut tables = Vec::new();
    for (table, columns) in COLUMNS {
        let Some(node) = section.optional(table) else { continue };
        tables.extend(CaseTable::read((table, columns), reader, &node));
    }
    let of_groups = matches!(when, Some(When::Year(_)));
    let expected = reader.required(section, "expected");
    let expected = expected.and_then(|node| Expected::read(reader, &node, of_groups))?;
    let has_warnings = warnings.unwrap_or(of_groups)
        || expected.iter().any(|line| line.is_message() && !line.text.starts_with("problem"));
    Some(Case { name: name?, point, place, when: when?, tables, parameters, changes, has_warnings, expected })
}

fn text_of<'t>(reader: &mut TomlReader<'t>, section: &mut Section<'t>, key: &'static str) -> String {
    section.optional(key).and_then(|node| reader.text(&node)).unwrap_or_default()
}

/// `period` or `year`, and not both.
fn when<'t>(reader: &mut TomlReader<'t>, section: &mut Section<'t>, place: &Place) -> Option<When> {
    match (section.optional("period"), section.optional("year")) {
        (Some(node), None) => {
            let period = reader.text(&node)?.parse().ok().map(When::Period);
            if period.is_none() {
                let expected = "2014-H1, 2014-09, 2014-Q3 or 2014, in quotes";
                reader.wrong(&node, "not_a_period", "is no period", expected);
            }
            period
        }
        (None, Some(node)) => {
            let year = i32::try_from(reader.count(&node)?).ok().filter(|year| (1900..=2199).contains(year));
            if year.is_none() {
                reader.wrong(&node, "not_a_year", "is no year", "a year such as 2023");
            }
            year.map(When::Year)
        }
        (period, _) => {
            let has =
                if period.is_some() { "both `period` and `year`" } else { "neither `period` nor `year`" };
            let problem = Problem::error("missing_key", place.clone(), format!("the case has {has}"));
            let expected =
                "`period = \"2014-H1\"` for pay lines, or `year = 2023` for support to party groups";
            reader.report(problem.expected(expected));
            None
        }
    }
}

/// The parameters of a table `[parameters]`, those around it where it has no other; an empty text takes
/// one away.
fn parameters<'t>(reader: &mut TomlReader<'t>, section: &mut Section<'t>, around: &Parameters) -> Parameters {
    let mut all = around.clone();
    for (name, node) in reader.entries(section, "parameters") {
        let is_name =
            !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || b"_-".contains(&c));
        if node.is_table() || !is_name {
            reader.wrong(&node, "not_a_parameter", "is no parameter", "`name = value`, as in honorar.toml");
            continue;
        }
        let written = reader.verbatim(&node).to_owned();
        if written == "\"\"" {
            all.remove(&name);
        } else {
            all.insert(name, (written, reader.place_of(&node)));
        }
    }
    all
}

fn changes<'t>(reader: &mut TomlReader<'t>, section: &mut Section<'t>) -> Vec<Change> {
    let nodes = reader.entries(section, "changes");
    let change = |(name, node): (String, Node<'t>)| {
        let value = reader.text(&node)?;
        Some(Change { name, value, place: reader.place_of(&node) })
    };
    nodes.into_iter().filter_map(change).collect()
}

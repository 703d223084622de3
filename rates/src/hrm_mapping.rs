//! The mapping file of Visma Enterprise HRM's XML: element names, nesting, formats, encoding and
//! namespace, as the customer has them from Visma.

use std::fs;
use std::path::Path;

use honorar_problems::{Place, Problem};

use crate::profile::{DecimalMark, VismaHrmProfile};
use crate::toml_reader::{Node, Section, TomlReader};

/// The mapping that ships with the program; it is no schema of Visma's.
const EXAMPLE: &str = include_str!("../payroll/visma-hrm.example.toml");

/// A mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HrmMapping {
    /// The file's name.
    pub file_name: String,
    /// Its encoding.
    pub encoding: XmlEncoding,
    /// How dates are written.
    pub date_format: DateFormat,
    /// The sign between whole and part.
    pub decimal_mark: DecimalMark,
    /// The namespace, where there is one, and its prefix, which may be empty.
    pub namespace: Option<(String, String)>,
    /// The root's name.
    pub root: String,
    /// What stands once, before the transactions.
    pub header: Vec<MappedValue>,
    /// The elements around each transaction, outermost first; the last is repeated.
    pub transaction: Vec<String>,
    /// What stands in each.
    pub elements: Vec<MappedValue>,
}

/// An encoding of XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlEncoding {
    /// UTF-8.
    Utf8,
    /// ISO-8859-1.
    Latin1,
}

const ENCODINGS: [(&str, XmlEncoding); 2] =
    [("UTF-8", XmlEncoding::Utf8), ("ISO-8859-1", XmlEncoding::Latin1)];

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFormat {
    /// `2014-05-31`.
    YearMonthDay,
    /// `20140531`.
    YearMonthDayInOne,
    /// `31.05.2014`.
    DayMonthYear,
    /// `310514`.
    DayMonthShortYearInOne,
}

const DATE_FORMATS: [(&str, DateFormat); 4] = [
    ("yyyy-mm-dd", DateFormat::YearMonthDay),
    ("yyyymmdd", DateFormat::YearMonthDayInOne),
    ("dd.mm.yyyy", DateFormat::DayMonthYear),
    ("ddmmyy", DateFormat::DayMonthShortYearInOne),
];

impl DateFormat {
    /// As chrono writes it.
    pub fn pattern(self) -> &'static str {
        match self {
            Self::YearMonthDay => "%Y-%m-%d",
            Self::YearMonthDayInOne => "%Y%m%d",
            Self::DayMonthYear => "%d.%m.%Y",
            Self::DayMonthShortYearInOne => "%d%m%y",
        }
    }
}

/// A value and where it stands: elements one within another, and an attribute of the last, if it is
/// one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedValue {
    /// The elements, outermost first.
    pub path: Vec<String>,
    /// The attribute.
    pub attribute: Option<String>,
    /// What stands there.
    pub value: HrmValue,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HrmValue {
    /// A text that is always the same.
    Text(String),
    /// What the run or the transaction has.
    Field(HrmField),
}

/// A field of the run or of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HrmField {
    /// The municipality's short name.
    Municipality,
    /// The period: `2014-H1`.
    Period,
    /// Its first day.
    PeriodFrom,
    /// Its last day.
    PeriodTo,
    /// How many transactions.
    Count,
    /// The sum of the amounts that are handed over.
    ControlSum,
    /// The employee number.
    EmployeeNumber,
    /// The wage type.
    WageType,
    /// The day that it belongs to.
    Date,
    /// The day on which it is paid.
    Paid,
    /// How many.
    Quantity,
    /// Kroner for each.
    Rate,
    /// Kroner, where the amount is handed over.
    Amount,
    /// What it is, for people.
    Text,
    /// The account.
    Account,
    /// The responsibility.
    Responsibility,
    /// The function.
    Function,
    /// The project.
    Project,
    /// What tells it apart from all others.
    Key,
}

const OF_RUN: [(&str, HrmField); 6] = [
    ("municipality", HrmField::Municipality),
    ("period", HrmField::Period),
    ("period_from", HrmField::PeriodFrom),
    ("period_to", HrmField::PeriodTo),
    ("count", HrmField::Count),
    ("control_sum", HrmField::ControlSum),
];

const OF_TRANSACTION: [(&str, HrmField); 13] = [
    ("employee_number", HrmField::EmployeeNumber),
    ("wage_type", HrmField::WageType),
    ("date", HrmField::Date),
    ("paid", HrmField::Paid),
    ("quantity", HrmField::Quantity),
    ("rate", HrmField::Rate),
    ("amount", HrmField::Amount),
    ("text", HrmField::Text),
    ("account", HrmField::Account),
    ("responsibility", HrmField::Responsibility),
    ("function", HrmField::Function),
    ("project", HrmField::Project),
    ("key", HrmField::Key),
];

/// A mapping and a schema, as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HrmTexts {
    /// The mapping's file and text.
    pub mapping: (String, String),
    /// The file and text of the customer's schema (XSD), where there is one.
    pub schema: Option<(String, String)>,
}

/// A mapping that was read, and a schema.
#[derive(Debug, Clone)]
pub struct HrmFiles {
    /// The mapping.
    pub mapping: HrmMapping,
    /// What it was read from, and the schema.
    pub texts: HrmTexts,
}

impl HrmFiles {
    /// Reads the mapping, and says everything that is wrong in it.
    pub fn read(texts: HrmTexts) -> (Option<Self>, Vec<Problem>) {
        let (mapping, problems) = read_hrm_mapping(&texts.mapping.0, &texts.mapping.1);
        (mapping.map(|mapping| Self { mapping, texts }), problems)
    }
}

/// The mapping and the schema that a profile names, seen from a folder.
pub fn find_hrm_texts(profile: &VismaHrmProfile, folder: &Path) -> Result<HrmTexts, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut read = |path: &str, place: &Place, what: &str| {
        let text = fs::read_to_string(folder.join(path)).map_err(|error| {
            let message = format!("the {what} cannot be read ({})", error.kind());
            let problem = Problem::error("unreadable", place.clone(), message).value(path);
            problems.push(problem.expected("the path of a file in UTF-8"));
        });
        // Its folder is none of its name: a run keeps it without, and is made again from that.
        let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        text.ok().map(|text| (name, text))
    };
    let mapping = match profile.mapping.as_str() {
        "example" => Some(("visma-hrm.example.toml".to_owned(), EXAMPLE.to_owned())),
        path => read(path, &profile.mapping_place, "mapping"),
    };
    let schema = profile.schema.as_ref().and_then(|(path, place)| read(path, place, "schema"));
    match mapping {
        Some(mapping) if problems.is_empty() => Ok(HrmTexts { mapping, schema }),
        _ => Err(problems),
    }
}

/// Reads a mapping, and says everything that is wrong in it.
pub fn read_hrm_mapping(file: &str, text: &str) -> (Option<HrmMapping>, Vec<Problem>) {
    let (mut reader, mut top) = TomlReader::open(file, text);
    let mapping = read(&mut reader, &mut top);
    reader.finish(&top);
    (mapping, reader.into_problems())
}

fn read<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> Option<HrmMapping> {
    let file_name = reader.required(top, "file_name").and_then(|node| file_name(reader, &node));
    let encoding = reader.required(top, "encoding").and_then(|node| reader.word(&node, &ENCODINGS));
    let date_format = reader.required(top, "date_format").and_then(|node| reader.word(&node, &DATE_FORMATS));
    let decimal_mark = reader
        .required(top, "decimal_mark")
        .and_then(|node| reader.word(&node, &[(".", DecimalMark::Point), (",", DecimalMark::Comma)]));
    let namespace = top.optional("namespace").and_then(|node| reader.text(&node));
    let prefix = top.optional("prefix").map(|node| name(reader, &node));
    let root = reader.required(top, "root").and_then(|node| name(reader, &node));
    let header = top.optional("header").map(|node| values(reader, &node, &OF_RUN));
    let transaction = reader.required(top, "transaction").and_then(|node| path(reader, &node));
    let elements = reader.required(top, "elements").and_then(|node| values(reader, &node, &OF_TRANSACTION));
    let prefix = match prefix {
        Some(prefix) => prefix?,
        None => String::new(),
    };
    Some(HrmMapping {
        file_name: file_name?,
        encoding: encoding?,
        date_format: date_format?,
        decimal_mark: decimal_mark?,
        namespace: namespace.map(|namespace| (namespace, prefix)),
        root: root?,
        header: match header {
            Some(header) => header?,
            None => Vec::new(),
        },
        transaction: transaction?,
        elements: elements?,
    })
}

/// A file's name that is a name and no path.
fn file_name<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<String> {
    let text = reader.text(node)?;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_name = text.bytes().all(is_part) && text.to_ascii_lowercase().ends_with(".xml");
    if is_name && !text.starts_with('.') {
        return Some(text);
    }
    reader.wrong(node, "not_a_file_name", "is no file's name", "letters and digits, and `.xml`")
}

/// A name of XML.
fn name<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<String> {
    let text = reader.text(node)?;
    if is_name(&text) {
        return Some(text);
    }
    reader.wrong(node, "not_a_name", "is no name of XML", "a letter, then letters, digits, `-`, `_` and `.`")
}

fn is_name(text: &str) -> bool {
    // Letters that every encoding has.
    let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, 'æ' | 'ø' | 'å' | 'Æ' | 'Ø' | 'Å' | '_');
    text.starts_with(is_letter)
        && text.chars().all(|c| is_letter(c) || c.is_ascii_digit() || matches!(c, '-' | '.'))
}

/// Names with slashes between them.
fn path<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Vec<String>> {
    let text = reader.text(node)?;
    let names: Vec<String> = text.split('/').map(str::to_owned).collect();
    if names.iter().all(|name| is_name(name)) {
        return Some(names);
    }
    reader.wrong(node, "not_a_name", "is no path of names", "names of XML with `/` between them");
    None
}

/// A list of `{ path = "Employee/Number", field = "employee_number" }`; the last name of a path may be
/// an attribute, `Employee/@number`.
fn values<'t>(
    reader: &mut TomlReader<'t>,
    node: &Node<'t>,
    fields: &[(&'static str, HrmField)],
) -> Option<Vec<MappedValue>> {
    let nodes = reader.list(node)?;
    let read: Vec<Option<MappedValue>> = nodes.into_iter().map(|node| value(reader, node, fields)).collect();
    read.into_iter().collect()
}

fn value<'t>(
    reader: &mut TomlReader<'t>,
    node: Node<'t>,
    fields: &[(&'static str, HrmField)],
) -> Option<MappedValue> {
    let place = reader.place_of(&node);
    let mut section = reader.section(node)?;
    let path_node = reader.required(&mut section, "path")?;
    let text = reader.text(&path_node);
    let field = section.optional("field").map(|node| reader.word(&node, fields));
    let fixed = section.optional("text").map(|node| reader.text(&node));
    reader.finish(&section);
    let value = match (field, fixed) {
        (Some(field), None) => HrmValue::Field(field?),
        (None, Some(text)) => HrmValue::Text(text?),
        _ => {
            let problem = Problem::error("not_one_value", place, "an element has one of `field` and `text`");
            reader.report(problem.expected("`field`, for what the run has, or `text`, always the same"));
            return None;
        }
    };
    let text = text?;
    let (elements, attribute) = match text.rsplit_once('@') {
        Some((before, attribute)) => (before.trim_end_matches('/'), Some(attribute.to_owned())),
        None => (text.as_str(), None),
    };
    let path: Vec<String> = elements.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if path.iter().chain(&attribute).all(|name| is_name(name)) && (attribute.is_some() || !path.is_empty()) {
        return Some(MappedValue { path, attribute, value });
    }
    let expected = "names of XML with `/` between them, the last of them with `@` for an attribute";
    reader.wrong(&path_node, "not_a_name", "is no path of names", expected);
    None
}

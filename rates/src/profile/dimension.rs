//! A dimension of a payroll line: a text that is the same on all, or one that follows from the line.

use std::collections::BTreeMap;

use honorar_engine::basis::Role;
use honorar_engine::line::Kind;

use super::accounting::AccountingString;
use crate::toml_reader::{Node, TomlReader};
use crate::words::role_name;

/// What payroll may know a line by, besides its person and wage type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traits<'a> {
    /// The kind of line.
    pub kind: Kind,
    /// The body's code; empty where it has none.
    pub body: &'a str,
    /// The person's group; empty where there is none.
    pub group: &'a str,
    /// The office that it is paid for; nothing for what is paid for no office.
    pub office: Option<Role>,
}

/// What a dimension follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Account,
    Responsibility,
    Function,
    Project,
    Kind,
    Body,
    Group,
    Office,
}

const SOURCES: [(&str, Source); 8] = [
    ("account", Source::Account),
    ("responsibility", Source::Responsibility),
    ("function", Source::Function),
    ("project", Source::Project),
    ("kind", Source::Kind),
    ("body", Source::Body),
    ("group", Source::Group),
    ("office", Source::Office),
];

/// What a payroll system takes as a dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// Digits, or nothing.
    Digits,
    /// What can stand between quotes in an ASCII file with semicolons.
    Quotable,
    /// What fits into twelve positions.
    Twelve,
    /// A number or code that needs no quotes.
    Code,
}

impl Alphabet {
    fn has(self, text: &str) -> bool {
        let is_code = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        match self {
            Self::Digits => text.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Quotable => {
                text.is_ascii() && !text.contains(['"', ';']) && !text.contains(char::is_control)
            }
            Self::Twelve => text.len() <= 12 && text.bytes().all(is_code),
            Self::Code => text.len() <= 20 && text.bytes().all(is_code),
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Self::Digits => "digits in quotes, or an empty text",
            Self::Quotable => "a text without quotes, semicolons and letters beyond ASCII",
            Self::Twelve => "at most 12 letters, digits and hyphens",
            Self::Code => "at most 20 letters, digits and hyphens",
        }
    }
}

/// A dimension as the profile states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// Where it stands in the profile: `visma_lonn.r1`.
    name: String,
    text: Text,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Text {
    Fixed(String),
    From {
        source: Source,
        /// What payroll calls each; empty where payroll uses the same.
        values: BTreeMap<String, String>,
        otherwise: Option<String>,
        alphabet: Alphabet,
    },
}

impl Dimension {
    /// A dimension with the same text on all lines.
    pub fn fixed(text: &str) -> Self {
        Self { name: String::new(), text: Text::Fixed(text.to_owned()) }
    }

    /// The text of a line; empty where the line does not have what it follows from.
    ///
    /// Errors: a value for which the profile has no text: the dimension's name, and the value.
    pub fn of<'t>(&'t self, traits: Traits<'t>, accounting: &'t AccountingString) -> Result<&'t str, NoText> {
        let (source, values, otherwise, alphabet) = match &self.text {
            Text::Fixed(text) => return Ok(text),
            Text::From { source, values, otherwise, alphabet } => {
                (source, values, otherwise.as_deref(), alphabet)
            }
        };
        let value = match source {
            Source::Account => &accounting.account,
            Source::Responsibility => &accounting.responsibility,
            Source::Function => &accounting.function,
            Source::Project => &accounting.project,
            Source::Kind => traits.kind.name(),
            Source::Body => traits.body,
            Source::Group => traits.group,
            Source::Office => traits.office.map_or("", role_name),
        };
        if value.is_empty() {
            return Ok(otherwise.unwrap_or_default());
        }
        let text = if values.is_empty() && alphabet.has(value) {
            Some(value)
        } else {
            values.get(value).map(String::as_str).or(otherwise)
        };
        text.ok_or_else(|| NoText { dimension: self.name.clone(), value: value.to_owned() })
    }
}

/// A line has a value that a dimension has no text for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoText {
    /// The dimension's name in the profile.
    pub dimension: String,
    /// The value.
    pub value: String,
}

/// Reads a dimension: a text, or `{ from = "body", values = { FSK = "410" }, otherwise = "400" }`.
pub(super) fn dimension<'t>(
    reader: &mut TomlReader<'t>,
    node: Node<'t>,
    alphabet: Alphabet,
) -> Option<Dimension> {
    let name = node.name.clone();
    if !node.is_table() {
        return Some(Dimension { name, text: Text::Fixed(text(reader, &node, alphabet)?) });
    }
    let mut section = reader.section(node)?;
    let source = reader.required(&mut section, "from").and_then(|node| reader.word(&node, &SOURCES));
    let mut values = BTreeMap::new();
    for (value, node) in reader.entries(&mut section, "values") {
        if let Some(text) = text(reader, &node, alphabet) {
            values.insert(value, text);
        }
    }
    let otherwise = section.optional("otherwise").and_then(|node| text(reader, &node, alphabet));
    reader.finish(&section);
    Some(Dimension { name, text: Text::From { source: source?, values, otherwise, alphabet } })
}

fn text<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>, alphabet: Alphabet) -> Option<String> {
    let text = reader.text(node)?;
    if alphabet.has(&text) {
        return Some(text);
    }
    reader.wrong(node, "not_a_dimension", "is no dimension", alphabet.expected())
}

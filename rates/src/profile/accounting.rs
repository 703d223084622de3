//! `[[accounting]]`: the accounting string (kontostreng) of a line, by rule.

use honorar_engine::basis::Role;
use honorar_engine::line::Kind;
use honorar_problems::{Place, Problem};

use super::dimension::Traits;
use crate::toml_reader::{Node, Section, TomlReader};
use crate::words::{ROLES, kinds};

/// A part of the accounting string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccountingPart {
    /// The account (art, konto).
    Account,
    /// The responsibility (ansvar).
    Responsibility,
    /// The function (funksjon).
    Function,
    /// The project (prosjekt).
    Project,
}

impl AccountingPart {
    /// All parts, in the order in which they stand.
    pub const ALL: [Self; 4] = [Self::Account, Self::Responsibility, Self::Function, Self::Project];

    /// Its key in the profile, and its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Responsibility => "responsibility",
            Self::Function => "function",
            Self::Project => "project",
        }
    }
}

/// Where a line is posted; a part that no rule states is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountingString {
    /// The account (art, konto).
    pub account: String,
    /// The responsibility (ansvar).
    pub responsibility: String,
    /// The function (funksjon).
    pub function: String,
    /// The project (prosjekt).
    pub project: String,
}

impl AccountingString {
    /// One of its parts.
    pub fn part(&self, part: AccountingPart) -> &str {
        match part {
            AccountingPart::Account => &self.account,
            AccountingPart::Responsibility => &self.responsibility,
            AccountingPart::Function => &self.function,
            AccountingPart::Project => &self.project,
        }
    }

    fn part_mut(&mut self, part: AccountingPart) -> &mut String {
        match part {
            AccountingPart::Account => &mut self.account,
            AccountingPart::Responsibility => &mut self.responsibility,
            AccountingPart::Function => &mut self.function,
            AccountingPart::Project => &mut self.project,
        }
    }
}

/// The municipality's rules, in the order of its file.
#[derive(Debug, Clone, Default)]
pub struct Accounting {
    rules: Vec<Rule>,
}

/// Which lines a rule is for, and what it states.
#[derive(Debug, Clone)]
struct Rule {
    kinds: Option<Vec<Kind>>,
    bodies: Option<Vec<String>>,
    groups: Option<Vec<String>>,
    offices: Option<Vec<Role>>,
    states: AccountingString,
    place: Place,
}

impl Rule {
    fn fits(&self, traits: Traits<'_>) -> bool {
        let is_one = |texts: &Option<Vec<String>>, text: &str| {
            texts.as_ref().is_none_or(|texts| texts.iter().any(|one| one == text))
        };
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&traits.kind))
            && is_one(&self.bodies, traits.body)
            && is_one(&self.groups, traits.group)
            && (self.offices.as_ref())
                .is_none_or(|offices| traits.office.is_some_and(|office| offices.contains(&office)))
    }
}

impl Accounting {
    /// Whether there are no rules.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Where a line is posted: each part by the first rule that fits the line and states it.
    ///
    /// Errors: the parts that rules state for other lines, and none for this one.
    pub fn of(&self, traits: Traits<'_>) -> Result<AccountingString, Vec<AccountingPart>> {
        let (mut string, mut missing) = (AccountingString::default(), Vec::new());
        for part in AccountingPart::ALL {
            let mut stating = self.rules.iter().filter(|rule| !rule.states.part(part).is_empty()).peekable();
            let is_stated = stating.peek().is_some();
            match stating.find(|rule| rule.fits(traits)) {
                Some(rule) => rule.states.part(part).clone_into(string.part_mut(part)),
                None if is_stated => missing.push(part),
                None => {}
            }
        }
        if missing.is_empty() { Ok(string) } else { Err(missing) }
    }

    /// The bodies that rules name, and where.
    pub fn bodies(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.rules
            .iter()
            .flat_map(|rule| rule.bodies.iter().flatten().map(move |body| (body.as_str(), &rule.place)))
    }
}

pub(super) fn accounting<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> Accounting {
    let Some(nodes) = top.optional("accounting").and_then(|node| reader.list(&node)) else {
        return Accounting::default();
    };
    let rules = nodes.into_iter().filter_map(|node| rule(reader, node)).collect();
    Accounting { rules }
}

fn rule<'t>(reader: &mut TomlReader<'t>, node: Node<'t>) -> Option<Rule> {
    let place = reader.place_of(&node);
    let mut section = reader.section(node)?;
    let kinds = section.optional("kinds").map(|node| reader.words(&node, &kinds()));
    let bodies = section.optional("bodies").map(|node| reader.texts(&node));
    let groups = section.optional("groups").map(|node| reader.texts(&node));
    let offices = section.optional("offices").map(|node| reader.words(&node, &ROLES));
    let (mut states, mut states_nothing) = (AccountingString::default(), true);
    for part in AccountingPart::ALL {
        let Some(node) = section.optional(part.name()) else { continue };
        states_nothing = false;
        if let Some(text) = accounting_code(reader, &node) {
            *states.part_mut(part) = text;
        }
    }
    reader.finish(&section);
    if states_nothing {
        let problem = Problem::error("states_nothing", place, "the rule of `accounting` states nothing");
        reader.report(problem.expected("`account`, `responsibility`, `function` or `project`"));
        return None;
    }
    // A condition that could not be read has been reported: without it the rule would fit too much.
    let read = |condition: Option<Option<Vec<String>>>| condition.map_or(Some(None), |read| read.map(Some));
    Some(Rule {
        kinds: kinds.map_or(Some(None), |read| read.map(Some))?,
        bodies: read(bodies)?,
        groups: read(groups)?,
        offices: offices.map_or(Some(None), |read| read.map(Some))?,
        states,
        place,
    })
}

fn accounting_code<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<String> {
    let code = reader.text(node)?;
    let is_code = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    if (1..=12).contains(&code.len()) && code.bytes().all(is_code) {
        return Some(code);
    }
    reader.wrong(node, "not_an_account", "is no part of an accounting string", "1 to 12 letters and digits")
}

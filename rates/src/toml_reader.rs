//! Reads TOML into values, and collects everything that is wrong with its line.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use honorar_engine::Money;
use honorar_problems::{Place, Problem, did_you_mean};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

const NOT_TOML: &str = "not_toml";

/// A TOML file that is being read, and what was wrong in it so far.
pub struct TomlReader<'t> {
    file: Arc<str>,
    text: &'t str,
    /// Where each line begins.
    line_starts: Vec<usize>,
    problems: Vec<Problem>,
}

/// A value and its name in the file.
#[derive(Clone)]
pub struct Node<'t> {
    /// Its name in full, such as `absence.threshold`.
    pub name: String,
    span: Range<usize>,
    value: DeValue<'t>,
}

/// A table that is being read: keys that nobody asks for are errors.
pub struct Section<'t> {
    name: String,
    span: Range<usize>,
    keys: Vec<(Spanned<Cow<'t, str>>, Node<'t>)>,
    asked: Vec<&'static str>,
}

impl<'t> TomlReader<'t> {
    /// The file's top table, and the reader that collects its problems.
    pub fn open(file: &str, text: &'t str) -> (Self, Section<'t>) {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(end, _)| end);
        let line_starts = std::iter::once(0).chain(ends.map(|end| end + 1)).collect();
        let mut reader = Self { file: file.into(), text, line_starts, problems: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let place = reader.place(&span);
            let problem = Problem::error(NOT_TOML, place, format!("this is no TOML: {}", error.message()));
            reader.problems.push(problem.expected("a file in the TOML format"));
        }
        let span = table.span();
        let section = Section::new(String::new(), span, table.into_inner());
        (reader, section)
    }

    /// The same for a file that was opened before: what is no TOML in it has been said.
    pub fn open_again(file: &str, text: &'t str) -> (Self, Section<'t>) {
        let (mut reader, top) = Self::open(file, text);
        reader.problems.clear();
        (reader, top)
    }

    /// Everything that was wrong.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    pub(crate) fn place(&self, span: &Range<usize>) -> Place {
        let row = self.line_starts.partition_point(|start| *start <= span.start);
        let line = self.line_starts.get(row.saturating_sub(1)).copied().unwrap_or_default();
        let column = self.text.get(line..span.start).map_or(0, |before| before.chars().count()) + 1;
        Place::file(Arc::clone(&self.file))
            .at_row(u32::try_from(row).unwrap_or(u32::MAX))
            .at_column(column.to_string())
    }

    /// What was wrong so far.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Adds a problem with a value.
    pub fn wrong(
        &mut self,
        node: &Node<'_>,
        code: &'static str,
        message: &str,
        expected: &str,
    ) -> Option<String> {
        let problem = Problem::error(code, self.place(&node.span), format!("`{}` {message}", node.name));
        self.problems.push(problem.value(self.raw(node)).expected(expected));
        None
    }

    /// Adds a problem of one's own making.
    pub fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The file's name.
    pub(crate) fn file(&self) -> Arc<str> {
        Arc::clone(&self.file)
    }

    /// Where the tables in a table stand, by name.
    pub(crate) fn places_in(&self, node: &Node<'t>) -> BTreeMap<String, Place> {
        let table = node.value.as_table();
        let places = table.into_iter().flatten();
        places.map(|(key, value)| (key.get_ref().to_string(), self.place(&value.span()))).collect()
    }

    /// Where a value stands.
    pub fn place_of(&self, node: &Node<'_>) -> Place {
        self.place(&node.span)
    }

    /// The value as it is written.
    pub fn raw(&self, node: &Node<'_>) -> String {
        self.text.get(node.span.clone()).unwrap_or_default().trim_matches('"').to_owned()
    }

    /// A text, or any other value as it is written.
    pub(crate) fn plain(&self, node: &Node<'_>) -> String {
        match &node.value {
            DeValue::String(text) => text.to_string(),
            _ => self.raw(node),
        }
    }

    /// The value exactly as it is written, with its quotes.
    pub fn verbatim(&self, node: &Node<'_>) -> &'t str {
        self.text.get(node.span.clone()).unwrap_or_default()
    }

    /// The bytes of the file that the value takes up.
    pub fn span(&self, node: &Node<'_>) -> Range<usize> {
        node.span.clone()
    }

    /// Where a line of a text stands, the first of them being 0: a text in three quotes begins on the
    /// line after them where nothing follows them.
    pub fn place_of_line(&self, node: &Node<'_>, line: u32) -> Place {
        let place = self.place(&node.span);
        let written = self.verbatim(node);
        let is_block = ["\"\"\"", "'''"].iter().any(|quotes| {
            written
                .strip_prefix(quotes)
                .is_some_and(|rest| rest.starts_with('\n') || rest.starts_with("\r\n"))
        });
        let first = place.row.unwrap_or_default().saturating_add(u32::from(is_block));
        let is_first_row = line == 0 && !is_block;
        let column = if is_first_row { place.column.clone() } else { None };
        let place = place.at_row(first.saturating_add(line));
        column.map_or_else(|| place.at_column("1"), |column| place.at_column(column))
    }

    /// Where a table that is being read stands.
    pub(crate) fn place_of_section(&self, section: &Section<'_>) -> Place {
        self.place(&section.span)
    }

    /// A key that must be there.
    pub fn required(&mut self, section: &mut Section<'t>, key: &'static str) -> Option<Node<'t>> {
        self.required_as(section, key, || format!("a line `{key} = …`"))
    }

    /// A key that must be there, with what is expected where it is not.
    pub(crate) fn required_as(
        &mut self,
        section: &mut Section<'t>,
        key: &'static str,
        expected: impl FnOnce() -> String,
    ) -> Option<Node<'t>> {
        let node = section.optional(key);
        if node.is_none() {
            let what =
                if section.name.is_empty() { "the file".to_owned() } else { format!("`{}`", section.name) };
            let problem =
                Problem::error("missing_key", self.place(&section.span), format!("{what} has no `{key}`"));
            self.problems.push(problem.expected(expected()));
        }
        node
    }

    /// A text.
    pub fn text(&mut self, node: &Node<'t>) -> Option<String> {
        match &node.value {
            DeValue::String(text) => Some(text.to_string()),
            _ => self.wrong(node, "not_text", "is no text", "a text in quotes"),
        }
    }

    /// A truth value.
    pub fn truth(&mut self, node: &Node<'t>) -> Option<bool> {
        if let DeValue::Boolean(value) = node.value {
            return Some(value);
        }
        self.wrong(node, "not_truth", "is neither true nor false", "true or false");
        None
    }

    /// A date.
    pub fn date(&mut self, node: &Node<'t>) -> Option<NaiveDate> {
        let date = match &node.value {
            DeValue::Datetime(Datetime { date: Some(date), time: None, offset: None }) => {
                NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
            }
            DeValue::String(text) => text.parse().ok(),
            _ => None,
        };
        if date.is_none() {
            self.wrong(node, "not_a_date", "is no date", "a date such as 2014-01-01");
        }
        date
    }

    /// A whole number, 0 or more.
    pub fn count(&mut self, node: &Node<'t>) -> Option<u32> {
        let count = match &node.value {
            DeValue::Integer(number) => {
                u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
            }
            _ => None,
        };
        if count.is_none() {
            self.wrong(node, "not_a_count", "is no whole number", "a whole number, 0 or more");
        }
        count
    }

    /// A whole number, 1 or more.
    pub fn divisor(&mut self, node: &Node<'t>) -> Option<NonZeroU32> {
        let divisor = NonZeroU32::new(self.count(node)?);
        if divisor.is_none() {
            self.wrong(node, "not_a_count", "is zero", "a whole number, 1 or more");
        }
        divisor
    }

    /// An amount of kroner: a whole number, or a text such as "850000.50". Never below zero.
    pub fn money(&mut self, node: &Node<'t>) -> Option<Money> {
        let written = match &node.value {
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().replace('_', "")),
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        };
        let decimal = written.and_then(|text| text.parse().ok());
        let money = decimal.and_then(Money::new).filter(|money| !money.is_negative());
        if money.is_none() {
            let expected =
                "kroner: a whole number, or a text with at most two decimals such as \"850000.50\"";
            self.wrong(node, "not_money", "is no amount", expected);
        }
        money
    }

    /// A whole number as it is written, or a text.
    pub fn number_or_text(&mut self, node: &Node<'t>) -> Option<String> {
        match &node.value {
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().replace('_', "")),
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                let expected =
                    "kroner: a whole number, or a text with at most two decimals such as \"850000.50\"";
                self.wrong(node, "not_money", "is no amount", expected)
            }
        }
    }

    /// One of some words.
    pub fn word<T: Clone>(&mut self, node: &Node<'t>, words: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(node)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(value.clone());
        }
        let known: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let problem = Problem::error(
            "unknown_word",
            self.place_of(node),
            format!("`{}` has a word that is not known", node.name),
        )
        .value(&*text)
        .expected(known.join(", "))
        .maybe_hint(did_you_mean(&text, words.iter().map(|(word, _)| *word)));
        self.report(problem);
        None
    }

    /// A list of words.
    pub fn words<T: Clone>(&mut self, node: &Node<'t>, words: &[(&'static str, T)]) -> Option<Vec<T>> {
        let nodes = self.list(node)?;
        let read: Vec<Option<T>> = nodes.iter().map(|node| self.word(node, words)).collect();
        read.into_iter().collect()
    }

    /// A list of texts.
    pub fn texts(&mut self, node: &Node<'t>) -> Option<Vec<String>> {
        let nodes = self.list(node)?;
        let read: Vec<Option<String>> = nodes.iter().map(|node| self.text(node)).collect();
        read.into_iter().collect()
    }

    /// A list of values.
    pub fn list(&mut self, node: &Node<'t>) -> Option<Vec<Node<'t>>> {
        self.into_list(node.clone())
    }

    /// The same of a value that is not needed any more.
    pub fn into_list(&mut self, node: Node<'t>) -> Option<Vec<Node<'t>>> {
        if let DeValue::Array(array) = node.value {
            let of_item = |item: Spanned<DeValue<'t>>| Node {
                name: node.name.clone(),
                span: item.span(),
                value: item.into_inner(),
            };
            return Some(array.into_iter().map(of_item).collect());
        }
        self.wrong(&node, "not_a_list", "is no list", "a list in square brackets");
        None
    }

    /// A table.
    pub fn section(&mut self, node: Node<'t>) -> Option<Section<'t>> {
        if let DeValue::Table(table) = node.value {
            return Some(Section::new(node.name, node.span, table));
        }
        self.wrong(&node, "not_a_table", "is no table", "a table");
        None
    }

    /// The entries of a table that may be there, whose keys are names.
    pub fn entries(&mut self, section: &mut Section<'t>, key: &'static str) -> Vec<(String, Node<'t>)> {
        let table = section.optional(key).and_then(|node| self.section(node));
        table.map(|mut table| table.take_all()).unwrap_or_default()
    }

    /// Reports the keys of a table that nobody asked for; of a file that is no TOML nothing is
    /// certain, a key's table least of all.
    pub fn finish(&mut self, section: &Section<'t>) {
        if section.keys.is_empty() || self.problems.iter().any(|problem| problem.code == NOT_TOML) {
            return;
        }
        let asked: BTreeSet<&str> = section.asked.iter().copied().collect();
        for (key, _) in &section.keys {
            let problem = Problem::error(
                "unknown_key",
                self.place(&key.span()),
                format!("`{}` is no key here", section.path(key.get_ref())),
            )
            .expected(asked.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", "))
            .maybe_hint(did_you_mean(key.get_ref(), asked.iter().copied()));
            self.report(problem);
        }
    }
}

impl<'t> Section<'t> {
    fn new(name: String, span: Range<usize>, table: DeTable<'t>) -> Self {
        let mut section = Self { name, span, keys: Vec::new(), asked: Vec::new() };
        for (key, value) in table {
            let name = section.path(key.get_ref());
            section.keys.push((key, Node { name, span: value.span(), value: value.into_inner() }));
        }
        // TOML's map is sorted by key; a person reads a file from top to bottom.
        section.keys.sort_by_key(|(key, _)| key.span().start);
        section
    }

    /// A table without keys, for a section that the file leaves out.
    pub(crate) fn empty(name: &str) -> Self {
        Self { name: name.to_owned(), span: 0..0, keys: Vec::new(), asked: Vec::new() }
    }

    /// The name of a key in the file.
    pub fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { [&*self.name, ".", key].concat() }
    }

    /// A key that may be there.
    pub fn optional(&mut self, key: &'static str) -> Option<Node<'t>> {
        self.asked.push(key);
        let place = self.keys.iter().position(|(name, _)| name.get_ref() == key)?;
        Some(self.keys.remove(place).1)
    }

    /// A key that may be there, left where it is.
    pub fn peek(&mut self, key: &'static str) -> Option<&Node<'t>> {
        self.asked.push(key);
        self.keys.iter().find(|(name, _)| name.get_ref() == key).map(|(_, node)| node)
    }

    /// The table without the keys that were asked for.
    pub fn into_node(self) -> Node<'t> {
        let Self { name, span, keys, .. } = self;
        let entries = keys.into_iter().map(|(key, node)| {
            let Node { span, value, .. } = node;
            (key, Spanned::new(span, value))
        });
        Node { name, span, value: DeValue::Table(entries.collect()) }
    }

    /// All keys that are left, for tables whose keys are names.
    pub fn take_all(&mut self) -> Vec<(String, Node<'t>)> {
        self.keys.drain(..).map(|(key, node)| (key.into_inner().into_owned(), node)).collect()
    }
}

impl Node<'_> {
    /// Whether the value is a table.
    pub fn is_table(&self) -> bool {
        self.value.is_table()
    }

    /// Whether the value is a list.
    pub(crate) fn is_list(&self) -> bool {
        self.value.is_array()
    }

    /// Whether the value is a list of tables.
    pub fn is_list_of_tables(&self) -> bool {
        let list = self.value.as_array();
        list.is_some_and(|list| !list.is_empty() && list.iter().all(|item| item.get_ref().is_table()))
    }
}

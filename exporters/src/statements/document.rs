//! What a statement says, before it has a form: a page and a workbook show the same.

use chrono::NaiveDate;
use honorar_engine::Money;

use crate::language::Words;

/// A statement.
pub(crate) struct Document {
    pub(crate) words: Words,
    /// Whether its tables want paper that lies.
    pub(crate) is_wide: bool,
    /// What it is.
    pub(crate) title: String,
    /// What it is about: a name and a text each.
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) sections: Vec<Section>,
    /// What stands at its end.
    pub(crate) footer: String,
}

/// A part of a statement with a heading.
pub(crate) struct Section {
    pub(crate) heading: String,
    pub(crate) blocks: Vec<Block>,
}

impl Section {
    pub(crate) fn new(heading: &str, blocks: Vec<Block>) -> Self {
        Self { heading: capitalised(heading), blocks }
    }
}

pub(crate) enum Block {
    Text(String),
    List(Vec<String>),
    Table(Table),
    Chart(Chart),
}

pub(crate) struct Table {
    /// What the rows are.
    pub(crate) caption: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

pub(crate) struct Column {
    pub(crate) heading: String,
    pub(crate) holds: Holds,
}

/// What a column holds, which decides where it stands and how wide it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A code or a date, which stands in one line.
    Code,
    /// A name, or a few words.
    Short,
    /// A sentence.
    Sentence,
    /// An amount or a number.
    Number,
}

impl Column {
    pub(crate) fn new(heading: &str, holds: Holds) -> Self {
        Self { heading: capitalised(heading), holds }
    }
}

/// With a capital letter first, as headings begin.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A row; the first cell is its heading.
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    pub(crate) is_total: bool,
    /// By what name others point to it.
    pub(crate) anchor: Option<String>,
}

impl Row {
    pub(crate) fn new(cells: Vec<Cell>) -> Self {
        Self { cells, is_total: false, anchor: None }
    }

    /// The sum of the rows before it, which begins with what it is called.
    pub(crate) fn total(name: &str, mut cells: Vec<Cell>) -> Self {
        cells.insert(0, Cell::Text(capitalised(name)));
        Self { is_total: true, ..Self::new(cells) }
    }

    pub(crate) fn at(cells: Vec<Cell>, anchor: String) -> Self {
        Self { anchor: Some(anchor), ..Self::new(cells) }
    }
}

pub(crate) enum Cell {
    Empty,
    Text(String),
    Money(Money),
    Count(u64),
    Date(NaiveDate),
    /// Texts, each of which points to a row.
    Links(Vec<Link>),
}

pub(crate) struct Link {
    pub(crate) text: String,
    pub(crate) anchor: String,
}

impl Cell {
    pub(crate) fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    pub(crate) fn count(count: usize) -> Self {
        Self::Count(u64::try_from(count).unwrap_or(u64::MAX))
    }

    /// The cell as people read it.
    pub(crate) fn shown(&self, words: Words) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Money(money) => words.money(*money),
            Self::Count(count) => words.count(*count),
            Self::Date(date) => words.date(*date),
            Self::Links(links) => links.iter().map(|link| link.text.as_str()).collect::<Vec<_>>().join(", "),
        }
    }
}

/// Bars with amounts: what people would rather look at than read.
pub(crate) struct Chart {
    pub(crate) title: String,
    pub(crate) bars: Vec<Bar>,
}

pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) amount: Money,
}

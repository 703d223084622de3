//! A phrase with its placeholders, and the forms that it may have.

use std::sync::Arc;

use crate::language::format::{Marks, Value};

/// Words with placeholders among them.
#[derive(Debug, Default)]
pub(in crate::language) struct Pattern(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Words(Box<str>),
    /// The value in this place.
    Place(usize),
}

impl Pattern {
    /// Reads `held {held} of {days} days`, with the names of the placeholders that there are. What is
    /// wrong is said in words.
    pub(super) fn read(written: &str, places: &[&str]) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = written;
        while let Some((words, from)) = rest.split_once('{') {
            let (name, after) =
                from.split_once('}').ok_or_else(|| format!("has a `{{` without its `}}`: {written}"))?;
            let place = places.iter().position(|place| *place == name);
            let place = place.ok_or_else(|| format!("has the unknown placeholder `{{{name}}}`"))?;
            pieces.extend((!words.is_empty()).then(|| Piece::Words(words.into())));
            pieces.push(Piece::Place(place));
            rest = after;
        }
        pieces.extend((!rest.is_empty()).then(|| Piece::Words(rest.into())));
        Ok(Self(pieces))
    }

    /// Whether it shows what is in a place.
    pub(super) fn has(&self, place: usize) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Place(at) if *at == place))
    }

    /// Its first words: all there is of a phrase without placeholders.
    fn words(&self) -> &str {
        match self.0.first() {
            Some(Piece::Words(words)) => words,
            _ => "",
        }
    }

    /// Puts it behind a text, with values in its places.
    pub(in crate::language) fn fill(&self, text: &mut String, marks: &Marks, values: &[Value<'_>]) {
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Place(place) => {
                    if let Some(value) = values.get(*place) {
                        marks.put(text, *value);
                    }
                }
            }
        }
    }
}

/// A phrase of a language.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) marks: Arc<Marks>,
    pub(super) forms: Forms,
}

/// The forms that a language has of a phrase.
#[derive(Debug)]
pub(super) enum Forms {
    /// One form.
    Always(Pattern),
    /// The singular and the plural, by the value in a place.
    By(usize, Pattern, Pattern),
}

impl Phrase {
    /// A phrase without placeholders.
    pub(super) fn words(&self) -> &str {
        match &self.forms {
            Forms::Always(pattern) | Forms::By(_, pattern, _) => pattern.words(),
        }
    }

    /// The phrase with values in its places.
    pub(super) fn filled(&self, values: &[Value<'_>]) -> String {
        let pattern = match &self.forms {
            Forms::Always(pattern) => pattern,
            Forms::By(place, one, _) if values.get(*place).is_some_and(Value::is_one) => one,
            Forms::By(_, _, other) => other,
        };
        let mut text = String::with_capacity(96);
        pattern.fill(&mut text, &self.marks, values);
        text
    }
}

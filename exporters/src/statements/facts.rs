//! What stands at the head and at the end of every statement.

use honorar_intake::Content;

use crate::language::Words;

/// What the municipality calls itself.
pub(super) fn municipality(content: &Content) -> String {
    let profile = &content.profile;
    profile.statements.municipality.clone().unwrap_or_else(|| profile.municipality.clone())
}

/// The regulation, and the decision that adopted it.
pub(super) fn regulation(content: &Content) -> String {
    let regulation = &content.regulation;
    format!("{} ({})", regulation.name, regulation.adopted)
}

/// What made the statement, of which basis.
pub(super) fn footer(words: Words, basis: &str) -> String {
    words.statement().made_by(env!("CARGO_PKG_VERSION"), basis)
}

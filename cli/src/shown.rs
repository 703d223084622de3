//! Names as the text output has them. In English they are those of the files, as scripts and habits know
//! them; in other languages they are words for people.

use honorar_engine::Period;
use honorar_engine::groups::GroupPart;
use honorar_engine::line::Kind;
use honorar_exporters::language::Words;
use honorar_rates::Language;

pub(crate) fn kind(words: Words, kind: Kind) -> &'static str {
    if is_as_in_files(words) { kind.name() } else { words.kind(kind) }
}

pub(crate) fn part(words: Words, part: GroupPart) -> &'static str {
    if is_as_in_files(words) { part.name() } else { words.group_part(part) }
}

pub(crate) fn period(words: Words, period: Period) -> String {
    if is_as_in_files(words) { period.to_string() } else { words.period(period) }
}

/// Whether names are those of the files.
pub(crate) fn is_as_in_files(words: Words) -> bool {
    words.language() == Language::English
}

/// An explanation with its citation, which some end with by themselves.
pub(crate) fn cited(how: &str, cite: &str) -> String {
    if how.ends_with(&format!("({cite})")) { how.to_owned() } else { format!("{how} ({cite})") }
}

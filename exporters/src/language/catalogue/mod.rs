//! The phrases of a language: declared once, with the names and the kinds of what they are filled with,
//! and read from a file for each language.

mod pattern;
mod phrases;
mod reader;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use honorar_rates::Language;

pub(super) use self::pattern::Pattern;
pub(super) use self::phrases::{Catalogue, SimulationWords, StatementWords};
pub(super) use self::reader::Reader;

const ENGLISH: &str = include_str!("en.toml");
const BOKMAL: &str = include_str!("nb.toml");
const NYNORSK: &str = include_str!("nn.toml");

/// The file of a language.
fn file(language: Language) -> &'static str {
    match language {
        Language::English => ENGLISH,
        Language::Bokmal => BOKMAL,
        Language::Nynorsk => NYNORSK,
    }
}

/// The catalogue of a language, read the first time that it is asked for.
pub(super) fn catalogue(language: Language) -> &'static Catalogue {
    static READ: [LazyLock<Catalogue>; 3] = [
        LazyLock::new(|| whole(Language::English)),
        LazyLock::new(|| whole(Language::Bokmal)),
        LazyLock::new(|| whole(Language::Nynorsk)),
    ];
    let [english, bokmal, nynorsk] = &READ;
    match language {
        Language::English => english,
        Language::Bokmal => bokmal,
        Language::Nynorsk => nynorsk,
    }
}

/// The tests let no catalogue with a problem pass.
fn whole(language: Language) -> Catalogue {
    Catalogue::read(file(language)).0
}

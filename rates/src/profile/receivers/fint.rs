//! `[fint]`: where the FINT interface has what a line points to.

use crate::toml_reader::{Section, TomlReader};

/// The addresses that FINT's links begin with; a code or number follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FintProfile {
    /// Wage types (lønnsart).
    pub lonnsart: String,
    /// Employments (arbeidsforhold), by employee number.
    pub arbeidsforhold: String,
    /// Accounts (art).
    pub art: String,
    /// Responsibilities (ansvar).
    pub ansvar: String,
    /// Functions (funksjon).
    pub funksjon: String,
    /// Projects (prosjekt).
    pub prosjekt: String,
}

impl Default for FintProfile {
    fn default() -> Self {
        let of = |path: &str| format!("https://api.felleskomponent.no/administrasjon/{path}/systemid/");
        Self {
            lonnsart: of("kodeverk/lonnsart"),
            arbeidsforhold: of("personal/arbeidsforhold"),
            art: of("kodeverk/art"),
            ansvar: of("kodeverk/ansvar"),
            funksjon: of("kodeverk/funksjon"),
            prosjekt: of("kodeverk/prosjekt"),
        }
    }
}

pub(super) fn read<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> FintProfile {
    let mut profile = FintProfile::default();
    let Some(mut section) = top.optional("fint").and_then(|node| reader.section(node)) else {
        return profile;
    };
    let addresses = [
        ("lonnsart", &mut profile.lonnsart),
        ("arbeidsforhold", &mut profile.arbeidsforhold),
        ("art", &mut profile.art),
        ("ansvar", &mut profile.ansvar),
        ("funksjon", &mut profile.funksjon),
        ("prosjekt", &mut profile.prosjekt),
    ];
    for (key, value) in addresses {
        let Some(node) = section.optional(key) else { continue };
        match reader.text(&node) {
            Some(text) if text.starts_with("https://") && !text.contains(char::is_whitespace) => {
                *value = text;
            }
            Some(_) => {
                let expected =
                    "the beginning of an address, such as \"https://api.felleskomponent.no/…/systemid/\"";
                reader.wrong(&node, "not_an_address", "is no address", expected);
            }
            None => {}
        }
    }
    reader.finish(&section);
    profile
}

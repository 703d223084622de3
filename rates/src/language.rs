//! The languages that results are written in for people to read.

use std::fmt;

/// A language of explanations and headings. What machines read is the same in all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Bokmål.
    Bokmal,
    /// Nynorsk.
    Nynorsk,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::English, Self::Bokmal, Self::Nynorsk];

    /// Its code in files and on the command line: `en`, `nb` or `nn`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Bokmal => "nb",
            Self::Nynorsk => "nn",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

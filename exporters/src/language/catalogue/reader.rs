//! Reads a catalogue's file, and says everything that is wrong in it.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::pattern::{Forms, Pattern};

/// A catalogue's file, from which phrases are taken one by one.
pub(in crate::language) struct Reader<'t> {
    sections: DeTable<'t>,
    is_toml: bool,
    problems: Vec<String>,
}

impl<'t> Reader<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        match DeTable::parse(text) {
            Ok(sections) => Self { sections: sections.into_inner(), is_toml: true, problems: Vec::new() },
            Err(error) => {
                Self { sections: DeTable::new(), is_toml: false, problems: vec![format!("no TOML: {error}")] }
            }
        }
    }

    /// The forms of a phrase, with its placeholders' names and the one that decides between singular and
    /// plural.
    pub(super) fn forms(
        &mut self,
        section: &str,
        name: &str,
        places: &[&str],
        counted: Option<&str>,
    ) -> Forms {
        let written = self.take(section, name);
        let by = counted.and_then(|counted| places.iter().position(|place| *place == counted));
        let Some(by) = by else { return Forms::Always(self.one(section, name, written, places, None)) };
        let Some(DeValue::Table(mut forms)) = written else {
            if written.is_some() {
                self.wrong(section, name, "has no forms: `{ one = \"…\", other = \"…\" }` is expected");
            }
            return Forms::Always(Pattern::default());
        };
        // `a night` may stand for one of them.
        let one = self.one(section, &format!("{name}.one"), taken(&mut forms, "one"), places, Some(by));
        let other = self.one(section, &format!("{name}.other"), taken(&mut forms, "other"), places, None);
        for (form, _) in forms {
            self.wrong(section, &format!("{name}.{}", form.get_ref()), "is no form");
        }
        Forms::By(by, one, other)
    }

    /// A text without placeholders.
    pub(in crate::language) fn text(&mut self, section: &str, name: &str) -> String {
        match self.take(section, name) {
            Some(DeValue::String(text)) => text.into_owned(),
            Some(_) => {
                self.wrong(section, name, "is no text");
                String::new()
            }
            None => String::new(),
        }
    }

    /// A text with placeholders.
    pub(in crate::language) fn pattern(&mut self, section: &str, name: &str, places: &[&str]) -> Pattern {
        let written = self.take(section, name);
        self.one(section, name, written, places, None)
    }

    /// Everything that is wrong: what is left is known to nobody, and of a file that is no TOML there is no
    /// more to say.
    pub(super) fn finish(mut self) -> Vec<String> {
        if !self.is_toml {
            self.problems.truncate(1);
            return self.problems;
        }
        for (section, left) in std::mem::take(&mut self.sections) {
            let section = section.into_inner();
            match left.into_inner() {
                DeValue::Table(left) => {
                    for (name, _) in left {
                        self.wrong(&section, name.get_ref(), "is no phrase");
                    }
                }
                _ => self.problems.push(format!("`{section}` is no section")),
            }
        }
        self.problems
    }

    fn take(&mut self, section: &str, name: &str) -> Option<DeValue<'t>> {
        let written = match self.sections.get_mut(section).map(Spanned::get_mut) {
            Some(DeValue::Table(section)) => taken(section, name),
            _ => None,
        };
        if written.is_none() {
            self.wrong(section, name, "is missing");
        }
        written
    }

    fn one(
        &mut self,
        section: &str,
        name: &str,
        written: Option<DeValue<'_>>,
        places: &[&str],
        may_lack: Option<usize>,
    ) -> Pattern {
        let written = match written {
            Some(DeValue::String(written)) => written,
            Some(_) => {
                self.wrong(section, name, "is no text");
                return Pattern::default();
            }
            None => {
                // A phrase that is missing as a whole has been reported.
                if name.contains('.') {
                    self.wrong(section, name, "is missing");
                }
                return Pattern::default();
            }
        };
        if written.trim().is_empty() {
            self.wrong(section, name, "is empty");
        }
        match Pattern::read(&written, places) {
            Ok(pattern) => {
                for (place, of_place) in places.iter().enumerate() {
                    if !pattern.has(place) && may_lack != Some(place) {
                        self.wrong(section, name, &format!("lacks `{{{of_place}}}`"));
                    }
                }
                pattern
            }
            Err(why) => {
                self.wrong(section, name, &why);
                Pattern::default()
            }
        }
    }

    fn wrong(&mut self, section: &str, name: &str, what: &str) {
        self.problems.push(format!("`{section}.{name}` {what}"));
    }
}

/// Takes a value out of a table.
fn taken<'t>(table: &mut DeTable<'t>, name: &str) -> Option<DeValue<'t>> {
    table.remove(name).map(Spanned::into_inner)
}

//! `[unimicro]`: the department and the project of Unimicro's import.

use crate::profile::dimension::{Alphabet, Dimension, dimension};
use crate::toml_reader::{Section, TomlReader};

/// How Unimicro is set up at the municipality.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnimicroProfile {
    /// The department, as a column after the seven that are always there.
    pub department: Option<Dimension>,
    /// The project, as a column after that.
    pub project: Option<Dimension>,
}

pub(super) fn read<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> UnimicroProfile {
    let mut profile = UnimicroProfile::default();
    let Some(mut section) = top.optional("unimicro").and_then(|node| reader.section(node)) else {
        return profile;
    };
    for (key, value) in [("department", &mut profile.department), ("project", &mut profile.project)] {
        let node = section.optional(key);
        *value = node.and_then(|node| dimension(reader, node, Alphabet::Code));
    }
    reader.finish(&section);
    profile
}

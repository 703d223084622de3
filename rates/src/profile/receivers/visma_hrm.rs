//! `[visma_hrm]`: the mapping file and the schema of Visma Enterprise HRM's XML.

use honorar_problems::Place;

use crate::toml_reader::{Section, TomlReader};

/// How Visma Enterprise HRM is set up at the municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VismaHrmProfile {
    /// The mapping file's path, or `example` for the one that ships with the program.
    pub mapping: String,
    /// Where it is named.
    pub mapping_place: Place,
    /// The path of the customer's schema (XSD), where there is one, and where it is named.
    pub schema: Option<(String, Place)>,
}

pub(super) fn read<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> Option<VismaHrmProfile> {
    let mut section = top.optional("visma_hrm").and_then(|node| reader.section(node))?;
    let mapping_node = reader.required_as(&mut section, "mapping", || {
        "the path of the mapping file, or `example` for the one that ships with the program".to_owned()
    });
    let mapping = mapping_node.as_ref().and_then(|node| reader.text(node));
    let schema = section.optional("schema").and_then(|node| {
        let place = reader.place_of(&node);
        reader.text(&node).map(|path| (path, place))
    });
    reader.finish(&section);
    Some(VismaHrmProfile { mapping: mapping?, mapping_place: reader.place_of(&mapping_node?), schema })
}

//! `[provenance]`: the decisions behind parameters and settings.

use std::collections::BTreeMap;

use honorar_engine::regulation::Provenance;
use honorar_problems::{Place, Problem};

use crate::toml_reader::{Node, Section, TomlReader};

/// What stands behind a parameter or a setting.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The parameter's or setting's name.
    pub name: String,
    /// Who says so.
    pub provenance: Provenance,
    /// Where it stands.
    pub place: Place,
}

/// The decisions: `parameters` for all of them first, then one by one.
pub(super) fn decisions<'t>(
    reader: &mut TomlReader<'t>,
    top: &mut Section<'t>,
    parameters: &BTreeMap<String, Place>,
) -> Vec<Decision> {
    let mut decisions = Vec::new();
    let mut one_by_one = Vec::new();
    let mut nodes = reader.entries(top, "provenance");
    while let Some((name, node)) = nodes.pop() {
        if node.is_table() {
            let section = reader.section(node).map(|mut section| section.take_all()).unwrap_or_default();
            nodes.extend(section.into_iter().map(|(key, node)| (format!("{name}.{key}"), node)));
            continue;
        }
        let Some(provenance) = provenance(reader, &node) else { continue };
        let place = reader.place_of(&node);
        if name == "parameters" {
            let of = |name: &String| Decision {
                name: name.clone(),
                provenance: provenance.clone(),
                place: place.clone(),
            };
            decisions.extend(parameters.keys().map(of));
        } else {
            one_by_one.push(Decision { name, provenance, place });
        }
    }
    decisions.extend(one_by_one);
    decisions
}

fn provenance<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<Provenance> {
    let text = reader.text(node)?;
    match text.trim() {
        "" => {
            reader.wrong(
                node,
                "no_decision",
                "names no decision",
                "`assumed`, or the decision, such as \"KST 104/13\"",
            );
            None
        }
        "assumed" => Some(Provenance::Assumed),
        "document" => {
            let message = format!("`{}` names no decision", node.name);
            let problem = Problem::warning("no_decision", reader.place_of(node), message).value("document");
            reader.report(problem.expected("the decision itself, such as \"KST 104/13\""));
            Some(Provenance::Document)
        }
        decision => Some(Provenance::Decision(decision.to_owned())),
    }
}

//! Another value of a setting, in a regulation's text.

use honorar_rates::RegulationText;
use honorar_rates::toml_reader::{Node, Section, TomlReader};

/// The regulation with another value of one setting or amount, written as its file has it.
///
/// Errors: why that cannot be done.
pub fn changed(regulation: &RegulationText, name: &str, value: &str) -> Result<RegulationText, String> {
    let (mut reader, mut top) = TomlReader::open(&regulation.file, &regulation.text);
    let mut keys = name.split('.');
    let first = keys.next().unwrap_or_default();
    let nothing = || format!("the regulation has no `{name}`");
    let mut node = find(&mut top, first).ok_or_else(nothing)?;
    for key in keys {
        let mut section = reader.section(node).ok_or_else(nothing)?;
        node = find(&mut section, key).ok_or_else(nothing)?;
    }
    if node.is_table() {
        let mut section = reader.section(node).ok_or_else(nothing)?;
        node = section.optional("value").ok_or_else(|| {
            if section.optional("parameter").is_some() {
                format!("`{name}` is a parameter: give its value under [parameters]")
            } else {
                format!("`{name}` is no setting or amount")
            }
        })?;
    } else if node.is_list_of_tables() {
        return Err(format!("`{name}` changes in time, and has no one value"));
    }
    let span = reader.span(&node);
    let mut text = regulation.text.clone();
    let fits = text.is_char_boundary(span.start) && text.is_char_boundary(span.end);
    if span.start > span.end || !fits {
        return Err(nothing());
    }
    text.replace_range(span, value);
    Ok(RegulationText { file: regulation.file.clone(), text })
}

fn find<'t>(section: &mut Section<'t>, key: &str) -> Option<Node<'t>> {
    section.take_all().into_iter().find(|(name, _)| name == key).map(|(_, node)| node)
}

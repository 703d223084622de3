//! `[wage_types]`: how payroll knows the kinds of pay line.

use std::collections::BTreeMap;

use honorar_engine::wage_type::{Send, WageType, WageTypes};

use crate::toml_reader::{Node, Section, TomlReader};
use crate::words::{SENDS, kinds};

pub(super) fn wage_types<'t>(reader: &mut TomlReader<'t>, top: &mut Section<'t>) -> Option<WageTypes> {
    let mut section = top.optional("wage_types").and_then(|node| reader.section(node))?;
    let kinds = kinds();
    let mut types = BTreeMap::new();
    for (name, kind) in &kinds {
        if let Some(wage_type) = section.optional(name).and_then(|node| wage_type(reader, node)) {
            types.insert(*kind, wage_type);
        }
    }
    reader.finish(&section);
    Some(WageTypes(types))
}

fn wage_type<'t>(reader: &mut TomlReader<'t>, node: Node<'t>) -> Option<WageType> {
    let mut section = reader.section(node)?;
    let code_node = reader.required(&mut section, "code");
    let code = code_node.and_then(|node| payroll_code(reader, &node));
    let send = reader.required(&mut section, "send").and_then(|node| reader.word(&node, &SENDS));
    let taxable_node = section.optional("taxable_code");
    let taxable_code = taxable_node.as_ref().map(|node| payroll_code(reader, node));
    reader.finish(&section);
    if let (Some(node), Some(Send::Quantity)) = (&taxable_node, send) {
        let expected =
            "`send = \"amount\"` or `\"quantity_rate\"`: what payroll prices itself is not parted here";
        reader.wrong(node, "not_parted", "does not go with `send = \"quantity\"`", expected);
        return None;
    }
    Some(WageType {
        code: code?,
        taxable_code: match taxable_code {
            Some(code) => Some(code?),
            None => None,
        },
        send: send?,
    })
}

fn payroll_code<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<String> {
    let code = reader.text(node)?;
    if code.is_empty() || code.len() > 10 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        reader.wrong(node, "not_a_wage_type", "is no wage type", "1 to 10 digits, as payroll has them");
        return None;
    }
    Some(code)
}

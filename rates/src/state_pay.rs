//! Pay that the state sets, which regulations take as a base.

use chrono::NaiveDate;
use honorar_engine::calendar::DateSpan;
use honorar_engine::regulation::{Item, Items, Provenance, StateAmount, StatePay, StatePayRow};

use crate::toml_reader::{Section, TomlReader};

const STATE_PAY: &str = include_str!("../state/pay.toml");

/// The pay that ships with the program, with its items.
pub(crate) fn read(items: &mut Items) -> Option<StatePay> {
    let (mut reader, mut top) = TomlReader::open("pay.toml", STATE_PAY);
    let name = reader.required(&mut top, "name").and_then(|node| reader.text(&node))?;
    let ends = reader.required(&mut top, "ends").and_then(|node| reader.date(&node))?;
    let nodes = reader.required(&mut top, "pay").and_then(|node| reader.into_list(node))?;
    let mut sections: Vec<Section<'_>> =
        nodes.into_iter().map(|node| reader.section(node)).collect::<Option<_>>()?;
    let begins = sections.iter_mut().map(|section| {
        let from = reader.required(section, "from")?;
        reader.date(&from)
    });
    let begins = begins.collect::<Option<Vec<_>>>()?;
    let next = begins.iter().skip(1).map(NaiveDate::pred_opt);
    let lasts = next.chain([Some(ends)]).collect::<Option<Vec<_>>>()?;
    let mut rows = Vec::new();
    for ((mut section, from), last) in sections.into_iter().zip(begins).zip(lasts) {
        let in_force = DateSpan::new(from, last)?;
        for (key, amount, meaning) in [
            ("storting_member", StateAmount::StortingMember, "a Storting member's pay a year"),
            ("cabinet_member", StateAmount::CabinetMember, "a cabinet member's pay a year"),
        ] {
            let kroner = reader.required(&mut section, key).and_then(|node| reader.money(&node))?;
            let item = Item {
                name: format!("{key}.{from}"),
                source: name.clone(),
                point: from.to_string(),
                provenance: Provenance::Document,
                is_parameter: false,
                decision: String::new(),
                value: kroner.to_string(),
                meaning: meaning.to_owned(),
            };
            rows.push(StatePayRow { amount, in_force, amount_per_year: items.state(item, Some(kroner))? });
        }
        reader.finish(&section);
    }
    reader.finish(&top);
    reader.into_problems().is_empty().then_some(StatePay(rows))
}

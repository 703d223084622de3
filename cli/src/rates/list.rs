//! `honorar rates list`.

use honorar_casebook::read_pack;
use honorar_rates::{Head, RegulationText, empty_profile, find_pack, read_head, read_regulation};
use serde::Serialize;

use super::in_force;
use crate::Ending;
use crate::arguments::Format;
use crate::screen::{count, print, print_as_json};

#[derive(Serialize)]
struct Listed {
    name: String,
    municipality: String,
    title: String,
    in_force_from: Option<String>,
    in_force_to: Option<String>,
    adopted: String,
    cases: usize,
    open_parameters: Vec<String>,
}

pub(super) fn list(format: Format) -> Ending {
    let all: Vec<Listed> = RegulationText::shipped().iter().map(listed).collect();
    match format {
        Format::Json => print_as_json(&all),
        Format::Text => print(&all.iter().map(shown).collect::<String>()),
    }
    Ending::Done
}

fn listed(text: &RegulationText) -> Listed {
    let regulation = empty_profile().and_then(|profile| read_regulation(text, &profile).0);
    let open_parameters = regulation.iter().flat_map(|regulation| regulation.items.open_parameters());
    let head = read_head(text);
    let (pack, _) = read_pack(&find_pack(text.name()).0);
    let Head { municipality, title, adopted, in_force_from, in_force_to, .. } = head;
    Listed {
        name: text.name().to_owned(),
        municipality,
        title,
        in_force_from: in_force_from.map(|day| day.to_string()),
        in_force_to: in_force_to.map(|day| day.to_string()),
        adopted,
        cases: pack.cases().count(),
        open_parameters: open_parameters.map(str::to_owned).collect(),
    }
}

fn shown(regulation: &Listed) -> String {
    let Listed { name, municipality, title, adopted, .. } = regulation;
    let days =
        in_force(regulation.in_force_from.as_deref().unwrap_or_default(), regulation.in_force_to.as_deref());
    let cases = count(regulation.cases, "case", "cases");
    let open = match regulation.open_parameters.as_slice() {
        [] => "nothing".to_owned(),
        names => names.join(", "),
    };
    format!(
        "{name}\n  {municipality}: {title}\n  adopted {adopted}; {days}; {cases}\n  \
         left to the municipality: {open}\n"
    )
}

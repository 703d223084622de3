//! Shipped regulations that have been read, for the next municipality that has the same.
//!
//! A country has few regulations and hundreds of municipalities, which differ in what they give for the parameters:
//! nearly always a plain number each. Reading the file again for each took a tenth of a country's time. So a
//! shipped regulation is kept when it was read with a number for each parameter, and the next municipality gets a copy
//! with its own numbers. Whatever is not as simple is read from the file as ever; a test holds the two to give the same.

use std::sync::OnceLock;

use honorar_engine::regulation::{AmountIx, Formula};
use honorar_engine::{Money, Regulation};
use rust_decimal::Decimal;

use super::formula::formula;
use crate::profile::Profile;
use crate::shipped::{RegulationText, SHIPPED};
use crate::toml_reader::{Node, TomlReader};

/// A regulation with a number for each parameter, and which amounts have them.
struct Kept {
    regulation: Regulation,
    parameters: Vec<String>,
    amounts: Vec<(String, AmountIx)>,
}

/// A shipped regulation with the parameters of a profile, before its decisions; nothing where it is no shipped one,
/// or a parameter is not given as one plain number.
pub(super) fn read(text: &RegulationText, profile: &Profile) -> Option<Regulation> {
    let kept = place_of(text)?.get()?;
    let (mut reader, given) = profile.open_parameters();
    if !kept.parameters.iter().eq(given.keys()) {
        return None;
    }
    let mut regulation = kept.regulation.clone();
    for (parameter, amount) in &kept.amounts {
        let (number, written) = plain_number(&mut reader, given.get(parameter)?)?;
        regulation.give_parameter(*amount, number, written)?;
    }
    Some(regulation)
}

/// The number that a parameter is given as, where it is an amount of kroner, and how it is written.
fn plain_number<'t>(reader: &mut TomlReader<'t>, node: &Node<'t>) -> Option<(Decimal, String)> {
    let Formula::Number(number) = formula(&reader.number_or_text(node)?, &|_| Err(String::new())).ok()?
    else {
        return None;
    };
    Money::new(number)?;
    Some((number, reader.raw(node)))
}

/// Keeps a regulation that was read from its file without a problem, for others to copy.
pub(super) fn keep(text: &RegulationText, profile: &Profile, regulation: &Regulation) {
    let Some(place) = place_of(text) else { return };
    let (mut reader, given) = profile.open_parameters();
    let is_simple = given.values().all(|node| plain_number(&mut reader, node).is_some());
    let amounts: Vec<(String, AmountIx)> =
        regulation.parameters().map(|(name, amount)| (name.to_owned(), amount)).collect();
    // A parameter that is no amount, as a share would be, has to be read from the file; so has one that is open.
    let of_items = regulation.items.iter().filter(|(_, item)| item.is_parameter).count();
    if is_simple && of_items == amounts.len() && regulation.items.open_parameters().is_empty() {
        let parameters = given.into_keys().collect();
        // Whoever else kept it meanwhile kept the same.
        let _ = place.set(Kept { regulation: regulation.clone(), parameters, amounts });
    }
}

/// Where a shipped regulation is kept.
fn place_of(text: &RegulationText) -> Option<&'static OnceLock<Kept>> {
    static KEPT: OnceLock<Vec<OnceLock<Kept>>> = OnceLock::new();
    let place = SHIPPED.iter().position(|(_, shipped)| *shipped == text.text)?;
    KEPT.get_or_init(|| SHIPPED.iter().map(|_| OnceLock::new()).collect()).get(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regulation_file::{empty_profile, read_from_file, read_regulation};

    fn profile(parameters: &[&str], value: impl Fn(usize) -> String) -> Profile {
        let given = parameters.iter().enumerate();
        let given: String = given.map(|(at, name)| format!("{name} = {}\n", value(at))).collect();
        let text = format!("municipality = \"\"\nregulation = \"\"\n[parameters]\n{given}");
        crate::profile::read_profile("honorar.toml", &text).0.unwrap()
    }

    #[test]
    fn a_kept_regulation_is_what_its_file_gives() {
        let mut names = Vec::new();
        for text in RegulationText::shipped() {
            let open = read_from_file(&text, &empty_profile().unwrap(), None).0.unwrap();
            let parameters = open.items.open_parameters();
            read_regulation(&text, &profile(&parameters, |_| "1".to_owned()));
            let values: [&dyn Fn(usize) -> String; 3] =
                [&|at| (850_000 + at).to_string(), &|at| format!("\"{at}000.5{at}\""), &|at| {
                    format!("1_000_0{at}0")
                }];
            for value in values {
                let profile = profile(&parameters, value);
                let Some(kept) = read(&text, &profile) else { continue };
                let (of_file, problems) = read_from_file(&text, &profile, None);
                assert_eq!(problems, [], "{}", text.file);
                assert_eq!(format!("{:?}", Some(kept)), format!("{of_file:?}"), "{}", text.file);
                names.push(text.name().to_owned());
            }
        }
        // Some of Askøy's parameters are shares and words.
        assert!(names.contains(&"aurland".to_owned()) && !names.contains(&"askoy".to_owned()), "{names:?}");
    }

    #[test]
    fn what_is_not_simple_is_read_from_the_file() {
        let text = RegulationText::shipped_as("aurland").unwrap();
        let open = read_from_file(&text, &empty_profile().unwrap(), None).0.unwrap();
        let parameters = open.items.open_parameters();
        let simple = profile(&parameters, |_| "1000".to_owned());
        read_regulation(&text, &simple);
        assert!(read(&text, &simple).is_some());
        for value in [
            "\"12.5 % of storting_member\"",
            "[{ value = 1 }]",
            "true",
            "-1",
            "\"x\"",
            "\"1.005\"",
            "\"9000000000000\"",
        ] {
            let other = profile(&parameters, |at| if at == 0 { value.to_owned() } else { "1000".to_owned() });
            assert!(read(&text, &other).is_none(), "{value}");
        }
        let changed = RegulationText { text: format!("{}\n", text.text), ..text.clone() };
        assert!(read(&changed, &simple).is_none());
        assert!(read(&text, &empty_profile().unwrap()).is_none());
    }
}

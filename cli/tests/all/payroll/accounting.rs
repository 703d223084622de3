//! The accounting string by rule, and the dimensions that follow from it, from a body, a group or an office.

use honorar_engine::basis::Role;
use honorar_engine::line::Kind;
use honorar_rates::{AccountingPart, Dimension, Traits};

use super::samples::{fee, profile};

const RULES: &str = r#"
municipality = "aurland"
regulation = "aurland"

[[accounting]]
kinds = ["travel_car", "travel_passenger"]
account = "11600"

[[accounting]]
bodies = ["KU"]
responsibility = "1100"
function = "110"

[[accounting]]
groups = ["AP"]
project = "7001"

[[accounting]]
offices = ["mayor", "acting_mayor"]
account = "10801"

[[accounting]]
account = "10800"
responsibility = "1000"

[[accounting]]
bodies = ["KST", "FSK"]
function = "100"
"#;

fn traits(kind: Kind, body: &'static str, group: &'static str, office: Option<Role>) -> Traits<'static> {
    Traits { kind, body, group, office }
}

#[test]
fn the_first_rule_that_fits_and_states_a_part_decides_it() {
    let rules = profile(&format!("{RULES}\n[[accounting]]\nproject = \"0\"\n")).accounting;
    let cases = [
        (traits(Kind::FixedFee, "FSK", "SP", Some(Role::Member)), "10800/1000/100/0"),
        (traits(Kind::FixedFee, "KST", "AP", Some(Role::Leader)), "10800/1000/100/7001"),
        (traits(Kind::MeetingFee, "KU", "SP", None), "10800/1100/110/0"),
        (traits(Kind::TravelCar, "KU", "AP", None), "11600/1100/110/7001"),
        (traits(Kind::FixedFee, "KST", "", Some(Role::Mayor)), "10801/1000/100/0"),
        (traits(Kind::TravelPassenger, "KST", "", Some(Role::Mayor)), "11600/1000/100/0"),
    ];
    for (traits, expected) in cases {
        let string = rules.of(traits).unwrap_or_else(|parts| panic!("{traits:?}: {parts:?}"));
        assert_eq!(AccountingPart::ALL.map(|part| string.part(part)).join("/"), expected, "{traits:?}");
    }
}

#[test]
fn a_part_that_rules_state_for_others_only_is_missing() {
    let rules = profile(RULES).accounting;
    let of = |body, group, office| rules.of(traits(Kind::Care, body, group, office));
    assert_eq!(of("OOK", "AP", None), Err(vec![AccountingPart::Function]));
    assert_eq!(of("", "SP", None), Err(vec![AccountingPart::Function, AccountingPart::Project]));
    assert_eq!(of("KST", "SP", None), Err(vec![AccountingPart::Project]));
    assert!(of("KST", "AP", None).is_ok());
    let none = profile("municipality = \"aurland\"\nregulation = \"aurland\"\n").accounting;
    assert!(none.of(traits(Kind::Care, "", "", None)).is_ok(), "without rules nothing is wanted");
}

/// What R1 is on a fee of a member of FSK who is in AP.
fn r1(stated: &str, change: impl Fn(&mut Traits<'static>)) -> Result<String, String> {
    let text = format!("municipality = \"a\"\nregulation = \"aurland\"\n[visma_lonn]\nr1 = {stated}\n");
    let [r1, ..] = &profile(&text).receivers.visma_lonn.dimensions;
    let r1: &Dimension = r1;
    let (mut traits, accounting) = (fee().traits, fee().accounting);
    change(&mut traits);
    r1.of(traits, &accounting).map(str::to_owned).map_err(|none| format!("{} {}", none.dimension, none.value))
}

#[test]
fn a_dimension_follows_from_the_line() {
    let as_it_is = |_: &mut Traits<'static>| {};
    let ok = |text: &str| Ok(text.to_owned());
    assert_eq!(r1("\"410\"", as_it_is), ok("410"));
    for (source, text) in [
        ("account", "10800"),
        ("responsibility", "1000"),
        ("function", "100"),
        ("project", ""),
        ("kind", "fixed_fee"),
        ("body", "FSK"),
        ("group", "AP"),
        ("office", "member"),
    ] {
        assert_eq!(r1(&format!("{{ from = \"{source}\" }}"), as_it_is), ok(text), "{source}");
    }
    let mapped = r#"{ from = "body", values = { FSK = "41", KST = "40" } }"#;
    assert_eq!(r1(mapped, as_it_is), ok("41"));
    assert_eq!(r1(mapped, |traits| traits.body = "OOK"), Err("visma_lonn.r1 OOK".to_owned()));
    assert_eq!(r1(mapped, |traits| traits.body = ""), ok(""), "a line of no body has no text");
    let otherwise = r#"{ from = "body", values = { FSK = "41" }, otherwise = "49" }"#;
    assert_eq!(r1(otherwise, |traits| traits.body = "OOK"), ok("49"));
    assert_eq!(r1(otherwise, |traits| traits.body = ""), ok("49"));
    assert_eq!(
        r1(r#"{ from = "body" }"#, |traits| traits.body = "ØK"),
        Err("visma_lonn.r1 ØK".to_owned()),
        "what the file cannot take needs a text under `values`"
    );
    assert_eq!(r1(r#"{ from = "body", values = { "ØK" = "42" } }"#, |traits| traits.body = "ØK"), ok("42"));
}

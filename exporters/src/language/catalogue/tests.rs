//! The catalogues hold the same phrases, what is wrong in one is named, and every language has its own
//! numbers and dates.

use chrono::NaiveDate;
use honorar_engine::Money;
use honorar_rates::Language;
use rust_decimal::Decimal;

use super::{BOKMAL, Catalogue, NYNORSK, file};
use crate::language::Words;

#[test]
fn every_catalogue_has_every_phrase_and_no_other() {
    for language in Language::ALL {
        assert_eq!(Catalogue::read(file(language)).1, Vec::<String>::new(), "{language}");
    }
}

/// What is wrong in the nynorsk catalogue with one of its lines changed.
fn wrong(line: &str, changed: &str) -> Vec<String> {
    let (before, after) = NYNORSK.split_once(line).unwrap_or_else(|| panic!("no line {line}"));
    Catalogue::read(&format!("{before}{changed}{after}")).1
}

#[test]
fn what_is_wrong_in_a_catalogue_is_named() {
    let cases: [(&str, &str, &[&str]); 10] = [
        ("correction = \"retting\"", "", &["`kind.correction` is missing"]),
        (
            "correction = \"retting\"",
            "corection = \"retting\"",
            &["`kind.correction` is missing", "`kind.corection` is no phrase"],
        ),
        ("[kind]", "[kinds]\na = \"b\"\n\n[kind]", &["`kinds.a` is no phrase"]),
        (
            "av {days} dagar",
            "av {dagar} dagar",
            &["`fixed_fee.held_some` has the unknown placeholder `{dagar}`"],
        ),
        ("av {days} dagar", "av alle dagane", &["`fixed_fee.held_some` lacks `{days}`"]),
        (
            "av {days} dagar",
            "av {days dagar",
            &["`fixed_fee.held_some` has a `{` without its `}`: i vervet {held} av {days dagar"],
        ),
        (
            "{ one = \"{months} månad\", other = \"{months} månader\" }\nasked",
            "\"{months} månader\"\nasked",
            &["`after_pay.months` has no forms: `{ one = \"…\", other = \"…\" }` is expected"],
        ),
        (
            "other = \"{months} månader\" }\nasked",
            "few = \"{months} månader\" }\nasked",
            &["`after_pay.months.other` is missing", "`after_pay.months.few` is no form"],
        ),
        ("asked = \"krav på {amount}\"", "asked = 5", &["`claim.asked` is no text"]),
        ("decimal = \",\"", "", &["`marks.decimal` is missing"]),
    ];
    for (line, changed, expected) in cases {
        assert_eq!(wrong(line, changed), expected, "{changed}");
    }
    let [no_toml] = &wrong("[marks]", "[marks")[..] else { panic!("one problem") };
    assert!(no_toml.starts_with("no TOML: "), "{no_toml}");
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text} is a number"))
}

#[test]
fn amounts_and_numbers_have_their_languages_form() {
    // The number; English; bokmål and nynorsk, with `_` for a no-break space.
    let amounts = [
        ("0", "0.00", "0,00"),
        ("0.05", "0.05", "0,05"),
        ("7.5", "7.50", "7,50"),
        ("-7.5", "-7.50", "−7,50"),
        ("-0.05", "-0.05", "−0,05"),
        ("999.99", "999.99", "999,99"),
        ("1000", "1000.00", "1_000,00"),
        ("1234.50", "1234.50", "1_234,50"),
        ("-1234.5", "-1234.50", "−1_234,50"),
        ("10005.01", "10005.01", "10_005,01"),
        ("1234567.89", "1234567.89", "1_234_567,89"),
        ("1000000000000", "1000000000000.00", "1_000_000_000_000,00"),
    ];
    let numbers = [
        ("0", "0", "0"),
        ("0.50", "0.5", "0,5"),
        ("-0.125", "-0.125", "−0,125"),
        ("12", "12", "12"),
        ("9000", "9000", "9_000"),
        ("10400.50", "10400.5", "10_400,5"),
        (
            "79228162514264337593543950335",
            "79228162514264337593543950335",
            "79_228_162_514_264_337_593_543_950_335",
        ),
    ];
    let in_norwegian = [Language::Bokmal, Language::Nynorsk].map(Words::of);
    let english = Words::of(Language::English);
    for (written, in_english, norwegian) in amounts {
        let amount = Money::new(decimal(written)).unwrap_or_else(|| panic!("{written} is an amount"));
        assert_eq!(english.money(amount), in_english);
        assert_eq!(english.money(amount), amount.to_string(), "English is as in the files");
        for words in in_norwegian {
            assert_eq!(words.money(amount), norwegian.replace('_', "\u{a0}"));
        }
    }
    for (written, in_english, norwegian) in numbers {
        let number = decimal(written);
        assert_eq!(english.number(number), in_english);
        assert_eq!(english.number(number), number.normalize().to_string(), "English is as in the files");
        for words in in_norwegian {
            assert_eq!(words.number(number), norwegian.replace('_', "\u{a0}"));
        }
    }
}

#[test]
fn counts_per_cents_and_dates_have_their_languages_form() {
    let [english, bokmal, nynorsk] = Language::ALL.map(Words::of);
    assert_eq!([english.count(14_u32), english.count(10_412_u64)], ["14", "10412"]);
    assert_eq!(english.per_cent(decimal("12.50")), "12.5 %");
    let day = NaiveDate::from_ymd_opt(2014, 3, 6).unwrap_or_default();
    assert_eq!(english.date(day), "2014-03-06");
    for words in [bokmal, nynorsk] {
        assert_eq!([words.count(14_u32), words.count(10_412_u64)], ["14", "10\u{a0}412"]);
        assert_eq!(words.per_cent(decimal("12.50")), "12,5\u{a0}%");
        assert_eq!(words.date(day), "06.03.2014");
    }
}

#[test]
fn periods_have_names() {
    let [english, bokmal, nynorsk] = Language::ALL.map(Words::of);
    for (period, in_english, norwegian) in [
        ("2014-H1", "half-year 1 of 2014", "1. halvår 2014"),
        ("2014-Q3", "quarter 3 of 2014", "3. kvartal 2014"),
        ("2014-12", "December 2014", "desember 2014"),
        ("2014", "2014", "2014"),
    ] {
        let period = period.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(english.period(period), in_english);
        assert_eq!(bokmal.period(period), norwegian);
        assert_eq!(nynorsk.period(period), norwegian);
    }
}

#[test]
fn one_is_singular_and_everything_else_is_plural() {
    for (language, number, expected) in [
        (Language::English, "1.00", "1 month"),
        (Language::English, "0.5", "0.5 months"),
        (Language::Bokmal, "1", "1 måned"),
        (Language::Bokmal, "1.5", "1,5 måneder"),
        (Language::Nynorsk, "1", "1 månad"),
        (Language::Nynorsk, "3", "3 månader"),
        (Language::Nynorsk, "0", "0 månader"),
    ] {
        assert_eq!(super::catalogue(language).after_pay.months(decimal(number)), expected);
    }
}

/// The words of a catalogue's phrases.
fn words_of(catalogue: &str) -> Vec<String> {
    let phrases = catalogue.lines().filter_map(|line| line.split_once('=')).map(|(_, phrase)| phrase);
    let words = phrases.flat_map(|phrase| phrase.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Forms that bokmål has and nynorsk has not.
const BOKMAL_ONLY: &str = "\
    ikke en et fra de dem ble blir hver hvert hvorav bare uten også høyest høyere høyst mer gir gi \
    godtgjøring godtgjøringen godtgjørelse leder lederen ordfører fravær fungerende møter timer dager \
    dagene måned måneder noe annet annen sammen regnes trekkes utbetales avrundet innkalt innvilget \
    mottatt påbegynt stede hel hele stemmer navn valgt tidligere støtten gruppen kjørte vei arbeidsgiver \
    lønn ansatte vanlig offentlig innen utvalg enkeltsaker medlemmer medlemmene avløser ledsager \
    begynner sitter følger dekker reisen ene ett én være lørdag søndag personer representanter";

/// Forms that nynorsk has and bokmål has not.
const NYNORSK_ONLY: &str = "\
    ikkje ein eit ei frå dei vart vert kvar kvart berre utan òg høgast høgare høgst meir gjev \
    godtgjersle godtgjersla leiar leiaren ordførar fråvær fungerande timar dagar dagane månad månader \
    noko anna annan saman rekna trekt avrunda innkalla innvilga motteke påbyrja stades heil heile \
    røyster namn vald valde tidlegare støtta gruppa køyrde veg arbeidsgjevar løn tilsette vanleg \
    offentleg innan utval einskildsaker medlemer medlemene avløysar ledsagar sit følgjer dekkjer eine \
    eitt éi vere laurdag sundag personar representantar";

/// What one of the two written languages has and the other has not shows a phrase that was carried over.
#[test]
fn nynorsk_is_no_bokmal_with_other_endings() {
    for (catalogue, others) in [(NYNORSK, BOKMAL_ONLY), (BOKMAL, NYNORSK_ONLY)] {
        let words = words_of(catalogue);
        let strange: Vec<&str> =
            others.split(' ').filter(|other| words.iter().any(|word| word == other)).collect();
        assert!(strange.is_empty(), "{strange:?}");
    }
}

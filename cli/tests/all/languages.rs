//! Explanations in every language: each sentence of every case and of thousands of generated bases, and what
//! the real binary prints and writes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use honorar_casebook::{Case, Found};
use honorar_exporters::language::Words;
use honorar_intake::read_source;
use honorar_rates::{Language, RegulationText};
use honorar_recount::generate;
use insta::assert_snapshot;
use rayon::prelude::*;

use crate::pocket_calculator::check_sentence_in;
use crate::properties::periods;
use crate::rules::shipped;
use crate::shapes::shapes;
use crate::tables::{source_of, testdata};

const NORWEGIAN: [Language; 2] = [Language::Bokmal, Language::Nynorsk];

/// Words that English and Norwegian share.
const SHARED: &[&str] = &[
    "for",
    "time",
    "over",
    "min",
    "km",
    "person",
    "video",
    "sum",
    "krone",
    "kroner",
    "øre",
    "frikjøp",
    "under",
    "to",
    "april",
    "august",
    "september",
    "november",
    "visma",
    "partiloven",
    "program",
    "expense",
    "honorar",
    "input",
    "zip",
];

/// The words of a catalogue's phrases, without its placeholders.
fn words_of(language: Language) -> BTreeSet<String> {
    let path = format!("../exporters/src/language/catalogue/{language}.toml");
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a catalogue");
    let file: toml::Table = text.parse().expect("TOML");
    let sections = file.iter().filter(|(name, _)| *name != "marks").map(|(_, section)| section);
    let phrases = sections.flat_map(|section| section.as_table().expect("a section").values());
    let forms = phrases.flat_map(|phrase| match phrase {
        toml::Value::Table(forms) => forms.values().filter_map(toml::Value::as_str).collect(),
        phrase => vec![phrase.as_str().expect("a phrase")],
    });
    forms.flat_map(words_in).collect()
}

/// The words of a phrase or a sentence in small letters, but for placeholders and citations.
fn words_in(text: &str) -> Vec<String> {
    let mut depth = 0;
    let words: String = text
        .chars()
        .map(|letter| {
            depth += i32::from(letter == '{') - i32::from(letter == '}');
            if depth == 0 && letter.is_alphabetic() { letter } else { ' ' }
        })
        .collect();
    words.split(' ').filter(|word| word.chars().count() > 1).map(str::to_lowercase).collect()
}

fn english_words() -> BTreeSet<String> {
    let mut words = words_of(Language::English);
    words.retain(|word| !SHARED.contains(&&**word));
    assert!(words.len() > 200, "{}", words.len());
    words
}

#[test]
fn the_norwegian_catalogues_have_no_english_word() {
    let english = english_words();
    for language in NORWEGIAN {
        let found: Vec<String> = words_of(language).intersection(&english).cloned().collect();
        assert!(found.is_empty(), "{language}: {found:?}");
    }
}

/// Every case of every regulation that ships and of every shape.
fn cases() -> Vec<(RegulationText, Case)> {
    let packs = shipped().into_iter().chain(shapes());
    let cases = packs.flat_map(|(regulation, pack)| {
        let cases: Vec<Case> = pack.cases().cloned().collect();
        cases.into_iter().map(move |case| (regulation.clone(), case))
    });
    cases.collect()
}

/// What is wrong in a sentence of a case, if anything is.
fn wrong(language: Language, case: &Case, line: &Found, english: &BTreeSet<String>) -> Option<String> {
    // The calculator rounds a half away from zero, as people do.
    let is_usual = !case.changes().any(|name| name == "fees.rounding");
    let amount = line.amount?.to_string();
    if is_usual && let Err(wrong) = check_sentence_in(language, &line.how, &amount) {
        return Some(wrong);
    }
    let sentence = line.how.rsplit_once(" (").map_or(&*line.how, |(sentence, _)| sentence);
    let strange: Vec<String> = words_in(sentence).into_iter().filter(|word| english.contains(word)).collect();
    (!strange.is_empty()).then(|| format!("{strange:?} in {language}: {}", line.how))
}

#[test]
fn every_sentence_of_every_case_is_right_in_norwegian_and_has_no_english_word() {
    let english = english_words();
    let failures: Vec<String> = cases()
        .par_iter()
        .flat_map_iter(|(regulation, case)| NORWEGIAN.map(|language| (regulation, case, language)))
        .flat_map_iter(|(regulation, case, language)| {
            let found = case.run_in(regulation, language).found;
            let of_lines = found.iter().filter(|line| !line.how.is_empty());
            let failures: Vec<String> =
                of_lines.filter_map(|line| wrong(language, case, line, &english)).collect();
            failures
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_sum_of_generated_bases_is_right_in_norwegian() {
    let sentences: usize = (0..150_u64)
        .into_par_iter()
        .map(|seed| {
            let tables = generate(seed);
            let reading = read_source(source_of(&tables));
            let content = reading.content.as_ref().expect("a basis without errors");
            let mut sentences = 0;
            for period in periods(&tables, seed) {
                let payout = honorar_engine::compute(&content.basis, &content.regulation, period);
                for line in payout.expect("nothing is missing").all() {
                    for language in NORWEGIAN {
                        let how = Words::of(language).how(line, &content.basis, &content.regulation);
                        check_sentence_in(language, &how, &line.amount.to_string())
                            .unwrap_or_else(|wrong| panic!("seed {seed}, {period}: {wrong}"));
                        sentences += 1;
                    }
                }
            }
            sentences
        })
        .sum();
    assert!(sentences > 20_000, "{sentences}");
}

/// Runs the binary in `testdata`, and gives its standard output.
fn honorar(arguments: &[&str], out: &Path) -> String {
    let out = out.display().to_string();
    let arguments = arguments.iter().map(|argument| argument.replace("OUT", &out));
    let output = Command::new(env!("CARGO_BIN_EXE_honorar"))
        .args(arguments)
        .current_dir(testdata())
        .output()
        .expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8").replace(&out, "OUT");
    let (printed, said) = (text(output.stdout), text(output.stderr));
    assert!(output.status.success(), "{said}");
    printed
}

/// The column `how` of a file, with what says whose line it is.
fn sentences(file: &Path) -> String {
    let bytes = std::fs::read(file).expect("a file");
    let records = crate::tables::records(&bytes);
    records
        .iter()
        .map(|record| format!("{} {}: {}\n", record["line"], record["kind"], record["how"]))
        .collect()
}

#[test]
fn a_half_year_in_norwegian() {
    let out = tempfile::tempdir().expect("a folder");
    for language in ["en", "nb", "nn"] {
        let folder = out.path().join(language);
        let run =
            ["run", "aurland-2014/canonical", "--period", "2014-H1", "--out", "OUT", "--language", language];
        let printed = honorar(&run, &folder);
        if language != "en" {
            assert_snapshot!(format!("run-{language}"), printed);
            assert_snapshot!(format!("lines-{language}"), sentences(&folder.join("lines.csv")));
            assert_snapshot!(format!("payables-{language}"), sentences(&folder.join("payables.csv")));
        }
        let record = std::fs::read_to_string(folder.join("run.json")).expect("the record");
        assert!(record.contains(&format!("\n  \"language\": \"{language}\",\n")), "{record}");
    }
    for file in ["lines.csv", "payables.csv"] {
        let of = |language: &str| {
            let bytes = std::fs::read(out.path().join(language).join(file)).expect("a file");
            let mut records = crate::tables::records(&bytes);
            for record in &mut records {
                record.remove("how");
            }
            records
        };
        assert_eq!(of("en"), of("nb"), "only the sentences differ");
        assert_eq!(of("en"), of("nn"), "only the sentences differ");
    }
    let payroll =
        |language: &str| std::fs::read(out.path().join(language).join("visma-lonn.csv")).expect("a file");
    assert_eq!(payroll("en"), payroll("nn"), "payroll reads no sentences");
}

#[test]
fn one_persons_lines_explained_in_norwegian() {
    let out = tempfile::tempdir().expect("a folder");
    for language in ["nb", "nn"] {
        for (basis, person, period) in [
            ("aurland-2014/canonical", "0104", "2014-H1"),
            ("aurland-2014/canonical", "0116", "2014-H2"),
            ("aurland-cases", "0102", "2014-H1"),
        ] {
            let explain = ["explain", basis, "--period", period, "--person", person, "--language", language];
            let name = format!("explain-{person}-{period}-{language}");
            assert_snapshot!(name, honorar(&explain, out.path()));
        }
    }
}

#[test]
fn the_support_to_party_groups_in_nynorsk() {
    let out = tempfile::tempdir().expect("a folder");
    let basis = out.path().join("lillestrom");
    std::fs::create_dir(&basis).expect("a folder");
    crate::groups::write_basis(&basis);
    let groups = ["groups", "OUT/lillestrom", "--year", "2023", "--out", "OUT/written", "--language", "nn"];
    assert_snapshot!("groups-nn", honorar(&groups, out.path()));
    let record = std::fs::read_to_string(out.path().join("written/run.json")).expect("the record");
    assert!(record.contains("\n  \"language\": \"nn\",\n"), "{record}");
    let csv = std::fs::read_to_string(out.path().join("written/groups.csv")).expect("a file");
    assert!(csv.contains("for 10 av 12 månader, 14 representantar: 14 × 47\u{a0}000,00 × 10 / 12"), "{csv}");
}

/// A basis with a language of its own.
fn basis_in(language: &str, folder: &Path) -> PathBuf {
    let basis = folder.join("basis");
    std::fs::create_dir(&basis).expect("a folder");
    for entry in std::fs::read_dir(testdata().join("aurland-cases")).expect("a basis") {
        let path = entry.expect("an entry").path();
        std::fs::copy(&path, basis.join(path.file_name().expect("a name"))).expect("a copy");
    }
    let profile = basis.join("honorar.toml");
    let text = std::fs::read_to_string(&profile).expect("a profile");
    std::fs::write(&profile, format!("language = \"{language}\"\n{text}")).expect("a profile");
    basis
}

#[test]
fn a_municipality_has_a_language_and_the_command_line_another() {
    let out = tempfile::tempdir().expect("a folder");
    basis_in("nn", out.path());
    let explain = ["explain", "OUT/basis", "--period", "2014-H1", "--person", "0104"];
    let own = honorar(&explain, out.path());
    assert!(own.contains("medlem i KST, i vervet 132 av 181 dagar"), "{own}");
    assert!(own.contains("5\u{a0}159,76  sum til personen"), "{own}");
    let other = honorar(&[&explain[..], &["--language", "en"]].concat(), out.path());
    assert!(other.contains("member of KST, held 132 of 181 days"), "{other}");
    let json = honorar(&[&explain[..], &["--format", "json"]].concat(), out.path());
    assert!(json.contains("\"amount\": \"722.50\"") && json.contains("høgst 170,00 × 255 / 60"), "{json}");
    let bases = ["run", "OUT/basis", "aurland-2014/canonical", "--period", "2014-H1", "--out", "OUT/both"];
    let mixed = honorar(&bases, out.path());
    assert!(mixed.starts_with("2 bases, 2014-H1\n"), "{mixed}");
    let record = |basis: &str| std::fs::read_to_string(out.path().join("both").join(basis).join("run.json"));
    assert!(record("basis").expect("a record").contains("\"language\": \"nn\""));
    assert!(record("canonical").expect("a record").contains("\"language\": \"en\""));
    let both = honorar(&[&bases[..], &["--language", "nb"]].concat(), out.path());
    assert!(both.starts_with("2 lønnsgrunnlag, 1. halvår 2014\n"), "{both}");
}

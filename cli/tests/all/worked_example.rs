//! What the guides show of regulations and cases is what the program takes and prints.

use std::fs;
use std::path::Path;
use std::process::Command;

use honorar_casebook::read_pack;
use honorar_rates::CaseText;

use crate::tables::{aurland, testdata};

/// The fenced blocks of a guide: the words behind the fence, and the text.
pub(crate) fn blocks(guide: &str) -> Vec<(Vec<String>, String)> {
    let text = fs::read_to_string(testdata().join("../docs").join(guide)).expect("a guide");
    let fenced = text.split("\n```").skip(1).step_by(2);
    let block = |block: &str| {
        let (words, text) = block.split_once('\n').expect("a block has a first line");
        (words.split(' ').map(str::to_owned).collect(), format!("{text}\n"))
    };
    fenced.map(block).collect()
}

/// Writes the files of «Adding a municipality in ten minutes».
pub(crate) fn write(folder: &Path) {
    let mut written = 0;
    for (words, text) in blocks("regulations.md") {
        let Some(name) = words.get(1) else { continue };
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
        written += 1;
    }
    assert_eq!(written, 8, "a regulation, two files of cases, and a basis of five files");
}

#[test]
fn a_municipality_is_added_as_the_guide_says() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path());
    let mut commands = 0;
    for (_, text) in blocks("regulations.md") {
        let Some((command, expected)) =
            text.strip_prefix("$ honorar ").and_then(|text| text.split_once('\n'))
        else {
            continue;
        };
        let output = Command::new(env!("CARGO_BIN_EXE_honorar"))
            .args(command.split(' '))
            .current_dir(folder.path())
            .output()
            .expect("the binary runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command}: {said}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{command}: {said}");
        commands += 1;
    }
    assert_eq!(commands, 2, "a check and a run");
}

#[test]
fn the_case_of_the_guide_passes() {
    let (_, text) = blocks("cases.md").into_iter().next().expect("a case");
    let (pack, problems) = read_pack(&[CaseText { file: "case.toml".to_owned(), text }]);
    assert_eq!(problems, []);
    let aurland = aurland();
    for case in pack.cases() {
        let outcome = case.run(&aurland);
        assert!(outcome.passed(), "{outcome:#?}");
    }
    assert_eq!(pack.cases().count(), 1);
}

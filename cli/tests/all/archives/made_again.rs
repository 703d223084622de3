//! Whatever a run writes is made again from its own folder, byte by byte, on a machine that has nothing else.

use std::fs;
use std::path::Path;

use super::support::{change, close, copy, done, honorar, run, set, write_basis};
use crate::tables::testdata;

/// Verifies a run in an empty folder: nothing differs, and nothing is known by its hash only.
fn is_made_again(run: &Path) {
    let elsewhere = tempfile::tempdir().expect("a folder");
    copy(run, &elsewhere.path().join("run"));
    let said = honorar(elsewhere.path(), &["verify", "run"]);
    let holds =
        said.status == 0 && said.out.contains("      holds: ") && !said.out.contains("by their hashes");
    assert!(holds, "{}: {}", run.display(), said.text());
}

/// Runs a basis in a folder for a period, with statements in every language and every payroll file that it can have.
fn with_all_its_files(folder: &Path, basis: &str, period: &str) {
    done(folder, &["run", basis, "--period", period, "--out", "run", "--language", "nn"]);
    for language in ["en", "nb", "nn"] {
        done(folder, &["statements", "run", "--language", language]);
    }
    let receivers = ["visma_lonn", "huldt_lillevik", "visma_hrm", "fint", "tripletex", "unimicro"];
    for receiver in receivers {
        // What the receiver would refuse is not there.
        honorar(folder, &["export", "run", "--to", receiver]);
    }
    is_made_again(&folder.join("run"));
}

#[test]
fn runs_of_every_form_and_period_are_made_again() {
    for basis in ["aurland-cases", "aurland-2014/windows-1252", "formats/aurland-cases.ods", "visma-expense"]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let name = Path::new(basis).file_name().and_then(|name| name.to_str()).expect("a name");
        let from = testdata().join(basis);
        if from.is_dir() {
            copy(&from, &folder.path().join(name));
        } else {
            fs::copy(&from, folder.path().join(name)).expect("a workbook");
            fs::copy(from.with_extension("toml"), folder.path().join(name).with_extension("toml"))
                .expect("a profile");
        }
        for period in ["2014-H1", "2014-H2", "2014-09"] {
            with_all_its_files(folder.path(), name, period);
            fs::remove_dir_all(folder.path().join("run")).expect("a folder");
        }
    }
}

/// The regulation lies above the basis, as in the guide.
#[test]
fn a_regulation_elsewhere_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    crate::worked_example::write(folder.path());
    with_all_its_files(folder.path(), "h1", "2024-H1");
}

/// The mapping and the schema of a payroll system lie in folders of their own, and the profile has another name.
#[test]
fn what_payroll_needs_is_kept_wherever_it_lies() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write_basis(folder);
    fs::create_dir_all(folder.join("basis/payroll")).expect("a folder");
    let example = testdata().join("../rates/payroll/visma-hrm.example.toml");
    fs::copy(example, folder.join("basis/payroll/mapping.toml")).expect("a mapping");
    let profile = fs::read_to_string(folder.join("basis/honorar.toml")).expect("a profile");
    let more = "[payroll]\nreceivers = [\"visma_lonn\", \"visma_hrm\"]\n[visma_hrm]\nmapping = \"payroll/mapping.toml\"\n";
    set(&folder.join("basis/profile.cfg"), format!("{profile}{more}").as_bytes());
    fs::remove_file(folder.join("basis/honorar.toml")).expect("a file");
    done(folder, &["run", "basis", "--period", "2014-H1", "--config", "basis/profile.cfg", "--out", "run"]);
    assert!(folder.join("run/visma-hrm.xml").exists());
    is_made_again(&folder.join("run"));
    close(folder, "run");
    done(folder, &["verify", "archive"]);
}

/// Notes about what lay beside the tables are part of what was said at the time, and made again too.
#[test]
fn notes_of_what_was_left_alone_are_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write_basis(folder);
    for name in ["letter.pdf", "notat æøå.docx", "~$krav.xlsx", "other.csv"] {
        set(&folder.join("basis").join(name), b"a,b\n");
    }
    fs::create_dir(folder.join("basis/old")).expect("a folder");
    run(folder, "2014-H1");
    let said = fs::read_to_string(folder.join("2014-H1/problems.json")).expect("the problems");
    assert_eq!(said.matches("\"no_table\"").count(), 5, "{said}");
    is_made_again(&folder.join("2014-H1"));
    close(folder, "2014-H1");
    change(&folder.join("basis/claims.csv"), "450.00", "405.00");
    run(folder, "2014-H2");
    is_made_again(&folder.join("2014-H2"));
}

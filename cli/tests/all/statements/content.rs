//! What statements say.

use std::fs;

use super::{Written, small, year};
use crate::tables::{names, oere, records};

/// What stands between two texts, once.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, after) = text.split_once(start).unwrap_or_else(|| panic!("{start}"));
    after.split_once(end).map_or(after, |(between, _)| between)
}

#[test]
fn a_persons_statement_in_each_language() {
    for language in ["en", "nb", "nn"] {
        let written = year(language);
        let page = written.read(&format!("{language}/person-0104.html"));
        let (_, body) = page.split_once("<body").expect("a body");
        insta::assert_snapshot!(format!("person-{language}"), body.replace("><", ">\n<"));
    }
}

#[test]
fn the_finance_office_and_the_auditor() {
    let (_basis, written) = small("");
    let (done, said) = written.statements(&["--finance", "--auditor", "--language", "nn"]);
    assert!(done, "{said}");
    for name in ["finance", "auditor"] {
        let page = written.read(&format!("nn/{name}.html"));
        let (_, body) = page.split_once("<body").expect("a body");
        // The hash of an input is that of its bytes, which other tests look at.
        insta::assert_snapshot!(format!("{name}-nn"), body.replace("><", ">\n<"));
    }
}

#[test]
fn a_party_groups_statement() {
    let (_basis, written) = small("");
    let (done, said) = written.statements(&["--group", "Ap", "--language", "nb"]);
    assert!(done, "{said}");
    let page = written.read("nb/group-Ap.html");
    let (_, body) = page.split_once("<body").expect("a body");
    insta::assert_snapshot!("group-nb", body.replace("><", ">\n<"));
}

/// What the persons are told sums to what is paid.
#[test]
fn the_totals_of_all_persons_are_the_control_total() {
    let written = year("en");
    let lines = records(&fs::read(written.run().join("lines.csv")).expect("the lines"));
    let paid: i64 = lines.iter().map(|line| oere(&line["amount"])).sum();
    let mut pages = written.ending_in("html", "en");
    pages.retain(|name| name.starts_with("person-"));
    assert!(pages.len() > 20, "{pages:?}");
    let mut sum = 0;
    for name in pages {
        let page = written.read(&format!("en/{name}"));
        if page.contains("<tfoot>") {
            let total = between(between(&page, "<tfoot>", "</tfoot>"), "<td class=\"number\">", "</td>");
            sum += oere(&total.replace(['\u{a0}', ' '], "").replace('−', "-"));
        }
    }
    assert_eq!(sum, paid);
}

/// The finance office sees the half-year before, which the basis of the year holds, or another run.
#[test]
fn the_change_from_the_half_year_before() {
    let written = year("en");
    let finance = written.read("en/finance.html");
    assert!(finance.contains("2014 was 331356.74, and this period is 331482.59."), "{finance}");
    let first = Written::of("aurland-2014/aurland-2014.xlsx", "2014-H1", &[]);
    assert!(first.statements(&["--finance", "--language", "en"]).0);
    let unknown = "neither this basis nor another run holds it";
    assert!(first.read("en/finance.html").contains(unknown));
    let second = written.run();
    let second = second.to_str().expect("UTF-8");
    assert!(first.statements(&["--finance", "--language", "en", "--before", second]).0);
    assert!(first.read("en/finance.html").contains("2014 was 331482.59, and this period is 331356.74."));
}

#[test]
fn a_run_writes_the_statements_of_its_profile() {
    let (_basis, written) = small("");
    assert!(!written.run().join("statements").exists(), "none without a word of the profile");
    let more = "[statements]\nwith_every_run = [\"finance\", \"persons\"]\nmunicipality = \"Fjordvik kommune\"\n\
                complain_to = \"Skriv til Fjordvik kommune.\"\n";
    let (_basis, written) = small(more);
    assert_eq!(
        written.names("en"),
        [
            "finance.html",
            "finance.xlsx",
            "person-0101.html",
            "person-0101.xlsx",
            "person-0102.html",
            "person-0102.xlsx"
        ]
    );
    let page = written.read("en/person-0101.html");
    assert!(page.contains("Fjordvik kommune") && page.contains("Skriv til Fjordvik kommune."), "{page}");
    let record = fs::read_to_string(written.run().join("run.json")).expect("the record");
    assert!(record.contains("statements/en/person-0101.html"), "{record}");
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let [one, other] = [year("nn"), year("nn")];
    assert_eq!(one.names("nn"), other.names("nn"));
    for name in one.names("nn") {
        let of =
            |written: &Written| fs::read(written.run().join("statements/nn").join(&name)).expect("a file");
        assert_eq!(of(&one), of(&other), "{name}");
    }
}

#[test]
fn languages_lie_beside_one_another() {
    let (_basis, written) = small("");
    assert!(written.statements(&["--person", "0101", "--language", "nn"]).0);
    assert!(written.statements(&["--person", "0102", "--language", "nb"]).0);
    assert!(written.statements(&["--person", "0101", "--language", "nn"]).0, "again");
    assert_eq!(names(&written.run().join("statements")), ["nb", "nn"]);
    assert_eq!(written.names("nn"), ["person-0101.html", "person-0101.xlsx"]);
    let run = written.run();
    let output = super::honorar(&["export", run.to_str().expect("UTF-8"), "--to", "unimicro"]);
    assert!(output.status.success(), "a run with statements is a run");
    assert_eq!(written.names("nb"), ["person-0102.html", "person-0102.xlsx"], "and keeps them");
}

#[test]
fn nobody_of_that_name() {
    let (_basis, written) = small("");
    let (done, said) = written.statements(&["--person", "0999", "--group", "Ingen"]);
    assert!(!done);
    assert!(said.contains("there is no person `0999` in this run"), "{said}");
    assert!(said.contains("there is no party group `Ingen` in this run"), "{said}");
    assert!(!written.run().join("statements").exists(), "nothing is written");
}

/// What payroll has from Visma Expense is told to the person, and is no part of the sum.
#[test]
fn what_is_registered_in_visma_expense_stands_apart() {
    let written = Written::of("visma-expense", "2014-H1", &[]);
    assert!(written.statements(&["--language", "en"]).0);
    let heading = "Registered in Visma Expense, not paid here</h2>";
    let pages = written.ending_in("html", "en");
    let with: Vec<&String> =
        pages.iter().filter(|name| written.read(&format!("en/{name}")).contains(heading)).collect();
    assert!(!with.is_empty() && with.iter().all(|name| name.starts_with("person-")), "{with:?}");
    let auditor = written.read("en/auditor.html");
    assert!(
        auditor.contains("id=\"line-E1\"") && auditor.contains("href=\"#line-E1\""),
        "the trail, both ways"
    );
}

#[cfg(unix)]
#[test]
fn statements_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let (_basis, written) = small("");
    assert!(written.statements(&["--person", "0101", "--language", "nb"]).0);
    let mode = |path: &str| {
        let path = written.run().join("statements").join(path);
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    };
    assert_eq!([mode(""), mode("nb"), mode("nb/person-0101.html")], [0o700, 0o700, 0o600]);
}

/// A party group's statement is the same whichever command writes it.
#[test]
fn the_support_of_a_year_has_its_statements_too() {
    let (basis, written) = small("");
    assert!(written.statements(&["--group", "Ap", "--language", "nb"]).0);
    let out = basis.path().join("support");
    let of_year = basis.path().join("fjordvik");
    let [out_text, of_year] = [&out, &of_year].map(|path| path.to_str().expect("UTF-8"));
    let groups = ["groups", of_year, "--year", "2021", "--language", "nb"];
    let output = super::honorar(&[&groups[..], &["--out", out_text, "--statements"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(names(&out.join("statements/nb")).len(), 4, "two groups, each as a page and a workbook");
    for file in ["group-Ap.html", "group-Ap.xlsx"] {
        let of_run = fs::read(written.run().join("statements/nb").join(file)).expect("a file");
        assert_eq!(fs::read(out.join("statements/nb").join(file)).expect("a file"), of_run, "{file}");
    }
    let output = super::honorar(&[&groups[..], &["--statements"]].concat());
    assert_eq!(output.status.code(), Some(2), "statements want a folder");
}

#[test]
fn without_a_name_all_persons_or_groups_are_meant() {
    let (_basis, written) = small("");
    assert!(written.statements(&["--person", "--language", "en"]).0);
    assert_eq!(written.ending_in("html", "en"), ["person-0101.html", "person-0102.html"]);
    assert!(written.statements(&["--language", "nn", "--group"]).0);
    assert_eq!(written.ending_in("html", "nn"), ["group--Høgre--H-.html", "group-Ap.html"]);
}

//! Pages opened in a real browser and printed, workbooks opened by a real spreadsheet.
//!
//! Where a machine lacks one of them, the tests say loudly what they leave out; with
//! `HONORAR_LEAVE_NOTHING_OUT` they fail.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use super::{small, year};

/// Whether a program is there; if not, that it is left out is said past whatever captures the output.
fn has(program: &str, package: &str, what: &str) -> bool {
    if Command::new(program).arg("--version").output().is_ok() {
        return true;
    }
    assert!(
        std::env::var_os("HONORAR_LEAVE_NOTHING_OUT").is_none(),
        "{program} is not there, and nothing may be left out: install {package}"
    );
    let line =
        format!("\n!! LEFT OUT: {what}, because `{program}` is not there (Debian's package {package})\n");
    std::io::stderr().write_all(line.as_bytes()).expect("standard error");
    false
}

fn chromium(profile: &Path, more: &[&str], page: &Path) -> Output {
    let profile = format!("--user-data-dir={}", profile.display());
    let always = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--enable-logging=stderr",
        &profile,
    ];
    let url = format!("file://{}", page.display());
    Command::new("chromium").args(always).args(more).arg(url).output().expect("the browser runs")
}

#[test]
fn pages_open_without_an_error_and_print() {
    if !has("chromium", "chromium", "pages opened in a browser") {
        return;
    }
    let temporary = tempfile::tempdir().expect("a folder");
    let profile = temporary.path().join("profile");
    let (_basis, small) = small("");
    assert!(small.statements(&["--language", "nb"]).0);
    let year = year("nn");
    let pages = [
        (year.run().join("statements/nn/person-0104.html"), "Godtgjersla di som folkevald"),
        (year.run().join("statements/nn/finance.html"), "til økonomikontoret"),
        (year.run().join("statements/nn/auditor.html"), "til revisor"),
        (small.run().join("statements/nb/group-Ap.html"), "Støtte til Ap, 2021"),
        (small.run().join("statements/nb/person-0101.html"), "<script>alert(1)</script>"),
    ];
    for (number, (page, text)) in pages.iter().enumerate() {
        let opened = chromium(&profile, &["--dump-dom"], page);
        assert!(opened.status.success(), "{}", page.display());
        let dom = String::from_utf8_lossy(&opened.stdout);
        let shown = dom.replace("&lt;", "<").replace("&gt;", ">");
        assert!(shown.contains(text), "{}: {text}", page.display());
        // What a page does wrong is said on the console: a refused request, a broken style, a script.
        let said = String::from_utf8_lossy(&opened.stderr);
        let errors: Vec<&str> = said.lines().filter(|line| line.contains("CONSOLE")).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", page.display());
        let pdf = temporary.path().join(format!("{number}.pdf"));
        let print = format!("--print-to-pdf={}", pdf.display());
        assert!(chromium(&profile, &["--no-pdf-header-footer", &print], page).status.success());
        let bytes = fs::read(&pdf).expect("it is printed");
        let printed = String::from_utf8_lossy(&bytes);
        let lies = page.ends_with("auditor.html");
        let sizes = if lies { ["841.", "842"] } else { ["594.", "595"] };
        let is_a4 = printed.split("/MediaBox").skip(1).all(|rest| {
            let width =
                rest.split([' ', '[', ']']).filter(|part| !part.is_empty()).nth(2).unwrap_or_default();
            sizes.iter().any(|size| width.starts_with(size))
        });
        assert!(is_a4 && printed.contains("/MediaBox"), "{}: A4", page.display());
    }
}

#[test]
fn workbooks_open_without_a_warning() {
    if !has("soffice", "libreoffice-calc", "workbooks opened by LibreOffice") {
        return;
    }
    let temporary = tempfile::tempdir().expect("a folder");
    let year = year("nn");
    let workbooks = year.run().join("statements/nn");
    let (_basis, small) = small("");
    assert!(small.statements(&["--language", "nb", "--group", "Ap"]).0);
    let installation = format!("-env:UserInstallation=file://{}/office", temporary.path().display());
    let out = temporary.path().join("out");
    let output = Command::new("soffice")
        .arg(&installation)
        .args([
            "--headless",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2",
        ])
        .arg("--outdir")
        .arg(&out)
        .args(["finance", "auditor", "person-0104"].map(|name| workbooks.join(format!("{name}.xlsx"))))
        .arg(small.run().join("statements/nb/group-Ap.xlsx"))
        .output()
        .expect("LibreOffice runs");
    let said = String::from_utf8_lossy(&output.stderr).to_lowercase();
    assert!(output.status.success(), "{said}");
    let is_quiet = |word: &&str| !said.contains(*word);
    assert!(["error", "corrupt", "repair"].iter().all(is_quiet), "{said}");
    let files = crate::tables::names(&out);
    assert_eq!(files.len(), 4, "{files:?}");
    let finance = files.iter().find(|file| file.starts_with("finance")).expect("the totals");
    let sheet = fs::read_to_string(out.join(finance)).expect("the sheet of totals");
    let rows: Vec<&str> = sheet.lines().collect();
    assert!(rows[0].starts_with("Type,"), "{sheet}");
    let amounts: Vec<&str> = rows.iter().filter_map(|row| row.rsplit(',').next()).collect();
    assert!(sheet.contains("331,482.59") || sheet.contains("331482.59"), "{amounts:?}");
}

//! Pages that stand by themselves, are safe and can be used by everybody; workbooks without formulas.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;

use super::{small, year};

/// The values of an attribute.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let start = format!(" {attribute}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn check_page(name: &str, page: &str, language: &str) {
    assert!(page.starts_with("<!DOCTYPE html><html lang="), "{name}");
    assert_eq!(values(page, "lang"), [language], "{name}");
    for (part, count) in [("<h1", 1), ("<header", 1), ("<main", 1), ("<footer", 1), ("<title", 1)] {
        assert_eq!(page.matches(part).count(), count, "{name}: {part}");
    }
    assert_eq!(page.matches("<table").count(), page.matches("<caption").count(), "{name}: captions");
    for heading in page.split("<th").skip(1).filter(|rest| !rest.starts_with("ead")) {
        let tag = heading.split('>').next().unwrap_or_default();
        assert!(tag.contains("scope=\"col\"") || tag.contains("scope=\"row\""), "{name}: <th{tag}>");
    }
    // It asks nobody for anything.
    for word in
        ["<script", "<link", "<img", "<iframe", " src=", "url(", "@import", "http:", "https:", "javascript:"]
    {
        assert!(!page.contains(word), "{name}: {word}");
    }
    assert!(page.contains("default-src 'none'"), "{name}: the policy");
    let ids = values(page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{name}: an id is there twice");
    for target in values(page, "href") {
        let id = target.strip_prefix('#').unwrap_or_else(|| panic!("{name}: {target} leads out of the page"));
        assert!(unique.contains(id), "{name}: {target} leads nowhere");
    }
    for labelled in values(page, "aria-labelledby") {
        assert!(unique.contains(labelled), "{name}: {labelled} labels nothing");
    }
    // Every element ends, and inside the one in which it begins.
    let mut open: Vec<&str> = Vec::new();
    let (_, body) = page.split_once("<body").expect("a body");
    for tag in body.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        let word = tag.split(' ').next().unwrap_or_default();
        match word.strip_prefix('/') {
            Some("body" | "html") => {}
            None if word == "wbr" => {}
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{name}: {tag}"),
            None => open.push(word),
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
}

#[test]
fn every_page_stands_by_itself_and_is_for_everybody() {
    let written = year("nn");
    let pages = written.ending_in("html", "nn");
    let mut count = 0;
    for name in pages {
        check_page(&name, &written.read(&format!("nn/{name}")), "nn");
        count += 1;
    }
    assert!(count > 20);
    let (_basis, written) = small("");
    assert!(written.statements(&["--language", "nb"]).0);
    for name in written.ending_in("html", "nb") {
        check_page(&name, &written.read(&format!("nb/{name}")), "nb");
    }
}

/// Names are text, whatever they say.
#[test]
fn names_and_groups_are_escaped_everywhere() {
    let (_basis, written) = small("");
    assert!(written.statements(&[]).0);
    let page = written.read("en/person-0101.html");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; «Ås»"), "{page}");
    assert_eq!(
        written.names("en").into_iter().filter(|name| name.starts_with("group-")).collect::<Vec<_>>(),
        ["group--Høgre--H-.html", "group--Høgre--H-.xlsx", "group-Ap.html", "group-Ap.xlsx"]
    );
    assert!(written.read("en/group--Høgre--H-.html").contains("@Høgre &quot;H&quot;"));
}

/// The parts of a workbook.
fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("XML");
        parts.push((name, text));
    }
    parts
}

#[test]
fn no_cell_of_a_workbook_is_a_formula() {
    let (_basis, written) = small("");
    assert!(written.statements(&["--language", "en"]).0);
    let mut shown = false;
    for name in written.ending_in("xlsx", "en") {
        let bytes = fs::read(written.run().join("statements/en").join(&name)).expect("a workbook");
        for (part, text) in parts(bytes) {
            let is_sheet = part.contains("worksheets/");
            assert!(!is_sheet || !text.contains("<f>") && !text.contains("<hyperlink"), "{name}: {part}");
            shown |= text.contains("=cmd|");
        }
    }
    assert!(shown, "the name that would be one is there, as a text");
}

/// The colours of texts against white, by the formula of WCAG 2: at least 4.5 to 1.
#[test]
fn texts_stand_out_from_the_page() {
    let page = year("en").read("en/finance.html");
    let mut colours: Vec<&str> = Vec::new();
    for name in ["--ink", "--quiet", "--more", "--less"] {
        let (_, value) = page.split_once(&format!("{name}: ")).expect("a colour");
        colours.push(value.split(';').next().expect("an end"));
    }
    colours.push("#0b4f8a");
    for colour in colours {
        let digits = colour.strip_prefix('#').expect("a colour");
        let channel = |at: usize| u64::from_str_radix(&digits[at..at + 2], 16).expect("digits");
        // Luminance in units of 1/10000, with the gamma of 2 for that of 2.4: it makes dark colours lighter,
        // so what passes here passes there.
        let squared = |at: usize| channel(at) * channel(at) * 10_000 / (255 * 255);
        let luminance = (squared(0) * 2126 + squared(2) * 7152 + squared(4) * 722) / 10_000;
        assert!(10_500 * 10 >= (luminance + 500) * 45, "{colour} is too light");
    }
}

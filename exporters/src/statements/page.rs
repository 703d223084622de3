//! A statement as a page: HTML that stands by itself, for screen, paper and those who listen.
//!
//! The page asks nobody for anything: no script, no font, no image from elsewhere, and a policy that says so.
//! Everything from a basis is escaped.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::chart::chart;
use super::document::{Block, Cell, Column, Document, Holds, Row, Section, Table, capitalised};
use crate::language::Words;

const STYLE: &str = include_str!("page.css");

/// The page, in UTF-8.
pub(super) fn page(document: &Document) -> Vec<u8> {
    let words = document.words;
    let markup = html! {
        (DOCTYPE)
        html lang=(words.language().code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="robots" content="noindex";
                title { (document.title) }
                style { (PreEscaped(STYLE)) }
            }
            body class=[document.is_wide.then_some("wide")] {
                header {
                    h1 { (document.title) }
                    dl {
                        @for (name, text) in &document.facts {
                            div { dt { (capitalised(name)) } dd { (text) } }
                        }
                    }
                }
                main {
                    @for (number, section) in document.sections.iter().enumerate() {
                        (self::section(number, section, words))
                    }
                }
                footer { p { (document.footer) } }
            }
        }
    };
    let mut text = markup.into_string();
    text.push('\n');
    text.into_bytes()
}

fn section(number: usize, section: &Section, words: Words) -> Markup {
    let id = format!("section-{}", number + 1);
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (section.heading) }
            @for block in &section.blocks {
                @match block {
                    Block::Text(text) => p { (text) },
                    Block::List(texts) => ul { @for text in texts { li { (text) } } },
                    Block::Table(table) => (self::table(table, &section.heading, words)),
                    Block::Chart(bars) => (chart(bars, words)),
                }
            }
        }
    }
}

fn table(table: &Table, heading: &str, words: Words) -> Markup {
    let class = |holds: Holds| match holds {
        Holds::Code => "code",
        Holds::Short => "short",
        Holds::Sentence => "sentence",
        Holds::Number => "number",
    };
    let row = |row: &Row| {
        html! {
            tr id=[row.anchor.as_ref()] class=[row.is_total.then_some("total")] {
                @for (place, (cell, column, span)) in joined(row, &table.columns).into_iter().enumerate() {
                    @let span = (span > 1).then_some(span);
                    @if place == 0 {
                        th scope="row" class=(class(column.holds)) colspan=[span] { (self::cell(cell, words)) }
                    } @else {
                        td class=(class(column.holds)) { (self::cell(cell, words)) }
                    }
                }
            }
        }
    };
    // What the heading says need not be read twice.
    let caption = (capitalised(&table.caption) == heading).then_some("unseen");
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(table.caption) {
            table {
                caption class=[caption] { (capitalised(&table.caption)) }
                thead {
                    tr {
                        @for column in &table.columns {
                            th scope="col" class=(class(column.holds)) { (column.heading) }
                        }
                    }
                }
                tbody { @for one in table.rows.iter().filter(|row| !row.is_total) { (row(one)) } }
                @if table.rows.iter().any(|row| row.is_total) {
                    tfoot { @for one in table.rows.iter().filter(|row| row.is_total) { (row(one)) } }
                }
            }
        }
    }
}

/// The cells of a row, each with how many columns it takes: what a total is called may stand over empty ones.
fn joined<'t>(row: &'t Row, columns: &'t [Column]) -> Vec<(&'t Cell, &'t Column, usize)> {
    let empty = row.cells.iter().skip(1).take_while(|cell| matches!(cell, Cell::Empty)).count();
    let over = if row.is_total { empty } else { 0 };
    let cells = row.cells.iter().zip(columns).enumerate();
    let kept = cells.filter(|(place, _)| *place == 0 || *place > over);
    kept.map(|(place, (cell, column))| (cell, column, if place == 0 { over + 1 } else { 1 })).collect()
}

fn cell(cell: &Cell, words: Words) -> Markup {
    match cell {
        Cell::Links(links) => html! {
            @for (number, link) in links.iter().enumerate() {
                @if number > 0 { ", " }
                a href=(format!("#{}", link.anchor)) { (link.text) }
            }
        },
        Cell::Text(text) if !text.contains(' ') => html! {
            // A name such as `fees.offices_add_up` may be parted after its signs.
            @for part in text.split_inclusive(['.', '_']) { (part) wbr; }
        },
        _ => html! { (cell.shown(words)) },
    }
}

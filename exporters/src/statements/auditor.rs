//! To the auditor: the whole trail, both ways. From each line to the rows of the basis and the items of the regulation
//! that it rests on, and from each row and item back to the lines.

use std::collections::BTreeMap;

use honorar_engine::PayLine;
use honorar_engine::regulation::{ItemId, Provenance};

use super::StatedRun;
use super::document::{Block, Cell, Column, Document, Holds, Link, Row, Section, Table};
use super::facts::{footer, municipality, regulation};
use crate::encode::sha256;
use crate::payroll::row_key;

/// The statement.
pub(super) fn document(stated: &StatedRun<'_>) -> Document {
    let (run, words) = (stated.run, stated.words);
    let say = words.statement();
    Document {
        words,
        is_wide: true,
        title: say.to_auditor(&words.period(run.period)),
        facts: vec![
            (say.municipality().to_owned(), municipality(run.content)),
            (say.period().to_owned(), words.period(run.period)),
            (say.regulation().to_owned(), regulation(run.content)),
            (words.headings().control_total.to_owned(), words.money(run.payout.control_total())),
        ],
        sections: vec![
            Section::new(say.how_to_audit(), vec![Block::Text(say.how_to_audit_it().to_owned())]),
            Section::new(say.what_it_rests_on(), vec![inputs(stated)]),
            Section::new(words.headings().lines, vec![lines(stated)]),
            Section::new(say.items(), vec![items(stated)]),
            Section::new(say.rows(), rows(stated)),
        ],
        footer: footer(words, run.name),
    }
}

/// Pay lines, then payables and what is registered in Visma Expense: how each is called, and by what name others point to it.
fn all_lines<'r>(stated: &StatedRun<'r>) -> Vec<(Link, &'r PayLine)> {
    let name = |letter: &str, number: usize| {
        let text = format!("{letter}{number}");
        Link { anchor: format!("line-{text}"), text }
    };
    let lines = (1..).zip(&stated.run.payout.lines).map(|(number, line)| (name("", number), line));
    let payables = (1..).zip(&stated.run.payout.payables).map(|(number, line)| (name("P", number), line));
    let registered = (1..).zip(&stated.run.payout.registered).map(|(number, line)| (name("E", number), line));
    lines.chain(payables).chain(registered).collect()
}

fn inputs(stated: &StatedRun<'_>) -> Block {
    let (run, say) = (stated.run, stated.words.statement());
    let inputs = run.inputs.iter().map(|input| (&*input.name, sha256(&input.bytes)));
    let text = run.regulation_text;
    let all = inputs.chain([(&*text.file, sha256(text.text.as_bytes()))]);
    let rows = all.map(|(name, hash)| Row::new(vec![Cell::text(name), Cell::Text(hash)])).collect();
    let columns = vec![Column::new(say.file(), Holds::Short), Column::new("SHA-256", Holds::Sentence)];
    Block::Table(Table { caption: say.files_as_handed_in().to_owned(), columns, rows })
}

fn lines(stated: &StatedRun<'_>) -> Block {
    let (run, words) = (stated.run, stated.words);
    let (content, say) = (run.content, words.statement());
    let register = content.basis.register();
    let rows = all_lines(stated).into_iter().map(|(link, line)| {
        let cells = vec![
            Cell::Text(link.text),
            Cell::text(&register.person(line.person).id),
            Cell::Date(line.date),
            Cell::Text(words.line(line, &content.basis)),
            Cell::Text(words.how(line, &content.basis, &content.regulation)),
            Cell::Money(line.amount),
            Cell::Links(rows_of(stated, line)),
            Cell::Links(items_of(stated, line).map(link_to_item).collect()),
        ];
        Row::at(cells, link.anchor)
    });
    let columns = vec![
        Column::new(say.line(), Holds::Code),
        Column::new(say.employee_number(), Holds::Code),
        Column::new(say.date(), Holds::Code),
        Column::new(say.what(), Holds::Short),
        Column::new(say.why(), Holds::Sentence),
        Column::new(say.amount(), Holds::Number),
        Column::new(say.rows(), Holds::Short),
        Column::new(say.items(), Holds::Sentence),
    ];
    Block::Table(Table { caption: say.lines_with_trail().to_owned(), columns, rows: rows.collect() })
}

/// The items that a line rests on.
fn items_of<'r>(stated: &StatedRun<'r>, line: &'r PayLine) -> impl Iterator<Item = ItemId> {
    stated.run.content.regulation.items.iter().map(|(id, _)| id).filter(|id| line.trail.contains(*id))
}

/// An item as it is called here: R and its number.
fn link_to_item(id: ItemId) -> Link {
    Link { text: format!("R{}", id.number() + 1), anchor: format!("item-{}", id.number()) }
}

/// The rows of the basis that a line follows from.
fn rows_of(stated: &StatedRun<'_>, line: &PayLine) -> Vec<Link> {
    let (table, rows) = line.origin.rows(&stated.run.content.basis);
    rows.iter()
        .map(|row| Link { text: format!("{table} {row}"), anchor: format!("row-{table}-{row}") })
        .collect()
}

fn items(stated: &StatedRun<'_>) -> Block {
    let (say, regulation) = (stated.words.statement(), &stated.run.content.regulation);
    let all = all_lines(stated);
    let rows = regulation.items.iter().filter_map(|(id, item)| {
        let resting = all.iter().filter(|(_, line)| line.trail.contains(id));
        let links: Vec<Link> =
            resting.map(|(link, _)| Link { text: link.text.clone(), anchor: link.anchor.clone() }).collect();
        let provenance = match &item.provenance {
            Provenance::Document => say.by_document().to_owned(),
            Provenance::Assumed => say.by_nobody().to_owned(),
            Provenance::Decision(decision) => decision.clone(),
        };
        let cells = vec![
            Cell::Text(link_to_item(id).text),
            Cell::text(&item.name),
            Cell::Text(item.to_string()),
            Cell::text(&item.value),
            Cell::text(&item.meaning),
            Cell::Text(provenance),
            Cell::text(&item.decision),
            Cell::Links(links),
        ];
        all.iter()
            .any(|(_, line)| line.trail.contains(id))
            .then(|| Row::at(cells, format!("item-{}", id.number())))
    });
    let columns = vec![
        Column::new("R", Holds::Code),
        Column::new(say.setting(), Holds::Short),
        Column::new(say.point(), Holds::Code),
        Column::new(say.value(), Holds::Short),
        Column::new(say.meaning(), Holds::Sentence),
        Column::new(say.stated_by(), Holds::Short),
        Column::new(say.adopted_by(), Holds::Short),
        Column::new(stated.words.headings().lines, Holds::Sentence),
    ];
    Block::Table(Table { caption: say.items_behind_lines().to_owned(), columns, rows: rows.collect() })
}

/// A table for each table of the basis: its rows that gave a line.
fn rows(stated: &StatedRun<'_>) -> Vec<Block> {
    let say = stated.words.statement();
    let mut by_table: BTreeMap<&str, BTreeMap<String, (String, Vec<Link>)>> = BTreeMap::new();
    for (link, line) in all_lines(stated) {
        let (table, rows) = line.origin.rows(&stated.run.content.basis);
        for row in rows {
            let key = format!("{:>10}", row.to_string());
            let of_row = by_table.entry(table).or_default().entry(key);
            let (_, links) = of_row.or_insert_with(|| (row_key(&stated.run, line.origin), Vec::new()));
            links.push(Link { text: link.text.clone(), anchor: link.anchor.clone() });
        }
    }
    let tables = by_table.into_iter().map(|(table, rows)| {
        let rows = rows.into_iter().map(|(row, (key, links))| {
            let row = row.trim();
            let cells = vec![Cell::text(row), Cell::Text(key), Cell::Links(links)];
            Row::at(cells, format!("row-{table}-{row}"))
        });
        let columns = vec![
            Column::new(say.row(), Holds::Code),
            Column::new(say.key(), Holds::Code),
            Column::new(stated.words.headings().lines, Holds::Sentence),
        ];
        Block::Table(Table { caption: say.rows_of(table), columns, rows: rows.collect() })
    });
    tables.collect()
}

//! To each party group: its grant and how it comes about, what is deducted, the parts of an election year, and how
//! the support stands to the law's limits.

use std::collections::BTreeSet;

use honorar_engine::groups::{GroupTransfer, SupportOfYear, Transfer};
use honorar_engine::regulation::Majority;

use super::document::{Block, Cell, Column, Document, Holds, Row, Section, Table};
use super::facts::{footer, municipality, regulation};
use crate::groups::GroupRun;

/// The groups of a year, in the order of their names.
pub(super) fn groups(support: &SupportOfYear) -> Vec<&str> {
    let all = support.transfers.iter().flat_map(|transfer| &transfer.groups);
    all.map(|group| &*group.group).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The statement; nothing where the group has no line in the year.
pub(super) fn document(run: &GroupRun<'_>, name: &str) -> Option<Document> {
    let (words, support) = (run.words(), run.support);
    let say = words.statement();
    let of_group = |transfer| -> Option<(&Transfer, &GroupTransfer)> {
        let transfer: &Transfer = transfer;
        Some((transfer, transfer.groups.iter().find(|group| &*group.group == name)?))
    };
    let transfers: Vec<(&Transfer, &GroupTransfer)> = support.transfers.iter().filter_map(of_group).collect();
    if transfers.is_empty() {
        return None;
    }
    let mut sections: Vec<Section> =
        transfers.iter().map(|(transfer, group)| transfer_section(run, transfer, group)).collect();
    sections.push(law_section(run));
    sections.push(Section::new(say.complaints(), vec![Block::Text(say.how_group_complains().to_owned())]));
    Some(Document {
        words,
        is_wide: false,
        title: say.to_group(name, &support.year.to_string()),
        facts: vec![
            (words.headings().group.to_owned(), name.to_owned()),
            (say.municipality().to_owned(), municipality(run.content)),
            (say.year().to_owned(), support.year.to_string()),
            (say.regulation().to_owned(), regulation(run.content)),
        ],
        sections,
        footer: footer(words, run.name),
    })
}

fn transfer_section(run: &GroupRun<'_>, transfer: &Transfer, group: &GroupTransfer) -> Section {
    let (words, content) = (run.words(), run.content);
    let (say, headings) = (words.statement(), words.headings());
    let mut rows: Vec<Row> = group
        .lines
        .iter()
        .map(|line| {
            Row::new(vec![
                Cell::text(words.group_part(line.part)),
                Cell::Text(words.how_of_group(line, &content.basis, &content.regulation)),
                Cell::Text(content.regulation.items.cite(line.cite)),
                Cell::Money(line.amount),
            ])
        })
        .collect();
    let cells = vec![
        Cell::Text(words.how_of_transfer(group)),
        Cell::Text(content.regulation.items.cite(transfer.cite)),
        Cell::Money(group.transferred()),
    ];
    rows.push(Row::total(headings.transferred, cells));
    let columns = vec![
        Column::new(say.what(), Holds::Short),
        Column::new(say.why(), Holds::Sentence),
        Column::new(say.point(), Holds::Code),
        Column::new(say.amount(), Holds::Number),
    ];
    let heading = words.transfer(transfer.date, transfer.months);
    let table = Table { caption: say.grant_with_reasons().to_owned(), columns, rows };
    Section::new(&heading, vec![Block::Table(table)])
}

/// How the support of all stands to what the law allows as base support.
fn law_section(run: &GroupRun<'_>) -> Section {
    let (words, regulation) = (run.words(), &run.content.regulation);
    let say = words.statement();
    let of_transfer = |transfer: &Transfer| -> Option<Row> {
        let share = transfer.base_share(regulation)?;
        let majority = match share.majority {
            Majority::Unanimous => say.unanimous(),
            Majority::Simple => say.simple_majority(),
        };
        Some(Row::new(vec![
            Cell::Date(transfer.date),
            Cell::Text(words.per_cent(share.per_cent())),
            Cell::Text(words.per_cent(share.at_most_per_cent.into())),
            Cell::text(majority),
        ]))
    };
    let rows: Vec<Row> = run.support.transfers.iter().filter_map(of_transfer).collect();
    let mut blocks = vec![Block::Text(say.law_of_support().to_owned())];
    if !rows.is_empty() {
        let columns = vec![
            Column::new(say.transfer(), Holds::Short),
            Column::new(say.base_support_is(), Holds::Number),
            Column::new(say.law_allows(), Holds::Number),
            Column::new(say.majority(), Holds::Short),
        ];
        blocks.push(Block::Table(Table { caption: say.base_support().to_owned(), columns, rows }));
    }
    Section::new(say.law_limits(), blocks)
}

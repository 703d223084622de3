//! To the finance office: totals, the change from the half-year before with its causes, whose pay moved most, what
//! is assumed, and what there is to look at.

use std::collections::{BTreeMap, BTreeSet};

use honorar_engine::basis::PersonIx;
use honorar_engine::comparison::{PersonChange, compare, sum_of_causes};
use honorar_engine::{Money, PayLine};
use honorar_rates::AccountingString;

use super::StatedRun;
use super::document::{Bar, Block, Cell, Chart, Column, Document, Holds, Row, Section, Table};
use super::facts::{footer, municipality, regulation};
use super::person::pay_days;
use crate::payroll::traits;
use crate::run::Run;

/// How many people are shown whose pay moved most.
const MOST_MOVED: usize = 15;

/// The statement.
pub(super) fn document(stated: &StatedRun<'_>) -> Document {
    let (run, words) = (stated.run, stated.words);
    let say = words.statement();
    let mut sections = totals(stated);
    sections.extend(change_sections(stated));
    sections.push(assumed(stated));
    sections.push(problems(stated));
    Document {
        words,
        is_wide: false,
        title: say.to_finance(&words.period(run.period)),
        facts: vec![
            (say.municipality().to_owned(), municipality(run.content)),
            (say.period().to_owned(), words.period(run.period)),
            (say.pay_day().to_owned(), pay_days(stated)),
            (say.regulation().to_owned(), regulation(run.content)),
            (words.headings().control_total.to_owned(), words.money(run.payout.control_total())),
        ],
        sections,
        footer: footer(words, run.name),
    }
}

/// The sum of some lines, and how many lines and people there are.
#[derive(Default)]
struct Sum {
    lines: usize,
    people: BTreeSet<PersonIx>,
    amount: Money,
}

impl Sum {
    fn add(&mut self, line: &PayLine) {
        self.lines += 1;
        self.people.insert(line.person);
        self.amount += line.amount;
    }
}

/// Sums of the pay lines by whatever they have in common.
fn sums<K: Ord>(run: &Run<'_>, of: impl Fn(&PayLine) -> K) -> BTreeMap<K, Sum> {
    let mut all: BTreeMap<K, Sum> = BTreeMap::new();
    for line in &run.payout.lines {
        all.entry(of(line)).or_default().add(line);
    }
    all
}

fn totals(stated: &StatedRun<'_>) -> Vec<Section> {
    let (run, words) = (stated.run, stated.words);
    let say = words.statement();
    let register = run.content.basis.register();
    let by_kind: Vec<(String, Sum)> = sums(&run, PayLine::listed_as)
        .into_iter()
        .map(|(kind, sum)| (words.kind(kind).to_owned(), sum))
        .collect();
    let by_body = named(sums(&run, |line| line.body_code(&run.content.basis)), say.no_body());
    let by_group = named(sums(&run, |line| &*register.person(line.person).group), say.no_group());
    let accounts =
        sums(&run, |line| run.content.profile.accounting.of(traits(&run, line)).unwrap_or_default());
    let bars = by_kind.iter().map(|(name, sum)| Bar { name: name.clone(), amount: sum.amount }).collect();
    let chart = Block::Chart(Chart { title: say.by_kind().to_owned(), bars });
    let heading = words.headings();
    let mut sections = vec![
        Section::new(say.by_kind(), vec![chart, sums_table(stated, say.by_kind(), heading.kind, &by_kind)]),
        Section::new(say.by_body(), vec![sums_table(stated, say.by_body(), say.body(), &by_body)]),
        Section::new(say.by_group(), vec![sums_table(stated, say.by_group(), heading.group, &by_group)]),
    ];
    let accounting = &run.content.profile.accounting;
    let block = if accounting.is_empty() {
        Block::Text(say.no_accounting().to_owned())
    } else {
        accounts_table(stated, &accounts)
    };
    sections.push(Section::new(say.by_account(), vec![block]));
    sections.push(to_others(stated));
    sections
}

fn named(sums: BTreeMap<&str, Sum>, of_none: &str) -> Vec<(String, Sum)> {
    let name = |name: &str| if name.is_empty() { of_none.to_owned() } else { name.to_owned() };
    sums.into_iter().map(|(key, sum)| (name(key), sum)).collect()
}

fn sums_table(stated: &StatedRun<'_>, caption: &str, heading: &str, sums: &[(String, Sum)]) -> Block {
    let headings = stated.words.headings();
    let total: Money = sums.iter().map(|(_, sum)| sum.amount).sum();
    let mut rows: Vec<Row> = sums
        .iter()
        .map(|(name, sum)| {
            Row::new(vec![
                Cell::text(name),
                Cell::count(sum.lines),
                Cell::count(sum.people.len()),
                Cell::Money(sum.amount),
            ])
        })
        .collect();
    rows.push(Row::total(headings.control_total, vec![Cell::Empty, Cell::Empty, Cell::Money(total)]));
    let columns = vec![
        Column::new(heading, Holds::Short),
        Column::new(headings.lines, Holds::Number),
        Column::new(headings.people, Holds::Number),
        Column::new(headings.sum, Holds::Number),
    ];
    Block::Table(Table { caption: caption.to_owned(), columns, rows })
}

fn accounts_table(stated: &StatedRun<'_>, sums: &BTreeMap<AccountingString, Sum>) -> Block {
    let (say, headings) = (stated.words.statement(), stated.words.headings());
    let total: Money = sums.values().map(|sum| sum.amount).sum();
    let mut rows: Vec<Row> = sums
        .iter()
        .map(|(string, sum)| {
            Row::new(vec![
                Cell::text(&string.account),
                Cell::text(&string.responsibility),
                Cell::text(&string.function),
                Cell::text(&string.project),
                Cell::count(sum.lines),
                Cell::Money(sum.amount),
            ])
        })
        .collect();
    let mut cells: Vec<Cell> = (0..4).map(|_| Cell::Empty).collect();
    cells.push(Cell::Money(total));
    rows.push(Row::total(headings.control_total, cells));
    let columns = vec![
        Column::new(say.account(), Holds::Short),
        Column::new(say.responsibility(), Holds::Short),
        Column::new(say.function(), Holds::Short),
        Column::new(say.project(), Holds::Short),
        Column::new(headings.lines, Holds::Number),
        Column::new(headings.sum, Holds::Number),
    ];
    Block::Table(Table { caption: say.by_account().to_owned(), columns, rows })
}

/// What goes to employers and suppliers, by kind.
fn to_others(stated: &StatedRun<'_>) -> Section {
    let (run, words) = (stated.run, stated.words);
    let (say, headings) = (words.statement(), words.headings());
    let totals = run.payout.totals_by_kind();
    let rows: Vec<Row> = totals
        .iter()
        .filter(|total| total.to_others)
        .map(|total| {
            Row::new(vec![
                Cell::text(words.kind(total.kind)),
                Cell::count(total.lines),
                Cell::count(total.people),
                Cell::Money(total.sum),
            ])
        })
        .collect();
    if rows.is_empty() {
        return Section::new(headings.to_others, vec![Block::Text(say.nothing_to_others().to_owned())]);
    }
    let columns = vec![
        Column::new(headings.kind, Holds::Short),
        Column::new(headings.lines, Holds::Number),
        Column::new(headings.people, Holds::Number),
        Column::new(headings.sum, Holds::Number),
    ];
    let table = Table { caption: headings.to_others.to_owned(), columns, rows };
    Section::new(headings.to_others, vec![Block::Table(table)])
}

/// The change from the half-year before: by cause, and whose pay moved most.
fn change_sections(stated: &StatedRun<'_>) -> Vec<Section> {
    let (words, say) = (stated.words, stated.words.statement());
    let Some(before) = stated.before else {
        return vec![Section::new(say.change(), vec![Block::Text(say.before_is_not_known().to_owned())])];
    };
    let (was, now) = (before.payout.control_total(), stated.run.payout.control_total());
    let all = compare(before.paid(), stated.run.paid()).pay;
    let by_cause = sum_of_causes(all.iter().map(|change| &change.causes));
    let bars =
        by_cause.iter().map(|(cause, amount)| Bar { name: words.cause(*cause).to_owned(), amount: *amount });
    let chart = Chart { title: say.change_by_cause().to_owned(), bars: bars.collect() };
    let mut rows: Vec<Row> = by_cause
        .iter()
        .map(|(cause, amount)| Row::new(vec![Cell::text(words.cause(*cause)), Cell::Money(*amount)]))
        .collect();
    rows.push(Row::total(say.difference(), vec![Cell::Money(now - was)]));
    let columns = vec![Column::new(say.cause(), Holds::Short), Column::new(say.difference(), Holds::Number)];
    let table = Table { caption: say.change_by_cause().to_owned(), columns, rows };
    let sentence = say.change_from(&words.period(before.period), was, now);
    vec![
        Section::new(say.change(), vec![Block::Text(sentence), Block::Chart(chart), Block::Table(table)]),
        Section::new(say.moved_most(), vec![moved_most(stated, all)]),
    ]
}

fn moved_most(stated: &StatedRun<'_>, mut all: Vec<PersonChange<'_>>) -> Block {
    let (words, say) = (stated.words, stated.words.statement());
    let size = |change: &PersonChange<'_>| {
        let difference = change.difference();
        if difference.is_negative() { -difference } else { difference }
    };
    all.retain(|change| !change.difference().is_zero());
    // The order of ids stands among equal ones.
    all.sort_by_key(|change| std::cmp::Reverse(size(change)));
    if all.is_empty() {
        return Block::Text(say.nobody_moved().to_owned());
    }
    let rows = all.iter().take(MOST_MOVED).map(|change| {
        let causes: Vec<String> = change
            .causes
            .iter()
            .map(|(cause, difference)| format!("{} {}", words.cause(*cause), words.money(*difference)))
            .collect();
        let register = stated.run.content.basis.register();
        let name =
            register.find_person(change.person_id).map(|person| register.person(person).name.to_string());
        Row::new(vec![
            Cell::text(change.person_id),
            Cell::text(&name.unwrap_or_default()),
            Cell::Money(change.before),
            Cell::Money(change.now),
            Cell::Money(change.difference()),
            Cell::Text(causes.join("; ")),
        ])
    });
    let columns = vec![
        Column::new(say.employee_number(), Holds::Code),
        Column::new(say.name(), Holds::Short),
        Column::new(say.before(), Holds::Number),
        Column::new(say.now(), Holds::Number),
        Column::new(say.difference(), Holds::Number),
        Column::new(say.cause(), Holds::Sentence),
    ];
    Block::Table(Table { caption: say.moved_most().to_owned(), columns, rows: rows.collect() })
}

/// Everything assumed that lies behind a line.
fn assumed(stated: &StatedRun<'_>) -> Section {
    let say = stated.words.statement();
    let regulation = &stated.run.content.regulation;
    let assumptions = stated.run.payout.assumptions(regulation);
    if assumptions.is_empty() {
        return Section::new(say.assumed(), vec![Block::Text(say.nothing_assumed().to_owned())]);
    }
    let rows = assumptions.iter().map(|assumption| {
        Row::new(vec![
            Cell::text(&assumption.item.name),
            Cell::text(&assumption.item.value),
            Cell::text(&assumption.item.meaning),
            Cell::Text(assumption.item.to_string()),
            Cell::count(assumption.lines),
        ])
    });
    let columns = vec![
        Column::new(say.setting(), Holds::Short),
        Column::new(say.value(), Holds::Short),
        Column::new(say.meaning(), Holds::Sentence),
        Column::new(say.point(), Holds::Code),
        Column::new(stated.words.headings().lines, Holds::Number),
    ];
    let table = Table { caption: say.assumed_behind_lines().to_owned(), columns, rows: rows.collect() };
    Section::new(say.assumed(), vec![Block::Text(say.what_assumed_is().to_owned()), Block::Table(table)])
}

/// The warnings and notes of the run, as the program prints them.
fn problems(stated: &StatedRun<'_>) -> Section {
    let say = stated.words.statement();
    let problems: Vec<String> = stated.run.problems.iter().map(ToString::to_string).collect();
    let block =
        if problems.is_empty() { Block::Text(say.no_problems().to_owned()) } else { Block::List(problems) };
    Section::new(say.problems(), vec![block])
}

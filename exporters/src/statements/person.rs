//! To each person: what is paid and why, what was cut or refused, absence meeting by meeting, and how to complain.

use honorar_engine::basis::{PersonIx, Status};
use honorar_engine::why::{AbsenceWhy, Why};
use honorar_engine::{Money, PayLine};

use super::StatedRun;
use super::document::{Block, Cell, Column, Document, Holds, Row, Section, Table};
use super::facts::{footer, municipality, regulation};

/// The statement.
pub(super) fn document(stated: &StatedRun<'_>, person: PersonIx) -> Document {
    let (run, words) = (stated.run, stated.words);
    let say = words.statement();
    let person_row = run.content.basis.register().person(person);
    let of_person = |line: &&PayLine| line.person == person;
    let paid: Vec<&PayLine> = run.payout.lines.iter().filter(of_person).collect();
    let to_others: Vec<&PayLine> = run.payout.payables.iter().filter(of_person).collect();
    let mut sections = vec![paid_section(stated, &paid)];
    if !to_others.is_empty() {
        let table = lines_table(stated, say.paid_to_others(), &to_others, None);
        sections.push(Section::new(say.paid_to_others(), vec![Block::Table(table)]));
    }
    let registered: Vec<&PayLine> = run.payout.registered.iter().filter(of_person).collect();
    if !registered.is_empty() {
        let heading = words.headings().registered;
        let table = lines_table(stated, heading, &registered, None);
        sections.push(Section::new(heading, vec![Block::Table(table)]));
    }
    let all = paid.iter().chain(&to_others).chain(&registered);
    let cut: Vec<&PayLine> = all.copied().filter(|line| is_cut(line)).collect();
    sections.push(cut_section(stated, &cut));
    sections.extend(absence_section(stated, &paid));
    sections.push(Section::new(say.complaints(), complaints(stated)));
    Document {
        words,
        is_wide: false,
        title: say.to_person(&words.period(run.period)),
        facts: vec![
            (say.name().to_owned(), person_row.name.to_string()),
            (say.employee_number().to_owned(), person_row.id.to_string()),
            (say.municipality().to_owned(), municipality(run.content)),
            (say.period().to_owned(), words.period(run.period)),
            (say.pay_day().to_owned(), pay_days(stated)),
            (say.regulation().to_owned(), regulation(run.content)),
        ],
        sections,
        footer: footer(words, run.name),
    }
}

fn paid_section(stated: &StatedRun<'_>, paid: &[&PayLine]) -> Section {
    let say = stated.words.statement();
    if paid.is_empty() {
        return Section::new(say.paid_to_you(), vec![Block::Text(say.nothing_paid().to_owned())]);
    }
    let total = paid.iter().map(|line| line.amount).sum();
    let table = lines_table(stated, say.lines_with_reasons(), paid, Some(total));
    Section::new(say.paid_to_you(), vec![Block::Table(table)])
}

/// Lines with their reasons, and their sum.
fn lines_table(stated: &StatedRun<'_>, caption: &str, lines: &[&PayLine], total: Option<Money>) -> Table {
    let (run, words) = (stated.run, stated.words);
    let say = words.statement();
    let (basis, regulation) = (&run.content.basis, &run.content.regulation);
    let mut rows: Vec<Row> = lines
        .iter()
        .map(|line| {
            Row::new(vec![
                Cell::Date(line.date),
                Cell::Text(words.line(line, basis)),
                Cell::Text(words.how(line, basis, regulation)),
                Cell::Text(line.cite(basis, regulation)),
                Cell::Money(line.amount),
            ])
        })
        .collect();
    rows.extend(total.map(|total| {
        let cells = vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Money(total)];
        Row::total(words.headings().total_to_person, cells)
    }));
    let columns = vec![
        Column::new(say.date(), Holds::Code),
        Column::new(say.what(), Holds::Short),
        Column::new(say.why(), Holds::Sentence),
        Column::new(say.point(), Holds::Code),
        Column::new(say.amount(), Holds::Number),
    ];
    Table { caption: caption.to_owned(), columns, rows }
}

/// Whether less is granted than was asked for, or than there would have been.
pub(super) fn is_cut(line: &PayLine) -> bool {
    match &*line.why {
        Why::Capped(why) => why.granted() < why.amount_asked(),
        Why::Refused(_) | Why::NoTravel(_) => true,
        Why::MeetingFee(why) => why.not_paid.is_some(),
        Why::AfterPay(why) => why.months_asked.is_some_and(|asked| asked > why.most),
        Why::FixedFee(_)
        | Why::Absence(_)
        | Why::Distance(_)
        | Why::Subsistence(_)
        | Why::DocumentedCost(_)
        | Why::Reversal
        | Why::GroupPayment(_) => false,
    }
}

fn cut_section(stated: &StatedRun<'_>, cut: &[&PayLine]) -> Section {
    let say = stated.words.statement();
    if cut.is_empty() {
        return Section::new(say.cut_or_refused(), vec![Block::Text(say.nothing_cut().to_owned())]);
    }
    let table = lines_table(stated, say.granted_less(), cut, None);
    Section::new(say.cut_or_refused(), vec![Block::Table(table)])
}

/// The meetings behind each reduction.
fn absence_section(stated: &StatedRun<'_>, paid: &[&PayLine]) -> Option<Section> {
    let reductions = paid.iter().filter_map(|line| match &*line.why {
        Why::Absence(why) => Some(Block::Table(meetings(stated, line, why))),
        _ => None,
    });
    let tables: Vec<Block> = reductions.collect();
    let heading = stated.words.statement().absence();
    (!tables.is_empty()).then(|| Section::new(heading, tables))
}

fn meetings(stated: &StatedRun<'_>, line: &PayLine, why: &AbsenceWhy) -> Table {
    let (words, register) = (stated.words, stated.run.content.basis.register());
    let say = words.statement();
    let body = line.body_code(&stated.run.content.basis);
    let rows = why.meetings.iter().map(|attended| {
        let meeting = register.meeting(attended.meeting);
        let status = match attended.status {
            Some(Status::Present) => say.present(),
            Some(Status::AbsentValid) => say.absent_valid(),
            Some(Status::AbsentInvalid) => say.absent_invalid(),
            None => say.not_on_list(),
        };
        Row::new(vec![
            Cell::Date(meeting.date),
            Cell::text(&meeting.id),
            Cell::text(&register.body(meeting.body).code),
            Cell::text(status),
            Cell::text(if attended.is_missed { say.missed() } else { "" }),
        ])
    });
    Table {
        caption: say.absence_in(body, words.money(line.amount).as_str()),
        columns: vec![
            Column::new(say.date(), Holds::Code),
            Column::new(say.meeting(), Holds::Short),
            Column::new(say.body(), Holds::Short),
            Column::new(say.attendance(), Holds::Short),
            Column::new(say.counts_as(), Holds::Short),
        ],
        rows: rows.collect(),
    }
}

fn complaints(stated: &StatedRun<'_>) -> Vec<Block> {
    let say = stated.words.statement();
    let settings = &stated.run.content.profile.statements;
    let mut blocks = vec![Block::Text(say.how_to_complain().to_owned())];
    let to = [&settings.complain_to, &settings.complain_within];
    blocks.extend(to.into_iter().flatten().map(|text| Block::Text(text.clone())));
    blocks
}

pub(super) fn pay_days(stated: &StatedRun<'_>) -> String {
    let payments = stated.run.payments();
    let mut days: Vec<String> = payments.iter().map(|payment| stated.words.date(payment.paid)).collect();
    days.dedup();
    if days.is_empty() { stated.words.statement().not_stated().to_owned() } else { days.join(", ") }
}

//! What a year would have cost by a proposal, beside what it costs: for those who decide.

use honorar_engine::simulation::{Cost, GotFor, PaidTo};

use super::document::{Bar, Block, Cell, Chart, Column, Document, Holds, Row, Section, Table};
use super::facts::{footer, municipality, regulation};
use crate::simulation::{By, SimulationRun};

/// The page.
pub(super) fn document(run: &SimulationRun<'_>) -> Document {
    let words = run.words();
    let say = words.statement();
    let headings = words.headings();
    let mut sections: Vec<Section> = By::ALL.into_iter().map(|by| breakdown(run, by)).collect();
    sections.extend(run.apart().into_iter().map(|(paid_to, heading)| {
        let table = table(run, paid_to, By::Kind, heading);
        Section::new(heading, vec![Block::Table(table)])
    }));
    sections.push(all_rows(run));
    let of_proposal =
        run.values_of.map_or_else(String::new, |day| format!("; {}", words.values_of(day, run.year)));
    Document {
        words,
        is_wide: false,
        title: words.simulated(run.name, run.year, &run.proposed.regulation.name),
        facts: vec![
            (say.municipality().to_owned(), municipality(run.today)),
            (say.year().to_owned(), run.year.to_string()),
            (headings.today.to_owned(), regulation(run.today)),
            (headings.proposed.to_owned(), format!("{}{of_proposal}", regulation(run.proposed))),
        ],
        sections,
        footer: footer(words, run.name),
    }
}

/// What goes to the persons, by what it has in common.
fn breakdown(run: &SimulationRun<'_>, by: By) -> Section {
    let words = run.words();
    let (say, of_simulation) = (words.statement(), words.simulation());
    let heading = match by {
        By::Kind => say.by_kind(),
        By::Body => say.by_body(),
        By::Group => say.by_group(),
        By::Role => of_simulation.by_role(),
        By::Person => of_simulation.by_person(),
    };
    let table = Block::Table(table(run, PaidTo::Persons, by, heading));
    let costs = run.costs(PaidTo::Persons, by).into_iter();
    let bars = costs.map(|row| Bar { name: row.label, amount: row.cost.difference() });
    let bars: Vec<Bar> = bars.filter(|bar| !bar.amount.is_zero()).collect();
    if bars.is_empty() || by == By::Person {
        return Section::new(heading, vec![table]);
    }
    let title = words.headings().difference.to_owned();
    Section::new(heading, vec![Block::Chart(Chart { title, bars }), table])
}

fn table(run: &SimulationRun<'_>, paid_to: PaidTo, by: By, caption: &str) -> Table {
    let words = run.words();
    let costs = run.costs(paid_to, by).into_iter();
    let mut rows: Vec<Row> = costs
        .map(|row| Row::new(std::iter::once(Cell::Text(row.label)).chain(cells(row.cost)).collect()))
        .collect();
    rows.push(Row::total(words.headings().in_all, cells(run.simulation.total(paid_to)).into()));
    let columns = std::iter::once(Column::new(run.heading(by), Holds::Short)).chain(sums(run));
    Table { caption: caption.to_owned(), columns: columns.collect(), rows }
}

fn cells(cost: Cost) -> [Cell; 3] {
    [cost.today, cost.proposed, cost.difference()].map(Cell::Money)
}

fn sums(run: &SimulationRun<'_>) -> [Column; 3] {
    let headings = run.words().headings();
    [headings.today, headings.proposed, headings.difference]
        .map(|heading| Column::new(heading, Holds::Number))
}

/// Each person, body, role and kind.
fn all_rows(run: &SimulationRun<'_>) -> Section {
    let words = run.words();
    let register = run.today.basis.register();
    let of_persons = run.simulation.rows.iter().filter(|(row, _)| row.paid_to == PaidTo::Persons);
    let rows = of_persons.map(|(row, lines)| {
        let GotFor { person, body, got_as, kind, .. } = *row;
        let person = register.person(person);
        let about = [
            Cell::text(&person.id),
            Cell::text(&person.name),
            Cell::text(body),
            Cell::text(words.got_as(got_as)),
            Cell::text(words.kind(kind)),
        ];
        Row::new(about.into_iter().chain(cells(lines.cost())).collect())
    });
    let say = words.statement();
    let about = [
        Column::new(say.employee_number(), Holds::Code),
        Column::new(say.name(), Holds::Short),
        Column::new(say.body(), Holds::Code),
        Column::new(run.heading(By::Role), Holds::Short),
        Column::new(run.heading(By::Kind), Holds::Short),
    ];
    let caption = words.simulation().all_rows().to_owned();
    let table = Table {
        caption: caption.clone(),
        columns: about.into_iter().chain(sums(run)).collect(),
        rows: rows.collect(),
    };
    Section::new(&caption, vec![Block::Table(table)])
}

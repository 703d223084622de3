//! A simulation for people.

use honorar_engine::Money;
use honorar_engine::basis::PersonIx;
use honorar_engine::simulation::{Cost, PaidTo};
use honorar_exporters::{By, CostOf, SimulationRun};

use super::differing;
use crate::shown;

fn title(run: &SimulationRun<'_>) -> String {
    let words = run.words();
    let mut title = format!("{}\n", words.simulated(run.name, run.year, &run.proposed.regulation.name));
    if let Some(day) = run.values_of {
        title += &format!("{}\n", words.values_of(day, run.year));
    }
    title
}

/// The totals by what they have in common, and what goes to others than the persons apart.
pub(super) fn text(run: &SimulationRun<'_>, with_persons: bool) -> String {
    let mut text = title(run);
    for by in By::ALL.into_iter().filter(|by| with_persons || *by != By::Person) {
        text += &format!("\n{}", table(run, PaidTo::Persons, by));
    }
    for (paid_to, heading) in run.apart() {
        text += &format!("\n{heading}\n{}", table(run, paid_to, By::Kind));
    }
    text
}

fn table(run: &SimulationRun<'_>, paid_to: PaidTo, by: By) -> String {
    let words = run.words();
    let headings = words.headings();
    let costs = run.costs(paid_to, by);
    let name = |row: &CostOf| {
        let is_kind_as_in_files = by == By::Kind && shown::is_as_in_files(words);
        if is_kind_as_in_files { row.key.clone() } else { row.label.clone() }
    };
    let width = costs.iter().map(|row| name(row).chars().count()).max().unwrap_or_default().max(26);
    let row = |name: &str, [today, proposed, difference]: [&str; 3]| {
        format!("{name:<width$}{today:>16}{proposed:>16}{difference:>16}\n")
    };
    let sums = |cost: Cost| [cost.today, cost.proposed, cost.difference()].map(|sum| words.money(sum));
    let of_cost = |name: &str, cost: Cost| row(name, sums(cost).each_ref().map(String::as_str));
    let mut text = row(run.heading(by), [headings.today, headings.proposed, headings.difference]);
    text.extend(costs.iter().map(|one| of_cost(&name(one), one.cost)));
    text + &of_cost(headings.in_all, run.simulation.total(paid_to))
}

/// What differs for a person, the greatest difference first, each with the lines behind it.
pub(super) fn text_of_person(run: &SimulationRun<'_>, person: PersonIx) -> String {
    let (words, headings) = (run.words(), run.words().headings());
    let row = |sum: Money, what: &str| format!("{:>12}  {what}\n", words.money(sum));
    let of_register = run.today.basis.register().person(person);
    let mut text = format!("{}\n{} {}\n", title(run), of_register.id, of_register.name);
    let total = run.simulation.by(PaidTo::Persons, |row| row.person).remove(&person).unwrap_or_default();
    text += &row(total.today, headings.today);
    text += &row(total.proposed, headings.proposed);
    text += &row(total.difference(), headings.difference);
    for (got_for, lines) in differing(run.simulation, person) {
        let got_as = words.got_as(got_for.got_as);
        let apart = run.apart().into_iter().find(|(paid_to, _)| *paid_to == got_for.paid_to);
        let apart = apart.map_or("", |(_, heading)| heading);
        let about = [shown::kind(words, got_for.kind), got_for.body, got_as, apart];
        let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
        text += &format!("\n{}", row(lines.cost().difference(), &about.join(" ")));
        for (sign, side, lines) in [('-', run.today, &lines.today), ('+', run.proposed, &lines.proposed)] {
            for line in lines {
                let how = words.how(line, &side.basis, &side.regulation);
                let how = shown::cited(&how, &line.cite(&side.basis, &side.regulation));
                let (amount, date) = (words.money(line.amount), words.date(line.date));
                text += &format!("{sign:>4} {amount:>12}  {date} {how}\n");
            }
        }
    }
    text
}

//! `honorar diff`.

use std::collections::BTreeMap;

use honorar_engine::comparison::{Causes, Comparison, LineChange, PersonChange, compare, sum_of_causes};
use honorar_engine::natural::compare_numbers;
use honorar_engine::{Money, PayLine};
use honorar_exporters::language::{Words, about};
use honorar_exporters::{KeptRun, Run};
use honorar_problems::Problem;
use serde::Serialize;

use crate::Ending;
use crate::arguments::{self, Format};
use crate::screen::{print, print_as_json, say, say_problems};
use crate::shown;

pub(crate) fn diff(arguments: &arguments::Diff, format: Format) -> Ending {
    let opened = [&arguments.before, &arguments.now].map(|folder| KeptRun::open(folder));
    let problems: Vec<Problem> =
        opened.iter().filter_map(|run| run.as_ref().err()).flatten().cloned().collect();
    let [Ok(before), Ok(now)] = &opened else { return refuse(&problems, format) };
    let (Some(before), Some(now)) = (before.run(), now.run()) else { return refuse(&problems, format) };
    let [of_before, of_now] = [before, now].map(|run| &*run.content.profile.municipality);
    if of_before != of_now {
        say(&format!(
            "error: the runs are of different municipalities: `{of_before}` and `{of_now}`\n  expected: two runs of one municipality"
        ));
        return Ending::WrongUse;
    }
    let mut comparison = compare(before.paid(), now.paid());
    if let Some(id) = &arguments.person {
        if [before, now].iter().all(|run| run.content.basis.register().find_person(id).is_none()) {
            say(&format!(
                "error: there is no person `{id}` in these runs\n  expected: a person_id of the table `persons`"
            ));
            return Ending::WrongUse;
        }
        let is_meant = |change: &PersonChange<'_>| compare_numbers(change.person_id, id).is_eq();
        comparison.pay.retain(is_meant);
        comparison.payables.retain(is_meant);
    }
    let words = Words::of(arguments.language.or(now.language));
    let compared = Compared { before, now, words, comparison };
    match format {
        Format::Json => print_as_json(&compared.report()),
        Format::Text => print(&compared.as_text()),
    }
    Ending::Done
}

#[derive(Serialize)]
struct Refused<'r> {
    problems: &'r [Problem],
}

fn refuse(problems: &[Problem], format: Format) -> Ending {
    match format {
        Format::Json => print_as_json(&Refused { problems }),
        Format::Text => say_problems(None, problems),
    }
    Ending::Errors
}

/// Two runs, and what has changed from one to the other.
struct Compared<'r> {
    before: Run<'r>,
    now: Run<'r>,
    words: Words,
    comparison: Comparison<'r>,
}

#[derive(Serialize)]
struct Report<'r> {
    municipality: &'r str,
    before: RunReport<'r>,
    now: RunReport<'r>,
    pay: PartReport<'r>,
    payables: PartReport<'r>,
}

#[derive(Serialize)]
struct RunReport<'r> {
    basis: &'r str,
    period: String,
}

#[derive(Serialize)]
struct PartReport<'r> {
    people: Vec<PersonReport<'r>>,
    #[serde(flatten)]
    sums: Sums,
}

#[derive(Serialize)]
struct PersonReport<'r> {
    person_id: &'r str,
    #[serde(flatten)]
    sums: Sums,
    lines: Vec<LineReport<'r>>,
}

#[derive(Serialize)]
struct Sums {
    before: String,
    now: String,
    difference: String,
    causes: BTreeMap<&'static str, String>,
}

impl Sums {
    fn new(before: Money, now: Money, causes: &Causes) -> Self {
        Self {
            before: before.to_string(),
            now: now.to_string(),
            difference: (now - before).to_string(),
            causes: causes.iter().map(|(cause, amount)| (cause.name(), amount.to_string())).collect(),
        }
    }
}

#[derive(Serialize)]
struct LineReport<'r> {
    kind: &'static str,
    difference: String,
    causes: BTreeMap<&'static str, String>,
    before: Option<ExplainedLine<'r>>,
    now: Option<ExplainedLine<'r>>,
}

#[derive(Serialize)]
struct ExplainedLine<'r> {
    date: String,
    body: &'r str,
    meeting_id: &'r str,
    claim_id: &'r str,
    amount: String,
    cite: String,
    how: String,
}

impl<'r> Compared<'r> {
    fn report(&self) -> Report<'_> {
        let of_run = |run: &Run<'r>| RunReport { basis: run.name, period: run.period.to_string() };
        Report {
            municipality: &self.now.content.profile.municipality,
            before: of_run(&self.before),
            now: of_run(&self.now),
            pay: self.part(&self.comparison.pay),
            payables: self.part(&self.comparison.payables),
        }
    }

    fn part(&self, all: &'r [PersonChange<'r>]) -> PartReport<'r> {
        let (before, now, causes) = sums_of_all(all);
        let people = changed(all).into_iter().map(|person| PersonReport {
            person_id: person.person_id,
            sums: Sums::new(person.before, person.now, &person.causes),
            lines: person.lines.iter().map(|line| self.line(line)).collect(),
        });
        PartReport { people: people.collect(), sums: Sums::new(before, now, &causes) }
    }

    fn line(&self, change: &LineChange<'r>) -> LineReport<'r> {
        let Sums { difference, causes, .. } = Sums::new(Money::ZERO, change.difference(), &change.causes);
        let explained = |run: &Run<'r>, line: Option<&PayLine>| line.map(|line| self.explained(run, line));
        LineReport {
            kind: change.now.or(change.before).map_or("", |line| line.listed_as().name()),
            difference,
            causes,
            before: explained(&self.before, change.before),
            now: explained(&self.now, change.now),
        }
    }

    fn explained(&self, run: &Run<'r>, line: &PayLine) -> ExplainedLine<'r> {
        let (basis, regulation) = (&run.content.basis, &run.content.regulation);
        ExplainedLine {
            date: line.date.to_string(),
            body: line.body_code(basis),
            meeting_id: line.meeting_id(basis),
            claim_id: line.origin.claim_id(basis),
            amount: line.amount.to_string(),
            cite: line.cite(basis, regulation),
            how: self.words.how(line, basis, regulation),
        }
    }

    fn as_text(&self) -> String {
        let Comparison { pay, payables } = &self.comparison;
        let headings = self.words.headings();
        let [before, now] = [self.before, self.now].map(|run| shown::period(self.words, run.period));
        let title = self.words.changed(&before, &now);
        let mut text = format!("{}: {title}\n", self.now.name);
        let parts = [(pay, headings.to_persons), (payables, headings.to_others)];
        let parts = parts.map(|(all, heading)| (all, changed(all), heading));
        for (_, changed, heading) in parts.iter().filter(|(_, changed, _)| !changed.is_empty()) {
            text += &format!("\n{heading}\n");
            text.extend(changed.iter().map(|person| self.person(person)));
        }
        for (all, _, heading) in parts.iter().filter(|(_, changed, _)| changed.len() > 1) {
            let (before, now, causes) = sums_of_all(all);
            text += &format!("\n{}, {heading}\n{}", headings.in_all, self.sums(before, now, &causes));
        }
        if parts.iter().all(|(_, changed, _)| changed.is_empty()) {
            text += &format!("\n{}\n", headings.nothing_changed);
        }
        text
    }

    fn person(&self, change: &PersonChange<'r>) -> String {
        let name = [self.now, self.before].iter().find_map(|run| {
            let register = run.content.basis.register();
            register.find_person(change.person_id).map(|person| register.person(person).name.to_string())
        });
        let mut text = format!("\n{} {}\n", change.person_id, name.unwrap_or_default());
        text += &self.sums(change.before, change.now, &change.causes);
        text.extend(change.lines.iter().map(|line| self.line_as_text(line)));
        text
    }

    /// What was, what is, and the difference with its causes.
    fn sums(&self, before: Money, now: Money, causes: &Causes) -> String {
        let headings = self.words.headings();
        let sums = [(before, headings.before), (now, headings.now), (now - before, headings.difference)];
        let row = |amount: Money, what: &str| format!("{:>12}  {what}\n", self.words.money(amount));
        let mut text: String = sums.into_iter().map(|(amount, what)| row(amount, what)).collect();
        for (cause, amount) in causes {
            text += &row(*amount, &format!("  {}", self.words.cause(*cause)));
        }
        text
    }

    /// What a line is for and why it changed, and both explanations one under the other.
    fn line_as_text(&self, change: &LineChange<'r>) -> String {
        let both = [(&self.before, change.before, '-'), (&self.now, change.now, '+')];
        let lines = both.into_iter().filter_map(|(run, line, sign)| Some((run, line?, sign)));
        let lines: Vec<_> = lines.collect();
        let causes: Vec<&str> = change.causes.keys().map(|cause| self.words.cause(*cause)).collect();
        let mut text = String::new();
        if let Some((run, line, _)) = lines.last() {
            let about = about(line, &run.content.basis, |kind| shown::kind(self.words, kind));
            let (difference, date) = (self.words.money(change.difference()), self.words.date(line.date));
            text += &format!("\n{difference:>12}  {date} {about}: {}\n", causes.join(", "));
        }
        for (run, line, sign) in lines {
            let explained = self.explained(run, line);
            let (amount, how) =
                (self.words.money(line.amount), shown::cited(&explained.how, &explained.cite));
            text += &format!("{sign:>4} {amount:>12}  {how}\n");
        }
        text
    }
}

/// Those for whom a line is another than before.
fn changed<'c, 'r>(all: &'c [PersonChange<'r>]) -> Vec<&'c PersonChange<'r>> {
    all.iter().filter(|person| !person.lines.is_empty()).collect()
}

fn sums_of_all(all: &[PersonChange<'_>]) -> (Money, Money, Causes) {
    let sum = |of: fn(&PersonChange<'_>) -> Money| all.iter().map(of).sum();
    let causes = sum_of_causes(all.iter().map(|person| &person.causes));
    (sum(|person| person.before), sum(|person| person.now), causes)
}

//! What a proposal would have cost: nothing is counted twice or left out, and each breakdown sums to the total.

use std::collections::BTreeMap;
use std::path::Path;

use honorar_engine::Money;
use honorar_engine::calendar::DateSpan;
use honorar_engine::simulation::{Cost, PaidTo, Simulation, YearPaid};
use honorar_exporters::{By, SimulationRun, simulation_files};
use honorar_intake::{Content, Proposed, Reading, Source, read_source};
use honorar_rates::{RegulationText, empty_profile, read_profile, read_proposal};
use honorar_recount::{Parameters, Tables, amounts, generate};
use insta::assert_snapshot;
use rayon::prelude::*;

use crate::properties::periods;
use crate::snapshots::mended_cases;
use crate::tables::{PROFILE, aurland, aurland_with, oere, records, source, source_of};

/// A basis read under both regulations.
struct Both {
    today: Reading,
    proposed: Proposed,
    year: i32,
}

fn content(reading: &Reading) -> &Content {
    reading.content.as_ref().unwrap_or_else(|| panic!("{:#?}", reading.problems))
}

impl Both {
    fn read(source: &Source, proposal: &RegulationText, config: Option<&str>, year: i32) -> Self {
        let today = read_source(source.clone());
        let config = config.and_then(|text| read_profile("proposal-config.toml", text).0);
        let proposed =
            Proposed::read(source.clone(), &today, content(&today), proposal, config.as_ref(), year);
        Self { today, proposed, year }
    }

    /// Works the simulation out, and looks at it after its breakdowns are found to sum to the totals.
    fn look<T>(&self, look: impl FnOnce(&SimulationRun<'_>) -> T) -> T {
        let paid = |reading| {
            let Content { basis, regulation, .. } = content(reading);
            YearPaid::new(basis, regulation, self.year).expect("nothing is missing")
        };
        let (today, proposed) = (paid(&self.today), paid(&self.proposed.reading));
        let simulation = Simulation::new(&today, &proposed);
        let run = SimulationRun::of(&self.today, &self.proposed, self.year, &simulation);
        let run = run.expect("both are read");
        for paid_to in PaidTo::ALL {
            let total = simulation.total(paid_to);
            for by in By::ALL {
                let costs = run.costs(paid_to, by);
                let sum = |of: fn(&Cost) -> Money| costs.iter().map(|one| of(&one.cost)).sum::<Money>();
                assert_eq!(sum(|cost| cost.today), total.today, "{by:?}");
                assert_eq!(sum(|cost| cost.proposed), total.proposed, "{by:?}");
            }
        }
        look(&run)
    }
}

const FROM_2027: (&str, &str) = ("in_force_from = 2014-01-01", "in_force_from = 2027-01-01");

/// The year of a generated basis in which most happens.
fn year_of(tables: &Tables, seed: u64) -> i32 {
    periods(tables, seed).first().expect("a period").year()
}

/// The periods in which Aurland's regulation pays.
fn all_periods(year: i32) -> Vec<String> {
    let halves = ["H1", "H2"].map(|half| format!("{year}-{half}"));
    halves.into_iter().chain((1..=12).map(|month| format!("{year}-{month:02}"))).collect()
}

/// What an independent calculation gives in a year, to persons and to others.
fn recounted(tables: &Tables, parameters: &Parameters, year: i32) -> i64 {
    let periods = all_periods(year);
    periods.iter().flat_map(|period| amounts(tables, parameters, period)).map(|amount| amount.oere).sum()
}

/// What goes to persons and to others, in øre: today and by the proposal.
fn all_of(simulation: &Simulation<'_>) -> [i64; 2] {
    let totals = PaidTo::ALL.map(|paid_to| simulation.total(paid_to));
    let sum = |of: fn(&Cost) -> Money| oere(&totals.iter().map(of).sum::<Money>().to_string());
    [sum(|cost| cost.today), sum(|cost| cost.proposed)]
}

#[test]
fn the_same_regulation_costs_the_same() {
    (0..30_u64).into_par_iter().for_each(|seed| {
        let tables = generate(seed);
        let (source, year) = (source_of(&tables), year_of(&tables, seed));
        let expected = recounted(&tables, &Parameters::default(), year);
        for proposal in [aurland(), aurland_with(&[FROM_2027])] {
            Both::read(&source, &proposal, None, year).look(|run| {
                for (row, lines) in &run.simulation.rows {
                    assert!(lines.cost().difference().is_zero(), "seed {seed}: {row:?}");
                }
                assert_eq!(all_of(run.simulation), [expected; 2], "seed {seed}");
            });
        }
    });
}

#[test]
fn other_parameters_cost_what_an_independent_calculation_gives() {
    (0..30_u64).into_par_iter().for_each(|seed| {
        let tables = generate(seed);
        let year = year_of(&tables, seed);
        let dearer = PROFILE.replace("council_member = 10304", "council_member = 12345");
        let mut parameters = Parameters::default();
        parameters.0.insert("council_member".to_owned(), 1_234_500);
        let expected = [&Parameters::default(), &parameters].map(|one| recounted(&tables, one, year));
        let both = Both::read(&source_of(&tables), &aurland_with(&[FROM_2027]), Some(&dearer), year);
        both.look(|run| assert_eq!(all_of(run.simulation), expected, "seed {seed}"));
    });
}

/// Fees a meeting instead of a yearly fee in the council, paid by the month; and an hour's loss at 180.
fn fees_a_meeting() -> RegulationText {
    let RegulationText { file, text } = aurland_with(&[
        FROM_2027,
        ("name = \"aurland\"", "name = \"framlegg\""),
        (
            "meeting_fees_and_claims = { value = \"half_yearly\"",
            "meeting_fees_and_claims = { value = \"monthly\"",
        ),
        ("per_hour = { value = 170,", "per_hour = { value = 180,"),
    ]);
    let (before, rest) = text.split_once("[fixed_fees.council_member]").expect("the council's yearly fee");
    let (_, after) = rest.split_once("[fixed_fees.executive_member]").expect("the executive's");
    let fee = "[meeting_fees.council_member]\nclass = \"council\"\nseats = [\"leader\", \"member\"]\n\
               per_meeting = [{ value = 1000, point = \"3.1\", provenance = \"document\", meaning = \"a member who meets\" }, \
               { from = 2028-01-01, value = 1100, point = \"3.1\", provenance = \"document\", meaning = \"a member who meets\" }]\n";
    RegulationText { file, text: format!("{before}[fixed_fees.executive_member]{after}\n{fee}") }
}

/// Two members of the council, two meetings, a claim; and a substitute at a meeting of a standing committee.
const YEAR: [(&str, &str); 5] = [
    ("persons", "0101, employed\n0102, employed"),
    ("offices", "0101, KST, member, 2011-10-01\n0102, KST, member, 2011-10-01"),
    (
        "meetings",
        "K1, KST, 2014-02-06, 16:00, 18:30\nO1, OOK, 2014-03-06, 10:00, 12:00\nK2, KST, 2014-09-18, 16:00, 18:00",
    ),
    (
        "attendance",
        "K1, 0101, present\nK1, 0102, present\nO1, 0101, present, substitute\n\
         K2, 0101, present\nK2, 0102, absent_valid",
    ),
    ("claims", "C1, 0101, lost_income_undocumented, K1, , , , 500"),
];

fn small_year() -> Source {
    let rows = YEAR.map(|(table, rows)| (table.to_owned(), rows.to_owned()));
    source(&BTreeMap::from(rows), PROFILE)
}

#[test]
fn fees_a_meeting_instead_of_a_yearly_fee() {
    let both = Both::read(&small_year(), &fees_a_meeting(), None, 2014);
    both.look(|run| {
        let shown = |by: By| -> Vec<String> {
            let costs = run.costs(PaidTo::Persons, by).into_iter();
            costs.map(|one| format!("{}: {} {}", one.key, one.cost.today, one.cost.proposed)).collect()
        };
        // Today each member gets 10 304 in two halves. 0102 missed 1 of 2: 50 % less 25 % of 10 304 is 2 576.
        // By the proposal there are three members at meetings, 1 000 each: the 1 100 come a year later.
        // The claim: 150 minutes at 170 an hour are 425, at 180 they are 450.
        assert_eq!(
            shown(By::Kind),
            [
                "fixed_fee: 20608.00 0.00",
                "absence_reduction: -2576.00 0.00",
                "meeting_fee: 619.00 3619.00",
                "lost_income_undocumented: 425.00 450.00",
            ]
        );
        assert_eq!(shown(By::Body), ["KST: 18457.00 3450.00", "OOK: 619.00 619.00"]);
        assert_eq!(shown(By::Role), ["member: 18457.00 3450.00", "substitute: 619.00 619.00"]);
        assert_eq!(shown(By::Person), ["0101: 11348.00 3069.00", "0102: 7728.00 1000.00"]);
        assert_eq!(shown(By::Group), [": 19076.00 4069.00"]);
        let files = simulation_files(run, &[]).expect("a workbook holds it");
        let file = |name: &str| files.iter().find(|file| file.name == name).expect("a file");
        let rows = records(&file("simulation.csv").bytes);
        let sum = |column: &str| rows.iter().map(|row| oere(&row[column])).sum::<i64>();
        assert_eq!((sum("today"), sum("proposed"), sum("difference")), (1_907_600, 406_900, -1_500_700));
        assert_eq!(rows.len(), 7);
    });
}

#[test]
fn a_proposal_is_moved_to_the_year_only_where_it_is_not_in_force_in_all_of_it() {
    let profile = empty_profile().expect("a profile");
    let values_of = |name: &str, year: i32| {
        let text = RegulationText::shipped_as(name).expect("it ships");
        let proposal = read_proposal(&text, &profile, true, year);
        let regulation = proposal.regulation.expect("it is read");
        let moved = proposal.values_of.map(|_| DateSpan::of_year(year));
        assert!(moved.is_none_or(|moved| regulation.in_force == moved), "{name}, {year}");
        proposal.values_of.map(|day| day.to_string())
    };
    assert_eq!(values_of("aurland", 2014), None);
    assert_eq!(values_of("aurland", 2013).as_deref(), Some("2014-01-01"));
    // Askøy's is in force from October 2019, Hasvik's until September of that year.
    assert_eq!(values_of("askoy", 2019).as_deref(), Some("2019-10-01"));
    assert_eq!(values_of("hasvik", 2019).as_deref(), Some("2019-09-30"));
    assert_eq!(values_of("hasvik", 2018), None);
}

#[test]
fn parameters_of_the_basis_change_on_their_own_days() {
    let dated = "council_member = [{ value = 10304 }, { from = 2014-07-01, value = 12304 }]";
    let profile = PROFILE.replace("council_member = 10304", dated);
    let rows = YEAR.map(|(table, rows)| (table.to_owned(), rows.to_owned()));
    let source = source(&BTreeMap::from(rows), &profile);
    let both = Both::read(&source, &aurland_with(&[FROM_2027]), None, 2014);
    both.look(|run| assert!(run.simulation.rows.values().all(|lines| lines.cost().difference().is_zero())));
}

#[test]
fn an_amount_frozen_on_a_day_is_frozen_as_long_before() {
    const PARAMETER: &str = "per_year = { parameter = \"council_member\", point = \"3.1\"";
    let frozen_on = |day: &str| {
        let share =
            "per_year = { value = \"1 % of storting_member\", point = \"3.1\", provenance = \"document\"";
        format!("{share}, base_on = \"{day}\"")
    };
    let rows = YEAR.map(|(table, rows)| (table.to_owned(), rows.to_owned()));
    let profile = PROFILE.replace("council_member = 10304\n", "");
    let of_today = aurland_with(&[(PARAMETER, &frozen_on("2013-05-01"))]);
    let source = Source { regulation: Some(of_today), ..source(&BTreeMap::from(rows), &profile) };
    // Frozen on 1 May of the year before the proposal begins: in 2014 that is the pay of 1 May 2013.
    for (day, is_the_same) in [("2026-05-01", true), ("2025-05-01", false)] {
        let proposal = aurland_with(&[FROM_2027, (PARAMETER, &frozen_on(day))]);
        Both::read(&source, &proposal, None, 2014).look(|run| {
            let total = run.simulation.total(PaidTo::Persons);
            assert_eq!(total.difference().is_zero(), is_the_same, "{day}");
        });
    }
}

#[test]
fn a_proposal_says_what_it_lacks_and_demands() {
    let wrong = |proposal: &RegulationText| -> Vec<String> {
        let both = Both::read(&small_year(), proposal, None, 2014);
        assert!(both.proposed.reading.content.is_none());
        both.proposed.reading.problems.iter().map(ToString::to_string).collect()
    };
    let without_ook = aurland_with(&[("OOK = { name", "OOX = { name")]);
    assert_eq!(
        wrong(&without_ook),
        ["error: meetings.csv, row 3 (O1), column `body`: under the proposal, there is no such body\n  \
          value: `OOK`\n  expected: a body of the regulation, or of a row in `bodies`\n  \
          hint: did you mean `OOX`?"]
    );
    // Where it falls short of the law of its own time is a warning.
    let law = aurland_with(&[
        FROM_2027,
        ("per_day = { value = 3091, point = \"5.1\"", "per_day = { value = 1030, point = \"5.1\""),
    ]);
    let both = Both::read(&small_year(), &law, None, 2014);
    let said: Vec<String> = both.proposed.reading.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "warning: aurland.toml: from 2027-01-01, documented and undocumented loss have the same cap a day, 1030.00 (`cover.documented.per_day`, aurland 5.1)\n  expected: an amount a day for documented and one for undocumented loss, and different ones (kommuneloven § 8-3)"
        ]
    );
}

/// What the binary prints; a folder is named `OUT` in it.
fn honorar(arguments: &[&str], out: &Path) -> String {
    crate::snapshots::honorar(&[&["simulate"], arguments].concat(), out).1
}

#[test]
fn what_is_printed_and_written() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
    write("proposal.toml", &fees_a_meeting().text);
    let basis = "aurland-2014/canonical";
    assert_snapshot!("text", honorar(&[basis, "--regulation", "OUT/proposal.toml"], folder));
    let persons =
        [basis, "--regulation", "OUT/proposal.toml", "--persons", "--language", "nn", "--out", "OUT/sim"];
    assert_snapshot!("persons-nn", honorar(&persons, folder));
    let csv = std::fs::read_to_string(folder.join("sim/simulation.csv")).expect("a file");
    assert_snapshot!("csv", csv.lines().take(30).collect::<Vec<_>>().join("\n"));
    assert_eq!(
        crate::tables::names(&folder.join("sim/statements/nn")),
        ["simulation.html", "simulation.xlsx"]
    );
    assert!(honorar(&persons, folder).starts_with("exit status: 0"), "an earlier simulation is replaced");
    let person = ["aurland-cases", "--regulation", "OUT/proposal.toml", "--person", "0104"];
    assert_snapshot!("person", honorar(&person, folder));
    let json = ["aurland-cases", "--regulation", "OUT/proposal.toml", "--person", "0104", "--format", "json"];
    assert_snapshot!("json", honorar(&json, folder));
    let nobody = ["aurland-cases", "--regulation", "OUT/proposal.toml", "--person", "9999"];
    assert_snapshot!("nobody", honorar(&nobody, folder));
}

#[test]
fn what_is_wrong_with_a_proposal_is_said() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
    let more = aurland_with(&[
        ("parameter = \"council_member\"", "parameter = \"council_member_2027\""),
        ("parameter = \"mayor\"", "parameter = \"mayor_2027\""),
    ]);
    write("proposal.toml", &more.text);
    let simulate = |more: &[&str], basis: &str| honorar(&[&[basis, "--regulation"], more].concat(), folder);
    assert_snapshot!("missing-parameters", simulate(&["OUT/proposal.toml"], "aurland-cases"));
    let profile = "municipality = \"aurland\"\nregulation = \"proposal.toml\"\n\n[parameters]\n\
                   council_member_2027 = 12000\nmayor_2027 = 900000\ncouncil_membr = 1\n";
    write("proposal-config.toml", profile);
    let with_config = ["OUT/proposal.toml", "--proposal-config", "OUT/proposal-config.toml"];
    assert_snapshot!("unknown-parameter", simulate(&with_config, "aurland-cases"));
    write("nothing.toml", "colour = \"blue\"\n");
    assert_snapshot!("no-regulation", simulate(&["OUT/nothing.toml"], "aurland-cases"));
    assert_snapshot!("unknown", simulate(&["aurlnd"], "aurland-cases"));
    assert_snapshot!("another-municipality", simulate(&["trysil"], "aurland-cases"));
    assert_snapshot!("other-year", simulate(&["aurland", "--year", "2013"], "aurland-cases"));
    let later = ("meetings.csv", "\nELD-1,", "\nELD-15,ELD,2015-04-10,10:00,11:00,,no\nELD-1,");
    mended_cases(&folder.join("years"), &[later]);
    assert_snapshot!("several-years", simulate(&["aurland"], "OUT/years"));
}

//! A basis under a regulation that is proposed, beside the one that it has.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use honorar_problems::{Problem, in_order};
use honorar_rates::{Profile, RegulationText, read_proposal};

use crate::files::Source;
use crate::reading::{Content, Reading};
use crate::stages::read_proposed;

/// A basis under a proposal.
#[derive(Debug)]
pub struct Proposed {
    /// What was read, with the problems that the basis does not have by its own regulation.
    pub reading: Reading,
    /// The day whose values hold in the whole year, where the proposal is not in force in all of it.
    pub values_of: Option<NaiveDate>,
}

impl Proposed {
    /// Reads a basis, which has no errors by its own regulation, under a proposal for a year; with a profile for
    /// the proposal, or its own.
    pub fn read(
        source: Source,
        today: &Reading,
        content: &Content,
        proposal: &RegulationText,
        config: Option<&Profile>,
        year: i32,
    ) -> Self {
        let own = &content.profile;
        let proposal = read_proposal(proposal, config.unwrap_or(own), config.is_none(), year);
        let values_of = proposal.values_of;
        let file = proposal.text.file.clone();
        let mut reading = read_proposed(source, config.unwrap_or(own).for_simulation(own), proposal);
        let known: BTreeSet<&Problem> = today.problems.iter().collect();
        // Files that are no tables are none of the proposal's making.
        reading.problems.retain(|problem| problem.code != "no_table" && !known.contains(problem));
        reading.problems = under_proposal(reading.problems, &file);
        Self { reading, values_of }
    }
}

/// Problems that say they are about the proposal: those of its own file do so by their place.
pub fn under_proposal(problems: Vec<Problem>, file: &str) -> Vec<Problem> {
    let said = |problem: Problem| {
        if *problem.place.file == *file {
            return problem;
        }
        let said = Problem { message: format!("under the proposal, {}", problem.message), ..problem };
        match said.code {
            "missing_parameter" => {
                said.hint("--proposal-config names a profile with the proposal's parameters")
            }
            _ => said,
        }
    };
    in_order(problems.into_iter().map(said).collect())
}

//! What a year would have cost by a proposal.

use chrono::NaiveDate;
use honorar_engine::simulation::GotAs;

use super::Words;

impl Words {
    /// What a simulation is called: its basis, its year and the proposal.
    pub fn simulated(self, basis: &str, year: i32, proposal: &str) -> String {
        self.say.simulation.title(basis, &year.to_string(), proposal)
    }

    /// Of which day a proposal's values are, in a year in which it is not in force.
    pub fn values_of(self, day: NaiveDate, year: i32) -> String {
        self.say.simulation.values_of(day, &year.to_string())
    }

    /// As what a person gets something: `varamedlem`, `utanom møte`.
    pub fn got_as(self, got_as: GotAs) -> &'static str {
        let say = &self.say.simulation;
        match got_as {
            GotAs::Role(role) => self.role(role),
            GotAs::Summoned => say.summoned(),
            GotAs::ExOfficio => say.ex_officio(),
            GotAs::EmployeeRepresentative => say.for_employees(),
            GotAs::OutsideMeetings => say.outside_meetings(),
        }
    }
}

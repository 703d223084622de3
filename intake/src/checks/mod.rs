//! What can only be seen across tables, once they are read.

mod absence_lists;
mod claimed_twice;
mod claims;
mod groups;
mod meetings;
mod offices;
mod trips;

use honorar_engine::Regulation;
use honorar_engine::basis::{Basis, BodyIx, Claim, PersonIx, Trip};
use honorar_problems::{Place, Problem};

use crate::tables::{Doubtful, KnownGroups, Locators, ReadTables};
use crate::vocabulary::TableName;

/// What the checks look at.
pub(crate) struct Checked<'c> {
    basis: &'c Basis,
    regulation: &'c Regulation,
    doubtful: &'c Doubtful,
    locators: &'c Locators,
    known_groups: &'c KnownGroups,
}

/// Every check of a basis.
pub(crate) fn check(read: &ReadTables, regulation: &Regulation, problems: &mut Vec<Problem>) {
    let ReadTables { basis, doubtful, locators, known_groups } = read;
    let checked = Checked { basis, regulation, doubtful, locators, known_groups };
    offices::check(&checked, problems);
    absence_lists::check(&checked, problems);
    meetings::check(&checked, problems);
    claims::check(&checked, problems);
    trips::check(&checked, problems);
    claimed_twice::check(&checked, problems);
    groups::check(&checked, problems);
}

impl Checked<'_> {
    fn code(&self, body: BodyIx) -> &str {
        &self.basis.register().body(body).code
    }

    /// Where a field of a claim stands.
    fn place_of_claim(&self, claim: &Claim, column: &'static str) -> Place {
        self.locators.of_claim(claim, column)
    }

    /// Where a field of a journey stands.
    fn place_of_trip(&self, trip: &Trip, column: &'static str) -> Place {
        self.locators.at(TableName::Trips, trip.row, column).with_key(&*trip.id)
    }

    fn id(&self, person: PersonIx) -> &str {
        &self.basis.register().person(person).id
    }
}

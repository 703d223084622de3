//! What was read of a basis: its content, or all that is wrong with it.

use honorar_engine::basis::ClaimIx;
use honorar_engine::ledger::Coverage;
use honorar_engine::line::Origin;
use honorar_engine::{Basis, Period, Regulation};
use honorar_problems::{Place, Problem};
use honorar_rates::{HrmFiles, Profile, RegulationText};

use crate::files::InputFile;
use crate::ledger_tables::LedgerTexts;
use crate::tables::Locators;
use crate::vocabulary::TableName;

/// Everything that was read of a basis.
#[derive(Debug, Default)]
pub struct Reading {
    /// The basis's name: that of its folder or workbook.
    pub name: String,
    /// The files as they were handed in.
    pub inputs: Vec<InputFile>,
    /// The regulation's file.
    pub regulation_text: Option<RegulationText>,
    /// What closed runs have paid, where the run is held against an archive.
    pub ledger: Option<LedgerTexts>,
    /// The names of what lies beside the tables and was left alone.
    pub left_alone: Vec<String>,
    /// What is wrong or worth a look, in the order of the input.
    pub problems: Vec<Problem>,
    /// The content; nothing when there is an error.
    pub content: Option<Content>,
}

/// The content of a basis without errors.
#[derive(Debug)]
pub struct Content {
    /// The municipality's profile.
    pub profile: Profile,
    /// The regulation with the profile's parameters and decisions.
    pub regulation: Regulation,
    /// The basis.
    pub basis: Basis,
    /// The mapping and schema of Visma Enterprise HRM, where the profile names them.
    pub hrm: Option<HrmFiles>,
    pub(crate) locators: Locators,
}

impl Content {
    /// Whether the regulation pays in runs for such a period, and is in force on every day of it;
    /// otherwise an error.
    pub fn pays_in(&self, period: Period) -> Result<(), Problem> {
        let payments = self.regulation.payments();
        if self.basis.ledger().is_closed(period) {
            return self.covers_closed(period);
        }
        if !payments.contains(&period.payment()) {
            let message =
                format!("the regulation `{}` pays nothing in a run for {period}", self.regulation.name);
            let rhythms: Vec<String> = payments
                .into_iter()
                .filter_map(|payment| Period::new(period.year(), payment, 1))
                .map(|period| period.to_string())
                .collect();
            return Err(Problem::error("pays_nothing", self.profile.place().clone(), message)
                .expected(format!("a period such as {}", rhythms.join(" or "))));
        }
        self.is_in_force(period)
    }

    /// Whether the regulation is in force on every day of a period; otherwise an error.
    pub fn is_in_force(&self, period: Period) -> Result<(), Problem> {
        let in_force = self.regulation.in_force;
        if in_force.contains(period.first_day()) && in_force.contains(period.last_day()) {
            return Ok(());
        }
        let until = in_force.last().map(|last| format!(" until {last}")).unwrap_or_default();
        let message = format!("the regulation `{}` is not in force in all of {period}", self.regulation.name);
        Err(Problem::error("not_in_force", self.profile.place().clone(), message)
            .expected(format!("a period from {}{until}", in_force.first()))
            .hint("name the regulation of that time in honorar.toml, or another period"))
    }

    /// Whether a closed period can be worked out again from the basis; otherwise an error.
    fn covers_closed(&self, period: Period) -> Result<(), Problem> {
        let coverage = self.basis.ledger().coverage(&self.basis, &self.regulation, period.year());
        let coverage =
            coverage.into_iter().find(|(closed, _)| *closed == period).map(|(_, coverage)| coverage);
        let why = match coverage {
            Some(Coverage::SettledAgain) | None => return Ok(()),
            Some(Coverage::NotInBasis) => "the basis does not hold its meetings",
            Some(Coverage::OtherRegulation) => "the regulation of the basis did not pay in it",
            Some(Coverage::NotKept) => "the archive has removed what was paid for it",
        };
        let message = format!("{period} is closed, and cannot be worked out again: {why}");
        Err(Problem::error("closed", self.profile.place().clone(), message)
            .expected("a period that is not closed, or the basis and regulation that it was paid by")
            .hint("what is closed and not worked out again stays as it was paid"))
    }

    /// Whether claims from Visma Expense were handed in, for this period or others.
    pub fn has_visma_expense(&self) -> bool {
        self.place_of_table(TableName::VismaExpense).is_some()
    }

    /// Where a table stands, if it was handed in.
    pub(crate) fn place_of_table(&self, table: TableName) -> Option<Place> {
        self.locators.table(table)
    }

    /// Where a field of a row stands.
    pub(crate) fn place(&self, table: TableName, row: u32, column: &'static str) -> Place {
        self.locators.at(table, row, column)
    }

    /// Where a field of a claim stands.
    pub(crate) fn place_of_claim(&self, claim: ClaimIx, column: &'static str) -> Place {
        self.locators.of_claim(self.basis.claim(claim), column)
    }

    /// Where the row of a distance or journey stands: a claim's quantity, or a column of a journey.
    pub(crate) fn place_of_travel(&self, origin: Origin, column: &'static str) -> Place {
        match origin {
            Origin::Claim(claim) => self.place_of_claim(claim, "quantity"),
            Origin::Trip(trip) => {
                let trip = self.basis.trip(trip);
                self.locators.at(TableName::Trips, trip.row, column).with_key(&*trip.id)
            }
            _ => Place::default(),
        }
    }
}

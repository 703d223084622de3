//! What a run hands out: pay lines, payables, payroll files with their receipts, the record; and
//! the folder that holds them, which appears whole or not at all.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod encode;
mod files;
mod folder;
mod groups;
mod input_archive;
mod kept_run;
pub mod language;
mod lines;
mod overview;
mod payments;
pub mod payroll;
mod reconciliation;
mod record;
mod run;
mod simulation;
mod statements;

pub use files::{files, refused_by_payroll};
pub use folder::{FolderError, publish};
pub use groups::{GroupRun, group_files, publish_groups};
pub use kept_run::{
    CellDifference, Corrected, Difference, KeptRun, RECORD, RUN_IN_ENTRY, RowDifference, Verification,
    exported_before, verify_closed, verify_run,
};
pub use overview::{
    AmountShown, BodyShown, ChangeShown, Overview, PaymentShown, SettingShown, SourceShown, last_change,
    overview,
};
pub use payments::PaymentRecord;
pub use reconciliation::{ReconciledClaim, ReconciledTotal, reconciled};
pub use record::TotalRecord;
pub use run::{OutputFile, Run};
pub use simulation::{By, CostOf, SimulationRun, publish_simulation, role_key, simulation_files};
pub use statements::Statement;

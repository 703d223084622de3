//! From files to a checked basis.
//!
//! A folder or a workbook goes in; out comes a [`Reading`]: the basis, or everything that is
//! wrong with it, each with file, row, column, what was expected and how to mend it.
//!
//! **Architecture invariant:** reading never fails as a whole and never panics: what could not be
//! read is a problem among the others, and nothing that was ambiguous is in the basis.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod canonical;
mod cell;
mod checks;
mod columns;
pub mod csv_text;
mod expense_layout;
mod field;
mod files;
mod group_problems;
pub mod ledger_tables;
mod number_cell;
mod paid_before;
mod paying;
mod payout_warnings;
mod places;
mod proposed;
mod reading;
mod rules;
mod shortfalls;
mod stages;
mod table;
mod tables;
mod vocabulary;

pub use files::{InputFile, Source, basis_name};
pub use group_problems::{group_problems, notice_problems};
pub use ledger_tables::LedgerTexts;
pub use paid_before::{closed_periods, decided_second_payments, paid_before_problems};
pub use paying::{Paid, computed, pay};
pub use payout_warnings::payout_warnings;
pub use proposed::{Proposed, under_proposal};
pub use reading::{Content, Reading};
pub use shortfalls::shortfall_problems;
pub use stages::{Cut, Understood, read, read_source, read_with_expense};

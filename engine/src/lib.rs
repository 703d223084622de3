//! The domain and the rules.
//!
//! **Architecture invariant:** this crate is pure. It reads no file, clock or environment, has no
//! global state and no floating point, and does not panic on any data. A checked [`Basis`], a
//! [`Regulation`] and a [`Period`] go in; explained pay lines come out, the same for any number
//! of threads.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod basis;
pub mod calendar;
pub mod comparison;
pub mod digits;
mod draft;
pub mod groups;
pub mod law;
pub mod ledger;
pub mod line;
pub mod money;
pub mod natural;
pub mod payout;
mod person_year;
pub mod reconciliation;
pub mod regulation;
mod rules;
mod shortfall;
pub mod simulation;
pub mod why;

pub use basis::Basis;
pub use calendar::Period;
pub use ledger::Ledger;
pub use line::{Kind, PayLine};
pub use money::Money;
pub use payout::{Payout, compute};
pub use regulation::Regulation;
pub use shortfall::{Shortfall, TravelRate};
pub use why::Why;

//! An independent calculation of what Aurland's regulation pays.
//!
//! The engine is checked against this crate, so it shares no code with it: it reads the same specification a second
//! time, works in exact fractions, looks at every day of the year by itself, and prefers the obvious loop over the
//! fast one. It is for tests: a basis that is not valid makes it panic.

mod aurland;
mod basis;
mod generate;
mod money;
mod natural;
mod tables;

pub use aurland::{Amount, Parameters, amounts};
pub use generate::generate;
pub use tables::{Table, Tables};

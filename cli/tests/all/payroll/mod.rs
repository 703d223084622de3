//! Payroll files.

mod accounting;
mod documents;
mod refusals;
mod round_trip;
mod samples;
mod visma_lonn;

//! Every test that needs more than one crate.

mod bad_input;
mod example;
mod groups;
mod hostile;
mod payments;
mod pocket_calculator;
mod properties;
mod rules;
mod run_folder;
mod snapshots;
mod tables;
mod tidy;
mod visma;

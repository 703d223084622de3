//! Every test that needs more than one crate.

mod example;
mod pocket_calculator;
mod properties;
mod rules;
mod run_folder;
mod snapshots;
mod tables;
mod tidy;
mod visma;

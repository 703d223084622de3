//! Every test that needs more than one crate.

mod archives;
mod bad_input;
mod casebook;
mod closed_runs;
mod comparison;
mod example;
mod expense;
mod export;
mod formulas;
mod groups;
mod guide;
mod hostile;
mod languages;
mod law;
mod payments;
mod payroll;
mod pocket_calculator;
mod properties;
mod rules;
mod run_folder;
mod shapes;
mod simulate;
mod snapshots;
mod statements;
mod tables;
mod tidy;

mod worked_example;

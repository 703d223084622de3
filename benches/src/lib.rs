//! How long a country's half-year takes: the country, what is measured, and the readers that it is held against.

pub mod bars;
pub mod country;
pub mod files;
pub mod instructions;
mod memory;
pub mod peers;
mod programs;
pub mod stages;
mod table;
mod timing;
pub mod workbook;

//! Runs that are closed, and what later runs make of them: nothing lost, nothing paid twice.

mod books;
mod changes;
mod corrections;
mod histories;
mod municipality;
mod paid_once;
mod workbook;

//! The archive of closed runs, as users and whoever means harm meet it.

mod faults;
mod forgery;
mod history;
mod made_again;
mod refused;
#[path = "../../../../archive/tests/all/rigged.rs"]
#[expect(dead_code, reason = "the archive's own tests use all of it")]
mod rigged;
#[cfg(unix)]
mod rights;
mod support;
mod together;
mod words;

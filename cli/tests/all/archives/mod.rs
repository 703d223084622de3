//! The archive of closed runs, as users and whoever means harm meet it.

mod faults;
mod forgery;
mod history;
mod refused;
#[cfg(unix)]
mod rights;
#[path = "../../../../archive/tests/all/rigged.rs"]
#[allow(dead_code, reason = "the archive's own tests use all of it")]
mod rigged;
mod support;
mod together;
mod words;

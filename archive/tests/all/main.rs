//! The archive from outside: what it keeps, what it notices, and what it survives.

mod chain;
mod crashes;
mod damage;
mod faults;
mod hostile;
mod keeping;
mod pruning;
mod rigged;
#[cfg(unix)]
mod rights;
mod support;
mod together;

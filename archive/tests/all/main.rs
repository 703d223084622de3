//! The archive from outside: what it keeps, what it notices, and what it survives.

mod chain;
mod crashes;
mod damage;
mod faults;
mod hostile;
mod keeping;
mod pruning;
#[cfg(unix)]
mod rights;
mod rigged;
mod support;
mod together;

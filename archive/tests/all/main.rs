//! The archive from outside: what it keeps, what it notices, and what it survives.

mod crashes;
mod faults;
mod support;

//! Three years.

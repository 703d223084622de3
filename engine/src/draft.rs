//! One person's lines on their way, and what they lack.

use std::collections::BTreeSet;

use crate::line::{Origin, PayLine};
use crate::person_year::PersonYear;
use crate::shortfall::Shortfall;

/// The lines of one person on their way.
pub(crate) struct Draft<'a> {
    pub(crate) year: PersonYear<'a>,
    pub(crate) lines: Vec<PayLine>,
    pub(crate) shortfalls: BTreeSet<Shortfall>,
}

impl<'a> Draft<'a> {
    pub(crate) fn new(year: PersonYear<'a>) -> Self {
        Self { year, lines: Vec::new(), shortfalls: BTreeSet::new() }
    }

    /// Takes a line, or what it lacked.
    pub(crate) fn take(&mut self, line: Result<PayLine, Shortfall>) {
        let of_run = |mut line: PayLine| {
            if !matches!(line.origin, Origin::Office(..)) {
                line.trail.read_on(&self.year.regulation.fees.meeting_fees_and_claims, line.date)?;
            }
            Ok(line)
        };
        match line.and_then(of_run) {
            Ok(line) => self.lines.push(line),
            Err(shortfall) => {
                self.shortfalls.insert(shortfall);
            }
        }
    }

    /// Takes a line where there is one.
    pub(crate) fn take_any(&mut self, line: Result<Option<PayLine>, Shortfall>) {
        if let Some(line) = line.transpose() {
            self.take(line);
        }
    }
}

//! How the time grows with the work: with more bases, and with more meetings in one.

use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::slice::from_ref;

use super::Bars;
use super::one_basis::Ordinary;
use crate::country::Country;
use crate::files;
use crate::timing::Timed;

/// So much work, which is more than in the step before. It is counted in rows: municipalities are not alike, and with
/// ten times the meetings come no more people.
struct Step {
    times: usize,
    rows: u64,
    run: Timed,
}

impl Bars {
    pub(super) fn more_bases(
        &mut self,
        ordinary: &Ordinary,
        bases: &[PathBuf],
    ) -> Result<(), Box<dyn Error>> {
        let more = [10, bases.len() / 10, bases.len()].map(|count| &bases[..count]);
        let all = [from_ref(&ordinary.basis)].into_iter().chain(more);
        let steps = all.map(|bases| self.step("bases", bases.len(), bases));
        let steps = steps.collect::<io::Result<Vec<_>>>()?;
        self.grow("bases", &steps)
    }

    pub(super) fn more_meetings(&mut self, ordinary: &Ordinary) -> Result<(), Box<dyn Error>> {
        const WHAT: &str = "meetings of one basis";
        let steps = [1, 10, 100].map(|meetings_times| {
            let folder = self.folder.path().join(format!("meetings-{meetings_times}"));
            let country = Country { meetings_times, ..Country::NORWAY };
            let basis = country.write_one(ordinary.number, &folder)?;
            self.step(WHAT, meetings_times, from_ref(&basis))
        });
        let steps = steps.into_iter().collect::<io::Result<Vec<_>>>()?;
        self.grow(WHAT, &steps)
    }

    fn step(&self, what: &str, times: usize, bases: &[PathBuf]) -> io::Result<Step> {
        let rows = bases.iter().map(|basis| files::rows(basis)).sum::<io::Result<u64>>()?;
        let name = format!("{what} × {times}: {rows} rows");
        Ok(Step { times, rows, run: self.programs.run(&name, &[], bases) })
    }

    /// Times the steps in turn. Each is held against ten times the rows of the one before.
    fn grow(&mut self, what: &str, steps: &[Step]) -> Result<(), Box<dyn Error>> {
        self.medians.take(&steps.iter().map(|step| &step.run).collect::<Vec<_>>())?;
        for (less, more) in steps.iter().zip(&steps[1..]) {
            let ratio = self.medians.ratio_per((&more.run, more.rows), (&less.run, 10 * less.rows));
            let measured =
                format!("{what} × {} to × {}: time for ten times the rows", less.times, more.times);
            self.table.add(measured, ratio, "at most 11");
        }
        Ok(())
    }
}

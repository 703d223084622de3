//! How much memory a country takes, and ten of them.

use std::error::Error;
use std::path::PathBuf;

use super::Bars;
use crate::memory::peak_bytes;
use crate::table::decimal;

impl Bars {
    /// Of one run each, since nothing on the machine changes it much.
    pub(super) fn peak_memory(&mut self, countries: &[&[PathBuf]; 2]) -> Result<(), Box<dyn Error>> {
        let outputs = tempfile::tempdir_in(self.folder.path())?;
        let peak = |bases: &[PathBuf]| {
            let name = format!("{} bases", bases.len());
            peak_bytes(&self.programs.run(&name, &[], bases), &outputs.path().join(name))
        };
        let peaks = [peak(countries[0])?, peak(countries[1])?].map(u128::from);
        for (bases, peak) in countries.iter().zip(peaks) {
            let measured = format!("peak memory of {} bases", bases.len());
            self.table.add(measured, format!("{} MB", decimal(peak / 100_000, 1)), "at most 100 MB");
        }
        let measured = format!("peak memory: {} bases / {}", countries[1].len(), countries[0].len());
        self.table.add(measured, decimal(peaks[1] * 100 / peaks[0].max(1), 2), "not growing");
        Ok(())
    }
}

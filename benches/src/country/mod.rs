//! A country of invented municipalities: believable in size and in kind, and always the same for the same seed.
//!
//! Each municipality is drawn from a seed of its own and written row by row, so that neither the number of
//! municipalities nor that of meetings is bounded by memory, and a part of a country is the country's beginning.

mod bodies;
mod claims;
mod meetings;
mod offices;
mod people;
mod rows;
mod size;

use std::io;
use std::path::{Path, PathBuf};

use fastrand::Rng;

use bodies::bodies;
use claims::Claims;
use meetings::Meetings;
use offices::Offices;
use people::People;
use rows::Tables;
use size::Size;

/// The calendar year of a country's bases.
pub const YEAR: i32 = 2017;

/// What country is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Country {
    /// How many municipalities: Norway has 357.
    pub bases: usize,
    /// How many times the meetings of an ordinary year each of them has.
    pub meetings_times: usize,
    /// Another number is another country.
    pub seed: u64,
}

impl Country {
    /// Norway's 357 municipalities.
    pub const NORWAY: Self = Self { bases: 357, meetings_times: 1, seed: 2017 };

    /// Writes each municipality's basis into a folder of its own below `folder`, and gives their paths in order.
    ///
    /// # Errors
    /// What the file system says; a folder that is there already is an error.
    pub fn write(self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        (0..self.bases).map(|number| self.write_one(number, folder)).collect()
    }

    /// Writes the basis of one of its municipalities, counted from 0, and gives its path.
    ///
    /// # Errors
    /// What the file system says; a folder that is there already is an error.
    pub fn write_one(self, number: usize, folder: &Path) -> io::Result<PathBuf> {
        let basis = folder.join(format!("municipality-{number:04}"));
        std::fs::create_dir_all(folder)?;
        std::fs::create_dir(&basis)?;
        self.write_municipality(number, &basis)?;
        Ok(basis)
    }

    /// The municipalities' sizes repeat every 357, the municipalities do not.
    fn write_municipality(self, number: usize, basis: &Path) -> io::Result<()> {
        let mut rng = Rng::with_seed(self.seed.wrapping_mul(1_000_003).wrapping_add(number as u64));
        let size = Size::of_rank(number % Self::NORWAY.bases);
        let mut tables = Tables::create(basis, number, &mut rng)?;
        let bodies = bodies(size);
        tables.bodies(&bodies)?;
        let people = People::draw(size, &mut rng);
        let offices = Offices::draw(&bodies, &people, &mut rng);
        let mut claims = Claims::default();
        Meetings::draw(&bodies, self.meetings_times, &mut rng).each(|meeting| {
            tables.meeting(&bodies, &meeting)?;
            for seat in offices.attendance(&bodies, &meeting, &people, &mut rng) {
                tables.attendance(&bodies, &people, &meeting, &seat)?;
                for claim in claims.draw(&bodies, &people, &meeting, &seat, &mut rng) {
                    tables.claim(&bodies, &people, &meeting, &claim)?;
                }
            }
            Ok(())
        })?;
        tables.people(&people, &offices)?;
        tables.offices(&bodies, &people, &offices)?;
        tables.finish()
    }
}

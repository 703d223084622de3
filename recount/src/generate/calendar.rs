//! The few days on which everything happens.

use chrono::{Days, NaiveDate};
use fastrand::Rng;

use super::pick;

pub(super) struct Calendar {
    pub(super) year: i32,
    hot: Vec<NaiveDate>,
}

pub(super) fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

pub(super) fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day + Days::new(days)
}

pub(super) fn earlier(day: NaiveDate, days: u64) -> NaiveDate {
    day - Days::new(days)
}

impl Calendar {
    pub(super) fn draw(rng: &mut Rng, year: i32) -> Calendar {
        let leap_or_march = NaiveDate::from_ymd_opt(year, 2, 29).unwrap_or(ymd(year, 3, 1));
        let mut edges = vec![
            ymd(year - 1, 12, 31),
            ymd(year, 1, 1),
            ymd(year, 1, 31),
            ymd(year, 2, 28),
            leap_or_march,
            ymd(year, 6, 29),
            ymd(year, 6, 30),
            ymd(year, 7, 1),
            ymd(year, 7, 2),
            ymd(year, 9, 30),
            ymd(year, 12, 30),
            ymd(year, 12, 31),
            ymd(year + 1, 1, 1),
        ];
        rng.shuffle(&mut edges);
        edges.truncate(6);
        let mut hot = edges;
        for _ in 0..6 {
            hot.push(later(ymd(year, 1, 1), rng.u64(0..365)));
        }
        Calendar { year, hot }
    }

    /// Most often one of the hot days or a neighbour of one, else any day of the year.
    pub(super) fn day(&self, rng: &mut Rng) -> NaiveDate {
        match rng.u32(0..100) {
            0..70 => pick(rng, &self.hot),
            70..77 => later(pick(rng, &self.hot), 1),
            77..84 => earlier(pick(rng, &self.hot), 1),
            _ => later(ymd(self.year, 1, 1), rng.u64(0..365)),
        }
    }

    /// Long before the year.
    pub(super) fn ago(&self) -> NaiveDate {
        ymd(self.year - 3, 10, 1)
    }
}

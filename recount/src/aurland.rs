//! Aurland's regulation, read from its specification and calculated the long way.

mod body;
mod claims;
mod fixed;
mod meetings;
mod travel;
mod trips;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use num_rational::BigRational;

use crate::basis::Basis;
use crate::money::from_oere;
use crate::tables::Tables;

/// One amount: a pay line, or one of what is paid to somebody else (`employer_refund`, `companion`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount {
    /// Whose it is, as the basis writes it.
    pub person_id: String,
    /// The kind of line.
    pub kind: String,
    /// The body, or empty.
    pub body: String,
    /// The meeting, or empty.
    pub meeting_id: String,
    /// The claim, or empty.
    pub claim_id: String,
    /// The line's date, ISO.
    pub date: String,
    /// The amount in øre.
    pub oere: i64,
}

/// The amounts a municipality supplies, in øre a year, by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters(
    /// `mayor`, `deputy_mayor_supplement`, `council_member`, `executive_member`, `planning_leader`, `standing_leader`.
    pub BTreeMap<String, i64>,
);

impl Default for Parameters {
    /// The amounts assumed for test data.
    fn default() -> Self {
        let assumed = [
            ("mayor", 850_000),
            ("deputy_mayor_supplement", 20_608),
            ("council_member", 10_304),
            ("executive_member", 15_456),
            ("planning_leader", 12_880),
            ("standing_leader", 15_456),
        ];
        Parameters(assumed.iter().map(|(name, kroner)| (name.to_string(), kroner * 100)).collect())
    }
}

impl Parameters {
    fn kroner(&self, name: &str) -> BigRational {
        from_oere(self.0[name])
    }
}

/// A span of whole days, both ends included.
#[derive(Clone, Copy)]
struct Span {
    first: NaiveDate,
    last: NaiveDate,
}

impl Span {
    fn days(self) -> Vec<NaiveDate> {
        self.first.iter_days().take_while(|&day| day <= self.last).collect()
    }

    fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

fn first_half(year: i32) -> Span {
    Span { first: day(year, 1, 1), last: day(year, 6, 30) }
}

fn second_half(year: i32) -> Span {
    Span { first: day(year, 7, 1), last: day(year, 12, 31) }
}

fn month(year: i32, month: u32) -> Span {
    let first = day(year, month, 1);
    let last = first.iter_days().take_while(|day| day.month() == month).last().expect("a month has days");
    Span { first, last }
}

/// Everything the regulation pays for a period: `2014-H1`, `2014-H2`, or a month as `2014-09`.
///
/// Claims that are refused are there with 0 øre. Sorted by all fields.
///
/// # Panics
///
/// When the period or the basis is not valid.
pub fn amounts(tables: &Tables, parameters: &Parameters, period: &str) -> Vec<Amount> {
    let basis = Basis::read(tables);
    let (year, part) = period.split_once('-').expect("a year and a part of it");
    let year: i32 = year.parse().expect("a year");
    let mut all = match part {
        "H1" => half_yearly(&basis, parameters, first_half(year)),
        "H2" => half_yearly(&basis, parameters, second_half(year)),
        _ => {
            let span = month(year, part.parse().expect("a month"));
            fixed::mayors_pay(&basis, parameters, span)
        }
    };
    all.sort();
    all
}

fn half_yearly(basis: &Basis, parameters: &Parameters, half: Span) -> Vec<Amount> {
    let mut all = Vec::new();
    all.extend(fixed::half_yearly_fees(basis, parameters, half));
    all.extend(fixed::absence_reductions(basis, parameters, half));
    all.extend(meetings::meeting_fees(basis, half));
    all.extend(claims::claims(basis, parameters, half));
    all.extend(trips::trips(basis, half));
    all
}

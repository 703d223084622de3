//! Which groups a council has: those that were elected, at the strength of the election.

use chrono::{Datelike, NaiveDate};

use super::why::NoRight;
use super::year_span;
use crate::basis::Group;

/// The month in which elections are held; a term that begins in it or later in the year is new.
const ELECTION_MONTH: u32 = 9;

/// The groups of a council, and those that have no right to support.
#[derive(Debug, Clone, Default)]
pub(super) struct Composition<'g> {
    pub(super) elected: Vec<&'g Group>,
    pub(super) without: Vec<(&'g Group, NoRight)>,
}

/// Whether municipal elections are held in a year: every fourth, 2023 among them.
pub(super) fn is_election_year(year: i32) -> bool {
    last_election(year) == year
}

/// The last year with elections, this one included.
fn last_election(year: i32) -> i32 {
    year - (year - 2023).rem_euclid(4)
}

/// The election whose council sits when a year begins.
pub(super) fn election_before(year: i32) -> i32 {
    last_election(year - 1)
}

/// The election that a row's term begins after; nothing for a term that begins at another time.
fn elected_in(group: &Group) -> Option<i32> {
    let first = group.term.first();
    (is_election_year(first.year()) && first.month() >= ELECTION_MONTH).then_some(first.year())
}

/// The council on 1 January of a year, and whoever else has a row on a day of it.
pub(super) fn of_new_year(groups: &[Group], year: i32) -> Composition<'_> {
    let election = election_before(year);
    let Some(new_year) = NaiveDate::from_ymd_opt(year, 1, 1) else { return Composition::default() };
    let is_there =
        |name: &str| groups.iter().any(|other| *other.name == *name && other.term.contains(new_year));
    let elected: Vec<&Group> =
        groups.iter().filter(|group| elected_in(group) == Some(election) && is_there(&group.name)).collect();
    let in_year = |group: &&Group| year_span(year).is_some_and(|days| days.overlaps(group.term));
    let without = groups.iter().filter(in_year).filter_map(|group| {
        let reason = match elected_in(group) {
            Some(of_row) if of_row < election => NoRight::TermOver { election: of_row },
            Some(_) => return None,
            None => NoRight::BrokenOut {
                from: group.term.first(),
                representatives: group.representatives,
                elected: elected.iter().find(|one| one.name == group.name).map(|one| one.representatives),
            },
        };
        Some((group, reason))
    });
    let without = without.collect();
    Composition { elected, without }
}

/// The council that is elected in a year.
pub(super) fn of_election(groups: &[Group], year: i32) -> Composition<'_> {
    let elected = groups.iter().filter(|group| elected_in(group) == Some(year)).collect();
    Composition { elected, without: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elections_are_every_fourth_year() {
        let years: Vec<i32> = (2003..2032).filter(|year| is_election_year(*year)).collect();
        assert_eq!(years, [2003, 2007, 2011, 2015, 2019, 2023, 2027, 2031]);
        assert_eq!([2022, 2023, 2024].map(election_before), [2019, 2019, 2023]);
    }
}

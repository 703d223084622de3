//! Which groups a council has: those that were elected, at the strength of the election.

use chrono::Datelike;

use super::why::NoRight;
use crate::basis::Group;
use crate::calendar::DateSpan;

/// The month in which elections are held; a term that begins in it or later in the year is of the new council.
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

/// The election in whose autumn a row's term begins; nothing for one that begins at another time.
fn election_of(group: &Group) -> Option<i32> {
    let first = group.term.first();
    (is_election_year(first.year()) && first.month() >= ELECTION_MONTH).then_some(first.year())
}

/// The groups as they were elected: their rows begin on the first day on which one of that autumn begins.
/// Those of a later day have moved since.
fn elected_in(groups: &[Group], election: i32) -> impl Iterator<Item = &Group> {
    let of_autumn = move |group: &&Group| election_of(group) == Some(election);
    let first_day = groups.iter().filter(of_autumn).map(|group| group.term.first()).min();
    groups.iter().filter(of_autumn).filter(move |group| Some(group.term.first()) == first_day)
}

/// The council on 1 January of a year, and whoever else has a row on a day of it.
pub(super) fn of_new_year(groups: &[Group], year: i32) -> Composition<'_> {
    let election = election_before(year);
    let days = DateSpan::of_year(year);
    let is_there =
        |name: &str| groups.iter().any(|other| *other.name == *name && other.term.contains(days.first()));
    let as_elected: Vec<&Group> = elected_in(groups, election).collect();
    let without =
        groups.iter().filter(|group| days.overlaps(group.term)).filter_map(|group| {
            match election_of(group) {
                Some(of_row) if of_row < election => Some((group, NoRight::TermOver { election: of_row })),
                Some(of_row) if of_row > election => None,
                _ => broken_out(group, &as_elected),
            }
        });
    let without = without.collect();
    let elected = as_elected.into_iter().filter(|group| is_there(&group.name)).collect();
    Composition { elected, without }
}

/// The council that is elected in a year.
pub(super) fn of_election(groups: &[Group], year: i32) -> Composition<'_> {
    let elected: Vec<&Group> = elected_in(groups, year).collect();
    let of_autumn = groups.iter().filter(|group| election_of(group) == Some(year));
    let without = of_autumn.filter_map(|group| broken_out(group, &elected)).collect();
    Composition { elected, without }
}

/// A row that is none of those elected.
fn broken_out<'g>(group: &'g Group, elected: &[&Group]) -> Option<(&'g Group, NoRight)> {
    let of_name = elected.iter().find(|one| one.name == group.name);
    if of_name.is_some_and(|one| one.term == group.term) {
        return None;
    }
    let reason = NoRight::BrokenOut {
        from: group.term.first(),
        representatives: group.representatives,
        elected: of_name.map(|one| one.representatives),
    };
    Some((group, reason))
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

//! A regulation that is proposed, read so that it holds in a year that has been.

use chrono::{Datelike, NaiveDate};
use honorar_engine::calendar::DateSpan;
use honorar_engine::regulation::{BaseDay, Dated, Regulation, Stated};
use honorar_problems::{Problem, Severity, in_order};

use super::{RegulationFile, read_from_file};
use crate::law::law_problems;
use crate::profile::Profile;
use crate::shipped::RegulationText;

/// A regulation that is proposed, as it would have held in a year.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Its file.
    pub text: RegulationText,
    /// The regulation; nothing where its file cannot be read.
    pub regulation: Option<Regulation>,
    /// The day whose values hold in the whole year, where the proposal is not in force in all of it.
    pub values_of: Option<NaiveDate>,
    /// What is wrong with its file, or in a profile's use of it; and, as warnings, where it falls short of the law
    /// of its own time.
    pub problems: Vec<Problem>,
}

/// A year for which a proposal is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfYear {
    year: i32,
    /// Whether parameters are those of the year itself, which change on their own days.
    has_own_parameters: bool,
    /// The day whose values hold in all of it, where the proposal is not in force then.
    values_of: Option<NaiveDate>,
}

/// Reads a proposal for a year, with the parameters and decisions of a profile.
///
/// Where the profile is the basis's own, it is one for another regulation: what it says beyond the proposal is
/// no error, and its parameters are those of the year.
pub fn read_proposal(text: &RegulationText, profile: &Profile, is_of_basis: bool, year: i32) -> Proposal {
    let as_it_is = OfYear { year, has_own_parameters: is_of_basis, values_of: None };
    let (regulation, mut problems) = read_from_file(text, profile, Some(as_it_is));
    let of_law = regulation.iter().flat_map(|regulation| law_problems(regulation, &text.file));
    let errors = of_law.filter(|problem| problem.severity == Severity::Error);
    problems.extend(errors.map(|problem| Problem { severity: Severity::Warning, ..problem }));
    let values_of = regulation.as_ref().and_then(|regulation| nearest(regulation.in_force, year));
    let regulation = match values_of {
        Some(_) => read_from_file(text, profile, Some(OfYear { values_of, ..as_it_is })).0,
        None => regulation,
    };
    Proposal { text: text.clone(), regulation, values_of, problems: in_order(problems) }
}

/// The day in force that is nearest to a year; nothing where all of the year is.
fn nearest(in_force: DateSpan, year: i32) -> Option<NaiveDate> {
    let days = DateSpan::of_year(year);
    if in_force.and(days) == Some(days) {
        return None;
    }
    if in_force.first() > days.first() { Some(in_force.first()) } else { in_force.last() }
}

impl RegulationFile<'_> {
    /// The days on which the regulation is in force: the whole year to which it is moved, where it is.
    pub(super) fn in_force_as_moved(&self, in_force: DateSpan) -> DateSpan {
        let moved = self.of_year.filter(|of_year| of_year.values_of.is_some());
        moved.map_or(in_force, |of_year| DateSpan::of_year(of_year.year))
    }

    /// Whether a value is a parameter of the year for which a proposal is read, whenever that begins.
    pub(super) fn is_of_year<T>(&self, stated: &Stated<T>) -> bool {
        let is_parameter = self.items.get(stated.item()).is_some_and(|item| item.is_parameter);
        is_parameter && self.has_profile_of_another()
    }

    /// What holds of a value in the year to which the regulation is moved.
    pub(super) fn as_moved<T>(&self, value: Dated<T>) -> Dated<T> {
        match self.of_year.and_then(|of_year| of_year.values_of) {
            Some(day) if !value.all().all(|stated| self.is_of_year(stated)) => value.held_as_on(day),
            _ => value,
        }
    }

    /// Whether the profile is one for another regulation, so that it may say more than this one takes.
    pub(super) fn has_profile_of_another(&self) -> bool {
        self.of_year.is_some_and(|of_year| of_year.has_own_parameters)
    }

    /// A base day as far from the year to which the regulation is moved as it is from its own.
    pub(super) fn base_as_moved(&self, base: Option<BaseDay>) -> Option<BaseDay> {
        let moved = self.of_year.and_then(|of_year| Some(of_year.year - of_year.values_of?.year()));
        moved.map_or(base, |years| base?.years_later(years))
    }
}

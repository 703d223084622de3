//! `groups`: the party groups and their strength, as elected, in a term.

use std::collections::{BTreeMap, HashSet};

use honorar_engine::basis::{Group, Row};
use honorar_engine::calendar::DateSpan;

use super::TableReader;
use crate::columns::{Column, Columns, may, must};
use crate::field::{Field, Read, Reported};
use crate::table::Table;
use crate::vocabulary::TableName;

const COLUMNS: [Column; 5] =
    [must("group").key(), must("from"), may("to"), must("representatives"), may("votes")];

/// The most representatives of a group: far above the largest council.
const REPRESENTATIVES_LIMIT: u32 = 200;

/// The most votes of a group: more than there are voters in the country.
const VOTES_LIMIT: u32 = 5_000_000;

/// The groups that payments, reports and persons may name.
#[derive(Debug, Default)]
pub(crate) struct KnownGroups {
    /// Every name in the table, in sound rows or not.
    names: HashSet<Box<str>>,
    /// Whether the table is there and says all.
    complete: bool,
}

impl KnownGroups {
    /// Whether a name is no group's for certain.
    pub(crate) fn lack(&self, name: &str) -> bool {
        self.complete && !self.names.contains(name)
    }
}

pub(super) fn read(reading: &mut TableReader<'_>, table: &Table) -> (Vec<Group>, KnownGroups) {
    let columns = Columns::find(table, COLUMNS, &mut reading.problems);
    reading.opened(TableName::Groups, &columns);
    let mut known = KnownGroups { complete: !columns.lack_required(), names: HashSet::new() };
    let mut groups = Vec::new();
    let mut terms: BTreeMap<Box<str>, Vec<(DateSpan, Row)>> = BTreeMap::new();
    for (row, fields) in columns.rows() {
        let [name_field, from, to, representatives, votes] = fields;
        let name = name_field.text(&mut reading.problems);
        let name: Result<Box<str>, Reported> = name_field.needed(name, &mut reading.problems).map(Into::into);
        match &name {
            Ok(name) => {
                known.names.insert(name.clone());
            }
            Err(Reported) => known.complete = false,
        }
        let term = reading.span(&from, &to);
        let seats = representatives.whole(REPRESENTATIVES_LIMIT, "representatives", &mut reading.problems);
        let seats = representatives.needed(seats, &mut reading.problems);
        let votes = votes.whole(VOTES_LIMIT, "votes", &mut reading.problems);
        if let (Ok(name), Ok(term)) = (&name, term) {
            let others = terms.entry(name.clone()).or_default();
            report_overlap(reading, &from, term, others);
            others.push((term, row));
        }
        let whole = || -> Result<Group, Reported> {
            Ok(Group { name: name?, term: term?, representatives: seats?, votes: votes?, row })
        };
        groups.extend(whole());
    }
    (groups, known)
}

/// One group has one strength on a day.
fn report_overlap(
    reading: &mut TableReader<'_>,
    from: &Field<'_>,
    term: DateSpan,
    others: &[(DateSpan, Row)],
) {
    if let Some((_, other)) = others.iter().find(|(other, _)| other.overlaps(term)) {
        let problem = from
            .error("overlapping_terms", "two terms of this group overlap")
            .expected(format!("a term apart from that in row {other}"))
            .hint("end the one before the other begins");
        reading.problems.push(problem);
    }
}

impl TableReader<'_> {
    /// The group that a field names.
    pub(super) fn group(&mut self, field: &Field<'_>, known: &KnownGroups) -> Read<Box<str>> {
        let Some(name) = field.text(&mut self.problems)? else { return Ok(None) };
        if known.lack(&name) {
            let problem = field
                .error("unknown_group", "there is no such group")
                .expected("the group of a row in `groups`")
                .maybe_hint(self.suggestion(&name, known.names.iter().map(|name| &**name)));
            self.problems.push(problem);
            return Err(Reported);
        }
        Ok(Some(name.into()))
    }
}

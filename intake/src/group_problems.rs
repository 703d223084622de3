//! What stands in the way of group support, and what somebody should look at, as problems with a
//! place.

use honorar_engine::basis::Group;
use honorar_engine::groups::{Notice, Obstacle};
use honorar_problems::{Place, Problem, in_order};

use crate::reading::Content;
use crate::shortfalls;
use crate::vocabulary::TableName;

fn no_votes(content: &Content, group: &Group) -> Problem {
    let place = content.place(TableName::Groups, group.row, "votes");
    let message = format!("the group {} has no votes, and support follows the votes", group.name);
    Problem::error("no_votes", place, message).expected("the list's votes at the election")
}

/// Why the support of a year cannot be worked out.
pub fn group_problems(content: &Content, year: i32, obstacle: &Obstacle) -> Vec<Problem> {
    let regulation = &content.regulation.name;
    let place = content.profile.place().clone();
    let groups = content.place_of_table(TableName::Groups).unwrap_or_else(|| place.clone());
    let error = |code, place, message: String| Problem::error(code, place, message);
    let problem = match obstacle {
        Obstacle::NoVotes(groups) => {
            return in_order(groups.iter().map(|group| no_votes(content, group)).collect());
        }
        Obstacle::Shortfall(shortfall) => shortfalls::problem(content, shortfall),
        Obstacle::NoGroupSupport => {
            error("no_group_support", place, format!("the regulation `{regulation}` has no group support"))
                .expected("a regulation with a section `[group_support]`")
        }
        Obstacle::NotInForce => {
            let message = format!("the regulation `{regulation}` is not in force on any day of {year}");
            error("not_in_force", place, message).expected("a year on a day of which it is in force")
        }
        Obstacle::NoGroups { election } => {
            error("no_groups", groups, format!("no group is there that was elected in {election}"))
                .expected(format!("rows in `groups` that begin in September {election} or later that year"))
                .hint("`from` is the day on which the council of that election began")
        }
        Obstacle::TooManyGroups { groups: number, at_most, item } => {
            let cite = content.regulation.items.cite(*item);
            let message =
                format!("there are {number} groups, and the rates hold with {at_most} or fewer ({cite})");
            error("too_many_groups", groups, message).expected(format!("at most {at_most} groups"))
        }
        Obstacle::BaseShare { base, whole, hundredths, is_refused, item } => {
            let share = format!("{}.{:02} %", hundredths / 100, hundredths % 100);
            let part = format!("the base support of all, {base} of {whole}, is {share} of the whole");
            let law = "at most 20 % of the whole, and at most 10 % unless the council was unanimous \
                       (partiloven § 10, Partilovnemnda 11.01.2007)";
            if *is_refused {
                error("base_share_refused", place, part).expected(law)
            } else {
                let cite = content.regulation.items.cite(*item);
                let message = format!("{part}, and the decision was not unanimous ({cite})");
                error("base_share_needs_unanimity", place, message).expected(law)
            }
        }
        Obstacle::NothingToShareBy => {
            let message = "no group has votes or representatives to share the pot by".to_owned();
            error("nothing_to_share_by", groups, message).expected("the result of the election")
        }
        Obstacle::PotNotWhole { pot } => {
            error("pot_not_whole", place, format!("the pot of {pot} is to be shared in whole kroner"))
                .expected("a pot of whole kroner")
        }
        Obstacle::BeyondReal => {
            error("beyond_real", groups, "the pot or the votes are beyond what can be real".to_owned())
                .expected("the result of one municipality's election")
        }
    };
    vec![problem]
}

/// What somebody should look at, in the order of the input.
pub fn notice_problems(content: &Content, notices: &[Notice]) -> Vec<Problem> {
    in_order(notices.iter().map(|notice| notice_problem(content, notice)).collect())
}

fn notice_problem(content: &Content, notice: &Notice) -> Problem {
    let of_table = |table| content.place_of_table(table);
    let profile = || content.profile.place().clone();
    let groups = || of_table(TableName::Groups).unwrap_or_else(profile);
    let payments = || of_table(TableName::GroupPayments).unwrap_or_else(profile);
    match notice {
        Notice::MissingReport { group, year, due, item } => {
            let place: Place = of_table(TableName::GroupReports).unwrap_or_else(groups);
            let message = format!("the group {group} has not reported on {year}");
            Problem::warning("missing_report", place.with_key(&**group), message).expected(format!(
                "a row in `group_reports` by {due} ({})",
                content.regulation.items.cite(*item)
            ))
        }
        Notice::LateReport { group, year, reported, due, item, row } => {
            let place = content.place(TableName::GroupReports, *row, "reported");
            let message = format!("the report of the group {group} on {year} came late");
            Problem::warning("late_report", place.with_key(&**group), message)
                .value(reported.to_string())
                .expected(format!("by {due} ({})", content.regulation.items.cite(*item)))
        }
        Notice::LateNotice { group, notice, due, item, row } => {
            let place = content.place(TableName::GroupPayments, *row, "notice");
            let message = format!("the group {group} gave notice of this payment late");
            Problem::warning("late_notice", place.with_key(&**group), message)
                .value(notice.to_string())
                .expected(format!("by {due} ({})", content.regulation.items.cite(*item)))
        }
        Notice::ReceivedNotGranted { group, year, received, granted, row } => {
            let place = content.place(TableName::GroupReports, *row, "received");
            let message =
                format!("the group {group} was granted {granted} for {year}, and reports another sum");
            Problem::warning("received_not_granted", place.with_key(&**group), message)
                .value(received.to_string())
                .expected(granted.to_string())
        }
        Notice::NewGroupsUnknown { year, months } => {
            let message = format!(
                "no group begins in the autumn of {year}: the support for the last {months} months is left out"
            );
            Problem::warning("new_groups_unknown", groups(), message)
                .expected("the groups of the new council, once they are elected")
        }
        Notice::EarlierYearUnknown { year } => {
            let message = format!(
                "payments are to be deducted from the support of {year}, which cannot be worked out here"
            );
            Problem::warning("earlier_year_unknown", payments(), message)
                .expected("no debt from that year")
                .hint("enter a debt as a row of the kind `other`, dated after that year's last transfer")
        }
        Notice::LaterPayments { group, sum } => {
            let message = format!(
                "{sum} was paid on behalf of the group {group} after the last transfer: it is deducted from the next"
            );
            Problem::note("later_payments", payments().with_key(&**group), message)
        }
    }
}

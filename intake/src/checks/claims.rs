//! Claims against presence and deadlines.

use chrono::Months;
use honorar_engine::basis::{Attendance, Claim, ClaimKind, Employment};
use honorar_engine::regulation::Deadline;
use honorar_problems::Problem;

use super::Checked;
use crate::vocabulary::TableName;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    for claim in &checked.basis.rows().claims {
        not_present(checked, claim, problems);
        refund_without_employer(checked, claim, problems);
        let deadline = checked.regulation.claims.deadline_months.on(claim.date);
        if let Some(Deadline::Months(months)) = deadline.peek() {
            received_late(checked, claim, *months, problems);
        }
    }
}

/// A claim on a meeting is of somebody who was there.
fn not_present(checked: &Checked<'_>, claim: &Claim, problems: &mut Vec<Problem>) {
    let Some(meeting_ix) = claim.meeting else { return };
    let present =
        checked.basis.of_person(claim.person).attendance_at(meeting_ix).is_some_and(Attendance::is_present);
    if present || checked.doubtful.presence(claim.person, meeting_ix) {
        return;
    }
    let meeting = &checked.basis.register().meeting(meeting_ix).id;
    let place = checked.locators.at(TableName::Claims, claim.row, "meeting_id");
    let message = format!("person {} was not present at meeting {meeting}", checked.id(claim.person));
    let problem = Problem::error("not_present", place, message).value(&**meeting);
    problems.push(
        problem
            .expected("a meeting at which the person was present")
            .hint("look for the row in `attendance`"),
    );
}

fn refund_without_employer(checked: &Checked<'_>, claim: &Claim, problems: &mut Vec<Problem>) {
    let employment = checked.basis.register().person(claim.person).employment;
    if claim.kind == ClaimKind::EmployerRefund && employment == Employment::None {
        let place = checked.locators.at(TableName::Claims, claim.row, "kind");
        let message =
            format!("an employer's refund for person {}, who has no earned income", checked.id(claim.person));
        problems.push(
            Problem::warning("refund_without_employer", place, message).expected("an employment that pays"),
        );
    }
}

fn received_late(checked: &Checked<'_>, claim: &Claim, months: u32, problems: &mut Vec<Problem>) {
    let Some((received, deadline)) = claim.received.zip(claim.date.checked_add_months(Months::new(months)))
    else {
        return;
    };
    if received > deadline {
        let place = checked.locators.at(TableName::Claims, claim.row, "received");
        let problem = Problem::warning("received_late", place, "the claim was received after its deadline");
        problems.push(problem.value(received.to_string()).expected(format!("{deadline} or earlier")));
    }
}

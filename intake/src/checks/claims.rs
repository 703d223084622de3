//! Claims against presence and deadlines.

use chrono::NaiveDate;
use honorar_engine::basis::{Attendance, Claim, ClaimKind, Employment, Meeting};
use honorar_engine::regulation::{Cover, LateClaims};
use honorar_problems::Problem;
use rust_decimal::Decimal;

use super::Checked;

pub(super) fn check(checked: &Checked<'_>, problems: &mut Vec<Problem>) {
    for claim in &checked.basis.rows().claims {
        not_present(checked, claim, problems);
        hours_beyond_meeting(checked, claim, problems);
        supplier_without_account(checked, claim, problems);
        refund_without_employer(checked, claim, problems);
        after_pay_without_decision(checked, claim, problems);
        no_income(checked, claim, problems);
        received_late(checked, claim, problems);
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
    let place = checked.place_of_claim(claim, "meeting_id");
    let message = format!("person {} was not present at meeting {meeting}", checked.id(claim.person));
    let problem = Problem::error("not_present", place, message).value(&**meeting);
    problems.push(
        problem
            .expected("a meeting at which the person was present")
            .hint("look for the row in `attendance`"),
    );
}

/// Hours of lost income, or of a companion, are at most the person's time for the meeting: in it, with the
/// group meeting before it, and on the way.
fn hours_beyond_meeting(checked: &Checked<'_>, claim: &Claim, problems: &mut Vec<Problem>) {
    const MINUTES_PER_HOUR: u32 = 60;
    let is_in_hours = matches!(
        claim.kind,
        ClaimKind::LostIncomeUndocumented
            | ClaimKind::LostIncomeDocumented
            | ClaimKind::StandIn
            | ClaimKind::EmployerRefund
            | ClaimKind::Companion
    );
    let (Some(meeting_ix), Some(hours)) = (claim.meeting, claim.quantity.filter(|_| is_in_hours)) else {
        return;
    };
    let Some(attendance) = checked.basis.of_person(claim.person).attendance_at(meeting_ix) else { return };
    if !attendance.is_present() || checked.doubtful.presence(claim.person, meeting_ix) {
        return;
    }
    let register = checked.basis.register();
    let meeting = register.meeting(meeting_ix);
    let group_minutes = group_minutes(checked, meeting, &register.body(meeting.body).code);
    let minutes = attendance.own_minutes() + group_minutes + attendance.travel_minutes;
    if hours * Decimal::from(MINUTES_PER_HOUR) <= Decimal::from(minutes) {
        return;
    }
    let place = checked.place_of_claim(claim, "quantity");
    let message = format!("the hours are more than the person's time for meeting {}", meeting.id);
    let problem =
        Problem::warning("hours_beyond_meeting", place, message).value(hours.normalize().to_string());
    problems.push(
        problem
            .expected("no more than the time in the meeting, with its group meeting, and on the way")
            .hint("hours do not decide what is paid; look whether the amount is for them"),
    );
}

/// What a group meeting before a meeting adds.
fn group_minutes(checked: &Checked<'_>, meeting: &Meeting, body: &str) -> u32 {
    let rules = &checked.regulation.length;
    let bodies = rules.group_meeting_bodies.on(meeting.date).peek();
    let counts = meeting.group_meeting && bodies.is_some_and(|codes| codes.iter().any(|code| code == body));
    let minutes = rules.group_meeting_minutes.on(meeting.date).peek().copied();
    if counts { minutes.unwrap_or_default() } else { 0 }
}

/// A supplier who is paid instead of the person has an account.
fn supplier_without_account(checked: &Checked<'_>, claim: &Claim, problems: &mut Vec<Problem>) {
    let is_covered =
        |cover: &&Cover| cover.kinds.on(claim.date).peek().is_some_and(|kinds| kinds.contains(&claim.kind));
    let cover = checked.regulation.covers.iter().find(is_covered);
    let paid = cover.and_then(|cover| cover.paid_to_supplier.as_ref()?.on(claim.date).peek().copied());
    let has_needs = matches!(claim.kind, ClaimKind::Companion | ClaimKind::EmployerRefund);
    if paid != Some(true) || has_needs || claim.supplier.is_empty() || !claim.supplier_account.is_empty() {
        return;
    }
    let place = checked.place_of_claim(claim, "supplier_account");
    let message = "the supplier of this claim is paid, and it has no account";
    problems.push(
        Problem::error("no_supplier", place, message)
            .expected("the account that is paid")
            .hint("without a supplier the person is paid"),
    );
}

fn refund_without_employer(checked: &Checked<'_>, claim: &Claim, problems: &mut Vec<Problem>) {
    let employment = checked.basis.register().person(claim.person).employment;
    if claim.kind == ClaimKind::EmployerRefund && employment == Employment::None {
        let place = checked.place_of_claim(claim, "kind");
        let message =
            format!("an employer's refund for person {}, who has no earned income", checked.id(claim.person));
        problems.push(
            Problem::warning("refund_without_employer", place, message).expected("an employment that pays"),
        );
    }
}

/// A loss that is to be worked out needs an income; of which years, the line that needs it says.
fn no_income(checked: &Checked<'_>, claim: &Claim, problems: &mut Vec<Problem>) {
    let person = checked.basis.register().person(claim.person);
    let is_known = person.annual_net_income.is_some()
        || !checked.basis.of_person(claim.person).incomes.is_empty()
        || checked.doubtful.incomes(claim.person);
    let from_income = matches!(person.employment, Employment::SelfEmployed | Employment::NoFixedPay);
    let asks = claim.kind == ClaimKind::LostIncomeDocumented && claim.amount.is_none() && from_income;
    if asks && !is_known {
        let place = checked.place_of_claim(claim, "amount");
        let message = format!("neither this claim has an amount, nor person {} an income", person.id);
        problems.push(
            Problem::error("no_income", place, message)
                .expected("kroner, or the person's annual_net_income in `persons`"),
        );
    }
}

fn after_pay_without_decision(checked: &Checked<'_>, claim: &Claim, problems: &mut Vec<Problem>) {
    let terms = checked.regulation.after_pay.as_ref();
    let needs_decision = terms.and_then(|terms| terms.needs_decision.on(claim.date).peek());
    if claim.kind == ClaimKind::AfterPay && needs_decision == Some(&true) && claim.document.is_empty() {
        let place = checked.place_of_claim(claim, "document");
        let message = "after-pay takes a decision, and the claim names none";
        problems
            .push(Problem::warning("no_decision", place, message).expected("the reference to the decision"));
    }
}

/// A claim that came after its deadline, or after the day by which its payment's claims have to be in.
fn received_late(checked: &Checked<'_>, claim: &Claim, problems: &mut Vec<Problem>) {
    let Some(received) = claim.received else { return };
    let claims = &checked.regulation.claims;
    let warning = |code: &'static str, message: &str, last: NaiveDate| {
        let place = checked.place_of_claim(claim, "received");
        let problem = Problem::warning(code, place, message).value(received.to_string());
        problem.expected(format!("{last} or earlier"))
    };
    let deadline = claims.deadline.on(claim.date).peek().and_then(|deadline| deadline.of(claim.date));
    if let Some(deadline) = deadline.filter(|deadline| received > *deadline) {
        let message = match claims.late_claims.on(claim.date).peek() {
            Some(LateClaims::Refuse) => "the claim was received after its deadline and is refused",
            Some(LateClaims::Warn) | None => "the claim was received after its deadline",
        };
        problems.push(warning("received_late", message, deadline));
        return;
    }
    let calendar = checked.regulation.payment_calendar.as_ref();
    let cut_off =
        calendar.and_then(|calendar| calendar.claims_by.as_ref()?.on(claim.date).peek()?.of(claim.date));
    if let Some(cut_off) = cut_off.map(|due| due.by).filter(|by| received > *by) {
        let message = "the claim was received after the last day for its payment";
        let problem = warning("after_cut_off", message, cut_off);
        problems.push(problem.hint("it is in the run all the same; leave it out where it has to wait"));
    }
}

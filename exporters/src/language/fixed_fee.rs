//! Sentences about fixed fees.

use honorar_engine::Money;
use honorar_engine::why::{FixedFeeWhy, NotHeld, OtherPayWhy, RoundedTo};

use super::catalogue::Catalogue;
use super::{names, rate};

pub(super) fn sentence(say: &Catalogue, why: &FixedFeeWhy, body: Option<&str>, amount: Money) -> String {
    let words = &say.fixed_fee;
    let role = names::role(say, why.role);
    let office = body.map_or_else(|| role.to_owned(), |body| words.office_of_body(role, body));
    let days_in_period = why.days_in_period;
    let days_held: u32 = why.parts.iter().map(|part| part.days_held).sum();
    let held = if days_held == days_in_period {
        words.held_all(days_held)
    } else {
        words.held_some(days_held, days_in_period)
    };
    let because = if days_held == days_in_period || why.not_held.is_empty() {
        String::new()
    } else {
        let reasons: Vec<String> =
            why.not_held.iter().map(|(reason, days)| not_held(say, *reason, *days)).collect();
        format!(" ({})", reasons.join(", "))
    };
    let mut clauses = Vec::new();
    let mut sum = Vec::new();
    for part in &why.parts {
        let in_sum = rate::in_sum(say, &part.rate);
        clauses.extend(in_sum.before);
        let mut term = if why.instalments == 1 {
            in_sum.text
        } else {
            in_sum.text + " / " + &say.count(why.instalments)
        };
        if let Some(RoundedTo { amount, rounding }) = part.rounded {
            clauses.push(rate::rounded(say, &term, amount, rounding));
            term = say.money(amount);
        }
        if part.days_held != days_in_period {
            term = term + " × " + &say.count(part.days_held) + " / " + &say.count(days_in_period);
        }
        sum.push(term);
    }
    let sum = sum.join(" + ");
    let instalment = say.money(why.instalment);
    // A sum that is the amount itself has been worked out in the clause before it.
    clauses.push(if sum == instalment { sum } else { sum + " = " + &instalment });
    if let Some(other) = why.other_pay {
        clauses.push(other_pay(say, other, &instalment, amount));
    }
    office + ", " + &held + &because + ": " + &clauses.join("; ")
}

fn not_held(say: &Catalogue, reason: NotHeld, days: u32) -> String {
    let words = &say.fixed_fee;
    match reason {
        NotHeld::OnLeave => words.on_leave(days),
        NotHeld::AsMayor => words.as_mayor(days),
        NotHeld::ActingTooShort => words.acting_too_short(days),
        NotHeld::AnotherActs => words.another_acts(days),
        NotHeld::AsActingLeader => words.as_acting_leader(days),
        NotHeld::OtherOfficeIsHigher => words.other_office_is_higher(days),
        NotHeld::CoveredByOtherFee => words.covered_by_other_fee(days),
    }
}

fn other_pay(say: &Catalogue, why: OtherPayWhy, instalment: &str, amount: Money) -> String {
    let OtherPayWhy { of_period, before, deducted } = why;
    let pay = if before.is_zero() {
        say.fixed_fee.other_pay(of_period)
    } else {
        say.fixed_fee.other_pay_after(of_period, before)
    };
    format!("{pay}: {instalment} − {} = {}", say.money(deducted), say.money(amount))
}

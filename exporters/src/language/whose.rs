//! Whose a fee is.

use chrono::NaiveDate;
use honorar_engine::basis::{Duty, Role};
use honorar_engine::regulation::{AmountIx, BodySelector, Dated, FeeSeat, Regulation};

use super::catalogue::Catalogue;
use super::names;

/// Whose a fee is on a day; nothing for an amount that is no fee.
pub(super) fn whose(
    say: &Catalogue,
    amount: AmountIx,
    regulation: &Regulation,
    day: NaiveDate,
) -> Option<String> {
    let words = &say.whose;
    let fixed = regulation.fixed_fees.iter().filter(|fee| fee.amount_per_year == amount).map(|fee| {
        let roles: Vec<&str> = fee.roles.iter().map(|role| names::role(say, *role)).collect();
        let roles_listed = listed(say, &roles);
        let of_leaders = fee.roles.contains(&Role::Leader) || fee.roles.contains(&Role::DeputyLeader);
        match &fee.bodies {
            Some(bodies) => words.of_bodies(&roles_listed, &bodies_of(say, bodies, regulation, day)),
            None if of_leaders => words.of_municipality(&roles_listed),
            None => roles_listed,
        }
    });
    let meeting = regulation.meeting_fees.iter().filter(|fee| fee.amount_per_meeting == amount).map(|fee| {
        let seats: Vec<&str> = fee.seats.iter().map(|seat| self::seat(say, *seat)).collect();
        let bodies = bodies_of(say, &fee.bodies, regulation, day);
        let seat = words.seat_in(&listed(say, &seats), &bodies);
        match fee.for_duty {
            Some(Duty::Chair) => words.chairing(&seat),
            Some(Duty::Secretary) => words.minutes(&seat),
            None => seat,
        }
    });
    let summoned = regulation.summoned.iter().filter(|fee| fee.amount_per_meeting == amount);
    let summoned = summoned.map(|fee| words.summoned(&fee.leader_of, &fee.called_to));
    let all: Vec<String> = fixed.chain(meeting).chain(summoned).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

fn seat(say: &Catalogue, seat: FeeSeat) -> &str {
    let words = &say.whose;
    match seat {
        FeeSeat::Leader => words.leader(),
        FeeSeat::DeputyLeader => words.deputy_leader(),
        FeeSeat::Chair => words.chair(),
        FeeSeat::Member => words.member(),
        FeeSeat::Substitute => words.substitute(),
    }
}

/// The bodies that a provision takes on a day: classes with their listed bodies, and bodies by code.
fn bodies_of(say: &Catalogue, selector: &BodySelector, regulation: &Regulation, day: NaiveDate) -> String {
    let words = &say.whose;
    let codes = |codes: &Option<Dated<Vec<String>>>| -> Vec<String> {
        codes.as_ref().and_then(|codes| codes.on(day).peek()).cloned().unwrap_or_default()
    };
    let except = codes(&selector.except);
    let mut parts: Vec<String> = Vec::new();
    for one in &selector.classes {
        let listed_bodies = regulation.bodies.iter().filter(|(_, body)| body.class == *one);
        let listed_bodies: Vec<&str> = listed_bodies
            .map(|(code, _)| code.as_str())
            .filter(|code| !except.iter().any(|e| e == code))
            .collect();
        let class = names::class(say, *one);
        parts.push(match listed_bodies.as_slice() {
            [] => words.body_of_class(class),
            [body] => (*body).to_owned(),
            bodies => words.bodies_of_class(&bodies.join(", "), class),
        });
    }
    match selector.bodies.as_ref().map(|codes| codes.on(day).peek()) {
        Some(Some(codes)) => parts.extend(codes.iter().cloned()),
        Some(None) => parts.push(words.bodies_named().to_owned()),
        None => {}
    }
    let bodies = parts.join(", ");
    if except.is_empty() { bodies } else { words.but_for(&bodies, &except.join(", ")) }
}

fn listed(say: &Catalogue, words: &[&str]) -> String {
    match words {
        [] => say.whose.nobody().to_owned(),
        [one] => (*one).to_owned(),
        [before @ .., last] => say.whose.and(&before.join(", "), last),
    }
}

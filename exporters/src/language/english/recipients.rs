//! Whose a fee is.

use chrono::NaiveDate;
use honorar_engine::basis::{Class, Duty, Role};
use honorar_engine::regulation::{AmountIx, BodySelector, Dated, FeeSeat, Regulation};

/// Whose a fee is on a day; nothing for an amount that is no fee.
pub(in crate::language) fn whose(
    amount: AmountIx,
    regulation: &Regulation,
    day: NaiveDate,
) -> Option<String> {
    let fixed = regulation.fixed_fees.iter().filter(|fee| fee.amount_per_year == amount).map(|fee| {
        let roles: Vec<&str> = fee.roles.iter().map(|role| super::role(*role)).collect();
        let of_leaders = fee.roles.contains(&Role::Leader) || fee.roles.contains(&Role::DeputyLeader);
        match &fee.bodies {
            Some(bodies) => format!("{} of {}", listed(&roles), bodies_of(bodies, regulation, day)),
            None if of_leaders => format!("{} of the municipality", listed(&roles)),
            None => listed(&roles),
        }
    });
    let meeting = regulation.meeting_fees.iter().filter(|fee| fee.amount_per_meeting == amount).map(|fee| {
        let seats: Vec<&str> = fee.seats.iter().map(|seat| self::seat(*seat)).collect();
        let for_duty = match fee.for_duty {
            Some(Duty::Chair) => ", on top, for leading the meeting",
            Some(Duty::Secretary) => ", on top, for keeping the minutes",
            None => "",
        };
        format!("{} in {}{for_duty}", listed(&seats), bodies_of(&fee.bodies, regulation, day))
    });
    let summoned = regulation.summoned.iter().filter(|fee| fee.amount_per_meeting == amount).map(|fee| {
        format!("the leader of {}, when called to {} and no member of it", fee.leader_of, fee.called_to)
    });
    let all: Vec<String> = fixed.chain(meeting).chain(summoned).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// A body's class, in words.
pub(in crate::language) fn class(class: Class) -> &'static str {
    match class {
        Class::Council => "council",
        Class::Executive => "executive",
        Class::Planning => "planning",
        Class::Standing => "standing",
        Class::Other => "other",
        Class::NoFee => "no fee",
    }
}

fn seat(seat: FeeSeat) -> &'static str {
    match seat {
        FeeSeat::Leader => "leader",
        FeeSeat::DeputyLeader => "deputy leader",
        FeeSeat::Chair => "whoever leads in the leader's absence",
        FeeSeat::Member => "member",
        FeeSeat::Substitute => "substitute",
    }
}

/// The bodies that a provision takes on a day: classes with their listed bodies, and bodies by code.
fn bodies_of(selector: &BodySelector, regulation: &Regulation, day: NaiveDate) -> String {
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
        parts.push(match listed_bodies.as_slice() {
            [] => format!("a body of the class {}", class(*one)),
            [body] => (*body).to_owned(),
            bodies => format!("{} (the class {})", bodies.join(", "), class(*one)),
        });
    }
    match selector.bodies.as_ref().map(|codes| codes.on(day).peek()) {
        Some(Some(codes)) => parts.extend(codes.iter().cloned()),
        Some(None) => parts.push("the bodies that the municipality names".to_owned()),
        None => {}
    }
    let except = if except.is_empty() { String::new() } else { format!(", but for {}", except.join(", ")) };
    format!("{}{except}", parts.join(", "))
}

fn listed(words: &[&str]) -> String {
    match words {
        [] => "nobody".to_owned(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

//! What a calculation lacked, as problems with a place.

use honorar_engine::Shortfall;
use honorar_engine::regulation::{ItemId, StateAmount};
use honorar_problems::{Problem, in_order};

use crate::reading::Content;

/// The problems of what a calculation lacked.
pub fn shortfall_problems(content: &Content, shortfalls: &[Shortfall]) -> Vec<Problem> {
    in_order(shortfalls.iter().map(|shortfall| problem(content, shortfall)).collect())
}

pub(crate) fn problem(content: &Content, shortfall: &Shortfall) -> Problem {
    match shortfall {
        Shortfall::MissingParameter { item } => {
            let place = content.profile.place().clone();
            let (name, cite, meaning) = content
                .regulation
                .items
                .get(*item)
                .map(|item| (item.name.as_str(), item.to_string(), item.meaning.as_str()))
                .unwrap_or_default();
            Problem::error(
                "missing_parameter",
                place,
                format!("the parameter `{name}` has no value, and a line needs it"),
            )
            .expected(format!("`{name} = …` under [parameters]: {meaning} ({cite})"))
        }
        Shortfall::NoStateAmount { amount, day } => {
            let what = match amount {
                StateAmount::StortingMember => "a Storting member's pay",
                StateAmount::CabinetMember => "a cabinet member's pay",
            };
            let message = format!("{what} is not known for {day}, and a line needs it");
            Problem::error("no_state_amount", content.profile.place().clone(), message)
                .expected("a day for which the state's pay is known")
                .hint("the nearest amount is never used; rates/state/pay.toml has those that are known")
        }
        Shortfall::Conflict { first, second } => {
            let name = |item: &ItemId| {
                content.regulation.items.get(*item).map(|item| item.name.clone()).unwrap_or_default()
            };
            let message =
                format!("`{}` and `{}` of the regulation would both pay the same", name(first), name(second));
            Problem::error("conflict", content.profile.place().clone(), message)
                .expected("one provision for each office and seat in a body")
                .hint("look at the classes in `bodies`, or take a body out with `except_bodies`")
        }
        Shortfall::NoTravelRate { claim, above_limit } => {
            let place = content.place_of_claim(*claim, "quantity");
            let date = content.basis.claim(*claim).date;
            let what = if *above_limit {
                "no state rate above the yearly limit is known"
            } else {
                "no state rate is known"
            };
            Problem::error("no_travel_rate", place, format!("{what} for {date}"))
                .value(content.basis.claim(*claim).quantity.unwrap_or_default().to_string())
                .expected("a day for which the state's travel rates are known")
                .hint("the nearest rate is never used; rates/state/travel.toml has those that are known")
        }
    }
}

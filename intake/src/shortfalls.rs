//! What a calculation lacked, as problems with a place.

use honorar_engine::Shortfall;
use honorar_problems::{Problem, in_order};

use crate::reading::Content;

/// The problems of what a calculation lacked.
pub fn shortfall_problems(content: &Content, shortfalls: &[Shortfall]) -> Vec<Problem> {
    in_order(shortfalls.iter().map(|shortfall| problem(content, shortfall)).collect())
}

fn problem(content: &Content, shortfall: &Shortfall) -> Problem {
    match shortfall {
        Shortfall::MissingParameter { name, item } => {
            let place = content.profile.place().clone();
            let (cite, meaning) = content
                .regulation
                .items
                .get(*item)
                .map(|item| (item.to_string(), item.meaning.as_str()))
                .unwrap_or_default();
            Problem::error(
                "missing_parameter",
                place,
                format!("the parameter `{name}` has no value, and a line needs it"),
            )
            .expected(format!("`{name} = …` under [parameters]: {meaning} ({cite})"))
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

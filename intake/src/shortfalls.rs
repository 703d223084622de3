//! What a calculation lacked, as problems with a place.

use chrono::NaiveDate;
use honorar_engine::line::Origin;
use honorar_engine::regulation::{ItemId, StateAmount};
use honorar_engine::{Shortfall, TravelRate};
use honorar_problems::{Problem, in_order};

use crate::reading::Content;
use crate::vocabulary::TableName;

/// The problems of what a calculation lacked.
pub fn shortfall_problems(content: &Content, shortfalls: &[Shortfall]) -> Vec<Problem> {
    in_order(shortfalls.iter().map(|shortfall| problem(content, shortfall)).collect())
}

pub(crate) fn problem(content: &Content, shortfall: &Shortfall) -> Problem {
    match shortfall {
        Shortfall::MissingParameter { item } => missing_parameter(content, *item),
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
        Shortfall::PaidPersonNotInBasis { posting } => {
            let posting = content.basis.ledger().posting(*posting);
            let place = content.place_of_table(TableName::Persons).unwrap_or_default();
            let message = format!(
                "person {} was paid {} for {} in closed run {} and is not in the basis",
                posting.identity.person,
                posting.identity.kind.name(),
                posting.earned,
                posting.number.run
            );
            Problem::error("paid_person_gone", place, message)
                .expected("everybody who was paid for a period that is worked out again")
                .hint("put the person back into `persons`, with the rows as they were or as they should have been")
        }
        Shortfall::MissingPosition { office } => {
            let place = content.place(TableName::Offices, *office, "position");
            Problem::error(
                "no_position",
                place,
                "the office's fee depends on its position, which is not given",
            )
            .expected("how much of a full-time office it is, in per cent")
        }
        Shortfall::MissingDayWage { person } => {
            let place = match person {
                Some(person) => {
                    let row = content.basis.register().person(*person).row;
                    content.place(TableName::Persons, row, "day_wage")
                }
                None => content.profile.place().clone(),
            };
            Problem::error("no_day_wage", place, "a cap is the person's own day's wage, which is not given")
                .expected("the day's wage in kroner")
        }
        Shortfall::MissingGroup { person } => {
            let row = content.basis.register().person(*person).row;
            let place = content.place(TableName::Persons, row, "group");
            let message = "a fee depends on how many members the person's group has, and none is given";
            Problem::error("no_group", place, message).expected("the person's group")
        }
        Shortfall::TooManyDigits { item } => {
            let name = content.regulation.items.get(*item).map_or("", |item| &item.name);
            let message = format!("`{name}` has more digits than can be worked out exactly");
            Problem::error("too_many_digits", content.profile.place().clone(), message)
                .expected("an amount of fewer factors")
                .hint("round one of the amounts that it is made of, or write their product as one number")
        }
        Shortfall::MissingIncome { claim, year } => {
            let place = content.place_of_claim(*claim, "amount");
            let person = &content.basis.register().person(content.basis.claim(*claim).person).id;
            let message =
                format!("neither this claim has an amount, nor person {person} an income of {year}");
            Problem::error("no_income", place, message).expected(
                "kroner, or the year's income in `incomes`; the year before may be annual_net_income in `persons`",
            )
        }
        Shortfall::NotCovered { claim } => {
            let place = content.place_of_claim(*claim, "kind");
            let kind = content.basis.claim(*claim).kind;
            Problem::error("not_covered", place, "the regulation does not say how such a claim is covered")
                .value(honorar_engine::Kind::from(kind).name())
                .expected("a section `[cover.…]` whose `kinds` has it, or `not_covered` under [claims]")
                .hint("where lost income is covered, both documented and undocumented have to be (kommuneloven § 8-3)")
        }
        Shortfall::NoTravelRate { origin, rate, day } => no_travel_rate(content, *origin, *rate, *day),
    }
}

fn missing_parameter(content: &Content, item: ItemId) -> Problem {
    let item = content.regulation.items.get(item);
    let name = item.map_or("", |item| &item.name);
    let meaning = item.map(|item| format!("{} ({item})", item.meaning)).unwrap_or_default();
    let message = format!("the parameter `{name}` has no value, and a line needs it");
    Problem::error("missing_parameter", content.profile.place().clone(), message)
        .expected(format!("`{name} = …` under [parameters]: {meaning}"))
}

fn no_travel_rate(content: &Content, origin: Origin, rate: TravelRate, day: NaiveDate) -> Problem {
    let place = content.place_of_travel(origin, column_of(rate));
    let problem = Problem::error("no_travel_rate", place, format!("{} for {day}", what(rate)))
        .expected("a day for which the state's travel rates are known")
        .hint("the nearest rate is never used; rates/state/travel.toml has those that are known");
    let claim = match origin {
        Origin::Claim(claim) => content.basis.claim(claim).quantity,
        _ => None,
    };
    match claim {
        Some(km) => problem.value(km.to_string()),
        None => problem,
    }
}

/// What is not known, in words.
fn what(rate: TravelRate) -> &'static str {
    match rate {
        TravelRate::Car => "no state rate is known",
        TravelRate::CarAboveLimit => "no state rate above the yearly limit is known",
        TravelRate::ElectricCar => "no state rate of electric cars is known",
        TravelRate::Passenger => "no state rate of passengers is known",
        TravelRate::Forest => "no state rate of forest and farm roads is known",
        TravelRate::Day => "no state rate of a day trip is known",
        TravelRate::Overnight => "no state rate of 24 hours with a night is known",
        TravelRate::BegunDay => "no state rate of a begun day is known",
        TravelRate::UndocumentedNight => "no state rate of a night without documentation is known",
        TravelRate::Meals => "what the state takes off for meals is not known",
    }
}

/// The column of a journey's row that needs a rate.
fn column_of(rate: TravelRate) -> &'static str {
    match rate {
        TravelRate::Car | TravelRate::CarAboveLimit => "km",
        TravelRate::ElectricCar => "vehicle",
        TravelRate::Passenger => "passengers",
        TravelRate::Forest => "forest_km",
        TravelRate::Day | TravelRate::BegunDay => "return",
        TravelRate::Overnight => "nights",
        TravelRate::UndocumentedNight => "lodging",
        TravelRate::Meals => "lunches",
    }
}

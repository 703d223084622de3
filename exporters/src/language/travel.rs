//! Sentences about travel and subsistence.

use honorar_engine::Money;
use honorar_engine::why::{DayOfTrip, DaysWhy, DistanceWhy, MealWhy, NoTravelWhy, SubsistenceWhy, TakenOff};
use rust_decimal::Decimal;

use super::catalogue::Catalogue;
use super::format::Value;

pub(super) fn distance(say: &Catalogue, why: &DistanceWhy, amount: Money) -> String {
    let words = &say.travel;
    let kilometres = |km: Decimal, rate: Money| say.number(km) + " km × " + &say.money(rate);
    let mut driven = kilometres(why.km, why.rate_per_km);
    if let Some(heads) = why.heads {
        let sum = say.count(heads) + " × " + &driven;
        driven = words.passengers(heads, &sum);
    }
    if let Some(above) = why.above {
        let over = words.above(above.km, above.limit_km) + " × " + &say.money(above.rate_per_km);
        driven = if why.km.is_zero() { over } else { driven + " + " + &over };
    }
    if let Some((km, rate)) = why.forest {
        driven = words.forest(km, &(driven + " + " + &kilometres(km, rate)));
    }
    driven + " = " + &say.money(amount)
}

pub(super) fn nothing(say: &Catalogue, why: NoTravelWhy, cite: &str) -> String {
    let words = &say.travel;
    let reason: &str = match why {
        NoTravelWhy::TooNear { km, least_km } => &words.too_near(km, least_km),
        NoTravelWhy::TooShort { minutes, least_minutes } => &words.too_short(minutes, least_minutes),
        NoTravelWhy::WithinMunicipality => words.within_municipality(),
        NoTravelWhy::NotCovered => words.no_subsistence(),
    };
    format!("{reason}; {}", say.granted.by(Money::ZERO, cite))
}

pub(super) fn subsistence(say: &Catalogue, why: &SubsistenceWhy, amount: Money) -> String {
    let mut clauses: Vec<String> = why.days.iter().map(|of_days| days(say, of_days)).collect();
    let of_days = why.days.iter().filter(|days| !days.rate.is_zero());
    let mut sum: Vec<String> = of_days.map(|days| times(say, days.count, say.money(days.gives))).collect();
    for (count, rate) in &why.nights {
        clauses.push(say.travel.nights(*count, *rate));
        sum.push(times(say, *count, say.money(*rate)));
    }
    let (sum, amount) = (sum.join(" + "), say.money(amount));
    // A sum that is the amount itself has been worked out in the clause before it.
    if sum != amount {
        clauses.push(format!("{sum} = {amount}"));
    } else if clauses.last().is_some_and(|clause| !clause.ends_with(&sum)) {
        clauses.push(sum);
    }
    clauses.join("; ")
}

fn times(say: &Catalogue, count: u32, each: String) -> String {
    if count == 1 { each } else { format!("{} × {each}", say.count(count)) }
}

fn days(say: &Catalogue, why: &DaysWhy) -> String {
    let words = &say.travel;
    let DaysWhy { count, rate, gives, .. } = *why;
    let day = match why.day {
        DayOfTrip::DayTrip { minutes } => words.day_trip(minutes),
        DayOfTrip::Begun { minutes } => words.begun_day(minutes),
        DayOfTrip::WithNight => words.with_night(count),
    };
    if rate.is_zero() {
        return words.gives_nothing(&day);
    }
    let meals: Vec<String> = why.meals.iter().map(|each| meal(say, *each)).collect();
    let all: Decimal = why.meals.iter().map(|meal| meal.kroner()).sum();
    let sum = if meals.is_empty() {
        say.money(gives)
    } else if all > rate.decimal() {
        let all = Money::new(all).unwrap_or_default();
        words.meals_exceed(rate, &meals.join(" + "), all, Money::ZERO)
    } else {
        format!("{} − {} = {}", say.money(rate), meals.join(" − "), say.money(gives))
    };
    let is_each = why.day == DayOfTrip::WithNight && count > 1;
    format!("{day}: {}", if is_each { words.each(&sum) } else { sum })
}

fn meal(say: &Catalogue, why: MealWhy) -> String {
    let each = match why.each {
        TakenOff::Amount(amount) => say.money(amount),
        TakenOff::PerCent(per_cent, rate) => {
            format!("{} × {}", say.marks.shown(Value::PerCent(Decimal::from(per_cent))), say.money(rate))
        }
    };
    times(say, why.count, each)
}

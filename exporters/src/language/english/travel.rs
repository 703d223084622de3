//! Travel and subsistence.

use honorar_engine::Money;
use honorar_engine::why::{DayOfTrip, DaysWhy, DistanceWhy, MealWhy, NoTravelWhy, SubsistenceWhy, TakenOff};

pub(super) fn distance(why: &DistanceWhy, amount: Money) -> String {
    let mut driven = format!("{} km × {}", why.km.normalize(), why.rate_per_km);
    if let Some(heads) = why.heads {
        driven = format!("{heads} passengers: {heads} × {driven}");
    }
    if let Some(above) = why.above {
        let (km, limit) = (above.km.normalize(), above.limit_km);
        let over = format!("{km} km above {limit} km in the year × {}", above.rate_per_km);
        driven = if why.km.is_zero() { over } else { format!("{driven} + {over}") };
    }
    if let Some((km, rate)) = why.forest {
        let km = km.normalize();
        driven = format!("{km} km on forest and farm roads: {driven} + {km} km × {rate}");
    }
    format!("{driven} = {amount}")
}

pub(super) fn nothing(why: NoTravelWhy, cite: &str) -> String {
    let reason = match why {
        NoTravelWhy::TooNear { km, least_km } => {
            format!("{} km is less than {} km", km.normalize(), least_km.normalize())
        }
        NoTravelWhy::TooShort { minutes, least_minutes } => {
            format!("a journey of {minutes} min is shorter than {least_minutes} min")
        }
        NoTravelWhy::WithinMunicipality => "no subsistence on a journey within the municipality".to_owned(),
        NoTravelWhy::NotCovered => "the regulation gives no subsistence".to_owned(),
    };
    format!("{reason}; granted 0.00 ({cite})")
}

pub(super) fn subsistence(why: &SubsistenceWhy, amount: Money) -> String {
    let mut clauses: Vec<String> = why.days.iter().map(days).collect();
    let of_days = why.days.iter().filter(|days| !days.rate.is_zero());
    let mut sum: Vec<String> = of_days.map(|days| times(days.count, days.gives)).collect();
    for (count, rate) in &why.nights {
        let nights = if *count == 1 { "a night".to_owned() } else { format!("{count} nights") };
        clauses.push(format!("{nights} without documentation at {rate}"));
        sum.push(times(*count, *rate));
    }
    let sum = sum.join(" + ");
    // A sum that is the amount itself has been worked out in the clause before it.
    if sum != amount.to_string() {
        clauses.push(format!("{sum} = {amount}"));
    } else if clauses.last().is_some_and(|clause| !clause.ends_with(&sum)) {
        clauses.push(sum);
    }
    clauses.join("; ")
}

fn times(count: u32, amount: Money) -> String {
    if count == 1 { amount.to_string() } else { format!("{count} × {amount}") }
}

fn days(why: &DaysWhy) -> String {
    let DaysWhy { count, rate, gives, .. } = *why;
    let (day, each) = match why.day {
        DayOfTrip::DayTrip { minutes } => (format!("a day trip of {minutes} min"), ""),
        DayOfTrip::Begun { minutes } => (format!("a begun day of {minutes} min"), ""),
        DayOfTrip::WithNight if count > 1 => (format!("{count} days with a night"), "each "),
        DayOfTrip::WithNight => ("a day with a night".to_owned(), ""),
    };
    if rate.is_zero() {
        return format!("{day} gives nothing");
    }
    let meals: Vec<String> = why.meals.iter().copied().map(meal).collect();
    let all: rust_decimal::Decimal = why.meals.iter().map(|meal| meal.kroner()).sum();
    if meals.is_empty() {
        format!("{day}: {each}{gives}")
    } else if all > rate.decimal() {
        let all = Money::new(all).unwrap_or_default();
        format!("{day}: {each}{rate}, less meals of {} = {all}, which leaves 0.00", meals.join(" + "))
    } else {
        format!("{day}: {each}{rate} − {} = {gives}", meals.join(" − "))
    }
}

fn meal(why: MealWhy) -> String {
    let each = match why.each {
        TakenOff::Amount(amount) => amount.to_string(),
        TakenOff::PerCent(per_cent, rate) => format!("{per_cent} % × {rate}"),
    };
    if why.count == 1 { each } else { format!("{} × {each}", why.count) }
}

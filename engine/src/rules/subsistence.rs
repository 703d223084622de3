//! Subsistence on journeys, at the state's rates of each day.

use rust_decimal::Decimal;

use super::days_of_trip::{DayRate, DaysOfTrip};
use super::travel_line::{self, Asks};
use crate::basis::{Lodging, Trip, TripIx};
use crate::draft::Draft;
use crate::line::{Kind, Origin, PayLine, TaxParts};
use crate::money::{Money, Unrounded};
use crate::person_year::PersonYear;
use crate::regulation::{ItemId, Subsistence, Trail, TravelCover};
use crate::shortfall::{Shortfall, TravelRate};
use crate::why::{DaysWhy, NoTravelWhy, SubsistenceWhy, Why};

/// One line for each journey that begins in the period.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    for (trip_ix, trip) in year.rows.trips() {
        if year.period.contains(trip.date) {
            draft.take(line(&year, trip_ix, trip));
        }
    }
}

fn line(year: &PersonYear<'_>, trip_ix: TripIx, trip: &Trip) -> Result<PayLine, Shortfall> {
    let mut trail = Trail::default();
    let (asks, kind) = (Asks::Trip(trip_ix, trip), Kind::Subsistence);
    if let Some(refusal) = year.meeting_outside_regulation(trip.meeting, trip.date, &mut trail)? {
        return travel_line::refused(year, asks, kind, refusal, trail);
    }
    let TravelCover::StateRates = trail.read_on(&year.regulation.claims.travel, trip.date)?;
    if let Some(why) = too_little(year, trip, &mut trail)? {
        return travel_line::nothing(year, asks, kind, why, trail);
    }
    let origin = Origin::Trip(trip_ix);
    let counted = DaysOfTrip { rates: &year.regulation.travel_rates, trip, origin };
    let days = match counted.rates(&mut trail)? {
        Ok(days) => days,
        Err(least) => {
            let least_minutes = *trail.read(least)?;
            let why = NoTravelWhy::TooShort { minutes: trip.length_minutes, least_minutes };
            return travel_line::nothing(year, asks, kind, (why, least.item()), trail);
        }
    };
    let nights = nights(year, trip, origin, &mut trail)?;
    let of_nights: Decimal = nights.iter().map(|(count, rate)| Decimal::from(*count) * rate.decimal()).sum();
    let exact = days.iter().map(DayRate::gives).sum::<Decimal>() + of_nights;
    let amount = year.round(Unrounded::of_decimal(exact), trip.date, &mut trail)?;
    // What part of a night without documentation is free of tax is not known.
    let tax_free: Option<Decimal> =
        if nights.is_empty() { days.iter().map(DayRate::tax_free).sum() } else { None };
    let tax = match tax_free {
        Some(tax_free) => {
            TaxParts::of(amount, year.round(Unrounded::of_decimal(tax_free), trip.date, &mut trail)?)
        }
        None => None,
    };
    let cite =
        days.first().map_or_else(|| year.regulation.claims.travel.on(trip.date).item(), |day| day.item);
    let days = alike_once(year, trip, days, &mut trail)?;
    let why = Why::Subsistence(SubsistenceWhy { days, nights });
    let line = travel_line::line(year, asks, kind, amount, cite, why, trail)?;
    Ok(PayLine { tax, ..line })
}

/// Why a journey gives nothing by the regulation, or by what the state sets for every journey.
fn too_little(
    year: &PersonYear<'_>,
    trip: &Trip,
    trail: &mut Trail,
) -> Result<Option<(NoTravelWhy, ItemId)>, Shortfall> {
    let travel = &year.regulation.travel;
    let covered = travel.subsistence.on(trip.date);
    if *trail.read(covered)? == Subsistence::NotCovered {
        return Ok(Some((NoTravelWhy::NotCovered, covered.item())));
    }
    let within = travel.subsistence_within_municipality.on(trip.date);
    if trip.within_municipality && !*trail.read(within)? {
        return Ok(Some((NoTravelWhy::WithinMunicipality, within.item())));
    }
    let state = year.regulation.travel_rates.least.on(trip.date);
    let of_regulation = travel.subsistence_least_km.on(trip.date);
    for least in std::iter::once(of_regulation).chain(state.map(|state| &state.km)) {
        let least_km = *trail.read(least)?;
        if let Some(km) = trip.km.filter(|km| *km < least_km) {
            return Ok(Some((NoTravelWhy::TooNear { km, least_km }, least.item())));
        }
    }
    let of_regulation = travel.subsistence_least_minutes.on(trip.date);
    for least in std::iter::once(of_regulation).chain(state.map(|state| &state.minutes)) {
        let least_minutes = *trail.read(least)?;
        if trip.length_minutes < least_minutes {
            let why = NoTravelWhy::TooShort { minutes: trip.length_minutes, least_minutes };
            return Ok(Some((why, least.item())));
        }
    }
    Ok(None)
}

/// The nights without documentation, with the rate of the day on which each begins.
fn nights(
    year: &PersonYear<'_>,
    trip: &Trip,
    origin: Origin,
    trail: &mut Trail,
) -> Result<Vec<(u32, Money)>, Shortfall> {
    let mut nights: Vec<(u32, Money)> = Vec::new();
    if trip.lodging != Lodging::Undocumented {
        return Ok(nights);
    }
    for day in (0..trip.nights).map(|night| trip.day(night)) {
        let stated = year.regulation.travel_rates.undocumented_night.on(day);
        let unknown = Shortfall::NoTravelRate { origin, rate: TravelRate::UndocumentedNight, day };
        let rate = *trail.read(stated.ok_or(unknown)?)?;
        match nights.last_mut() {
            Some((count, last)) if *last == rate => *count += 1,
            _ => nights.push((1, rate)),
        }
    }
    Ok(nights)
}

/// The days as an explanation has them: those in a row that are alike stand once.
fn alike_once(
    year: &PersonYear<'_>,
    trip: &Trip,
    days: Vec<DayRate>,
    trail: &mut Trail,
) -> Result<Vec<DaysWhy>, Shortfall> {
    let mut all: Vec<DaysWhy> = Vec::new();
    for day in days {
        let gives = year.round(Unrounded::of_decimal(day.gives()), trip.date, trail)?;
        let why = DaysWhy { count: 1, day: day.day, rate: day.rate, meals: day.meals, gives };
        match all.last_mut() {
            Some(last) if DaysWhy { count: 1, ..last.clone() } == why => last.count += 1,
            _ => all.push(why),
        }
    }
    Ok(all)
}

//! Travel by own car, and passengers, at the state's rate of the day: as claimed, or as a journey
//! says.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::travel_line::{self, Asks};
use crate::basis::{ClaimKind, Vehicle};
use crate::draft::Draft;
use crate::ledger::closed_first;
use crate::line::{Kind, PayLine, TaxParts, Units};
use crate::money::{Money, Unrounded};
use crate::natural::natural_order;
use crate::person_year::PersonYear;
use crate::regulation::{AboveLimit, CarRate, ItemId, Trail, TravelCover};
use crate::shortfall::{Shortfall, TravelRate};
use crate::why::{AboveWhy, DistanceWhy, NoTravelWhy, Why};

/// A distance that somebody drove.
#[derive(Clone, Copy)]
struct Drive<'a> {
    asks: Asks<'a>,
    kind: Kind,
    date: NaiveDate,
    km: Decimal,
    is_electric: bool,
    forest_km: Decimal,
    passengers: u32,
}

/// One line for each distance in the period, claimed or of a journey, and one for its passengers.
///
/// The yearly limit counts a person's kilometres by car over the calendar year, in the order of
/// their days; on one day those registered in another system first, then of the ids of claims and journeys.
/// What comes after its period was closed counts after what closed runs had, so that it does not change what they
/// paid.
pub(crate) fn pay(draft: &mut Draft<'_>) {
    let year = draft.year;
    let mut drives: Vec<Drive<'_>> =
        drives(&year).into_iter().filter(|drive| drive.date.year() == year.period.year()).collect();
    drives.sort_by(|a, b| {
        let counts = |drive: &Drive<'_>| (year.counts(drive.date, drive.asks.settled()), drive.date);
        (counts(a).cmp(&counts(b)))
            .then_with(|| closed_first(a.asks.settled(), b.asks.settled()))
            .then_with(|| b.asks.is_registered().cmp(&a.asks.is_registered()))
            .then_with(|| natural_order(a.asks.id(), b.asks.id()))
    });
    let mut km_so_far = Decimal::ZERO;
    for drive in drives {
        let line = line(&year, &drive, &mut km_so_far);
        if year.period.contains(drive.date) {
            draft.take(line);
        }
    }
}

fn drives<'a>(year: &PersonYear<'a>) -> Vec<Drive<'a>> {
    let of_claims = year.rows.claims().filter_map(|(claim_ix, claim)| {
        let kind = match claim.kind {
            ClaimKind::TravelCar => Kind::TravelCar,
            ClaimKind::TravelPassenger => Kind::TravelPassenger,
            _ => return None,
        };
        Some(Drive {
            asks: Asks::Claim(claim_ix, claim),
            kind,
            date: claim.date,
            km: claim.quantity.unwrap_or_default(),
            is_electric: false,
            forest_km: Decimal::ZERO,
            passengers: 1,
        })
    });
    let of_trips = year.rows.trips().filter_map(|(trip_ix, trip)| {
        let by_car = Drive {
            asks: Asks::Trip(trip_ix, trip),
            kind: Kind::TravelCar,
            date: trip.date,
            km: trip.km_by_car()?,
            is_electric: trip.vehicle == Vehicle::ElectricCar,
            forest_km: trip.forest_km,
            passengers: trip.passengers,
        };
        let passengers = Drive { kind: Kind::TravelPassenger, ..by_car };
        Some([Some(by_car), (trip.passengers > 0).then_some(passengers)])
    });
    of_claims.chain(of_trips.flatten().flatten()).collect()
}

fn line(year: &PersonYear<'_>, drive: &Drive<'_>, km_so_far: &mut Decimal) -> Result<PayLine, Shortfall> {
    let mut trail = Trail::default();
    let Drive { asks, kind, date, km, .. } = *drive;
    let refusal = match asks {
        Asks::Claim(_, claim) => year.outside_regulation(claim, &mut trail)?,
        Asks::Trip(_, trip) => year.meeting_outside_regulation(trip.meeting, date, &mut trail)?,
    };
    if let Some(refusal) = refusal {
        return travel_line::refused(year, asks, kind, refusal, trail);
    }
    let TravelCover::StateRates = trail.read_on(&year.regulation.claims.travel, date)?;
    let least = year.regulation.travel.least_km.on(date);
    let least_km = *trail.read(least)?;
    if km < least_km {
        let why = (NoTravelWhy::TooNear { km, least_km }, least.item());
        return travel_line::nothing(year, asks, kind, why, trail);
    }
    let priced = if kind == Kind::TravelPassenger {
        with_passengers(year, drive, &mut trail)?
    } else {
        let before = *km_so_far;
        *km_so_far += km;
        by_car(year, drive, before, &mut trail)?
    };
    let Priced { exact, tax_free, units, why, cite } = priced;
    let amount = year.round(Unrounded::of_decimal(exact), date, &mut trail)?;
    let units = units.and_then(|(quantity, rate)| Units::exactly(quantity.normalize(), rate, amount));
    let tax_free = match tax_free {
        Some(tax_free) => Some(year.round(Unrounded::of_decimal(tax_free), date, &mut trail)?),
        None => None,
    };
    let line = travel_line::line(year, asks, kind, amount, cite, Why::Distance(why), trail)?;
    Ok(PayLine { units, tax: tax_free.and_then(|tax_free| TaxParts::of(amount, tax_free)), ..line })
}

/// What a distance gives.
struct Priced {
    exact: Decimal,
    /// The part that is free of tax, where that is known.
    tax_free: Option<Decimal>,
    /// So many kilometres at one rate, where there is one.
    units: Option<(Decimal, Money)>,
    why: DistanceWhy,
    cite: ItemId,
}

fn with_passengers(year: &PersonYear<'_>, drive: &Drive<'_>, trail: &mut Trail) -> Result<Priced, Shortfall> {
    let rates = &year.regulation.travel_rates;
    let rate = rates.passenger.on(drive.date).ok_or(unknown(drive, TravelRate::Passenger))?;
    let rate_per_km = *trail.read(&rate.rate_per_km)?;
    let heads = if rate.a_head { drive.passengers } else { 1 };
    let km = drive.km * Decimal::from(heads);
    let tax_free = match rates.tax_free.passenger.on(drive.date) {
        Some(stated) => Some(km * trail.read(stated)?.decimal()),
        None => None,
    };
    let why = DistanceWhy {
        km: drive.km,
        rate_per_km,
        above: None,
        forest: None,
        heads: (heads > 1).then_some(heads),
    };
    Ok(Priced {
        exact: km * rate_per_km.decimal(),
        tax_free,
        units: Some((km, rate_per_km)),
        why,
        cite: rate.rate_per_km.item(),
    })
}

fn by_car(
    year: &PersonYear<'_>,
    drive: &Drive<'_>,
    km_before: Decimal,
    trail: &mut Trail,
) -> Result<Priced, Shortfall> {
    let rates = &year.regulation.travel_rates;
    let rate = car_rate(year, drive)?;
    let km_above = km_above(&rate.above, km_before, drive.km);
    let above = match &rate.above {
        AboveLimit::Rate { limit_km, rate_per_km } if !km_above.is_zero() => {
            Some(AboveWhy { limit_km: *limit_km, km: km_above, rate_per_km: *trail.read(rate_per_km)? })
        }
        AboveLimit::Unknown { .. } if !km_above.is_zero() => {
            return Err(unknown(drive, TravelRate::CarAboveLimit));
        }
        _ => None,
    };
    let rate_per_km = *trail.read(&rate.rate_per_km)?;
    let km = drive.km - km_above;
    let forest = if drive.forest_km.is_zero() {
        None
    } else {
        let stated = rates.forest.on(drive.date).ok_or(unknown(drive, TravelRate::Forest))?;
        Some((drive.forest_km, *trail.read(stated)?))
    };
    let tax_free = tax_free_by_car(year, drive, km_before, rate_per_km, above, trail)?;
    let exact = km * rate_per_km.decimal()
        + above.map_or(Decimal::ZERO, |above| above.km * above.rate_per_km.decimal())
        + forest.map_or(Decimal::ZERO, |(km, rate)| km * rate.decimal());
    let units = match (above, forest) {
        (None, None) => Some((drive.km, rate_per_km)),
        (Some(above), None) if km.is_zero() => Some((drive.km, above.rate_per_km)),
        _ => None,
    };
    let why = DistanceWhy { km, rate_per_km, above, forest, heads: None };
    Ok(Priced { exact, tax_free, units, why, cite: rate.rate_per_km.item() })
}

/// An electric car has a rate of its own on some days, and on others there is one for all cars.
fn car_rate<'a>(year: &PersonYear<'a>, drive: &Drive<'_>) -> Result<&'a CarRate, Shortfall> {
    let rates = &year.regulation.travel_rates;
    if drive.is_electric {
        rates.electric_car.on(drive.date).ok_or(unknown(drive, TravelRate::ElectricCar))
    } else {
        rates.car.on(drive.date).ok_or(unknown(drive, TravelRate::Car))
    }
}

/// How many of a drive's kilometres lie above a yearly limit.
fn km_above(above: &AboveLimit, km_before: Decimal, km: Decimal) -> Decimal {
    above.limit_km().map_or(Decimal::ZERO, |limit_km| km.min((km_before + km - limit_km).max(Decimal::ZERO)))
}

/// What is free of tax: each kilometre at the lower of what is paid for it and of what is free. Both
/// may have a limit, so that kilometres fall into up to three parts.
fn tax_free_by_car(
    year: &PersonYear<'_>,
    drive: &Drive<'_>,
    km_before: Decimal,
    rate_per_km: Money,
    above: Option<AboveWhy>,
    trail: &mut Trail,
) -> Result<Option<Decimal>, Shortfall> {
    let rates = &year.regulation.travel_rates.tax_free;
    let Some(free) = rates.car.on(drive.date) else { return Ok(None) };
    let free_km_above = km_above(&free.above, km_before, drive.km);
    let free_rate = trail.read(&free.rate_per_km)?.decimal();
    let free_rate_above = match &free.above {
        AboveLimit::SameRate => free_rate,
        AboveLimit::Rate { rate_per_km, .. } => trail.read(rate_per_km)?.decimal(),
        AboveLimit::Unknown { .. } if free_km_above.is_zero() => free_rate,
        AboveLimit::Unknown { .. } => return Ok(None),
    };
    let (paid, paid_above, paid_km_above) = match above {
        Some(above) => (rate_per_km.decimal(), above.rate_per_km.decimal(), above.km),
        None => (rate_per_km.decimal(), rate_per_km.decimal(), Decimal::ZERO),
    };
    let (fewer, more) = (paid_km_above.min(free_km_above), paid_km_above.max(free_km_above));
    let between =
        if paid_km_above > free_km_above { paid_above.min(free_rate) } else { paid.min(free_rate_above) };
    let of_km = (drive.km - more) * paid.min(free_rate)
        + (more - fewer) * between
        + fewer * paid_above.min(free_rate_above);
    if drive.forest_km.is_zero() {
        return Ok(Some(of_km));
    }
    match rates.forest.on(drive.date) {
        Some(stated) => Ok(Some(of_km + drive.forest_km * trail.read(stated)?.decimal())),
        None => Ok(None),
    }
}

fn unknown(drive: &Drive<'_>, rate: TravelRate) -> Shortfall {
    Shortfall::NoTravelRate { origin: drive.asks.origin(), rate, day: drive.date }
}

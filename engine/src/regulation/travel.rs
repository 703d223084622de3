//! The state's travel rates, by date.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::stated::Stated;
use crate::calendar::DateSpan;
use crate::money::Money;

/// The state's travel rates, by date.
#[derive(Debug, Clone, Default)]
pub struct TravelRates {
    /// The rates a kilometre by car.
    pub car: Vec<CarRate>,
    /// The rates a passenger and kilometre.
    pub passenger: Vec<PassengerRate>,
}

/// A rate a kilometre by car.
#[derive(Debug, Clone)]
pub struct CarRate {
    /// The days on which it holds.
    pub in_force: DateSpan,
    /// The rate up to the limit.
    pub rate_per_km: Stated<Money>,
    /// The rate above it.
    pub above: AboveLimit,
}

/// What holds above a yearly limit of kilometres.
#[derive(Debug, Clone)]
pub enum AboveLimit {
    /// The same rate.
    SameRate,
    /// Another rate.
    Rate {
        /// The limit of one person in a calendar year, in kilometres.
        limit_km: Decimal,
        /// The rate above it.
        rate_per_km: Stated<Money>,
    },
    /// A rate that no source here gives.
    Unknown {
        /// The limit of one person in a calendar year, in kilometres.
        limit_km: Decimal,
    },
}

/// A rate a kilometre for a passenger.
#[derive(Debug, Clone)]
pub struct PassengerRate {
    /// The days on which it holds.
    pub in_force: DateSpan,
    /// The rate.
    pub rate_per_km: Stated<Money>,
}

impl TravelRates {
    /// The rate by car on a day.
    pub fn car_on(&self, day: NaiveDate) -> Option<&CarRate> {
        self.car.iter().find(|rate| rate.in_force.contains(day))
    }

    /// The rate of a passenger on a day.
    pub fn passenger_on(&self, day: NaiveDate) -> Option<&PassengerRate> {
        self.passenger.iter().find(|rate| rate.in_force.contains(day))
    }
}

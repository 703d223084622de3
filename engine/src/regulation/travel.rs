//! The state's travel rates, by date.
//!
//! A day without a row has no rate: whoever needs one says so and never takes the nearest.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::stated::Stated;
use crate::calendar::DateSpan;
use crate::money::Money;

/// The state's travel rates, by date, and the parts of them that are free of tax.
#[derive(Debug, Clone, Default)]
pub struct TravelRates {
    /// The rates a kilometre by car.
    pub car: ByDate<CarRate>,
    /// The rates a kilometre by electric car, while they have their own.
    pub electric_car: ByDate<CarRate>,
    /// The rates a passenger and kilometre.
    pub passenger: ByDate<PassengerRate>,
    /// What a kilometre of forest and farm roads gives on top.
    pub forest: ByDate<Stated<Money>>,
    /// The rates of a day trip, by its length.
    pub day: ByDate<DayBands>,
    /// The rate of 24 hours on a trip with a night.
    pub overnight: ByDate<OvernightRate>,
    /// What a night without documentation gives.
    pub undocumented_night: ByDate<Stated<Money>>,
    /// What is taken off for meals that somebody else paid.
    pub meals: ByDate<MealRule>,
    /// What the hours give that a trip with a night lasts beyond whole days.
    pub begun_day: ByDate<Stated<BegunDay>>,
    /// How far and how long a trip has to be for subsistence.
    pub least: ByDate<LeastTrip>,
    /// The parts that are free of tax.
    pub tax_free: TaxFreeRates,
}

/// The parts of the state's rates that are free of tax.
#[derive(Debug, Clone, Default)]
pub struct TaxFreeRates {
    /// A kilometre by any car.
    pub car: ByDate<CarRate>,
    /// A passenger and kilometre.
    pub passenger: ByDate<Stated<Money>>,
    /// The supplement of forest and farm roads.
    pub forest: ByDate<Stated<Money>>,
    /// A day trip, by its length.
    pub day: ByDate<DayBands>,
    /// 24 hours with a night in a hotel.
    pub hotel: ByDate<Stated<Money>>,
    /// 24 hours with a night in a boarding house.
    pub boarding: ByDate<Stated<Money>>,
    /// 24 hours with a night in a private home.
    pub private: ByDate<Stated<Money>>,
}

/// What holds on which days; on a day of no row, nothing is known.
#[derive(Debug, Clone)]
pub struct ByDate<T>(pub Vec<(DateSpan, T)>);

impl<T> Default for ByDate<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByDate<T> {
    /// What holds on a day.
    pub fn on(&self, day: NaiveDate) -> Option<&T> {
        self.0.iter().find(|(days, _)| days.contains(day)).map(|(_, value)| value)
    }
}

/// A rate a kilometre by car.
#[derive(Debug, Clone)]
pub struct CarRate {
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

impl AboveLimit {
    /// The limit, where there is one.
    pub fn limit_km(&self) -> Option<Decimal> {
        match self {
            Self::SameRate => None,
            Self::Rate { limit_km, .. } | Self::Unknown { limit_km } => Some(*limit_km),
        }
    }
}

/// A rate a kilometre for passengers.
#[derive(Debug, Clone)]
pub struct PassengerRate {
    /// The rate.
    pub rate_per_km: Stated<Money>,
    /// Whether each passenger gives it, or the kilometre whatever their number.
    pub a_head: bool,
}

/// The rates of a day trip.
#[derive(Debug, Clone)]
pub struct DayBands {
    /// A trip of fewer minutes gives nothing, whether or not the rates are known.
    pub least_minutes: Stated<u32>,
    /// The rates, each from so many minutes on, the shortest first; none where they are not known.
    pub bands: Vec<DayBand>,
}

/// The rate of a day trip from some length on.
#[derive(Debug, Clone)]
pub struct DayBand {
    /// From so many minutes on.
    pub from_minutes: u32,
    /// The rate.
    pub rate: Stated<Money>,
}

impl DayBands {
    /// The band that a length lies in.
    pub fn of(&self, minutes: u32) -> Option<&DayBand> {
        self.bands.iter().rev().find(|band| band.from_minutes <= minutes)
    }
}

/// The rate of 24 hours on a trip with a night.
#[derive(Debug, Clone)]
pub struct OvernightRate {
    /// The rate.
    pub rate: Stated<Money>,
    /// A trip of fewer minutes is a day trip, though it has a night.
    pub from_minutes: Stated<u32>,
}

/// What is taken off for meals that somebody else paid.
#[derive(Debug, Clone)]
pub struct MealRule {
    /// On a day trip.
    pub day_trip: Stated<MealCut>,
    /// On a trip with a night.
    pub with_night: Stated<MealCut>,
}

/// How much a meal takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MealCut {
    /// Amounts of their own; nothing for breakfast.
    Fixed {
        /// For lunch.
        lunch: Money,
        /// For dinner.
        dinner: Money,
    },
    /// Per cents of a rate.
    PerCents {
        /// For breakfast.
        breakfast: u32,
        /// For lunch.
        lunch: u32,
        /// For dinner.
        dinner: u32,
        /// Of which rate.
        of: MealBase,
    },
}

/// What the per cents of meals are taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MealBase {
    /// The rate that the day itself gives.
    ActualRate,
    /// The rate of 24 hours with a night, on day trips too.
    OvernightRate,
}

/// What the hours beyond whole days of 24 hours give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BegunDay {
    /// From so many minutes on, a whole day's rate.
    WholeFrom {
        /// From so many minutes on.
        minutes: u32,
    },
    /// The rate of a day trip of their length.
    AsDayTrip,
}

/// How far and how long a trip has to be for subsistence.
#[derive(Debug, Clone)]
pub struct LeastTrip {
    /// The least distance, in kilometres.
    pub km: Stated<Decimal>,
    /// The least time.
    pub minutes: Stated<u32>,
}

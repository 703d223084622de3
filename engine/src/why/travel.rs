//! Why travel and subsistence have their amounts.

use rust_decimal::Decimal;

use crate::money::Money;

/// Kilometres at the state's rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistanceWhy {
    /// Kilometres at the first rate.
    pub km: Decimal,
    /// The first rate.
    pub rate_per_km: Money,
    /// Kilometres above the yearly limit, and what holds there.
    pub above: Option<AboveWhy>,
    /// Kilometres of forest and farm roads, and what each gives on top.
    pub forest: Option<(Decimal, Money)>,
    /// The passengers who give the rate each, where they do and there are several.
    pub heads: Option<u32>,
}

/// Kilometres above the yearly limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AboveWhy {
    /// The limit of a year.
    pub limit_km: Decimal,
    /// Kilometres above it.
    pub km: Decimal,
    /// Their rate.
    pub rate_per_km: Money,
}

/// Why a journey, or a distance, gives nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NoTravelWhy {
    /// It is less far than what counts.
    TooNear {
        /// How far.
        km: Decimal,
        /// The least distance.
        least_km: Decimal,
    },
    /// It is shorter than what counts.
    TooShort {
        /// How long.
        minutes: u32,
        /// The least time.
        least_minutes: u32,
    },
    /// It stays within the municipality.
    WithinMunicipality,
    /// The regulation gives no subsistence.
    NotCovered,
}

/// Subsistence: the days of a journey, and the nights without documentation.
#[derive(Debug, Clone, PartialEq)]
pub struct SubsistenceWhy {
    /// The days in their order; those in a row that are alike stand once.
    pub days: Vec<DaysWhy>,
    /// How many nights without documentation, and the rate of each.
    pub nights: Vec<(u32, Money)>,
}

/// Days of a journey that are alike.
#[derive(Debug, Clone, PartialEq)]
pub struct DaysWhy {
    /// How many.
    pub count: u32,
    /// What kind of day.
    pub day: DayOfTrip,
    /// The rate; 0.00 where the hours are too few for any.
    pub rate: Money,
    /// What is taken off for meals.
    pub meals: Vec<MealWhy>,
    /// What one of the days gives.
    pub gives: Money,
}

/// A day of a journey: 24 hours from the departure, or what is left of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOfTrip {
    /// A journey without a night, or with one and shorter than what the rate of a night needs.
    DayTrip {
        /// How long.
        minutes: u32,
    },
    /// 24 hours with a night; or the whole journey, where it has a night and is shorter.
    WithNight,
    /// The hours beyond whole days.
    Begun {
        /// How many, in minutes.
        minutes: u32,
    },
}

/// What meals of one kind take off a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MealWhy {
    /// How many.
    pub count: u32,
    /// What each takes off.
    pub each: TakenOff,
}

/// What a meal takes off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TakenOff {
    /// An amount.
    Amount(Money),
    /// So many per cent of a rate.
    PerCent(u32, Money),
}

impl MealWhy {
    /// All that is taken off.
    pub fn kroner(self) -> Decimal {
        let each = match self.each {
            TakenOff::Amount(amount) => amount.decimal(),
            TakenOff::PerCent(per_cent, rate) => rate.decimal() * Decimal::new(i64::from(per_cent), 2),
        };
        each * Decimal::from(self.count)
    }
}

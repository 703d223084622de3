//! How a regulation covers travel and subsistence.

use rust_decimal::Decimal;

use super::stated::Dated;

/// Settings of travel and subsistence.
#[derive(Debug, Clone)]
pub struct TravelSettings {
    /// The distance by car, in kilometres, below which nothing is paid.
    pub least_km: Dated<Decimal>,
    /// How subsistence is covered.
    pub subsistence: Dated<Subsistence>,
    /// The distance, in kilometres, below which there is no subsistence.
    pub subsistence_least_km: Dated<Decimal>,
    /// The time, in minutes, below which there is no subsistence.
    pub subsistence_least_minutes: Dated<u32>,
    /// Whether there is subsistence on a trip within the municipality.
    pub subsistence_within_municipality: Dated<bool>,
}

/// How subsistence is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subsistence {
    /// By the state's rates.
    StateRates,
    /// Not at all.
    NotCovered,
}

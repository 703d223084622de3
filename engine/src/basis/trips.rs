//! Journeys.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::index::{MeetingIx, PersonIx};
use super::rows::Row;
use crate::ledger::Settled;

/// How somebody travelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vehicle {
    /// By own car.
    Car,
    /// By own electric car.
    ElectricCar,
    /// By bus, train, boat or aeroplane.
    Public,
    /// In any other way: as somebody's passenger, by bicycle or on foot.
    Other,
}

impl Vehicle {
    /// Whether the person drove an own car.
    pub fn is_own_car(self) -> bool {
        matches!(self, Self::Car | Self::ElectricCar)
    }
}

/// Where somebody spent the nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lodging {
    /// In a hotel.
    Hotel,
    /// In a boarding house (pensjonat).
    Boarding,
    /// In a private home.
    Private,
    /// Without documentation, for which the state has a rate a night.
    Undocumented,
}

/// A journey, for travel and subsistence.
#[derive(Debug, Clone)]
pub struct Trip {
    /// Its id.
    pub id: Box<str>,
    /// Who travelled.
    pub person: PersonIx,
    /// The day of departure, to which it belongs.
    pub date: NaiveDate,
    /// The departure, in minutes after midnight.
    pub departure_minute: u32,
    /// From departure to return, in minutes.
    pub length_minutes: u32,
    /// For which meeting.
    pub meeting: Option<MeetingIx>,
    /// How.
    pub vehicle: Vehicle,
    /// How far, where that is stated; above zero.
    pub km: Option<Decimal>,
    /// How many went along in the car.
    pub passengers: u32,
    /// Kilometres of forest and farm roads; a part of all kilometres.
    pub forest_km: Decimal,
    /// Nights away.
    pub nights: u32,
    /// Where they were spent.
    pub lodging: Lodging,
    /// Meals that somebody else paid.
    pub meals: Meals,
    /// Whether it went nowhere outside the municipality.
    pub within_municipality: bool,
    /// Its place among claims and journeys that a closed run had.
    pub settled: Option<Settled>,
    /// Where it was read.
    pub row: Row,
}

/// Meals that somebody else paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Meals {
    /// Breakfasts.
    pub breakfasts: u32,
    /// Lunches.
    pub lunches: u32,
    /// Dinners.
    pub dinners: u32,
}

impl Meals {
    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl Trip {
    /// The kilometres by own car.
    pub fn km_by_car(&self) -> Option<Decimal> {
        self.km.filter(|_| self.vehicle.is_own_car())
    }

    /// The day on which it ends.
    pub fn last_day(&self) -> NaiveDate {
        self.day((self.departure_minute + self.length_minutes) / (24 * 60))
    }

    /// The date so many days after the departure.
    pub fn day(&self, days: u32) -> NaiveDate {
        self.date.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
    }
}

//! The days of a journey, each with its rate, what meals take off it, and what of it is free of tax.
//!
//! A journey with a night is counted in days of 24 hours from the departure; what is left beyond
//! whole ones is a begun day. Each day has the rates of the date on which it begins. A row does not
//! say on which day a meal was had: at most one of each kind a day, from the first day on.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::basis::{Lodging, Meals, Trip};
use crate::line::Origin;
use crate::money::Money;
use crate::regulation::{BegunDay, ByDate, DayBands, ItemId, MealBase, MealCut, Stated, Trail, TravelRates};
use crate::shortfall::{Shortfall, TravelRate};
use crate::why::{DayOfTrip, MealWhy, TakenOff};

const MINUTES_PER_DAY: u32 = 24 * 60;

/// A journey whose days are wanted.
#[derive(Clone, Copy)]
pub(super) struct DaysOfTrip<'a> {
    pub(super) rates: &'a TravelRates,
    pub(super) trip: &'a Trip,
    pub(super) origin: Origin,
}

/// A day of a journey and what it gives.
pub(super) struct DayRate {
    pub(super) day: DayOfTrip,
    pub(super) rate: Money,
    pub(super) meals: Vec<MealWhy>,
    /// The item of the rate.
    pub(super) item: ItemId,
    /// The rate that is free of tax, less what meals take off it; nothing where it is not known.
    free: Option<Decimal>,
}

impl DayRate {
    /// What the day gives: meals take off no more than there is.
    pub(super) fn gives(&self) -> Decimal {
        let meals: Decimal = self.meals.iter().map(|meal| meal.kroner()).sum();
        (self.rate.decimal() - meals).max(Decimal::ZERO)
    }

    /// How much of it is free of tax.
    pub(super) fn tax_free(&self) -> Option<Decimal> {
        if self.gives().is_zero() {
            return Some(Decimal::ZERO);
        }
        self.free.map(|free| free.max(Decimal::ZERO).min(self.gives()))
    }
}

/// The rates of a journey's days; or the least time, where the journey is too short for any.
type Rates<'a> = Result<Vec<DayRate>, &'a Stated<u32>>;

impl<'a> DaysOfTrip<'a> {
    pub(super) fn rates(self, trail: &mut Trail) -> Result<Rates<'a>, Shortfall> {
        let Trip { date, length_minutes, nights, .. } = *self.trip;
        if nights > 0 {
            let overnight = self.rates.overnight.on(date).ok_or(self.unknown(TravelRate::Overnight, date))?;
            if length_minutes >= *trail.read(&overnight.from_minutes)? {
                return self.with_nights(trail).map(Ok);
            }
        }
        let kind = DayOfTrip::DayTrip { minutes: length_minutes };
        let Some((rate, item)) = self.day_trip(length_minutes, date, trail)? else {
            let bands = self.rates.day.on(date).ok_or(self.unknown(TravelRate::Day, date))?;
            return Ok(Err(&bands.least_minutes));
        };
        let free = free_of_day(&self.rates.tax_free.day, length_minutes, date, trail)?;
        self.less_meals(Day { kind, date, rate, item, free }, self.trip.meals, trail).map(|day| Ok(vec![day]))
    }

    fn with_nights(self, trail: &mut Trail) -> Result<Vec<DayRate>, Shortfall> {
        let minutes = self.trip.length_minutes;
        // A journey of less than 24 hours with a night is a whole day.
        let (whole, begun) = match minutes / MINUTES_PER_DAY {
            0 => (1, 0),
            whole => (whole, minutes % MINUTES_PER_DAY),
        };
        let all = whole + u32::from(begun > 0);
        let mut days = Vec::new();
        for number in 0..all {
            let date = self.trip.day(number);
            let day =
                if number < whole { self.whole_day(date, trail)? } else { self.begun(begun, date, trail)? };
            // What a journey has more than one a day of is of its last day.
            let of_day = |meals: u32| {
                let left = meals.saturating_sub(number);
                if number + 1 == all { left } else { left.min(1) }
            };
            let Meals { breakfasts, lunches, dinners } = self.trip.meals;
            let meals =
                Meals { breakfasts: of_day(breakfasts), lunches: of_day(lunches), dinners: of_day(dinners) };
            days.push(self.less_meals(day, meals, trail)?);
        }
        Ok(days)
    }

    fn whole_day(self, date: NaiveDate, trail: &mut Trail) -> Result<Day, Shortfall> {
        let overnight = self.rates.overnight.on(date).ok_or(self.unknown(TravelRate::Overnight, date))?;
        let rate = *trail.read(&overnight.rate)?;
        let free = &self.rates.tax_free;
        let free = match self.trip.lodging {
            Lodging::Hotel => free.hotel.on(date),
            Lodging::Boarding => free.boarding.on(date),
            Lodging::Private => free.private.on(date),
            Lodging::Undocumented => None,
        };
        let free = match free {
            Some(stated) => Some(*trail.read(stated)?),
            None => None,
        };
        Ok(Day { kind: DayOfTrip::WithNight, date, rate, item: overnight.rate.item(), free })
    }

    fn begun(self, minutes: u32, date: NaiveDate, trail: &mut Trail) -> Result<Day, Shortfall> {
        let kind = DayOfTrip::Begun { minutes };
        let stated = self.rates.begun_day.on(date).ok_or(self.unknown(TravelRate::BegunDay, date))?;
        let nothing = Day { kind, date, rate: Money::ZERO, item: stated.item(), free: None };
        match *trail.read(stated)? {
            BegunDay::WholeFrom { minutes: from } if minutes < from => Ok(nothing),
            BegunDay::WholeFrom { .. } => Ok(Day { kind, ..self.whole_day(date, trail)? }),
            BegunDay::AsDayTrip => match self.day_trip(minutes, date, trail)? {
                None => Ok(nothing),
                Some((rate, item)) => {
                    let free = free_of_day(&self.rates.tax_free.day, minutes, date, trail)?;
                    Ok(Day { kind, date, rate, item, free })
                }
            },
        }
    }

    /// The rate of a day trip of a length; nothing where it is too short for any.
    fn day_trip(
        self,
        minutes: u32,
        date: NaiveDate,
        trail: &mut Trail,
    ) -> Result<Option<(Money, ItemId)>, Shortfall> {
        let unknown = self.unknown(TravelRate::Day, date);
        let bands = self.rates.day.on(date).ok_or(unknown.clone())?;
        if minutes < *trail.read(&bands.least_minutes)? {
            return Ok(None);
        }
        let stated = &bands.of(minutes).ok_or(unknown)?.rate;
        Ok(Some((*trail.read(stated)?, stated.item())))
    }

    /// A day, less the meals that somebody else paid. A day that gives nothing has nothing to lose.
    fn less_meals(self, day: Day, meals: Meals, trail: &mut Trail) -> Result<DayRate, Shortfall> {
        let Day { kind, date, rate, item, free } = day;
        if meals.is_empty() || rate.is_zero() {
            let free = free.map(Money::decimal);
            return Ok(DayRate { day: kind, rate, meals: Vec::new(), item, free });
        }
        let rule = self.rates.meals.on(date).ok_or(self.unknown(TravelRate::Meals, date))?;
        let is_day_trip = matches!(kind, DayOfTrip::DayTrip { .. });
        let cut = *trail.read(if is_day_trip { &rule.day_trip } else { &rule.with_night })?;
        let taken = |counts: [(u32, TakenOff); 3]| -> Vec<MealWhy> {
            let had = counts.into_iter().filter(|(count, _)| *count > 0);
            had.map(|(count, each)| MealWhy { count, each }).collect()
        };
        match cut {
            MealCut::Fixed { lunch, dinner } => {
                let counts = [
                    (0, TakenOff::Amount(Money::ZERO)),
                    (meals.lunches, TakenOff::Amount(lunch)),
                    (meals.dinners, TakenOff::Amount(dinner)),
                ];
                Ok(DayRate { day: kind, rate, meals: taken(counts), item, free: None })
            }
            MealCut::PerCents { breakfast, lunch, dinner, of } => {
                let of_rate = |rate: Money| {
                    taken([
                        (meals.breakfasts, TakenOff::PerCent(breakfast, rate)),
                        (meals.lunches, TakenOff::PerCent(lunch, rate)),
                        (meals.dinners, TakenOff::PerCent(dinner, rate)),
                    ])
                };
                let base = match of {
                    MealBase::ActualRate => rate,
                    MealBase::OvernightRate => self.whole_day(date, trail)?.rate,
                };
                let free = free.filter(|_| of == MealBase::ActualRate).map(|free| {
                    free.decimal() - of_rate(free).iter().map(|meal| meal.kroner()).sum::<Decimal>()
                });
                Ok(DayRate { day: kind, rate, meals: of_rate(base), item, free })
            }
        }
    }

    fn unknown(self, rate: TravelRate, day: NaiveDate) -> Shortfall {
        Shortfall::NoTravelRate { origin: self.origin, rate, day }
    }
}

/// A day before meals are taken off it.
#[derive(Clone, Copy)]
struct Day {
    kind: DayOfTrip,
    date: NaiveDate,
    rate: Money,
    item: ItemId,
    free: Option<Money>,
}

/// What of a day trip's rate is free of tax, where that is known.
fn free_of_day(
    bands: &ByDate<DayBands>,
    minutes: u32,
    date: NaiveDate,
    trail: &mut Trail,
) -> Result<Option<Money>, Shortfall> {
    match bands.on(date).and_then(|bands| bands.of(minutes)) {
        Some(band) => trail.read(&band.rate).map(|rate| Some(*rate)),
        None => Ok(None),
    }
}

//! Journeys by car, bus and aeroplane, with and without nights, around the limits of the rates.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use super::Draft;

impl Draft {
    pub(super) fn trips(&mut self) {
        for place in 0..self.persons.len() {
            let mut taken: Vec<(NaiveDateTime, NaiveDateTime)> = Vec::new();
            for _ in 0..self.pick(&[0, 0, 0, 1, 1, 2, 3]) {
                let day = self.day();
                let nights = if self.chance(40) { self.rng.u32(1..=3) } else { 0 };
                let (departure, minutes) = self.times(day, nights);
                let back = departure + TimeDelta::minutes(minutes);
                let is_free = taken.iter().all(|(from, to)| back <= *from || *to <= departure);
                if is_free && has_rates(day, back.date()) {
                    taken.push((departure, back));
                    self.one_trip(place, departure, back, nights);
                }
            }
        }
    }

    fn times(&mut self, day: NaiveDate, nights: u32) -> (NaiveDateTime, i64) {
        let at = |hour: u32| day.and_hms_opt(hour, 0, 0).expect("a time of day");
        let knows_day_trips = (2012..=2014).contains(&day.year());
        if nights > 0 {
            // A night may be on a journey of less than a day too.
            let short = if knows_day_trips { [719, 720, 1_439] } else { [720, 1_000, 1_439] };
            if nights == 1 && self.chance(30) {
                return (at(20), self.pick(&short));
            }
            let begun = self.pick(&[0, 1, 300, 359, 360, 361, 700, 720, 900]);
            return (at(8), i64::from(nights) * 24 * 60 + begun);
        }
        let all = [60, 299, 300, 301, 539, 540, 541, 719, 720, 900];
        let minutes = self.pick(if knows_day_trips { &all[..] } else { &all[..2] });
        (at(6), minutes)
    }

    fn one_trip(&mut self, place: usize, departure: NaiveDateTime, back: NaiveDateTime, nights: u32) {
        let person_id = self.persons[place].person_id.clone();
        let trip_id = self.claim_id();
        let vehicle = self.pick(&["", "car", "car", "public", "other"]);
        let by_car = ["", "car"].contains(&vehicle);
        let km =
            if by_car { self.pick(&["", "0", "1", "88.5", "2500", "5000"]) } else { self.pick(&["", "20"]) };
        let has_km = by_car && !["", "0"].contains(&km);
        let passengers = if has_km { self.pick(&["", "0", "1", "3"]) } else { "" };
        let forest_km = if has_km { self.pick(&["", "0", "1", "0.5"]) } else { "" };
        let year = departure.year();
        let knows_meals =
            year == back.year() && if nights == 0 { year == 2014 } else { [2014, 2017].contains(&year) };
        let knows_undocumented = year != 2016 && back.year() != 2016;
        let lodging = match nights {
            0 => "",
            _ if knows_undocumented => self.pick(&["", "hotel", "private", "undocumented"]),
            _ => self.pick(&["", "hotel", "boarding"]),
        };
        let days = nights + 1;
        let meals = [(); 3].map(|()| {
            if knows_meals && self.chance(50) { self.rng.u32(0..=days).to_string() } else { String::new() }
        });
        let nights = if nights == 0 { String::new() } else { nights.to_string() };
        let moment = |moment: NaiveDateTime| moment.format("%Y-%m-%d %H:%M").to_string();
        let [breakfasts, lunches, dinners] = &meals;
        self.push_row(
            "trips",
            &[
                &trip_id,
                &person_id,
                &moment(departure),
                &moment(back),
                "",
                vehicle,
                km,
                passengers,
                forest_km,
                &nights,
                lodging,
                breakfasts,
                lunches,
                dinners,
            ],
        );
    }
}

/// Whether everything that a journey without a meal may need is known on all of its days.
fn has_rates(from: NaiveDate, to: NaiveDate) -> bool {
    let is_known = |day: NaiveDate| [2012, 2013, 2014, 2016, 2017].contains(&day.year());
    is_known(from) && is_known(to)
}

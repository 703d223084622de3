//! When the bodies meet.

use std::io;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use fastrand::Rng;

use super::YEAR;
use super::bodies::Body;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    InPerson,
    Video,
    Phone,
}

impl Form {
    pub(super) fn value(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Video => "video",
            Self::Phone => "phone",
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Meeting {
    /// A place in the list of bodies.
    pub(super) body: usize,
    /// The body's own, from 1.
    pub(super) number: usize,
    pub(super) date: NaiveDate,
    /// Minutes after midnight.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) form: Form,
    pub(super) with_group: bool,
}

impl Meeting {
    pub(super) fn id(&self, bodies: &[Body]) -> String {
        format!("{}-{YEAR}-{:02}", bodies[self.body].code, self.number)
    }

    pub(super) fn minutes(&self) -> u32 {
        self.end - self.start
    }

    /// Whether most people lose working hours by it.
    pub(super) fn is_in_working_hours(&self) -> bool {
        self.start < 16 * 60 && self.date.weekday().number_from_monday() < 6
    }
}

/// The year's meetings in order. Each body's are spread evenly, and no two of a municipality overlap, however many
/// there are: where a day has several, they share it.
#[derive(Debug)]
pub(super) struct Meetings<'b> {
    bodies: &'b [Body],
    /// The body of each meeting.
    order: Vec<usize>,
    days: Vec<NaiveDate>,
    rng: Rng,
}

/// Where several meetings have to share a day, they have the hours from eight to ten; where that is too short, all.
const SHARED_DAY: (u32, u32) = (8 * 60, 22 * 60);
const WHOLE_DAY: (u32, u32) = (0, 24 * 60 - 1);
const SHORTEST_MINUTES: u32 = 60;

impl<'b> Meetings<'b> {
    pub(super) fn draw(bodies: &'b [Body], times: usize, rng: &mut Rng) -> Self {
        // Whether a body meets at all at such a time decides a key: its meetings are spread over the year.
        let mut keyed: Vec<(u64, usize)> = Vec::new();
        for (place, body) in bodies.iter().enumerate() {
            let number = (body.meetings_per_year * times) as u64;
            keyed.extend((0..number).map(|meeting| {
                let within = rng.u64(200..800);
                ((1_000 * meeting + within) * 1_000_000 / number, place)
            }));
        }
        keyed.sort_unstable();
        Self {
            bodies,
            order: keyed.into_iter().map(|(_, body)| body).collect(),
            days: working_days(),
            rng: rng.fork(),
        }
    }

    /// Gives each meeting in turn to `take`, until it fails.
    pub(super) fn each(mut self, mut take: impl FnMut(Meeting) -> io::Result<()>) -> io::Result<()> {
        let (meetings, days) = (self.order.len(), self.days.len());
        let mut numbers = vec![0; self.bodies.len()];
        let first_of_day = |day: usize| (day * meetings).div_ceil(days);
        for day in 0..days {
            let of_day = first_of_day(day)..first_of_day(day + 1);
            let number_of_day = of_day.clone().map(|_| 1).sum();
            for (place_in_day, meeting) in (0..).zip(of_day) {
                let body = self.order[meeting];
                numbers[body] += 1;
                take(self.meeting(body, numbers[body], self.days[day], (place_in_day, number_of_day)))?;
            }
        }
        Ok(())
    }

    fn meeting(
        &mut self,
        body: usize,
        number: usize,
        date: NaiveDate,
        (place_in_day, number_of_day): (u32, u32),
    ) -> Meeting {
        let of = &self.bodies[body];
        let (start, end) = if number_of_day == 1 {
            let start = of.hour * 60 + 30 * self.rng.u32(..2);
            (start, start + 15 * self.rng.u32(4..26))
        } else {
            shared_day(place_in_day, number_of_day)
        };
        let form = match self.rng.u32(..100) {
            0..3 => Form::Phone,
            3..6 => Form::Video,
            _ => Form::InPerson,
        };
        let with_group = of.is_council() && self.rng.u32(..100) < 60;
        Meeting { body, number, date, start, end: end.min(WHOLE_DAY.1), form, with_group }
    }
}

fn shared_day(place: u32, number: u32) -> (u32, u32) {
    let (from, to) =
        if number * SHORTEST_MINUTES <= SHARED_DAY.1 - SHARED_DAY.0 { SHARED_DAY } else { WHOLE_DAY };
    let at = |place: u32| from + (to - from) * place / number;
    // A break between two, where there is time for one.
    let end = at(place + 1);
    (at(place), if number < 24 { end - 10 } else { end })
}

/// A day of the country's year, from 0.
pub(super) fn day_of_year(day: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR, 1, 1).map_or(NaiveDate::MIN, |first| first + Days::new(day))
}

/// Monday to Friday, without the first days of the year, July and the days of Christmas.
fn working_days() -> Vec<NaiveDate> {
    let is_met_on = |day: &NaiveDate| {
        let at_work = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        at_work
            && day.month() != 7
            && !(day.month() == 1 && day.day() < 7)
            && !(day.month() == 12 && day.day() > 20)
    };
    (0..365).map(day_of_year).filter(is_met_on).collect()
}

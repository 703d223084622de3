//! Norwegian public holidays and bank days.

use chrono::{Datelike, NaiveDate, Weekday};

/// Easter Sunday of a year of the Gregorian calendar, by Meeus, Jones and Butcher.
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let moon_drift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_drift + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let week_back = (golden + 11 * epact + 22 * to_sunday) / 451;
    let after_21_march = epact + to_sunday - 7 * week_back + 1;
    let days = u64::try_from(after_21_march).ok()?;
    NaiveDate::from_ymd_opt(year, 3, 21)?.checked_add_days(chrono::Days::new(days))
}

/// Whether a day is a public holiday: lov om helligdager § 2, and lov om 1 og 17 mai § 1. A Sunday that is
/// nothing else is none.
pub fn is_public_holiday(day: NaiveDate) -> bool {
    let fixed = matches!((day.month(), day.day()), (1 | 5, 1) | (5, 17) | (12, 25 | 26));
    let from_easter = easter_sunday(day.year()).map(|easter| (day - easter).num_days());
    // Maundy Thursday, Good Friday, Easter, Ascension Day, Whitsun
    fixed || matches!(from_easter, Some(-3 | -2 | 0 | 1 | 39 | 49 | 50))
}

/// Whether banks settle payments on a day: Norges Bank's settlement system is closed at weekends, on public
/// holidays and on Christmas Eve, and open on New Year's Eve.
pub fn is_bank_day(day: NaiveDate) -> bool {
    let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let is_christmas_eve = (day.month(), day.day()) == (12, 24);
    !is_weekend && !is_christmas_eve && !is_public_holiday(day)
}

/// The day itself where it is a bank day, else the last one before it.
pub fn bank_day_on_or_before(day: NaiveDate) -> NaiveDate {
    std::iter::successors(Some(day), NaiveDate::pred_opt).find(|day| is_bank_day(*day)).unwrap_or(day)
}

/// The day itself where it is a bank day, else the first one after it.
pub fn bank_day_on_or_after(day: NaiveDate) -> NaiveDate {
    day.iter_days().find(|day| is_bank_day(*day)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_else(|_| panic!("{text} is a date"))
    }

    #[test]
    fn easter_as_almanacs_have_it() {
        let almanac = [
            "1818-03-22",
            "1943-04-25",
            "1999-04-04",
            "2000-04-23",
            "2001-04-15",
            "2002-03-31",
            "2003-04-20",
            "2004-04-11",
            "2005-03-27",
            "2006-04-16",
            "2007-04-08",
            "2008-03-23",
            "2009-04-12",
            "2010-04-04",
            "2011-04-24",
            "2012-04-08",
            "2013-03-31",
            "2014-04-20",
            "2015-04-05",
            "2016-03-27",
            "2017-04-16",
            "2018-04-01",
            "2019-04-21",
            "2020-04-12",
            "2021-04-04",
            "2022-04-17",
            "2023-04-09",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2030-04-21",
            "2038-04-25",
        ];
        for easter in almanac {
            assert_eq!(easter_sunday(day(easter).year()), Some(day(easter)), "{easter}");
        }
    }

    #[test]
    fn every_easter_is_a_sunday_within_its_limits() {
        for year in 1600..=2400 {
            let easter = easter_sunday(year).unwrap_or_else(|| panic!("{year} has an Easter"));
            assert_eq!(easter.weekday(), Weekday::Sun, "{easter}");
            let limits = ["03-22", "04-25"].map(|limit| day(&format!("{year}-{limit}")));
            assert!(limits.first().is_some_and(|first| *first <= easter), "{easter}");
            assert!(limits.last().is_some_and(|last| easter <= *last), "{easter}");
        }
    }

    #[test]
    fn the_public_holidays_of_three_years() {
        let almanac = [
            "2024-01-01",
            "2024-03-28",
            "2024-03-29",
            "2024-03-31",
            "2024-04-01",
            "2024-05-01",
            "2024-05-09",
            "2024-05-17",
            "2024-05-19",
            "2024-05-20",
            "2024-12-25",
            "2024-12-26",
            "2025-01-01",
            "2025-04-17",
            "2025-04-18",
            "2025-04-20",
            "2025-04-21",
            "2025-05-01",
            "2025-05-17",
            "2025-05-29",
            "2025-06-08",
            "2025-06-09",
            "2025-12-25",
            "2025-12-26",
            "2026-01-01",
            "2026-04-02",
            "2026-04-03",
            "2026-04-05",
            "2026-04-06",
            "2026-05-01",
            "2026-05-14",
            "2026-05-17",
            "2026-05-24",
            "2026-05-25",
            "2026-12-25",
            "2026-12-26",
        ];
        let days = day("2024-01-01").iter_days().take_while(|day| day.year() <= 2026);
        let found: Vec<String> =
            days.filter(|day| is_public_holiday(*day)).map(|day| day.to_string()).collect();
        assert_eq!(found, almanac);
    }

    #[test]
    fn the_weekdays_of_2024_and_2025_on_which_banks_are_closed() {
        let closed = [
            "2024-01-01",
            "2024-03-28",
            "2024-03-29",
            "2024-04-01",
            "2024-05-01",
            "2024-05-09",
            "2024-05-17",
            "2024-05-20",
            "2024-12-24",
            "2024-12-25",
            "2024-12-26",
            "2025-01-01",
            "2025-04-17",
            "2025-04-18",
            "2025-04-21",
            "2025-05-01",
            "2025-05-29",
            "2025-06-09",
            "2025-12-24",
            "2025-12-25",
            "2025-12-26",
        ];
        let days = day("2024-01-01").iter_days().take_while(|day| day.year() <= 2025);
        let weekdays = days.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
        let found: Vec<String> =
            weekdays.filter(|day| !is_bank_day(*day)).map(|day| day.to_string()).collect();
        assert_eq!(found, closed);
        assert!(is_bank_day(day("2024-12-31")), "banks settle on New Year's Eve");
    }

    #[test]
    fn the_bank_days_around_a_day() {
        let cases = [
            ("2024-07-12", "2024-07-12", "2024-07-12", "a Friday"),
            ("2024-10-12", "2024-10-11", "2024-10-14", "a Saturday"),
            ("2024-05-12", "2024-05-10", "2024-05-13", "a Sunday after Ascension Day and a Friday"),
            ("2024-03-31", "2024-03-27", "2024-04-02", "Easter Sunday"),
            ("2024-12-24", "2024-12-23", "2024-12-27", "Christmas Eve"),
            ("2025-01-01", "2024-12-31", "2025-01-02", "New Year's Day"),
            ("2023-01-01", "2022-12-30", "2023-01-02", "a New Year's Day on a Sunday"),
        ];
        for (of, before, after, what) in cases {
            assert_eq!(bank_day_on_or_before(day(of)), day(before), "{what}");
            assert_eq!(bank_day_on_or_after(day(of)), day(after), "{what}");
        }
    }
}

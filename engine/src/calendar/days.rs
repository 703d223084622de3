//! Sets of days.

use chrono::{Days as Count, NaiveDate};

use super::DateSpan;

const WORDS: usize = 18;

/// A set of days within a window of at most three years: a calendar year and the two before it, in which a
/// year that begins in another month and is settled in this one may have begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    window: DateSpan,
    bits: [u64; WORDS],
}

impl Days {
    /// The longest window, in days.
    pub const LIMIT: u32 = 64 * 18;

    /// No day of a window. Days beyond the longest window are not in any set.
    pub fn none(window: DateSpan) -> Self {
        let longest = window.first.checked_add_days(Count::new(u64::from(Self::LIMIT) - 1));
        let last = longest.map_or(window.last, |longest| longest.min(window.last));
        Self { window: DateSpan { first: window.first, last }, bits: [0; WORDS] }
    }

    /// The days of a span that lie in a window.
    pub fn of_span(window: DateSpan, span: DateSpan) -> Self {
        let mut days = Self::none(window);
        let Some(inside) = days.window.and(span) else { return days };
        let (Some(from), Some(to)) = (days.place(inside.first), days.place(inside.last)) else { return days };
        for (word, bits) in (0_u32..).zip(&mut days.bits) {
            let (low, high) = (word * 64, word * 64 + 63);
            if from <= high && to >= low {
                let first = from.max(low) - low;
                let last = to.min(high) - low;
                *bits = (u64::MAX << first) & (u64::MAX >> (63 - last));
            }
        }
        days
    }

    /// The days that are in either. Both sets are of one window.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.combine(other, |a, b| a | b)
    }

    /// The days that are in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.combine(other, |a, b| a & b)
    }

    /// The days that are not in the other.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        self.combine(other, |a, b| a & !b)
    }

    /// The days that lie in a span.
    #[must_use]
    pub fn within(self, span: DateSpan) -> Self {
        self.and(Self::of_span(self.window, span))
    }

    fn combine(mut self, other: Self, with: impl Fn(u64, u64) -> u64) -> Self {
        debug_assert_eq!(self.window, other.window, "both sets are of one window");
        for (mine, theirs) in self.bits.iter_mut().zip(other.bits) {
            *mine = with(*mine, theirs);
        }
        self
    }

    /// How many days.
    pub fn count(self) -> u32 {
        self.bits.iter().map(|bits| bits.count_ones()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.bits.iter().all(|bits| *bits == 0)
    }

    /// The last of the days.
    pub fn last(self) -> Option<NaiveDate> {
        let (word, bits) = (0_u32..).zip(self.bits).filter(|(_, bits)| *bits != 0).last()?;
        self.day(word * 64 + 63 - bits.leading_zeros())
    }

    /// The first of the days.
    pub fn first(self) -> Option<NaiveDate> {
        let (word, bits) = (0_u32..).zip(self.bits).find(|(_, bits)| *bits != 0)?;
        self.day(word * 64 + bits.trailing_zeros())
    }

    /// Whether the day is one of them.
    pub fn contains(self, day: NaiveDate) -> bool {
        let Some(place) = self.place(day) else { return false };
        let bits = usize::try_from(place / 64).ok().and_then(|word| self.bits.get(word));
        bits.is_some_and(|bits| bits >> (place % 64) & 1 == 1)
    }

    /// The days one by one.
    pub fn iter(self) -> impl Iterator<Item = NaiveDate> {
        self.window
            .first
            .iter_days()
            .take_while(move |day| *day <= self.window.last)
            .filter(move |day| self.contains(*day))
    }

    /// Adds a day of the window.
    pub fn insert(&mut self, day: NaiveDate) {
        let Some(place) = self.place(day) else { return };
        let word = usize::try_from(place / 64).ok().and_then(|word| self.bits.get_mut(word));
        if let Some(bits) = word {
            *bits |= 1 << (place % 64);
        }
    }

    fn place(self, day: NaiveDate) -> Option<u32> {
        self.window.contains(day).then(|| u32::try_from((day - self.window.first).num_days()).ok()).flatten()
    }

    fn day(self, place: u32) -> Option<NaiveDate> {
        self.window.first.checked_add_days(Count::new(u64::from(place)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_else(|_| panic!("{text} is a date"))
    }

    fn span(first: &str, last: &str) -> DateSpan {
        DateSpan::new(day(first), day(last)).unwrap_or_else(|| panic!("{first} to {last}"))
    }

    #[test]
    fn sets_of_days_agree_with_counting_one_by_one() {
        let spans = [
            ("2013-12-30", "2014-01-02"),
            ("2014-03-01", "2014-04-15"),
            ("2014-03-05", "2014-03-05"),
            ("2014-12-31", "2015-01-01"),
            ("2012-01-01", "2016-01-01"),
            ("2016-02-28", "2016-12-31"),
            ("2015-01-01", "2015-12-31"),
        ];
        let windows = [
            span("2014-01-01", "2014-12-31"),
            span("2016-01-01", "2016-12-31"),
            span("2013-10-01", "2014-12-31"),
        ];
        for window in windows {
            for (first, last) in spans {
                let (set, all) = (Days::of_span(window, span(first, last)), span(first, last));
                let days = all.first.iter_days().take_while(|d| *d <= all.last);
                let one_by_one: Vec<_> = days.filter(|d| window.contains(*d)).collect();
                let what = format!("{first} to {last} in {window:?}");
                assert_eq!(set.count() as usize, one_by_one.len(), "{what}");
                assert_eq!(set.first(), one_by_one.first().copied(), "{what}");
                assert_eq!(set.last(), one_by_one.last().copied(), "{what}");
                assert!(set.iter().eq(one_by_one.iter().copied()), "{what}");
            }
        }
    }

    #[test]
    fn days_are_taken_together_and_apart() {
        let window = span("2013-10-01", "2014-12-31");
        let spring = Days::of_span(window, span("2014-01-01", "2014-06-30"));
        let may = Days::of_span(window, span("2014-05-01", "2014-05-31"));
        assert_eq!(spring.minus(may).count(), 181 - 31);
        assert_eq!(spring.and(may), may);
        assert_eq!(spring.minus(may).or(may), spring);
        assert_eq!(spring.within(span("2014-06-01", "2014-12-31")).count(), 30);
        let mut one = Days::none(window);
        one.insert(day("2014-12-31"));
        one.insert(day("2015-01-01"));
        assert_eq!((one.count(), one.last()), (1, Some(day("2014-12-31"))));
    }
}

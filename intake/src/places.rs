//! Sets of places in an order that begins at 0, such as those of persons or meetings.

/// A set of places; to look one up is to look at it, where a country has half a million rows to ask for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places(Vec<bool>);

impl Places {
    /// Adds a place.
    pub(crate) fn insert(&mut self, place: usize) {
        if place >= self.0.len() {
            self.0.resize(place + 1, false);
        }
        if let Some(is_in) = self.0.get_mut(place) {
            *is_in = true;
        }
    }

    /// Adds the places of another set.
    pub(crate) fn extend(&mut self, other: Self) {
        (0..).zip(other.0).filter(|(_, is_in)| *is_in).for_each(|(place, _)| self.insert(place));
    }

    /// Whether a place is in the set.
    pub(crate) fn contains(&self, place: usize) -> bool {
        self.0.get(place) == Some(&true)
    }
}

impl FromIterator<usize> for Places {
    fn from_iter<I: IntoIterator<Item = usize>>(all: I) -> Self {
        let mut places = Self::default();
        all.into_iter().for_each(|place| places.insert(place));
        places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_added() {
        let mut places: Places = [3, 0, 3].into_iter().collect();
        places.extend([5, 0].into_iter().collect());
        let has: Vec<usize> = (0..9).filter(|place| places.contains(*place)).collect();
        assert_eq!(has, [0, 3, 5]);
    }
}

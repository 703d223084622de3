//! What a regulation states, and the trail of what was read of it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::shortfall::Shortfall;

/// One amount, parameter or setting of a regulation: where it stands and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name in the regulation's file, such as `absence.threshold`.
    pub name: String,
    /// What it is a part of: the regulation's own name, or that of the state's rates.
    pub source: String,
    /// Its point in that text, such as `3.6`.
    pub point: String,
    /// Whether the text says so.
    pub provenance: Provenance,
    /// Whether the text leaves it to the municipality, which sets it for one year at a time.
    pub is_parameter: bool,
    /// The decision that adopted it.
    pub decision: String,
    /// The value as it is written.
    pub value: String,
    /// What it means, in words.
    pub meaning: String,
}

impl Item {
    /// Whether it is a parameter to which the municipality has given no value.
    pub fn is_open(&self) -> bool {
        self.is_parameter && self.value.is_empty()
    }

    fn cite(&self) -> String {
        if self.point.is_empty() { self.source.clone() } else { [&*self.source, " ", &*self.point].concat() }
    }
}

impl fmt::Display for Item {
    /// The citation: `aurland 3.6`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cite())
    }
}

/// Whether a value follows from a document, or is assumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provenance {
    /// The regulation's own text says it.
    Document,
    /// A decision says it: the municipality names which.
    Decision(String),
    /// Nobody has said it; the project or the municipality assumes it.
    Assumed,
}

/// The place of an [`Item`] in its regulation's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(u16);

impl ItemId {
    /// Its number in the list, from 0.
    pub fn number(self) -> u16 {
        self.0
    }
}

/// A value of a regulation, or a parameter without a value. Whoever makes a line reads it through the
/// line's [`Trail`], so that what the line rests on is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated<T> {
    value: Option<T>,
    item: ItemId,
}

impl<T> Stated<T> {
    /// The value, for whoever makes no line of it: checks, and whether a run pays at all.
    pub fn peek(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Which item of the regulation this is.
    pub fn item(&self) -> ItemId {
        self.item
    }
}

/// A value that may change: what holds from which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    first: Stated<T>,
    later: Vec<(NaiveDate, Stated<T>)>,
}

impl<T> Dated<T> {
    /// A value that holds on all days.
    pub fn always(value: Stated<T>) -> Self {
        Self { first: value, later: Vec::new() }
    }

    /// A value, and what replaces it from which day; later days stand later.
    pub fn changing(first: Stated<T>, later: Vec<(NaiveDate, Stated<T>)>) -> Self {
        Self { first, later }
    }

    /// What holds on a day.
    pub fn on(&self, day: NaiveDate) -> &Stated<T> {
        let begun = self.later.partition_point(|(from, _)| *from <= day);
        begun.checked_sub(1).and_then(|last| self.later.get(last)).map_or(&self.first, |(_, stated)| stated)
    }

    /// What holds on a day, for all days.
    #[must_use]
    pub fn held_as_on(self, day: NaiveDate) -> Self {
        let begun = self.later.into_iter().take_while(|(from, _)| *from <= day);
        Self::always(begun.last().map_or(self.first, |(_, stated)| stated))
    }

    /// The same, with its values made of these; nothing where one cannot be made.
    pub fn try_map<U>(self, mut make: impl FnMut(T) -> Option<U>) -> Option<Dated<U>> {
        let mut of = |stated: Stated<T>| -> Option<Stated<U>> {
            let value = match stated.value {
                Some(value) => Some(make(value)?),
                None => None,
            };
            Some(Stated { value, item: stated.item })
        };
        let first = of(self.first);
        // Every value is tried, so that everything wrong is found at once.
        let later: Vec<_> = self.later.into_iter().map(|(from, stated)| Some((from, of(stated)?))).collect();
        Some(Dated { first: first?, later: later.into_iter().collect::<Option<_>>()? })
    }

    /// The days on which it changes.
    pub fn changes(&self) -> impl Iterator<Item = NaiveDate> {
        self.later.iter().map(|(from, _)| *from)
    }

    /// What holds on all days, where it never changes.
    pub(super) fn only(&self) -> Option<&Stated<T>> {
        self.later.is_empty().then_some(&self.first)
    }

    /// The value on all days, to change it; nothing where it changes by date or is not given.
    pub(super) fn only_mut(&mut self) -> Option<&mut T> {
        if self.later.is_empty() { self.first.value.as_mut() } else { None }
    }

    /// Everything that holds at some time.
    pub fn all(&self) -> impl Iterator<Item = &Stated<T>> {
        std::iter::once(&self.first).chain(self.later.iter().map(|(_, stated)| stated))
    }
}

/// The items of a regulation, in the order of its file; after them those of the state's rates, which
/// regulations share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Items {
    shared: Arc<Vec<Item>>,
    own: Vec<Arc<Item>>,
    /// From which day those hold that do not hold from the first.
    begins: BTreeMap<ItemId, NaiveDate>,
}

impl Items {
    /// How many items a regulation may have, those of the state's rates among them.
    pub const LIMIT: usize = 64 * WORDS;

    /// No items yet, beside those that are shared: the ids of these stay as they are.
    pub fn beside(shared: Arc<Vec<Item>>) -> Self {
        Self { shared, ..Self::default() }
    }

    /// The items for others to share.
    pub fn into_shared(self) -> Arc<Vec<Item>> {
        Arc::new(self.own.into_iter().map(Arc::unwrap_or_clone).collect())
    }

    /// Adds an item and binds a value to it, or none where it is a parameter without one; nothing
    /// when the regulation has too many.
    pub fn state<T>(&mut self, item: Item, value: Option<T>) -> Option<Stated<T>> {
        let place = self.shared.len() + self.own.len();
        let id = u16::try_from(place).ok().filter(|_| place < Self::LIMIT).map(ItemId)?;
        self.own.push(Arc::new(item));
        Some(Stated { value, item: id })
    }

    /// Says from which day an item holds.
    pub fn begin(&mut self, id: ItemId, day: NaiveDate) {
        self.begins.insert(id, day);
    }

    /// From which day an item holds, where it is not the regulation's first.
    pub fn begins(&self, id: ItemId) -> Option<NaiveDate> {
        self.begins.get(&id).copied()
    }

    /// The item of an id.
    pub fn get(&self, id: ItemId) -> Option<&Item> {
        let place = usize::from(id.0);
        match place.checked_sub(self.shared.len()) {
            Some(place) => self.own.get(place).map(|item| &**item),
            None => self.shared.get(place),
        }
    }

    /// The citation of an item: `aurland 3.6`.
    pub fn cite(&self, id: ItemId) -> String {
        self.get(id).map(Item::cite).unwrap_or_default()
    }

    /// The names of the parameters without a value, in the order of the regulation's file, each once.
    pub fn open_parameters(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for item in self.own.iter().filter(|item| item.is_open()) {
            if !names.contains(&&*item.name) {
                names.push(&item.name);
            }
        }
        names
    }

    /// All items with their ids: the regulation's own in the order of its file, then those of the state.
    pub fn iter(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        let ids = || (0_u16..=u16::MAX).map(ItemId);
        let own = self.own.iter().map(|item| &**item);
        ids().skip(self.shared.len()).zip(own).chain(ids().zip(&*self.shared))
    }

    /// Changes the provenance of the items with a name; whether there was one.
    pub fn decide(&mut self, name: &str, provenance: &Provenance) -> bool {
        let mut found = false;
        let is_named = |item: &Item| item.name == name;
        let mut shared = self.shared.iter().any(is_named).then(|| Arc::make_mut(&mut self.shared));
        let shared = shared.iter_mut().flat_map(|items| items.iter_mut()).filter(|item| is_named(item));
        let own = self.own.iter_mut().filter(|item| is_named(item));
        for item in own.map(Arc::make_mut).chain(shared) {
            item.provenance = provenance.clone();
            found = true;
        }
        found
    }

    /// Gives a parameter a value as it is written; nothing where the item is no parameter of the regulation's own.
    pub(super) fn give(&mut self, id: ItemId, written: String) -> Option<()> {
        let place = usize::from(id.0).checked_sub(self.shared.len())?;
        let item = self.own.get_mut(place).filter(|item| item.is_parameter)?;
        Arc::make_mut(item).value = written;
        Some(())
    }
}

const WORDS: usize = 16;

/// The items that lie behind something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Trail([u64; WORDS]);

impl Trail {
    /// The value, with its item on record; a shortfall where it is a parameter without a value.
    pub fn read<'r, T>(&mut self, stated: &'r Stated<T>) -> Result<&'r T, Shortfall> {
        self.mark(stated.item);
        stated.value.as_ref().ok_or(Shortfall::MissingParameter { item: stated.item })
    }

    /// What holds on a day, with its item on record.
    pub fn read_on<'r, T>(&mut self, dated: &'r Dated<T>, day: NaiveDate) -> Result<&'r T, Shortfall> {
        self.read(dated.on(day))
    }

    /// Puts an item on record.
    pub fn mark(&mut self, item: ItemId) {
        let (word, bit) = Self::place(item);
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= bit;
        }
    }

    /// Puts everything on record that another trail has.
    pub fn join(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine |= theirs;
        }
    }

    /// Whether an item is on record.
    pub fn contains(&self, item: ItemId) -> bool {
        let (word, bit) = Self::place(item);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }

    fn place(item: ItemId) -> (usize, u64) {
        (usize::from(item.0 / 64), 1 << (item.0 % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str) -> Item {
        Item {
            name: name.to_owned(),
            source: "aurland".to_owned(),
            point: "3.6".to_owned(),
            provenance: Provenance::Assumed,
            is_parameter: false,
            decision: String::new(),
            value: String::new(),
            meaning: String::new(),
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_else(|_| panic!("{text} is a date"))
    }

    #[test]
    fn only_what_was_read_is_on_the_trail() {
        let mut items = Items::default();
        let stated = (0_usize..2_000).map_while(|n| items.state(item(&n.to_string()), Some(n)));
        let stated: Vec<_> = stated.collect();
        assert_eq!(stated.len(), Items::LIMIT, "a regulation has at most so many items");
        let mut trail = Trail::default();
        for value in stated.iter().step_by(255) {
            let read = trail.read(value).ok().map(ToString::to_string);
            assert_eq!(items.get(value.item()).map(|item| item.name.clone()), read);
        }
        let read = items.iter().filter(|(id, _)| trail.contains(*id)).map(|(_, item)| item.name.as_str());
        assert_eq!(read.collect::<Vec<_>>(), ["0", "255", "510", "765", "1020"]);
    }

    #[test]
    fn a_parameter_without_a_value_is_on_record_and_falls_short() {
        let mut items = Items::default();
        let Some(missing) = items.state(item("mayor"), None::<u32>) else { panic!("there is room") };
        let mut trail = Trail::default();
        let expected = Shortfall::MissingParameter { item: missing.item() };
        assert_eq!(trail.read(&missing), Err(expected));
        assert!(trail.contains(missing.item()));
    }

    #[test]
    fn a_change_holds_from_its_day() {
        let mut items = Items::default();
        let mut state = |value: u32| {
            let stated = items.state(item(&value.to_string()), Some(value));
            stated.unwrap_or_else(|| panic!("there is room"))
        };
        let first = state(1);
        let later = vec![(day("2014-05-01"), state(2)), (day("2015-05-01"), state(3))];
        let dated = Dated::changing(first, later);
        let on = |text: &str| dated.on(day(text)).peek().copied();
        assert_eq!(on("1900-01-01"), Some(1));
        assert_eq!((on("2014-04-30"), on("2014-05-01")), (Some(1), Some(2)));
        assert_eq!((on("2015-04-30"), on("2015-05-01")), (Some(2), Some(3)));
        assert!(dated.changes().eq([day("2014-05-01"), day("2015-05-01")]));
        for (held, expected) in [("2014-04-30", 1), ("2014-05-01", 2), ("2020-01-01", 3)] {
            let held = dated.clone().held_as_on(day(held));
            assert!(held.all().map(Stated::peek).eq([Some(&expected)]));
        }
    }
}

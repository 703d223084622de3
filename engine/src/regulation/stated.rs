//! What a regulation states, and the trail of what was read of it.

use std::fmt;

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
    /// The value as it is written.
    pub value: String,
    /// What it means, in words.
    pub meaning: String,
}

impl fmt::Display for Item {
    /// The citation: `aurland 3.6`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.source, self.point)
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
pub struct ItemId(u8);

/// A value of a regulation. Whoever makes a line reads it through the line's [`Trail`], so that what
/// the line rests on is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated<T> {
    value: T,
    item: ItemId,
}

impl<T> Stated<T> {
    /// The value, for whoever makes no line of it: checks, and whether a run pays at all.
    pub fn peek(&self) -> &T {
        &self.value
    }

    /// Which item of the regulation this is.
    pub fn item(&self) -> ItemId {
        self.item
    }
}

/// The items of a regulation, in the order of its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Items(Vec<Item>);

impl Items {
    /// How many items a regulation may have.
    pub const LIMIT: usize = 256;

    /// Adds an item and binds a value to it; nothing when the regulation has too many.
    pub fn state<T>(&mut self, item: Item, value: T) -> Option<Stated<T>> {
        let id = ItemId(u8::try_from(self.0.len()).ok()?);
        self.0.push(item);
        Some(Stated { value, item: id })
    }

    /// The item of an id.
    pub fn get(&self, id: ItemId) -> Option<&Item> {
        self.0.get(usize::from(id.0))
    }

    /// All items with their ids, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (ItemId, &Item)> {
        (0_u8..=u8::MAX).map(ItemId).zip(&self.0)
    }

    /// Changes the provenance of the items with a name; whether there was one.
    pub fn decide(&mut self, name: &str, provenance: &Provenance) -> bool {
        let mut found = false;
        for item in self.0.iter_mut().filter(|item| item.name == name) {
            item.provenance = provenance.clone();
            found = true;
        }
        found
    }
}

/// The items that lie behind something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trail([u64; Items::LIMIT / 64]);

impl Trail {
    /// The value, with its item on record.
    pub fn read<'r, T>(&mut self, stated: &'r Stated<T>) -> &'r T {
        let (word, bit) = Self::place(stated.item);
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= bit;
        }
        &stated.value
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
            value: String::new(),
            meaning: String::new(),
        }
    }

    #[test]
    fn only_what_was_read_is_on_the_trail() {
        let mut items = Items::default();
        let stated: Vec<_> = (0_usize..300).map_while(|n| items.state(item(&n.to_string()), n)).collect();
        assert_eq!(stated.len(), Items::LIMIT, "a regulation has at most so many items");
        let mut trail = Trail::default();
        for value in stated.iter().step_by(63) {
            assert_eq!(
                items.get(value.item()).map(|item| item.name.clone()),
                Some(trail.read(value).to_string())
            );
        }
        let read = items.iter().filter(|(id, _)| trail.contains(*id)).map(|(_, item)| item.name.as_str());
        assert_eq!(read.collect::<Vec<_>>(), ["0", "63", "126", "189", "252"]);
    }
}

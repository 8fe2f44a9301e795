use super::TypeId;

/// A map from types of the API to values, in the order of the ids. Stages keep their facts about types in it.
///
/// It is a list, because ids are small numbers. The compiler repeats less code for a list than for a tree.
#[derive(Clone, Debug)]
pub struct TypeMap<T> {
    slots: Vec<Option<Box<T>>>,
}

impl<T> TypeMap<T> {
    /// Returns the value of a type.
    #[must_use]
    pub fn get(&self, id: TypeId) -> Option<&T> {
        self.slots.get(id.0)?.as_deref()
    }

    /// Returns whether a type has a value.
    #[must_use]
    pub fn contains(&self, id: TypeId) -> bool {
        self.get(id).is_some()
    }

    /// Sets the value of a type.
    pub fn insert(&mut self, id: TypeId, value: T) {
        if self.slots.len() <= id.0 {
            self.slots.resize_with(id.0 + 1, || None);
        }
        self.slots[id.0] = Some(Box::new(value));
    }

    /// Removes the values of the types for which a condition does not hold.
    pub fn retain(&mut self, holds: impl Fn(TypeId) -> bool) {
        for (index, slot) in self.slots.iter_mut().enumerate() {
            if slot.is_some() && !holds(TypeId(index)) {
                *slot = None;
            }
        }
    }

    /// Returns the number of types that have a value.
    #[must_use]
    pub fn count(&self) -> usize {
        self.iter().count()
    }

    /// Returns the types that have a value, each with its value.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &T)> {
        self.slots.iter().enumerate().filter_map(|(index, slot)| Some((TypeId(index), slot.as_deref()?)))
    }

    /// Returns the types that have a value, and moves the values out of the map.
    pub fn into_entries(self) -> impl Iterator<Item = (TypeId, T)> {
        self.slots.into_iter().enumerate().filter_map(|(index, slot)| Some((TypeId(index), *slot?)))
    }
}

impl<T> Default for TypeMap<T> {
    fn default() -> Self {
        Self { slots: Vec::new() }
    }
}

impl<T> Extend<(TypeId, T)> for TypeMap<T> {
    fn extend<I: IntoIterator<Item = (TypeId, T)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(id, value)| self.insert(id, value));
    }
}

impl<T> FromIterator<(TypeId, T)> for TypeMap<T> {
    fn from_iter<I: IntoIterator<Item = (TypeId, T)>>(entries: I) -> Self {
        let mut map = Self::default();
        map.extend(entries);
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entries_have_the_order_of_the_ids() {
        let mut map: TypeMap<&str> =
            [(TypeId(4), "four"), (TypeId(0), "zero"), (TypeId(2), "two")].into_iter().collect();
        map.insert(TypeId(4), "last");
        map.retain(|id| id != TypeId(0));
        assert_eq!(map.iter().collect::<Vec<_>>(), [(TypeId(2), &"two"), (TypeId(4), &"last")]);
        assert_eq!((map.count(), map.get(TypeId(0)), map.get(TypeId(9))), (2, None, None));
        assert!(map.contains(TypeId(2)) && !map.contains(TypeId(3)));
        assert_eq!(map.into_entries().last(), Some((TypeId(4), "last")));
    }
}

//! Finds the field of a key while an object is decoded.

use super::table::Field;

/// Returns the index of the field with this key. Keys mostly come in the documented order, so the search begins at `next`,
/// the field after the one that was found last.
#[inline]
pub(super) fn find_field(fields: &[Field], next: usize, key: &str) -> Option<usize> {
    if fields
        .get(next)
        .is_some_and(|field| same_key(field.key(), key))
    {
        return Some(next);
    }
    let (before, after) = fields.split_at(next);
    match after.iter().position(|field| same_key(field.key(), key)) {
        Some(index) => Some(next + index),
        None => before.iter().position(|field| same_key(field.key(), key)),
    }
}

/// Returns whether two keys are equal. Most keys have a few letters, and comparing them in place costs less than a call.
#[inline]
fn same_key(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let (words, tail) = one.as_chunks::<8>();
    let (other_words, other_tail) = other.as_chunks::<8>();
    let equal =
        |(one, other): (&[u8; 8], &[u8; 8])| u64::from_le_bytes(*one) == u64::from_le_bytes(*other);
    if !words.iter().zip(other_words).all(equal) {
        return false;
    }
    match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        (Some(one), Some(other)) => equal((one, other)),
        _ => tail.iter().zip(other_tail).all(|(one, other)| one == other),
    }
}

/// The fields of an object that were decoded already. Objects with more than 128 fields exist.
pub(super) enum FieldSet {
    Few([u64; 2]),
    Many(Vec<bool>),
}

impl FieldSet {
    pub(super) fn new(count: usize) -> Self {
        if count <= 128 {
            Self::Few([0; 2])
        } else {
            Self::Many(vec![false; count])
        }
    }

    pub(super) fn insert(&mut self, index: usize) {
        match self {
            Self::Few(bits) => bits[(index / 64) & 1] |= 1 << (index % 64),
            Self::Many(flags) => flags[index] = true,
        }
    }

    pub(super) fn contains(&self, index: usize) -> bool {
        match self {
            Self::Few(bits) => bits[(index / 64) & 1] & (1 << (index % 64)) != 0,
            Self::Many(flags) => flags[index],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldSet, find_field, same_key};
    use crate::codec::table::Table;

    #[test]
    fn keys_of_any_length_are_compared_whole() {
        for length in 0..40 {
            let key = "k".repeat(length);
            assert!(same_key(&key, &key.clone()));
            assert!(!same_key(&key, &format!("{key}k")));
            for at in 0..length {
                let mut other = key.clone();
                other.replace_range(at..=at, "x");
                assert!(!same_key(&key, &other), "{other}");
            }
        }
    }

    #[test]
    fn fields_are_found_before_and_after_the_last_one() {
        static TABLE: Table = Table::new("T", "a, ? b, c");
        for next in 0..=3 {
            let found = ["a", "b", "c", "d"].map(|key| find_field(TABLE.fields(), next, key));
            assert_eq!(found, [Some(0), Some(1), Some(2), None], "from {next}");
        }
    }

    #[test]
    fn a_set_knows_its_fields_at_any_size() {
        for count in [1, 64, 65, 128, 129, 500] {
            let mut set = FieldSet::new(count);
            set.insert(count - 1);
            assert!(set.contains(count - 1));
            assert!((0..count - 1).all(|index| !set.contains(index)), "{count}");
        }
    }
}

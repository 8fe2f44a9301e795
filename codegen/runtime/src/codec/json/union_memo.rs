use std::any::TypeId;
use std::collections::BTreeMap;

/// Remembers which variant a union took at a byte of the text, while that part of the text may be read again.
///
/// A variant that is tried and fails has read everything below it once. If each further attempt tried all variants below
/// again, the work would double with every level of nesting. With this memo each level is decided once.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnionMemo {
    /// How many attempts are open, one inside the other.
    open: usize,
    taken: BTreeMap<(usize, TypeId), usize>,
}

impl UnionMemo {
    /// Opens an attempt to decode a variant.
    pub(crate) fn begin_attempt(&mut self) {
        self.open += 1;
    }

    /// Closes the attempt that was opened last.
    pub(crate) fn end_attempt(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    /// Returns the index of the variant that the union took at this byte before.
    pub(crate) fn get(&mut self, at: usize, union: TypeId) -> Option<usize> {
        // Outside of all attempts, earlier text is never read again.
        if self.open == 0
            && self
                .taken
                .last_key_value()
                .is_some_and(|((last, _), _)| *last < at)
        {
            self.taken.clear();
        }
        self.taken.get(&(at, union)).copied()
    }

    /// Remembers the variant that the union takes at this byte.
    pub(crate) fn insert(&mut self, at: usize, union: TypeId, variant: usize) {
        if self.open > 0 {
            self.taken.insert((at, union), variant);
        }
    }
}

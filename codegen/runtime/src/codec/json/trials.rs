use std::any::TypeId;
use std::collections::BTreeMap;

/// Which arm a union took at a byte of the text, while that part of the text may be read again.
///
/// Arms that are tried one after the other read what lies below once each. If each reading tried all arms again, the
/// work would double with every level; with what is kept here, each level is settled once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trials {
    open: usize,
    settled: BTreeMap<(usize, TypeId), usize>,
}

impl Trials {
    /// An arm is tried from here on.
    pub(crate) fn begin(&mut self) {
        self.open += 1;
    }

    /// The arm was tried.
    pub(crate) fn end(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    /// The arm that the union took here before.
    pub(crate) fn settled(&mut self, at: usize, union: TypeId) -> Option<usize> {
        // What lies behind is read again only while an arm is tried.
        if self.open == 0 && self.settled.last_key_value().is_some_and(|((last, _), _)| *last < at) {
            self.settled.clear();
        }
        self.settled.get(&(at, union)).copied()
    }

    /// Keeps the arm that the union takes here.
    pub(crate) fn settle(&mut self, at: usize, union: TypeId, arm: usize) {
        if self.open > 0 {
            self.settled.insert((at, union), arm);
        }
    }
}

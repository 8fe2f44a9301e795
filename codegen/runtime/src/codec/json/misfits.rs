/// The parts of a JSON value that the decoded types do not document. Their number decides between the variants of a union
/// that are tried ([`Union`](crate::Union)).
///
/// Fewer unknown values are better. If both have as many, fewer undeclared keys are better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Misfits {
    /// Values that an enum or a union keeps as `Unknown`.
    pub(crate) unknown: usize,
    /// Keys that their object does not declare, those of maps included.
    pub(crate) undeclared: usize,
}

impl Misfits {
    /// Returns the misfits that were found after an earlier point.
    pub(crate) fn since(self, earlier: Self) -> Self {
        Self {
            unknown: self.unknown.saturating_sub(earlier.unknown),
            undeclared: self.undeclared.saturating_sub(earlier.undeclared),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Misfits;

    #[test]
    fn unknown_values_count_more_than_undeclared_keys() {
        let misfits = |unknown, undeclared| Misfits {
            unknown,
            undeclared,
        };
        let ascending = [misfits(0, 0), misfits(0, 1), misfits(0, 9), misfits(1, 0)];
        assert!(ascending.is_sorted());
        assert_eq!(misfits(3, 2).since(misfits(1, 2)), misfits(2, 0));
    }
}

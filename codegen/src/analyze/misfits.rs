/// How badly the types hold the values that were checked so far. The runtime counts the same while it decodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Misfits {
    /// Values that an enum or a union keeps as `Unknown`.
    pub(super) unknown: usize,
    /// Keys that their object does not declare, those of maps included.
    pub(super) undeclared: usize,
}

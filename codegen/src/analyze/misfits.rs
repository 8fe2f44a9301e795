/// The parts of the values checked so far that the types do not document. The runtime counts the same while it decodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Misfits {
    /// Values that an enum or a union keeps as `Unknown`.
    pub(super) unknown: usize,
    /// Keys that their object does not declare, those of maps included.
    pub(super) undeclared: usize,
}

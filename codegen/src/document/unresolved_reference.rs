//! The error of a reference without a target.

pub(super) const CORRECT: &str = "correct the reference, or add the value that it refers to";

/// The error of a `$ref` without a target: the reason, and the change that solves the problem.
#[derive(Clone, Debug)]
pub struct UnresolvedReference {
    /// The fact.
    pub message: String,
    /// The change that gives the reference a target.
    pub help: String,
}

impl UnresolvedReference {
    pub(super) fn new(message: String, help: impl Into<String>) -> Self {
        Self { message, help: help.into() }
    }
}

//! The walk over a description that finds contradictions: each object is checked once, in each file.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use super::{Identity, Node};
use crate::diagnostic::{Code, Diagnostics, Place};

/// A version of OpenAPI, for the checks of a document. Two versions are one variant if their objects have the same keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Version 3.0.
    V3_0,
    /// Version 3.1, and newer ones, which are read like it.
    V3_1,
}

/// A trait for the files of a description, as the checks need them.
pub trait FollowReference {
    /// Returns the target of a reference, if there is one.
    fn find_target<'a>(&'a self, from: &Node<'a>, reference: &str) -> Option<Node<'a>>;

    /// Returns the target of a reference to an object with that name, such as `a schema`. If there is none, a warning
    /// says so.
    fn report_target<'a>(
        &'a self,
        from: &Node<'a>,
        reference: &str,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Node<'a>>;
}

/// The objects that are checked already, each by the identity of its value and the name of its kind.
pub type Checked = FxHashSet<(Identity, &'static str)>;

/// Reads and checks an object that a reference names.
type CheckTarget<'a> = fn(Node<'a>, &mut Checker<'a, '_>);

/// A walk over the objects of an OpenAPI document that reports where the document contradicts the standard or itself.
/// Lowering starts it, and reports only what octogen cannot honour.
pub struct Checker<'a, 'd> {
    /// The files, to follow references.
    pub files: &'a dyn FollowReference,
    /// The version that the document states.
    pub version: Version,
    /// The objects that are checked belong to a webhook.
    pub(super) is_in_webhook: bool,
    diagnostics: &'d mut Diagnostics,
    checked: &'d mut Checked,
    /// The targets of references that are not checked yet, each with whether it belongs to a webhook. A queue bounds the
    /// recursion.
    waiting: VecDeque<(Node<'a>, CheckTarget<'a>, bool)>,
}

impl<'a, 'd> Checker<'a, 'd> {
    /// Creates a walk that reports to `diagnostics` and leaves out objects in `checked`.
    pub fn new(
        files: &'a dyn FollowReference,
        version: Version,
        diagnostics: &'d mut Diagnostics,
        checked: &'d mut Checked,
    ) -> Self {
        Self { files, version, is_in_webhook: false, diagnostics, checked, waiting: VecDeque::new() }
    }

    /// Reports a contradiction of the document as a warning.
    pub fn warn(&mut self, code: Code, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.warn(code, place, message, help);
    }

    /// Returns the collection of diagnostics, for the functions that read objects.
    pub fn diagnostics(&mut self) -> &mut Diagnostics {
        self.diagnostics
    }

    /// Returns whether an object is checked for the first time, and notes it.
    pub(super) fn enter(&mut self, node: &Node<'a>, kind: &'static str) -> bool {
        self.checked.insert((node.identity(), kind))
    }

    /// Calls a check of objects that belong to a webhook, or do not.
    pub fn check_within(&mut self, is_in_webhook: bool, check: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.is_in_webhook, is_in_webhook);
        check(self);
        self.is_in_webhook = outer;
    }

    /// Notes the target of a reference for a later check. A reference without a target is reported.
    pub(super) fn note_reference(&mut self, from: &Node<'a>, reference: &str, name: &str, check: CheckTarget<'a>) {
        if let Some(target) = self.files.report_target(from, reference, name, self.diagnostics) {
            self.waiting.push_back((target, check, self.is_in_webhook));
        }
    }

    /// Checks the targets of the references that were noted, and of those that these checks note. Call it last.
    pub fn finish(mut self) {
        while let Some((node, check, is_in_webhook)) = self.waiting.pop_front() {
            self.check_within(is_in_webhook, |checker| check(node, checker));
        }
    }
}

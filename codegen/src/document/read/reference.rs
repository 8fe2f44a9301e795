//! An object, or a reference to one.

use std::marker::PhantomData;

use octogen_runtime::JsonType;

use super::{Child, Object, Read};
use crate::diagnostic::Diagnostics;
use crate::document::check::Checker;
use crate::document::{Files, Node};

/// The type of a field that holds an OpenAPI object or a `$ref` to one, not read yet. [`Files::read`] follows the
/// reference and reads the object.
#[derive(Clone, Debug)]
pub struct RefOr<'a, T> {
    /// The object or the reference, not read.
    pub node: Node<'a>,
    object: PhantomData<T>,
}

impl<'a, T: Object<'a>> Read<'a> for RefOr<'a, T> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        if T::accepts(child.value) {
            return Self::read_entry(child, diagnostics);
        }
        child.expect(JsonType::Object, diagnostics);
        None
    }

    /// The type of the value is reported when the object is read.
    fn read_entry(child: Child<'_, 'a>, _: &mut Diagnostics) -> Option<Self> {
        Some(Self { node: child.node(), object: PhantomData })
    }

    fn check(&self, checker: &mut Checker<'a, '_>) {
        check_object::<T>(self.node.clone(), checker);
    }
}

/// Checks an object, or the target of a reference to one.
fn check_object<'a, T: Object<'a>>(node: Node<'a>, checker: &mut Checker<'a, '_>) {
    if !checker.enter(&node, T::NAME) {
        return;
    }
    let reference = node.reference();
    if let Some(reference) = reference {
        checker.note_reference(&node, reference, check_object::<T>);
    }
    // Other keys beside a reference have an effect in schemas only.
    if reference.is_none() || T::KEYS.contains(&"$ref") {
        T::read_or_empty(node, checker.diagnostics()).check_fields(checker);
    }
}

impl Files {
    /// Reads an OpenAPI object from a field that holds the object or a `$ref` to it. A reference without a target is
    /// reported as an error.
    pub fn read<'a, T: Object<'a>>(&'a self, object: &RefOr<'a, T>, diagnostics: &mut Diagnostics) -> Option<T> {
        let node = self.follow(&object.node, diagnostics)?;
        Some(T::read_or_empty(node, diagnostics))
    }
}

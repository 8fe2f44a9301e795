//! An object, or a reference to one.

use std::marker::PhantomData;

use octogen_runtime::JsonType;

use super::{Child, Object, Read};
use crate::diagnostic::Diagnostics;
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

    fn check(&self, diagnostics: &mut Diagnostics) {
        if self.node.get("$ref").is_none() {
            T::read_or_empty(self.node.clone(), diagnostics).check_fields(diagnostics);
        }
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

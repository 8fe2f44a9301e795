//! Arguments of constructors: their order, and whether two of them could be swapped without a compile error.

use rustc_hash::FxHashSet;

use super::Facts;
use crate::ir::{Body, BodyKind, Field, Location, Object, Operation, Parameter, Shape, TypeId, TypeRef, Types};

/// The values that a caller can pass for an argument. Arguments of the same kind could be swapped without a compile
/// error.
#[derive(PartialEq, Eq, Hash)]
enum ArgumentKind {
    /// Callers give every string and all bytes as a text.
    Text,
    /// Callers give every number as a number of Rust.
    Number,
    /// A body in one of several media types.
    Body,
    Other(TypeId, bool),
}

impl Facts {
    /// Returns the indices of the fields for which the constructor of an object takes an argument, in the order of their
    /// keys. Another order of the properties in the document changes no call.
    #[must_use]
    pub fn arguments(&self, types: &Types, id: TypeId, object: &Object) -> Vec<usize> {
        let is_argument = |(index, field): &(usize, &Field)| {
            (field.required || field.required_in_requests) && !self.is_initial(types, (id, *index), field)
        };
        let mut arguments: Vec<_> = object.fields.iter().enumerate().filter(is_argument).collect();
        arguments.sort_by_key(|(_, field)| &field.key);
        arguments.into_iter().map(|(index, _)| index).collect()
    }

    /// Returns whether a program that builds an object can give a property, by its index, after the constructor: the property
    /// is optional, a new object lacks it, and a request can hold it. Emitted code has a setter for it.
    #[must_use]
    pub fn is_optional_argument(&self, types: &Types, (owner, index): (TypeId, usize), field: &Field) -> bool {
        let is_required = field.required || field.required_in_requests;
        !is_required && !field.constraints.read_only && !self.is_initial(types, (owner, index), field)
    }

    /// Returns whether the constructor of an object takes a struct with named fields: it would have more than three
    /// arguments, or two of the same kind.
    #[must_use]
    pub fn takes_struct(&self, types: &Types, id: TypeId, object: &Object) -> bool {
        let arguments = self.arguments(types, id, object);
        let fields = arguments.iter().filter_map(|&index| object.fields.get(index));
        let kinds = fields.map(|field| self.argument_kinds(types, field.ty));
        arguments.len() > 3 || is_kind_shared(FxHashSet::default(), kinds)
    }

    /// Returns the indices of the parameters for which the constructor of an operation takes an argument: those of the path
    /// in the order of the path, then the others in the order of their names.
    #[must_use]
    pub fn required_parameters(&self, types: &Types, operation: &Operation) -> Vec<usize> {
        let is_argument =
            |(_, parameter): &(usize, &Parameter)| parameter.required && types.only_value(parameter.ty.id).is_none();
        let required = operation.parameters.iter().enumerate().filter(is_argument);
        let (in_path, mut others): (Vec<_>, Vec<_>) = required.partition(|(_, one)| one.location == Location::Path);
        others.sort_by_key(|(_, parameter)| &parameter.name);
        in_path.into_iter().chain(others).map(|(index, _)| index).collect()
    }

    /// Returns whether the constructor of an operation takes a struct with named fields: it would have more than three
    /// arguments beside those of the path, or one of the same kind as another argument. Two arguments of the path may have
    /// the same kind, because their order is that of the path.
    #[must_use]
    pub fn operation_takes_struct(&self, types: &Types, operation: &Operation) -> bool {
        let required = self.required_parameters(types, operation).into_iter().map(|index| &operation.parameters[index]);
        let (in_path, others): (Vec<_>, Vec<_>) = required.partition(|one| one.location == Location::Path);
        let kinds = |parameter: &Parameter| self.argument_kinds(types, parameter.ty.id.into());
        let in_path = in_path.into_iter().flat_map(kinds).collect();
        let body = operation.body.as_ref().filter(|body| body.required).map(|body| self.body_kinds(types, body));
        let others: Vec<_> = others.into_iter().map(kinds).chain(body).collect();
        others.len() > 3 || is_kind_shared(in_path, others.into_iter())
    }

    fn body_kinds(&self, types: &Types, body: &Body) -> FxHashSet<ArgumentKind> {
        let [only] = body.contents.as_slice() else {
            return FxHashSet::from_iter([ArgumentKind::Body]);
        };
        match only.kind.ty().filter(|_| !matches!(only.kind, BodyKind::Text(_))) {
            Some(used) => self.argument_kinds(types, used.id.into()),
            None => FxHashSet::from_iter([ArgumentKind::Text]),
        }
    }

    /// Returns the kinds of values that an argument accepts. A union accepts the values of its variants, which it converts.
    fn argument_kinds(&self, types: &Types, used: TypeRef) -> FxHashSet<ArgumentKind> {
        let variants = match &types[used.id].shape {
            Shape::Union(union) if !used.nullable => union.variants.as_slice(),
            _ => &[],
        };
        let variants = variants.iter().map(|variant| variant.ty);
        std::iter::once(used).chain(variants).map(|used| self.argument_kind(types, used)).collect()
    }

    fn argument_kind(&self, types: &Types, used: TypeRef) -> ArgumentKind {
        match &types[used.id].shape {
            shape if shape.is_text() && !used.nullable => ArgumentKind::Text,
            Shape::Integer(_) | Shape::Number | Shape::NumberOrText if !used.nullable => ArgumentKind::Number,
            _ => ArgumentKind::Other(self.shared(used.id), used.nullable),
        }
    }
}

/// Returns whether an argument accepts a kind of values that an earlier argument accepts as well.
fn is_kind_shared(
    mut earlier: FxHashSet<ArgumentKind>,
    mut arguments: impl Iterator<Item = FxHashSet<ArgumentKind>>,
) -> bool {
    arguments.any(|kinds| {
        let is_shared = !earlier.is_disjoint(&kinds);
        earlier.extend(kinds);
        is_shared
    })
}

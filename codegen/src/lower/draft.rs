//! The types while schemas are read.

use std::ops::{Deref, DerefMut};

use octogen_runtime::Value;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{Api, Component, Origin, Shape, Type, TypeId, TypeRef, Types, Variant};

/// The types while schemas are read.
///
/// The id of a schema is known before the schema is read, and the schema may turn out to be another name of a type, or
/// that type and null. The id then *forwards* to the use of that type. [`Draft::finish`] replaces all such ids.
#[derive(Debug, Default)]
pub(super) struct Draft {
    types: Types,
    forwards: FxHashMap<TypeId, TypeRef>,
}

/// The result of lowering a schema.
#[derive(Debug)]
pub(super) enum Reading {
    /// A type of its own.
    Shape(Shape),
    /// Another name of a type, or that type and null.
    Use(TypeRef),
}

impl Deref for Draft {
    type Target = Types;

    fn deref(&self) -> &Types {
        &self.types
    }
}

impl DerefMut for Draft {
    fn deref_mut(&mut self) -> &mut Types {
        &mut self.types
    }
}

impl Draft {
    /// Sets what a type is.
    pub(super) fn set(&mut self, id: TypeId, reading: Reading) {
        match reading {
            Reading::Shape(shape) => self.types[id].shape = shape,
            Reading::Use(used) => {
                self.types[id].shape = Shape::Any;
                self.forwards.insert(id, used);
            }
        }
    }

    /// Sets what a type is. If null fits, the shape belongs to a type behind this one.
    pub(super) fn set_nullable(&mut self, id: TypeId, reading: Reading, nullable: bool) {
        let reading = match reading {
            Reading::Shape(shape) if nullable && shape != Shape::Null => {
                let inner = Type { shape, ..self.types[id].clone() };
                Reading::Use(TypeRef { id: self.types.add(inner), nullable })
            }
            Reading::Use(used) => Reading::Use(TypeRef { nullable: used.nullable || nullable, ..used }),
            shape => shape,
        };
        self.set(id, reading);
    }

    /// Replaces a type by any JSON.
    pub(super) fn set_any(&mut self, id: TypeId) {
        self.forwards.remove(&id);
        self.types[id].shape = Shape::Any;
    }

    /// The use that an id forwards to.
    pub(super) fn forward(&self, id: TypeId) -> Option<TypeRef> {
        self.forwards.get(&id).copied()
    }

    /// Follows forwarded ids to a type with a shape.
    pub(super) fn resolve(&self, used: impl Into<TypeRef>) -> TypeRef {
        let mut at = used.into();
        // `break_cycles` has removed the cycles of forwarded ids; the count bounds the walk until then.
        for _ in 0..=self.forwards.len() {
            let Some(next) = self.forwards.get(&at.id) else { break };
            at = TypeRef { id: next.id, nullable: at.nullable || next.nullable };
        }
        at
    }

    /// The shape behind forwarded ids; `None` if null fits as well.
    pub(super) fn shape(&self, used: impl Into<TypeRef>) -> Option<&Shape> {
        let TypeRef { id, nullable } = self.resolve(used);
        (!nullable).then(|| &self.types[id].shape)
    }

    /// The only values that are documented for a use of a type.
    pub(super) fn constants(&self, used: TypeRef) -> Option<Vec<Value>> {
        self.types.constants(self.resolve(used))
    }

    /// Replaces unreachable types by any JSON, so that no target writes them. Returns for each type whether it is
    /// reachable.
    pub(super) fn prune_unreachable(&mut self) -> Vec<bool> {
        let is_root = |id: &TypeId| !matches!(self.types[*id].origin, Origin::Within(..));
        let mut waiting: Vec<TypeId> = self.types.ids().filter(is_root).collect();
        let mut reached = vec![false; self.types.count()];
        while let Some(id) = waiting.pop() {
            if !std::mem::replace(&mut reached[id.0], true) {
                waiting.extend(self.types[id].shape.children());
                waiting.extend(self.forward(id).map(|used| used.id));
            }
        }
        for id in self.types.ids().filter(|id| !reached[id.0]) {
            self.set_any(id);
        }
        reached
    }

    /// Puts the types into the description, and replaces all uses of forwarded ids. Their slots stay for the paths of
    /// types within them; nothing uses them any more.
    pub(super) fn finish(mut self, api: &mut Api) {
        api.types = std::mem::take(&mut self.types);
        let is_component = |id: &TypeId| matches!(api.types[*id].origin, Origin::Component(_));
        // A type that forwards within its component has the name of the component once.
        let inner = |(from, used): (&TypeId, &TypeRef)| {
            (api.types[*from].origin == api.types[used.id].origin).then_some(used.id)
        };
        let inner: FxHashSet<TypeId> = self.forwards.iter().filter_map(inner).collect();
        let ids = api.types.ids().filter(is_component).filter(|id| !inner.contains(id));
        api.components = ids.map(|id| Component { id, ty: TypeRef::from(id) }).collect();
        for id in api.types.ids() {
            let Shape::Union(union) = &api.types[id].shape else { continue };
            if union.variants.iter().any(|variant| self.forwards.contains_key(&variant.ty.id)) {
                let mut union = union.clone();
                union.variants.iter_mut().for_each(|variant| keep_name(&api.types, &self.forwards, variant));
                api.types[id].shape = Shape::Union(union);
            }
        }
        api.for_each_use(&mut |used| *used = self.resolve(*used));
    }
}

/// Lets a variant keep the name and the text of the schema that forwards to its type.
fn keep_name(types: &Types, forwards: &FxHashMap<TypeId, TypeRef>, variant: &mut Variant) {
    let id = variant.ty.id;
    if !forwards.contains_key(&id) {
        return;
    }
    let ty = &types[id];
    variant.docs = Some(ty.docs.clone());
    if let (None, Origin::Component(name)) = (&variant.label, &ty.origin) {
        variant.label = Some(name.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::{object, string, union};

    #[test]
    fn a_use_of_a_forwarded_id_becomes_a_use_of_its_type() {
        let mut draft = Draft::default();
        let [text, alias, nullable, outer] = [(); 4].map(|()| string(&mut draft));
        draft.set(alias.id, Reading::Use(text));
        draft.set(nullable.id, Reading::Use(TypeRef { nullable: true, ..alias }));
        draft.set(outer.id, Reading::Use(nullable));
        let nullable_text = TypeRef { nullable: true, ..text };
        assert_eq!(
            [text, alias, nullable, outer].map(|used| draft.resolve(used)),
            [text, text, nullable_text, nullable_text]
        );
        assert_eq!((draft.shape(alias), draft.shape(outer)), (Some(&draft[text.id].shape), None));
    }

    #[test]
    fn null_is_a_property_of_the_use_and_not_of_the_shape() {
        let mut draft = Draft::default();
        let [id, null] = [(); 2].map(|()| string(&mut draft).id);
        draft.set_nullable(id, Reading::Shape(Shape::Boolean), true);
        draft.set_nullable(null, Reading::Shape(Shape::Null), true);
        let resolved = draft.resolve(id);
        assert_eq!((resolved.nullable, &draft[resolved.id].shape), (true, &Shape::Boolean));
        assert_eq!((draft.resolve(null), &draft[null].shape), (null.into(), &Shape::Null));
    }

    #[test]
    fn structures_are_compared_behind_forwarded_ids() {
        let mut draft = Draft::default();
        let (text, alias) = (string(&mut draft), string(&mut draft));
        draft.set(alias.id, Reading::Use(text));
        let (one, same) = (object(&mut draft, &[("a", text)]), object(&mut draft, &[("a", alias)]));
        let optional = object(&mut draft, &[("a?", text)]);
        let either = union(&mut draft, None, &[("", one), ("", text)]);
        assert!(draft.have_same_structure(one, same));
        for other in [optional, either, TypeRef { nullable: true, ..same }] {
            assert!(!draft.have_same_structure(one, other), "{other:?}");
        }
    }
}

//! Inline types of the same structure share one definition.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::constants::Constants;
use crate::ir::{Declared, Enum, Origin, Shape, TypeId, TypeRef, Types, components, on_cycle, order_by_component};

/// Returns for each type the type that has its definition. A component always has a definition of its own: a component
/// that looks like another one today can differ from it tomorrow. A constant and an enum are different types.
pub(super) fn share_structures(types: &Types, constants: &Constants) -> Vec<TypeId> {
    let edges = |id: usize| types[TypeId(id)].shape.children().into_iter().map(|id| id.0).collect();
    let component = components(types.count(), &edges);
    let circular = on_cycle(&component, &edges);
    let mut class: Vec<usize> = (0..types.count()).collect();
    let mut classes: FxHashMap<Key<'_>, usize> = FxHashMap::default();
    // The parts of a type come before the type.
    for TypeId(id) in order_by_component(&component) {
        if !(types[TypeId(id)].shape.is_item() && is_component(types, TypeId(id))) {
            // A type on a cycle can come before the types that it contains. Those have no class yet, so each one counts as
            // different from all others.
            let class_of = |part: usize| if circular[part] { part } else { class[part] };
            class[id] = *classes.entry(key(types, constants, TypeId(id), &class_of)).or_insert(id);
        }
    }
    let mut first: FxHashMap<usize, TypeId> = FxHashMap::default();
    types.ids().map(|id| *first.entry(class[id.0]).or_insert(id)).collect()
}

fn is_component(types: &Types, id: TypeId) -> bool {
    matches!(types[id].origin, Origin::Component(_))
}

/// The structure of a type. Types of the same structure have equal keys.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    kind: Cow<'static, str>,
    /// The keys of an object, each with whether it is required, deprecated, and a constant that `new` fills in.
    keys: Vec<(&'a str, [bool; 4], Declared)>,
    words: Vec<String>,
    parts: Vec<(usize, bool)>,
}

fn key<'a>(types: &'a Types, constants: &Constants, id: TypeId, class_of: &dyn Fn(usize) -> usize) -> Key<'a> {
    let part = |used: &TypeRef| (class_of(used.id.0), used.nullable);
    let shape = &types[id].shape;
    let (mut keys, mut words) = (Vec::new(), Vec::new());
    let kind = match shape {
        Shape::Object(object) => {
            for (index, field) in object.fields.iter().enumerate() {
                let is_initial = constants.is_initial(types, (id, index), field);
                let flags = [field.required, field.required_in_requests, field.docs.deprecated, is_initial];
                keys.push((field.key.as_str(), flags, field.declared));
            }
            if object.rest.is_some() { "object with rest" } else { "object" }
        }
        Shape::Enum(Enum { values, open }) => {
            words.extend(values.iter().map(|value| octogen_runtime::encode(value)));
            words.extend(types[id].docs.values.iter().map(|docs| format!("{:?}", docs.name)));
            match (constants.contains(id), open) {
                (true, _) => "constant",
                (false, true) => "open enum",
                (false, false) => "enum",
            }
        }
        Shape::Union(union) => {
            words.push(format!("{:?}{}{:?}", union.discriminator, union.overlapping, union.combined));
            words.extend(
                union.variants.iter().map(|variant| format!("{:?}{:?}", variant.label, variant.discriminator_values)),
            );
            "union"
        }
        Shape::Array(_) => "array",
        Shape::Tuple(tuple) if tuple.rest.is_some() => "open tuple",
        Shape::Tuple(_) => "tuple",
        Shape::Map(_) => "map",
        scalar => return Key { kind: Cow::Owned(format!("{scalar:?}")), keys, words, parts: Vec::new() },
    };
    Key { kind: Cow::Borrowed(kind), keys, words, parts: shape.uses().iter().map(part).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Step;
    use crate::ir::testing::{object, set_first_field, string};

    /// An object that is not a component.
    fn inline(types: &mut Types, fields: &[(&str, TypeRef)]) -> TypeRef {
        let used = object(types, fields);
        types[used.id].origin = Origin::Within(used.id, Step::Values);
        used
    }

    #[test]
    fn types_of_one_structure_share_a_definition() {
        let mut types = Types::default();
        let text = string(&mut types);
        let nullable = TypeRef { nullable: true, ..text };
        let one = inline(&mut types, &[("a", text)]);
        let same = inline(&mut types, &[("a", text)]);
        let others = [("a?", text), ("b", text), ("a", nullable), ("a", one)];
        let others = others.map(|field| inline(&mut types, &[field]));
        let outer = inline(&mut types, &[("in", one)]);
        let same_outer = inline(&mut types, &[("in", same)]);
        let shared = share_structures(&types, &Constants::default());
        assert_eq!((shared[same.id.0], shared[same_outer.id.0]), (one.id, outer.id));
        for other in others {
            assert_eq!(shared[other.id.0], other.id, "{:?}", types[other.id].shape);
        }
        let component = object(&mut types, &[("a", text)]);
        assert_eq!(share_structures(&types, &Constants::default())[component.id.0], component.id);
    }

    #[test]
    fn types_on_a_cycle_are_shared_if_their_parts_are_the_same() {
        let mut types = Types::default();
        let text = string(&mut types);
        let [one, other] = [(); 2].map(|()| inline(&mut types, &[("next?", text)]));
        for node in [one, other] {
            set_first_field(&mut types, node.id, node);
        }
        let shared = share_structures(&types, &Constants::default());
        assert_eq!((shared[one.id.0], shared[other.id.0]), (one.id, other.id));
        set_first_field(&mut types, other.id, one);
        assert_eq!(share_structures(&types, &Constants::default())[other.id.0], one.id);
    }
}

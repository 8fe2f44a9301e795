//! Types of the same structure, of which one is written and the others are other names.

use std::collections::HashMap;

use crate::ir::{Origin, Shape, TypeId, TypeRef, Types, components, on_cycle};

/// For each type the one that stands for its structure.
pub(super) fn share_structures(types: &Types) -> Vec<TypeId> {
    let edges = |id: usize| types[TypeId(id)].shape.children().into_iter().map(|id| id.0).collect();
    let component = components(types.count(), &edges);
    let circular = on_cycle(&component, &edges);
    // Tarjan numbers a component after all that it leads to: in that order, what is within a type is known before it.
    let mut order: Vec<usize> = (0..types.count()).collect();
    order.sort_by_key(|&id| component[id]);

    let mut class: Vec<usize> = (0..types.count()).collect();
    let mut classes: HashMap<Key, usize> = HashMap::new();
    for id in order {
        class[id] = match &types[TypeId(id)].shape {
            _ if circular[id] => id,
            shape => *classes.entry(key(shape, &class)).or_insert(id),
        };
    }
    let mut chosen: HashMap<usize, TypeId> = HashMap::new();
    for id in types.ids() {
        let best = chosen.entry(class[id.0]).or_insert(id);
        let is_component = |id: TypeId| matches!(types[id].origin, Origin::Component(_));
        if is_component(id) && !is_component(*best) {
            *best = id;
        }
    }
    types.ids().map(|id| chosen.get(&class[id.0]).copied().unwrap_or(id)).collect()
}

/// What two types of one structure have in common.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    kind: String,
    words: Vec<String>,
    parts: Vec<(usize, bool)>,
}

fn key(shape: &Shape, class: &[usize]) -> Key {
    let part = |used: &TypeRef| (class[used.id.0], used.nullable);
    let mut words = Vec::new();
    let kind = match shape {
        Shape::Object(object) => {
            for field in &object.fields {
                let flags = [field.required, field.observed, field.docs.deprecated].map(u8::from);
                words.push(format!("{flags:?}{}", field.key));
            }
            if object.rest.is_some() { "object with rest" } else { "object" }
        }
        Shape::Enum(values) => {
            words.extend(values.iter().map(|value| octogen_runtime::encode(value)));
            "enum"
        }
        Shape::Union(union) => {
            words.push(format!("{:?}{}{:?}", union.discriminator, union.overlapping, union.combined));
            words.extend(
                union.variants.iter().map(|variant| format!("{:?}{:?}", variant.label, variant.discriminator_values)),
            );
            "union"
        }
        Shape::Array(_) => "array",
        Shape::Tuple(_) => "tuple",
        Shape::Map(_) => "map",
        scalar => return Key { kind: format!("{scalar:?}"), words, parts: Vec::new() },
    };
    Key { kind: kind.to_owned(), words, parts: shape.uses().iter().map(part).collect() }
}

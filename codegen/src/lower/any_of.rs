//! `anyOf` of objects: a value may have the keys of several variants at once, and no key may be lost.

use octogen_runtime::Value;

use super::draft::Draft;
use crate::ir::{Docs, Enum, Field, Object, Origin, Shape, Step, StringKind, Type, TypeId, TypeRef, Union, Variant};

/// The number of keys that the variant for values of several variants may have.
const MAX_COMBINED: usize = 32;

/// Merges variants that no required key distinguishes, or adds a variant for values of several variants.
pub(super) fn merge_any_of(types: &mut Draft) {
    for id in types.ids() {
        if let Shape::Union(union) = &types[id].shape
            && union.overlapping
            && union.discriminator.is_none()
            && let Some(shape) = merge_objects(types, id, union.clone())
        {
            types[id].shape = shape;
        }
    }
}

fn merge_objects(types: &mut Draft, id: TypeId, mut union: Union) -> Option<Shape> {
    let is_object = |variant: &&Variant| matches!(types.shape(variant.ty), Some(Shape::Object(_)));
    let objects: Vec<(TypeRef, Object)> =
        union.variants.iter().filter(is_object).filter_map(|variant| object(types, variant)).collect();
    if objects.len() < 2 || pairs(&objects).any(|(one, other)| have_disjoint_constants(types, one, other)) {
        return None;
    }
    let all = merge_keys(types, id, &objects)?;
    if pairs(&objects).all(|(one, other)| are_distinguishable(one, other)) {
        let is_covered = objects.iter().any(|(_, object)| object.fields.len() == all.fields.len());
        if is_covered || all.fields.len() > MAX_COMBINED {
            return None;
        }
        let step = Step::Variant(String::from("combined"));
        let docs =
            Docs { description: Some(String::from("A value of several of the others at once.")), ..Docs::default() };
        let ty = types.add_within(id, step, Shape::Object(all));
        types[ty].docs = docs;
        union.combined = Some(union.variants.len());
        union.variants.push(Variant::new(ty, String::from("combined")));
        return Some(Shape::Union(union));
    }
    if objects.len() == union.variants.len() {
        return Some(Shape::Object(all));
    }
    let first = union.variants.iter().position(|variant| variant.ty == objects[0].0)?;
    let ty = types.add_within(id, Step::Variant(String::new()), Shape::Object(all));
    union.variants[first] = Variant::new(ty, String::new());
    union.variants.retain(|variant| !objects.iter().any(|(ty, _)| *ty == variant.ty));
    Some(Shape::Union(union))
}

fn object(types: &Draft, variant: &Variant) -> Option<(TypeRef, Object)> {
    match types.shape(variant.ty) {
        Some(Shape::Object(object)) => Some((variant.ty, object.clone())),
        _ => None,
    }
}

fn pairs(objects: &[(TypeRef, Object)]) -> impl Iterator<Item = (&Object, &Object)> {
    let pair = move |index: usize| objects[index + 1..].iter().map(move |(_, other)| (&objects[index].1, other));
    (0..objects.len()).flat_map(pair)
}

/// Returns whether both have a key with different constants, required or not.
fn have_disjoint_constants(types: &Draft, one: &Object, other: &Object) -> bool {
    one.fields.iter().any(|field| {
        let rival = other.fields.iter().find(|rival| rival.key == field.key);
        let constants = rival.and_then(|rival| Some((types.constants(field.ty)?, types.constants(rival.ty)?)));
        constants.is_some_and(|(one, other)| one.iter().all(|value| !other.contains(value)))
    })
}

/// Returns whether each requires a key that the other does not have, or one has all keys of the other and requires
/// more.
fn are_distinguishable(one: &Object, other: &Object) -> bool {
    let has = |object: &Object, key: &str| object.rest.is_some() || object.fields.iter().any(|field| field.key == key);
    let more = |one: &Object, other: &Object| one.fields.iter().any(|field| field.required && !has(other, &field.key));
    let covers = |one: &Object, other: &Object| other.fields.iter().all(|field| has(one, &field.key));
    match (more(one, other), more(other, one)) {
        (true, true) => true,
        (true, false) => covers(one, other),
        (false, true) => covers(other, one),
        (false, false) => false,
    }
}

/// Merges the keys of all objects. A key is required if each object requires it. Returns `None` if a key has types without
/// a common one.
fn merge_keys(types: &mut Draft, id: TypeId, objects: &[(TypeRef, Object)]) -> Option<Object> {
    let mut all = Object::default();
    for (_, object) in objects {
        for field in &object.fields {
            let Some(index) = all.fields.iter().position(|earlier| earlier.key == field.key) else {
                let required = objects.iter().all(|(_, object)| requires(object, &field.key));
                all.fields.push(Field { required, ..field.clone() });
                continue;
            };
            let origin = Origin::Within(id, Step::Property(field.key.clone()));
            all.fields[index].ty = common_type(types, all.fields[index].ty, field.ty, origin)?;
        }
        all.rest = match (all.rest, object.rest) {
            (Some(one), Some(other)) => Some(common_type(types, one, other, Origin::Within(id, Step::Values))?),
            (one, other) => one.or(other),
        };
    }
    Some(all)
}

fn requires(object: &Object, key: &str) -> bool {
    object.fields.iter().any(|field| field.key == key && field.required)
}

/// Returns a type for the values of both types, unless it would have to be a union.
fn common_type(types: &mut Draft, one: TypeRef, other: TypeRef, origin: Origin) -> Option<TypeRef> {
    if types.have_same_structure(one, other) {
        return Some(one);
    }
    let (TypeRef { id: inner, nullable: null }, TypeRef { id: rival, nullable: other_null }) =
        (types.resolve(one), types.resolve(other));
    if types.have_same_structure(inner, rival) {
        return Some(if null { one } else { other });
    }
    let shape = match (&types[inner].shape, &types[rival].shape) {
        (Shape::Any, _) | (_, Shape::Any) => Shape::Any,
        (Shape::Integer(_) | Shape::Number, Shape::Integer(_) | Shape::Number) => Shape::Number,
        (Shape::String(StringKind::Secret), Shape::String(_))
        | (Shape::String(_), Shape::String(StringKind::Secret)) => Shape::String(StringKind::Secret),
        (Shape::String(_), Shape::String(_)) => Shape::String(StringKind::Plain),
        (Shape::Enum(Enum { values, .. }), Shape::String(_)) | (Shape::String(_), Shape::Enum(Enum { values, .. }))
            if are_texts(values) =>
        {
            Shape::String(StringKind::Plain)
        }
        (Shape::Enum(one), Shape::Enum(other)) if are_texts(&one.values) && are_texts(&other.values) => {
            let further = other.values.iter().filter(|value| !one.values.contains(value));
            let values = one.values.iter().chain(further).cloned().collect();
            Shape::Enum(Enum { values, open: one.open || other.open })
        }
        _ => return None,
    };
    let both = Type { shape, origin, ..types[inner].clone() };
    let both = types.add(both);
    let nullable = (null || other_null) && types[both].shape != Shape::Any;
    Some(TypeRef { id: both, nullable })
}

fn are_texts(values: &[Value]) -> bool {
    values.iter().all(|value| matches!(value, Value::String(_)))
}

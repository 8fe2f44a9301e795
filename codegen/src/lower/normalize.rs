//! What the variants of a union come down to: null is said of the union once, and variants that hold the same values are one.

use octogen_runtime::Value;

use super::draft::{Draft, Reading};
use crate::ir::{Shape, Step, StringKind, Type, TypeId, TypeRef, Union, Variant};

/// Simplifies each union.
pub(super) fn normalize_unions(types: &mut Draft) {
    for id in types.ids() {
        if let Shape::Union(union) = types[id].shape.clone() {
            let reading = settled(types, id, union);
            types.set(id, reading);
        }
    }
}

fn settled(types: &mut Draft, id: TypeId, mut union: Union) -> Reading {
    let mut null = false;
    let mut variants: Vec<Variant> = Vec::new();
    for variant in flat(types, &mut union) {
        let TypeRef { id: ty, nullable } = types.resolve(variant.ty);
        null |= nullable || types[ty].shape == Shape::Null;
        let is_there = |earlier: &Variant| {
            earlier.discriminator_values == variant.discriminator_values && types.have_same_structure(earlier.ty, ty)
        };
        if types[ty].shape != Shape::Null && !variants.iter().any(is_there) {
            // Under its own name where it has one, which a nullable type and the type within it share.
            variants.push(Variant { ty: if nullable { ty.into() } else { variant.ty }, ..variant });
        }
    }
    numbers(types, &mut variants);
    texts(types, id, &mut variants);
    if union.discriminator.is_none() {
        values(types, id, &mut variants);
    }
    union.variants = variants;
    let shape = match union.variants.as_slice() {
        [] => return Reading::Shape(Shape::Null),
        [only] if union.discriminator.is_none() || only.discriminator_values.is_empty() => match &only.label {
            None => return Reading::Use(TypeRef { nullable: null, ..only.ty }),
            // The union itself becomes what its only variant was.
            Some(_) => types[types.resolve(only.ty).id].shape.clone(),
        },
        _ => Shape::Union(union),
    };
    if !null {
        return Reading::Shape(shape);
    }
    let inner = Type { shape, ..types[id].clone() };
    Reading::Use(TypeRef { id: types.add(inner), nullable: true })
}

/// The variants, and in the place of an inline union without a name its own.
fn flat(types: &Draft, union: &mut Union) -> Vec<Variant> {
    let mut variants = Vec::new();
    let mut waiting: Vec<Variant> = std::mem::take(&mut union.variants).into_iter().rev().collect();
    while let Some(variant) = waiting.pop() {
        let TypeRef { id: inner, nullable } = types.resolve(variant.ty);
        match &types[inner].shape {
            Shape::Union(within)
                if within.discriminator.is_none() && variant.label.as_deref() == Some("") && !nullable =>
            {
                union.overlapping |= within.overlapping;
                waiting.extend(within.variants.iter().rev().cloned());
            }
            _ => variants.push(variant),
        }
    }
    variants
}

/// Every integer is a number.
fn numbers(types: &Draft, variants: &mut Vec<Variant>) {
    let shape = |variant: &Variant| &types[types.resolve(variant.ty).id].shape;
    if variants.iter().any(|variant| *shape(variant) == Shape::Number) {
        variants.retain(|variant| !matches!(shape(variant), Shape::Integer(_)));
    }
}

/// Strings of several formats are all texts.
fn texts(types: &mut Draft, id: TypeId, variants: &mut Vec<Variant>) {
    let kind = |types: &Draft, variant: &Variant| match types[types.resolve(variant.ty).id].shape {
        Shape::String(kind) => Some(kind),
        _ => None,
    };
    let kinds: Vec<StringKind> = variants.iter().filter_map(|variant| kind(types, variant)).collect();
    if kinds.len() > 1 {
        // What one of the variants keeps secret must not print.
        let both = if kinds.contains(&StringKind::Secret) { StringKind::Secret } else { StringKind::Plain };
        let is_text = variants.iter().map(|variant| kind(types, variant).is_some()).collect();
        unite(types, id, variants, is_text, Shape::String(both));
    }
}

/// Lists of values that have no name of their own are one list.
fn values(types: &mut Draft, id: TypeId, variants: &mut Vec<Variant>) {
    let listed = |types: &Draft, variant: &Variant| match &types[variant.ty.id].shape {
        Shape::Enum(values) if variant.label.is_some() && values.iter().all(|value| value.as_str().is_some()) => {
            values.clone()
        }
        _ => Vec::new(),
    };
    let lists: Vec<Vec<Value>> = variants.iter().map(|variant| listed(types, variant)).collect();
    let is_listed: Vec<bool> = lists.iter().map(|list| !list.is_empty()).collect();
    if is_listed.iter().filter(|one| **one).count() > 1 {
        let mut all: Vec<Value> = Vec::new();
        for value in lists.into_iter().flatten() {
            if !all.contains(&value) {
                all.push(value);
            }
        }
        unite(types, id, variants, is_listed, Shape::Enum(all));
    }
}

/// Puts one variant in the place of several.
fn unite(types: &mut Draft, id: TypeId, variants: &mut Vec<Variant>, chosen: Vec<bool>, shape: Shape) {
    let label = String::from("string");
    let ty = types.add_within(id, Step::Variant(label.clone()), shape);
    let mut united = Some(Variant::new(ty, label));
    let kept = std::mem::take(variants).into_iter().zip(chosen);
    variants.extend(kept.filter_map(|(variant, is_chosen)| if is_chosen { united.take() } else { Some(variant) }));
}

//! What the variants of a union come down to: null is said of the union once, and variants that hold the same values are one.

use octogen_runtime::Value;

use crate::ir::{Origin, Shape, Step, StringKind, Type, TypeId, Types, Union, Variant};

/// Simplifies each union.
pub(super) fn normalize_unions(types: &mut Types) {
    for id in types.ids() {
        if let Shape::Union(union) = types[id].shape.clone() {
            types[id].shape = settled(types, id, union);
        }
    }
}

fn settled(types: &mut Types, id: TypeId, mut union: Union) -> Shape {
    let mut null = false;
    let mut variants: Vec<Variant> = Vec::new();
    for variant in flat(types, &mut union) {
        let (ty, nullable) = types.without_null(variant.ty);
        null |= nullable || types[ty].shape == Shape::Null;
        let is_there = |earlier: &Variant| {
            earlier.discriminator_values == variant.discriminator_values && types.have_same_structure(earlier.ty, ty)
        };
        if types[ty].shape != Shape::Null && !variants.iter().any(is_there) {
            // Under its own name where it has one, which a nullable type and the type within it share.
            variants.push(Variant { ty: if nullable { ty } else { variant.ty }, ..variant });
        }
    }
    numbers(types, &mut variants);
    texts(types, id, &mut variants);
    if union.discriminator.is_none() {
        values(types, id, &mut variants);
    }
    union.variants = variants;
    let shape = match union.variants.as_slice() {
        [] => return Shape::Null,
        [only] if union.discriminator.is_none() || only.discriminator_values.is_empty() => match (&only.label, null) {
            (None, true) => return Shape::Nullable(only.ty),
            (None, false) => return Shape::Alias(only.ty),
            // The union itself becomes what its only variant was.
            (Some(_), _) => types[types.behind(only.ty)].shape.clone(),
        },
        _ => Shape::Union(union),
    };
    if !null {
        return shape;
    }
    let inner = Type { shape, ..types[id].clone() };
    Shape::Nullable(types.add(inner))
}

/// The variants, and in the place of an inline union without a name its own.
fn flat(types: &Types, union: &mut Union) -> Vec<Variant> {
    let mut variants = Vec::new();
    let mut waiting: Vec<Variant> = std::mem::take(&mut union.variants).into_iter().rev().collect();
    while let Some(variant) = waiting.pop() {
        let (inner, nullable) = types.without_null(variant.ty);
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
fn numbers(types: &Types, variants: &mut Vec<Variant>) {
    let shape = |variant: &Variant| &types[types.behind(variant.ty)].shape;
    if variants.iter().any(|variant| *shape(variant) == Shape::Number) {
        variants.retain(|variant| !matches!(shape(variant), Shape::Integer(_)));
    }
}

/// Strings of several formats are all texts.
fn texts(types: &mut Types, id: TypeId, variants: &mut Vec<Variant>) {
    let kind = |types: &Types, variant: &Variant| match types[types.behind(variant.ty)].shape {
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
fn values(types: &mut Types, id: TypeId, variants: &mut Vec<Variant>) {
    let listed = |types: &Types, variant: &Variant| match &types[variant.ty].shape {
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
fn unite(types: &mut Types, id: TypeId, variants: &mut Vec<Variant>, chosen: Vec<bool>, shape: Shape) {
    let label = String::from("string");
    let ty = types.add_within(id, Step::Variant(label.clone()), shape);
    let mut united = Some(Variant { ty, label: Some(label), discriminator_values: Vec::new() });
    let kept = std::mem::take(variants).into_iter().zip(chosen);
    variants.extend(kept.filter_map(|(variant, is_chosen)| if is_chosen { united.take() } else { Some(variant) }));
}

/// Takes the types that nothing leads to any more for any JSON, so that nobody writes them.
pub(super) fn prune_unreachable(types: &mut Types) {
    let is_root = |id: &TypeId| !matches!(types[*id].origin, Origin::Within(..));
    let mut waiting: Vec<TypeId> = types.ids().filter(is_root).collect();
    let mut reached = vec![false; types.count()];
    while let Some(id) = waiting.pop() {
        if !std::mem::replace(&mut reached[id.0], true) {
            waiting.extend(types[id].shape.children());
        }
    }
    for id in types.ids().filter(|id| !reached[id.0]) {
        types[id].shape = Shape::Any;
    }
}

//! Normalizes unions: null becomes a property of the use, and variants with the same values become one.

use octogen_runtime::Value;

use super::Lowering;
use super::draft::{Draft, Reading};
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Origin, Shape, Step, StringKind, Type, TypeId, TypeRef, Union, Variant};

/// Normalizes each union.
pub(super) fn normalize_unions(lowering: &mut Lowering<'_, '_>) {
    for id in lowering.types.ids() {
        if let Shape::Union(union) = &lowering.types[id].shape {
            let union = union.clone();
            let reading = normalize_union(&mut lowering.types, id, union, lowering.diagnostics);
            lowering.types.set(id, reading);
        }
    }
}

fn normalize_union(types: &mut Draft, id: TypeId, mut union: Union, diagnostics: &mut Diagnostics) -> Reading {
    let mut null = false;
    let mut variants: Vec<Variant> = Vec::new();
    for variant in flatten_inline(types, &mut union) {
        let TypeRef { id: ty, nullable } = types.resolve(variant.ty);
        null |= nullable || types[ty].shape == Shape::Null;
        let is_there = |earlier: &Variant| {
            earlier.discriminator_values == variant.discriminator_values && types.have_same_structure(earlier.ty, ty)
        };
        if types[ty].shape == Shape::Null {
            continue;
        }
        if let Some(earlier) = variants.iter().find(|earlier| is_there(earlier)) {
            report_repeated(types, earlier, &variant, diagnostics);
            continue;
        }
        // A component keeps its own name. The type behind a nullable one has the same name.
        variants.push(Variant { ty: if nullable { ty.into() } else { variant.ty }, ..variant });
    }
    remove_integers(types, &mut variants);
    merge_strings(types, id, &mut variants);
    if union.discriminator.is_none() {
        merge_enums(types, id, &mut variants);
    }
    union.variants = variants;
    let shape = match union.variants.as_slice() {
        [] => return Reading::Shape(Shape::Null),
        [only] if union.discriminator.is_none() || only.discriminator_values.is_empty() => match &only.label {
            None => return Reading::Use(TypeRef { nullable: null, ..only.ty }),
            // The union takes the shape of its only variant.
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

/// Reports an object that is no variant, because an earlier variant with another name has the same properties.
fn report_repeated(types: &Draft, earlier: &Variant, repeated: &Variant, diagnostics: &mut Diagnostics) {
    let ty = &types[types.resolve(repeated.ty).id];
    let (Some(earlier), Some(name), Shape::Object(_)) = (name(types, earlier), name(types, repeated), &ty.shape) else {
        return;
    };
    if earlier != name {
        diagnostics.warn(
            Code::UnreachableVariant,
            ty.place.clone(),
            format!("no value selects the variant `{name}` of a union, because `{earlier}` has the same properties"),
            "octogen decodes its values as the other variant and does not compare limits, lengths, patterns and formats; \
             add a required key or a constant here, or remove the variant",
        );
    }
}

/// Returns the title of an inline variant, or the name of its component.
fn name<'t>(types: &'t Draft, variant: &'t Variant) -> Option<&'t str> {
    match (&types[types.resolve(variant.ty).id].origin, &variant.label) {
        (Origin::Component(name), _) => Some(name),
        (_, Some(label)) if !label.is_empty() => Some(label),
        _ => None,
    }
}

/// Returns the variants, with those of inline unions without a name in the place of such a union.
fn flatten_inline(types: &Draft, union: &mut Union) -> Vec<Variant> {
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

/// Removes integers beside a number: an integer is a number.
fn remove_integers(types: &Draft, variants: &mut Vec<Variant>) {
    let shape = |variant: &Variant| &types[types.resolve(variant.ty).id].shape;
    if variants.iter().any(|variant| *shape(variant) == Shape::Number) {
        variants.retain(|variant| !matches!(shape(variant), Shape::Integer(_)));
    }
}

/// Merges strings of several formats into one variant.
fn merge_strings(types: &mut Draft, id: TypeId, variants: &mut Vec<Variant>) {
    let kind = |types: &Draft, variant: &Variant| match types[types.resolve(variant.ty).id].shape {
        Shape::String(kind) => Some(kind),
        _ => None,
    };
    let kinds: Vec<StringKind> = variants.iter().filter_map(|variant| kind(types, variant)).collect();
    if kinds.len() > 1 {
        // A secret stays secret.
        let both = if kinds.contains(&StringKind::Secret) { StringKind::Secret } else { StringKind::Plain };
        let is_text = variants.iter().map(|variant| kind(types, variant).is_some()).collect();
        replace_variants(types, id, variants, is_text, Shape::String(both));
    }
}

/// Merges inline enums of strings into one variant.
fn merge_enums(types: &mut Draft, id: TypeId, variants: &mut Vec<Variant>) {
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
        replace_variants(types, id, variants, is_listed, Shape::Enum(all));
    }
}

/// Replaces several variants by one.
fn replace_variants(types: &mut Draft, id: TypeId, variants: &mut Vec<Variant>, chosen: Vec<bool>, shape: Shape) {
    let label = String::from("string");
    let ty = types.add_within(id, Step::Variant(label.clone()), shape);
    let mut united = Some(Variant::new(ty, label));
    let kept = std::mem::take(variants).into_iter().zip(chosen);
    variants.extend(kept.filter_map(|(variant, is_chosen)| if is_chosen { united.take() } else { Some(variant) }));
}

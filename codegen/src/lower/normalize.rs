//! Normalizes unions: null becomes a property of the use, and variants with the same values become one.

use super::Lowering;
use super::draft::{Draft, Reading};
use super::scalar_variants::merge_scalar_variants;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Docs, Origin, Shape, Type, TypeId, TypeRef, Union, Variant, components, order_by_component};

/// Normalizes each union.
pub(super) fn normalize_unions(lowering: &mut Lowering<'_, '_>) {
    for id in unions_by_depth(&lowering.types) {
        if let Shape::Union(union) = &lowering.types[id].shape {
            let union = union.clone();
            let reading = normalize_union(&mut lowering.types, id, union, lowering.diagnostics);
            lowering.types.set(id, reading);
        }
    }
}

/// Returns the unions. A union comes after the unions that are its variants.
fn unions_by_depth(types: &Draft) -> Vec<TypeId> {
    let variants = |id: usize| match &types[TypeId(id)].shape {
        Shape::Union(union) => union.variants.iter().map(|variant| types.resolve(variant.ty).id.0).collect(),
        _ => Vec::new(),
    };
    let component = components(types.count(), &variants);
    let mut ids = order_by_component(&component);
    ids.retain(|id| matches!(types[*id].shape, Shape::Union(_)));
    ids
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
    merge_scalar_variants(types, id, &mut variants, union.discriminator.is_some(), diagnostics);
    union.variants = variants;
    let shape = match union.variants.as_slice() {
        [] => return Reading::Shape(Shape::Null),
        [only] if union.discriminator.is_none() || only.discriminator_values.is_empty() => match &only.label {
            None => return Reading::Use(TypeRef { nullable: null, ..only.ty }),
            Some(_) => take_shape(types, id, only.ty),
        },
        _ => Shape::Union(union),
    };
    if !null {
        return Reading::Shape(shape);
    }
    let inner = Type { shape, ..types[id].clone() };
    Reading::Use(TypeRef { id: types.add(inner), nullable: true })
}

/// Lets a union take the shape of its only variant, with the texts that the union does not have itself.
fn take_shape(types: &mut Draft, id: TypeId, only: TypeRef) -> Shape {
    let Type { shape, docs: Docs { description, values, .. }, .. } = types[types.resolve(only).id].clone();
    let docs = &mut types[id].docs;
    docs.description = docs.description.take().or(description);
    docs.values.extend(values);
    shape
}

/// Reports an object that is not a variant, because an earlier variant with another name has the same properties.
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

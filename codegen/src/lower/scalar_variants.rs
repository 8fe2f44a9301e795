//! Merges variants of a union that are strings, enums, numbers and booleans.

use octogen_runtime::Value;

use super::constant_branches::remove_shared_names;
use super::draft::Draft;
use crate::diagnostic::Diagnostics;
use crate::ir::{Docs, Enum, Shape, Step, StringKind, Type, TypeId, ValueDocs, Variant};

/// Merges the scalar variants of a union that one Rust type holds.
pub(super) fn merge_scalar_variants(
    types: &mut Draft,
    id: TypeId,
    variants: &mut Vec<Variant>,
    has_discriminator: bool,
    diagnostics: &mut Diagnostics,
) {
    remove_integers(types, variants);
    merge_booleans(types, id, variants);
    merge_strings(types, id, variants);
    merge_enums(types, id, variants, has_discriminator, diagnostics);
}

fn type_of<'t>(types: &'t Draft, variant: &Variant) -> &'t Type {
    &types[types.resolve(variant.ty).id]
}

/// Removes integers beside a number: an integer is a number.
fn remove_integers(types: &Draft, variants: &mut Vec<Variant>) {
    let shape = |variant: &Variant| &type_of(types, variant).shape;
    if variants.iter().any(|variant| *shape(variant) == Shape::Number) {
        variants.retain(|variant| !matches!(shape(variant), Shape::Integer(_)));
    }
}

/// Merges a boolean and boolean constants, or the constants `true` and `false`, into a boolean. The texts of the constants
/// become a list.
fn merge_booleans(types: &mut Draft, id: TypeId, variants: &mut Vec<Variant>) {
    let booleans = |variant: &Variant| match &type_of(types, variant).shape {
        Shape::Boolean => vec![Value::Boolean(true), Value::Boolean(false)],
        Shape::Enum(Enum { values, .. }) if values.iter().all(|value| value.as_bool().is_some()) => values.clone(),
        _ => Vec::new(),
    };
    let lists: Vec<Vec<Value>> = variants.iter().map(booleans).collect();
    let chosen: Vec<bool> = lists.iter().map(|list| !list.is_empty()).collect();
    let has = |value: bool| lists.iter().flatten().any(|one| *one == Value::Boolean(value));
    if count(&chosen) > 1 && has(true) && has(false) {
        let mut docs = Docs::default();
        for one in chosen_variants(variants, &chosen).flat_map(|variant| value_docs(types, variant)) {
            if let Some(text) = one.description.or(one.name) {
                let list = docs.description.get_or_insert_default();
                list.push_str(&format!("- `{}`: {text}\n", octogen_runtime::encode(&one.value)));
            }
        }
        replace_variants(types, (id, "boolean"), variants, &chosen, (Shape::Boolean, docs));
    }
}

/// Merges strings of several formats into one variant.
fn merge_strings(types: &mut Draft, id: TypeId, variants: &mut Vec<Variant>) {
    let kind = |variant: &Variant| match type_of(types, variant).shape {
        Shape::String(kind) => Some(kind),
        _ => None,
    };
    let kinds: Vec<Option<StringKind>> = variants.iter().map(kind).collect();
    let chosen: Vec<bool> = kinds.iter().map(Option::is_some).collect();
    if count(&chosen) > 1 {
        // A secret stays secret.
        let is_secret = kinds.contains(&Some(StringKind::Secret));
        let both = if is_secret { StringKind::Secret } else { StringKind::Plain };
        replace_variants(types, (id, "string"), variants, &chosen, (Shape::String(both), Docs::default()));
    }
}

/// Merges enums of strings into one variant: all enums into an open one if there is a string beside them, and otherwise
/// the inline ones.
///
/// A string whose format has a Rust type of its own, such as a date, is not such a string. Its pattern and lengths have no
/// effect, as everywhere.
fn merge_enums(
    types: &mut Draft,
    id: TypeId,
    variants: &mut Vec<Variant>,
    has_discriminator: bool,
    diagnostics: &mut Diagnostics,
) {
    let is_string = |variant: &Variant| {
        matches!(type_of(types, variant).shape, Shape::String(StringKind::Plain) | Shape::Enum(Enum { open: true, .. }))
    };
    let texts = |variant: &Variant| match &type_of(types, variant).shape {
        Shape::Enum(Enum { values, .. }) if values.iter().all(|value| value.as_str().is_some()) => values.clone(),
        _ => Vec::new(),
    };
    let open = variants.iter().any(is_string);
    let is_chosen = |variant: &Variant| match open {
        true => is_string(variant) || !texts(variant).is_empty(),
        false => !has_discriminator && variant.label.is_some() && !texts(variant).is_empty(),
    };
    let chosen: Vec<bool> = variants.iter().map(is_chosen).collect();
    if count(&chosen) < 2 {
        return;
    }
    let (mut values, mut docs): (Vec<Value>, Docs) = (Vec::new(), Docs::default());
    let has_constants = chosen_variants(variants, &chosen).any(|variant| texts(variant).len() == 1);
    for variant in chosen_variants(variants, &chosen) {
        let list = texts(variant);
        if list.len() != 1 && docs.description.is_none() {
            let description = types[variant.ty.id].docs.description.as_ref();
            docs.description = description.map(|text| match has_constants && list.is_empty() {
                true => format!("Any other text: {text}"),
                false => text.clone(),
            });
        }
        docs.values.extend(value_docs(types, variant).into_iter().filter(|docs| !values.contains(&docs.value)));
        for value in list {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    remove_shared_names(&mut docs.values, &types[id].place, diagnostics);
    replace_variants(types, (id, "string"), variants, &chosen, (Shape::Enum(Enum { values, open }), docs));
}

fn count(chosen: &[bool]) -> usize {
    chosen.iter().filter(|chosen| **chosen).count()
}

fn chosen_variants<'v>(variants: &'v [Variant], chosen: &'v [bool]) -> impl Iterator<Item = &'v Variant> {
    variants.iter().zip(chosen).filter(|(_, chosen)| **chosen).map(|(variant, _)| variant)
}

/// Returns the names and texts of the values of an enum. The title and the description of a constant are those of its
/// value.
fn value_docs(types: &Draft, variant: &Variant) -> Vec<ValueDocs> {
    let ty = type_of(types, variant);
    // A reference may have a text beside it.
    let outer = &types[variant.ty.id].docs;
    let Some(value) = types.only_value(types.resolve(variant.ty).id) else { return ty.docs.values.clone() };
    let own = ty.docs.of_value(value);
    let name = own.and_then(|own| own.name.as_ref()).or(outer.title.as_ref()).or(ty.docs.title.as_ref());
    let stated = own.and_then(|own| own.description.as_ref());
    let description = stated.or(outer.description.as_ref()).or(ty.docs.description.as_ref());
    vec![ValueDocs { value: value.clone(), name: name.cloned(), description: description.cloned() }]
}

/// Replaces several variants by one with this label, shape and text.
fn replace_variants(
    types: &mut Draft,
    (id, label): (TypeId, &str),
    variants: &mut Vec<Variant>,
    chosen: &[bool],
    (shape, docs): (Shape, Docs),
) {
    let ty = types.add_within(id, Step::Variant(label.to_owned()), shape);
    types[ty].docs = docs;
    let mut united = Some(Variant::new(ty, label.to_owned()));
    let kept = std::mem::take(variants).into_iter().zip(chosen);
    variants.extend(kept.filter_map(|(variant, is_chosen)| if *is_chosen { united.take() } else { Some(variant) }));
}

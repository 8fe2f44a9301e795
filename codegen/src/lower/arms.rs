//! What the arms of a union come down to: null is said of the union once, and arms that hold the same values are one.

use octogen_runtime::Value;

use crate::ir::{Arm, Docs, Origin, Shape, Step, StringKind, Type, TypeId, Types, Union};

/// Simplifies each union.
pub(super) fn settle(types: &mut Types) {
    for id in types.ids() {
        if let Shape::Union(union) = types[id].shape.clone() {
            types[id].shape = settled(types, id, union);
        }
    }
}

fn settled(types: &mut Types, id: TypeId, mut union: Union) -> Shape {
    let mut null = false;
    let mut arms: Vec<Arm> = Vec::new();
    for arm in flat(types, &mut union) {
        let (ty, nullable) = types.without_null(arm.ty);
        null |= nullable || types[ty].shape == Shape::Null;
        let is_there = |earlier: &Arm| earlier.tags == arm.tags && types.are_alike(earlier.ty, ty);
        if types[ty].shape != Shape::Null && !arms.iter().any(is_there) {
            // Under its own name where it has one, which a nullable type and the type within it share.
            arms.push(Arm { ty: if nullable { ty } else { arm.ty }, ..arm });
        }
    }
    numbers(types, &mut arms);
    texts(types, id, &mut arms);
    if union.discriminator.is_none() {
        values(types, id, &mut arms);
    }
    union.arms = arms;
    let shape = match union.arms.as_slice() {
        [] => return Shape::Null,
        [only] if union.discriminator.is_none() || only.tags.is_empty() => match (&only.label, null) {
            (None, true) => return Shape::Nullable(only.ty),
            (None, false) => return Shape::Alias(only.ty),
            // The union itself becomes what its only arm was.
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

/// The arms, and in the place of an inline union without a name its own.
fn flat(types: &Types, union: &mut Union) -> Vec<Arm> {
    let mut arms = Vec::new();
    let mut waiting: Vec<Arm> = std::mem::take(&mut union.arms).into_iter().rev().collect();
    while let Some(arm) = waiting.pop() {
        let (inner, nullable) = types.without_null(arm.ty);
        match &types[inner].shape {
            Shape::Union(within) if within.discriminator.is_none() && arm.label.as_deref() == Some("") && !nullable => {
                union.overlapping |= within.overlapping;
                waiting.extend(within.arms.iter().rev().cloned());
            }
            _ => arms.push(arm),
        }
    }
    arms
}

/// Every integer is a number.
fn numbers(types: &Types, arms: &mut Vec<Arm>) {
    let shape = |arm: &Arm| &types[types.behind(arm.ty)].shape;
    if arms.iter().any(|arm| *shape(arm) == Shape::Number) {
        arms.retain(|arm| !matches!(shape(arm), Shape::Integer(_)));
    }
}

/// Strings of several formats are all texts.
fn texts(types: &mut Types, id: TypeId, arms: &mut Vec<Arm>) {
    let kind = |types: &Types, arm: &Arm| match types[types.behind(arm.ty)].shape {
        Shape::String(kind) => Some(kind),
        _ => None,
    };
    let kinds: Vec<StringKind> = arms.iter().filter_map(|arm| kind(types, arm)).collect();
    if kinds.len() > 1 {
        // What one of the arms keeps secret must not print.
        let both = if kinds.contains(&StringKind::Secret) { StringKind::Secret } else { StringKind::Plain };
        let is_text = arms.iter().map(|arm| kind(types, arm).is_some()).collect();
        unite(types, id, arms, is_text, Shape::String(both));
    }
}

/// Lists of values that have no name of their own are one list.
fn values(types: &mut Types, id: TypeId, arms: &mut Vec<Arm>) {
    let listed = |types: &Types, arm: &Arm| match &types[arm.ty].shape {
        Shape::Enum(values) if arm.label.is_some() && values.iter().all(|value| value.as_str().is_some()) => {
            values.clone()
        }
        _ => Vec::new(),
    };
    let lists: Vec<Vec<Value>> = arms.iter().map(|arm| listed(types, arm)).collect();
    let is_listed: Vec<bool> = lists.iter().map(|list| !list.is_empty()).collect();
    if is_listed.iter().filter(|one| **one).count() > 1 {
        let mut all: Vec<Value> = Vec::new();
        for value in lists.into_iter().flatten() {
            if !all.contains(&value) {
                all.push(value);
            }
        }
        unite(types, id, arms, is_listed, Shape::Enum(all));
    }
}

/// Puts one arm in the place of several.
fn unite(types: &mut Types, id: TypeId, arms: &mut Vec<Arm>, chosen: Vec<bool>, shape: Shape) {
    let label = String::from("string");
    let ty = types.add(Type { shape, origin: Origin::Within(id, Step::Arm(label.clone())), docs: Docs::default() });
    let mut united = Some(Arm { ty, label: Some(label), tags: Vec::new() });
    let kept = std::mem::take(arms).into_iter().zip(chosen);
    arms.extend(kept.filter_map(|(arm, is_chosen)| if is_chosen { united.take() } else { Some(arm) }));
}

/// Takes the types that nothing leads to any more for any JSON, so that nobody writes them.
pub(super) fn forget(types: &mut Types) {
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

//! Labels of inline variants without a title.
//!
//! A label describes the contents of a variant and not its position, so that a further variant does not rename the others.

use octogen_runtime::Value;

use super::draft::Draft;
use crate::ir::{Enum, Field, Object, Origin, Shape, Step, StringKind, TypeId, TypeRef, Union, Variant};

/// Labels the variants that have no label yet.
pub(super) fn label_variants(types: &mut Draft) {
    for id in types.ids() {
        if let Shape::Union(union) = &types[id].shape
            && union.variants.iter().any(needs_label)
        {
            let mut union = union.clone();
            for (index, label) in labels(types, &union) {
                rename(types, union.variants[index].ty.id, &label);
                union.variants[index].label = Some(label);
            }
            types[id].shape = Shape::Union(union);
        }
    }
}

fn needs_label(variant: &Variant) -> bool {
    variant.label.as_deref() == Some("")
}

/// Puts the label into the paths of the types within a variant.
fn rename(types: &mut Draft, variant: TypeId, label: &str) {
    let mut at = variant;
    loop {
        if let Origin::Within(_, Step::Variant(step)) = &mut types[at].origin
            && step.is_empty()
        {
            *step = label.to_owned();
        }
        match types.forward(at) {
            Some(inner) => at = inner.id,
            None => return,
        }
    }
}

/// Returns a label for each variant without one, by its index: the simplest that no other variant has.
fn labels(types: &Draft, union: &Union) -> Vec<(usize, String)> {
    let candidates: Vec<Vec<String>> =
        (0..union.variants.len()).map(|variant| candidates(types, union, variant)).collect();
    let mut chosen = vec![0; candidates.len()];
    loop {
        let label = |variant: usize| candidates[variant][chosen[variant]].to_lowercase();
        let is_shared =
            |variant: usize| (0..chosen.len()).any(|other| other != variant && label(other) == label(variant));
        let can_move = |variant: &usize| chosen[*variant] + 1 < candidates[*variant].len();
        let moving: Vec<usize> = (0..chosen.len()).filter(|&variant| is_shared(variant)).filter(can_move).collect();
        if moving.is_empty() {
            break;
        }
        for variant in moving {
            chosen[variant] += 1;
        }
    }
    let label = |variant: usize| (variant, candidates[variant][chosen[variant]].clone());
    (0..chosen.len()).filter(|&variant| needs_label(&union.variants[variant])).map(label).collect()
}

/// Returns possible labels of a variant, the simplest first. There is at least one.
fn candidates(types: &Draft, union: &Union, variant: usize) -> Vec<String> {
    let this = &union.variants[variant];
    let ty = types.resolve(this.ty).id;
    match (this.label.as_deref(), &types[ty].origin) {
        (Some(""), _) => {}
        (Some(label), _) => return vec![label.to_owned()],
        (None, Origin::Component(name)) => return vec![name.clone()],
        (None, _) => {}
    }
    let mut found: Vec<String> = this.discriminator_values.iter().map(text).collect();
    match &types[ty].shape {
        Shape::Object(object) => found.extend(object_candidates(types, union, variant, object)),
        Shape::Enum(Enum { values, .. }) => {
            let texts: Vec<String> = values.iter().take(3).map(text).collect();
            let type_word = values.first().map_or("enum", |value| kind_word(value));
            found.extend([type_word.to_owned(), texts.join(" ")]);
        }
        Shape::Array(items) => found.extend([String::from("array"), format!("array of {}", type_word(types, *items))]),
        Shape::Map(values) => found.extend([String::from("object"), format!("map of {}", type_word(types, *values))]),
        Shape::Tuple(tuple) => found.extend([String::from("array"), format!("array of {}", tuple.elements.len())]),
        _ => found.push(type_word(types, ty)),
    }
    found
}

fn object_candidates(types: &Draft, union: &Union, variant: usize, object: &Object) -> Vec<String> {
    let others: Vec<&Object> = union
        .variants
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != variant)
        .filter_map(|(_, other)| match &types[types.resolve(other.ty).id].shape {
            Shape::Object(object) => Some(object),
            _ => None,
        })
        .collect();
    if others.is_empty() {
        return vec![String::from("object")];
    }
    let declares = |other: &&Object, key: &str| field(other, key).is_some();
    let requires = |other: &&Object, key: &str| field(other, key).is_some_and(|field| field.required);
    let required = || object.fields.iter().filter(|field| field.required);
    let key = |field: &Field| field.key.clone();
    // A constant distinguishes a variant if another variant has another constant. One that no other variant has comes first,
    // and a text before a number.
    let constants = |field: &Field| types.constants(field.ty);
    let rivals = |key: &str| others.iter().filter_map(|other| field(other, key)).map(constants).collect::<Vec<_>>();
    let mut distinguishing: Vec<(bool, bool, &Field)> = Vec::new();
    for field in &object.fields {
        let (own, rivals) = (constants(field), rivals(&field.key));
        if rivals.iter().any(|rival| *rival != own) {
            let is_text = own.iter().flatten().all(|value| value.as_str().is_some());
            distinguishing.push((rivals.contains(&own), !is_text, field));
        }
    }
    distinguishing.sort_by_key(|(is_shared, is_number, _)| (*is_shared, *is_number));
    let constants: Vec<String> = distinguishing.iter().filter_map(|(_, _, field)| constant(types, field)).collect();
    let own = required().find(|field| !others.iter().any(|other| declares(other, &field.key))).map(key);
    let only = required().find(|field| !others.iter().any(|other| requires(other, &field.key))).map(key);
    let declared = object.fields.iter().find(|field| !others.iter().any(|other| declares(other, &field.key))).map(key);
    // A key that every other variant requires does not distinguish this one.
    let of_some = |field: &&Field| !others.iter().all(|other| requires(other, &field.key));
    let all = required().filter(of_some).take(3).map(key).collect::<Vec<_>>().join(" ");
    let typed = object.fields.iter().find_map(|this| {
        let is_other = |other: &&Object| {
            field(other, &this.key).is_some_and(|other| !types.have_same_structure(other.ty, this.ty))
        };
        let word = match types[types.resolve(this.ty).id].shape {
            Shape::Array(items) | Shape::Map(items) => type_word(types, items),
            _ => type_word(types, this.ty),
        };
        others.iter().any(is_other).then(|| format!("{} {word}", this.key))
    });
    let further = [own, only, declared, Some(all), typed].into_iter().flatten();
    let mut found: Vec<String> = constants.into_iter().chain(further).collect();
    found.retain(|label| !label.is_empty());
    found.push(String::from("object"));
    found
}

fn field<'o>(object: &'o Object, key: &str) -> Option<&'o Field> {
    object.fields.iter().find(|field| field.key == key)
}

fn constant(types: &Draft, field: &Field) -> Option<String> {
    match types.constants(field.ty)?.as_slice() {
        [Value::Boolean(true)] => Some(field.key.clone()),
        [Value::Boolean(false)] => Some(format!("not {}", field.key)),
        [Value::String(text)] if !text.is_empty() => Some(text.clone()),
        [other] => Some(format!("{} {}", field.key, text(other))),
        _ => None,
    }
}

/// Returns a word for a type.
fn type_word(types: &Draft, used: impl Into<TypeRef>) -> String {
    let ty = types.resolve(used).id;
    if let Origin::Component(name) = &types[ty].origin {
        return name.clone();
    }
    let word = match &types[ty].shape {
        Shape::Null => "null",
        Shape::Boolean => "boolean",
        Shape::Integer(_) => "integer",
        Shape::Number => "number",
        Shape::NumberOrText => "number or text",
        Shape::String(StringKind::Plain | StringKind::Secret | StringKind::Binary) => "string",
        Shape::String(StringKind::Timestamp) => "date time",
        Shape::String(StringKind::Date) => "date",
        Shape::Array(_) | Shape::Tuple(_) => "array",
        Shape::Map(_) | Shape::Object(_) => "object",
        Shape::Enum(stated) => stated.values.first().map_or("enum", |value| kind_word(value)),
        Shape::Union(_) => "union",
        Shape::Any => "any",
    };
    word.to_owned()
}

fn kind_word(value: &Value) -> &'static str {
    match value {
        Value::Boolean(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Null | Value::Array(_) | Value::Object(_) => "enum",
    }
}

fn text(value: &Value) -> String {
    match value.as_str() {
        Some(blank) if blank.trim().is_empty() => String::from("empty"),
        Some(text) => text.to_owned(),
        None => octogen_runtime::encode(value),
    }
}

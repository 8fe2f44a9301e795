//! The shape of a type from its merged keywords.

use octogen_runtime::{Number, Value};

use super::merge::Merged;
use super::{Lowering, schemas, unions};
use crate::document::{Additional, Node, Schema, SchemaType};
use crate::ir::{Arm, Docs, Field, IntegerKind, Object, Origin, Shape, Step, StringKind, TypeId, Union};

/// How many elements a tuple of the runtime can have.
const MAX_TUPLE: usize = 6;

/// The shape that the keywords describe, for the type `id`.
pub(super) fn shape<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>) -> Shape {
    if merged.nothing {
        warn(lowering, merged, "no value fits the schema `false`", "it is read as a schema that any value fits");
        return Shape::Any;
    }
    if let Some(values) = &merged.values
        && let Some(shape) = documented_values(lowering, merged, values)
    {
        return shape;
    }
    if let Some(shape) = unions::of_branches(lowering, id, merged) {
        return shape;
    }
    match types(merged).as_slice() {
        [] if merged.null => Shape::Null,
        [] => Shape::Any,
        [one] => of_type(lowering, id, merged, *one),
        several => union_of_types(lowering, id, merged, several),
    }
}

pub(super) fn warn(lowering: &mut Lowering<'_, '_>, merged: &Merged<'_>, message: &str, help: &str) {
    if let Some(node) = &merged.node {
        lowering.diagnostics.warn(node.place(), message, help);
    }
}

/// The stated types, or those that the other keywords only make sense for.
fn types(merged: &Merged<'_>) -> Vec<SchemaType> {
    let stated = &merged.types;
    if stated.contains(&SchemaType::Number) {
        // Every integer is a number.
        return stated.iter().copied().filter(|&one| one != SchemaType::Integer).collect();
    }
    if !stated.is_empty() {
        return stated.clone();
    }
    let is_object = !merged.properties.is_empty()
        || !merged.required.is_empty()
        || !matches!(merged.additional, Additional::Unstated);
    if is_object {
        return vec![SchemaType::Object];
    }
    if !merged.items.is_empty() || !merged.prefix_items.is_empty() {
        return vec![SchemaType::Array];
    }
    match merged.format {
        Some("int32" | "int64" | "uint64") => vec![SchemaType::Integer],
        Some("float" | "double") => vec![SchemaType::Number],
        Some("date-time" | "date" | "password" | "uri" | "uuid" | "email") => vec![SchemaType::String],
        _ => Vec::new(),
    }
}

fn of_type<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>, one: SchemaType) -> Shape {
    match one {
        SchemaType::Boolean => Shape::Boolean,
        SchemaType::Integer if matches!(merged.format, Some("uint64")) => Shape::Integer(IntegerKind::Unsigned),
        SchemaType::Integer => Shape::Integer(IntegerKind::Signed),
        SchemaType::Number => Shape::Number,
        SchemaType::String => Shape::String(match merged.format {
            Some("date-time") => StringKind::Timestamp,
            Some("date") => StringKind::Date,
            Some("password") => StringKind::Secret,
            _ => StringKind::Plain,
        }),
        SchemaType::Array => array(lowering, id, merged),
        SchemaType::Object => object(lowering, id, merged),
    }
}

fn array<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>) -> Shape {
    if !merged.prefix_items.is_empty() {
        let open = merged.items.iter().any(|items| items.value.as_bool() != Some(false));
        if merged.prefix_items.len() <= MAX_TUPLE && !open {
            let element = |(index, node): (usize, &Node<'a>)| {
                schemas::schema(lowering, node.clone(), Origin::Within(id, Step::Element(index)))
            };
            return Shape::Tuple(merged.prefix_items.iter().enumerate().map(element).collect());
        }
        warn(
            lowering,
            merged,
            "a tuple with further or many elements is not covered yet",
            "it is an array of any JSON",
        );
        return Shape::Array(any(lowering, Origin::Within(id, Step::Items)));
    }
    let origin = Origin::Within(id, Step::Items);
    Shape::Array(match merged.items.is_empty() {
        true => any(lowering, origin),
        false => schemas::together(lowering, merged.items.clone(), origin),
    })
}

fn any(lowering: &mut Lowering<'_, '_>, origin: Origin) -> TypeId {
    lowering.types.add(schemas::unread(origin))
}

fn object<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>) -> Shape {
    let mut fields = Vec::new();
    for (key, nodes) in &merged.properties {
        let docs = nodes.iter().find_map(|node| property_docs(lowering, node)).unwrap_or_default();
        let ty = schemas::together(lowering, nodes.clone(), Origin::Within(id, Step::Property((*key).to_owned())));
        fields.push(Field { key: (*key).to_owned(), required: merged.required.contains(key), ty, docs });
    }
    for key in &merged.required {
        if !merged.properties.is_empty() && !merged.properties.contains_key(key) {
            let message = format!("`{key}` is required and not declared");
            warn(lowering, merged, &message, "it is declared as any JSON");
            let ty = any(lowering, Origin::Within(id, Step::Property((*key).to_owned())));
            fields.push(Field { key: (*key).to_owned(), required: true, ty, docs: Docs::default() });
        }
    }
    let values = Origin::Within(id, Step::Values);
    let rest = match &merged.additional {
        Additional::Schema(node) => Some(schemas::schema(lowering, node.clone(), values)),
        Additional::Any => Some(any(lowering, values)),
        Additional::Unstated if fields.is_empty() => Some(any(lowering, values)),
        Additional::Unstated | Additional::Denied => None,
    };
    match rest {
        Some(values) if fields.is_empty() => Shape::Map(values),
        rest => Shape::Object(Object { fields, rest }),
    }
}

/// What a property says beside its type; a reference with siblings says it of this use only.
fn property_docs(lowering: &mut Lowering<'_, '_>, node: &Node<'_>) -> Option<Docs> {
    let docs = schemas::docs(&Schema::read(node.clone(), lowering.diagnostics));
    (docs != Docs::default()).then_some(docs)
}

fn documented_values(lowering: &mut Lowering<'_, '_>, merged: &Merged<'_>, values: &[&Value]) -> Option<Shape> {
    if values.is_empty() {
        warn(lowering, merged, "the list of values is empty", "any value of the type fits");
        return None;
    }
    if values.iter().any(|value| matches!(value, Value::Array(_) | Value::Object(_))) {
        warn(lowering, merged, "a documented value is no scalar", "any value of the type fits");
        return None;
    }
    if values.iter().all(|value| matches!(value, Value::Boolean(_))) {
        if values.len() == 1 {
            warn(lowering, merged, "a boolean with one value is not covered yet", "it is taken as any boolean");
        }
        return Some(Shape::Boolean);
    }
    let mut typed = Vec::new();
    for value in values {
        let of_type = value_of_type(value, &merged.types);
        if of_type != **value {
            let message = format!("the value `{}` is not of the stated type", octogen_runtime::encode(*value));
            warn(lowering, merged, &message, "it is read as one of that type");
        }
        typed.push(of_type);
    }
    Some(Shape::Enum(typed))
}

/// Documents quote numbers and leave quotes away; the stated type decides.
fn value_of_type(value: &Value, types: &[SchemaType]) -> Value {
    match (value, types) {
        (Value::Number(_) | Value::Boolean(_), [SchemaType::String]) => Value::String(octogen_runtime::encode(value)),
        (Value::String(text), [SchemaType::Integer | SchemaType::Number]) => {
            octogen_runtime::decode::<Number>(text.as_bytes()).map_or_else(|_| value.clone(), Value::Number)
        }
        _ => value.clone(),
    }
}

fn union_of_types<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>, types: &[SchemaType]) -> Shape {
    let mut arms = Vec::new();
    for &one in types {
        let label = type_label(one).to_owned();
        let arm = lowering.types.add(schemas::unread(Origin::Within(id, Step::Arm(label.clone()))));
        lowering.types[arm].shape = of_type(lowering, arm, merged, one);
        arms.push(Arm { ty: arm, label: Some(label), tags: Vec::new() });
    }
    Shape::Union(Union { arms, ..Union::default() })
}

pub(super) fn type_label(one: SchemaType) -> &'static str {
    match one {
        SchemaType::Boolean => "boolean",
        SchemaType::Integer => "integer",
        SchemaType::Number => "number",
        SchemaType::String => "string",
        SchemaType::Array => "array",
        SchemaType::Object => "object",
    }
}

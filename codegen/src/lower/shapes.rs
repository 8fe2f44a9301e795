//! The shape of a type from its merged keywords.

use octogen_runtime::{Number, Value};

use super::draft::Reading;
use super::integers::{integer_shape, is_numeric_pattern};
use super::merge::Merged;
use super::objects::object;
use super::{Lowering, unions};
use crate::diagnostic::Code;
use crate::document::{Additional, Node, SchemaType};
use crate::ir::{Enum, Origin, Shape, Step, StringKind, Tuple, TypeId, TypeRef, Union, Variant};

/// The largest tuple that the runtime decodes.
const MAX_TUPLE: usize = 12;

/// Lowers merged keywords to the shape of the type `id`.
pub(super) fn shape<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>) -> Reading {
    if merged.nothing {
        merged.warn(
            Code::ImpossibleSchema,
            lowering.diagnostics,
            "no value fits the schema `false`",
            "octogen accepts any value; write `{}` instead of `false`, or remove the schema",
        );
        return Reading::Shape(Shape::Any);
    }
    if let Some(values) = &merged.values
        && let Some(shape) = documented_values(lowering, merged, values)
    {
        return Reading::Shape(shape);
    }
    if let Some(reading) = unions::lower_union(lowering, id, merged) {
        return reading;
    }
    let types = types(merged);
    // The standard describes bytes without a `type`.
    if let ([assumed], []) = (types.as_slice(), merged.types.as_slice())
        && merged.format != Some("binary")
    {
        report_assumed(lowering, merged, *assumed);
    }
    Reading::Shape(match types.as_slice() {
        [] if merged.null => Shape::Null,
        [] => Shape::Any,
        [SchemaType::Integer | SchemaType::Number, SchemaType::String]
        | [SchemaType::String, SchemaType::Integer | SchemaType::Number]
            if merged.pattern.is_some_and(is_numeric_pattern) =>
        {
            Shape::NumberOrText
        }
        [one] => shape_of_type(lowering, id, merged, *one),
        several => union_of_types(lowering, id, merged, several),
    })
}

/// Returns the stated types, or the type to which the other keywords apply.
fn types(merged: &Merged<'_>) -> Vec<SchemaType> {
    let stated = &merged.types;
    if stated.contains(&SchemaType::Number) {
        // An integer is a number.
        return stated.iter().copied().filter(|&one| one != SchemaType::Integer).collect();
    }
    if !stated.is_empty() {
        return stated.clone();
    }
    let is_object = !merged.properties.is_empty()
        || !merged.conditional.is_empty()
        || !merged.required.is_empty()
        || !merged.patterns.is_empty()
        || !matches!(merged.additional, Additional::Unstated);
    if is_object {
        return vec![SchemaType::Object];
    }
    if !further_items(merged).is_empty() || !merged.prefix_items.is_empty() {
        return vec![SchemaType::Array];
    }
    let number = match merged.format {
        Some("int32" | "int64" | "uint64") => Some(SchemaType::Integer),
        Some("float" | "double") => Some(SchemaType::Number),
        _ => None,
    };
    if let Some(number) = number {
        // A pattern is about texts.
        let text = merged.pattern.map(|_| SchemaType::String);
        return [number].into_iter().chain(text).collect();
    }
    match merged.format {
        Some("date-time" | "date" | "binary" | "password" | "uri" | "uuid" | "email") => vec![SchemaType::String],
        _ => Vec::new(),
    }
}

/// Reports the type that a schema without `type` is assumed to have.
fn report_assumed(lowering: &mut Lowering<'_, '_>, merged: &Merged<'_>, assumed: SchemaType) {
    let word = type_label(assumed);
    let article = if word.starts_with(['a', 'i', 'o']) { "an" } else { "a" };
    merged.warn(
        Code::AssumedType,
        lowering.diagnostics,
        &format!("the schema has no `type`, and its keywords describe {article} {word}"),
        &format!("octogen accepts no values of other types; add `type: {word}`"),
    );
}

fn shape_of_type<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>, one: SchemaType) -> Shape {
    match one {
        SchemaType::Boolean => Shape::Boolean,
        SchemaType::Integer => integer_shape(&merged.constraints, merged.format),
        SchemaType::Number => Shape::Number,
        SchemaType::String => Shape::String(match merged.format {
            Some("date-time") => StringKind::Timestamp,
            Some("date") => StringKind::Date,
            Some("password") => StringKind::Secret,
            Some("binary") => StringKind::Binary,
            _ => StringKind::Plain,
        }),
        SchemaType::Array => array(lowering, id, merged),
        SchemaType::Object => object(lowering, id, merged),
    }
}

fn array<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>) -> Shape {
    if !merged.prefix_items.is_empty() {
        return tuple(lowering, id, merged);
    }
    Shape::Array(items(lowering, id, further_items(merged)))
}

/// Returns the schemas of the elements after those of `prefixItems`.
fn further_items<'m, 'a>(merged: &'m Merged<'a>) -> &'m [Node<'a>] {
    if merged.items.is_empty() { &merged.unevaluated_items } else { &merged.items }
}

/// Lowers the elements of an array. Without a schema, any value fits.
fn items<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, nodes: &[Node<'a>]) -> TypeRef {
    match nodes {
        [] => lowering.types.add_within(id, Step::Items, Shape::Any).into(),
        nodes => {
            let schemas = lowering.read_schemas(nodes);
            lowering.lower_schemas(schemas, Origin::Within(id, Step::Items))
        }
    }
}

/// Lowers `prefixItems`: a tuple, or an array of a union if there are too many elements.
fn tuple<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>) -> Shape {
    let count = merged.prefix_items.len();
    let further = further_items(merged);
    let has_end = further.iter().any(|items| items.value.as_bool() == Some(false));
    if count > MAX_TUPLE {
        let rest = if has_end { &[] } else { further };
        let elements = merged.prefix_items.iter().flatten().chain(rest).cloned().collect();
        let item = lowering.types.add_within(id, Step::Items, Shape::Any);
        if has_end || !further.is_empty() {
            unions::lower_any_into(lowering, item, merged, elements);
        }
        return Shape::Array(item.into());
    }
    let element = |(index, nodes): (usize, &Vec<Node<'a>>)| {
        let schemas = lowering.read_schemas(nodes);
        lowering.lower_schemas(schemas, Origin::Within(id, Step::Element(index)))
    };
    let elements: Vec<TypeRef> = merged.prefix_items.iter().enumerate().map(element).collect();
    let (least, most) = merged.lengths;
    let is_fixed = least >= Some(count) && (has_end || most == Some(count));
    if is_fixed {
        return Shape::Tuple(Tuple { elements, rest: None });
    }
    let rest = items(lowering, id, if has_end { &[] } else { further });
    if elements.iter().all(|element| lowering.types.have_same_structure(*element, rest)) {
        return Shape::Array(rest);
    }
    Shape::Tuple(Tuple { elements, rest: Some(rest) })
}

fn documented_values(lowering: &mut Lowering<'_, '_>, merged: &Merged<'_>, values: &[&Value]) -> Option<Shape> {
    if values.is_empty() {
        merged.warn(
            Code::EmptyEnum,
            lowering.diagnostics,
            "`enum` is empty, so that no value fits",
            "octogen accepts any value of the type; list the values, or remove `enum`",
        );
        return None;
    }
    if values.iter().any(|value| matches!(value, Value::Array(_) | Value::Object(_))) {
        merged.warn(
            Code::UnsupportedEnum,
            lowering.diagnostics,
            "`enum` or `const` contains an array or an object, which octogen does not support yet",
            "octogen ignores the list and accepts any value of the type; no change is needed",
        );
        return None;
    }
    if values.contains(&&Value::Boolean(true)) && values.contains(&&Value::Boolean(false)) && values.len() == 2 {
        return Some(Shape::Boolean);
    }
    let mut typed = Vec::new();
    for value in values {
        let typed_value = value_of_type(value, &merged.types);
        if typed_value != **value {
            let message = format!(
                "the value `{}` under `enum` or `const` does not have the `type` of the schema",
                octogen_runtime::encode(*value)
            );
            merged.warn(
                Code::ContradictoryValue,
                lowering.diagnostics,
                &message,
                "octogen converts the value to the `type`; correct the value, or `type`",
            );
        }
        typed.push(typed_value);
    }
    let open = merged.has_open_values && typed.iter().all(|value| value.as_str().is_some());
    Some(Shape::Enum(Enum { values: typed, open }))
}

/// Converts a documented value to the stated type, since documents quote numbers and forget quotes around strings.
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
    let mut variants = Vec::new();
    for &one in types {
        let label = type_label(one).to_owned();
        let variant = lowering.types.add_within(id, Step::Variant(label.clone()), Shape::Any);
        lowering.types[variant].shape = shape_of_type(lowering, variant, merged, one);
        variants.push(Variant::new(variant, label));
    }
    Shape::Union(Union { variants, ..Union::default() })
}

fn type_label(one: SchemaType) -> &'static str {
    match one {
        SchemaType::Boolean => "boolean",
        SchemaType::Integer => "integer",
        SchemaType::Number => "number",
        SchemaType::String => "string",
        SchemaType::Array => "array",
        SchemaType::Object => "object",
    }
}

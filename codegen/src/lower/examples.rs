//! Documented payloads.

use octogen_runtime::{Map, Value};
use rustc_hash::FxHashSet;

use super::Lowering;
use super::draft::Draft;
use super::media_types::Entry;
use crate::diagnostic::{Code, Place};
use crate::document::{Examples, Node, OpenApiObject, Schema};
use crate::ir::{DefaultValue, Example, ExampleRole, ExampleSource, Parameter, Shape, TypeRef, Unsupported};

/// Collects the examples of a media type or a parameter, whose values have that type.
pub(super) fn collect<'a>(
    lowering: &mut Lowering<'a, '_>,
    examples: Examples<'_, 'a>,
    owner: &str,
    role: &ExampleRole,
    ty: TypeRef,
) {
    if let Some(value) = examples.unnamed {
        push(lowering, owner, role, "", ty, value);
    }
    for (name, example) in examples.named {
        let Some(example) = lowering.read(example) else {
            continue;
        };
        match (&example.value, &example.external_value) {
            (Some(value), _) => push(lowering, owner, role, name, ty, value),
            (None, Some(external)) => {
                push_unsupported(lowering, &example.node, owner, role, "its value is outside of the document");
                let help = "octogen reads no other file for it and ignores the example; write its value under `value`";
                lowering.diagnostics.warn(
                    Code::ExternalExample,
                    external.node.place(),
                    "`externalValue` refers to an example outside of the document",
                    help,
                );
            }
            (None, None) => {
                let help = "octogen ignores the example; write its value under `value`";
                lowering.diagnostics.warn(
                    Code::MissingExampleValue,
                    example.place(),
                    "the example has no `value`",
                    help,
                );
            }
        }
    }
}

/// Collects the example whose properties are written in place of media types. Without a type, it is unsupported.
pub(super) fn collect_properties<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    role: &ExampleRole,
    properties: &[&Entry<'a>],
    ty: Option<TypeRef>,
) {
    let Some((_, first)) = properties.first() else { return };
    let Some(ty) = ty else {
        let reason = "its key is not a media type, and the body is not JSON";
        return push_unsupported(lowering, &first.node, owner, role, reason);
    };
    let (mut value, mut places) = (Map::new(), Vec::new());
    for (name, property) in properties {
        if let Some(documented) = documented(lowering, property.examples()).first() {
            value.insert((*name).to_owned(), documented.value.clone());
            places.push(((*name).to_owned(), documented.place()));
        }
    }
    lowering.examples.push(Example {
        owner: owner.to_owned(),
        role: role.clone(),
        name: String::new(),
        ty,
        value: Value::Object(value),
        place: first.place(),
        properties: places,
        source: ExampleSource::Stated,
    });
}

/// Returns the values of all examples that are in the description.
pub(super) fn values<'a>(lowering: &mut Lowering<'a, '_>, examples: Examples<'_, 'a>) -> Vec<&'a Value> {
    documented(lowering, examples).into_iter().map(|example| example.value).collect()
}

fn documented<'a>(lowering: &mut Lowering<'a, '_>, examples: Examples<'_, 'a>) -> Vec<Node<'a>> {
    let named = examples.named.iter().filter_map(|(_, example)| lowering.read(example)?.value);
    examples.unnamed.cloned().into_iter().chain(named).collect()
}

/// Converts numbers and booleans to the texts that are sent, if the type is a string and the place holds no JSON.
pub(super) fn convert_to_texts<'e>(types: &Draft, examples: impl Iterator<Item = &'e mut Example>) {
    for example in examples {
        let is_text = matches!(types[types.resolve(example.ty).id].shape, Shape::String(_));
        if is_text && matches!(example.value, Value::Number(_) | Value::Boolean(_)) {
            example.value = Value::String(octogen_runtime::encode(&example.value));
        }
    }
}

/// Collects the examples of a media type that has no type.
pub(super) fn collect_unsupported<'a>(
    lowering: &mut Lowering<'a, '_>,
    examples: Examples<'_, 'a>,
    owner: &str,
    role: &ExampleRole,
    reason: &str,
) {
    for example in examples.nodes() {
        push_unsupported(lowering, example, owner, role, reason);
    }
}

/// Makes the examples of a dropped parameter unsupported.
pub(super) fn drop_of_parameter(lowering: &mut Lowering<'_, '_>, owner: &str, parameter: &Parameter) {
    let role = ExampleRole::Parameter(parameter.name.clone());
    let is_dropped = |one: &Example| one.ty == parameter.ty && one.owner == owner && one.role == role;
    let (dropped, kept) = std::mem::take(&mut lowering.examples).into_iter().partition(is_dropped);
    lowering.examples = kept;
    lowering.unsupported.extend(dropped.into_iter().map(|Example { owner, role, place, .. }: Example| Unsupported {
        owner,
        role,
        reason: String::from("its parameter is not in the path"),
        place,
    }));
}

fn push_unsupported(lowering: &mut Lowering<'_, '_>, node: &Node<'_>, owner: &str, role: &ExampleRole, reason: &str) {
    lowering.unsupported.push(Unsupported {
        owner: owner.to_owned(),
        role: role.clone(),
        reason: reason.to_owned(),
        place: node.place(),
    });
}

/// Collects the examples and the default that a schema states for values of its type.
pub(super) fn of_schema<'a>(lowering: &mut Lowering<'a, '_>, schema: &Schema<'a>, ty: TypeRef) {
    let examples = schema.examples.iter().map(|node| example("", &ExampleRole::Schema, "", ty, node));
    lowering.schema_examples.extend(examples);
    if let Some(default) = &schema.default {
        lowering.defaults.push(DefaultValue { ty, value: default.value.clone(), place: default.place() });
    }
}

/// Drops the examples and defaults of types that nothing uses. If no other type has the example, it is unsupported.
pub(super) fn drop_unreached(lowering: &mut Lowering<'_, '_>, reached: &[bool]) {
    lowering.defaults.retain(|default| reached[default.ty.id.0]);
    let (kept, dropped): (Vec<Example>, Vec<Example>) =
        std::mem::take(&mut lowering.schema_examples).into_iter().partition(|example| reached[example.ty.id.0]);
    let places: FxHashSet<&Place> = kept.iter().map(|example| &example.place).collect();
    let lost = dropped.into_iter().filter(|example| !places.contains(&example.place));
    lowering.unsupported.extend(lost.map(|Example { owner, role, place, .. }| Unsupported {
        owner,
        role,
        reason: String::from("its schema is merged into another one"),
        place,
    }));
    lowering.schema_examples = kept;
}

fn push<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    role: &ExampleRole,
    name: &str,
    ty: TypeRef,
    node: &Node<'a>,
) {
    let payload = node.payload(lowering.diagnostics);
    lowering.examples.push(example(owner, role, name, ty, &payload));
}

fn example(owner: &str, role: &ExampleRole, name: &str, ty: TypeRef, node: &Node<'_>) -> Example {
    Example {
        owner: owner.to_owned(),
        role: role.clone(),
        name: name.to_owned(),
        ty,
        value: node.value.clone(),
        place: node.place(),
        properties: Vec::new(),
        source: ExampleSource::Stated,
    }
}

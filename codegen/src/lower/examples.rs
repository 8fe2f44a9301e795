//! Documented payloads.

use octogen_runtime::{Map, Value};

use super::Lowering;
use crate::document::Node;
use crate::ir::{Example, ExampleRole, Parameter, Shape, Stated, TypeId, Types, Unsupported};

/// Collects `example` and `examples` of a media type or a parameter.
pub(super) fn collect<'a>(
    lowering: &mut Lowering<'a, '_>,
    node: &Node<'a>,
    owner: &str,
    role: &ExampleRole,
    ty: TypeId,
) {
    if let Some(value) = node.get("example") {
        push(lowering, owner, role, "", ty, &value);
    }
    for (name, example) in node.entries_of("examples", lowering.diagnostics) {
        let Some(example) = lowering.resolved(example) else {
            continue;
        };
        match (example.get("value"), example.get("externalValue")) {
            (Some(value), _) => push(lowering, owner, role, name, ty, &value),
            (None, Some(external)) => {
                let help = "nothing is fetched, and the example is passed over";
                without_type(lowering, &example, owner, role, "it is somewhere else");
                lowering.diagnostics.warn(external.place(), "the example is somewhere else", help);
            }
            (None, None) => {
                lowering.diagnostics.warn(example.place(), "the example has no `value`", "it is passed over")
            }
        }
    }
}

/// Collects the example that several members are together; without JSON in the body there is no type for it.
pub(super) fn of_members<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    role: &ExampleRole,
    members: &[(&'a str, Node<'a>)],
    ty: Option<TypeId>,
) {
    let Some((_, first)) = members.first() else { return };
    let Some(ty) = ty else {
        return without_type(lowering, first, owner, role, "its media type is none, and the body is no JSON");
    };
    let mut value = Map::new();
    for (name, member) in members {
        if let Some(shown) = values(lowering, member).first() {
            value.insert((*name).to_owned(), (*shown).clone());
        }
    }
    lowering.examples.push(Example {
        owner: owner.to_owned(),
        role: role.clone(),
        name: String::new(),
        ty,
        value: Value::Object(value),
        place: first.place(),
        recorded: false,
    });
}

/// The values of `example` and `examples`, as far as they are in the document.
pub(super) fn values<'a>(lowering: &mut Lowering<'a, '_>, node: &Node<'a>) -> Vec<&'a Value> {
    let named = node.get("examples").map(|examples| examples.entries()).unwrap_or_default();
    let named = named.into_iter().filter_map(|(_, example)| lowering.resolved(example)?.get("value"));
    node.get("example").into_iter().chain(named).map(|example| example.value).collect()
}

/// Takes a number or a boolean for the text that is sent, where the type says text and the place holds no JSON.
pub(super) fn as_texts<'e>(types: &Types, examples: impl Iterator<Item = &'e mut Example>) {
    for example in examples {
        let is_text = matches!(types[types.without_null(example.ty).0].shape, Shape::String(_));
        if is_text && matches!(example.value, Value::Number(_) | Value::Boolean(_)) {
            example.value = Value::String(octogen_runtime::encode(&example.value));
        }
    }
}

/// Collects `example` and `examples` of a media type that has no type.
pub(super) fn unsupported<'a>(
    lowering: &mut Lowering<'a, '_>,
    node: &Node<'a>,
    owner: &str,
    role: &ExampleRole,
    reason: &str,
) {
    let named = node.entries_of("examples", lowering.diagnostics).into_iter().map(|(_, example)| example);
    for example in node.get("example").into_iter().chain(named) {
        without_type(lowering, &example, owner, role, reason);
    }
}

/// Takes the examples of a parameter back, since it is passed over.
pub(super) fn of_stray(lowering: &mut Lowering<'_, '_>, owner: &str, stray: &Parameter) {
    let role = ExampleRole::Parameter(stray.name.clone());
    let is_of_stray = |one: &Example| one.ty == stray.ty && one.owner == owner && one.role == role;
    let (gone, kept) = std::mem::take(&mut lowering.examples).into_iter().partition(is_of_stray);
    lowering.examples = kept;
    lowering.unsupported.extend(gone.into_iter().map(|Example { owner, role, place, .. }: Example| Unsupported {
        owner,
        role,
        reason: String::from("its parameter is not in the path"),
        place,
    }));
}

fn without_type(lowering: &mut Lowering<'_, '_>, node: &Node<'_>, owner: &str, role: &ExampleRole, reason: &str) {
    lowering.unsupported.push(Unsupported {
        owner: owner.to_owned(),
        role: role.clone(),
        reason: reason.to_owned(),
        place: node.place(),
    });
}

/// Collects `default`, `example` and `examples` of a schema, which says them of the values of its type.
pub(super) fn stated<'a>(lowering: &mut Lowering<'a, '_>, node: &Node<'a>, ty: TypeId) {
    let listed = node.get("examples").map(|list| list.items()).unwrap_or_default();
    let examples = node.get("example").into_iter().chain(listed).map(|example| ("example", example));
    for (what, value) in examples.chain(node.get("default").map(|default| ("default", default))) {
        lowering.stated.push(Stated { what, ty, value: value.value.clone(), place: value.place() });
    }
}

fn push(lowering: &mut Lowering<'_, '_>, owner: &str, role: &ExampleRole, name: &str, ty: TypeId, node: &Node<'_>) {
    lowering.examples.push(Example {
        owner: owner.to_owned(),
        role: role.clone(),
        name: name.to_owned(),
        ty,
        value: node.value.clone(),
        place: node.place(),
        recorded: false,
    });
}

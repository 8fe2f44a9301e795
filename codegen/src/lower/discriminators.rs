//! The discriminator values of variants.

use octogen_runtime::Value;

use super::Lowering;
use crate::diagnostic::Code;
use crate::document::{Node, Schema, UnresolvedReference};
use crate::ir::{Origin, TypeId};

/// Returns the discriminator values that select a type: the mapped ones, or else the stated one, or else its name.
pub(super) fn discriminator_values<'a>(
    lowering: &mut Lowering<'a, '_>,
    from: &Node<'a>,
    mapping: &[(&'a str, &'a str)],
    ty: TypeId,
    stated: Option<String>,
) -> Vec<String> {
    let mut values = Vec::new();
    for (value, target) in mapping {
        if let Some(node) = resolve_mapping(lowering, from, value, target)
            && lowering.target(node, None) == ty
        {
            values.push((*value).to_owned());
        }
    }
    match &lowering.types[ty].origin {
        Origin::Component(name) if values.is_empty() => vec![stated.unwrap_or_else(|| name.clone())],
        _ => values,
    }
}

/// Returns the discriminator value that a schema states: in an extension of OpenAPI 2, which has no mapping, or as the
/// only value of the property.
pub(super) fn stated_discriminator_value<'a>(
    lowering: &mut Lowering<'a, '_>,
    node: &Node<'a>,
    property: &str,
) -> Option<String> {
    let node = lowering.files.follow(node, lowering.diagnostics)?;
    let schema = Schema::read(node, lowering.diagnostics);
    if let Some(value) = schema.discriminator_value {
        return Some(value.to_owned());
    }
    // A referenced part states the value for other schemas as well.
    let parts: Vec<Node<'a>> = schema.all_of.iter().filter(|part| part.reference().is_none()).cloned().collect();
    let parts = parts.into_iter().map(|part| Schema::read(part, lowering.diagnostics)).collect::<Vec<_>>();
    std::iter::once(schema).chain(parts).find_map(|part| {
        let (_, property) = part.properties.into_iter().find(|(key, _)| *key == property)?;
        match Schema::read(property, lowering.diagnostics).values.as_deref() {
            Some([Value::String(only)]) => Some(only.clone()),
            _ => None,
        }
    })
}

/// Returns the schema that a discriminator value is mapped to, by a reference or by the name of a component.
pub(super) fn resolve_mapping<'a>(
    lowering: &mut Lowering<'a, '_>,
    from: &Node<'a>,
    value: &str,
    target: &str,
) -> Option<Node<'a>> {
    let named = format!("#/components/schemas/{target}");
    let node = lowering
        .files
        .resolve(from, target)
        .or_else(|unresolved| lowering.files.resolve(from, &named).map_err(|_| unresolved));
    let missing = |unresolved: UnresolvedReference| {
        let message = format!("the discriminator maps the value `{value}` to a missing schema: {}", unresolved.message);
        lowering.diagnostics.warn(
            Code::MissingReference,
            from.place(),
            message,
            "octogen ignores this value of the mapping; correct its reference under `mapping`",
        );
    };
    node.map_err(missing).ok()
}

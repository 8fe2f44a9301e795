//! The rule that each schema with a discriminator, or each variant of its union, declares the discriminator property.

use octogen_runtime::Value;

use super::super::check::{Checker, FollowReference};
use super::super::node::Node;
use super::super::objects::{DiscriminatorObject, SchemaObject};
use crate::diagnostic::{Code, Place};

/// The types whose values have no properties.
const SCALARS: [&str; 5] = ["array", "boolean", "integer", "number", "string"];

/// How many references, and parts of `allOf` within each other, are followed to find a property.
const MAX_LEVELS: usize = 16;

/// Reports the variants of a union that do not declare the discriminator property, and a schema without variants that
/// does not declare it itself.
pub(super) fn check_discriminator<'a>(property: &str, schema: &SchemaObject<'a>, checker: &mut Checker<'a, '_>) {
    let is_missing = |node: &Node<'a>| declares_property(node, property, checker.files) == Some(false);
    let help = "octogen still recognises the variant by its name; declare the property in the variant";
    let mut found: Vec<(Place, &str, &str)> = Vec::new();
    for variant in schema.one_of.iter().chain(&schema.any_of).filter(|variant| is_missing(&variant.node)) {
        found.push((variant.node.place(), "this variant", help));
    }
    if is_missing(&schema.node) {
        let help = "octogen looks for the property in the schemas that extend this one; declare it here";
        found.push((schema.node.child("discriminator").place(), "the schema", help));
    }
    for (place, subject, help) in found {
        let message = format!("{subject} does not declare the discriminator property `{property}`");
        checker.warn(Code::UndeclaredDiscriminator, place, message, help);
    }
}

/// Reports the values of a mapping whose schemas are not variants of the union. The variants of inner unions count.
pub(super) fn check_mapping<'a>(
    discriminator: &DiscriminatorObject<'a>,
    schema: &SchemaObject<'a>,
    checker: &mut Checker<'a, '_>,
) {
    let branches = schema.one_of.iter().chain(&schema.any_of);
    let variants: Option<Vec<Node<'a>>> = branches
        .map(|branch| behind_references(&branch.node, checker.files).filter(|variant| !has_variants(variant)))
        .collect();
    let Some(variants) = variants.filter(|variants| !variants.is_empty()) else { return };
    for (value, target) in &discriminator.mapping {
        let component = format!("#/components/schemas/{}", target.text);
        let mapped = [component.as_str(), target.text]
            .into_iter()
            .find_map(|reference| checker.files.find_target(&schema.node, reference))
            .and_then(|mapped| behind_references(&mapped, checker.files));
        if mapped.is_some_and(|mapped| !variants.iter().any(|variant| variant.is(&mapped))) {
            let place = target.node.place();
            let message = format!("the discriminator maps `{value}` to a schema that is not a variant of the union");
            let help = "octogen ignores this value of the mapping; add the schema to the union, or remove the value";
            checker.warn(Code::ContradictoryMapping, place, message, help);
        }
    }
}

/// Returns whether a schema is itself a union, or the base of subtypes.
fn has_variants(schema: &Node<'_>) -> bool {
    ["oneOf", "anyOf", "discriminator"].iter().any(|key| schema.value.get(key).is_some())
}

/// Returns the value behind references.
pub(super) fn behind_references<'a>(node: &Node<'a>, files: &'a dyn FollowReference) -> Option<Node<'a>> {
    let mut node = node.clone();
    for _ in 0..MAX_LEVELS {
        let Some(reference) = node.reference() else { return Some(node) };
        node = files.find_target(&node, reference)?;
    }
    None
}

/// Returns whether a schema declares a property, or `None` if it is not an object with known properties.
pub(super) fn declares_property(node: &Node<'_>, property: &str, files: &dyn FollowReference) -> Option<bool> {
    declares(node, property, files, MAX_LEVELS)
}

fn declares(node: &Node<'_>, property: &str, files: &dyn FollowReference, levels: usize) -> Option<bool> {
    let levels = levels.checked_sub(1)?;
    if let Some(reference) = node.reference() {
        return declares(&files.find_target(node, reference)?, property, files, levels);
    }
    let properties = node.value.get("properties");
    let required = node.value.get("required").and_then(|names| names.as_array()).unwrap_or_default();
    if properties.is_some_and(|properties| properties.get(property).is_some())
        || required.iter().any(|name| name.as_str() == Some(property))
    {
        return Some(true);
    }
    let has = |key: &str| node.value.get(key).is_some();
    if node.value.get("type").and_then(Value::as_str).is_some_and(|name| SCALARS.contains(&name)) {
        return Some(false);
    }
    if has("oneOf") || has("anyOf") || !(has("properties") || has("allOf")) {
        return None;
    }
    let parts = if has("allOf") { node.child("allOf").items() } else { Vec::new() };
    let mut declared = Some(false);
    for part in &parts {
        match declares(part, property, files, levels) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => declared = None,
        }
    }
    declared
}

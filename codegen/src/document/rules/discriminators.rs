//! The rule that each variant of a union declares the discriminator property.

use super::super::check::{Checker, FollowReference};
use super::super::node::Node;
use super::super::objects::Subschema;
use crate::diagnostic::Code;

/// How many references, and parts of `allOf` within each other, are followed to find a property.
const MAX_LEVELS: usize = 16;

/// Reports the variants of a union that do not declare the discriminator property.
pub(super) fn check_discriminator<'s, 'a: 's>(
    property: &str,
    variants: impl Iterator<Item = &'s Subschema<'a>>,
    checker: &mut Checker<'a, '_>,
) {
    for variant in variants {
        if declares_property(&variant.node, property, checker.files) == Some(false) {
            let message = format!("this variant does not declare the discriminator property `{property}`");
            let help = "octogen recognises the variant by its name all the same; declare the property in the variant";
            checker.warn(Code::UndeclaredDiscriminator, variant.node.place(), message, help);
        }
    }
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

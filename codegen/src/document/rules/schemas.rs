//! Rules of schemas.

use octogen_runtime::Value;
use rustc_hash::FxHashSet;

use super::super::check::{Checker, Version};
use super::super::node::Node;
use super::super::objects::{DiscriminatorObject, Schema, SchemaObject};
use super::super::read::{OpenApiObject, Rules};
use super::discriminators::{check_discriminator, check_mapping};
use super::formats::meant_format;
use super::keywords::{check_keywords, is_earlier_keyword};
use super::patterns::find_mistake;
use super::values::check_values;
use crate::diagnostic::{Code, nearest};

/// Limits that come in pairs: the lower one, the upper one, and whether a value can be equal to both.
const LIMITS: [(&str, &str, bool); 8] = [
    ("minimum", "maximum", true),
    ("exclusiveMinimum", "maximum", false),
    ("minimum", "exclusiveMaximum", false),
    ("exclusiveMinimum", "exclusiveMaximum", false),
    ("minLength", "maxLength", true),
    ("minItems", "maxItems", true),
    ("minProperties", "maxProperties", true),
    ("minContains", "maxContains", true),
];

impl Rules<'_> for Schema<'_> {}

impl Rules<'_> for DiscriminatorObject<'_> {}

impl<'a> Rules<'a> for SchemaObject<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        check_limits(&self.node, checker);
        check_lists(&self.node, checker);
        check_branches(self, checker);
        check_version_of_types(&self.node, checker);
        check_version_of_keys(&self.node, checker);
        if let Some(pattern) = &self.pattern
            && let Some(mistake) = find_mistake(pattern.text)
        {
            let message = format!("`pattern` is not a valid regular expression: {mistake}");
            let help = "octogen documents the pattern and does not check it; correct the expression";
            checker.warn(Code::InvalidPattern, pattern.node.place(), message, help);
        }
        if let Some(format) = &self.format
            && let Some(meant) = meant_format(format.text)
        {
            let message = format!("`{}` is not a format that OpenAPI knows", format.text);
            let help = format!("octogen ignores the format; did you mean `{meant}`?");
            checker.warn(Code::UnknownFormat, format.node.place(), message, help);
        }
        check_values(self, checker);
        check_keywords(self, checker);
        if let Some(discriminator) = &self.discriminator
            && let Some(property) = discriminator.property
        {
            check_discriminator(property, self, checker);
            check_mapping(discriminator, self, checker);
        }
        if self.read_only && self.write_only {
            let message = "`readOnly` and `writeOnly` exclude each other";
            let help = "octogen expects the property nowhere; remove one of the keys";
            checker.warn(Code::ExclusiveKeys, self.node.child("writeOnly").place_as_key(), message, help);
        }
    }
}

/// Reports limits that no value can keep.
fn check_limits(node: &Node<'_>, checker: &mut Checker<'_, '_>) {
    let number = |key: &str| match node.value.get(key) {
        Some(Value::Number(number)) => Some(number.as_f64()),
        _ => None,
    };
    // In version 3.0, a boolean excludes the limit itself.
    let is_excluded = |key: &str| node.value.get(key).and_then(Value::as_bool) == Some(true);
    for (lower, upper, can_be_equal) in LIMITS {
        let can_be_equal = can_be_equal
            && !(lower == "minimum" && (is_excluded("exclusiveMinimum") || is_excluded("exclusiveMaximum")));
        if let (Some(least), Some(most)) = (number(lower), number(upper))
            && (least > most || (least == most && !can_be_equal))
        {
            let relation = if least > most { "is greater than" } else { "is equal to" };
            let message = format!("`{lower}` {relation} `{upper}`, so that no value fits");
            let help = "octogen documents the limits and does not check them; correct one of them";
            checker.warn(Code::ImpossibleLimit, node.child(lower).place(), message, help);
        }
    }
    if number("multipleOf").is_some_and(|factor| factor <= 0.0) {
        let help = "octogen ignores `multipleOf`; write a number that is greater than 0";
        checker.warn(
            Code::ImpossibleLimit,
            node.child("multipleOf").place(),
            "`multipleOf` is not greater than 0",
            help,
        );
    }
    for key in ["exclusiveMinimum", "exclusiveMaximum"] {
        let (wanted, other) = match checker.version {
            Version::V3_0 => ("a boolean", "3.1"),
            Version::V3_1 => ("a number", "3.0"),
        };
        let is_right = match node.value.get(key) {
            None => true,
            Some(Value::Boolean(_)) => checker.version == Version::V3_0,
            Some(Value::Number(_)) => checker.version == Version::V3_1,
            Some(_) => false,
        };
        if !is_right {
            let message = format!("`{key}` must be {wanted} in this version of OpenAPI");
            let help = format!("octogen ignores the limit; write {wanted}, or correct the version if it is {other}");
            checker.warn(Code::KeyOfOtherVersion, node.child(key).place(), message, help);
        }
    }
}

/// Reports lists that are empty or repeat a value.
fn check_lists(node: &Node<'_>, checker: &mut Checker<'_, '_>) {
    for key in ["allOf", "anyOf", "oneOf", "prefixItems", "required", "type"] {
        // Version 3.1 allows `required: []`.
        let is_allowed = key == "required" && checker.version == Version::V3_1;
        if !is_allowed && node.value.get(key).and_then(Value::as_array).is_some_and(<[Value]>::is_empty) {
            let message = format!("`{key}` is an empty list");
            checker.warn(Code::EmptyList, node.child(key).place(), message, "octogen ignores the key; remove it");
        }
    }
    for key in ["enum", "required", "type"] {
        let items = if node.value.get(key).is_some() { node.child(key).items() } else { Vec::new() };
        let mut texts = FxHashSet::default();
        for item in items {
            let text = octogen_runtime::encode(item.value);
            if texts.contains(&text) {
                let message = format!("`{key}` lists {text} more than once");
                let help = "octogen uses the value once; remove the repetition";
                checker.warn(Code::DuplicateValue, item.place(), message, help);
            }
            texts.insert(text);
        }
    }
}

/// Reports a `oneOf` that lists a reference twice: no value fits only one of the two.
fn check_branches(schema: &SchemaObject<'_>, checker: &mut Checker<'_, '_>) {
    let mut references = FxHashSet::default();
    for branch in &schema.one_of {
        let Some(reference) = branch.node.reference() else { continue };
        if !references.insert(reference) {
            let message = format!("`oneOf` lists the reference `{reference}` more than once");
            let help = "octogen uses the schema once; remove the repetition";
            checker.warn(Code::DuplicateValue, branch.node.place(), message, help);
        }
    }
}

/// Reports types that version 3.0 does not have, and an array without items there.
fn check_version_of_types(node: &Node<'_>, checker: &mut Checker<'_, '_>) {
    if checker.version != Version::V3_0 {
        return;
    }
    match node.value.get("type") {
        Some(Value::Array(_)) => {
            let message = "`type` is a list as in OpenAPI 3.1, which is not the version of the document";
            let help =
                "octogen reads the key as in version 3.1; write one type, and `nullable: true` in place of `null`";
            checker.warn(Code::KeyOfOtherVersion, node.child("type").place(), message, help);
        }
        Some(Value::String(name)) if name == "null" => {
            let message = "the type `null` belongs to OpenAPI 3.1, which is not the version of the document";
            let help = "octogen reads the key as in version 3.1; write `nullable: true` beside a type";
            checker.warn(Code::KeyOfOtherVersion, node.child("type").place(), message, help);
        }
        Some(Value::String(name)) if name == "array" && node.value.get("items").is_none() => {
            let message = "a schema with `type: array` has no `items`, which OpenAPI 3.0 requires";
            let help = "octogen accepts any value as an element; add `items`";
            checker.warn(Code::MissingKey, node.place(), message, help);
        }
        _ => {}
    }
}

/// The keywords of a schema in version 3.0.
const KEYWORDS_3_0: [&str; 37] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
    "<<",
];

/// Reports keywords that version 3.0 does not have, and schemas that are booleans there. Version 3.1 allows any keyword.
fn check_version_of_keys(node: &Node<'_>, checker: &mut Checker<'_, '_>) {
    if checker.version != Version::V3_0 {
        return;
    }
    if let Value::Boolean(value) = node.value
        && !node.place().to_string().ends_with("/additionalProperties")
    {
        let message = format!("the schema `{value}` belongs to OpenAPI 3.1, which is not the version of the document");
        let help = "octogen reads it as in version 3.1; write `{}` in place of `true`, or remove the schema";
        checker.warn(Code::KeyOfOtherVersion, node.place(), message, help);
    }
    let is_other = |key: &&str| !KEYWORDS_3_0.contains(key) && !key.starts_with("x-");
    let keys = node.value.as_object().into_iter().flat_map(|entries| entries.keys());
    for key in keys.map(String::as_str).filter(is_other) {
        let value = node.child(key);
        if is_earlier_keyword(key) {
            continue;
        }
        if SchemaObject::KEYS.contains(&key) {
            let message = format!("`{key}` is a keyword of OpenAPI 3.1, which is not the version of the document");
            let help = "octogen reads the keyword as in version 3.1; remove it, or correct the version";
            checker.warn(Code::KeyOfOtherVersion, value.place_as_key(), message, help);
        } else if !is_reported_when_read(key, node) {
            let help = "octogen ignores the keyword; remove it, or start a keyword of your own with `x-`";
            checker.warn(Code::UnknownKey, value.place_as_key(), format!("unknown keyword `{key}` in a schema"), help);
        }
    }
}

/// Returns whether the reader has reported an unknown keyword already, because it looks like a known one.
fn is_reported_when_read(key: &str, node: &Node<'_>) -> bool {
    let known = SchemaObject::KEYS.iter().copied().filter(|known| node.value.get(known).is_none());
    key == "schema" || nearest(key, known).is_some()
}

//! Rules of single keywords of a schema: those that have no effect there, and those of other drafts of JSON Schema.

use octogen_runtime::{JsonType, Value};

use super::super::check::{Checker, Version};
use super::super::node::Node;
use super::super::objects::{Items, SchemaObject};
use super::patterns::find_mistake;
use crate::diagnostic::Code;

/// Formats of numbers and of texts that constrain no other values.
const NUMBER_FORMATS: [&str; 6] = ["double", "float", "int32", "int64", "uint32", "uint64"];
const TEXT_FORMATS: [&str; 7] = ["binary", "byte", "date", "date-time", "email", "uri", "uuid"];

/// Returns whether a keyword belongs to an earlier draft of JSON Schema.
pub(super) fn is_earlier_keyword(key: &str) -> bool {
    matches!(key, "additionalItems" | "dependencies")
}

/// Reports keywords that have no effect or a wrong form.
pub(super) fn check_keywords<'a>(schema: &SchemaObject<'a>, checker: &mut Checker<'a, '_>) {
    let stated = schema.node.value.get("type");
    for (key, value) in schema.node.value.as_object().into_iter().flatten() {
        if let (Some(stated), Some(constrained)) = (stated, constrained_type(key, value))
            && !admits(stated, constrained)
            // Many services write numbers of a format as texts.
            && !(key == "format" && admits(stated, JsonType::String))
            && !is_empty_constraint(value)
        {
            let message = format!("`{key}` constrains {constrained} only, and the schema has another `type`");
            let help = "octogen ignores the keyword; remove it, or correct `type`";
            checker.warn(Code::IneffectiveKeyword, schema.node.child(key).place_as_key(), message, help);
        }
        check_form(key, value, &schema.node, checker);
    }
    if let Some(Items::Tuple(_)) = schema.items {
        let help = match checker.version {
            Version::V3_0 => "octogen reads them as the schemas of the first elements, in order; write one schema",
            Version::V3_1 => "octogen reads the schemas as those of `prefixItems`; write `prefixItems`",
        };
        let message = "`items` is a list, as in earlier drafts of JSON Schema, but must be a schema";
        checker.warn(Code::WrongType, schema.node.child("items").place(), message, help);
    }
    for (pattern, property) in &schema.patterns {
        if let Some(mistake) = find_mistake(pattern) {
            let message = format!("a key of `patternProperties` is not a valid regular expression: {mistake}");
            let help = "octogen does not examine the keys of the properties; correct the expression";
            checker.warn(Code::InvalidPattern, property.node.place_as_key(), message, help);
        }
    }
}

/// Reports a keyword whose value does not have the form that JSON Schema requires, or that belongs to another draft.
fn check_form<'a>(key: &str, value: &Value, schema: &Node<'a>, checker: &mut Checker<'a, '_>) {
    let is_3_1 = checker.version == Version::V3_1;
    match (key, value) {
        ("additionalItems" | "dependencies", _) => {
            let message = format!("`{key}` is a keyword of an earlier draft of JSON Schema, and has no effect");
            let replacement = match key {
                "additionalItems" => "`items` beside `prefixItems`",
                _ => "`dependentRequired` or `dependentSchemas`",
            };
            let help = format!("octogen ignores the keyword; write {replacement}");
            checker.warn(Code::UncheckedKeyword, schema.child(key).place_as_key(), message, help);
        }
        ("examples", list) if is_3_1 && list.as_array().is_none() => {
            let message = "`examples` of a schema is not a list";
            let help = "octogen ignores the examples; write a list of values";
            checker.warn(Code::WrongType, schema.child(key).place(), message, help);
        }
        ("$schema", Value::String(dialect)) if is_3_1 => check_dialect(dialect, &schema.child(key), checker),
        ("$id", Value::String(id)) if is_3_1 && has_fragment(id) => {
            let message = "`$id` has a fragment, which JSON Schema does not allow";
            let help = "octogen ignores the fragment; remove it, or write its name as `$anchor`";
            checker.warn(Code::InvalidIdentifier, schema.child(key).place(), message, help);
        }
        ("$anchor" | "$dynamicAnchor", Value::String(name)) if is_3_1 && !is_anchor(name) => {
            let message = format!("`{name}` is not a valid name of an anchor");
            let help = "octogen still uses the name; begin it with a letter or `_`, and go on with letters, digits, `.`, `-` and `_`";
            checker.warn(Code::InvalidIdentifier, schema.child(key).place(), message, help);
        }
        _ => {}
    }
}

/// Returns whether an identifier has a fragment behind a URI. A fragment alone is an anchor in earlier drafts.
fn has_fragment(id: &str) -> bool {
    id.split_once('#').is_some_and(|(uri, name)| !uri.is_empty() && !name.is_empty())
}

/// Reports a dialect of JSON Schema other than that of OpenAPI 3.1 and JSON Schema 2020-12.
pub(super) fn check_dialect(dialect: &str, node: &Node<'_>, checker: &mut Checker<'_, '_>) {
    if !dialect.contains("2020-12") && !dialect.contains("spec.openapis.org/oas/") {
        let message = format!("`{dialect}` is another dialect than JSON Schema 2020-12");
        let help = "octogen reads all schemas as those of JSON Schema 2020-12; write them in this dialect";
        checker.warn(Code::UnsupportedDialect, node.place(), message, help);
    }
}

fn is_anchor(name: &str) -> bool {
    name.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_')
        && name.chars().all(|char| char.is_ascii_alphanumeric() || "-_.".contains(char))
}

/// Returns whether a stated `type` admits values of a JSON type. An unknown name may mean any type.
fn admits(stated: &Value, wanted: JsonType) -> bool {
    match stated {
        Value::String(name) => match name.as_str() {
            "null" => wanted == JsonType::Null,
            "boolean" => wanted == JsonType::Boolean,
            "integer" | "number" => wanted == JsonType::Number,
            "string" => wanted == JsonType::String,
            "array" => wanted == JsonType::Array,
            "object" => wanted == JsonType::Object,
            _ => true,
        },
        Value::Array(names) => names.iter().any(|name| admits(name, wanted)),
        _ => true,
    }
}

/// Returns the only type whose values a keyword constrains.
fn constrained_type(key: &str, value: &Value) -> Option<JsonType> {
    Some(match key {
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType" | "contentSchema" => {
            JsonType::String
        }
        "format" => match value.as_str()? {
            format if NUMBER_FORMATS.contains(&format) => JsonType::Number,
            format if TEXT_FORMATS.contains(&format) => JsonType::String,
            _ => return None,
        },
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => JsonType::Number,
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" | "contains" | "minContains"
        | "maxContains" | "unevaluatedItems" => JsonType::Array,
        "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "propertyNames"
        | "minProperties"
        | "maxProperties"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedProperties"
        | "discriminator" => JsonType::Object,
        _ => return None,
    })
}

/// Returns whether a keyword with this value constrains nothing, as some tools write it for every schema.
fn is_empty_constraint(value: &Value) -> bool {
    match value {
        Value::Null | Value::Boolean(_) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

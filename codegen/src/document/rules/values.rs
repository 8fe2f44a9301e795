//! The rules that the values of a schema, such as its default and its examples, fit the schema's own keywords.

use octogen_runtime::Value;

use super::super::check::{Checker, Version};
use super::super::node::Node;
use super::super::objects::SchemaObject;
use super::patterns::fits_pattern;
use crate::diagnostic::{Code, fits_format};

/// Reports values that do not have the form of the schema's format, or do not keep its limits.
pub(super) fn check_values<'a>(schema: &SchemaObject<'a>, checker: &mut Checker<'a, '_>) {
    let admits_null = schema.nullable || schema.types.as_ref().is_none_or(|types| types.null);
    for (key, value) in stated_values(schema) {
        if key == "enum" && *value.value == Value::Null && !admits_null {
            let message = "`enum` lists null, which the `type` of the schema does not admit";
            let help = match checker.version {
                Version::V3_0 => "octogen accepts null; add `nullable: true`",
                Version::V3_1 => "octogen accepts null; add `'null'` to `type`",
            };
            checker.warn(Code::ContradictoryValue, value.place(), message, help);
        }
        if let Some((requirement, help)) = broken_requirement(schema, value.value) {
            let text = value.value.as_str().map_or_else(|| octogen_runtime::encode(value.value), str::to_owned);
            let message = format!("the value `{text}` under `{key}` {requirement}");
            checker.warn(Code::ContradictoryDefault, value.place(), message, help);
        }
    }
    if let (Some(constant), Some(values)) = (schema.constant, &schema.values)
        && !values.contains(&constant)
    {
        let message = "`const` is not among the values of `enum`, so that no value fits";
        let help = "octogen uses `const`; correct it, or remove `enum`";
        checker.warn(Code::ContradictoryValue, schema.node.child("const").place(), message, help);
    }
}

/// Returns the values that a schema states, each with its keyword.
fn stated_values<'a>(schema: &SchemaObject<'a>) -> Vec<(&'static str, Node<'a>)> {
    let single = [
        ("default", schema.default.is_some()),
        ("example", schema.example.is_some()),
        ("const", schema.constant.is_some()),
    ];
    let lists = [("enum", schema.values.is_some()), ("examples", schema.examples.is_some())];
    let node = |(key, is_stated): (&'static str, bool)| is_stated.then(|| (key, schema.node.child(key)));
    let elements = lists
        .into_iter()
        .filter_map(node)
        .flat_map(|(key, list)| list.items().into_iter().map(move |item| (key, item)));
    single.into_iter().filter_map(node).chain(elements).collect()
}

/// Returns what a value does not fulfil, as the end of a sentence, and the help.
fn broken_requirement(schema: &SchemaObject<'_>, value: &Value) -> Option<(String, &'static str)> {
    if let (Some(format), Value::String(text)) = (&schema.format, value)
        && !fits_format(format.text, text)
    {
        let help = "octogen keeps such a value as a text; correct it, or the format";
        return Some((format!("does not have the format `{}`", format.text), help));
    }
    if let (Some(pattern), Value::String(text)) = (&schema.pattern, value)
        && !fits_pattern(pattern.text, text)
    {
        let help = "octogen does not check patterns; correct the value, or the pattern";
        return Some((format!("does not match the pattern `{}`", pattern.text), help));
    }
    let limit = exceeded_limit(&schema.node, value)?;
    Some((format!("does not keep `{limit}`"), "octogen does not check limits; correct the value, or the limit"))
}

/// Returns the keyword of the limit that a value does not keep.
fn exceeded_limit(node: &Node<'_>, value: &Value) -> Option<&'static str> {
    let limit = |key: &str| node.value.get(key).and_then(Value::as_f64);
    let is_below = |size: f64, key: &'static str| limit(key).is_some_and(|least| size < least).then_some(key);
    let is_above = |size: f64, key: &'static str| limit(key).is_some_and(|most| size > most).then_some(key);
    match value {
        Value::Number(number) => {
            let size = number.as_f64();
            let is_limit = |key: &str, other: &str| match node.value.get(key) {
                Some(Value::Boolean(is_exclusive)) => *is_exclusive && limit(other) == Some(size),
                _ => limit(key) == Some(size),
            };
            let is_excluded = |key: &'static str, other: &str| is_limit(key, other).then_some(key);
            is_below(size, "minimum")
                .or_else(|| is_above(size, "maximum"))
                .or_else(|| is_below(size, "exclusiveMinimum"))
                .or_else(|| is_above(size, "exclusiveMaximum"))
                .or_else(|| is_excluded("exclusiveMinimum", "minimum"))
                .or_else(|| is_excluded("exclusiveMaximum", "maximum"))
        }
        Value::String(text) => {
            let size = as_size(text.chars().count());
            is_below(size, "minLength").or_else(|| is_above(size, "maxLength"))
        }
        Value::Array(items) => {
            let size = as_size(items.len());
            is_below(size, "minItems").or_else(|| is_above(size, "maxItems"))
        }
        _ => None,
    }
}

/// Returns a length as a number that compares with limits. A length above 32 bits is infinite.
fn as_size(length: usize) -> f64 {
    u32::try_from(length).map_or(f64::INFINITY, f64::from)
}

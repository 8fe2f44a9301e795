//! Rules of request bodies, responses, media types and examples.

use octogen_runtime::Value;

use super::super::check::Checker;
use super::super::node::Node;
use super::super::objects::{Example, MediaType, RequestBody, Response};
use super::super::read::{OpenApiObject, Rules};
use super::discriminators::declares_property;
use super::media_types::check_media_types;
use super::names::check_name;
use crate::diagnostic::Code;

impl<'a> Rules<'a> for RequestBody<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        check_media_types(&self.content, checker);
        let content = self.node.get("content");
        if let Some(content) = content.filter(|content| content.value.as_object().is_some_and(|map| map.is_empty())) {
            let message = "`content` of a request body lists no media type";
            let help = "octogen sends no body; add a media type, such as `application/json`";
            checker.warn(Code::MissingKey, content.place(), message, help);
        }
    }
}

impl<'a> Rules<'a> for Response<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        check_media_types(&self.content, checker);
        for (name, header) in &self.headers {
            if name.eq_ignore_ascii_case("content-type") {
                let message = "a response cannot declare the header `Content-Type`, which the standard reserves";
                let help = "octogen takes it from the key of `content`; remove the header";
                checker.warn(Code::IgnoredHeader, header.node.place_as_key(), message, help);
            }
            check_name("header", name, &header.node.place_as_key(), checker);
        }
    }
}

impl<'a> Rules<'a> for MediaType<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        check_examples(&self.node, checker);
        check_encodings(self, checker);
    }
}

/// Reports encodings of properties that the schema of a form does not declare.
fn check_encodings<'a>(media_type: &MediaType<'a>, checker: &mut Checker<'a, '_>) {
    for (name, encoding) in &media_type.encoding {
        let is_undeclared = media_type.schema.as_ref().is_none_or(|schema| {
            declares_property(&schema.node, name, checker.files) == Some(false) && !names_other_keys(&schema.node)
        });
        if is_undeclared {
            let message =
                format!("the schema of the body does not declare the property `{name}`, which has an encoding");
            let help = "octogen ignores the encoding; declare the property in the schema, or correct its name here";
            checker.warn(Code::UndeclaredEncoding, encoding.node.place_as_key(), message, help);
        }
    }
}

/// Returns whether a schema describes keys that it does not name.
fn names_other_keys(schema: &Node<'_>) -> bool {
    let is_false = |value: &Value| value.as_bool() == Some(false);
    schema.value.get("additionalProperties").is_some_and(|other| !is_false(other))
        || schema.value.get("patternProperties").is_some()
}

/// Reports `example` beside `examples`.
pub(super) fn check_examples(node: &Node<'_>, checker: &mut Checker<'_, '_>) {
    if node.value.get("example").is_some() && node.value.get("examples").is_some() {
        let message = "`example` and `examples` exclude each other";
        let help = "octogen uses both; move the value of `example` into an entry of `examples`";
        checker.warn(Code::ExclusiveKeys, node.child("example").place_as_key(), message, help);
    }
}

impl<'a> Rules<'a> for Example<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        let Some(value) = &self.value else {
            return;
        };
        if self.external_value.is_some() {
            let message = "`value` and `externalValue` of an example exclude each other";
            checker.warn(
                Code::ExclusiveKeys,
                value.place_as_key(),
                message,
                "octogen uses `value`; remove the other key",
            );
        }
        // Without a value, the whole object may be meant as the payload.
        let is_unknown = |key: &str| !Self::KEYS.contains(&key) && !key.starts_with("x-") && key != "$ref";
        for (key, node) in self.node.entries().into_iter().filter(|(key, _)| is_unknown(key)) {
            let message = format!("unknown key `{key}` in an example");
            let help = "octogen ignores the key and its value; remove it, or move it into `value`";
            checker.warn(Code::UnknownKey, node.place_as_key(), message, help);
        }
    }
}

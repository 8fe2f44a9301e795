//! Rules of parameters, headers and encodings.

use super::super::check::Checker;
use super::super::node::Node;
use super::super::objects::{Encoding, Header, MediaType, Parameter};
use super::super::read::{Map, OpenApiObject, Rules, Text};
use super::bodies::check_examples;
use super::discriminators::behind_references;
use super::media_types::{check_media_types, essence, is_media_type};
use super::names::check_name;
use crate::diagnostic::Code;

/// The locations of parameters with their styles. The first style is the default one.
const STYLES: [(&str, &[&str]); 4] = [
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form"]),
];

impl<'a> Rules<'a> for Parameter<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        let Some(location) = &self.location else { return };
        let name = self.name.as_ref().map_or("", |name| name.text);
        check_schema_or_content(&self.node, &format!("the parameter `{name}`"), &self.content, checker);
        check_examples(&self.node, checker);
        check_style(location, self.style.as_ref(), checker);
        if location.text == "query" {
            check_style_of_type(self, checker);
        }
        if let Some(stated) = &self.name {
            check_name(location.text, stated.text, &stated.node.place(), checker);
        }
        let is_set = |key: &str| self.node.value.get(key).is_some_and(|value| value.as_bool() == Some(true));
        for key in ["allowReserved", "allowEmptyValue"] {
            if is_set(key) && location.text != "query" && is_location(location.text) {
                let message = format!("`{key}` is for query parameters only");
                let help = format!("octogen ignores `{key}`; remove it");
                checker.warn(Code::InvalidStyle, self.node.child(key).place(), message, help);
            }
        }
        match location.text {
            "path" if !is_set("required") => {
                let message = format!("the path parameter `{name}` does not have `required: true`");
                let help =
                    "octogen requires the parameter, because a path is incomplete without it; add `required: true`";
                checker.warn(Code::OptionalPathParameter, self.place(), message, help);
            }
            "header" => check_header_name(name, &self.node, checker),
            "path" | "query" | "cookie" => {}
            unknown => {
                let help = match unknown {
                    "body" | "formData" => {
                        "octogen ignores the parameter; describe the body under `requestBody` of the operation"
                    }
                    _ => "octogen ignores the parameter; write `path`, `query`, `header` or `cookie`",
                };
                let message = format!("a parameter has `in: {unknown}`, which OpenAPI 3 does not have");
                checker.warn(Code::InvalidParameterLocation, location.node.place(), message, help);
            }
        }
    }
}

fn is_location(name: &str) -> bool {
    STYLES.iter().any(|(location, _)| *location == name)
}

/// Reports a header that the standard derives from other parts of the document.
fn check_header_name(name: &str, node: &Node<'_>, checker: &mut Checker<'_, '_>) {
    let source = match name.to_ascii_lowercase().as_str() {
        "accept" => "the media types of the responses; remove it",
        "content-type" => "the media type of the request body; remove it",
        "authorization" => {
            "the security scheme; remove it, and declare a scheme in `securitySchemes` under `components`"
        }
        _ => return,
    };
    let message = format!("a parameter cannot be the header `{name}`, which the standard reserves");
    let help = format!("octogen ignores the parameter, as the standard says, and sends the header by {source}");
    checker.warn(Code::IgnoredHeader, node.place(), message, help);
}

fn check_style<'a>(location: &Text<'a>, style: Option<&Text<'a>>, checker: &mut Checker<'a, '_>) {
    let known = STYLES.iter().find(|(name, _)| *name == location.text);
    if let (Some((location, styles)), Some(style)) = (known, style)
        && !styles.contains(&style.text)
    {
        report_style(&format!("a parameter with `in: {location}`"), styles, style, checker);
    }
}

/// Reports a style that serializes no value of the type of a parameter's schema.
fn check_style_of_type<'a>(parameter: &Parameter<'a>, checker: &mut Checker<'a, '_>) {
    let (Some(style), Some(schema)) = (&parameter.style, &parameter.schema) else { return };
    let wanted: &[&str] = match style.text {
        "deepObject" => &["object"],
        "spaceDelimited" | "pipeDelimited" => &["array", "object"],
        _ => return,
    };
    let schema = behind_references(&schema.node, checker.files);
    let found = schema.and_then(|schema| schema.value.get("type")?.as_str());
    let Some(found) = found.filter(|found| !wanted.contains(found)) else { return };
    let message = format!("the style `{}` is for values of the type {}, not {found}", style.text, wanted.join(" or "));
    let help = "octogen sends the value as with the style `form`; remove `style`, or correct the schema";
    checker.warn(Code::InvalidStyle, style.node.place(), message, help);
}

fn report_style(subject: &str, styles: &[&str], style: &Text<'_>, checker: &mut Checker<'_, '_>) {
    let message = format!("{subject} cannot have the style `{}`", style.text);
    let default = styles.first().copied().unwrap_or_default();
    let help = format!("octogen uses the style `{default}` instead; write `style: {default}`, or remove `style`");
    checker.warn(Code::InvalidStyle, style.node.place(), message, help);
}

impl<'a> Rules<'a> for Header<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        check_schema_or_content(&self.node, "the header", &self.content, checker);
        check_examples(&self.node, checker);
        if let Some(style) = self.style.as_ref().filter(|style| style.text != "simple") {
            report_style("a header", &["simple"], style, checker);
        }
        let keys = [
            (
                "name",
                "parameters",
                "octogen ignores the key; remove it: the name of the header is the key that holds it",
            ),
            ("in", "parameters", "octogen ignores the key; remove it: the name of the header is the key that holds it"),
            ("allowEmptyValue", "query parameters", "octogen ignores the key; remove it"),
            ("allowReserved", "query parameters", "octogen ignores the key; remove it"),
        ];
        for (key, owner, help) in keys {
            if self.node.value.get(key).is_some_and(|value| value.as_bool() != Some(false)) {
                let message = format!("a header has the key `{key}`, which only {owner} have");
                checker.warn(Code::MisplacedKey, self.node.child(key).place_as_key(), message, help);
            }
        }
    }
}

impl<'a> Rules<'a> for Encoding<'a> {
    fn check_rules(&self, checker: &mut Checker<'a, '_>) {
        let [_, (_, styles), ..] = STYLES;
        if let Some(style) = self.style.as_ref().filter(|style| !styles.contains(&style.text)) {
            report_style("a field of a form", styles, style, checker);
        }
        let names = self.content_type.unwrap_or_default().split(',').map(str::trim);
        for name in names.filter(|name| !name.is_empty() && !is_media_type(essence(name))) {
            let help = "octogen sends the name as it is written; write a type and a subtype, such as `text/plain`";
            let place = self.node.child("contentType").place();
            checker.warn(Code::InvalidMediaType, place, format!("`{name}` is not a media type"), help);
        }
    }
}

/// Reports a parameter or a header that has both of `schema` and `content`, or neither, and a `content` with another
/// number of media types than one.
fn check_schema_or_content<'a>(
    node: &Node<'a>,
    subject: &str,
    content: &Map<'a, MediaType<'a>>,
    checker: &mut Checker<'a, '_>,
) {
    if node.value.as_object().is_none() {
        return;
    }
    let stated = node.child("content");
    match (node.value.get("schema").is_some(), node.value.get("content").is_some()) {
        (false, false) => {
            let help = "octogen accepts any value for it; add a `schema`, such as `schema: { type: string }`";
            checker.warn(Code::ParameterWithoutSchema, node.place(), format!("{subject} has no `schema`"), help);
            return;
        }
        (true, true) => {
            let message = format!("{subject} has both `schema` and `content`, which exclude each other");
            checker.warn(
                Code::ExclusiveKeys,
                stated.place(),
                message,
                "octogen uses `content`; remove one of the keys",
            );
        }
        (true, false) => return,
        (false, true) => {}
    }
    if content.len() != 1 {
        let message = format!("`content` of {subject} lists {} media types, but must list one", content.len());
        checker.warn(Code::ParameterContent, stated.place(), message, "octogen uses the first; leave one media type");
    }
    for key in ["style", "explode", "allowReserved", "example", "examples"] {
        if node.value.get(key).is_some() && node.value.get("schema").is_none() {
            let message = format!("{subject} has `content`, beside which `{key}` has no meaning");
            let help = format!("octogen ignores `{key}`; remove it, or move it into the media type");
            checker.warn(Code::MisplacedKey, node.child(key).place_as_key(), message, help);
        }
    }
    check_media_types(content, checker);
}

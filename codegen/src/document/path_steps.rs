//! The meaning of a JSON pointer: what each of its steps is in an OpenAPI document.

use octogen_runtime::Value;

use super::node::Node;

/// One step of the path to a value of an OpenAPI document, such as an operation, a response or a property. The name of
/// a schema that is no component is made from these steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep<'a> {
    /// An entry of `paths`, by its path.
    PathItem(&'a str),
    /// An operation of an entry of `paths`.
    Operation {
        /// The path.
        path: &'a str,
        /// The method.
        method: &'a str,
        /// `operationId`
        id: Option<&'a str>,
    },
    /// A webhook, by its name.
    Webhook(&'a str),
    /// A component.
    Component {
        /// The kind.
        kind: ComponentKind,
        /// The name.
        name: &'a str,
    },
    /// The parameter of an operation or a path, by its name, or else its index.
    Parameter(&'a str),
    /// A request body.
    RequestBody,
    /// A response, by its status.
    Response(&'a str),
    /// A media type of a body.
    MediaType {
        /// The name.
        name: &'a str,
        /// The names of all media types of the body.
        all: Vec<&'a str>,
    },
    /// The schema of a parameter, a header or a media type.
    Schema,
    /// A property, a header or a definition, by its name.
    Property(&'a str),
    /// The elements of an array.
    Items,
    /// An element of a tuple, by its index.
    Element(&'a str),
    /// The values of undeclared keys.
    AdditionalProperties,
    /// A part of `allOf`.
    Part(Branch<'a>),
    /// A branch of `oneOf` or `anyOf`.
    Branch(Branch<'a>),
    /// Any other key or index.
    Other(&'a str),
}

/// The kind of a component in the path to a value: the kinds that the name of a schema within shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComponentKind {
    /// An entry of `components/responses`.
    Response,
    /// An entry of `components/requestBodies`.
    RequestBody,
    /// An entry of `components/headers`.
    Header,
    /// Any other component.
    Other,
}

/// A schema within `allOf`, `oneOf` or `anyOf`, by what distinguishes it from the schemas beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch<'a> {
    /// The index.
    pub index: &'a str,
    /// `title`
    pub title: Option<&'a str>,
    /// The first property.
    pub first_property: Option<&'a str>,
}

impl Node<'_> {
    /// Returns the steps of the path to this value, from the root of its file.
    #[must_use]
    pub fn path_steps(&self) -> Vec<PathStep<'_>> {
        let segments = self.pointer.segments();
        let (mut steps, mut rest, mut at) = (Vec::new(), segments.as_slice(), Some(&self.file.root));
        while let [first, ..] = rest {
            let of_root = if steps.is_empty() { root_step(at, rest) } else { None };
            let (step, length) = of_root.or_else(|| inner_step(at, rest)).unwrap_or((PathStep::Other(first), 1));
            steps.push(step);
            at = value_at(at, &rest[..length]);
            rest = &rest[length..];
        }
        steps
    }

    /// Returns the name of the component that this schema is: its key under `schemas`, `definitions` or `$defs`.
    #[must_use]
    pub fn schema_component(&self) -> Option<&str> {
        schema_component(&self.pointer.segments())
    }

    /// Returns the last key of the path to this value that is no index, or else the name of the file without its ending.
    #[must_use]
    pub fn last_name(&self) -> Option<&str> {
        let key = self.pointer.segments().into_iter().rev().find(|segment| segment.parse::<usize>().is_err());
        key.or_else(|| self.file.path.rsplit('/').next()?.split('.').next())
    }

    /// Returns whether the path to this value passes through an operation or a schema, and not only through keys without
    /// a meaning.
    #[must_use]
    pub fn has_meaningful_path(&self) -> bool {
        is_meaningful(&self.pointer.segments())
    }
}

/// Returns the key of a map of schemas at the end of a path.
pub(super) fn schema_component<'a>(segments: &[&'a str]) -> Option<&'a str> {
    match segments {
        [.., "schemas" | "definitions" | "$defs", name] => Some(name),
        _ => None,
    }
}

/// Returns whether a path passes through an operation or a schema, and not only through keys without a meaning.
pub(super) fn is_meaningful(segments: &[&str]) -> bool {
    const WITHIN: [&str; 9] =
        ["paths", "webhooks", "x-webhooks", "components", "properties", "items", "allOf", "oneOf", "anyOf"];
    segments.iter().any(|segment| WITHIN.contains(segment))
}

/// Returns the first step from the root of a document, with its number of keys.
fn root_step<'a>(root: Option<&'a Value>, segments: &[&'a str]) -> Option<(PathStep<'a>, usize)> {
    Some(match segments {
        ["paths", path, "parameters", ..] => (PathStep::PathItem(path), 2),
        ["paths", path, method, ..] => {
            let operation = value_at(root, &segments[..3]);
            let id = operation.and_then(|operation| operation.get("operationId")?.as_str());
            (PathStep::Operation { path, method, id }, 3)
        }
        ["webhooks" | "x-webhooks", name, _, ..] => (PathStep::Webhook(name), 3),
        ["components", kind, name, ..] => {
            let kind = match *kind {
                "responses" => ComponentKind::Response,
                "requestBodies" => ComponentKind::RequestBody,
                "headers" => ComponentKind::Header,
                _ => ComponentKind::Other,
            };
            (PathStep::Component { kind, name }, 3)
        }
        _ => return None,
    })
}

/// Returns the first step from a value, with its number of keys.
fn inner_step<'a>(at: Option<&'a Value>, segments: &[&'a str]) -> Option<(PathStep<'a>, usize)> {
    Some(match segments {
        ["responses", status, ..] => (PathStep::Response(status), 2),
        ["content", name, ..] => {
            let content = at.and_then(|at| at.get("content")?.as_object());
            (PathStep::MediaType { name, all: content.into_iter().flatten().map(|(key, _)| key.as_str()).collect() }, 2)
        }
        ["requestBody", ..] => (PathStep::RequestBody, 1),
        ["parameters", index, ..] => {
            let name = value_at(at, &["parameters", index, "name"]).and_then(Value::as_str);
            (PathStep::Parameter(name.unwrap_or(index)), 2)
        }
        ["properties" | "headers" | "$defs" | "definitions", key, ..] => (PathStep::Property(key), 2),
        ["items" | "prefixItems", index, ..] if index.parse::<usize>().is_ok() => (PathStep::Element(index), 2),
        ["items", ..] => (PathStep::Items, 1),
        ["additionalProperties", ..] => (PathStep::AdditionalProperties, 1),
        ["allOf", index, ..] => (PathStep::Part(branch(value_at(at, &segments[..2]), index)), 2),
        ["oneOf" | "anyOf", index, ..] => (PathStep::Branch(branch(value_at(at, &segments[..2]), index)), 2),
        ["schema", ..] => (PathStep::Schema, 1),
        _ => return None,
    })
}

fn branch<'a>(schema: Option<&'a Value>, index: &'a str) -> Branch<'a> {
    let title = schema.and_then(|schema| schema.get("title")?.as_str());
    let properties = schema.and_then(|schema| schema.get("properties")?.as_object());
    Branch { index, title, first_property: properties.and_then(|entries| entries.keys().next()).map(String::as_str) }
}

fn value_at<'a>(value: Option<&'a Value>, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value?, |value, segment| match value.as_array() {
        Some(items) => items.get(segment.parse::<usize>().ok()?),
        None => value.get(segment),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::document::load;
    use crate::source::{NoFiles, Source};

    const DOCUMENT: &str = "openapi: 3.1.0
paths: { /cats: { get: { operationId: listCats, parameters: [{ name: size }], responses: { '200': { content: { text/plain: {}, application/json: { schema: { allOf: [{ title: Page }, { properties: { cats: { items: {} } } }] } } } } } } } }
components: { requestBodies: { Cat: { content: {} } }, schemas: { Cat: { oneOf: [{ prefixItems: [{}] }] } } }
";

    #[test]
    fn each_step_of_a_path_has_a_meaning() {
        use PathStep::{
            Component, Element, Items, MediaType, Operation, Parameter, PathItem, Property, Response, Schema,
        };
        let operation = || Operation { path: "/cats", method: "get", id: Some("listCats") };
        let media_type = || MediaType { name: "application/json", all: vec!["text/plain", "application/json"] };
        let second = Branch { index: "1", title: None, first_property: Some("cats") };
        let body = ["paths", "/cats", "get", "responses", "200", "content", "application/json", "schema"];
        let items = [&body[..], &["allOf", "1", "properties", "cats", "items"]].concat();
        let cases: [(&[&str], Vec<PathStep<'_>>); 6] = [
            (&["paths", "/cats", "parameters", "0"], vec![PathItem("/cats"), Parameter("0")]),
            (&["paths", "/cats", "get", "parameters", "0"], vec![operation(), Parameter("size")]),
            (
                &items,
                vec![
                    operation(),
                    Response("200"),
                    media_type(),
                    Schema,
                    PathStep::Part(second),
                    Property("cats"),
                    Items,
                ],
            ),
            (
                &["components", "requestBodies", "Cat", "content"],
                vec![Component { kind: ComponentKind::RequestBody, name: "Cat" }, PathStep::Other("content")],
            ),
            (
                &["components", "schemas", "Cat", "oneOf", "0", "prefixItems", "0"],
                vec![
                    Component { kind: ComponentKind::Other, name: "Cat" },
                    PathStep::Branch(Branch { index: "0", title: None, first_property: None }),
                    Element("0"),
                ],
            ),
            (&["definitions", "Cat"], vec![Property("Cat")]),
        ];
        let source = Source { path: String::from("zoo.yaml"), text: DOCUMENT.to_owned() };
        let files = load(&source, &[], &NoFiles, &mut Diagnostics::default());
        let root = files.as_ref().and_then(|files| files.entry());
        for (path, steps) in cases {
            let node = root.clone().map(|root| path.iter().fold(root, |node, step| node.below(step, &Value::Null)));
            assert_eq!(node.as_ref().map(Node::path_steps), Some(steps), "{path:?}");
        }
    }
}

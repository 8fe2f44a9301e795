//! Finds the schemas of a document: components, and those of parameters, headers and media types.

use std::collections::BTreeSet;

use serde_json::Value;

use super::documents::{Documents, child};

/// The depth of objects of OpenAPI within one another, such as callbacks within callbacks.
const MAX_DEPTH: usize = 24;

const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// A schema to examine, by its file and JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Root {
    pub(super) file: String,
    pub(super) pointer: String,
    /// Whether it is a schema under `components`.
    pub(super) is_component: bool,
}

/// Returns the schemas of a document in the order of the document, each once.
pub(super) fn find_roots(documents: &Documents) -> Vec<Root> {
    let mut search = Search { documents, found: Vec::new(), seen: BTreeSet::new() };
    let entry = &documents.entry;
    let components = "/components";
    for key in search.keys(entry, "/components/schemas") {
        search.add(entry, &child("/components/schemas", &key), true);
    }
    for section in ["paths", "webhooks"] {
        search.each(entry, &format!("/{section}"), Object::PathItem, 0);
    }
    let kinds: [(&str, Object); 8] = [
        ("pathItems", Object::PathItem),
        ("parameters", Object::Parameter),
        ("headers", Object::Parameter),
        ("requestBodies", Object::Body),
        ("responses", Object::Response),
        ("callbacks", Object::Callback),
        ("mediaTypes", Object::MediaType),
        ("x-webhooks", Object::PathItem),
    ];
    for (kind, object) in kinds {
        search.each(entry, &child(components, kind), object, 0);
    }
    search.found
}

/// The kind of an object of OpenAPI that holds schemas.
#[derive(Clone, Copy)]
enum Object {
    PathItem,
    Operation,
    Parameter,
    Body,
    Response,
    Callback,
    MediaType,
}

struct Search<'d> {
    documents: &'d Documents,
    found: Vec<Root>,
    seen: BTreeSet<(String, String)>,
}

impl Search<'_> {
    fn keys(&self, file: &str, pointer: &str) -> Vec<String> {
        match self.documents.at(file, pointer) {
            Some(Value::Object(entries)) => entries.keys().cloned().collect(),
            Some(Value::Array(items)) => (0..items.len()).map(|index| index.to_string()).collect(),
            _ => Vec::new(),
        }
    }

    fn each(&mut self, file: &str, pointer: &str, object: Object, depth: usize) {
        for key in self.keys(file, pointer) {
            self.visit(file, &child(pointer, &key), object, depth);
        }
    }

    /// Visits an object, behind its `$ref` if it has one.
    fn visit(&mut self, file: &str, pointer: &str, object: Object, depth: usize) {
        if depth > MAX_DEPTH || self.documents.at(file, pointer).is_none() {
            return;
        }
        let reference = self.documents.at(file, pointer).and_then(|value| value.get("$ref")).and_then(Value::as_str);
        match reference.and_then(|reference| self.documents.resolve(file, reference)) {
            Some((file, pointer)) => self.visit(&file, &pointer, object, depth + 1),
            None => {
                if self.seen.insert((file.to_owned(), pointer.to_owned())) {
                    self.read(object, file, pointer, depth + 1);
                }
            }
        }
    }

    fn read(&mut self, object: Object, file: &str, pointer: &str, depth: usize) {
        match object {
            Object::PathItem => self.path_item(file, pointer, depth),
            Object::Operation => self.operation(file, pointer, depth),
            Object::Parameter => self.parameter(file, pointer, depth),
            Object::Body => self.body(file, pointer, depth),
            Object::Response => self.response(file, pointer, depth),
            Object::Callback => self.each(file, pointer, Object::PathItem, depth),
            Object::MediaType => self.media_type(file, pointer),
        }
    }

    fn add(&mut self, file: &str, pointer: &str, is_component: bool) {
        let is_schema = self.documents.at(file, pointer).is_some_and(|value| value.is_object() || value.is_boolean());
        if is_schema && self.seen.insert((file.to_owned(), pointer.to_owned())) {
            self.found.push(Root { file: file.to_owned(), pointer: pointer.to_owned(), is_component });
        }
    }

    fn path_item(&mut self, file: &str, pointer: &str, depth: usize) {
        self.each(file, &child(pointer, "parameters"), Object::Parameter, depth);
        for method in METHODS {
            let at = child(pointer, method);
            self.visit(file, &at, Object::Operation, depth);
        }
        self.each(file, &child(pointer, "additionalOperations"), Object::Operation, depth);
    }

    fn operation(&mut self, file: &str, pointer: &str, depth: usize) {
        self.each(file, &child(pointer, "parameters"), Object::Parameter, depth);
        self.visit(file, &child(pointer, "requestBody"), Object::Body, depth);
        self.each(file, &child(pointer, "responses"), Object::Response, depth);
        self.each(file, &child(pointer, "callbacks"), Object::Callback, depth);
    }

    fn parameter(&mut self, file: &str, pointer: &str, depth: usize) {
        self.add(file, &child(pointer, "schema"), false);
        self.body(file, pointer, depth);
    }

    fn body(&mut self, file: &str, pointer: &str, depth: usize) {
        self.each(file, &child(pointer, "content"), Object::MediaType, depth);
    }

    fn response(&mut self, file: &str, pointer: &str, depth: usize) {
        self.body(file, pointer, depth);
        self.each(file, &child(pointer, "headers"), Object::Parameter, depth);
    }

    fn media_type(&mut self, file: &str, pointer: &str) {
        self.add(file, &child(pointer, "schema"), false);
        self.add(file, &child(pointer, "itemSchema"), false);
    }
}

//! The schemas of a document with the keywords that decide about values, in the form of JSON Schema 2020-12.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::documents::{Documents, child};

/// The index of a schema in [`Schemas`].
pub(super) type Id = usize;

/// Keywords that hold one schema.
const ONE: [&str; 10] = [
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords that hold a list of schemas.
const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];

/// Keywords that hold schemas by name.
const MAPS: [&str; 3] = ["properties", "patternProperties", "dependentSchemas"];

/// Keywords whose values are not schemas.
const PLAIN: [&str; 19] = [
    "const",
    "dependentRequired",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
];

/// All schemas of a document.
pub(super) struct Schemas<'d> {
    documents: &'d Documents,
    is_3_0: bool,
    all: Vec<Schema>,
    ids: HashMap<(String, String), Id>,
}

/// A schema.
#[derive(Debug, Default)]
pub(super) struct Schema {
    pub(super) file: String,
    pub(super) pointer: String,
    /// The keywords of JSON Schema 2020-12, without those that hold schemas.
    pub(super) keywords: Map<String, Value>,
    /// The types under `type`; empty without the keyword.
    pub(super) types: Vec<Type>,
    /// The target of `$ref`.
    pub(super) reference: Option<Id>,
    /// The schemas under keywords with one schema.
    pub(super) one: Vec<(&'static str, Id)>,
    /// The schemas under keywords with a list of schemas.
    pub(super) lists: Vec<(&'static str, Vec<Id>)>,
    /// The schemas under keywords with schemas by name.
    pub(super) maps: Vec<(&'static str, Vec<(String, Id)>)>,
    /// `true` or `false` in the place of a schema.
    pub(super) boolean: Option<bool>,
    /// A keyword that the exam does not support, or a reference without a target.
    pub(super) unsupported: Option<String>,
}

/// A type of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Type {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// Returns whether a value is of this type.
    pub(super) fn holds(self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::Boolean => value.is_boolean(),
            Self::Integer => {
                value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
            }
            Self::Number => value.is_number(),
            Self::String => value.is_string(),
            Self::Array => value.is_array(),
            Self::Object => value.is_object(),
        }
    }
}

impl Schema {
    /// Returns the schema under a keyword.
    pub(super) fn one(&self, keyword: &str) -> Option<Id> {
        self.one.iter().find(|(name, _)| *name == keyword).map(|(_, id)| *id)
    }

    /// Returns the schemas in the list under a keyword.
    pub(super) fn list(&self, keyword: &str) -> &[Id] {
        self.lists.iter().find(|(name, _)| *name == keyword).map(|(_, ids)| ids.as_slice()).unwrap_or_default()
    }

    /// Returns the schemas by name under a keyword.
    pub(super) fn map(&self, keyword: &str) -> &[(String, Id)] {
        self.maps.iter().find(|(name, _)| *name == keyword).map(|(_, ids)| ids.as_slice()).unwrap_or_default()
    }

    /// Returns the number under a keyword.
    pub(super) fn number(&self, keyword: &str) -> Option<&Value> {
        self.keywords.get(keyword).filter(|value| value.is_number())
    }

    /// Returns the place of the schema as octogen writes it.
    pub(super) fn place(&self) -> String {
        format!("{}#{}", self.file, self.pointer)
    }

    /// Returns the names of its keywords, for a report about schemas without a valid value.
    pub(super) fn keyword_names(&self) -> Vec<&str> {
        let plain = self.keywords.keys().map(String::as_str);
        let types = self.types.iter().map(|one| one.name());
        let one = self.one.iter().map(|(name, _)| *name);
        let lists = self.lists.iter().map(|(name, _)| *name);
        let maps = self.maps.iter().map(|(name, _)| *name);
        types.chain(plain).chain(one).chain(lists).chain(maps).collect()
    }

    fn children(&self) -> impl Iterator<Item = Id> {
        let one = self.one.iter().map(|(_, id)| *id);
        let lists = self.lists.iter().flat_map(|(_, ids)| ids.iter().copied());
        let maps = self.maps.iter().flat_map(|(_, ids)| ids.iter().map(|(_, id)| *id));
        self.reference.into_iter().chain(one).chain(lists).chain(maps)
    }
}

impl<'d> Schemas<'d> {
    pub(super) fn new(documents: &'d Documents) -> Self {
        Self { documents, is_3_0: documents.is_3_0(), all: Vec::new(), ids: HashMap::new() }
    }

    pub(super) fn get(&self, id: Id) -> &Schema {
        &self.all[id]
    }

    /// Adds a schema and all schemas that it contains or refers to.
    pub(super) fn add(&mut self, file: &str, pointer: &str) -> Id {
        let first = self.id(file, pointer);
        let mut next = self.all.iter().position(|schema| schema.file.is_empty()).unwrap_or(self.all.len());
        while next < self.all.len() {
            if self.all[next].file.is_empty() {
                let (file, pointer) = std::mem::take(&mut self.all[next].pointer)
                    .split_once('#')
                    .map_or_else(Default::default, |(file, pointer)| (file.to_owned(), pointer.to_owned()));
                self.all[next] = self.read(&file, &pointer);
            }
            next += 1;
        }
        first
    }

    /// Returns the id of a schema, which is read later.
    fn id(&mut self, file: &str, pointer: &str) -> Id {
        let key = (file.to_owned(), pointer.to_owned());
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let id = self.all.len();
        self.all.push(Schema { pointer: format!("{file}#{pointer}"), ..Schema::default() });
        self.ids.insert(key, id);
        id
    }

    fn read(&mut self, file: &str, pointer: &str) -> Schema {
        let documents = self.documents;
        let mut schema = Schema { file: file.to_owned(), pointer: pointer.to_owned(), ..Schema::default() };
        let entries = match documents.at(file, pointer) {
            Some(Value::Object(entries)) => entries,
            Some(Value::Bool(value)) => {
                schema.boolean = Some(*value);
                return schema;
            }
            _ => {
                schema.unsupported = Some(String::from("no schema"));
                return schema;
            }
        };
        if let Some(reference) = entries.get("$ref").and_then(Value::as_str) {
            match documents.resolve(file, reference) {
                Some((file, pointer)) => schema.reference = Some(self.id(&file, &pointer)),
                None => schema.unsupported = Some(String::from("$ref without a target")),
            }
            if self.is_3_0 {
                // Keywords beside a reference are ignored in 3.0.
                return schema;
            }
        }
        if entries.contains_key("$dynamicRef") {
            schema.unsupported = Some(String::from("$dynamicRef"));
        }
        self.types(entries, &mut schema);
        for (key, value) in entries {
            if let Some(key) = ONE.iter().find(|name| *name == key)
                && (value.is_object() || value.is_boolean())
            {
                let id = self.id(file, &child(pointer, key));
                schema.one.push((key, id));
            } else if let Some(key) = LISTS.iter().find(|name| *name == key)
                && let Value::Array(items) = value
            {
                let at = child(pointer, key);
                let ids: Vec<Id> = (0..items.len()).map(|index| self.id(file, &format!("{at}/{index}"))).collect();
                schema.lists.push((key, ids));
            } else if let Some(key) = MAPS.iter().find(|name| *name == key)
                && let Value::Object(entries) = value
            {
                let at = child(pointer, key);
                let ids = entries.keys().map(|name| (name.clone(), self.id(file, &child(&at, name)))).collect();
                schema.maps.push((key, ids));
            } else if PLAIN.contains(&key.as_str()) && is_well_formed(key, value) {
                schema.keywords.insert(key.clone(), value.clone());
            }
        }
        if entries.get("uniqueItems") == Some(&Value::Bool(true)) {
            schema.keywords.insert(String::from("uniqueItems"), Value::Bool(true));
        }
        if self.is_3_0 {
            translate_limits(entries, &mut schema);
        }
        schema
    }

    fn types(&self, entries: &Map<String, Value>, schema: &mut Schema) {
        let names = match entries.get("type") {
            Some(Value::String(name)) => vec![name.as_str()],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        schema.types = names.iter().filter_map(|name| Type::named(name)).collect();
        if let Some(other) = names.iter().find(|name| Type::named(name).is_none()) {
            schema.unsupported = Some(format!("type: {other}"));
        }
        if self.is_3_0 && !schema.types.is_empty() && entries.get("nullable") == Some(&Value::Bool(true)) {
            schema.types.push(Type::Null);
        }
    }

    /// Returns a schema of JSON Schema 2020-12 that holds all schemas under `$defs`, each with references to the others.
    pub(super) fn bundle(&self) -> Value {
        let defs: Map<String, Value> =
            self.all.iter().enumerate().map(|(id, schema)| (format!("s{id}"), translated(schema))).collect();
        json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": defs })
    }

    /// Returns the first keyword in a schema, or in those that it reaches, that the exam does not support.
    pub(super) fn unsupported(&self, id: Id) -> Option<String> {
        let (mut waiting, mut seen) = (vec![id], std::collections::HashSet::from([id]));
        while let Some(id) = waiting.pop() {
            if let Some(keyword) = &self.all[id].unsupported {
                return Some(keyword.clone());
            }
            waiting.extend(self.all[id].children().filter(|child| seen.insert(*child)));
        }
        None
    }
}

/// Returns whether the value of a keyword has the type that JSON Schema asks for. Other values are ignored, so that one
/// of them does not exclude a whole document from the exam.
fn is_well_formed(keyword: &str, value: &Value) -> bool {
    match keyword {
        "const" => true,
        "enum" => value.as_array().is_some_and(|values| !values.is_empty()),
        "required" => value.as_array().is_some_and(|keys| keys.iter().all(Value::is_string)),
        "dependentRequired" => value.is_object(),
        "format" | "pattern" => value.is_string(),
        "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" => value.is_number(),
        "multipleOf" => value.as_f64().is_some_and(|number| number > 0.0),
        _ => value.as_f64().is_some_and(|number| number >= 0.0 && number.fract() == 0.0),
    }
}

/// Writes limits of 3.0 as 2020-12 has them: a boolean `exclusiveMinimum` makes the limit beside it exclusive.
fn translate_limits(entries: &Map<String, Value>, schema: &mut Schema) {
    for (exclusive, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        let stated = entries.get(exclusive).and_then(Value::as_bool);
        if stated.is_some() {
            schema.keywords.remove(exclusive);
        }
        if stated == Some(true)
            && let Some(value) = schema.keywords.remove(limit)
        {
            schema.keywords.insert(exclusive.to_owned(), value);
        }
    }
}

fn translated(schema: &Schema) -> Value {
    if let Some(boolean) = schema.boolean {
        return Value::Bool(boolean);
    }
    let reference = |id: &Id| json!({ "$ref": format!("{BUNDLE}#/$defs/s{id}") });
    let mut keywords = schema.keywords.clone();
    if !schema.types.is_empty() {
        keywords.insert(String::from("type"), schema.types.iter().map(|one| one.name()).collect());
    }
    if let Some(target) = &schema.reference {
        keywords.insert(String::from("$ref"), Value::String(format!("{BUNDLE}#/$defs/s{target}")));
    }
    for (keyword, id) in &schema.one {
        keywords.insert((*keyword).to_owned(), reference(id));
    }
    for (keyword, ids) in schema.lists.iter().filter(|(_, ids)| !ids.is_empty()) {
        keywords.insert((*keyword).to_owned(), ids.iter().map(reference).collect());
    }
    for (keyword, ids) in &schema.maps {
        let ids: Map<String, Value> = ids.iter().map(|(name, id)| (name.clone(), reference(id))).collect();
        keywords.insert((*keyword).to_owned(), Value::Object(ids));
    }
    Value::Object(keywords)
}

/// The address of the bundle.
pub(super) const BUNDLE: &str = "json-schema:///bundle";

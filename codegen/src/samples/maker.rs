//! Makes the values of one schema.

use indexmap::map::Entry;
use octogen_runtime::{Map, Value};
use rustc_hash::FxHashMap;

use super::parts::{self, Parts, Schemas};
use super::scalars;
use crate::document::{Files, Identity, Node, SchemaType};

/// The text of a value without a schema.
pub(super) const ANYTHING: &str = "anything";

/// The maximum number of values of one schema.
const MAX_VALUES: usize = 6;

/// The number of the value that is null wherever it may be.
const NUMBER_OF_NULL: usize = 2;

/// The maximum length of a value as JSON in bytes, since each value is a row of a test.
const MAX_LENGTH: usize = 4096;

/// The maximum number of schemas that are tried for one value.
const MAX_STEPS: usize = 300;

/// The depth of values within one another.
const MAX_DEPTH: usize = 24;

/// The depth to which every branch has a value of its own.
const DEPTH_OF_BRANCHES: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    /// Required keys and elements alone.
    Minimal,
    /// All keys, and an element in each array.
    Maximal,
}

/// Makes the values of the schemas of a document.
pub(super) struct Maker<'a> {
    schemas: Schemas<'a>,
    /// The small value of each schema behind a reference, with its length. While a value is made, it is `None`, since it
    /// cannot contain itself.
    small: FxHashMap<Identity, Option<(Value, usize)>>,
    /// The inline schemas around the part that is made.
    open: Vec<Identity>,
    /// The number of the value. It selects the branch of each union and the value of each enum.
    number: usize,
    /// The largest number of branches or documented values that was met.
    choices: usize,
    /// The number of schemas that were tried for the value.
    steps: usize,
    /// The length of the parts of the value that are made, as JSON in bytes.
    length: usize,
}

impl<'a> Maker<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        let schemas = Schemas::new(files);
        Self { schemas, small: FxHashMap::default(), open: Vec::new(), number: 0, choices: 0, steps: 0, length: 0 }
    }

    /// Makes values of a schema: a minimal one, a maximal one, one with null where it may be, and one for each branch and
    /// each documented value. Each value is there once, with its JSON.
    pub(super) fn make_values(&mut self, node: &Node<'a>) -> Vec<(Value, String)> {
        let mut values: Vec<(Value, String)> = Vec::new();
        self.choices = 2;
        self.number = 0;
        while self.number < self.choices.min(MAX_VALUES) {
            let size = if self.number == 0 { Size::Minimal } else { Size::Maximal };
            if let Some(value) = self.whole_value(node, size) {
                let text = octogen_runtime::encode(&value);
                if text.len() <= MAX_LENGTH && values.iter().all(|(_, earlier)| *earlier != text) {
                    values.push((value, text));
                }
            }
            self.number += 1;
        }
        self.schemas.forget();
        values
    }

    /// Makes one value of a schema, as an example: a maximal one, or else a minimal one.
    pub(super) fn make_example(&mut self, node: &Node<'a>) -> Option<Value> {
        let made = [(1, Size::Maximal), (0, Size::Minimal)].into_iter().find_map(|(number, size)| {
            (self.number, self.choices) = (number, 2);
            self.whole_value(node, size)
        });
        self.schemas.forget();
        made
    }

    /// Makes a value that is not within another one.
    fn whole_value(&mut self, node: &Node<'a>, size: Size) -> Option<Value> {
        (self.steps, self.length) = (0, 0);
        self.of_branches(node, size, 0).filter(|_| !self.is_exhausted())
    }

    /// Returns whether the value becomes too long, or too many schemas were tried for it. It is then given up.
    fn is_exhausted(&self) -> bool {
        self.steps > MAX_STEPS || self.length > MAX_LENGTH
    }

    /// Makes a value within another one. Returns `None` if the schema has a keyword that the maker does not follow, or if
    /// its values contain themselves.
    fn value(&mut self, node: &Node<'a>, size: Size, depth: usize) -> Option<Value> {
        self.steps += 1;
        if depth > MAX_DEPTH || self.is_exhausted() {
            return None;
        }
        let Some(reference) = node.reference() else {
            let schema = node.identity();
            if self.open.contains(&schema) {
                return None;
            }
            self.open.push(schema);
            let value = self.of_branches(node, size, depth);
            self.open.pop();
            return value;
        };
        // A value of a component has rows of its own, so that it is small within another one.
        let target = self.schemas.target(node, reference)?.identity();
        if let Some(known) = self.small.get(&target) {
            let (value, length) = known.as_ref()?;
            self.length += length;
            return Some(value.clone());
        }
        self.small.insert(target, None);
        let (number, choices, length) = (std::mem::take(&mut self.number), self.choices, self.length);
        let value = self.of_branches(node, Size::Minimal, depth);
        (self.number, self.choices) = (number, choices);
        if self.is_exhausted() {
            // Within a shorter value, there may be enough space.
            self.small.remove(&target);
            return None;
        }
        self.small.insert(target, value.clone().map(|value| (value, self.length - length)));
        value
    }

    /// Makes a value with the branches that the number selects. Within another value, any possible ones are enough.
    fn of_branches(&mut self, node: &Node<'a>, size: Size, depth: usize) -> Option<Value> {
        let parts = self.parts(node, self.number)?;
        let branches = parts.branches;
        if depth <= DEPTH_OF_BRANCHES {
            self.choices = self.choices.max(branches);
        }
        let length = self.length;
        let value = self.of_parts(&parts, size, depth);
        if value.is_some() || depth == 0 || self.is_exhausted() {
            return value;
        }
        (0..branches).find_map(|branch| {
            self.length = length;
            let parts = self.parts(node, branch)?;
            self.of_parts(&parts, size, depth)
        })
    }

    fn parts(&mut self, node: &Node<'a>, number: usize) -> Option<Parts<'a>> {
        parts::collect(&mut self.schemas, node, number)
    }

    /// Makes a value and adds its length. Arrays and objects add the lengths of their elements themselves.
    fn of_parts(&mut self, parts: &Parts<'a>, size: Size, depth: usize) -> Option<Value> {
        let value = self.value_of_parts(parts, size, depth)?;
        self.length += match &value {
            Value::Null | Value::Boolean(_) => 4,
            Value::Number(number) => number.as_str().len(),
            Value::String(text) => text.len() + 2,
            Value::Array(items) => items.len() + 2,
            Value::Object(entries) => entries.keys().map(|key| key.len() + 4).sum::<usize>() + 2,
        };
        Some(value)
    }

    fn value_of_parts(&mut self, parts: &Parts<'a>, size: Size, depth: usize) -> Option<Value> {
        let types = types(parts)?;
        if let Some(values) = parts.values() {
            let fits = |value: &&&Value| types.is_empty() || types.iter().any(|one| is_of_type(value, *one));
            let values: Vec<&Value> = values.iter().filter(fits).copied().collect();
            self.choices = self.choices.max(if depth <= DEPTH_OF_BRANCHES { values.len() } else { 0 });
            return values.get(self.number % values.len().max(1)).map(|value| (*value).clone());
        }
        if let [only] = parts.schemas.as_slice()
            && only.nullable
        {
            self.choices = self.choices.max(if depth <= DEPTH_OF_BRANCHES { NUMBER_OF_NULL + 1 } else { 0 });
            if self.number == NUMBER_OF_NULL || (only.null && types.is_empty()) {
                return Some(Value::Null);
            }
        }
        let is_maximal = size == Size::Maximal;
        match types.get(self.number % types.len().max(1)) {
            Some(SchemaType::Boolean) => Some(Value::Boolean(is_maximal)),
            Some(SchemaType::Integer) => scalars::integer(parts, is_maximal),
            Some(SchemaType::Number) => scalars::number(parts, is_maximal),
            Some(SchemaType::String) => scalars::string(parts, is_maximal),
            Some(SchemaType::Array) => self.array(parts, size, depth),
            Some(SchemaType::Object) => self.object(parts, size, depth),
            None if has_structure(parts) => None,
            None => Some(Value::String(String::from(ANYTHING))),
        }
    }

    fn array(&mut self, parts: &Parts<'a>, size: Size, depth: usize) -> Option<Value> {
        let (least, most) = parts.counts("minItems", "maxItems");
        let prefix: Vec<&Node<'a>> = parts.schemas.iter().flat_map(|schema| &schema.prefix_items).collect();
        let wanted = least.max(prefix.len()).max(usize::from(size == Size::Maximal && prefix.is_empty()));
        let count = most.map_or(wanted, |most| wanted.min(most));
        if count > MAX_VALUES || (count > 1 && parts.has("uniqueItems")) || count < least {
            return None;
        }
        let stated: Vec<&Node<'a>> = parts.schemas.iter().filter_map(|schema| schema.items.as_ref()).collect();
        let mut items = Vec::new();
        for index in 0..count {
            let item = match (prefix.get(index), stated.as_slice()) {
                (Some(item), _) => self.value(item, size, depth + 1),
                (None, []) => Some(Value::String(String::from(ANYTHING))),
                (None, [item]) if item.value.as_bool() != Some(false) => self.value(item, size, depth + 1),
                _ => None,
            };
            match item {
                Some(item) => items.push(item),
                // An array may be empty if no element can be made.
                None if least == 0 && prefix.is_empty() => return Some(Value::Array(Vec::new())),
                None => return None,
            }
        }
        Some(Value::Array(items))
    }

    fn object(&mut self, parts: &Parts<'a>, size: Size, depth: usize) -> Option<Value> {
        let (least, most) = parts.counts("minProperties", "maxProperties");
        // In version 3.0, a bare nullable object beside a reference means null.
        let is_bare = parts.schemas.iter().all(|schema| schema.properties.is_empty() && schema.required.is_empty());
        if is_bare && parts.branches > 0 && parts.schemas.iter().any(|schema| schema.nullable) {
            return None;
        }
        let required: Vec<&str> = parts.schemas.iter().flat_map(|schema| schema.required.iter().copied()).collect();
        let declared = parts.schemas.iter().flat_map(|schema| schema.properties.iter().map(|(key, _)| *key));
        let mut entries = Map::new();
        for key in declared.chain(required.iter().copied()) {
            let is_required = required.contains(&key);
            let is_wanted = is_required || (size == Size::Maximal && most.is_none_or(|most| entries.len() < most));
            if !is_wanted {
                continue;
            }
            let Entry::Vacant(entry) = entries.entry(key.to_owned()) else { continue };
            match self.property(parts, key, size, depth) {
                Some(value) => drop(entry.insert(value)),
                None if is_required || self.is_exhausted() => return None,
                None => {}
            }
        }
        let is_open = !parts.schemas.iter().any(|schema| !schema.patterns.is_empty());
        let has_place =
            entries.len() < least || (size == Size::Maximal && most.is_none_or(|most| entries.len() < most));
        if let Some(values) = parts.additional().filter(|_| is_open && has_place) {
            let value = match values {
                Some(node) => self.value(&node, size, depth + 1),
                None => Some(Value::String(String::from(ANYTHING))),
            };
            entries.extend(value.map(|value| (String::from("another key"), value)));
        }
        let count = entries.len();
        (least <= count && most.is_none_or(|most| count <= most)).then_some(Value::Object(entries))
    }

    /// Makes the value of a property. A discriminator property has the value of the chosen branch.
    fn property(&mut self, parts: &Parts<'a>, key: &str, size: Size, depth: usize) -> Option<Value> {
        let nodes = parts.property(key);
        let tag = parts.tags.iter().find(|(property, _)| *property == key).map(|(_, tag)| tag);
        let value = match nodes.as_slice() {
            [] if parts.has("patternProperties") => None,
            [] => match parts.additional() {
                Some(Some(node)) => self.value(&node, size, depth + 1),
                _ => Some(Value::String(String::from(ANYTHING))),
            },
            [node] => self.value(node, size, depth + 1),
            // The schemas of one property in several parts hold together. Only equal ones are simple.
            [first, others @ ..] => {
                let are_equal = others.iter().all(|other| other.value == first.value);
                // A part that narrows a property to constants is enough.
                let constant = nodes.iter().find(|node| node.value.get("const").or(node.value.get("enum")).is_some());
                let node = constant.or(are_equal.then_some(first))?;
                self.value(node, size, depth + 1)
            }
        }?;
        let Some(tag) = tag else { return Some(value) };
        let values = nodes.iter().find_map(|node| Some(self.parts(node, 0)?.values()?.into_iter().cloned().collect()));
        let values: Vec<Value> = values.unwrap_or_default();
        let tag = match value {
            Value::String(_) => Value::String(tag.clone()),
            _ => octogen_runtime::decode(tag.to_lowercase().as_bytes()).unwrap_or_default(),
        };
        match values.is_empty() || values.contains(&tag) {
            true => (tag.kind() == value.kind()).then_some(tag),
            false => Some(value),
        }
    }
}

/// Returns the types that all parts admit: none if no part states a type. Returns `None` if they have none in common.
fn types(parts: &Parts<'_>) -> Option<Vec<SchemaType>> {
    let mut types: Option<Vec<SchemaType>> = None;
    for schema in parts.schemas.iter().filter(|schema| !schema.types.is_empty()) {
        let admits = |one: &SchemaType| {
            schema.types.contains(one) || (*one == SchemaType::Integer && schema.types.contains(&SchemaType::Number))
        };
        types = Some(match types {
            None => schema.types.clone(),
            Some(earlier) => earlier.into_iter().filter(admits).collect(),
        });
    }
    let types = match types {
        Some(types) if types.is_empty() => return None,
        Some(types) => types,
        None if parts.has("properties") || parts.has("required") || parts.has("additionalProperties") => {
            vec![SchemaType::Object]
        }
        None if parts.has("items") || parts.has("prefixItems") => vec![SchemaType::Array],
        None => Vec::new(),
    };
    Some(types)
}

/// Returns whether a part has a keyword about values, so that not every value fits.
fn has_structure(parts: &Parts<'_>) -> bool {
    parts
        .schemas
        .iter()
        .any(|schema| schema.null || schema.nullable || schema.format.is_some() || !schema.patterns.is_empty())
}

fn is_of_type(value: &Value, one: SchemaType) -> bool {
    match value {
        Value::Null => false,
        Value::Boolean(_) => one == SchemaType::Boolean,
        Value::Number(number) => one == SchemaType::Number || (one == SchemaType::Integer && number.as_i64().is_some()),
        Value::String(_) => one == SchemaType::String,
        Value::Array(_) => one == SchemaType::Array,
        Value::Object(_) => one == SchemaType::Object,
    }
}

#[cfg(test)]
mod tests;

//! Objects: their declared keys, and undeclared ones.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::{DEEP, LARGE, Making, Style, Wanted};
use crate::exam::cases::Kind;
use crate::exam::patterns;
use crate::exam::schemas::{Id, Schema};

impl<'a> Making<'a, '_, '_> {
    pub(super) fn object(
        &mut self,
        wanted: &Wanted,
        schemas: &[&'a Schema],
        mut forced: BTreeSet<String>,
        style: Style,
        depth: usize,
    ) -> Option<Value> {
        let first = *wanted.all.first()?;
        let declared = declared(schemas);
        let required: BTreeSet<&str> = schemas.iter().flat_map(|schema| required(schema)).collect();
        forced.extend(required.iter().map(|key| (*key).to_owned()));
        let mut avoided = self.avoided_keys(wanted);
        // A condition on a key that may be absent is met by an object without it.
        forced.extend(avoided.keys().filter(|key| declared.contains_key(key.as_str())).cloned());
        let low = limit(schemas, "minProperties").max().unwrap_or(0);
        let high = limit(schemas, "maxProperties").min().unwrap_or(usize::MAX);
        let mut entries = Map::new();
        for (index, (key, ids)) in declared.iter().enumerate() {
            let is_present = if forced.contains(*key) {
                true
            } else {
                let full = style != Style::Minimal && (depth < DEEP && self.values < LARGE) && entries.len() < high;
                let kind = if full { Kind::Absent } else { Kind::Present };
                self.decide(kind, (first, index), 2, usize::from(full)) == 1
            };
            if !is_present {
                continue;
            }
            let none: Vec<Id> = avoided.remove(*key).unwrap_or_default();
            let before = self.before();
            let within = Wanted { all: ids.clone(), none, variation: wanted.variation };
            match self.within(key, within, style, depth) {
                Some(value) => drop(entries.insert((*key).to_owned(), value)),
                None if forced.contains(*key) => return None,
                // An optional key of a recursive schema is left out.
                None => {
                    let excepted = self.is_excepted(&before);
                    self.rewind(&before);
                    if excepted {
                        return None;
                    }
                }
            }
        }
        let open = self.undeclared(schemas);
        for key in forced.iter().filter(|key| !declared.contains_key(key.as_str())) {
            let (Some(ids), _) = &open else { return None };
            let ids = patterned(schemas, key).unwrap_or_else(|| ids.clone());
            let value = self.undeclared_value(key, ids, wanted.variation, style, depth)?;
            entries.insert(key.clone(), value);
        }
        self.add_entries(wanted, schemas, first, &open, style, depth, &mut entries, (low, high))?;
        for (key, ids) in &declared {
            if entries.len() >= low {
                break;
            }
            if !entries.contains_key(*key) {
                let within = Wanted { all: ids.clone(), none: Vec::new(), variation: wanted.variation };
                if let Some(value) = self.within(key, within, style, depth) {
                    entries.insert((*key).to_owned(), value);
                }
            }
        }
        Some(Value::Object(entries))
    }

    /// Adds undeclared keys.
    #[expect(clippy::too_many_arguments, reason = "the parts of one object")]
    pub(super) fn add_entries(
        &mut self,
        wanted: &Wanted,
        schemas: &[&'a Schema],
        first: Id,
        (open, is_map): &(Option<Vec<Id>>, bool),
        style: Style,
        depth: usize,
        entries: &mut Map<String, Value>,
        (low, high): (usize, usize),
    ) -> Option<()> {
        let mut patterns: Vec<(&str, Id)> = Vec::new();
        for schema in schemas {
            patterns.extend(schema.map("patternProperties").iter().map(|(pattern, id)| (pattern.as_str(), *id)));
        }
        for (index, (pattern, id)) in patterns.iter().enumerate() {
            if self.decide(Kind::Entries, (first, 10 + index), 2, usize::from(style != Style::Minimal && depth < DEEP))
                == 1
                && let Some(key) = patterns::matching(pattern, 1, 0)
            {
                let value = self.undeclared_value(&key, vec![*id], wanted.variation, style, depth)?;
                entries.insert(key, value);
            }
        }
        let Some(ids) = open else { return Some(()) };
        let names: Vec<Id> = schemas.iter().filter_map(|schema| schema.one("propertyNames")).collect();
        let least = if *is_map && entries.len() < low { low - entries.len() } else { 0 };
        let (kind, options, default) = if *is_map {
            (Kind::Entries, 3, usize::from(style != Style::Minimal && depth < DEEP).max(least.min(2)))
        } else {
            (Kind::Undeclared, 2, 0)
        };
        let count = self.decide(kind, (first, 0), options, default).max(least.min(64));
        for index in 0..count {
            if entries.len() >= high {
                break;
            }
            let key = if names.is_empty() {
                format!("undeclared{}", if index == 0 { String::new() } else { index.to_string() })
            } else {
                let wanted = Wanted { all: names.clone(), none: Vec::new(), variation: index };
                self.within("", wanted, style, depth)?.as_str()?.to_owned()
            };
            let value = self.undeclared_value(&key, ids.clone(), wanted.variation + index, style, depth)?;
            entries.insert(key, value);
        }
        Some(())
    }

    pub(super) fn undeclared_value(
        &mut self,
        key: &str,
        ids: Vec<Id>,
        variation: usize,
        style: Style,
        depth: usize,
    ) -> Option<Value> {
        if ids.is_empty() {
            self.free.push(format!("{}.{key}", self.path));
            return Some(json!({ "a": [1, null, "b"] }));
        }
        self.within(key, Wanted { all: ids, none: Vec::new(), variation }, style, depth)
    }

    /// Returns the schemas of undeclared keys, or `None` if they are not allowed, and whether the object is a map.
    pub(super) fn undeclared(&self, schemas: &[&Schema]) -> (Option<Vec<Id>>, bool) {
        let mut ids = Vec::new();
        for schema in schemas {
            for keyword in ["additionalProperties", "unevaluatedProperties"] {
                match schema.one(keyword) {
                    Some(id) if self.schema(id).boolean == Some(false) => return (None, false),
                    Some(id) if self.schema(id).boolean.is_none() => ids.push(id),
                    _ => {}
                }
            }
        }
        let is_map = schemas.iter().all(|schema| schema.map("properties").is_empty());
        (Some(ids), is_map)
    }

    /// Returns the keys whose values must not fit a schema, so that a condition is not met.
    pub(super) fn avoided_keys(&self, wanted: &Wanted) -> BTreeMap<String, Vec<Id>> {
        let mut keys: BTreeMap<String, Vec<Id>> = BTreeMap::new();
        for &id in &wanted.none {
            let schema = self.schema(self.schema(id).reference.unwrap_or(id));
            if let Some((key, id)) = schema.map("properties").first() {
                keys.entry(key.clone()).or_default().push(*id);
            }
        }
        keys
    }
}

pub(super) fn limit<'s>(schemas: &'s [&Schema], keyword: &'s str) -> impl Iterator<Item = usize> {
    schemas.iter().filter_map(move |schema| schema.number(keyword)?.as_f64()).map(|number| number as usize)
}

fn required(schema: &Schema) -> impl Iterator<Item = &str> {
    schema.keywords.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

pub(super) fn requires(schema: &Schema, key: &str) -> bool {
    required(schema).any(|required| required == key)
}

/// Returns the declared keys with all schemas that their values must fit.
fn declared<'s>(schemas: &[&'s Schema]) -> IndexMap<&'s str, Vec<Id>> {
    let mut keys: IndexMap<&str, Vec<Id>> = IndexMap::new();
    for schema in schemas {
        for (key, id) in schema.map("properties") {
            keys.entry(key).or_default().push(*id);
        }
    }
    keys
}

/// Returns the schemas under `patternProperties` whose pattern a key matches.
fn patterned(schemas: &[&Schema], key: &str) -> Option<Vec<Id>> {
    let all: Vec<&(String, Id)> = schemas.iter().flat_map(|schema| schema.map("patternProperties")).collect();
    let prefix = |pattern: &str| pattern.strip_prefix('^').map(|pattern| pattern.trim_end_matches(".*").to_owned());
    let found: Vec<Id> = all
        .iter()
        .filter(|(pattern, _)| prefix(pattern).is_some_and(|start| key.starts_with(&start)))
        .map(|(_, id)| *id)
        .collect();
    (!found.is_empty()).then_some(found)
}

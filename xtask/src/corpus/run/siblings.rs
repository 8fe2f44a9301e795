//! Whether a name moves when a document is given a sibling of what it has.

use std::collections::{BTreeMap, BTreeSet};

use octogen::source::{Loader, Source};
use octogen::{Crate, CrateOptions, generate_crate};
use octogen_runtime::{Map, Value, decode, encode};

/// How many names that moved are told.
const MOST: usize = 20;

/// What is added to a document; the description of an operation that no document has.
const SCHEMA: &str = r#"{"type":"object","properties":{"kind":{"type":"string","enum":["added"]},"inner":{"type":"object","properties":{"added":{"type":"integer"}}}}}"#;
const PATH: &str = r#"{"get":{"operationId":"aSiblingThatWasAdded","responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":{"added":{"type":"boolean"}}}}}}}}}"#;

/// The names that are not there any more once a schema, an operation, or a property of each schema was added; each by
/// itself, before its siblings. A document that is not JSON says so.
#[must_use]
pub fn moved(source: &Source, loader: &dyn Loader, options: &CrateOptions, before: &Crate) -> Vec<String> {
    let Ok(document) = decode::<Value>(source.text.as_bytes()) else {
        return vec![String::from("only JSON is given siblings")];
    };
    let before = names(before);
    let mut moved = Vec::new();
    for (what, add) in [("a schema", schema as fn(&mut Value)), ("an operation", operation), ("properties", properties)]
    {
        let mut document = document.clone();
        add(&mut document);
        let source = Source { path: source.path.clone(), text: encode(&document) };
        let Some(after) = generate_crate(&source, loader, options).output else {
            moved.push(format!("with {what} nothing is generated"));
            continue;
        };
        let after = names(&after);
        let gone = before.iter().filter(|(name, members)| match after.get(*name) {
            None => true,
            // A type that has become another name of its sibling has no members of its own.
            Some(others) => !others.is_empty() && !members.is_subset(others),
        });
        moved.extend(gone.map(|(name, members)| {
            let lost = members.iter().find(|member| !after.get(name).is_some_and(|others| others.contains(*member)));
            format!("with {what}: {name} {}", lost.map_or("", String::as_str)).trim_end().to_owned()
        }));
    }
    moved.truncate(MOST);
    moved
}

fn schema(document: &mut Value) {
    let schemas = below(below(document, "components"), "schemas");
    first(schemas, "ASiblingThatWasAdded", SCHEMA);
}

fn operation(document: &mut Value) {
    first(below(document, "paths"), "/a/sibling/that/was/added", PATH);
}

fn properties(document: &mut Value) {
    let Value::Object(schemas) = below(below(document, "components"), "schemas") else { return };
    for (_, schema) in schemas.iter_mut() {
        if let Value::Object(keywords) = schema
            && let Some(properties @ Value::Object(_)) = keywords.get_mut("properties")
        {
            first(properties, "aSiblingThatWasAdded", SCHEMA);
        }
    }
}

/// The value of a key, which is put there if it is not.
fn below<'v>(value: &'v mut Value, key: &str) -> &'v mut Value {
    if !matches!(value, Value::Object(_)) {
        *value = Value::Object(Map::new());
    }
    let Value::Object(entries) = value else { return value };
    if entries.get(key).is_none() {
        entries.insert(key.to_owned(), Value::Object(Map::new()));
    }
    match entries.get_mut(key) {
        Some(value) => value,
        None => unreachable!("the key was just put there"),
    }
}

fn first(siblings: &mut Value, key: &str, text: &str) {
    if let (Value::Object(entries), Ok(added)) = (&mut *siblings, decode::<Value>(text.as_bytes())) {
        let others = std::mem::take(entries);
        entries.insert(key.to_owned(), added);
        entries.extend(others);
    }
}

/// The names of a library by the room that they stand in, each with its members; tests are among them.
fn names(output: &Crate) -> BTreeMap<String, BTreeSet<String>> {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in &output.files {
        let Some(path) = file.path.strip_prefix("src/").or_else(|| file.path.strip_prefix("tests/")) else { continue };
        let room = path.split(['/', '.']).next().unwrap_or_default();
        let (mut open, mut operation): (Option<String>, Option<String>) = (None, None);
        for line in file.text.lines() {
            // An enum of texts stands in its macro.
            let line = line.strip_prefix("    ").filter(|inner| inner.starts_with("pub enum ")).unwrap_or(line);
            // A name that another operation has taken is there, and moved all the same.
            if let Some(name) = line.strip_prefix("impl Operation for ") {
                operation = Some(format!("{room}::{}", name.trim_end_matches([' ', '{'])));
            }
            // Its first text is its id.
            if line.contains('"')
                && let Some(members) = operation.take().and_then(|name| names.get_mut(&name))
            {
                members.insert(line.trim().to_owned());
            }
            match (line.strip_prefix("    "), &open) {
                (Some(member), Some(item)) => {
                    let member = member.strip_prefix("pub ").unwrap_or(member);
                    let name: String = member.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    if !name.is_empty() {
                        names.entry(item.clone()).or_default().insert(name);
                    }
                }
                _ => {
                    open = item(line).map(|(name, has_members)| (format!("{room}::{name}"), has_members)).and_then(
                        |(name, has_members)| {
                            names.entry(name.clone()).or_default();
                            has_members.then_some(name)
                        },
                    )
                }
            }
        }
    }
    names
}

/// The name of an item that starts on a line, and whether members follow.
fn item(line: &str) -> Option<(String, bool)> {
    let kinds = ["pub struct ", "pub enum ", "pub type ", "pub const ", "pub fn ", "fn "];
    let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
    let name = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    Some((name, line.ends_with('{') && !line.contains("fn ")))
}

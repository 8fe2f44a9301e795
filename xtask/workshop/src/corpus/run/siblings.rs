//! Checks whether a generated name changes when a schema, operation or property is added to the document.

use std::collections::{BTreeMap, BTreeSet};

use octogen::source::{Loader, Source};
use octogen::{Crate, CrateOptions, generate_crate};
use octogen_runtime::{Map, Value, decode, encode};

/// The maximum number of changed names that are reported.
const MOST: usize = 20;

/// Additions to a document; no document has an operation like this.
const SCHEMA: &str = r#"{"type":"object","properties":{"kind":{"type":"string","enum":["added"]},"inner":{"type":"object","properties":{"added":{"type":"integer"}}}}}"#;
const PATH: &str = r#"{"get":{"operationId":"aSiblingThatWasAdded","responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":{"added":{"type":"boolean"}}}}}}}}}"#;

/// Returns the names that disappear after a schema, an operation, or a property of each schema is added. Each addition
/// is made separately, before its siblings. For a document that is not JSON, it returns a message.
#[must_use]
pub fn moved(source: &Source, loader: &dyn Loader, options: &CrateOptions, before: &Crate) -> Vec<String> {
    let Ok(document) = decode::<Value>(source.text.as_bytes()) else {
        return vec![String::from("only JSON documents are given siblings")];
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
    if let Some(schemas) = below(document, &["components", "schemas"]) {
        first(schemas, "ASiblingThatWasAdded", SCHEMA);
    }
}

fn operation(document: &mut Value) {
    if let Some(paths) = below(document, &["paths"]) {
        first(paths, "/a/sibling/that/was/added", PATH);
    }
}

fn properties(document: &mut Value) {
    let Some(Value::Object(schemas)) = below(document, &["components", "schemas"]) else { return };
    for (_, schema) in schemas.iter_mut() {
        if let Value::Object(keywords) = schema
            && let Some(properties @ Value::Object(_)) = keywords.get_mut("properties")
        {
            first(properties, "aSiblingThatWasAdded", SCHEMA);
        }
    }
}

/// Returns the value of a key within the value of another key, and inserts both if they are missing.
fn below<'v>(value: &'v mut Value, keys: &[&str]) -> Option<&'v mut Value> {
    let mut at = value;
    for &key in keys {
        if !matches!(at, Value::Object(_)) {
            *at = Value::Object(Map::new());
        }
        let Value::Object(entries) = at else { return None };
        if entries.get(key).is_none() {
            entries.insert(key.to_owned(), Value::Object(Map::new()));
        }
        at = entries.get_mut(key)?;
    }
    Some(at)
}

fn first(siblings: &mut Value, key: &str, text: &str) {
    if let (Value::Object(entries), Ok(added)) = (&mut *siblings, decode::<Value>(text.as_bytes())) {
        let others = std::mem::take(entries);
        entries.insert(key.to_owned(), added);
        entries.extend(others);
    }
}

/// Returns the names of a library by namespace, each with its members; tests are included.
fn names(output: &Crate) -> BTreeMap<String, BTreeSet<String>> {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in &output.files {
        let Some(path) = file.path.strip_prefix("src/").or_else(|| file.path.strip_prefix("tests/")) else { continue };
        let namespace = path.split(['/', '.']).next().unwrap_or_default();
        let mut open: Option<String> = None;
        for line in file.text.lines() {
            let text = line.trim_start();
            // Items inside a macro call are indented once, or follow the macro's name.
            let inner = text.split_once("! { ").map_or(text, |(_, inner)| inner);
            let indent = line.len() - text.len();
            if let Some((name, rest)) = item(inner).filter(|_| indent <= 4) {
                let name = format!("{namespace}::{name}");
                names.entry(name.clone()).or_default().extend(members(rest.trim_start_matches([' ', '{'])));
                open = Some(name);
            } else if indent == 0 {
                open = None;
            } else if let Some(members_of) = open.as_ref().and_then(|name| names.get_mut(name)) {
                members_of.extend(members(text));
            }
        }
    }
    names
}

/// Returns the name of an item that starts on a line, and the text after the name.
fn item(line: &str) -> Option<(&str, &str)> {
    let kinds = ["pub struct ", "pub enum ", "pub type ", "pub const ", "pub fn ", "fn "];
    let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
    let end = rest.find(|c: char| !is_name(c))?;
    Some((&rest[..end], rest[end..].trim_start()))
}

/// Returns the members that a line names: a field or parameter, enum values with their variants, a status with its
/// variant, and the id of an operation.
fn members(line: &str) -> Vec<String> {
    let id = ABOUT.iter().find_map(|method| line.split_once(method)?.1.split('"').next());
    let first = |text: &str| text.trim_start().chars().take_while(|&c| is_name(c)).collect::<String>();
    let mut found: Vec<String> = id.map(str::to_owned).into_iter().collect();
    if line.starts_with('"') || line.starts_with("else ") {
        found.extend(line.split(", ").filter_map(|value| Some(first(value.rsplit_once(' ')?.1))));
    } else {
        let member = line.split_once(" => ").map_or(line, |(_, variant)| variant);
        found.push(first(member.strip_prefix("pub ").unwrap_or(member)));
    }
    found.retain(|name| !name.is_empty());
    found
}

/// The prefixes of the line that contains an operation's method and path.
const ABOUT: [&str; 8] = ["get(\"", "put(\"", "post(\"", "delete(\"", "options(\"", "head(\"", "patch(\"", "trace(\""];

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '#'
}

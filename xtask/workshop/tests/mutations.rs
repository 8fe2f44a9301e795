//! A document with one random mistake that OpenAPI's own schemas refuse has a diagnostic that it did not have before.
//!
//! The schemas in `tests/mutations` are those that the OpenAPI Initiative publishes, under the licence Apache-2.0.

use std::collections::BTreeSet;

use octogen::source::{NoFiles, Source};
use octogen::{Options, generate};
use serde_json::{Value, json};

/// How many documents with a mistake are made of each version.
const DOCUMENTS: usize = 100;

const ZOO: &str = include_str!("mutations/zoo.json");

const SCHEMAS: [(&str, &str); 2] =
    [("3.0.3", include_str!("mutations/openapi-3.0.json")), ("3.1.0", include_str!("mutations/openapi-3.1.json"))];

#[test]
fn no_mistake_is_silent() {
    for (seed, (version, schema)) in (1..).zip(SCHEMAS) {
        let schema: Value = serde_json::from_str(schema).expect("the schema is JSON");
        let validator = jsonschema::validator_for(&schema).expect("the schema is valid");
        let valid: Value = serde_json::from_str(&ZOO.replace("VERSION", version)).expect("the document is JSON");
        assert!(validator.is_valid(&valid), "{version}: {:?}", validator.iter_errors(&valid).next());
        let before = problems(&valid);
        let mut random = Random(seed);
        let (mut refused, mut silent) = (0, Vec::new());
        while refused < DOCUMENTS {
            let mut document = valid.clone();
            let mistake = mutate(&mut document, &mut random);
            if validator.is_valid(&document) {
                continue;
            }
            refused += 1;
            if problems(&document).is_subset(&before) {
                silent.push(mistake);
            }
        }
        assert!(silent.is_empty(), "{version}: {} of {refused} are silent:\n{}", silent.len(), silent.join("\n"));
    }
}

/// Returns the codes and the messages of the diagnostics of a document.
fn problems(document: &Value) -> BTreeSet<String> {
    let source = Source { path: String::from("zoo.json"), text: document.to_string() };
    let found = generate(&source, &NoFiles, &Options::default()).diagnostics;
    found.iter().map(|one| format!("{} {}", one.code.name(), one.message)).collect()
}

/// Changes one value of a document at random, and returns the change.
fn mutate(document: &mut Value, random: &mut Random) -> String {
    let mut pointers = Vec::new();
    collect_pointers(document, String::new(), &mut pointers);
    let pointer = &pointers[random.below(pointers.len())];
    let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
    let key = key.replace("~1", "/").replace("~0", "~");
    match (document.pointer_mut(parent), random.below(3)) {
        (Some(Value::Object(entries)), 0) => {
            entries.remove(&key);
            format!("{pointer} is removed")
        }
        (Some(Value::Object(entries)), 1) => {
            let value = entries.remove(&key).unwrap_or_default();
            let misspelt: String = key.chars().skip(1).chain(['x']).collect();
            entries.insert(misspelt.clone(), value);
            format!("{pointer} is `{misspelt}`")
        }
        _ => {
            let values = [json!("text"), json!(5), json!(true), json!(null), json!([]), json!({})];
            let other = values[random.below(values.len())].clone();
            let change = format!("{pointer} is {other}");
            if let Some(value) = document.pointer_mut(pointer) {
                *value = other;
            }
            change
        }
    }
}

/// Collects the JSON pointers to all values within a value.
fn collect_pointers(value: &Value, at: String, pointers: &mut Vec<String>) {
    let entries: Vec<(String, &Value)> = match value {
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in entries {
        let pointer = format!("{at}/{key}");
        pointers.push(pointer.clone());
        collect_pointers(value, pointer, pointers);
    }
}

/// Numbers that depend on a seed alone.
struct Random(u64);

impl Random {
    /// Returns a number below a limit.
    fn below(&mut self, limit: usize) -> usize {
        // A linear congruential generator with the constants of Knuth's MMIX. Its high bits are the random ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

//! Examples of models: parts of payloads.

use octogen_runtime::{Map, Value};

use super::check_result::CheckResult;
use crate::ir::{TypeId, TypeMap};

/// The text in place of a secret.
pub const SECRET: &str = "secret";

/// At most one example of each model, as JSON, taken from payloads that emitted code decodes and writes back unchanged.
#[derive(Debug, Default)]
pub struct ModelExamples {
    examples: TypeMap<ModelExample>,
}

#[derive(Debug)]
struct ModelExample {
    json: String,
    /// Whether the example is a whole payload and not a part of one.
    is_whole: bool,
}

impl ModelExamples {
    /// Takes the examples of models that a payload has. The first one of a model is kept, and a whole payload is better than
    /// a part. `shared` returns the type that represents all types of the same structure.
    pub fn add(&mut self, payload: &Value, checked: &CheckResult<'_>, shared: impl Fn(TypeId) -> TypeId) {
        for model in &checked.models {
            let (id, is_whole) = (shared(model.ty), std::ptr::eq(model.value, payload));
            let is_better = self.examples.get(id).is_none_or(|earlier| is_whole && !earlier.is_whole);
            if is_better {
                let json = match checked.secrets.as_slice() {
                    [] => octogen_runtime::encode(model.value),
                    secrets => octogen_runtime::encode(&without_secrets(model.value, secrets)),
                };
                self.examples.insert(id, ModelExample { json, is_whole });
            }
        }
    }

    /// Returns the example of a model as JSON.
    #[must_use]
    pub fn get(&self, id: TypeId) -> Option<&str> {
        self.examples.get(id).map(|example| example.json.as_str())
    }
}

/// Returns a copy of a value with a placeholder for each of its secrets.
fn without_secrets(value: &Value, secrets: &[&Value]) -> Value {
    if secrets.iter().any(|secret| std::ptr::eq(*secret, value)) {
        return Value::String(SECRET.to_owned());
    }
    match value {
        Value::Array(items) => Value::Array(items.iter().map(|item| without_secrets(item, secrets)).collect()),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), without_secrets(value, secrets)));
            Value::Object(entries.collect::<Map<Value>>())
        }
        scalar => scalar.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::{check, plans};
    use crate::ir::testing::{add, object, string, strings, union};
    use crate::ir::{Edge, Shape, StringKind, Types};

    #[test]
    fn each_model_within_a_payload_has_an_example() {
        let mut types = Types::default();
        let (text, secret) = (string(&mut types), add(&mut types, Shape::String(StringKind::Secret)));
        let state = strings(&mut types, &["open"]);
        let inner = object(&mut types, &[("state?", state), ("token?", secret)]);
        let either = union(&mut types, None, &[("", text), ("", inner)]);
        let outer = object(&mut types, &[("inner", inner), ("either", either)]);
        let mut examples = ModelExamples::default();
        for (ty, json) in [
            (outer, r#"{"inner":{"token":"abc"},"either":{"state":"open"}}"#),
            (inner, r#"{"state":"new"}"#),
            (outer, r#"{"inner":{},"either":"a"}"#),
        ] {
            let payload: Value = octogen_runtime::decode(json.as_bytes()).expect("the test has JSON");
            let checked = check(&types, &plans(&types), (ty, Edge::Within(ty.id)), &payload);
            examples.add(&payload, &checked, |id| id);
        }
        let found = [outer, inner, either, state, text].map(|used| examples.get(used.id));
        let expected = [
            Some(r#"{"inner":{"token":"secret"},"either":{"state":"open"}}"#),
            Some(r#"{"state":"new"}"#),
            Some(r#"{"state":"open"}"#),
            Some(r#""open""#),
            None,
        ];
        assert_eq!(found, expected);
    }
}

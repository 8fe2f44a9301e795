//! Whether the documented payloads fit the documented types, found out before anybody compiles them.

use octogen_runtime::{JsonType, Map, Value};

use super::{ArmPlan, Facts};
use crate::ir::{Api, IntegerKind, Object, Shape, TypeId, Types};

/// Where a payload and its type part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The way to the value within the payload.
    pub path: String,
    /// What the type says and what the payload has.
    pub message: String,
    /// What becomes of the value.
    pub effect: Effect,
}

/// What becomes of a value that contradicts its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It is kept and written back.
    Kept,
    /// It is dropped, or comes back as another text.
    Changed,
    /// It is refused, and the payload with it.
    Refused,
}

/// The contradictions of each payload, in their order.
pub(super) fn contradictions(api: &Api, facts: &Facts) -> Vec<Vec<Contradiction>> {
    let of_example = |example: &crate::ir::Example| {
        let mut check = Check { types: &api.types, facts, found: Vec::new() };
        check.value(example.ty, &example.value, "$");
        check.found
    };
    api.examples.iter().map(of_example).collect()
}

/// Where a value and its type part first.
pub(super) fn contradiction(api: &Api, facts: &Facts, ty: TypeId, value: &Value) -> Option<Contradiction> {
    let mut check = Check { types: &api.types, facts, found: Vec::new() };
    check.value(ty, value, "$");
    check.found.into_iter().next()
}

struct Check<'a> {
    types: &'a Types,
    facts: &'a Facts,
    found: Vec<Contradiction>,
}

impl Check<'_> {
    fn value(&mut self, id: TypeId, value: &Value, path: &str) {
        let (inner, nullable) = self.types.without_null(id);
        if nullable && *value == Value::Null {
            return;
        }
        let types = self.types;
        match (&types[inner].shape, value) {
            (Shape::Any | Shape::Nullable(_) | Shape::Alias(_), _)
            | (Shape::Null, Value::Null)
            | (Shape::Boolean, Value::Boolean(_))
            | (Shape::Number, Value::Number(_))
            | (Shape::String(_), Value::String(_)) => {}
            (Shape::Integer(kind), Value::Number(number)) => self.integer(*kind, number.as_str(), path),
            (Shape::Array(items), Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    self.value(*items, value, &format!("{path}[{index}]"));
                }
            }
            (Shape::Tuple(elements), Value::Array(values)) if elements.len() == values.len() => {
                for (index, (element, value)) in elements.iter().zip(values).enumerate() {
                    self.value(*element, value, &format!("{path}[{index}]"));
                }
            }
            (Shape::Map(values), Value::Object(entries)) => {
                for (key, value) in entries {
                    self.value(*values, value, &format!("{path}.{key}"));
                }
            }
            (Shape::Object(object), Value::Object(entries)) => self.object(object, entries, path),
            (Shape::Enum(values), value) if values.iter().any(|one| one.kind() == value.kind()) => {
                if !values.contains(value) {
                    self.part(
                        Effect::Kept,
                        path,
                        format!("{} is not among the documented values", octogen_runtime::encode(value)),
                    );
                }
            }
            (Shape::Union(_), value) => self.union(inner, value, path),
            (shape, value) => self.part(
                Effect::Refused,
                path,
                format!("the type is {}, the payload has {}", said(shape), value.kind()),
            ),
        }
    }

    fn integer(&mut self, kind: IntegerKind, text: &str, path: &str) {
        let back = match kind {
            IntegerKind::Signed => text.parse::<i64>().ok().map(|value| value.to_string()),
            IntegerKind::Unsigned => text.parse::<u64>().ok().map(|value| value.to_string()),
        };
        match back {
            Some(back) if back == text => {}
            // The decoder takes 3.0 and 5e9 for the integers that they are.
            _ if text.contains(['.', 'e', 'E']) || back.is_some() => {
                self.part(Effect::Changed, path, format!("the type is an integer, which {text} would come back as"));
            }
            _ => self.part(Effect::Refused, path, format!("the type is an integer of 64 bits, the payload has {text}")),
        }
    }

    fn object(&mut self, object: &Object, entries: &Map<Value>, path: &str) {
        for field in &object.fields {
            let path = format!("{path}.{}", field.key);
            let null_means_something = self.types.without_null(field.ty).1 || field.required || self.is_any(field.ty);
            match entries.get(&field.key) {
                None if field.required => self.part(Effect::Refused, &path, "the required key is missing".to_owned()),
                None => {}
                Some(Value::Null) if !null_means_something => {
                    self.part(Effect::Refused, &path, "the payload has null, which the type does not allow".to_owned());
                }
                Some(value) => self.value(field.ty, value, &path),
            }
        }
        let declared = |key: &str| object.fields.iter().any(|field| field.key == key);
        for (key, value) in entries.iter().filter(|(key, _)| !declared(key)) {
            let path = format!("{path}.{key}");
            match object.rest {
                Some(rest) => self.value(rest, value, &path),
                None => self.part(Effect::Changed, &path, "the key is not declared".to_owned()),
            }
        }
    }

    fn is_any(&self, id: TypeId) -> bool {
        matches!(self.types[self.types.behind(id)].shape, Shape::Any | Shape::Null)
    }

    /// Takes the arm that the decoder takes.
    fn union(&mut self, id: TypeId, value: &Value, path: &str) {
        let Shape::Union(union) = &self.types[id].shape else {
            return;
        };
        let candidates = self.facts.plan(id).iter().filter(|plan| plan.tests.iter().all(|test| test.passes(value)));
        for ArmPlan { arm, proven, .. } in candidates {
            let Some(arm) = union.arms.get(*arm) else {
                continue;
            };
            let before = self.found.len();
            self.value(arm.ty, value, path);
            let decodes = self.found[before..].iter().all(|one| one.effect != Effect::Refused);
            if *proven || decodes {
                return;
            }
            self.found.truncate(before);
        }
        self.part(Effect::Kept, path, "the value has none of the documented forms".to_owned());
    }

    fn part(&mut self, effect: Effect, path: &str, message: String) {
        self.found.push(Contradiction { path: path.to_owned(), message, effect });
    }
}

fn said(shape: &Shape) -> String {
    let kind = match shape {
        Shape::Null => JsonType::Null,
        Shape::Boolean => JsonType::Boolean,
        Shape::Number => JsonType::Number,
        Shape::String(_) => JsonType::String,
        Shape::Array(_) => JsonType::Array,
        Shape::Map(_) | Shape::Object(_) => JsonType::Object,
        Shape::Integer(_) => return "an integer".to_owned(),
        Shape::Tuple(elements) => return format!("an array of {} elements", elements.len()),
        Shape::Enum(_) => return "one of some values of another type".to_owned(),
        Shape::Any | Shape::Union(_) | Shape::Nullable(_) | Shape::Alias(_) => return "another one".to_owned(),
    };
    kind.to_string()
}

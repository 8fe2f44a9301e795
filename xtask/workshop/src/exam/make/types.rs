//! The JSON type of a value, and scalars.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{DEEP, Making, Style, Wanted};
use crate::exam::cases::Kind;
use crate::exam::scalars::{numbers, texts};
use crate::exam::schemas::{Id, Schema, Type};

impl Making<'_, '_, '_> {
    /// Chooses the JSON type.
    pub(super) fn typed(
        &mut self,
        wanted: &Wanted,
        forced: BTreeSet<String>,
        style: Style,
        depth: usize,
    ) -> Option<Value> {
        let schemas: Vec<&Schema> = wanted.all.iter().map(|&id| self.schema(id)).collect();
        let first = *wanted.all.first()?;
        let types = types(&schemas)?;
        if let Some(values) = listed(&schemas, &types) {
            let avoided = self.avoided(wanted);
            let values: Vec<Value> = values.into_iter().filter(|value| !avoided.contains(value)).collect();
            if values.is_empty() {
                return None;
            }
            let option = self.decide(Kind::Enum, (first, 0), values.len(), wanted.variation % values.len());
            return values.get(option).cloned();
        }
        let Some(types) = types else { return Some(self.free(&schemas, first)) };
        // Null ends a recursive schema.
        let null = types.iter().position(|one| *one == Type::Null);
        let default = if depth > DEEP && style == Style::Minimal { null.unwrap_or(0) } else { 0 };
        let kind = if null.is_some() && types.len() == 2 { Kind::Null } else { Kind::Type };
        let chosen = *types.get(self.decide(kind, (first, 0), types.len(), default))?;
        match chosen {
            Type::Null => Some(Value::Null),
            Type::Boolean => Some(Value::Bool(self.decide(Kind::Boolean, (first, 0), 2, wanted.variation % 2) == 0)),
            Type::Integer | Type::Number => {
                self.candidate(wanted, first, &numbers(&schemas, chosen == Type::Integer, wanted.variation))
            }
            Type::String => self.candidate(wanted, first, &texts(&schemas, wanted.variation)),
            Type::Array => self.array(wanted, &schemas, first, style, depth),
            Type::Object => self.object(wanted, &schemas, forced, style, depth),
        }
    }

    /// Makes a value that no schema describes.
    pub(super) fn free(&mut self, schemas: &[&Schema], first: Id) -> Value {
        self.free.push(self.path.clone());
        if schemas.iter().any(|schema| !schema.keywords.is_empty()) {
            return Value::from("text");
        }
        let values = [json!("text"), json!({ "a": [1, null, "b"] }), json!(1.5), json!([]), json!(true), Value::Null];
        let option = self.decide(Kind::Type, (first, 1), values.len(), 0);
        values.get(option).cloned().unwrap_or_default()
    }

    pub(super) fn candidate(&mut self, wanted: &Wanted, first: Id, found: &[(Kind, Value)]) -> Option<Value> {
        let avoided = self.avoided(wanted);
        let found: Vec<&(Kind, Value)> = found.iter().filter(|(_, value)| !avoided.contains(value)).collect();
        // Each kind of candidate is a decision of its own, so that cases are counted by kind.
        let kinds: BTreeSet<Kind> = found.iter().map(|(kind, _)| *kind).collect();
        let ordinary = found.first().map(|(_, value)| value.clone())?;
        let mut chosen = ordinary;
        for (index, kind) in kinds.into_iter().enumerate() {
            let of_kind: Vec<&Value> =
                found.iter().skip(1).filter(|one| one.0 == kind).map(|(_, value)| value).collect();
            let option = self.decide(kind, (first, index), of_kind.len() + 1, 0);
            if let Some(value) = option.checked_sub(1).and_then(|option| of_kind.get(option)) {
                chosen = (*value).clone();
            }
        }
        Some(chosen)
    }

    /// Returns the constants that a value must not be.
    pub(super) fn avoided(&self, wanted: &Wanted) -> Vec<Value> {
        let constants = |id: &Id| {
            let schema = self.schema(*id);
            let listed = schema.keywords.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
            listed.into_iter().chain(schema.keywords.get("const").cloned())
        };
        let referenced = |id: &Id| self.schema(*id).reference.unwrap_or(*id);
        wanted.none.iter().map(referenced).collect::<Vec<_>>().iter().flat_map(constants).collect()
    }
}

/// Returns the types that all schemas admit, or the type that their keywords are about. Returns `Some(None)` if the schemas
/// say nothing about the type, and `None` if no type fits.
#[expect(clippy::option_option, reason = "no type fits, any type fits, or these do")]
fn types(schemas: &[&Schema]) -> Option<Option<Vec<Type>>> {
    let mut types: Option<Vec<Type>> = None;
    for schema in schemas.iter().filter(|schema| !schema.types.is_empty()) {
        types = Some(match types {
            None => schema.types.clone(),
            Some(known) => {
                let mut both: Vec<Type> = Vec::new();
                for one in known {
                    if schema.types.contains(&one) {
                        both.push(one);
                    } else if one == Type::Integer && schema.types.contains(&Type::Number)
                        || one == Type::Number && schema.types.contains(&Type::Integer)
                    {
                        both.push(Type::Integer);
                    }
                }
                both
            }
        });
    }
    match types {
        Some(types) if types.is_empty() => return None,
        Some(types) => return Some(Some(types)),
        None => {}
    }
    let has =
        |names: &[&str]| schemas.iter().any(|schema| schema.keyword_names().iter().any(|name| names.contains(name)));
    let assumed = if has(&[
        "properties",
        "required",
        "additionalProperties",
        "patternProperties",
        "minProperties",
        "maxProperties",
        "propertyNames",
        "dependentRequired",
        "dependentSchemas",
        "unevaluatedProperties",
    ]) {
        Type::Object
    } else if has(&["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "unevaluatedItems"]) {
        Type::Array
    } else if has(&["minLength", "maxLength", "pattern", "format"]) {
        Type::String
    } else if has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
        Type::Number
    } else {
        return Some(None);
    };
    Some(Some(vec![assumed]))
}

/// Returns the values that all schemas with `enum` or `const` list.
fn listed(schemas: &[&Schema], types: &Option<Vec<Type>>) -> Option<Vec<Value>> {
    let lists = schemas.iter().flat_map(|schema| {
        let listed = schema.keywords.get("enum").and_then(Value::as_array).cloned();
        listed.into_iter().chain(schema.keywords.get("const").map(|value| vec![value.clone()]))
    });
    let values = lists.reduce(|one, other| one.into_iter().filter(|value| other.contains(value)).collect())?;
    let stated = schemas.iter().any(|schema| !schema.types.is_empty());
    let fits = |value: &Value| !stated || types.as_ref().is_none_or(|types| types.iter().any(|one| one.holds(value)));
    Some(values.into_iter().filter(fits).collect())
}

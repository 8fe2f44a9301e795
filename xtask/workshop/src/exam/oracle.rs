//! The independent validator: it decides whether a made value is valid.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use super::schemas::{BUNDLE, Id};

/// The number of compiled validators that are kept.
const MAX_KEPT: usize = 400;

/// Validates values against the schemas of a bundle.
pub(super) struct Oracle<'b> {
    registry: Registry<'b>,
    kept: RefCell<HashMap<Id, Option<Rc<Validator>>>>,
}

impl<'b> Oracle<'b> {
    pub(super) fn new(bundle: &'b Value) -> Result<Self, String> {
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(BUNDLE, Draft::Draft202012.create_resource_ref(bundle))
            .and_then(|registry| registry.prepare())
            .map_err(|error| error.to_string())?;
        Ok(Self { registry, kept: RefCell::default() })
    }

    /// Returns whether a value is valid, or `None` if the validator refuses the schema.
    pub(super) fn accepts(&self, id: Id, value: &Value) -> Option<bool> {
        Some(self.validator(id)?.is_valid(value))
    }

    fn validator(&self, id: Id) -> Option<Rc<Validator>> {
        if let Some(known) = self.kept.borrow().get(&id) {
            return known.clone();
        }
        let schema = json!({ "$ref": format!("{BUNDLE}#/$defs/s{id}") });
        let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
        let validator = options.with_registry(&self.registry).build(&schema).ok().map(Rc::new);
        let mut kept = self.kept.borrow_mut();
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(id, validator.clone());
        validator
    }
}

/// Returns a bundle in which several branches of a `oneOf` may admit a value, as those of an `anyOf` may.
pub(super) fn allow_overlaps(bundle: &Value) -> Value {
    match bundle {
        Value::Array(items) => Value::Array(items.iter().map(allow_overlaps).collect()),
        Value::Object(entries) => {
            let is_group =
                |key: &str, value: &Value| key == "oneOf" && value.is_array() && !entries.contains_key("anyOf");
            let renamed = |(key, value): (&String, &Value)| {
                let key = if is_group(key, value) { "anyOf" } else { key };
                (key.to_owned(), allow_overlaps(value))
            };
            Value::Object(entries.iter().map(renamed).collect())
        }
        scalar => scalar.clone(),
    }
}

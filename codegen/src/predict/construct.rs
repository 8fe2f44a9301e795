//! Predicts the JSON of values that programs build with the constructors and setters of emitted code.

use octogen_runtime::{Map, Value};

use super::Predictor;
use crate::analyze::check;
use crate::ir::{Edge, Shape, TypeId, TypeRef};

/// The properties that a program passes to constructors and setters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arguments {
    /// The arguments of `new` alone.
    Required,
    /// The arguments of `new`, and those of all setters.
    All,
}

impl Predictor {
    /// Predicts the JSON of a value that a program builds with the emitted `new` and setters of a schema. The schema is
    /// named as in [`Predictor::predict`]. The program takes the arguments of `new` and the setters from a valid value of
    /// the schema, and builds the objects within that value in the same way. The result keeps the required read-only
    /// properties of the valid value, because the service adds them.
    ///
    /// Returns `None` if the emitted type has no `new`, because no request contains the schema. Returns `None` too if the
    /// valid value lacks a property that `new` needs.
    #[must_use]
    pub fn construct(&self, place: &str, valid: &Value, arguments: Arguments) -> Option<Value> {
        let used = self.places.get(place).filter(|used| self.facts.in_requests(used.id))?;
        self.construct_value(*used, valid, arguments)
    }

    fn construct_value(&self, used: TypeRef, valid: &Value, arguments: Arguments) -> Option<Value> {
        match (&self.types[used.id].shape, valid) {
            (Shape::Object(_), Value::Object(entries)) => self.construct_object(used.id, entries, arguments),
            (Shape::Array(of), Value::Array(items)) => {
                let items = items.iter().map(|item| self.construct_value(*of, item, arguments));
                items.collect::<Option<Vec<_>>>().map(Value::Array)
            }
            (Shape::Tuple(tuple), Value::Array(items)) => {
                let element = |index: usize| tuple.elements.get(index).copied().or(tuple.rest);
                let items = items.iter().enumerate().map(|(index, item)| match element(index) {
                    Some(used) => self.construct_value(used, item, arguments),
                    None => Some(item.clone()),
                });
                items.collect::<Option<Vec<_>>>().map(Value::Array)
            }
            (Shape::Map(of), Value::Object(entries)) => {
                let value = |value: &Value| self.construct_value(*of, value, arguments);
                let entries = entries.iter().map(|(key, given)| Some((key.clone(), value(given)?)));
                entries.collect::<Option<Map<Value>>>().map(Value::Object)
            }
            (Shape::Union(union), valid) => {
                let checked = check(&self.types, self.facts.plans(), (used, Edge::Within(used.id)), valid);
                let variant = checked.variants.first().and_then(|chosen| union.variants.get(chosen.variant?));
                match variant {
                    Some(variant) => self.construct_value(variant.ty, valid, arguments),
                    None => Some(valid.clone()),
                }
            }
            _ => Some(valid.clone()),
        }
    }

    /// Predicts the JSON of an object: the arguments of its constructor, its constants, and its setters.
    fn construct_object(&self, id: TypeId, valid: &Map<Value>, arguments: Arguments) -> Option<Value> {
        let own = id;
        let id = self.facts.shared(own);
        let (Shape::Object(own), Shape::Object(object)) = (&self.types[own].shape, &self.types[id].shape) else {
            return None;
        };
        let required = self.facts.arguments(&self.types, id, object);
        let mut entries = Map::new();
        for (index, field) in object.fields.iter().enumerate() {
            let given = valid.get(&field.key);
            let only = self.types.only_value(field.ty.id);
            let is_set =
                arguments == Arguments::All && self.facts.is_optional_argument(&self.types, (id, index), field);
            // Types of one structure can differ in it.
            let is_added = own.fields.get(index).is_some_and(|field| field.required_in_responses);
            let is_given = is_set || is_added || required.contains(&index);
            let value = match (only, given) {
                (Some(only), _) if self.facts.is_initial(&self.types, (id, index), field) => Some(only.clone()),
                // The setter of such a property takes no argument, so that it can't set `null`.
                (Some(only), Some(given)) if is_set => Some(only.clone()).filter(|_| *given != Value::Null),
                (_, None) if required.contains(&index) => return None,
                (_, Some(given)) if is_given => Some(self.construct_value(field.ty, given, arguments)?),
                _ => None,
            };
            entries.extend(value.map(|value| (field.key.clone(), value)));
        }
        if object.rest.is_some() && arguments == Arguments::All {
            let is_declared = |key: &str| object.fields.iter().any(|field| field.key == key);
            let others = valid.iter().filter(|(key, _)| !is_declared(key));
            entries.extend(others.map(|(key, value)| (key.clone(), value.clone())));
        }
        Some(Value::Object(entries))
    }
}
